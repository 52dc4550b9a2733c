//! What cannot be read in the value of an option: where, and what was expected there.
//!
//! What can be read and is not supported is the same 400, as it is in Graph: the message says where it stands and what
//! to write instead.

use msgraph_core::ServiceError;

/// A fault in the value of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Malformed {
    /// The byte of the value at which it shows.
    at: usize,
    /// What is wrong, as a sentence without its end.
    what: String,
    /// The name and the value of the parameter alias in which it shows, where it is in one.
    alias: Option<Box<(String, String)>>,
}

impl Malformed {
    pub(super) fn new(at: usize, what: impl Into<String>) -> Self {
        Self { at, what: what.into(), alias: None }
    }

    /// The same fault, in the value of a parameter alias.
    pub(super) fn in_alias(mut self, name: &str, text: &str) -> Self {
        self.alias = Some(Box::new((name.to_owned(), text.to_owned())));
        self
    }

    /// The answer: `name` is the option, and `text` its value. Characters are counted from 1.
    pub(super) fn into_error(self, name: &str, text: &str) -> ServiceError {
        let Self { at, what, alias } = self;
        let (name, text) = match &alias {
            Some(alias) => (alias.0.as_str(), alias.1.as_str()),
            None => (name, text),
        };
        let position = text.get(..at).unwrap_or(text).chars().count() + 1;
        let message =
            format!("The option {} cannot be read at character {position}: {what}.", shown(name));
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
