//! Patterns of `matchespattern` (URL Conventions, section 5.1.1.7.1): a regular expression of ECMAScript goes in, what it
//! matches comes out, in a time that grows with the text, whatever the pattern.
//!
//! What would take longer is not read: looking ahead and behind, and references to groups. A pattern is compiled once,
//! and so has to be a literal; its size is bounded.

use std::fmt;

use regex_lite::{Regex, RegexBuilder};

/// The most bytes that a compiled pattern may have: the time for each character of a text grows with it.
const LARGEST: usize = 8 * 1024;
/// How deep groups may stand in each other.
const DEEPEST: u32 = 16;

/// A regular expression.
#[derive(Clone)]
pub struct Pattern {
    text: String,
    flags: String,
    regex: Regex,
}

impl Pattern {
    /// Reads a pattern with flags, of which `i`, `m` and `s` are known. The error says what is wrong.
    pub(super) fn new(text: &str, flags: &str) -> Result<Self, String> {
        if let Some(flag) = flags.chars().find(|flag| !"ims".contains(*flag)) {
            return Err(format!("the flag `{}` is not `i`, `m` or `s`", flag.escape_debug()));
        }
        let regex = RegexBuilder::new(text)
            .case_insensitive(flags.contains('i'))
            .multi_line(flags.contains('m'))
            .dot_matches_new_line(flags.contains('s'))
            .size_limit(LARGEST)
            .nest_limit(DEEPEST)
            .build();
        match regex {
            Ok(regex) => Ok(Self { text: text.to_owned(), flags: flags.to_owned(), regex }),
            Err(error) => Err(format!("the pattern is not supported: {error}")),
        }
    }

    /// The regular expression as it was sent.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The flags as they were sent; mostly none.
    pub fn flags(&self) -> &str {
        &self.flags
    }

    /// Whether a part of the text fits.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.flags == other.flags
    }
}

impl Eq for Pattern {}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.text).field(&self.flags).finish()
    }
}
