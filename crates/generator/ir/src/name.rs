//! Names as they stand on the wire.

use std::fmt;

/// A name as it stands in metadata and JSON: `hasAttachments`.
///
/// It can be compared, ordered, and shown as the text of a literal or a document. It has no way
/// into a Rust identifier but the naming pass of the planner.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WireName(Box<str>);

impl WireName {
    /// The name `text`.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for WireName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for WireName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A namespace and a name in it, aliases resolved: `microsoft.graph.conversationThread`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QualifiedName {
    /// `microsoft.graph`
    pub namespace: WireName,
    /// `conversationThread`
    pub name: WireName,
}

impl QualifiedName {
    /// The name `name` in `namespace`.
    pub fn new(namespace: WireName, name: WireName) -> Self {
        Self { namespace, name }
    }
}

impl fmt::Debug for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.namespace, self.name)
    }
}

impl fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.namespace, self.name)
    }
}
