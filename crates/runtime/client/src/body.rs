//! The body of an answer, whole or while it arrives.
//!
//! In comes any `http_body::Body` of bytes; out come its bytes one chunk after the other, or all of them up to a limit.
//! Trailers are left out. What an attempt is watched with ends when its body does.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::BodyExt as _;
use http_body_util::combinators::UnsyncBoxBody;

use crate::transport::{TransportError, TransportErrorKind};
use crate::watch::Watch;

/// The body of an answer, of which nothing is in memory that nobody has asked for.
pub struct Body {
    content: Content,
    /// Boxed, since most bodies have none, and each hands its place on.
    watch: Option<Box<Watch>>,
}

enum Content {
    Whole(Bytes),
    Arriving(UnsyncBoxBody<Bytes, TransportError>),
}

impl Body {
    /// Any body of bytes. Its errors are those of a transport; what is none becomes
    /// [`Other`](TransportErrorKind::Other).
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn StdError + Send + Sync>>,
    {
        let mut body = Some(body);
        // A layer that leaves bodies as they are costs no box.
        if let Some(own) =
            (&mut body as &mut dyn Any).downcast_mut::<Option<Self>>().and_then(Option::take)
        {
            return own;
        }
        let content = match body {
            Some(body) => Content::Arriving(body.map_err(TransportError::of).boxed_unsync()),
            None => Content::Whole(Bytes::new()),
        };
        Self { content, watch: None }
    }

    /// With the watch that ends with it.
    pub(crate) fn watched(self, watch: Option<Box<Watch>>) -> Self {
        Self { watch: watch.or(self.watch), ..self }
    }

    /// How many bytes are left, where that is known.
    pub(crate) fn length(&self) -> Option<u64> {
        self.size_hint().exact()
    }

    /// All bytes.
    ///
    /// # Errors
    /// There are more than `limit`, which may be known before they come; or they do not all come.
    pub(crate) async fn whole(mut self, limit: usize) -> Result<Bytes, TransportError> {
        let announced = self.size_hint().lower();
        if usize::try_from(announced).map_or(true, |length| length > limit) {
            return Err(self.too_long(limit));
        }
        let Some(first) = self.next().await.transpose()? else {
            return Ok(Bytes::new());
        };
        if first.len() > limit {
            return Err(self.too_long(limit));
        }
        let Some(second) = self.next().await.transpose()? else {
            return Ok(first);
        };
        let mut all = BytesMut::from(first);
        let mut next = second;
        loop {
            if all.len() + next.len() > limit {
                return Err(self.too_long(limit));
            }
            all.extend_from_slice(&next);
            match self.next().await.transpose()? {
                Some(chunk) => next = chunk,
                None => return Ok(all.freeze()),
            }
        }
    }

    /// The next bytes, of which there are some; none behind the last ones.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        std::future::poll_fn(|context| self.poll_chunk(context)).await
    }

    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            let chunk = match &mut self.content {
                Content::Whole(bytes) if bytes.is_empty() => None,
                Content::Whole(bytes) => Some(Ok(std::mem::take(bytes))),
                Content::Arriving(body) => match Pin::new(body).poll_frame(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(None) => None,
                    Poll::Ready(Some(Err(error))) => Some(Err(error)),
                    Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                        Ok(chunk) if !chunk.is_empty() => Some(Ok(chunk)),
                        _ => continue,
                    },
                },
            };
            match (&chunk, &mut self.watch) {
                (Some(Ok(chunk)), Some(watch)) => watch.received(chunk.len()),
                (Some(Err(error)), Some(watch)) => watch.failed(error.kind().name()),
                _ => {}
            }
            if !matches!(chunk, Some(Ok(_))) {
                // Behind the end, and behind an error, there is nothing, and nothing to be watched.
                *self = Self::from(Bytes::new());
            }
            return Poll::Ready(chunk);
        }
    }

    fn too_long(&mut self, limit: usize) -> TransportError {
        let error = TransportError::new(TransportErrorKind::Limit(limit), "response limit");
        if let Some(watch) = &mut self.watch {
            watch.failed(error.kind().name());
        }
        error
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self { content: Content::Whole(bytes), watch: None }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::from(Bytes::new())
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.get_mut().poll_chunk(context).map(|chunk| Some(chunk?.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            Content::Whole(bytes) => bytes.is_empty(),
            Content::Arriving(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Arriving(body) => body.size_hint(),
        }
    }
}

impl fmt::Debug for Body {
    /// Without its bytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}
