//! Pass 1: texts to syntax.
//!
//! Pages are read on all cores and come out in the order of their names, whatever the order they
//! went in. Reading never fails as a whole: what could not be read is among the diagnostics.

use msgraph_docs::Page;
use msgraph_link::Selector;
use msgraph_source::{Diagnostics, FileId, SourceMap};
use rayon::prelude::*;

use crate::Input;

/// Reads the metadata: CSDL, or, where there is none, what OpenAPI was converted from.
pub(crate) fn metadata(
    sources: &SourceMap,
    input: &Input,
) -> (Vec<msgraph_csdl::Document>, Diagnostics) {
    match input.metadata.as_slice() {
        [] => openapi(sources, &input.openapi),
        files => all(files, |file| msgraph_csdl::parse(sources, file)),
    }
}

/// Reads OpenAPI, for the metadata that it was made of.
pub(crate) fn openapi(
    sources: &SourceMap,
    files: &[FileId],
) -> (Vec<msgraph_csdl::Document>, Diagnostics) {
    all(files, |file| converted(sources, file))
}

fn all(
    files: &[FileId],
    read: impl Fn(FileId) -> (Option<msgraph_csdl::Document>, Diagnostics),
) -> (Vec<msgraph_csdl::Document>, Diagnostics) {
    let mut documents = Vec::new();
    let mut diagnostics = Diagnostics::new();
    for (document, found) in files.iter().map(|&file| read(file)) {
        documents.extend(document);
        diagnostics.extend(found);
    }
    (documents, diagnostics)
}

fn converted(sources: &SourceMap, file: FileId) -> (Option<msgraph_csdl::Document>, Diagnostics) {
    let (document, mut diagnostics) = msgraph_openapi::parse(sources, file);
    let Some(document) = document else { return (None, diagnostics) };
    let read = msgraph_mapping::metadata(&document);
    let (metadata, found) = read.unzip();
    diagnostics.extend(found.unwrap_or_default());
    (metadata, diagnostics)
}

/// Reads pages, on all cores; what there is to say comes in the order of the pages.
pub fn pages(sources: &SourceMap, files: &[FileId]) -> (Vec<Page>, Diagnostics) {
    let mut files = files.to_vec();
    files.sort_by_key(|&file| sources.file(file).path());
    let read: Vec<(Page, Diagnostics)> =
        files.par_iter().map(|&file| msgraph_docs::parse(sources, file)).collect();
    let mut pages = Vec::with_capacity(files.len());
    let mut diagnostics = Diagnostics::new();
    for (page, found) in read {
        pages.push(page);
        diagnostics.extend(found);
    }
    (pages, diagnostics)
}

/// Reads selectors.
pub(crate) fn selectors(texts: &[String]) -> (Vec<Selector>, Diagnostics) {
    let mut selectors = Vec::new();
    let mut diagnostics = Diagnostics::new();
    for text in texts {
        match Selector::parse(text) {
            Ok(selector) => selectors.push(selector),
            Err(found) => diagnostics.push(found),
        }
    }
    (selectors, diagnostics)
}
