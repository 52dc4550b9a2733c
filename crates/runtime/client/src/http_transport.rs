//! The default transport: HTTP/1.1 and HTTP/2 over rustls.
//!
//! Redirects are not followed, and an address that the URL library would rewrite into other segments is refused instead of
//! sent. The time allowed is that to the last byte of an answer; where its body is read as it comes, that to its head, and
//! then that from one chunk to the next, so that long content is not cut off.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt as _;

use crate::body::Body;
use crate::call::Call;
use crate::error::UsageError;
use crate::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// The default [`Transport`], on `reqwest`. It has to be used within a Tokio runtime.
#[derive(Debug, Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
    timeout: Duration,
}

/// What a [`HttpTransport`] is made with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HttpOptions {
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    /// Whether requests go out in clear text: then no proxy sees them, and no certificates are loaded.
    pub(crate) clear_text: bool,
}

impl HttpTransport {
    pub(crate) fn new(options: HttpOptions) -> Result<Self, UsageError> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .read_timeout(options.timeout)
            .connect_timeout(options.connect_timeout);
        if options.clear_text {
            builder = builder.no_proxy().tls_certs_only([]);
        }
        let client = builder.build().map_err(|error| UsageError::Transport(error.to_string()))?;
        Ok(Self { client, timeout: options.timeout })
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Body>, TransportError> {
        let segments = segments(request.uri().path());
        let is_streamed = request.extensions().get::<Call>().is_some_and(|call| call.is_streamed);
        let mut request = reqwest::Request::try_from(request).map_err(failed)?;
        if self::segments(request.url().path()) != segments {
            return Err(TransportError::new(
                TransportErrorKind::Other,
                "the path would be sent with other segments than it was built of",
            ));
        }

        if !is_streamed {
            *request.timeout_mut() = Some(self.timeout);
        }
        let response = self.client.execute(request).await.map_err(failed)?;
        let (parts, body) = http::Response::<reqwest::Body>::from(response).into_parts();
        let mut answer = http::Response::new(Body::new(body.map_err(failed)));
        *answer.status_mut() = parts.status;
        *answer.version_mut() = parts.version;
        *answer.headers_mut() = parts.headers;
        Ok(answer)
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

fn segments(path: &str) -> usize {
    path.bytes().filter(|byte| *byte == b'/').count()
}

/// The address is left out: ids and opaque links in it are nothing for a log.
fn failed(error: reqwest::Error) -> TransportError {
    let kind = if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else {
        TransportErrorKind::Other
    };
    TransportError::new(kind, error.without_url())
}
