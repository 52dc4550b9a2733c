//! A service that is no OData: its name, where it is, and the segments of its paths.
//!
//! Paths of OData lead through the model. Those of other services name nothing but themselves: a tree of segments, at
//! whose nodes operations stand.

use msgraph_source::Span;

use crate::arena::{Arena, Id};
use crate::documentation::{Deprecation, Prose};
use crate::name::WireName;
use crate::type_ref::TypeRef;

/// What is known of a service beside its types and operations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Service {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub base_url: Option<String>,
    /// The segments of all paths, those in front first.
    pub segments: Arena<Segment>,
}

/// The place of a [`Segment`] in its service.
pub type SegmentId = Id<Segment>;

/// A segment of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// The segment in front of it; none for the first.
    pub parent: Option<SegmentId>,
    /// What stands there, or what the parameter is called that does.
    pub name: WireName,
    /// The type of the parameter; none for a segment that stands for itself.
    pub parameter: Option<TypeRef>,
    /// The first path that has it.
    pub span: Span,
}

/// A parameter that stands beside the path.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: WireName,
    /// Where it stands.
    pub location: ParameterLocation,
    /// Its type: a value, or a collection of values.
    pub type_ref: TypeRef,
    /// What stands between the values of a collection; each stands for itself where it is none.
    pub separator: Option<char>,
    /// Whether a request must have it.
    pub is_required: bool,
    /// What is said of it.
    pub description: Option<Prose>,
    /// Whether it is deprecated.
    pub deprecation: Option<Deprecation>,
    /// Where it is declared.
    pub span: Span,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterLocation {
    /// In the query of the URL.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl ParameterLocation {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// An answer that is no success: `404`, `4XX`, `default`.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorResponse {
    /// The status, the range of them, or `default` for all others.
    pub status: String,
    /// What it means.
    pub description: Option<String>,
    /// The type of its body.
    pub body: Option<TypeRef>,
}

impl Service {
    /// The segments from the first to `id`.
    pub fn path(&self, id: SegmentId) -> Vec<SegmentId> {
        let parent = |id: &SegmentId| self.segments[*id].parent;
        let mut path: Vec<SegmentId> = std::iter::successors(Some(id), parent).collect();
        path.reverse();
        path
    }
}
