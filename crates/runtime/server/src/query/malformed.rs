//! What cannot be read in the value of an option: where, and what was expected there.

use msgraph_core::ServiceError;

/// A fault in the value of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Malformed {
    /// The byte of the value at which it shows.
    pub(super) at: usize,
    /// What is wrong, as a sentence without its end.
    pub(super) what: String,
}

impl Malformed {
    pub(super) fn new(at: usize, what: impl Into<String>) -> Self {
        Self { at, what: what.into() }
    }

    /// The answer: `name` is the option, and `text` its value. Characters are counted from 1.
    pub(super) fn into_error(self, name: &str, text: &str) -> ServiceError {
        let before = text.get(..self.at).unwrap_or(text);
        let position = before.chars().count() + 1;
        let message =
            format!("The option `{name}` cannot be read at character {position}: {}.", self.what);
        ServiceError::bad_request(message).with_target(name)
    }
}

/// A text of a caller as a message shows it: short, and without control characters.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 40;
    let mut shown: String = text.chars().take(MOST).flat_map(char::escape_debug).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}
