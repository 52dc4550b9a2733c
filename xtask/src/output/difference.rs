//! How the output folder differs from what it should hold.
//!
//! In come the folder and the files wanted, out goes what is missing, stale, orphaned or foreign.
//! Nothing is touched, and nothing outside of the folder is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path};

use msgraph_pipeline::OutputSet;
use msgraph_source::{Diagnostic, catalogue::output as codes};
use rayon::prelude::*;

use super::{CRATE_WITHIN, CRATES, io_failure, is_marked, shown};
use crate::{lock, record};

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

/// The lock and all files of the crates. What cargo itself puts beside a manifest is not looked at.
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
            let made_by_cargo = matches!(entry.file_name().to_str(), Some("target" | "Cargo.lock"))
                && (CRATES.contains(&relative.as_str()) || relative == CRATE_WITHIN);
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
