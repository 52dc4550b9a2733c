//! When a request is sent again: what the service throttles (429), or cannot answer for now (503, 504).
//!
//! In comes an answer; out goes how long to wait before another try, or that there is none. Bodies are in memory, so
//! that every request can be sent again. A service says how long to wait (`Retry-After`, RFC 9110, section 10.2.3); where
//! it does not, the wait doubles with each try, and is spread at random, so that many clients do not come back at once.

use std::time::Duration;

use http::{HeaderMap, HeaderName, StatusCode};
use uuid::Uuid;

use crate::failure::retry_after;

/// How often a request has been sent before.
pub(crate) const RETRY_ATTEMPT: HeaderName = HeaderName::from_static("retry-attempt");

/// Whether and when requests are sent again. As a tower layer it does so to the service below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    throttling: bool,
    server_errors: bool,
    first_delay: Duration,
    longest_delay: Duration,
}

impl Default for Retry {
    /// Three more attempts, the first after 3 s, none after more than 180 s: what Microsoft's libraries do.
    fn default() -> Self {
        Self {
            attempts: 3,
            throttling: true,
            server_errors: true,
            first_delay: Duration::from_secs(3),
            longest_delay: Duration::from_secs(180),
        }
    }
}

impl Retry {
    /// Never.
    pub fn never() -> Self {
        Self { attempts: 0, ..Self::default() }
    }

    /// At most this often, at most ten times.
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts: attempts.min(10), ..self }
    }

    /// Whether what is throttled (429) is sent again.
    pub fn throttling(self, again: bool) -> Self {
        Self { throttling: again, ..self }
    }

    /// Whether what the service cannot answer for now (503, 504) is sent again.
    pub fn server_errors(self, again: bool) -> Self {
        Self { server_errors: again, ..self }
    }

    /// How long the first wait is where the service says nothing; each one after it is twice as long.
    pub fn first_delay(self, delay: Duration) -> Self {
        Self { first_delay: delay, ..self }
    }

    /// The longest wait. Where the service asks for a longer one, its answer is returned at once.
    pub fn longest_delay(self, delay: Duration) -> Self {
        Self { longest_delay: delay, ..self }
    }

    /// Whether there may be an attempt behind `made` ones.
    pub(crate) fn has_more(&self, made: u32) -> bool {
        made < self.attempts && (self.throttling || self.server_errors)
    }

    /// How long to wait before the attempt behind `made` ones; none where there is no other.
    pub(crate) fn delay(
        &self,
        made: u32,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Option<Duration> {
        let is_meant = match status {
            StatusCode::TOO_MANY_REQUESTS => self.throttling,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => self.server_errors,
            _ => false,
        };
        if !is_meant || !self.has_more(made) {
            return None;
        }
        if let Some(asked) = retry_after(headers) {
            return Some(asked).filter(|asked| *asked <= self.longest_delay);
        }
        let doubled = self.first_delay.saturating_mul(1 << made.min(16));
        Some(spread(doubled.min(self.longest_delay)))
    }
}

/// A part of `delay` that is left to chance: from a half of it to all of it.
fn spread(delay: Duration) -> Duration {
    let (chance, _) = Uuid::new_v4().as_u64_pair();
    // The version takes four of the lower bits; the upper ones are random.
    let share = (chance >> 32) as f64 / f64::from(u32::MAX);
    delay.mul_f64(0.5 + share.clamp(0.0, 1.0) / 2.0)
}
