//! What documents say in words.

use msgraph_source::Span;

use crate::provenance::Fact;

/// Prose from a page or from metadata: Markdown as written, not yet fit for a doc comment.
pub type Prose = Fact<String>;

/// The page that documents an item or an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct PageLink {
    /// The page's name: `group-post-threads`.
    pub page: String,
    /// The title.
    pub title: Option<String>,
    /// Whether it is a page about a resource, not about an operation.
    pub is_resource: bool,
    /// The title in the page, or its start.
    pub span: Span,
}

/// `Org.OData.Core.V1.Revisions` with the kind `Deprecated`.
#[derive(Clone, Debug, PartialEq)]
pub struct Deprecation {
    /// `Description`
    pub description: Option<String>,
    /// `Date`
    pub date: Option<String>,
    /// `RemovalDate`
    pub removal_date: Option<String>,
    /// `Version`
    pub version: Option<String>,
}
