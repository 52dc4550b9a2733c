//! Where a part of an expression stands in the query: what a message about it says, long after the text was read.

use std::borrow::Cow;

use msgraph_core::ServiceError;

use super::malformed::shown;

/// Where an operator or a function stands in the query.
///
/// Positions are all equal, so that two expressions are where they mean the same. An expression that is no query's has
/// the [`Default`], which is nowhere.
#[derive(Debug, Clone, Default)]
pub struct Position {
    /// The name of the option, or of the parameter alias, and the character of its value, counted from 1.
    place: Option<(Cow<'static, str>, usize)>,
}

impl Position {
    /// The character of the value of an option, or of a parameter alias, counted from 1.
    pub(super) fn new(name: Cow<'static, str>, character: usize) -> Self {
        Self { place: Some((name, character)) }
    }

    /// The answer where what stands here has no value; `why` is a sentence without its end.
    pub(super) fn refusal(&self, why: &str) -> ServiceError {
        match &self.place {
            Some((name, character)) => {
                let message = format!(
                    "The option {} cannot be evaluated at character {character}: {why}.",
                    shown(name)
                );
                ServiceError::bad_request(message).with_target(name.as_ref())
            }
            None => ServiceError::bad_request(format!("The query cannot be evaluated: {why}.")),
        }
    }
}

impl PartialEq for Position {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Position {}
