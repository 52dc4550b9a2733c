//! Pass 1: texts to syntax.
//!
//! Pages are read on all cores and come out in the order of their names, whatever the order they
//! went in. Reading never fails as a whole: what could not be read is among the diagnostics.

use msgraph_docs::Page;
use msgraph_link::Selector;
use msgraph_source::{Diagnostics, FileId, SourceMap};
use rayon::prelude::*;

/// Reads CSDL.
pub(crate) fn metadata(
    sources: &SourceMap,
    files: &[FileId],
) -> (Vec<msgraph_csdl::Document>, Diagnostics) {
    let mut documents = Vec::new();
    let mut diagnostics = Diagnostics::new();
    for &file in files {
        let (document, found) = msgraph_csdl::parse(sources, file);
        documents.extend(document);
        diagnostics.extend(found);
    }
    (documents, diagnostics)
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
