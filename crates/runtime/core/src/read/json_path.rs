//! JSON paths: `$.posts[0].body.contentType`.
//!
//! While reading, a path is a chain of frames on the stack that costs nothing until somebody asks for its text.

use std::fmt::{self, Write};

/// Where a value stands in a JSON text, such as `$.posts[0].body.contentType`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonPath(Box<str>);

impl JsonPath {
    pub(crate) fn root() -> Self {
        Self("$".into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for JsonPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<&str> for JsonPath {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

/// A path under way: the last step, and where it was taken from.
#[derive(Clone, Copy)]
pub(crate) enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl Path<'_> {
    pub(crate) const ROOT: Path<'static> = Path::Root;

    pub(crate) fn to_json_path(self) -> JsonPath {
        let mut text = String::new();
        self.push_to(&mut text);
        JsonPath(text.into())
    }

    fn push_to(self, text: &mut String) {
        match self {
            Self::Root => text.push('$'),
            Self::Member(parent, name) => {
                parent.push_to(text);
                push_name(text, name);
            }
            Self::Item(parent, index) => {
                parent.push_to(text);
                // Writing to a string does not fail.
                let _ = write!(text, "[{index}]");
            }
        }
    }
}

/// Names come from the text; a long one is cut, and one that is no identifier is quoted.
fn push_name(text: &mut String, name: &str) {
    const LONGEST: usize = 80;
    let is_identifier = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_identifier && !name.is_empty() && name.len() <= LONGEST {
        text.push('.');
        text.push_str(name);
        return;
    }
    text.push_str("['");
    for character in name.chars().take(LONGEST) {
        match character {
            // Control and bidirectional characters among them.
            '\'' | '\\' => text.extend(['\\', character]),
            ' '..='~' => text.push(character),
            other if other.is_alphanumeric() => text.push(other),
            other => text.extend(other.escape_unicode()),
        }
    }
    if name.chars().nth(LONGEST).is_some() {
        text.push('…');
    }
    text.push_str("']");
}
