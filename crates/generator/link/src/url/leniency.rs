//! How a documented URL differs from the one that the metadata describes.
//!
//! In comes nothing; the walk makes these. Out go kinds, which can be counted, and a sentence's part
//! for each. Holds: a URL with leniencies means one thing all the same.

use std::fmt;

use msgraph_source::{or_list, shortened};

/// Something that had to be overlooked for a URL to mean something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leniency {
    /// A name in other case.
    OtherCase {
        /// As the URL has it.
        written: String,
        /// As the metadata has it.
        declared: String,
    },
    /// A member of a derived type, or an operation bound to one, without a cast.
    WithoutCast {
        /// The name.
        name: String,
        /// The derived types that declare it: the one that is taken, and others of the first few.
        owners: Vec<String>,
    },
    /// A function without parentheses.
    WithoutParentheses {
        /// The function.
        function: String,
    },
    /// A function without parameters that it must have.
    MissingParameters {
        /// The function.
        function: String,
        /// The parameters.
        names: Vec<String>,
    },
    /// A parameter that no overload has.
    UnknownParameter {
        /// The action or function.
        operation: String,
        /// The parameter.
        name: String,
    },
    /// A value without the name of its parameter.
    UnnamedParameter {
        /// The action or function.
        operation: String,
        /// The parameter that is meant.
        name: String,
    },
    /// A value in quotes that is none of text.
    QuotedValue {
        /// The parameter.
        name: String,
    },
    /// A key by a property that the metadata does not declare to be a key.
    UndeclaredKey {
        /// The property.
        property: String,
    },
    /// A named key as a segment of its own, not in parentheses.
    KeySegment {
        /// The property.
        property: String,
    },
    /// A key before an operation of the collection.
    KeyTooMany {
        /// The operation.
        operation: String,
    },
    /// A placeholder for the name of a member, where all members have the same type.
    MemberPlaceholder {
        /// The placeholder.
        written: String,
    },
    /// A bracket or quote that is not closed.
    Unclosed,
}

impl Leniency {
    /// The name of its kind, for counts.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::OtherCase { .. } => "other case",
            Self::WithoutCast { .. } => "without cast",
            Self::WithoutParentheses { .. } => "without parentheses",
            Self::MissingParameters { .. } => "missing parameters",
            Self::UnknownParameter { .. } => "unknown parameter",
            Self::UnnamedParameter { .. } => "unnamed parameter",
            Self::QuotedValue { .. } => "quoted value",
            Self::UndeclaredKey { .. } => "undeclared key",
            Self::KeySegment { .. } => "key segment",
            Self::KeyTooMany { .. } => "key too many",
            Self::MemberPlaceholder { .. } => "member placeholder",
            Self::Unclosed => "unclosed",
        }
    }
}

impl fmt::Display for Leniency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherCase { written, declared } => {
                write!(f, "`{}` is spelled `{declared}`", shortened(written))
            }
            Self::WithoutCast { name, owners } => {
                let name = shortened(name);
                let taken = owners.first().map_or("", String::as_str);
                write!(f, "`{name}` belongs to `{taken}`, to which the path does not cast")?;
                match owners.get(1..) {
                    None | Some([]) => Ok(()),
                    Some(others) => write!(f, " (it could be {}, too)", or_list(others)),
                }
            }
            Self::WithoutParentheses { function } => {
                write!(f, "the function `{function}` is called without parentheses")
            }
            Self::MissingParameters { function, names } => {
                let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                write!(f, "the function `{function}` is called without {}", names.join(", "))
            }
            Self::UnknownParameter { operation, name } => {
                write!(f, "`{operation}` has no parameter `{}`", shortened(name))
            }
            Self::UnnamedParameter { operation, name } => {
                write!(f, "the parameter `{name}` of `{operation}` is not named")
            }
            Self::QuotedValue { name } => {
                write!(f, "the value of `{name}` stands in quotes, which only texts have")
            }
            Self::UndeclaredKey { property } => {
                write!(f, "`{property}` is not declared to be a key")
            }
            Self::KeySegment { property } => {
                write!(f, "the key by `{property}` does not stand in parentheses")
            }
            Self::KeyTooMany { operation } => {
                write!(f, "`{operation}` is bound to the collection, and no key stands before it")
            }
            Self::MemberPlaceholder { written } => {
                write!(f, "`{}` stands for the name of a member", shortened(written))
            }
            Self::Unclosed => f.write_str("a bracket or quote is not closed"),
        }
    }
}
