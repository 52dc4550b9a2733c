//! Reads OpenAPI 3.0 and 3.1, in YAML or JSON.
//!
//! In comes one text of a [`SourceMap`], out go a [`Document`], with a place for every value and every name, and what
//! there is to say about the text. Nothing outside of the text is opened. Any text is safe to read: size, nesting and
//! what aliases repeat are bounded.
//!
//! `json` and `yaml` read the syntax, of which `tree` puts values together; `document` knows what OpenAPI is,
//! `references` what `$ref` means, and `all_of` what derives from what. `schema` and `operation` are the words of the
//! specification over the tree.

mod all_of;
mod document;
mod json;
mod operation;
mod places;
mod pointer;
mod references;
mod scalar;
mod schema;
mod tree;
mod yaml;

pub use document::{Document, Version};
pub use operation::{MediaType, Operation, Parameter, PathItem, RequestBody, Response};
pub use schema::{Additional, Schema};

use msgraph_source::{Diagnostics, FileId, SourceMap};

/// Reads the text `file` of `sources`.
///
/// Where the text is no OpenAPI that can be read, the document is `None` and one of the diagnostics an error. Otherwise
/// every reference leads to a value of the document, unless there is an error that tells of it.
pub fn parse(sources: &SourceMap, file: FileId) -> (Option<Document>, Diagnostics) {
    let tree = match tree::tree(sources.file(file).text(), file) {
        Ok(tree) => tree,
        Err(diagnostics) => return (None, diagnostics),
    };
    let mut diagnostics = Diagnostics::new();
    let Some(mut document) = document::document(tree, &mut diagnostics) else {
        return (None, diagnostics);
    };
    document.references = references::check(&document.root, &mut diagnostics);
    all_of::check(&document.root, &mut diagnostics);
    (Some(document), diagnostics)
}
