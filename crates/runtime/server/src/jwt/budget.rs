//! How often keys may be fetched: a bucket of tokens, one for each fetch, that fills with time.
//!
//! In comes the time; out goes whether a fetch may begin now. Holds: keys that were rotated a moment ago are fetched
//! at once, and names of keys that nobody has lead to [`BURST`] fetches and then one in [`REFILL`], however many come.
//! After a fetch that failed there is none for [`PAUSE`]; it costs nothing else, so that an issuer that comes back is
//! found soon.

use std::time::Duration;

use tokio::time::Instant;

/// How many fetches may follow each other at once.
const BURST: u32 = 3;
/// After which time there may be one more.
const REFILL: Duration = Duration::from_secs(30);
/// The least time between a fetch that failed and the next.
const PAUSE: Duration = Duration::from_secs(10);

/// What is left to be fetched; full at first.
#[derive(Debug, Default)]
pub(super) struct Budget {
    /// When the bucket will be full: one [`REFILL`] later for each token that is missing.
    full: Option<Instant>,
    /// Until when there is none, whatever is in the bucket.
    paused: Option<Instant>,
}

impl Budget {
    /// Takes a token, if there is one now.
    pub(super) fn take(&mut self, now: Instant) -> bool {
        if self.paused.is_some_and(|until| now < until) {
            return false;
        }
        let full = self.full.map_or(now, |full| full.max(now)) + REFILL;
        let is_allowed = full <= now + BURST * REFILL;
        if is_allowed {
            self.full = Some(full);
        }
        is_allowed
    }

    /// Puts back what was taken last.
    pub(super) fn give_back(&mut self) {
        self.full = self.full.and_then(|full| full.checked_sub(REFILL));
    }

    /// Allows nothing for a while.
    pub(super) fn pause(&mut self, now: Instant) {
        self.paused = Some(now + PAUSE);
    }

    /// Allows again what is in the bucket.
    pub(super) fn resume(&mut self) {
        self.paused = None;
    }
}
