//! What generated contract tests stand on.
//!
//! A documented example binds client and server: the client's builder makes the documented request, the
//! server accepts it and its handler sees the same value, and the documented answer survives reading and
//! writing. Each check returns a [`Mismatch`] that tells what differs and where; a test returns it.
//!
//! ```text
//! const REQUEST: DocumentedRequest = DocumentedRequest { method: "POST", url: "https://…", … };
//!
//! #[tokio::test]
//! async fn server_accepts_the_documented_request() -> Outcome {
//!     let service = Threads::default();
//!     let seen = service.seen.clone();
//!     let answer = REQUEST.send(router(service, guard::<CreateThreads>())).await?;
//!     same("body", &documented_body(), &seen.take()?)?;
//!     RESPONSE.matches(&answer)
//! }
//! ```

mod difference;
mod documented;
mod guard;
mod seen;

use std::fmt;

use msgraph_core::{Payload, ReadMode};
use serde_json::Value;

pub use difference::same_json;
pub use documented::{DocumentedRequest, DocumentedResponse};
pub use guard::{ContractGuard, TOKEN, guard};
pub use seen::Seen;

/// What a contract test returns.
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

/// The value that a documented text stands for, read as a server reads it.
pub fn read<T: Payload>(documented: &str) -> Outcome<T> {
    read_as(documented, ReadMode::Strict)
}

/// The value that a documented text stands for, where it has placeholders instead of values, read as a
/// client reads it.
pub fn read_leniently<T: Payload>(documented: &str) -> Outcome<T> {
    read_as(documented, ReadMode::Lenient)
}

fn read_as<T: Payload>(documented: &str, mode: ReadMode) -> Outcome<T> {
    let readout = T::read(documented.as_bytes(), mode)
        .map_err(|error| Mismatch::new(format!("the documented text cannot be read: {error}")))?;
    Ok(readout.value)
}

/// Holds what a value is written as against the documented text.
pub fn writes<T: Payload>(value: &T, documented: &str) -> Outcome {
    let mut written = Vec::new();
    value.write(&mut written);
    same_json(documented.as_bytes(), &written)
}

/// Holds a value against the documented one.
pub fn same<T: PartialEq + fmt::Debug>(what: &str, documented: &T, found: &T) -> Outcome {
    if documented == found {
        return Ok(());
    }
    Err(Mismatch::new(format!(
        "the {what} differs\n documented: {documented:?}\n found:      {found:?}"
    )))
}

fn parse(what: &str, bytes: &[u8]) -> Outcome<Value> {
    serde_json::from_slice(bytes)
        .map_err(|error| Mismatch::new(format!("the {what} body is not JSON: {error}")))
}
