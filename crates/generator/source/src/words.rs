//! Names and texts of the inputs, put into the sentences of messages.
//!
//! In comes what a writer wrote, of any length; out goes what fits into a line. Holds: a cut text ends
//! in `…` and never within a character. What could steer a terminal is made harmless by [`crate::render`].

use std::borrow::Cow;

/// Characters of a name that a message shows.
const LONGEST: usize = 80;

/// `text`, or so much of its start that it fits into a sentence.
pub fn shortened(text: &str) -> Cow<'_, str> {
    shortened_to(text, LONGEST)
}

/// `text`, or its first `most` characters and `…`.
pub fn shortened_to(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// `` `a`, `b` or `c` ``
pub fn or_list<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{or_list, shortened, shortened_to};

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(shortened("äöü"), "äöü");
        assert_eq!(shortened_to("äöü", 2), "äö…");
        assert_eq!(shortened_to("", 0), "");
    }

    #[test]
    fn names_are_listed() {
        assert_eq!(or_list::<&str>(&[]), "");
        assert_eq!(or_list(&["a"]), "`a`");
        assert_eq!(or_list(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
