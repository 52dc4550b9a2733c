//! Answers of several kinds: an operation that succeeds in more than one way.

use crate::{Described, Payload, ReadError, ReadMode, Readout, Reply};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// One of two documented answers, by its status; of more than two the second is one of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OneOf<A, B> {
    /// The first that is documented.
    First(A),
    /// The second, or one of those behind it.
    Second(B),
}

impl<A: Reply, B: Reply> Reply for OneOf<A, B> {
    const STATUS: StatusCode = A::STATUS;
    type Body = Self;

    fn body(&self) -> &Self {
        self
    }

    fn into_body(self) -> Self {
        self
    }

    fn from_body(body: Self) -> Self {
        body
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::First(answer) => answer.status(),
            Self::Second(answer) => answer.status(),
        }
    }

    fn is_documented(status: StatusCode) -> bool {
        A::is_documented(status) || B::is_documented(status)
    }

    fn read(
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
        mode: ReadMode,
    ) -> Result<Readout<Self>, ReadError> {
        // A status that nobody documented is taken for the first.
        if B::is_documented(status) && !A::is_documented(status) {
            let read = B::read(status, headers, body, mode)?;
            return Ok(read.map(|body| Self::Second(B::from_body(body))));
        }
        Ok(A::read(status, headers, body, mode)?.map(|body| Self::First(A::from_body(body))))
    }
}

/// The body of the answer that it is; without a status, the first that it can be.
impl<A: Reply, B: Reply> Payload for OneOf<A, B> {
    const CONTENT_TYPE: Option<&'static str> = match A::Body::CONTENT_TYPE {
        None => B::Body::CONTENT_TYPE,
        some => some,
    };
    const TAKES_ANY_TYPE: bool = A::Body::TAKES_ANY_TYPE || B::Body::TAKES_ANY_TYPE;
    const MAY_BE_EMPTY: bool = may_be_empty::<A::Body>() || may_be_empty::<B::Body>();

    fn read(bytes: &[u8], mode: ReadMode) -> Result<Readout<Self>, ReadError> {
        match A::Body::read(bytes, mode) {
            Ok(read) => Ok(read.map(|body| Self::First(A::from_body(body)))),
            Err(_) => Ok(B::Body::read(bytes, mode)?.map(|body| Self::Second(B::from_body(body)))),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::First(answer) => answer.body().write(out),
            Self::Second(answer) => answer.body().write(out),
        }
    }

    fn described(&self) -> Option<Described<'_>> {
        match self {
            Self::First(answer) => answer.body().described(),
            Self::Second(answer) => answer.body().described(),
        }
    }

    fn into_message(self, headers: &mut HeaderMap) -> Bytes {
        match self {
            Self::First(answer) => answer.into_body().into_message(headers),
            Self::Second(answer) => answer.into_body().into_message(headers),
        }
    }
}

const fn may_be_empty<T: Payload>() -> bool {
    T::MAY_BE_EMPTY || T::CONTENT_TYPE.is_none()
}
