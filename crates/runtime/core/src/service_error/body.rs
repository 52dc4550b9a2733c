//! The body of an error: its parts, and how it is written.
//!
//! Codes go from the general to the particular: the outer code first, then that of each inner error. The deepest
//! code that a caller knows is the one to act on.

use crate::{Json, Payload, ReadError, ReadMode, Readout};
use serde_core::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

/// The error that a body holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorBody {
    /// What went wrong, for programs.
    pub code: String,
    /// What went wrong, for people.
    pub message: String,
    /// What the error is about, such as the name of a property.
    pub target: Option<String>,
    /// Further errors of the same request.
    pub details: Vec<ErrorDetail>,
    /// What the service tells beyond that.
    pub inner_error: Option<Box<InnerError>>,
}

/// One of several errors of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorDetail {
    /// What went wrong, for programs.
    pub code: String,
    /// What went wrong, for people.
    pub message: String,
    /// What the error is about.
    pub target: Option<String>,
}

/// What a service tells beyond code and message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InnerError {
    /// A code that says more than the outer one.
    pub code: Option<String>,
    /// A message that says more than the outer one.
    pub message: Option<String>,
    /// When the error happened, as the service writes it.
    pub date: Option<String>,
    /// The id by which the service knows the request.
    pub request_id: Option<String>,
    /// The id by which the client knows the request.
    pub client_request_id: Option<String>,
    /// A further inner error.
    pub inner_error: Option<Box<InnerError>>,
    /// All other members, as they were written.
    pub more: Vec<(String, Json)>,
}

impl ErrorBody {
    /// An error with a code and a message.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), ..Self::default() }
    }

    /// The error that `bytes` hold; `None` where they are no JSON object with a member `error`. Never fails on
    /// what is inside of it.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        super::read::error_body(bytes)
    }

    /// All codes, from the outer one to that of the deepest inner error.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        let outer = Some(self.code.as_str()).filter(|code| !code.is_empty());
        outer.into_iter().chain(self.inner_errors().filter_map(|inner| inner.code.as_deref()))
    }

    /// Whether the error, or an inner one, has this code.
    pub fn is(&self, code: &str) -> bool {
        self.codes().any(|one| one == code)
    }

    /// The deepest of the codes that the caller knows.
    pub fn deepest_code_of<'a>(&self, known: &[&'a str]) -> Option<&'a str> {
        let mut deepest = None;
        for code in self.codes() {
            deepest = known.iter().find(|one| **one == code).copied().or(deepest);
        }
        deepest
    }

    /// The inner errors, from the outermost.
    pub fn inner_errors(&self) -> impl Iterator<Item = &InnerError> {
        std::iter::successors(self.inner_error.as_deref(), |inner| inner.inner_error.as_deref())
    }

    /// The id by which the service knows the request.
    pub fn request_id(&self) -> Option<&str> {
        self.inner_errors().find_map(|inner| inner.request_id.as_deref())
    }

    /// The body as JSON.
    pub fn to_json(&self) -> String {
        // Strings and maps with string keys always serialize.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl fmt::Display for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code.as_str(), self.message.as_str()) {
            ("", "") => f.write_str("unknown error"),
            ("", text) | (text, "") => f.write_str(text),
            (code, message) => write!(f, "{code}: {message}"),
        }
    }
}

impl std::error::Error for ErrorBody {}

/// Written as the whole envelope, `{"error": {...}}`.
impl Serialize for ErrorBody {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Error<'a>(&'a ErrorBody);
        impl Serialize for Error<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("code", &self.0.code)?;
                map.serialize_entry("message", &self.0.message)?;
                optional(&mut map, "target", self.0.target.as_ref())?;
                if !self.0.details.is_empty() {
                    map.serialize_entry("details", &self.0.details)?;
                }
                optional(&mut map, "innerError", self.0.inner_error.as_ref())?;
                map.end()
            }
        }
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("error", &Error(self))?;
        map.end()
    }
}

impl Serialize for ErrorDetail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", &self.code)?;
        map.serialize_entry("message", &self.message)?;
        optional(&mut map, "target", self.target.as_ref())?;
        map.end()
    }
}

impl Serialize for InnerError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        optional(&mut map, "code", self.code.as_ref())?;
        optional(&mut map, "message", self.message.as_ref())?;
        optional(&mut map, "date", self.date.as_ref())?;
        optional(&mut map, "request-id", self.request_id.as_ref())?;
        optional(&mut map, "client-request-id", self.client_request_id.as_ref())?;
        optional(&mut map, "innerError", self.inner_error.as_ref())?;
        for (name, value) in &self.more {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

fn optional<M: SerializeMap, T: Serialize>(
    map: &mut M,
    name: &str,
    value: Option<&T>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(name, value),
        None => Ok(()),
    }
}

impl Payload for ErrorBody {
    const CONTENT_TYPE: Option<&'static str> = crate::payload::JSON;

    /// A body that holds no error gives an empty one.
    fn read(bytes: &[u8], _: ReadMode) -> Result<Readout<Self>, ReadError> {
        Ok(Readout::new(Self::from_slice(bytes).unwrap_or_default()))
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.to_json().as_bytes());
    }
}
