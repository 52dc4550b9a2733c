//! Pass 1: texts to syntax.
//!
//! Pages are read on all cores and come out in the order of their names, whatever the order they
//! went in. Reading never fails as a whole: what could not be read is among the diagnostics.

use msgraph_docs::Page;
use msgraph_ir::Api;
use msgraph_link::Selector;
use msgraph_mapping::Service;
use msgraph_source::{Diagnostic, Diagnostics, FileId, SourceMap};
use rayon::prelude::*;

use crate::Input;

/// What describes a service.
pub(crate) enum Description {
    /// Metadata, as it is or as OpenAPI was made of it.
    Metadata(Vec<msgraph_csdl::Document>),
    /// OpenAPI of a service that is no OData.
    Service(Box<Service>),
}

impl Description {
    /// The representation of it.
    pub(crate) fn link(&self, version: &str) -> (Api, Diagnostics) {
        match self {
            Self::Metadata(documents) => msgraph_link::declare_and_resolve(documents, version),
            Self::Service(service) => msgraph_link::declare_service(service, version),
        }
    }
}

/// Reads the description: CSDL, or OpenAPI where there is none.
pub(crate) fn description(sources: &SourceMap, input: &Input) -> (Description, Diagnostics) {
    if let (true, Some(file)) = (input.metadata.is_empty(), input.openapi) {
        return openapi(sources, file);
    }
    let mut documents = Vec::new();
    let mut diagnostics = Diagnostics::new();
    for &file in &input.metadata {
        let (document, found) = msgraph_csdl::parse(sources, file);
        documents.extend(document);
        diagnostics.extend(found);
    }
    (Description::Metadata(documents), diagnostics)
}

/// Reads OpenAPI: the metadata that it was made of, or the service that it describes by itself.
pub(crate) fn openapi(sources: &SourceMap, file: FileId) -> (Description, Diagnostics) {
    let (document, mut diagnostics) = msgraph_openapi::parse(sources, file);
    // What is wrong with its references is told; nothing can be made of it.
    let is_wrong = diagnostics.iter().any(Diagnostic::is_error);
    let Some(document) = document.filter(|_| !is_wrong) else {
        return (Description::Metadata(Vec::new()), diagnostics);
    };
    let (description, found) = match msgraph_mapping::metadata(&document) {
        Some((metadata, found)) => (Description::Metadata(vec![metadata]), found),
        None => {
            let (service, found) = msgraph_mapping::service(&document);
            (Description::Service(Box::new(service)), found)
        }
    };
    diagnostics.extend(found);
    (description, diagnostics)
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
