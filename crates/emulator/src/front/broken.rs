//! Answers that break off, although their length is told.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, HttpBody};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderValue, header};
use http_body_util::BodyExt as _;

/// The answer, whose body breaks off behind so many bytes.
pub(super) async fn cut(response: Response, bytes: usize) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = body.collect().await else { return Response::from_parts(parts, Body::empty()) };
    let body = body.to_bytes();
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    let rest = body.slice(..bytes.min(body.len()));
    Response::from_parts(parts, Body::new(Broken { rest, has_paused: false }))
}

/// A body that fails where it should go on.
struct Broken {
    rest: Bytes,
    /// Whether what comes before has had the time to go out.
    has_paused: bool,
}

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        let rest = std::mem::take(&mut self.rest);
        if !rest.is_empty() {
            return Poll::Ready(Some(Ok(http_body::Frame::data(rest))));
        }
        // Where a body fails at once, nothing is sent, not even the head.
        if !std::mem::replace(&mut self.has_paused, true) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof))))
    }
}
