//! An operation and the call of its builder, their types erased.
//!
//! In come the types of an operation; out go constants and pointers to functions. Holds: what is compiled
//! per operation is the reading of its body and the call of its builder, both a few lines; the rest is
//! shared by all.

use bytes::Bytes;
use http::{HeaderValue, header};
use msgraph_core::{Operation, Payload, Permissions, ReadError, ReadMode, Reply};

use super::keys::Keys;
use super::{Mismatch, Outcome};

/// What a test needs to know of an operation.
#[derive(Debug)]
pub struct Facts {
    /// The method.
    pub method: &'static http::Method,
    /// The canonical path.
    pub path: &'static str,
    /// Who may call it.
    pub permissions: Permissions,
    /// The status that it answers with where there is a body, and where there is none.
    status: [http::StatusCode; 2],
    /// Its request body.
    pub request: Codec,
    /// Its response body.
    pub response: Codec,
}

impl Facts {
    /// The facts of `O`.
    pub const fn of<O: Operation>() -> Self {
        Self {
            method: O::METHOD,
            path: O::PATH,
            permissions: O::PERMISSIONS,
            status: [<O::Response as Reply>::STATUS, <O::Response as Reply>::EMPTY_STATUS],
            request: Codec::of::<O::Request>(),
            response: Codec::of::<<O::Response as Reply>::Body>(),
        }
    }

    /// The status that it answers with.
    pub fn status(&self, has_body: bool) -> http::StatusCode {
        let [status, empty] = self.status;
        if has_body { status } else { empty }
    }
}

/// Reads and writes values of one type.
#[derive(Debug)]
pub struct Codec {
    /// The media type; none where there is no body.
    pub content_type: Option<&'static str>,
    /// Whether a message without a body can be one of these.
    pub may_be_empty: bool,
    again: fn(&[u8], ReadMode) -> Result<Written, ReadError>,
}

/// A text that was read and written again.
#[derive(Debug)]
pub struct Written {
    /// The JSON paths at which reading took a leniency.
    pub leniencies: Vec<String>,
    /// What was written.
    pub text: Vec<u8>,
}

impl Codec {
    const fn of<T: Payload>() -> Self {
        Self { content_type: T::CONTENT_TYPE, may_be_empty: T::MAY_BE_EMPTY, again: again::<T> }
    }

    /// Reads `text` as a value of the type, and writes the value again.
    ///
    /// # Errors
    /// What makes the text unreadable in this `mode`.
    pub fn again(&self, text: &[u8], mode: ReadMode) -> Result<Written, ReadError> {
        (self.again)(text, mode)
    }
}

fn again<T: Payload>(text: &[u8], mode: ReadMode) -> Result<Written, ReadError> {
    let readout = T::read(text, mode)?;
    let leniencies = readout.leniencies.iter().map(|of| of.path.as_str().to_owned()).collect();
    let mut text = Vec::new();
    readout.value.write(&mut text);
    Ok(Written { leniencies, text })
}

/// The call of the client's builder that makes a request of an operation at one of its paths; `G` is the
/// client's root.
#[derive(Debug)]
pub struct Call<G> {
    /// The operation.
    pub facts: Facts,
    /// The path that the builder makes.
    pub path: &'static str,
    pub(crate) send: Send<G>,
}

/// Makes the request from the keys of the path and what else is documented of it.
type Send<G> = fn(&G, Keys<'_>, &Case<'_>) -> Outcome<http::Request<Bytes>>;

impl<G> Call<G> {
    /// The call `send` of the operation `O` at `path`.
    pub const fn new<O: Operation>(path: &'static str, send: Send<G>) -> Self {
        Self { facts: Facts::of::<O>(), path, send }
    }
}

/// What is documented of a request beside its path.
#[derive(Debug)]
pub struct Case<'a> {
    pub(crate) body: &'a [u8],
    pub(crate) mode: ReadMode,
    /// The query options, decoded.
    pub query: &'a [(String, String)],
    /// The headers that a client does not send by itself.
    pub headers: &'a [(String, String)],
    /// The media type of the body.
    pub(crate) content_type: Option<&'a str>,
}

impl Case<'_> {
    /// The documented body as a typed value.
    ///
    /// # Errors
    /// A body that cannot be read.
    pub fn body<T: Payload>(&self) -> Outcome<T> {
        let content_type = self.content_type.and_then(|of| HeaderValue::try_from(of).ok());
        let headers = content_type.map(|of| (header::CONTENT_TYPE, of)).into_iter().collect();
        match T::from_message(&headers, Bytes::copy_from_slice(self.body), self.mode) {
            Ok(readout) => Ok(readout.value),
            Err(error) => {
                Err(Mismatch::new(format!("the documented body cannot be read: {error}")))
            }
        }
    }
}
