//! The output folder: what stands there, what should, and how the one becomes the other.
//!
//! [`compare`] looks and touches nothing. [`apply`] first writes every changed file into a folder
//! beside the output and then moves them into place; should a move fail, those done are undone, so a
//! failed run leaves the old output as it was. Files that are equal keep their time. Files without
//! the mark of the generator are never overwritten and never deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use msgraph_pipeline::OutputSet;
use msgraph_source::{Diagnostic, catalogue::output as codes};
use rayon::prelude::*;

use crate::{lock, record};

/// The crates that a target consists of: the only folders that are looked at, beside the lock.
const CRATES: [&str; 3] = ["models", "client", "server"];

/// What every generated file holds in its first lines.
const MARK: &str = "@generated";

/// How the output folder differs from what it should hold. Paths count from the output folder.
#[derive(Debug, Default)]
pub(crate) struct Difference {
    /// Generated files with other contents.
    pub(crate) stale: Vec<String>,
    /// Files that are not there.
    pub(crate) missing: Vec<String>,
    /// Generated files that no input gives any more.
    pub(crate) orphaned: Vec<String>,
    /// Files among the generated ones that the generator did not make.
    pub(crate) foreign: Vec<String>,
    /// How many files are as they should be.
    pub(crate) unchanged: usize,
}

impl Difference {
    /// All files that are not as they should be.
    pub(crate) fn all(&self) -> impl Iterator<Item = &String> {
        self.stale.iter().chain(&self.missing).chain(&self.orphaned).chain(&self.foreign)
    }

    /// The files that have to be written, the lock last: should a run be killed in between, the lock
    /// still tells of the run before.
    pub(crate) fn written(&self) -> impl Iterator<Item = &String> {
        let is_lock = |path: &&String| path.as_str() == lock::FILE;
        let files = || self.stale.iter().chain(&self.missing);
        files().filter(move |path| !is_lock(path)).chain(files().filter(is_lock))
    }

    /// Whether there is nothing to write and nothing to complain of.
    pub(crate) fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// The findings of `--check`, each with the command that mends it.
    pub(crate) fn findings(&self, folder: &Path, command: &str) -> Vec<Diagnostic> {
        let mend = format!("run `{command}`");
        let about = |code, path: &String, what: &str| {
            Diagnostic::new(code, format!("{} {what}", shown(folder, path)))
        };
        let mut findings = Vec::new();
        for path in &self.stale {
            findings.push(about(codes::STALE, path, "is out of date").help(&mend));
        }
        for path in &self.missing {
            findings.push(about(codes::MISSING, path, "is missing").help(&mend));
        }
        for path in &self.orphaned {
            findings.push(about(codes::ORPHANED, path, "is no longer generated").help(&mend));
        }
        for path in &self.foreign {
            findings.push(
                about(codes::FOREIGN_FILE, path, "was not made by the generator")
                    .help(format!("move it away, then {mend}")),
            );
        }
        findings
    }
}

/// Looks at `folder` and says how it differs from `wanted`.
///
/// # Errors
/// The folder is a file, a path leads out of it, or the disk refused: as a diagnostic.
pub(crate) fn compare(folder: &Path, wanted: &OutputSet) -> Result<Difference, Diagnostic> {
    refuse_files_and_links(folder, wanted.iter().map(|(path, _)| path))?;
    let present = list(folder)?;
    let states: Vec<State> = present
        .par_iter()
        .map(|path| {
            let file = folder.join(path);
            let bytes = fs::read(&file).map_err(|error| io_failure("read", &file, &error))?;
            Ok(State {
                is_equal: wanted.get(path).map(|text| bytes == text.as_bytes()),
                is_marked: is_marked(&bytes),
            })
        })
        .collect::<Result<_, Diagnostic>>()?;
    let present: BTreeMap<String, State> = present.into_iter().zip(states).collect();
    let mut difference = Difference::default();
    for (path, _) in wanted.iter() {
        match present.get(path) {
            None => difference.missing.push(path.clone()),
            Some(State { is_equal: Some(true), .. }) => difference.unchanged += 1,
            Some(State { is_marked: true, .. }) => difference.stale.push(path.clone()),
            Some(_) => difference.foreign.push(path.clone()),
        }
    }
    for (path, state) in present {
        if state.is_equal.is_none() {
            let list =
                if state.is_marked { &mut difference.orphaned } else { &mut difference.foreign };
            list.push(path);
        }
    }
    Ok(difference)
}

/// What a file of the output folder is.
struct State {
    /// Whether it holds what it should; none where nothing should be there.
    is_equal: Option<bool>,
    /// Whether it carries the mark of the generator.
    is_marked: bool,
}

/// Whether `folder` holds exactly the files whose hashes `recorded` tells. What is in doubt is no.
pub(crate) fn holds(folder: &Path, recorded: &BTreeMap<String, String>) -> bool {
    let is_equal = |(path, hash): (&String, &String)| {
        fs::read(folder.join(path)).is_ok_and(|bytes| record::digest(&bytes) == *hash)
    };
    refuse_files_and_links(folder, recorded.keys()).is_ok()
        && list(folder).is_ok_and(|present| {
            present.len() == recorded.len() && present.iter().all(|it| recorded.contains_key(it))
        })
        && recorded.par_iter().all(is_equal)
}

/// Makes `folder` hold `wanted`, given how it differs.
///
/// # Errors
/// A foreign file stands where one has to be written, or the disk refused. The folder is then as before.
pub(crate) fn apply(
    folder: &Path,
    wanted: &OutputSet,
    difference: &Difference,
) -> Result<(), Diagnostic> {
    if let Some(path) = difference.foreign.iter().find(|path| wanted.get(path).is_some()) {
        return Err(Diagnostic::new(
            codes::FOREIGN_FILE,
            format!("{} was not made by the generator and is in its way", shown(folder, path)),
        )
        .help("move it away and run the command again"));
    }
    if difference.stale.is_empty()
        && difference.missing.is_empty()
        && difference.orphaned.is_empty()
    {
        return Ok(());
    }
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(|error| io_failure("make", parent, &error))?;
    remove_left_stages(parent);
    let stage = tempfile::Builder::new()
        .prefix(STAGE)
        .tempdir_in(parent)
        .map_err(|error| io_failure("make a folder in", parent, &error))?;
    let (fresh, old) = (stage.path().join("new"), stage.path().join("old"));
    let written: Vec<&String> = difference.written().collect();
    make_folders(&fresh, written.iter().copied())
        .map_err(|(path, error)| io_failure("make", &path, &error))?;
    written.par_iter().try_for_each(|path| {
        let file = fresh.join(path);
        fs::write(&file, wanted.get(path).unwrap_or_default())
            .map_err(|error| io_failure("write", &file, &error))
    })?;
    let mut moves = Moves::between(&fresh, folder, &old);
    if let Err((path, error)) = moves.run(difference) {
        let failure = io_failure("replace", &path, &error);
        return Err(match moves.undo() {
            Ok(()) => failure,
            Err((path, error)) => {
                let kept = keep(stage);
                failure
                    .note(format!("{} could not be put back either: {error}", path.display()))
                    .help(format!("the old files are in {}", kept.display()))
            }
        });
    }
    remove_empty_folders(folder, &difference.orphaned);
    Ok(())
}

/// What the names of folders begin with in which new files wait for their place.
pub(crate) const STAGE: &str = ".msgraph-codegen-";

/// So old a stage belongs to no run that is still at work.
const LEFT: Duration = Duration::from_secs(600);

/// Removes what runs that were killed have left. What cannot be removed does no harm: it is no part of
/// any output.
pub(crate) fn remove_left_stages(parent: &Path) {
    let is_left = |entry: &fs::DirEntry| {
        let age =
            entry.metadata().and_then(|it| it.modified()).ok().and_then(|it| it.elapsed().ok());
        entry.file_name().to_string_lossy().starts_with(STAGE) && age.is_some_and(|it| it > LEFT)
    };
    for entry in fs::read_dir(parent).into_iter().flatten().flatten().filter(is_left) {
        let _ = fs::remove_dir_all(entry.path());
    }
}

/// Keeps the old files that could not be put back, under a name that no later run takes for a left
/// stage, and says where.
fn keep(stage: tempfile::TempDir) -> PathBuf {
    let folder = stage.keep();
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let kept = folder.with_file_name(format!("kept{}", name.unwrap_or_default()));
    match fs::rename(&folder, &kept) {
        Ok(()) => kept,
        Err(_) => folder,
    }
}

type Failed = (PathBuf, io::Error);

/// Moves done so far, so that they can be undone.
struct Moves<'a> {
    fresh: &'a Path,
    folder: &'a Path,
    old: &'a Path,
    /// Crates of which there was nothing.
    crates: Vec<&'static str>,
    done: Vec<(String, bool)>,
}

impl<'a> Moves<'a> {
    /// Moves from `fresh` to `folder`, and from there to `old`.
    fn between(fresh: &'a Path, folder: &'a Path, old: &'a Path) -> Self {
        Self { fresh, folder, old, crates: Vec::new(), done: Vec::new() }
    }

    /// Moves all that `difference` names: old files away, fresh ones to their places. A crate of which
    /// there is nothing is moved as a whole.
    fn run(&mut self, difference: &Difference) -> Result<(), Failed> {
        let (fresh, folder) = (self.fresh, self.folder);
        make_folders(self.old, difference.orphaned.iter().chain(&difference.stale))?;
        self.each(difference.orphaned.iter(), |folder, old, path| {
            rename(&folder.join(path), &old.join(path))?;
            Ok(true)
        })?;
        fs::create_dir_all(folder).map_err(|error| (folder.to_path_buf(), error))?;
        for name in CRATES {
            let is_new = folder.join(name).symlink_metadata().is_err();
            if is_new && fresh.join(name).is_dir() {
                rename(&fresh.join(name), &folder.join(name))?;
                self.crates.push(name);
            }
        }
        let is_alone =
            |path: &&String| !self.crates.iter().any(|name| Path::new(path).starts_with(name));
        make_folders(folder, difference.missing.iter().filter(is_alone))?;
        let (locks, files): (Vec<_>, Vec<_>) =
            difference.written().filter(is_alone).partition(|path| path.as_str() == lock::FILE);
        for part in [files, locks] {
            self.each(part, |folder, old, path| put(&fresh.join(path), folder, old, path))?;
        }
        Ok(())
    }

    /// Makes each move, on all cores; `one` says whether there was a file before. A move that fails does
    /// not keep the others from being made, nor from being undone.
    fn each<'p>(
        &mut self,
        paths: impl IntoIterator<Item = &'p String>,
        one: impl Fn(&Path, &Path, &str) -> Result<bool, Failed> + Sync,
    ) -> Result<(), Failed> {
        let paths: Vec<&String> = paths.into_iter().collect();
        let moved: Vec<Result<bool, Failed>> =
            paths.par_iter().map(|path| one(self.folder, self.old, path)).collect();
        let mut result = Ok(());
        for (path, moved) in paths.into_iter().zip(moved) {
            match moved {
                Ok(existed) => self.done.push((path.clone(), existed)),
                Err(failed) => result = result.and(Err(failed)),
            }
        }
        result
    }

    /// Puts everything back.
    fn undo(&mut self) -> Result<(), Failed> {
        while let Some((path, existed)) = self.done.pop() {
            let file = self.folder.join(&path);
            if existed {
                rename(&self.old.join(&path), &file)?;
            } else if let Err(error) = fs::remove_file(&file)
                && error.kind() != io::ErrorKind::NotFound
            {
                return Err((file, error));
            }
        }
        while let Some(name) = self.crates.pop() {
            rename(&self.folder.join(name), &self.fresh.join(name))?;
        }
        Ok(())
    }
}

/// Moves the new file at `new` over the old one, which stays aside: at no time is there none. Says
/// whether there was one.
fn put(new: &Path, folder: &Path, old: &Path, path: &str) -> Result<bool, Failed> {
    let (file, aside) = (folder.join(path), old.join(path));
    let existed = file.symlink_metadata().is_ok();
    if existed {
        // Where the disk knows no links, a copy is as good.
        fs::hard_link(&file, &aside)
            .or_else(|_| fs::copy(&file, &aside).map(drop))
            .map_err(|error| (file.clone(), error))?;
    }
    rename(new, &file)?;
    Ok(existed)
}

fn rename(from: &Path, to: &Path) -> Result<(), Failed> {
    fs::rename(from, to).map_err(|error| (to.to_path_buf(), error))
}

/// Makes the folders of the files at `paths` below `root`, each once.
fn make_folders<'a>(
    root: &Path,
    paths: impl IntoIterator<Item = &'a String>,
) -> Result<(), Failed> {
    let folders: BTreeSet<&Path> =
        paths.into_iter().filter_map(|path| Path::new(path).parent()).collect();
    folders.into_iter().try_for_each(|folder| {
        let folder = root.join(folder);
        fs::create_dir_all(&folder).map_err(|error| (folder, error))
    })
}

fn remove_empty_folders(root: &Path, orphaned: &[String]) {
    for path in orphaned {
        let mut folder = root.join(path);
        // `remove_dir` refuses a folder that is not empty: that ends the walk.
        while folder.pop() && folder != root && fs::remove_dir(&folder).is_ok() {}
    }
}

/// Whether a file carries the mark of the generator.
pub(crate) fn is_marked(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(400)).unwrap_or_default();
    String::from_utf8_lossy(head).lines().take(3).any(|line| line.contains(MARK))
}

fn shown(folder: &Path, path: &str) -> String {
    folder.join(path).to_string_lossy().replace('\\', "/")
}

/// The disk refused `what` of `path`.
pub(crate) fn io_failure(what: &str, path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(codes::IO, format!("cannot {what} {}: {error}", path.display()))
        .help("the old output is untouched; mend the cause and run the command again")
}

/// The lock and all files of the three crates. What cargo itself puts there is not looked at.
fn list(folder: &Path) -> Result<Vec<String>, Diagnostic> {
    let mut files = Vec::new();
    if folder.join(lock::FILE).symlink_metadata().is_ok() {
        files.push(lock::FILE.to_owned());
    }
    let mut folders: Vec<String> = CRATES
        .iter()
        .filter(|name| folder.join(name).is_dir())
        .map(|name| (*name).to_owned())
        .collect();
    while let Some(relative) = folders.pop() {
        let path = folder.join(&relative);
        let entries = fs::read_dir(&path).map_err(|error| io_failure("read", &path, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| io_failure("read", &path, &error))?;
            let kind = entry.file_type().map_err(|error| io_failure("read", &path, &error))?;
            let name = format!("{relative}/{}", entry.file_name().to_string_lossy());
            let made_by_cargo = !relative.contains('/')
                && matches!(entry.file_name().to_str(), Some("target" | "Cargo.lock"));
            if made_by_cargo {
                continue;
            }
            if kind.is_dir() {
                folders.push(name);
            } else {
                files.push(name);
            }
        }
    }
    Ok(files)
}

fn refuse_files_and_links<'a>(
    folder: &Path,
    wanted: impl IntoIterator<Item = &'a String>,
) -> Result<(), Diagnostic> {
    if folder.exists() && !folder.is_dir() {
        return Err(Diagnostic::new(
            codes::NOT_A_FOLDER,
            format!("{} is a file, and the output needs a folder", folder.display()),
        )
        .help("name another folder"));
    }
    let is_there = |name: &&str| folder.join(name).symlink_metadata().is_ok();
    let has_files = CRATES.iter().chain([&lock::FILE]).any(is_there);
    let mut seen: BTreeSet<&Path> = BTreeSet::new();
    for path in wanted {
        let relative = Path::new(path);
        let plain = relative.components().all(|c| matches!(c, Component::Normal(_)));
        let known = path == lock::FILE || CRATES.iter().any(|name| relative.starts_with(name));
        if !plain || !known {
            return Err(unsafe_path(path, "leads out of the output folder"));
        }
        // Below nothing there is no link.
        if !has_files {
            continue;
        }
        for ancestor in relative.ancestors().filter(|a| !a.as_os_str().is_empty()) {
            if !seen.insert(ancestor) {
                break;
            }
            let is_link = folder.join(ancestor).symlink_metadata().is_ok_and(|m| m.is_symlink());
            if is_link {
                return Err(unsafe_path(&ancestor.to_string_lossy(), "is a symbolic link"));
            }
        }
    }
    Ok(())
}

fn unsafe_path(path: &str, why: &str) -> Diagnostic {
    Diagnostic::new(codes::UNSAFE_PATH, format!("{path} {why}")).help(
        "the generator writes nowhere but into its output folder; replace the link by a folder",
    )
}

#[cfg(test)]
mod tests {
    use super::{apply, compare};
    use msgraph_pipeline::OutputSet;
    use std::fs;

    fn set(files: &[(&str, &str)]) -> OutputSet {
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_second_run_finds_nothing_and_touches_nothing() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        let wanted = set(&[
            ("models/src/lib.rs", "// @generated\n"),
            ("client/Cargo.toml", "# @generated\n"),
        ]);
        let first = compare(&folder, &wanted).unwrap();
        assert_eq!(first.missing.len(), 2);
        apply(&folder, &wanted, &first).unwrap();
        let file = folder.join("models/src/lib.rs");
        let time = fs::metadata(&file).unwrap().modified().unwrap();
        let second = compare(&folder, &wanted).unwrap();
        assert!(second.is_empty(), "{second:?}");
        apply(&folder, &wanted, &second).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), time);
    }

    #[test]
    fn an_orphan_is_deleted_with_its_folder_and_a_foreign_file_stays() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        fs::create_dir_all(folder.join("models/src/old")).unwrap();
        fs::write(folder.join("models/src/old/a.rs"), "// @generated\n").unwrap();
        fs::write(folder.join("models/notes.txt"), "mine\n").unwrap();
        let wanted = set(&[("models/src/lib.rs", "// @generated\n")]);
        let difference = compare(&folder, &wanted).unwrap();
        assert_eq!(difference.orphaned, ["models/src/old/a.rs"]);
        assert_eq!(difference.foreign, ["models/notes.txt"]);
        apply(&folder, &wanted, &difference).unwrap();
        assert!(!folder.join("models/src/old").exists());
        assert_eq!(fs::read_to_string(folder.join("models/notes.txt")).unwrap(), "mine\n");
    }

    #[test]
    fn a_foreign_file_in_the_way_stops_everything() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        fs::create_dir_all(folder.join("models/src")).unwrap();
        fs::write(folder.join("models/src/lib.rs"), "// by hand\n").unwrap();
        let wanted = set(&[
            ("models/src/lib.rs", "// @generated\n"),
            ("models/src/a.rs", "// @generated\n"),
        ]);
        let difference = compare(&folder, &wanted).unwrap();
        let error = apply(&folder, &wanted, &difference).unwrap_err();
        assert_eq!(error.code.id(), "output::foreign_file");
        assert!(!folder.join("models/src/a.rs").exists());
    }

    #[test]
    fn a_move_that_fails_leaves_the_old_output() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        fs::create_dir_all(folder.join("models/src")).unwrap();
        fs::write(folder.join("models/src/a.rs"), "// @generated old\n").unwrap();
        // A folder of this name cannot be replaced by a file: its move fails after that of `a.rs`.
        let wanted = set(&[
            ("models/src/a.rs", "// @generated new\n"),
            ("models/src/a.rs/b.rs", "// @generated\n"),
        ]);
        let difference = super::Difference {
            stale: vec!["models/src/a.rs".into()],
            missing: vec!["models/src/a.rs/b.rs".into()],
            ..Default::default()
        };
        let error = apply(&folder, &wanted, &difference).unwrap_err();
        assert_eq!(error.code.id(), "output::io");
        assert_eq!(
            fs::read_to_string(folder.join("models/src/a.rs")).unwrap(),
            "// @generated old\n"
        );
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "no temporary folder is left");
    }

    #[test]
    fn a_stage_is_removed_once_it_is_old_and_what_is_kept_is_not() {
        let root = tempfile::tempdir().unwrap();
        let long_ago = std::time::SystemTime::now() - super::LEFT * 2;
        for name in ["old", "young"] {
            fs::create_dir(root.path().join(format!("{}{name}", super::STAGE))).unwrap();
        }
        let old = fs::File::open(root.path().join(format!("{}old", super::STAGE))).unwrap();
        old.set_modified(long_ago).unwrap();
        let stage = tempfile::Builder::new().prefix(super::STAGE).tempdir_in(root.path()).unwrap();
        let kept = super::keep(stage);
        fs::File::open(&kept).unwrap().set_modified(long_ago).unwrap();

        super::remove_left_stages(root.path());
        assert!(!root.path().join(format!("{}old", super::STAGE)).exists());
        assert!(root.path().join(format!("{}young", super::STAGE)).exists(), "of a run at work");
        assert!(kept.exists(), "the only copy of old files");
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_in_the_output_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(root.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink(root.path().join("elsewhere"), folder.join("models")).unwrap();
        let error =
            compare(&folder, &set(&[("models/src/lib.rs", "// @generated\n")])).unwrap_err();
        assert_eq!(error.code.id(), "output::unsafe_path");
        let error = compare(&folder, &set(&[("../x.rs", "// @generated\n")])).unwrap_err();
        assert_eq!(error.code.id(), "output::unsafe_path");
    }
}
