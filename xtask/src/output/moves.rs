//! Moving files to their places, and back.
//!
//! In come the folder of the new files, the output, and a folder for the old ones. Every move done is
//! remembered, so that a failure can be undone; at no time is there neither the old file nor the new.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::CRATES;
use super::difference::Difference;
use crate::lock;

/// Where the disk refused, and how.
pub(super) type Failed = (PathBuf, io::Error);

/// Moves done so far, so that they can be undone.
pub(super) struct Moves<'a> {
    fresh: &'a Path,
    folder: &'a Path,
    old: &'a Path,
    /// Crates of which there was nothing.
    crates: Vec<&'static str>,
    done: Vec<(String, bool)>,
}

impl<'a> Moves<'a> {
    /// Moves from `fresh` to `folder`, and from there to `old`.
    pub(super) fn between(fresh: &'a Path, folder: &'a Path, old: &'a Path) -> Self {
        Self { fresh, folder, old, crates: Vec::new(), done: Vec::new() }
    }

    /// Moves all that `difference` names: old files away, fresh ones to their places. A crate of which
    /// there is nothing is moved as a whole.
    pub(super) fn run(&mut self, difference: &Difference) -> Result<(), Failed> {
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
    pub(super) fn undo(&mut self) -> Result<(), Failed> {
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
pub(super) fn make_folders<'a>(
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

/// Removes the folders that the orphans leave empty.
pub(super) fn remove_empty_folders(root: &Path, orphaned: &[String]) {
    for path in orphaned {
        let mut folder = root.join(path);
        // `remove_dir` refuses a folder that is not empty: that ends the walk.
        while folder.pop() && folder != root && fs::remove_dir(&folder).is_ok() {}
    }
}
