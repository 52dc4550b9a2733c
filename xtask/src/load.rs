//! Inputs from the disk.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use msgraph_pipeline::Input;
use msgraph_source::{
    Diagnostic, SourceMap,
    catalogue::{config as codes, output as output_codes},
};

use crate::config::{self, Target};

/// Reads the metadata and all pages of `target` into `sources`.
pub(crate) fn inputs(sources: &mut SourceMap, target: &Target) -> Result<Input, Vec<Diagnostic>> {
    match readable(sources, target) {
        (Some(input), problems) if problems.is_empty() => Ok(input),
        (_, problems) => Err(problems),
    }
}

/// Reads what can be read of the metadata and the pages of `target` into `sources`, and says what is
/// wrong with the rest; none where the metadata cannot be read.
pub(crate) fn readable(
    sources: &mut SourceMap,
    target: &Target,
) -> (Option<Input>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut add = |path: &Path| {
        let bytes = fs::read(path).map_err(|error| problems.push(unreadable(path, &error))).ok()?;
        let shown = config::normalise(path);
        sources.add_bytes(&shown.to_string_lossy(), bytes).map_err(|d| problems.push(d)).ok()
    };
    let metadata = add(&target.metadata);
    let mut pages = Vec::new();
    let mut walk_problems = Vec::new();
    let mut seen = BTreeSet::new();
    for folder in &target.docs {
        match markdown(folder) {
            Ok(paths) if paths.is_empty() => walk_problems.push(
                Diagnostic::new(
                    codes::INVALID,
                    format!("there is no page in {}", folder.display()),
                )
                .help("pages are files that end in `.md`; folders are searched to any depth"),
            ),
            // A page in two of the folders is one page.
            Ok(mut paths) => {
                paths.retain(|path| {
                    seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()))
                });
                pages.extend(paths.iter().filter_map(|path| add(path)));
            }
            Err(error) => walk_problems.push(unreadable(folder, &error)),
        }
    }
    problems.extend(walk_problems);
    (metadata.map(|metadata| Input { metadata: vec![metadata], pages }), problems)
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

/// The Markdown files below `path`, or `path` itself, in the order of their names: the same wherever
/// the folder lies and however the disk lists it.
fn markdown(path: &Path) -> io::Result<Vec<PathBuf>> {
    if fs::metadata(path)?.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![path.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
            {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
