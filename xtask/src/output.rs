//! The output folder: what stands there, what should, and how the one becomes the other.
//!
//! [`compare`] looks and touches nothing. [`apply`] first writes every changed file into a folder
//! beside the output and then moves them into place; should a move fail, those done are undone, so a
//! failed run leaves the old output as it was. Files that are equal keep their time. Files without
//! the mark of the generator are never overwritten and never deleted.

mod difference;
mod moves;
mod stage;

use std::fs;
use std::io;
use std::path::Path;

use msgraph_pipeline::OutputSet;
use msgraph_source::{Diagnostic, catalogue::output as codes};
use rayon::prelude::*;

pub(crate) use difference::{Difference, compare, holds};
use moves::{Moves, make_folders, remove_empty_folders};
use stage::keep;
pub(crate) use stage::{STAGE, remove_left_stages};

/// The crates that a target consists of: the only folders that are looked at, beside the lock.
const CRATES: [&str; 3] = ["models", "client", "server"];

/// The crate that the first of these may hold.
const CRATE_WITHIN: &str = "models/values";

/// What every generated file holds in its first lines.
const MARK: &str = "@generated";

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

#[cfg(test)]
mod tests {
    use super::difference::Difference;
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
    fn what_cargo_puts_beside_a_manifest_is_not_looked_at() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        let wanted = set(&[
            ("models/Cargo.toml", "# @generated\n"),
            ("models/values/Cargo.toml", "# @generated\n"),
        ]);
        let missing = compare(&folder, &wanted).unwrap();
        apply(&folder, &wanted, &missing).unwrap();
        for of in ["models", "models/values"] {
            fs::create_dir(folder.join(of).join("target")).unwrap();
            for file in ["Cargo.lock", "target/a"] {
                fs::write(folder.join(of).join(file), "# @generated by cargo\n").unwrap();
            }
        }
        let again = compare(&folder, &wanted).unwrap();
        assert!(again.is_empty(), "{again:?}");
        let without = set(&[("models/Cargo.toml", "# @generated\n")]);
        let shrunk = compare(&folder, &without).unwrap();
        assert_eq!(shrunk.orphaned, ["models/values/Cargo.toml"]);
        apply(&folder, &without, &shrunk).unwrap();
        assert!(compare(&folder, &without).unwrap().is_empty());
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
        let difference = Difference {
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
    fn a_crate_that_was_moved_as_a_whole_is_taken_back_where_a_later_move_fails() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        fs::create_dir_all(folder.join("client/src")).unwrap();
        fs::write(folder.join("client/src/a.rs"), "// @generated old\n").unwrap();
        let wanted = set(&[
            ("models/src/lib.rs", "// @generated\n"),
            ("client/src/a.rs/b.rs", "// @generated\n"),
        ]);
        let difference = Difference {
            missing: vec!["models/src/lib.rs".into(), "client/src/a.rs/b.rs".into()],
            ..Default::default()
        };
        let error = apply(&folder, &wanted, &difference).unwrap_err();
        assert_eq!(error.code.id(), "output::io");
        assert!(!folder.join("models").exists(), "nothing of the new output is left");
        let old = fs::read_to_string(folder.join("client/src/a.rs")).unwrap();
        assert_eq!(old, "// @generated old\n");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "no temporary folder is left");
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
