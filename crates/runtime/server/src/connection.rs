//! One connection: who asks nothing, and who takes nothing of an answer, does not hold it open.
//!
//! In come a stream and a service; out goes the end of the connection. Holds: it ends where the head of the next request does
//! not arrive in time, and where nothing of an answer is taken for long; while the service makes an answer, only the service
//! is waited for. One timer does it for all requests of a connection, and looks at what is waited for when it goes off: to
//! set one for each request would cost more than to read its head.

mod waiting;

use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower::{Service, ServiceExt as _};

pub(crate) use waiting::Times;
use waiting::Waiting;

/// Answers the requests of one connection, until it ends; the one at work, once all is to end.
pub(crate) async fn connection<T, B>(
    stream: TcpStream,
    service: T,
    times: Times,
    mut is_ending: watch::Receiver<()>,
) where
    T: Service<Request<Incoming>, Response = Response<B>, Error = Infallible> + Clone,
    B: Body<Error: Into<Box<dyn Error + Send + Sync>>> + Unpin + 'static,
{
    let waiting = Arc::new(Waiting::new(times));
    let stream = Watched { stream: TokioIo::new(stream), waiting: Arc::clone(&waiting) };
    let waits = Arc::clone(&waiting);
    let answer = service_fn(move |request| {
        waits.asked();
        let answering = service.clone().oneshot(request);
        let waiting = Arc::clone(&waits);
        async move {
            let response = answering.await?;
            Ok::<_, Infallible>(response.map(|body| Answered { body, waiting }))
        }
    });
    let mut connection = pin!(http1::Builder::new().serve_connection(stream, answer));
    let served = async {
        tokio::select! {
            biased;
            ended = connection.as_mut() => ended,
            // The sender is gone.
            _ = is_ending.changed() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        }
    };
    tokio::select! {
        biased;
        ended = served => if let Err(error) = ended {
            tracing::debug!(%error, "a connection broke");
        },
        () = waiting.in_vain() => tracing::debug!("closed a connection that waited in vain"),
    }
}

/// A stream of which is known whether it takes what is written.
struct Watched {
    stream: TokioIo<TcpStream>,
    waiting: Arc<Waiting>,
}

impl Read for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.waiting.written(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.waiting.written(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// The body of an answer, of which is known when it ends.
struct Answered<B> {
    body: B,
    waiting: Arc<Waiting>,
}

impl<B> Drop for Answered<B> {
    fn drop(&mut self) {
        self.waiting.answered();
    }
}

impl<B: Body + Unpin> Body for Answered<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
