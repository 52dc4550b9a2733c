//! What can go wrong in reading, with its place: JSON path, line and column.
//!
//! Messages hold no values from the text, only names, which are cut and escaped: they may go into logs and to
//! callers.

use super::{JsonPath, Path};
use crate::scan::{Fault, FaultKind};
use std::fmt;

/// Why a body could not be read, and where.
///
/// ```text
/// $.posts[0].body.contentType: expected a string or a number, found an object (line 1, column 42)
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ReadError(Box<Place>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    path: JsonPath,
    kind: ReadErrorKind,
    line: usize,
    column: usize,
}

/// A value that does not fit its type, and was kept as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leniency {
    /// Where it stands.
    pub path: JsonPath,
    /// What does not fit.
    pub kind: ReadErrorKind,
}

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The text is no JSON; what was expected.
    Syntax(&'static str),
    /// Objects and arrays are nested deeper than is read.
    TooDeep,
    /// A value of another kind than the type takes.
    Mistyped {
        /// What the type takes.
        expected: &'static str,
        /// What was found.
        found: &'static str,
    },
    /// A value of the right kind that is no value of the type, such as a date that no calendar has.
    Invalid {
        /// The type.
        expected: &'static str,
    },
    /// What a message is to carry is not there.
    Absent {
        /// What it is.
        expected: &'static str,
    },
    /// A null where the type does not allow it.
    Null,
    /// A member that comes twice.
    Duplicate,
    /// A member of an enumeration in another case than it is declared, or a number for one; read as the member,
    /// or as the digits, that it means.
    Spelling,
}

impl ReadError {
    pub(crate) fn at(text: &str, at: usize, path: JsonPath, kind: ReadErrorKind) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Self(Box::new(Place { path, kind, line, column }))
    }

    /// An error of the message as a whole.
    pub(crate) fn whole(kind: ReadErrorKind) -> Self {
        Self::at("", 0, JsonPath::root(), kind)
    }

    /// An error of the member `name` of the root, which is missing.
    pub(crate) fn absent(name: &'static str) -> Self {
        let path = Path::Member(&Path::ROOT, name).to_json_path();
        Self::at("", 0, path, ReadErrorKind::Absent { expected: "value, and there must be one" })
    }

    pub(crate) fn of_fault(text: &str, fault: Fault, path: JsonPath) -> Self {
        let kind = match fault.kind {
            FaultKind::Syntax(expected) => ReadErrorKind::Syntax(expected),
            FaultKind::TooDeep => ReadErrorKind::TooDeep,
        };
        Self::at(text, fault.at, path, kind)
    }

    /// Where it stands: the innermost declared place.
    pub fn path(&self) -> &JsonPath {
        &self.0.path
    }

    /// What does not fit.
    pub fn kind(&self) -> &ReadErrorKind {
        &self.0.kind
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column in characters, from 1.
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// Whether the text is no JSON at all, rather than JSON that does not fit.
    pub fn is_syntax(&self) -> bool {
        matches!(self.0.kind, ReadErrorKind::Syntax(_) | ReadErrorKind::TooDeep)
    }
}

impl fmt::Display for ReadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(expected) => write!(f, "malformed JSON: expected {expected}"),
            Self::TooDeep => write!(f, "nested deeper than {} levels", crate::scan::MAX_DEPTH),
            Self::Mistyped { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Invalid { expected } => write!(f, "not a value of {expected}"),
            Self::Absent { expected } => write!(f, "there is no {expected}"),
            Self::Null => f.write_str("must not be null"),
            Self::Duplicate => f.write_str("comes twice"),
            Self::Spelling => f.write_str("not spelled as the declared member"),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { path, kind, line, column } = &*self.0;
        write!(f, "{path}: {kind} (line {line}, column {column})")
    }
}

impl fmt::Debug for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Leniency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.kind)
    }
}

impl std::error::Error for ReadError {}
