//! The default transport: HTTP/1.1 and HTTP/2 over rustls.
//!
//! Redirects are not followed; answers are read up to a limit, which is that of the decompressed body; and an address that
//! the URL library would rewrite into other segments is refused instead of sent.

use std::time::Duration;

use bytes::{Bytes, BytesMut};

use crate::error::UsageError;
use crate::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// The default [`Transport`], on `reqwest`. It has to be used within a Tokio runtime.
#[derive(Debug, Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
    response_limit: usize,
}

/// What a [`HttpTransport`] is made with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HttpOptions {
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) response_limit: usize,
    /// Whether requests go out in clear text: then no proxy sees them, and no certificates are loaded.
    pub(crate) clear_text: bool,
}

impl HttpTransport {
    pub(crate) fn new(options: HttpOptions) -> Result<Self, UsageError> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .timeout(options.timeout)
            .connect_timeout(options.connect_timeout);
        if options.clear_text {
            builder = builder.no_proxy().tls_certs_only([]);
        }
        let client = builder.build().map_err(|error| UsageError::Transport(error.to_string()))?;
        Ok(Self { client, response_limit: options.response_limit })
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let segments = segments(request.uri().path());
        let request = reqwest::Request::try_from(request).map_err(failed)?;
        if self::segments(request.url().path()) != segments {
            return Err(TransportError::new(
                TransportErrorKind::Other,
                "the path would be sent with other segments than it was built of",
            ));
        }

        let mut response = self.client.execute(request).await.map_err(failed)?;
        let limit = self.response_limit;
        let announced = response.content_length().unwrap_or(0);
        if usize::try_from(announced).map_or(true, |length| length > limit) {
            return Err(too_long(limit));
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > limit {
                return Err(too_long(limit));
            }
            body.extend_from_slice(&chunk);
        }

        let mut answer = http::Response::new(body.freeze());
        *answer.status_mut() = response.status();
        *answer.version_mut() = response.version();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        Ok(answer)
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

fn segments(path: &str) -> usize {
    path.bytes().filter(|byte| *byte == b'/').count()
}

fn too_long(limit: usize) -> TransportError {
    TransportError::new(TransportErrorKind::Limit(limit), "response limit")
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
