//! Who said what.
//!
//! The linker decides by policy which source is taken; what was overruled stays with the fact, so that
//! `trace` can tell of it and nobody has to decide again.

use msgraph_source::Span;

/// One of the two descriptions of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// CSDL.
    Metadata,
    /// A documentation page.
    Documents,
}

/// A value that both descriptions can state.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact<T> {
    /// The value that holds.
    pub value: T,
    /// Who said it.
    pub said_by: Source,
    /// Where.
    pub span: Span,
    /// What others said instead: who, where, and what, in words.
    pub overruled: Vec<(Source, Span, String)>,
}

impl<T> Fact<T> {
    /// What `said_by` states at `span`, not contradicted so far.
    pub fn new(value: T, said_by: Source, span: Span) -> Self {
        Self { value, said_by, span, overruled: Vec::new() }
    }
}
