//! Bodies: what can be read from a message and written to one.
//!
//! A view of an object is a payload, so are a page of them, any JSON, and `()` for no body at all. What stands
//! behind an ending of a path is one too: a [`Count`](crate::Count), [`Content`](crate::Content), a
//! [`Reference`](crate::Reference), a [`Single`](crate::Single) value. Most stand in the body alone; those that
//! take from headers, or say something there, go through [`Payload::from_message`] and [`Payload::into_message`].

use crate::read::read_root;
use crate::{Described, Json, Model, ReadError, ReadMode, Readout};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};

/// The body of a request or of an answer.
pub trait Payload: Sized {
    /// The media type the body is written in, where it says no other; `None` where there is no body.
    const CONTENT_TYPE: Option<&'static str>;

    /// Whether a body of any media type is one of these.
    const TAKES_ANY_TYPE: bool = false;

    /// Whether a message without a body can be one of these, where there usually is a body.
    const MAY_BE_EMPTY: bool = false;

    /// Reads the body.
    ///
    /// # Errors
    /// What makes the body unreadable in this `mode`, with its place.
    fn read(bytes: &[u8], mode: ReadMode) -> Result<Readout<Self>, ReadError>;

    /// Appends the body.
    fn write(&self, out: &mut Vec<u8>);

    /// Takes the payload out of a message.
    ///
    /// # Errors
    /// What makes it unreadable in this `mode`, with its place.
    fn from_message(
        headers: &HeaderMap,
        body: Bytes,
        mode: ReadMode,
    ) -> Result<Readout<Self>, ReadError> {
        let _ = headers;
        Self::read(&body, mode)
    }

    /// What OData has to say of the payload beside its members; nothing of one that is no OData.
    fn described(&self) -> Option<Described<'_>> {
        None
    }

    /// Puts the payload into a message: the headers that it has, and its body.
    fn into_message(self, headers: &mut HeaderMap) -> Bytes {
        if let Some(content_type) = Self::CONTENT_TYPE {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        // Room for a small object, since most are: growing into it would copy it several times.
        let mut body = Vec::with_capacity(256);
        self.write(&mut body);
        body.into()
    }
}

/// Reads a body: `msgraph_core::read::<User>(bytes, ReadMode::Lenient)`.
///
/// # Errors
/// What makes the body unreadable in this `mode`, with its place.
pub fn read<T: Payload>(bytes: &[u8], mode: ReadMode) -> Result<Readout<T>, ReadError> {
    T::read(bytes, mode)
}

/// The media type of everything that is written as JSON.
pub(crate) const JSON: Option<&str> = Some("application/json");

impl<T: Model> Payload for T {
    const CONTENT_TYPE: Option<&'static str> = JSON;

    fn read(bytes: &[u8], mode: ReadMode) -> Result<Readout<Self>, ReadError> {
        Ok(read_root(bytes, T::TABLE, mode)?.map(T::wrap))
    }

    fn write(&self, out: &mut Vec<u8>) {
        T::peel_ref(self).write_json(T::TABLE, out);
    }

    fn described(&self) -> Option<Described<'_>> {
        Some(Described::One(T::peel_ref(self)))
    }
}

/// No body: nothing is written, and whatever comes is ignored.
impl Payload for () {
    const CONTENT_TYPE: Option<&'static str> = None;

    fn read(_: &[u8], _: ReadMode) -> Result<Readout<Self>, ReadError> {
        Ok(Readout::new(()))
    }

    fn write(&self, _: &mut Vec<u8>) {}
}

/// A body that may be missing.
impl<T: Payload> Payload for Option<T> {
    const CONTENT_TYPE: Option<&'static str> = T::CONTENT_TYPE;
    const TAKES_ANY_TYPE: bool = T::TAKES_ANY_TYPE;
    const MAY_BE_EMPTY: bool = true;

    fn read(bytes: &[u8], mode: ReadMode) -> Result<Readout<Self>, ReadError> {
        if bytes.is_empty() {
            return Ok(Readout::new(None));
        }
        Ok(T::read(bytes, mode)?.map(Some))
    }

    fn write(&self, out: &mut Vec<u8>) {
        if let Some(body) = self {
            body.write(out);
        }
    }

    fn from_message(
        headers: &HeaderMap,
        body: Bytes,
        mode: ReadMode,
    ) -> Result<Readout<Self>, ReadError> {
        if body.is_empty() {
            return Ok(Readout::new(None));
        }
        Ok(T::from_message(headers, body, mode)?.map(Some))
    }

    fn described(&self) -> Option<Described<'_>> {
        self.as_ref()?.described()
    }

    fn into_message(self, headers: &mut HeaderMap) -> Bytes {
        self.map_or_else(Bytes::new, |body| body.into_message(headers))
    }
}

impl Payload for Json {
    const CONTENT_TYPE: Option<&'static str> = JSON;

    fn read(bytes: &[u8], _: ReadMode) -> Result<Readout<Self>, ReadError> {
        Json::from_slice(bytes).map(Readout::new)
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_text().as_bytes());
    }
}
