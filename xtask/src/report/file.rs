//! The file of a report.
//!
//! In come a folder and a text, out goes `index.html`: whole or not at all, for it is written beside
//! its place and then moved there. An equal file is not touched; one that no report made is never
//! replaced, nor is anything else in the folder.

use std::fs;
use std::path::{Path, PathBuf};

use msgraph_source::{Diagnostic, catalogue::output as codes};

use crate::output::{STAGE, io_failure, is_marked, remove_left_stages};

/// What has become of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// It is new, or other than before.
    New(PathBuf),
    /// It was equal before.
    Unchanged(PathBuf),
}

/// Makes `folder/index.html` hold `text`.
///
/// # Errors
/// Something stands in the way that no report made, or the disk refused: all is as before.
pub(crate) fn put(folder: &Path, text: &str) -> Result<Written, Diagnostic> {
    if folder.exists() && !folder.is_dir() {
        return Err(Diagnostic::new(
            codes::NOT_A_FOLDER,
            format!("{} is a file, and the report needs a folder", folder.display()),
        )
        .help("name another folder"));
    }
    let file = folder.join("index.html");
    if let Ok(metadata) = file.symlink_metadata() {
        if metadata.is_symlink() {
            return Err(Diagnostic::new(
                codes::UNSAFE_PATH,
                format!("{} is a symbolic link", file.display()),
            )
            .help("delete the link, or name another folder"));
        }
        let old = if metadata.is_file() {
            fs::read(&file).map_err(|error| io_failure("read", &file, &error))?
        } else {
            Vec::new()
        };
        if old == text.as_bytes() {
            return Ok(Written::Unchanged(file));
        }
        if !is_marked(&old) {
            return Err(Diagnostic::new(
                codes::FOREIGN_FILE,
                format!("{} is no report and is in the way of one", file.display()),
            )
            .help("move it away, or name another folder"));
        }
    }
    fs::create_dir_all(folder).map_err(|error| io_failure("make", folder, &error))?;
    remove_left_stages(folder);
    let stage = tempfile::Builder::new()
        .prefix(STAGE)
        .tempdir_in(folder)
        .map_err(|error| io_failure("make a folder in", folder, &error))?;
    let fresh = stage.path().join("index.html");
    fs::write(&fresh, text).map_err(|error| io_failure("write", &fresh, &error))?;
    fs::rename(&fresh, &file).map_err(|error| io_failure("replace", &file, &error))?;
    Ok(Written::New(file))
}

#[cfg(test)]
mod tests {
    use super::{Written, put};
    use std::fs;

    const OLD: &str = "<!DOCTYPE html>\n<!-- @generated -->\nold\n";
    const NEW: &str = "<!DOCTYPE html>\n<!-- @generated -->\nnew\n";

    #[test]
    fn an_older_report_is_replaced_an_equal_one_is_not_touched_and_other_files_stay() {
        let root = tempfile::tempdir().unwrap();
        let (folder, file) = (root.path().join("a/b"), root.path().join("a/b/index.html"));
        assert_eq!(put(&folder, OLD).unwrap(), Written::New(file.clone()));
        fs::write(folder.join("notes.txt"), "mine").unwrap();
        assert_eq!(put(&folder, NEW).unwrap(), Written::New(file.clone()));
        assert_eq!(put(&folder, NEW).unwrap(), Written::Unchanged(file.clone()));
        assert_eq!(fs::read_to_string(&file).unwrap(), NEW);
        let mut left: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["index.html", "notes.txt"]);
    }

    #[test]
    fn what_no_report_made_is_never_replaced() {
        let root = tempfile::tempdir().unwrap();
        let code = |folder: &std::path::Path| put(folder, NEW).unwrap_err().code.id();
        fs::write(root.path().join("file"), "mine").unwrap();
        assert_eq!(code(&root.path().join("file")), "output::not_a_folder");
        fs::write(root.path().join("index.html"), "<p>mine").unwrap();
        assert_eq!(code(root.path()), "output::foreign_file");
        assert_eq!(fs::read_to_string(root.path().join("index.html")).unwrap(), "<p>mine");
        fs::create_dir_all(root.path().join("c/index.html")).unwrap();
        assert_eq!(code(&root.path().join("c")), "output::foreign_file");
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_is_not_followed() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("elsewhere"), OLD).unwrap();
        std::os::unix::fs::symlink("elsewhere", root.path().join("index.html")).unwrap();
        assert_eq!(put(root.path(), NEW).unwrap_err().code.id(), "output::unsafe_path");
        assert_eq!(fs::read_to_string(root.path().join("elsewhere")).unwrap(), OLD);
    }
}
