//! Content that is no JSON of the model: a photo, a file, a report; or the address that it stands at.
//!
//! [`Content`] is the whole of it in memory, of any media type. Its bytes are reached through methods alone, so
//! that content which is still arriving can become one, too. A [`Location`] may hold a secret: whoever has the
//! address has the file. It shows in no `Debug`.

use crate::{Payload, ReadError, ReadErrorKind, ReadMode, Readout};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use std::fmt;

/// Bytes and their media type: a media stream, a stream property, the raw value of a property.
#[derive(Clone, PartialEq, Eq)]
pub struct Content {
    media_type: Option<HeaderValue>,
    bytes: Bytes,
}

impl Content {
    /// Bytes of this media type, such as `image/jpeg`. A text that cannot stand in a header counts as none.
    pub fn new(media_type: &str, bytes: impl Into<Bytes>) -> Self {
        let media_type = media_type.trim();
        let media_type = HeaderValue::from_str(media_type).ok().filter(|_| !media_type.is_empty());
        Self { media_type, bytes: bytes.into() }
    }

    /// Bytes whose media type nobody has told; they are sent as `application/octet-stream`.
    pub fn of_bytes(bytes: impl Into<Bytes>) -> Self {
        Self { media_type: None, bytes: bytes.into() }
    }

    /// The media type, as the message told it.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_ref()?.to_str().ok()
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes, given away.
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }
}

impl From<&'static str> for Content {
    /// Plain text in UTF-8.
    fn from(text: &'static str) -> Self {
        Self::new("text/plain; charset=utf-8", text)
    }
}

impl From<String> for Content {
    /// Plain text in UTF-8.
    fn from(text: String) -> Self {
        Self::new("text/plain; charset=utf-8", text)
    }
}

impl Payload for Content {
    const CONTENT_TYPE: Option<&'static str> = Some("application/octet-stream");
    const TAKES_ANY_TYPE: bool = true;

    fn read(bytes: &[u8], _: ReadMode) -> Result<Readout<Self>, ReadError> {
        Ok(Readout::new(Self::of_bytes(bytes.to_vec())))
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.bytes);
    }

    fn from_message(
        headers: &HeaderMap,
        body: Bytes,
        _: ReadMode,
    ) -> Result<Readout<Self>, ReadError> {
        let media_type = headers.get(header::CONTENT_TYPE).cloned();
        Ok(Readout::new(Self { media_type, bytes: body }))
    }

    fn into_message(self, headers: &mut HeaderMap) -> Bytes {
        let unknown = || HeaderValue::from_static("application/octet-stream");
        headers.insert(header::CONTENT_TYPE, self.media_type.unwrap_or_else(unknown));
        self.bytes
    }
}

impl fmt::Debug for Content {
    /// Type and length: the bytes are nothing for a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("media_type", &self.media_type())
            .field("length", &self.bytes.len())
            .finish()
    }
}

/// The address that the content stands at, as the header `Location` tells it.
///
/// It may be relative, and most often can be read without a token for a short time. Nothing follows it by itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Location(String);

impl Location {
    /// This address. What no header can hold is left out of it.
    pub fn new(address: impl Into<String>) -> Self {
        let address: String = address.into();
        Self(address.chars().filter(char::is_ascii_graphic).collect())
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Location {
    fn from(address: &str) -> Self {
        Self::new(address)
    }
}

impl From<String> for Location {
    fn from(address: String) -> Self {
        Self::new(address)
    }
}

impl Payload for Location {
    const CONTENT_TYPE: Option<&'static str> = None;

    fn read(_: &[u8], _: ReadMode) -> Result<Readout<Self>, ReadError> {
        Err(ReadError::whole(ReadErrorKind::Absent { expected: "header Location" }))
    }

    fn write(&self, _: &mut Vec<u8>) {}

    fn from_message(
        headers: &HeaderMap,
        body: Bytes,
        mode: ReadMode,
    ) -> Result<Readout<Self>, ReadError> {
        match headers.get(header::LOCATION).and_then(|address| address.to_str().ok()) {
            Some(address) => Ok(Readout::new(Self::new(address))),
            None => Self::read(&body, mode),
        }
    }

    fn into_message(self, headers: &mut HeaderMap) -> Bytes {
        if let Ok(address) = HeaderValue::try_from(self.0) {
            headers.insert(header::LOCATION, address);
        }
        Bytes::new()
    }
}

impl fmt::Debug for Location {
    /// Without the address, which may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Location").finish_non_exhaustive()
    }
}
