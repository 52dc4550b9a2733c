//! How much of everything there may be: bytes of a URL, of headers, of a body; calls at once; time.
//!
//! What a request's head says is held before anything else is done with it, so that it costs a stranger more than us. How
//! deep JSON may be is not set here: the reader's own bound ([`msgraph_core::MAX_DEPTH`]) keeps its stack.

use std::time::Duration;

use http::{HeaderValue, StatusCode, header, request};
use msgraph_core::ServiceError;
use tokio::sync::{Semaphore, SemaphorePermit};

/// How much, and how long, a request may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Bytes of a body.
    pub(crate) body: usize,
    /// The time that a body may take to arrive.
    pub(crate) body_time: Duration,
    /// Bytes of all names and values of headers.
    pub(crate) headers: usize,
    /// Bytes of path and query.
    pub(crate) url: usize,
    /// Calls at once.
    pub(crate) calls: usize,
    /// The time that a handler may take.
    pub(crate) handler_time: Option<Duration>,
}

impl Default for Limits {
    /// A body of 4 MB, Graph's own limit for writes, within a minute; 32 kB of headers, since tokens can be long; 16 kB of
    /// URL, since next links of more than 8,000 characters occur; 1,024 calls at once.
    fn default() -> Self {
        Self {
            body: 4 << 20,
            body_time: Duration::from_secs(60),
            headers: 32 << 10,
            url: 16 << 10,
            calls: 1024,
            handler_time: None,
        }
    }
}

impl Limits {
    /// Holds the head of a request.
    pub(crate) fn check_head(&self, parts: &request::Parts) -> Result<(), ServiceError> {
        let url = parts.uri.path_and_query().map_or(0, |url| url.as_str().len());
        if url > self.url {
            let message = format!("The URL is longer than {} bytes.", self.url);
            return Err(ServiceError::new(StatusCode::URI_TOO_LONG, message));
        }
        let headers = parts.headers.iter();
        let length: usize = headers.map(|(name, value)| name.as_str().len() + value.len()).sum();
        if length > self.headers {
            let message = format!("The headers are longer than {} bytes.", self.headers);
            return Err(ServiceError::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, message));
        }
        Ok(())
    }
}

/// Takes one of the places for calls, of which each is held until the call is answered.
pub(crate) fn place(places: &Semaphore) -> Result<SemaphorePermit<'_>, ServiceError> {
    places.try_acquire().map_err(|_| {
        let message = "The service answers too many requests at the moment.";
        ServiceError::new(StatusCode::SERVICE_UNAVAILABLE, message)
            .with_header(header::RETRY_AFTER, HeaderValue::from_static("1"))
    })
}

/// The error of a handler that took too long.
pub(crate) fn overdue() -> ServiceError {
    ServiceError::new(StatusCode::GATEWAY_TIMEOUT, "The service did not answer in time.")
}
