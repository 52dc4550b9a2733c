//! Rust identifiers: in comes a name from the wire, out comes text that is an identifier.
//!
//! Whatever the name holds (keywords, digits in front, signs, other scripts, nothing at all), the
//! result can be written into a program. Whether it is unique is for a [`Scope`](super::Scope).

use std::borrow::Cow;
use std::fmt;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// A valid Rust identifier, raw (`r#type`) where it must be.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ident(Box<str>);

/// The spelling of a kind of name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `conversation_thread`: modules, functions, parameters.
    Snake,
    /// `ConversationThread`: types, members of enumerations.
    Pascal,
    /// `CONVERSATION_THREAD`: constants and statics.
    Shouty,
}

/// Longer names are cut: file systems end at 255 bytes, and no reader gets that far.
const LONGEST: usize = 120;

/// Strict and reserved keywords of edition 2024, without those that cannot be raw.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that have no raw form.
const NEVER_RAW: &[&str] = &["_", "crate", "self", "Self", "super"];

impl Ident {
    /// The identifier with exactly this text, which the caller knows to be one.
    pub(crate) fn fixed(text: &'static str) -> Self {
        Self::of_stem(text)
    }

    /// The identifier for a stem that [`stem`] and a scope made.
    pub(crate) fn of_stem(stem: &str) -> Self {
        if NEVER_RAW.contains(&stem) {
            Self(format!("{stem}_").into())
        } else if KEYWORDS.contains(&stem) {
            Self(format!("r#{stem}").into())
        } else {
            Self(stem.into())
        }
    }

    /// As it stands in a program.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without `r#`: as it stands in a file name.
    pub fn bare(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an identifier for `name` is made of: spelled in `case`, of ASCII letters, digits and `_`,
/// with a letter in front, not yet raised above keywords or neighbours.
pub(crate) fn stem(name: &str, case: Case) -> String {
    let ascii = ascii(name);
    let mut stem = match case {
        Case::Snake => ascii.to_snake_case(),
        Case::Pascal => ascii.to_pascal_case(),
        Case::Shouty => ascii.to_shouty_snake_case(),
    };
    stem.truncate(LONGEST);
    let lead = match case {
        Case::Snake => "n",
        Case::Pascal | Case::Shouty => "N",
    };
    match stem.chars().next() {
        None => match case {
            Case::Snake => "unnamed".to_owned(),
            Case::Pascal => "Unnamed".to_owned(),
            Case::Shouty => "UNNAMED".to_owned(),
        },
        Some(first) if first.is_ascii_digit() => format!("{lead}{stem}"),
        // A keyword that cannot be raw keeps its word and gets a mark.
        Some(_) if NEVER_RAW.contains(&stem.as_str()) => format!("{stem}_"),
        Some(_) => stem,
    }
}

/// `name` in ASCII: letters of other scripts as `u` and their number, signs as word boundaries.
fn ascii(name: &str) -> Cow<'_, str> {
    if name.len() <= 2 * LONGEST && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Cow::Borrowed(name);
    }
    let mut out = String::new();
    for c in name.chars().take(2 * LONGEST) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if c.is_alphanumeric() {
            out.push_str(&format!("_u{:x}_", u32::from(c)));
        } else {
            out.push('_');
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{Case, Ident, stem};

    fn snake(name: &str) -> String {
        Ident::of_stem(&stem(name, Case::Snake)).to_string()
    }

    fn pascal(name: &str) -> String {
        Ident::of_stem(&stem(name, Case::Pascal)).to_string()
    }

    #[test]
    fn ordinary_names_change_only_their_case() {
        assert_eq!(snake("lastDeliveredDateTime"), "last_delivered_date_time");
        assert_eq!(pascal("conversationThread"), "ConversationThread");
        assert_eq!(stem("hasMFA", Case::Shouty), "HAS_MFA");
    }

    #[test]
    fn keywords_are_raw_and_those_that_cannot_be_get_a_mark() {
        assert_eq!(snake("type"), "r#type");
        assert_eq!(snake("gen"), "r#gen");
        assert_eq!(snake("self"), "self_");
        assert_eq!(snake("super"), "super_");
        assert_eq!(snake("crate"), "crate_");
        assert_eq!(pascal("self"), "Self_");
        assert_eq!(snake("union"), "union");
    }

    #[test]
    fn odd_names_are_identifiers_all_the_same() {
        assert_eq!(snake(""), "unnamed");
        assert_eq!(snake("_"), "unnamed");
        assert_eq!(snake("2fa"), "n2fa");
        assert_eq!(pascal("2fa"), "N2fa");
        assert_eq!(snake("größe"), "gr_uf6_udf_e");
        assert_eq!(snake("../etc/passwd"), "etc_passwd");
        assert_eq!(snake("a\u{202e}b"), "a_b");
        assert!(snake(&"x".repeat(10_000)).len() <= 120);
    }
}
