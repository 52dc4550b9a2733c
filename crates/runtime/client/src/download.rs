//! Content that is read as it comes, and is never in memory as a whole.
//!
//! In comes a request whose answer is [`Content`]; out comes a [`Download`]: status and headers at once, and a stream of
//! the bytes. What is no success is the error that it always is, read up to the client's limit. The bytes have no
//! limit, and no deadline but that from one chunk to the next.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, Method, StatusCode, header};
use msgraph_core::{Content, Operation, Reply};
use tracing::Instrument as _;

use crate::body::Body;
use crate::call::Call;
use crate::client::Exchange;
use crate::error::Error;
use crate::header::REQUEST_ID;
use crate::request::{Request, Sending, read};
use crate::watch::Watch;

impl<O> Request<O>
where
    O: Operation,
    O::Response: Reply<Body = Content>,
{
    /// Sends the request and returns its answer as soon as its head is there; the content is read as it comes.
    ///
    /// ```no_run
    /// # use std::io::Write;
    /// # use msgraph_client::{Request, core::{Content, Operation, Reply}};
    /// # async fn keep<O>(request: Request<O>, mut file: impl Write) -> Result<(), Box<dyn std::error::Error>>
    /// # where O: Operation, O::Response: Reply<Body = Content> {
    /// let mut download = request.download().await?;
    /// while let Some(chunk) = download.next().await {
    ///     file.write_all(&chunk?)?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`respond`](Request::respond). An answer that breaks off is an error of the stream.
    pub fn download(self) -> impl Future<Output = Result<Download, Error>> + Send + 'static {
        let (client, message) = self.into_parts();
        async move {
            let message = message?;
            let sending = Sending::of::<O>(client, &message);
            let span = sending.span(&message);
            let method = sending.label.method();
            let client = &sending.client;
            let call = sending.call().streamed();
            let work = || async {
                let (response, call) = sending.reached(call.clone(), message).await?;
                if response.status().is_success() {
                    return Ok(response);
                }
                let response = client.whole(&call, method, response).await?;
                let exchange = Exchange { response, token: call.progress.token() };
                let read = read::<O>(&sending.label, exchange)?;
                // A documented status that is no success.
                let mut response = http::Response::new(Body::default());
                *response.status_mut() = read.status();
                response.headers_mut().clone_from(read.headers());
                *response.body_mut() = Body::from(read.into_body().into_bytes());
                Ok(response)
            };
            let attended = client.attended(&call, method, work, http::Response::status);
            let (response, watch) = attended.instrument(span).await?;
            let method = method.clone();
            let (parts, body) = response.into_parts();
            let (status, headers, length) = (parts.status, parts.headers, body.length());
            Ok(Download { status, headers, length, body, call, method, watch })
        }
    }
}

/// An answer whose content is read as it comes: a stream, of which [`next`](Self::next) gives one chunk after the other.
/// Made by [`Request::download`].
///
/// Dropped before its end, it closes the connection.
#[must_use = "content is not read until its chunks are taken"]
pub struct Download {
    status: StatusCode,
    headers: HeaderMap,
    length: Option<u64>,
    body: Body,
    call: Call,
    method: Method,
    watch: Option<Box<Watch>>,
}

impl Download {
    /// The status: one of success, not always the documented one.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The service's id of the exchange, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get(REQUEST_ID)?.to_str().ok()
    }

    /// The media type, as the answer tells it.
    pub fn media_type(&self) -> Option<&str> {
        self.headers.get(header::CONTENT_TYPE)?.to_str().ok()
    }

    /// How many bytes the content has, where the answer tells; it does not where it is compressed on its way.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The next bytes, of which there are some; none behind the last ones, and behind an error.
    ///
    /// Where the future is dropped, nothing is lost: the bytes come with the next call.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let chunk = std::task::ready!(self.body.poll_chunk(context));
        if let (Some(Err(error)), Some(watch)) = (&chunk, &mut self.watch) {
            watch.failed(error.kind().name());
        }
        if !matches!(chunk, Some(Ok(_))) {
            self.watch = None;
        }
        Poll::Ready(chunk.map(|chunk| {
            chunk.map_err(|source| {
                let operation = self.call.label(&self.method).to_string();
                Error::Transport { operation, source }
            })
        }))
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl Unpin for Download {}

impl fmt::Debug for Download {
    /// Without headers and bytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.call.operation())
            .field("status", &self.status)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
