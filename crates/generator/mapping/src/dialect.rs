//! Who converted the document.

use msgraph_openapi::{Document, PathItem};

/// A way in which OData metadata is written as OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Microsoft's, of the library OpenAPI.NET.OData: keys are segments, base types are parts of `allOf`.
    Microsoft,
    /// That of the OASIS technical committee, "OData to OpenAPI Mapping Version 1.0": keys stand in parentheses,
    /// derived types repeat what they inherit.
    Oasis,
}

impl Dialect {
    /// The dialect of `document`; none where nothing in it shows that it was made of OData metadata.
    pub fn of(document: &Document) -> Option<Self> {
        if !document.schemas().any(|(name, _)| name.value.contains('.')) {
            return None;
        }
        let mut paths = document.paths().map(|item| item.path.value);
        if paths.any(|path| path.contains("('{") || path.contains("({")) || has_forms(document) {
            return Some(Self::Oasis);
        }
        let says_type =
            document.schemas().any(|(_, schema)| schema.property("@odata.type").is_some());
        let mut operations = document.paths().flat_map(PathItem::operations);
        let is_marked = says_type
            || operations.any(|operation| operation.text("x-ms-docs-operation-type").is_some());
        is_marked.then_some(Self::Microsoft)
    }
}

/// Whether a type has another form for bodies of requests: `microsoft.graph.user-create`.
fn has_forms(document: &Document) -> bool {
    document.schemas().any(|(name, _)| {
        let of = name.value.strip_suffix("-create").filter(|of| of.contains('.'));
        of.is_some_and(|of| document.schema(of).is_some())
    })
}
