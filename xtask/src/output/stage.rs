//! The folder beside the output in which new files wait for their place.
//!
//! A run removes its own when it ends, and what runs that were killed have left; what could not be
//! put back after a failure is kept under another name.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

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
pub(super) fn keep(stage: tempfile::TempDir) -> PathBuf {
    let folder = stage.keep();
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let kept = folder.with_file_name(format!("kept{}", name.unwrap_or_default()));
    match fs::rename(&folder, &kept) {
        Ok(()) => kept,
        Err(_) => folder,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

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
}
