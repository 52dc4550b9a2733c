//! What carries a request to the service and its answer back.
//!
//! A [`Transport`] sees whole requests, token included, and returns answers of any status as soon as their head is there.
//! It must not follow redirects: where a token may go is decided by the client, not below it.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;

use crate::body::Body;
use crate::line::line;

/// A future that may be sent between threads, its type erased.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests. [`HttpTransport`](crate::HttpTransport) is the one used by default; tests and
/// special networks bring their own.
///
/// An implementation returns answers of every status as `Ok`, never follows a redirect, and never
/// logs headers: they hold the token.
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`, and gives the answer with a body that is still arriving; one that is there is [`Body::from`] bytes.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// No answer came, or no whole one.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

/// At which point a transport gave up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made: the request was not sent.
    Connect,
    /// The time allowed ran out; whether the service acted is unknown.
    Timeout,
    /// The answer is longer than this number of bytes.
    Limit(usize),
    /// Anything else; whether the service acted is unknown.
    Other,
}

impl TransportError {
    /// An error of `kind`, caused by `source`.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self { kind, source: source.into() }
    }

    /// The error itself where it is one, else one of kind [`Other`](TransportErrorKind::Other).
    pub(crate) fn of(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        match error.into().downcast::<Self>() {
            Ok(error) => *error,
            Err(error) => Self::new(TransportErrorKind::Other, error),
        }
    }

    /// At which point it failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl TransportErrorKind {
    /// As a value of `error.type`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Limit(_) => "limit",
            Self::Other => "transport",
        }
    }
}

impl fmt::Display for TransportError {
    /// The kind and the whole chain of causes, since a log line shows no sources; on one line, since a cause may quote
    /// what came.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TransportErrorKind::Connect => f.write_str("cannot connect")?,
            TransportErrorKind::Timeout => f.write_str("timed out")?,
            TransportErrorKind::Limit(limit) => {
                return write!(f, "the answer is longer than {limit} bytes");
            }
            TransportErrorKind::Other => f.write_str("transport failed")?,
        }
        let mut causes = String::new();
        let mut cause: Option<&dyn StdError> = Some(self.source.as_ref());
        while let Some(error) = cause {
            causes.push_str(": ");
            causes.push_str(&error.to_string());
            cause = error.source();
        }
        f.write_str(&line(&causes, 500))
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::{TransportError, TransportErrorKind};

    #[test]
    fn causes_are_told_on_one_line() {
        let cause = std::io::Error::other("it is\r\nWARN forged\u{202e}");
        let error = TransportError::new(TransportErrorKind::Other, cause);
        assert_eq!(error.to_string(), "transport failed: it is WARN forged");
    }
}
