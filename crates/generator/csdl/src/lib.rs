//! Reads OData CSDL 4.0 and 4.01 in its XML representation.
//!
//! In comes one text of a [`SourceMap`], out go a [`Document`] in the shape of the specification,
//! with a place for every element and attribute value, and what there is to say about the text.
//! Nothing is resolved, nothing referenced is opened. Any text is safe to read: size, nesting and
//! the number of attributes are bounded, document type declarations are refused.
//!
//! One module reads one part of the specification: `edmx`, `schema`, `structured` types, `enumeration`s,
//! `operation`s, the entity `container`, `annotation`s and their `expression`s. They stand on `reader` (what an
//! element is, what is said about it) and `attributes`; `shape` and `xml` come before them all.

mod annotation;
mod attributes;
mod constant;
mod container;
mod document;
mod edmx;
mod enumeration;
mod expression;
mod operation;
mod reader;
mod schema;
mod shape;
mod structured;
mod vocabulary;
mod xml;

pub use document::*;
pub use vocabulary::*;

use msgraph_source::{Diagnostics, FileId, SourceMap};

/// Reads the text `file` of `sources`.
///
/// Never fails as a whole: what could be read is in the document, what could not is a diagnostic.
/// Where the text is not CSDL at all, the document is `None` and one of the diagnostics an error.
pub fn parse(sources: &SourceMap, file: FileId) -> (Option<Document>, Diagnostics) {
    let text = sources.file(file).text();
    let tree = match xml::tree(text, file) {
        Ok(tree) => tree,
        Err(diagnostic) => return (None, vec![*diagnostic]),
    };
    let mut reader = reader::Reader::new(text, file);
    let document = edmx::document(&mut reader, tree.root_element());
    (document, reader.finish())
}
