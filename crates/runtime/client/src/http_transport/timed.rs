//! A body each of whose chunks has a time, for content that is read as it comes.
//!
//! In comes a body; out come its frames, or a timeout where one has been waited for too long. The time runs while somebody
//! waits: who takes long with a chunk does not lose the next one.

use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::transport::{TransportError, TransportErrorKind};

/// The body, and the time that each of its chunks has.
pub(super) struct Timed<B> {
    body: B,
    timeout: Duration,
    /// Runs while a chunk is waited for.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<B> Timed<B> {
    pub(super) fn new(body: B, timeout: Duration) -> Self {
        Self { body, timeout, waiting: None }
    }
}

impl<B: Body<Data = Bytes, Error = TransportError> + Unpin> Body for Timed<B> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let Self { body, timeout, waiting } = self.get_mut();
        if let Poll::Ready(frame) = Pin::new(body).poll_frame(context) {
            *waiting = None;
            return Poll::Ready(frame);
        }
        let waiting = waiting.get_or_insert_with(|| Box::pin(sleep(*timeout)));
        ready!(waiting.as_mut().poll(context));
        let reason = "the next part of the answer did not come in time";
        Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Timeout, reason))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
