//! What generated contract tests stand on: one runner over all documented examples.
//!
//! In come pages of examples as data ([`Page`]) and a registry that leads from an operation to typed code:
//! a line for the builder's call ([`contract_calls!`](crate::contract_calls)), and one for the method of
//! the server's trait ([`contract_services!`](crate::contract_services)). Out goes a [`Report`]. Holds: the
//! builder makes the documented request, the server accepts it and its handler sees the same value, the
//! answer on the wire is the documented one, and a client reads it and writes it back without loss. Types are
//! erased as early as can be: what is compiled per operation is a few lines.
//!
//! A finding of `cargo xtask lint` that the data names for a place explains a difference there, and nothing
//! else does.

mod body;
mod check;
mod data;
mod difference;
mod erased;
mod keys;
mod macros;
mod message;
mod outcome;
mod report;
mod stage;
mod suite;

use std::fmt;

pub use data::{Example, Finding, NotRun, Page, Request, Response};
pub use difference::{Difference, differences};
pub use erased::{Call, Case, Codec, Facts, Written};
pub use keys::Keys;
pub use outcome::{Checked, Verdict};
pub use report::Report;
pub use stage::{Stage, TOKEN, guard};
pub use suite::Suite;

#[doc(hidden)]
pub mod private {
    pub use super::keys::given;
    pub use bytes::Bytes;
    pub use http;
}

/// What a check returns.
pub type Outcome<T = ()> = Result<T, Mismatch>;

/// Two sides of a contract that do not agree.
#[derive(Clone, PartialEq, Eq)]
pub struct Mismatch {
    message: String,
}

impl Mismatch {
    /// A mismatch that this message describes.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Mismatch {
    /// As `Display`: this is what the test harness shows of a test that returns an error.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl std::error::Error for Mismatch {}

/// Holds a value against the documented one.
pub(crate) fn same<T: PartialEq + fmt::Debug + ?Sized>(
    what: &str,
    documented: &T,
    found: &T,
) -> Outcome {
    if documented == found {
        return Ok(());
    }
    Err(Mismatch::new(format!("the {what} differs: documented {documented:?}, found {found:?}")))
}
