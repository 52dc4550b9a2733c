//! One connection: who asks nothing, and who takes nothing of an answer, does not hold it open.
//!
//! In come a stream and a service; out goes the end of the connection. Holds: it ends where the head of the next request does
//! not arrive in time, and where nothing of an answer is taken for long; while the service makes an answer, only the service
//! is waited for. One timer does it for all requests of a connection, and looks at what is waited for when it goes off: to
//! set one for each request would cost more than to read its head.

use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Request, Response};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::Instant;
use tower::{Service, ServiceExt as _};

/// The longest times in which a caller has to do something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    /// To send the head of a request.
    pub(crate) head: Duration,
    /// To take something of an answer.
    pub(crate) write: Duration,
}

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

/// What a connection waits for its caller to do, and since when.
///
/// All of it is used by the one task of the connection; atomics are what can be sent between threads with it.
#[derive(Debug)]
struct Waiting {
    times: Times,
    began: Instant,
    /// Since when for the head of a request, in nanoseconds since it began; [`NOT`] while one is answered.
    head: AtomicU64,
    /// Since when for something of an answer to be taken; [`NOT`] while all of it is.
    write: AtomicU64,
}

/// Not waited for.
const NOT: u64 = u64::MAX;

impl Waiting {
    fn new(times: Times) -> Self {
        let began = Instant::now();
        Self { times, began, head: AtomicU64::new(0), write: AtomicU64::new(NOT) }
    }

    /// The head of a request is there.
    fn asked(&self) {
        self.head.store(NOT, Ordering::Relaxed);
    }

    /// All of an answer is made.
    fn answered(&self) {
        self.head.store(self.now(), Ordering::Relaxed);
    }

    /// Something of an answer was taken, or cannot be.
    fn written<T>(&self, written: &Poll<T>) {
        let was_stuck = self.write.load(Ordering::Relaxed) != NOT;
        match (was_stuck, written.is_pending()) {
            (false, true) => self.write.store(self.now(), Ordering::Relaxed),
            (true, false) => {
                self.write.store(NOT, Ordering::Relaxed);
                // The next request is not due before the answer to this one is taken.
                if self.head.load(Ordering::Relaxed) != NOT {
                    self.answered();
                }
            }
            (false, false) | (true, true) => {}
        }
    }

    fn now(&self) -> u64 {
        // It would take five centuries to be more.
        u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(NOT - 1)
    }

    /// How long it may take still, what is waited for; none where nothing is.
    fn left(&self) -> Option<Duration> {
        let waits = match self.write.load(Ordering::Relaxed) {
            NOT => (self.head.load(Ordering::Relaxed), self.times.head),
            since => (since, self.times.write),
        };
        let (NOT, _) = waits else {
            let waited = Duration::from_nanos(self.now().saturating_sub(waits.0));
            return Some(waits.1.saturating_sub(waited));
        };
        None
    }

    /// Ends when what is waited for has not come in time.
    async fn in_vain(&self) {
        // What will be waited for from now on is due no sooner than this.
        let next = self.times.head.min(self.times.write).max(Duration::from_millis(1));
        loop {
            match self.left() {
                Some(Duration::ZERO) => return,
                left => tokio::time::sleep(left.map_or(next, |left| left.min(next))).await,
            }
        }
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

#[cfg(test)]
mod tests {
    use super::{Times, Waiting};
    use std::task::Poll;
    use std::time::Duration;
    use tokio::time::{Instant, advance, timeout};

    const HEAD: Duration = Duration::from_secs(7);
    const WRITE: Duration = Duration::from_secs(3);
    const TIMES: Times = Times { head: HEAD, write: WRITE };

    async fn ends_after(waiting: &Waiting) -> Duration {
        let began = Instant::now();
        waiting.in_vain().await;
        began.elapsed()
    }

    async fn goes_on(waiting: &Waiting) -> bool {
        timeout(Duration::from_secs(3600), waiting.in_vain()).await.is_err()
    }

    fn is_near(told: Duration, wanted: Duration) -> bool {
        // The clock of timers has whole milliseconds.
        (wanted..wanted + Duration::from_millis(5)).contains(&told)
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_is_waited_for_from_the_end_of_the_answer_before() {
        let waiting = Waiting::new(TIMES);
        assert!(is_near(ends_after(&waiting).await, HEAD));
        waiting.asked();
        assert!(goes_on(&waiting).await);
        waiting.answered();
        advance(Duration::from_secs(2)).await;
        assert!(is_near(ends_after(&waiting).await, HEAD - Duration::from_secs(2)));
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_has_to_be_taken_and_only_then_is_a_head_due() {
        let waiting = Waiting::new(TIMES);
        waiting.asked();
        waiting.answered();
        advance(HEAD - Duration::from_secs(1)).await;
        waiting.written::<()>(&Poll::Pending);
        advance(Duration::from_secs(2)).await;
        // Not a part of it more was taken.
        waiting.written::<()>(&Poll::Pending);
        assert!(is_near(ends_after(&waiting).await, WRITE - Duration::from_secs(2)));
        waiting.written(&Poll::Ready(()));
        assert!(is_near(ends_after(&waiting).await, HEAD));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_taken_while_more_is_made_is_not_held_against_the_caller() {
        let waiting = Waiting::new(TIMES);
        waiting.asked();
        waiting.written::<()>(&Poll::Pending);
        advance(WRITE - Duration::from_secs(1)).await;
        waiting.written(&Poll::Ready(()));
        assert!(goes_on(&waiting).await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_time_of_none_ends_at_once_and_one_without_end_never() {
        let none = Times { head: Duration::ZERO, write: Duration::ZERO };
        let waiting = Waiting::new(none);
        assert!(is_near(ends_after(&waiting).await, Duration::ZERO));
        waiting.asked();
        assert!(goes_on(&waiting).await);
        let endless = Waiting::new(Times { head: Duration::MAX, write: Duration::MAX });
        assert!(goes_on(&endless).await);
    }
}
