//! The error of a service: `{"error": {"code", "message", "target", "details": [], "innerError": {}}}`.
//!
//! What comes from a service is read with patience: any member may be missing or of an odd kind, both spellings
//! of `innerError` are known, and the error of a sign-in service (`{"error": "invalid_grant"}`) is understood.
//! What goes out is always the envelope that OData describes.

mod body;
mod read;

pub use body::{ErrorBody, ErrorDetail, InnerError};

use crate::Payload;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::fmt;

/// A failed request: a status and the error that goes with it. What a handler of a server returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceError {
    /// The status of the answer.
    pub status: StatusCode,
    /// The error in the body of the answer.
    pub body: ErrorBody,
    /// What the answer has beside it, which few have.
    more: Option<Box<More>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct More {
    /// Headers, beside those that every answer has.
    headers: HeaderMap,
    /// What is answered in place of the body: with the headers that belong to it.
    instead: Option<(HeaderMap, Bytes)>,
}

impl ServiceError {
    /// An error whose code is the name of the status in camel case, such as `badRequest`.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, body: ErrorBody::new(code_of(status), message), more: None }
    }

    /// An error that a service describes in words of its own, not in those of OData: this payload is the body of the
    /// answer.
    pub fn described<T: Payload>(status: StatusCode, body: T) -> Self {
        let mut headers = HeaderMap::new();
        let bytes = body.into_message(&mut headers);
        let message = status.canonical_reason().unwrap_or_default();
        let more = More { instead: Some((headers, bytes)), ..More::default() };
        Self { more: Some(Box::new(more)), ..Self::new(status, message) }
    }

    /// The headers and the body that are answered in place of an error of OData.
    pub fn into_description(self) -> Option<(HeaderMap, Bytes)> {
        self.more.and_then(|more| more.instead)
    }

    /// With another code.
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.body.code = code.into();
        self
    }

    /// With what the error is about, such as the name of a property.
    pub fn with_target(mut self, target: impl Into<String>) -> Self {
        self.body.target = Some(target.into());
        self
    }

    /// With a header of the answer, such as `Retry-After` or `Location`; another one of this name is replaced.
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.more.get_or_insert_default().headers.insert(name, value);
        self
    }

    /// The headers of the answer, beside those that every answer has.
    pub fn headers(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.more.iter().flat_map(|more| more.headers.iter())
    }

    /// `400 Bad Request`.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// `401 Unauthorized`.
    pub fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    /// `403 Forbidden`.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    /// `404 Not Found`.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// `409 Conflict`.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, message)
    }

    /// `501 Not Implemented`.
    pub fn not_implemented(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_IMPLEMENTED, message)
    }

    /// `500 Internal Server Error`. The message goes to the caller: keep internals out of it.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.status.as_u16(), self.body)
    }
}

impl std::error::Error for ServiceError {}

/// The name of a status in camel case, which is Graph's code for it where there is none that tells more.
fn code_of(status: StatusCode) -> String {
    let mut code = String::new();
    let reason = status.canonical_reason().unwrap_or("generalException");
    for word in reason.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if code.is_empty() => code.push(first.to_ascii_lowercase()),
            Some(first) => code.push(first.to_ascii_uppercase()),
            None => continue,
        }
        // `URI` stands as `Uri`, `generalException` keeps its hump.
        let is_acronym = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        code.extend(letters.map(|c| if is_acronym { c.to_ascii_lowercase() } else { c }));
    }
    code
}
