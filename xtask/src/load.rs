//! Inputs from the disk.
//!
//! In come paths of files and folders; out go texts in a [`SourceMap`] and what could not be read. Holds: a
//! page in two of the folders is one page, and paths are named alike from wherever a command is run.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use msgraph_pipeline::Input;
use msgraph_source::{
    Diagnostic, FileId, SourceMap,
    catalogue::{config as codes, output as output_codes},
};
use rayon::prelude::*;

use crate::config::{self, Target};

/// Reads the descriptions and all pages of `target` into `sources`.
pub(crate) fn inputs(sources: &mut SourceMap, target: &Target) -> Result<Input, Vec<Diagnostic>> {
    match readable(sources, target) {
        (Some(input), problems) if problems.is_empty() => Ok(input),
        (_, problems) => Err(problems),
    }
}

/// Reads what can be read of the descriptions and the pages of `target` into `sources`, and says what is
/// wrong with the rest; none where a description cannot be read.
pub(crate) fn readable(
    sources: &mut SourceMap,
    target: &Target,
) -> (Option<Input>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut read = |path: &Option<PathBuf>| -> Option<Option<FileId>> {
        let text = path.as_ref().map(|path| text(sources, path)).transpose();
        text.map_err(|problem| problems.push(problem)).ok()
    };
    let (metadata, openapi) = (read(&target.metadata), read(&target.openapi));
    let (pages, found) = pages(sources, &target.docs);
    problems.extend(found);
    let input = metadata.zip(openapi).map(|(metadata, openapi)| Input {
        metadata: metadata.into_iter().collect(),
        openapi,
        pages,
    });
    (input, problems)
}

/// Reads the text at `path` into `sources`.
pub(crate) fn text(sources: &mut SourceMap, path: &Path) -> Result<FileId, Diagnostic> {
    add(sources, path, fs::read(path))
}

/// Reads the pages in `places`, which are folders and pages, into `sources`, and says which of them
/// cannot be read.
pub(crate) fn pages(sources: &mut SourceMap, places: &[PathBuf]) -> (Vec<FileId>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut pages = Vec::new();
    let mut walk_problems = Vec::new();
    let mut seen = BTreeSet::new();
    for place in places {
        match markdown(place) {
            Ok(found) if found.is_empty() => walk_problems.push(
                Diagnostic::new(codes::INVALID, format!("there is no page in {}", place.display()))
                    .help("pages are files that end in `.md`; folders are searched to any depth"),
            ),
            // A page in two of the folders is one page.
            Ok(found) => {
                // The disk is waited for on all cores; texts are added in the order of their names.
                let read: Vec<_> = found.par_iter().map(|page| fs::read(&page.path)).collect();
                for (page, bytes) in found.into_iter().zip(read) {
                    if seen.insert(page.real) {
                        match add(sources, &page.path, bytes) {
                            Ok(page) => pages.push(page),
                            Err(problem) => problems.push(problem),
                        }
                    }
                }
            }
            Err(error) => walk_problems.push(unreadable(place, &error)),
        }
    }
    problems.extend(walk_problems);
    (pages, problems)
}

/// Adds the text at `path`, which is `bytes`.
fn add(
    sources: &mut SourceMap,
    path: &Path,
    bytes: io::Result<Vec<u8>>,
) -> Result<FileId, Diagnostic> {
    let bytes = bytes.map_err(|error| unreadable(path, &error))?;
    sources.add_bytes(&config::normalise(path).to_string_lossy(), bytes)
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let code = match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => {
            codes::INVALID
        }
        _ => output_codes::IO,
    };
    Diagnostic::new(code, format!("cannot read {}: {error}", path.display()))
}

/// A file of Markdown.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Page {
    path: PathBuf,
    /// Where it really lies.
    real: PathBuf,
}

/// The Markdown files below `path`, or `path` itself, in the order of their names: the same wherever
/// the folder lies and however the disk lists it.
fn markdown(path: &Path) -> io::Result<Vec<Page>> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    if fs::metadata(path)?.is_file() {
        return Ok(vec![Page { path: path.to_path_buf(), real: real(path) }]);
    }
    let mut pages = Vec::new();
    let mut folders = vec![path.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let real_folder = real(&folder);
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
            {
                // Only what is no link lies where its folder does.
                let real = match kind.is_file() {
                    true => real_folder.join(entry.file_name()),
                    false => real(&path),
                };
                pages.push(Page { path, real });
            }
        }
    }
    pages.sort();
    Ok(pages)
}
