//! What is waited for on a connection: the head of a request, or that something of an answer is taken.
//!
//! In comes what happens on the connection; out goes the end of a wait in vain. Holds: as long as an answer is not taken,
//! only that is waited for; else, while an answer is made, nothing is.

use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use tokio::time::Instant;

/// The longest times in which a caller has to do something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    /// To send the head of a request.
    pub(crate) head: Duration,
    /// To take something of an answer.
    pub(crate) write: Duration,
}

/// What a connection waits for its caller to do, and since when.
///
/// All of it is used by the one task of the connection; atomics are what can be sent between threads with it.
#[derive(Debug)]
pub(super) struct Waiting {
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
    pub(super) fn new(times: Times) -> Self {
        let began = Instant::now();
        Self { times, began, head: AtomicU64::new(0), write: AtomicU64::new(NOT) }
    }

    /// The head of a request is there.
    pub(super) fn asked(&self) {
        self.head.store(NOT, Ordering::Relaxed);
    }

    /// All of an answer is made.
    pub(super) fn answered(&self) {
        self.head.store(self.now(), Ordering::Relaxed);
    }

    /// Something of an answer was taken, or cannot be.
    pub(super) fn written<T>(&self, written: &Poll<T>) {
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
    pub(super) async fn in_vain(&self) {
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
