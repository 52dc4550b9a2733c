//! Says who asks, and which exchange it is: `User-Agent` and `client-request-id`, where the caller has not.
//!
//! All attempts are one exchange to whoever looks for it, so that this stands above retrying.

use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderValue, header};
use tower::{Layer, Service};
use uuid::Uuid;

use crate::header::CLIENT_REQUEST_ID;

/// The layer, with the `User-Agent`.
#[derive(Clone)]
pub(crate) struct Identify(pub(crate) HeaderValue);

#[derive(Clone)]
pub(crate) struct Identified<S> {
    inner: S,
    user_agent: HeaderValue,
}

impl<S> Layer<S> for Identify {
    type Service = Identified<S>;

    fn layer(&self, inner: S) -> Identified<S> {
        Identified { inner, user_agent: self.0.clone() }
    }
}

impl<S: Service<http::Request<Bytes>>> Service<http::Request<Bytes>> for Identified<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: http::Request<Bytes>) -> S::Future {
        let headers = request.headers_mut();
        headers.entry(CLIENT_REQUEST_ID).or_insert_with(new_request_id);
        headers.entry(header::USER_AGENT).or_insert_with(|| self.user_agent.clone());
        self.inner.call(request)
    }
}

/// A GUID as a header value.
pub(crate) fn new_request_id() -> HeaderValue {
    let mut text = Uuid::encode_buffer();
    let text = Uuid::new_v4().hyphenated().encode_lower(&mut text);
    // Hexadecimal digits and hyphens are always a header value.
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}
