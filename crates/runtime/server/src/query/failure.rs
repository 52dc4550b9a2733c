//! What can be read, and has no value for some item: why, and which operator or function it is.
//!
//! The request fails then (URL Conventions, sections 5.1.1.2.5, 5.1.1.2.6 and 5.1.1.5.7), since an answer without the
//! item would look whole. Of values that are too large the specification says nothing; they are no less wrong.

use msgraph_core::ServiceError;

use super::{Position, calling};

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// A division by zero of what has no infinity.
    ByZero,
    /// A number, a time or a length of time that is beyond all of its type.
    TooLarge,
    /// A text that is longer than texts are made here.
    TooLong,
    /// A part of a text of less than no characters.
    NegativeLength,
}

/// An operator or a function that has no value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Failed<'a> {
    pub(super) why: Failure,
    /// As it is written.
    pub(super) word: &'static str,
    pub(super) position: &'a Position,
}

impl From<Failed<'_>> for ServiceError {
    /// The answer: 400, with where it stands.
    fn from(failed: Failed<'_>) -> Self {
        let word = failed.word;
        let why = match failed.why {
            Failure::ByZero => format!("`{word}` divides by zero"),
            Failure::TooLarge => format!("what `{word}` gives is too large"),
            Failure::TooLong => {
                format!("what `{word}` gives is longer than {} bytes", calling::LONGEST)
            }
            Failure::NegativeLength => format!("`{word}` is given a negative length"),
        };
        failed.position.refusal(&why)
    }
}
