//! Says which library asks, and what it does by itself: `SdkVersion`, as Microsoft's libraries do.
//!
//! Only on the first message of a request, so that a service counts what was asked and not what was repeated; and only
//! where the token may go, since it is nobody else's affair.

use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use tower::{Layer, Service};

use crate::call::Call;
use crate::redirect::TokenUse;

const SDK_VERSION: HeaderName = HeaderName::from_static("sdkversion");

/// What a client does by itself, as the bits of `featureUsage`.
#[derive(Clone, Copy)]
pub(crate) struct Features {
    pub(crate) redirects: bool,
    pub(crate) retry: bool,
    pub(crate) credential: bool,
    pub(crate) own_transport: bool,
}

impl Features {
    /// The value of the header.
    pub(crate) fn text(self) -> String {
        let bits = u8::from(self.redirects)
            | u8::from(self.retry) << 1
            | u8::from(self.credential) << 2
            | u8::from(self.own_transport) << 3;
        format!("msgraph-client-rust/{} (featureUsage={bits:X})", env!("CARGO_PKG_VERSION"))
    }
}

/// The layer, with the value of the header; none where it is left out.
#[derive(Clone)]
pub(crate) struct SdkVersion(pub(crate) Option<HeaderValue>);

#[derive(Clone)]
pub(crate) struct Versioned<S> {
    inner: S,
    version: Option<HeaderValue>,
}

impl<S> Layer<S> for SdkVersion {
    type Service = Versioned<S>;

    fn layer(&self, inner: S) -> Versioned<S> {
        Versioned { inner, version: self.0.clone() }
    }
}

impl<S: Service<http::Request<Bytes>>> Service<http::Request<Bytes>> for Versioned<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: http::Request<Bytes>) -> S::Future {
        let is_first = request
            .extensions()
            .get::<Call>()
            .is_some_and(|call| call.token == TokenUse::AtOrigin && call.attempts() == 0);
        if let Some(version) = self.version.as_ref().filter(|_| is_first) {
            request.headers_mut().entry(SDK_VERSION).or_insert_with(|| version.clone());
        }
        self.inner.call(request)
    }
}
