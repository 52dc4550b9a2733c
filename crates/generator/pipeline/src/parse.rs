//! Pass 1: texts to syntax.
//!
//! Pages are read on all cores and come out in the order of their names, whatever the order they
//! went in. Reading never fails as a whole: what could not be read is among the diagnostics.

use std::num::NonZero;
use std::thread;

use msgraph_docs::Page;
use msgraph_link::Selector;
use msgraph_source::{Diagnostics, FileId, SourceMap};

/// So few pages are read faster than a thread starts.
const PAGES_PER_THREAD: usize = 16;

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

/// Reads pages.
pub(crate) fn pages(sources: &SourceMap, files: &[FileId]) -> (Vec<Page>, Diagnostics) {
    let mut files = files.to_vec();
    files.sort_by_key(|&file| sources.file(file).path());
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let chunk = files.len().div_ceil(threads).max(PAGES_PER_THREAD);
    let read = |chunk: &[FileId]| -> Vec<(Page, Diagnostics)> {
        chunk.iter().map(|&file| msgraph_docs::parse(sources, file)).collect()
    };
    let mut pages = Vec::with_capacity(files.len());
    let mut diagnostics = Diagnostics::new();
    thread::scope(|scope| {
        let mut chunks = files.chunks(chunk);
        let own = chunks.next();
        let others: Vec<_> = chunks.map(|chunk| scope.spawn(move || read(chunk))).collect();
        let mut take = |results: Vec<(Page, Diagnostics)>| {
            for (page, found) in results {
                pages.push(page);
                diagnostics.extend(found);
            }
        };
        take(own.map(read).unwrap_or_default());
        for other in others {
            match other.join() {
                Ok(results) => take(results),
                // The reader does not panic; if it does all the same, so does this thread.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
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
