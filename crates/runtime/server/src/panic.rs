//! A panic of a handler is one failed request, not a lost connection.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

/// The panic of a future; what it said was told by the panic hook and goes no further.
#[derive(Debug)]
pub(crate) struct Panicked;

/// The output of `future`, or that it panicked.
///
/// After a panic the future is not polled again, only dropped, so that what it left half done is not
/// seen through it. What a service shares between requests it must itself keep sound, as with threads.
pub(crate) async fn caught<F: Future>(mut future: Pin<&mut F>) -> Result<F::Output, Panicked> {
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
        Err(_) => Poll::Ready(Err(Panicked)),
    })
    .await
}
