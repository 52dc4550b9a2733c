//! Bodies: what can be read from a message and written to one.
//!
//! A view of an object is a payload, so are a page of them, any JSON, and `()` for no body at all.

use crate::read::read_root;
use crate::{Json, Model, ReadError, ReadMode, Readout};

/// The body of a request or of an answer.
pub trait Payload: Sized {
    /// The media type the body is written in; `None` where there is no body.
    const CONTENT_TYPE: Option<&'static str>;

    /// Reads the body.
    ///
    /// # Errors
    /// What makes the body unreadable in this `mode`, with its place.
    fn read(bytes: &[u8], mode: ReadMode) -> Result<Readout<Self>, ReadError>;

    /// Appends the body.
    fn write(&self, out: &mut Vec<u8>);
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
}

/// No body: nothing is written, and whatever comes is ignored.
impl Payload for () {
    const CONTENT_TYPE: Option<&'static str> = None;

    fn read(_: &[u8], _: ReadMode) -> Result<Readout<Self>, ReadError> {
        Ok(Readout::new(()))
    }

    fn write(&self, _: &mut Vec<u8>) {}
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
