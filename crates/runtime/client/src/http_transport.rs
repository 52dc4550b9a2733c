//! The default transport: HTTP/1.1 and HTTP/2 over rustls.
//!
//! Redirects are not followed, and an address that the URL library would rewrite into other segments is refused instead of
//! sent. The time allowed is that to the last byte of an answer; where its body is read as it comes, that to its head, and
//! then that from one chunk to the next, so that long content is not cut off.

mod timed;

use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http_body_util::BodyExt as _;
use reqwest::Url;

use crate::body::Body;
use crate::call::Call;
use crate::error::UsageError;
use crate::origin::is_spelled_as;
use crate::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
use timed::Timed;

/// The default [`Transport`], on `reqwest`. It has to be used within a Tokio runtime.
#[derive(Debug, Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
    home: Home,
    timeout: Duration,
}

/// Where most requests go: an address as both libraries read it, so that only what differs has to be read again.
#[derive(Debug, Clone)]
struct Home {
    uri: Uri,
    url: Url,
}

/// What a [`HttpTransport`] is made with.
#[derive(Debug, Clone)]
pub(crate) struct HttpOptions {
    /// An address at the origin to which most requests go.
    pub(crate) home: Uri,
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
            .timeout(options.timeout)
            .connect_timeout(options.connect_timeout);
        if options.clear_text {
            builder = builder.no_proxy().tls_certs_only([]);
        }
        let client = builder.build().map_err(|error| UsageError::Transport(error.to_string()))?;
        Ok(Self { client, home: Home::new(options.home)?, timeout: options.timeout })
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Body>, TransportError> {
        let (parts, body) = request.into_parts();
        let url = self.home.url(&parts.uri)?;
        if !has_segments_of(url.path(), parts.uri.path()) {
            let reason = "the path would be sent with other segments than it was built of";
            return Err(TransportError::new(TransportErrorKind::Other, reason));
        }
        let is_streamed = parts.extensions.get::<Call>().is_some_and(|call| call.is_streamed);

        let mut request = reqwest::Request::new(parts.method, url);
        *request.version_mut() = parts.version;
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(body.into());
        if is_streamed {
            return Box::pin(self.streamed(request)).await;
        }
        let response = self.client.execute(request).await.map_err(failed)?;
        Ok(answer(response).map(|body| Body::new(body.map_err(failed))))
    }

    /// The answer to a request that is read as it comes: the time is for its head, and then for each chunk.
    async fn streamed(
        &self,
        mut request: reqwest::Request,
    ) -> Result<http::Response<Body>, TransportError> {
        *request.timeout_mut() = Some(Duration::MAX);
        let response = tokio::time::timeout(self.timeout, self.client.execute(request));
        let late = |elapsed| TransportError::new(TransportErrorKind::Timeout, elapsed);
        let response = response.await.map_err(late)?.map_err(failed)?;
        Ok(answer(response).map(|body| Body::new(Timed::new(body.map_err(failed), self.timeout))))
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

impl Home {
    fn new(uri: Uri) -> Result<Self, UsageError> {
        let url = Url::parse(&uri.to_string());
        let mut url = url.map_err(|error| UsageError::Transport(error.to_string()))?;
        // With a path of more than the usual length, so that each copy has room for its own.
        url.set_path(&"x".repeat(128));
        Ok(Self { uri, url })
    }

    /// `uri` as the URL library reads it.
    fn url(&self, uri: &Uri) -> Result<Url, TransportError> {
        if !is_spelled_as(uri, self.uri.scheme(), self.uri.authority()) {
            return Url::parse(&uri.to_string())
                .map_err(|error| TransportError::new(TransportErrorKind::Other, error));
        }
        let mut url = self.url.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        Ok(url)
    }
}

/// What `response` is, without what reqwest knows of it beside.
fn answer(mut response: reqwest::Response) -> http::Response<reqwest::Body> {
    let mut answer = http::Response::new(());
    *answer.status_mut() = response.status();
    *answer.version_mut() = response.version();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    answer.map(|()| response.into())
}

/// Whether the path that is sent has as many segments as the one that was built: mostly it is the same.
fn has_segments_of(sent: &str, built: &str) -> bool {
    let segments = |path: &str| path.bytes().filter(|byte| *byte == b'/').count();
    sent == built || segments(sent) == segments(built)
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

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test fails by panicking")]

    use super::{Home, Uri, Url};

    #[test]
    fn an_address_at_home_is_read_as_any_other() {
        let home: Uri = "https://graph.example:8443/v1.0?a=b".parse().expect("an address");
        let home = Home::new(home).expect("a home");
        for uri in [
            "https://graph.example:8443",
            "https://graph.example:8443/",
            "https://graph.example:8443?x=1",
            "https://GRAPH.example:8443/v1.0/groups('a%2Fb')/x?$filter=a%20eq%20'b'&x={y}|",
            "https://graph.example:8443/v1.0//a/./b/../%2e%2e/c;d=e@f:g?",
            "https://graph.example:8443/ä{a}?ä=ü'",
            "https://graph.example/v1.0/groups",
            "http://graph.example:8443/v1.0/groups",
            "https://other.example:8443/v1.0/groups",
        ] {
            let read = home.url(&uri.parse().expect(uri)).expect(uri);
            assert_eq!(read, Url::parse(uri).expect(uri), "{uri}");
        }
    }
}
