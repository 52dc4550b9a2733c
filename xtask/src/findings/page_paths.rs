//! Paths of texts as a file names them: counted from the folder of that file.
//!
//! A baseline and a file of suppressions are read wherever a command is run; what they say of pages
//! counts from where they lie themselves, as in `codegen.yaml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use msgraph_source::{Diagnostic, FileId, SourceMap};

use crate::inputs::relative;

/// Stands for the page of a finding that has no place.
pub(crate) const NO_PAGE: &str = "-";

/// Paths from one folder to the texts of a map.
pub(crate) struct PagePaths {
    folder: PathBuf,
    known: BTreeMap<FileId, String>,
}

impl PagePaths {
    /// Paths from the folder in which the file `path` lies.
    pub(crate) fn from_folder_of(path: &Path) -> Self {
        Self { folder: folder_of(path), known: BTreeMap::new() }
    }

    /// The path of the text `file`.
    pub(crate) fn of(&mut self, sources: &SourceMap, file: FileId) -> &str {
        let folder = &self.folder;
        self.known
            .entry(file)
            .or_insert_with(|| relative(folder, Path::new(sources.file(file).path())))
    }

    /// The path of the text that `diagnostic` is about.
    pub(crate) fn of_finding(&mut self, sources: &SourceMap, diagnostic: &Diagnostic) -> &str {
        match diagnostic.primary() {
            Some(span) => self.of(sources, span.file),
            None => NO_PAGE,
        }
    }
}

/// The folder in which the file `path` lies.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}
