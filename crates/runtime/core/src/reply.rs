//! The documented answers: each type is a status together with the body that comes with it.
//!
//! A server's handler returns one of these, so that a wrong status does not compile; a client unwraps the body.

use crate::{Location, Payload, ReadError, ReadMode, Readout};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// A status and the body that comes with it.
pub trait Reply: Sized {
    /// The documented status.
    const STATUS: StatusCode;
    /// The status where the body is empty.
    const EMPTY_STATUS: StatusCode = Self::STATUS;
    /// What the body holds; `()` where there is none.
    type Body: Payload;
    /// The body of this answer.
    fn body(&self) -> &Self::Body;
    /// The body of this answer, given away.
    fn into_body(self) -> Self::Body;
    /// This answer with the body.
    fn from_body(body: Self::Body) -> Self;

    /// The status of this answer, where it has a body.
    fn status(&self) -> StatusCode {
        Self::STATUS
    }

    /// Whether an answer with this status is one of these.
    fn is_documented(status: StatusCode) -> bool {
        status == Self::STATUS
    }

    /// Takes the body out of an answer with this status.
    ///
    /// # Errors
    /// What makes it unreadable in this `mode`, with its place.
    fn read(
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
        mode: ReadMode,
    ) -> Result<Readout<Self::Body>, ReadError> {
        let _ = status;
        Self::Body::from_message(headers, body, mode)
    }
}

macro_rules! reply {
    ($(#[$doc:meta])* $name:ident $([$default:ty])?, $status:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name<T $(= $default)?>(pub T);

        impl<T: Payload> Reply for $name<T> {
            const STATUS: StatusCode = StatusCode::$status;
            type Body = T;
            fn body(&self) -> &T {
                &self.0
            }
            fn into_body(self) -> T {
                self.0
            }
            fn from_body(body: T) -> Self {
                Self(body)
            }
        }

        impl<T> From<T> for $name<T> {
            fn from(body: T) -> Self {
                Self(body)
            }
        }
    };
}

reply! {
    /// `200 OK`.
    Success, OK
}
reply! {
    /// `201 Created`.
    Created, CREATED
}
reply! {
    /// `202 Accepted`; most often without a body.
    Accepted [()], ACCEPTED
}

/// `204 No Content`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoContent;

impl Reply for NoContent {
    const STATUS: StatusCode = StatusCode::NO_CONTENT;
    type Body = ();
    fn body(&self) -> &() {
        &()
    }
    fn into_body(self) {}
    fn from_body((): ()) -> Self {
        Self
    }
}

/// `200 OK` with what there is now, or `204 No Content`.
///
/// Which of the two comes, the caller prefers with `Prefer: return=representation` or `return=minimal`
/// (RFC 7240, section 4.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferred<T>(pub Option<T>);

impl<T: Payload> Reply for Preferred<T> {
    const STATUS: StatusCode = StatusCode::OK;
    const EMPTY_STATUS: StatusCode = StatusCode::NO_CONTENT;
    type Body = Option<T>;
    fn body(&self) -> &Option<T> {
        &self.0
    }
    fn into_body(self) -> Option<T> {
        self.0
    }
    fn from_body(body: Option<T>) -> Self {
        Self(body)
    }
}

impl<T> From<T> for Preferred<T> {
    fn from(body: T) -> Self {
        Self(Some(body))
    }
}

/// `302 Found`: what was asked for stands at another address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found(pub Location);

impl Reply for Found {
    const STATUS: StatusCode = StatusCode::FOUND;
    type Body = Location;
    fn body(&self) -> &Location {
        &self.0
    }
    fn into_body(self) -> Location {
        self.0
    }
    fn from_body(body: Location) -> Self {
        Self(body)
    }
}

impl<T: Into<Location>> From<T> for Found {
    fn from(location: T) -> Self {
        Self(location.into())
    }
}

/// Any other documented status `S`.
///
/// A number that is no HTTP status does not compile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status<const S: u16, T = ()>(pub T);

impl<const S: u16, T: Payload> Reply for Status<S, T> {
    const STATUS: StatusCode = match StatusCode::from_u16(S) {
        Ok(status) => status,
        // Evaluated by the compiler.
        Err(_) => panic!("this number is no HTTP status"),
    };
    type Body = T;
    fn body(&self) -> &T {
        &self.0
    }
    fn into_body(self) -> T {
        self.0
    }
    fn from_body(body: T) -> Self {
        Self(body)
    }
}
