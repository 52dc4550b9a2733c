//! What the tests share: fixtures that show their input beside their output, and the corpus.

pub mod committed;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};

/// The pages of the thread family: groups' conversations and threads, their posts, and what hangs on those.
pub const FAMILY: [&str; 34] = [
    "attachment-createuploadsession",
    "attachment-delete",
    "attachment-get",
    "conversation-delete",
    "conversation-get",
    "conversation-list-threads",
    "conversation-post-threads",
    "conversationthread-delete",
    "conversationthread-get",
    "conversationthread-list-posts",
    "conversationthread-reply",
    "conversationthread-update",
    "group-delete-conversation",
    "group-delete-thread",
    "group-get-conversation",
    "group-get-thread",
    "group-list-conversations",
    "group-list-threads",
    "group-post-conversations",
    "group-post-threads",
    "group-update-thread",
    "multivaluelegacyextendedproperty-get",
    "multivaluelegacyextendedproperty-post-multivalueextendedproperties",
    "opentypeextension-delete",
    "opentypeextension-get",
    "opentypeextension-post-opentypeextension",
    "opentypeextension-update",
    "post-forward",
    "post-get",
    "post-list-attachments",
    "post-post-attachments",
    "post-reply",
    "singlevaluelegacyextendedproperty-get",
    "singlevaluelegacyextendedproperty-post-singlevalueextendedproperties",
];

/// The text of a file of the corpus that is packed.
pub fn unpacked(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(fs::File::open(path)?).read_to_string(&mut text)?;
    Ok(text)
}

/// A folder of `tests/fixtures/<area>`: one concept, named by the rule that it shows.
pub struct Fixture {
    /// The folder's name.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
    /// The files whose names start with `input`, by name: name and text.
    pub inputs: Vec<(String, String)>,
}

impl Fixture {
    /// The input whose name ends with `suffix`, or the empty text.
    pub fn input(&self, suffix: &str) -> &str {
        self.inputs.iter().find(|(name, _)| name.ends_with(suffix)).map_or("", |(_, text)| text)
    }
}

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The real inputs, where they are at hand. Says on standard error that a test is skipped where not.
pub fn corpus() -> Option<PathBuf> {
    let folder = workspace().join("../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there is no corpus at {}", folder.display());
    None
}

/// One test per folder of `tests/fixtures/<area>`: holds what `show` makes of the fixture against
/// the snapshot beside it, which shows the input first.
///
/// # Errors
/// A folder that cannot be read.
pub fn fixtures(
    area: &str,
    show: impl Fn(&Fixture) -> String + Clone + Send + Sync + 'static,
) -> std::io::Result<Vec<Trial>> {
    Ok(read(area)?.into_iter().map(|fixture| trial(fixture, show.clone())).collect())
}

/// The fixtures of `tests/fixtures/<area>`, by name.
///
/// # Errors
/// A folder that cannot be read.
pub fn read(area: &str) -> std::io::Result<Vec<Fixture>> {
    let root = workspace().join("tests/fixtures").join(area);
    let mut folders = Vec::new();
    for entry in fs::read_dir(&root)? {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    folders.iter().map(|folder| read_fixture(folder)).collect()
}

/// Runs `trials` as this program's tests and ends it.
pub fn run(trials: Vec<Trial>) -> ! {
    libtest_mimic::run(&Arguments::from_args(), trials).exit()
}

fn trial(fixture: Fixture, show: impl Fn(&Fixture) -> String + Send + Sync + 'static) -> Trial {
    Trial::test(fixture.name.clone(), move || {
        let output = show(&fixture);
        let mut text = String::new();
        for (name, input) in &fixture.inputs {
            text.push_str(&format!("──── {name}\n{}\n", input.trim_end()));
        }
        text.push_str(&format!("──── output\n{}", output.trim_end()));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&fixture.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_input_file();
        let lines = text.lines().count();
        if lines > 150 {
            return Err(Failed::from(format!(
                "a snapshot of {lines} lines is too long to be read"
            )));
        }
        settings.bind(|| insta::assert_snapshot!("snapshot", text));
        Ok(())
    })
}

fn read_fixture(folder: &Path) -> std::io::Result<Fixture> {
    let mut inputs = Vec::new();
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    for file in files {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with("input") {
            inputs.push((name, String::from_utf8_lossy(&fs::read(&file)?).into_owned()));
        }
    }
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Fixture { name, folder: folder.to_path_buf(), inputs })
}
