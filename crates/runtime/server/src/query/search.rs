//! `$search`: words that what is answered has to do with (URL Conventions, section 5.1.7).
//!
//! What "has to do with" means is the service's to say, and Graph's services speak several languages there, so that
//! the text is kept as it is.

use super::cursor::Cursor;
use super::malformed::Malformed;

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Search {
    /// The text as it was sent, decoded.
    pub text: String,
}

impl Search {
    /// The phrase, where the whole text is one in quotes; in it, `\"` is a quote and `\\` is a backslash.
    pub fn phrase(&self) -> Option<String> {
        let inner = self.text.trim().strip_prefix('"')?.strip_suffix('"')?;
        let mut phrase = String::new();
        let mut letters = inner.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '"' => return None,
                '\\' => phrase.push(letters.next()?),
                letter => phrase.push(letter),
            }
        }
        Some(phrase)
    }
}

/// Reads to the end of the value, or of the option in `$expand`.
pub(super) fn read(cursor: &mut Cursor<'_>, is_nested: bool) -> Result<Search, Malformed> {
    let start = cursor.at();
    let before = cursor.rest();
    let (mut is_quoted, mut is_escaped, mut depth) = (false, false, 0_usize);
    let ends = |c: char| {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted && depth > 0 => depth -= 1,
            ';' | ')' => return is_nested && !is_quoted,
            _ => {}
        }
        false
    };
    let length = before.find(ends).unwrap_or(before.len());
    let text = before.get(..length).unwrap_or_default().to_owned();
    cursor.go_to(start + length);
    if text.trim().is_empty() {
        return Err(Malformed::new(start, "a word or a phrase in quotes is expected, not the end"));
    }
    if is_quoted {
        return Err(Malformed::new(start, "a phrase has no closing quote"));
    }
    Ok(Search { text })
}
