//! Faults on demand, for who writes clients: what a service does on its bad days, when a test asks for it.
//!
//! A fault is asked for by one request for itself (the header [`HEADER`]), or in advance for requests to come
//! ([`Faults::inject`]), or befalls each request in so many ([`Rate`]). They are looked for in this order, and the first
//! one is it. Nothing is random.

use std::collections::VecDeque;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::HeaderMap;
use tokio::time::Instant;

/// With this header a request asks for a fault, in the words of [`Fault`]'s `FromStr`.
pub const HEADER: &str = "emulator-fault";

/// What goes wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// 429, and this long to wait: `throttle=2`.
    Throttle(Duration),
    /// 503, and maybe this long to wait: `unavailable`, `unavailable=2`.
    Unavailable(Option<Duration>),
    /// The answer comes this much later: `latency=250ms`.
    Latency(Duration),
    /// The answer ends behind this many bytes of its body: `truncate=10`.
    Truncate(usize),
    /// What tokens of changes tell is forgotten before the request is read: `expire-delta`.
    ExpireDelta,
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name.trim(), Some(value.trim())),
            None => (text.trim(), None),
        };
        let fault = match (name, value) {
            ("throttle", Some(value)) => duration(value).map(Self::Throttle),
            ("unavailable", None) => Some(Self::Unavailable(None)),
            ("unavailable", Some(value)) => {
                duration(value).map(|wait| Self::Unavailable(Some(wait)))
            }
            ("latency", Some(value)) => duration(value).map(Self::Latency),
            ("truncate", Some(value)) => value.parse().ok().map(Self::Truncate),
            ("expire-delta", None) => Some(Self::ExpireDelta),
            _ => None,
        };
        fault.ok_or(UnknownFault)
    }
}

/// `250ms`, or seconds as `2s` or `2`; at most an hour.
fn duration(text: &str) -> Option<Duration> {
    let longest = Duration::from_secs(3600);
    let duration = match text.strip_suffix("ms") {
        Some(number) => Duration::from_millis(number.parse().ok()?),
        None => Duration::from_secs(text.strip_suffix('s').unwrap_or(text).parse().ok()?),
    };
    Some(duration).filter(|duration| *duration <= longest)
}

/// A text that names no fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is no fault; known are `throttle=SECONDS`, `unavailable`, `unavailable=SECONDS`, `latency=MILLISECONDSms`, \
     `truncate=BYTES`, `expire-delta`"
)]
pub struct UnknownFault;

/// How many requests are answered in a time, before the next ones are throttled: `100/10s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many requests.
    pub requests: u32,
    /// In which time.
    pub per: Duration,
}

impl FromStr for Rate {
    type Err = UnknownRate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (requests, per) = text.split_once('/').ok_or(UnknownRate)?;
        let requests = requests.trim().parse().map_err(|_| UnknownRate)?;
        let per = match per.trim() {
            "s" => Some(Duration::from_secs(1)),
            per => duration(per),
        };
        let per = per.filter(|per| !per.is_zero()).ok_or(UnknownRate)?;
        Ok(Self { requests, per })
    }
}

/// A text that is no rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no rate; `10/s` and `100/10s` are")]
pub struct UnknownRate;

/// The faults that are to come.
#[derive(Debug, Default)]
pub struct Faults {
    injected: Mutex<VecDeque<Fault>>,
    throttled: Option<Rate>,
    /// One request in so many is answered with 503.
    unavailable_every: Option<u64>,
    window: Mutex<Option<Window>>,
    requests: AtomicU64,
}

/// The time in which requests are counted.
#[derive(Debug)]
struct Window {
    began: Instant,
    requests: u32,
}

impl Faults {
    pub(crate) fn new(throttled: Option<Rate>, unavailable_every: Option<u64>) -> Self {
        Self { throttled, unavailable_every, ..Self::default() }
    }

    /// Lets one of the next requests meet this fault: each fault meets one request, in their order.
    pub fn inject(&self, faults: impl IntoIterator<Item = Fault>) {
        self.injected.lock().unwrap_or_else(PoisonError::into_inner).extend(faults);
    }

    /// Forgets the faults that are to come, but for those that come by a rate.
    pub fn clear(&self) {
        self.injected.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The fault that a request meets.
    pub(crate) fn of(&self, headers: &HeaderMap) -> Result<Option<Fault>, UnknownFault> {
        if let Some(asked) = headers.get(HEADER) {
            return asked.to_str().map_err(|_| UnknownFault)?.parse().map(Some);
        }
        let injected = self.injected.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        Ok(injected.or_else(|| self.by_rate()).or_else(|| self.by_count()))
    }

    fn by_rate(&self) -> Option<Fault> {
        let rate = self.throttled?;
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let current = window.take().filter(|window| now - window.began < rate.per);
        let mut current = current.unwrap_or(Window { began: now, requests: 0 });
        current.requests = current.requests.saturating_add(1);
        let is_over = current.requests > rate.requests;
        let left = rate.per.saturating_sub(now - current.began);
        *window = Some(current);
        is_over.then_some(Fault::Throttle(left))
    }

    fn by_count(&self) -> Option<Fault> {
        let every = self.unavailable_every?;
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        number.is_multiple_of(every).then_some(Fault::Unavailable(None))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::HeaderMap;

    use super::{Fault, Faults, HEADER, Rate};

    #[test]
    fn faults_are_read_from_their_words() {
        let known = [
            ("throttle=2", Fault::Throttle(Duration::from_secs(2))),
            ("unavailable", Fault::Unavailable(None)),
            (" unavailable = 1s", Fault::Unavailable(Some(Duration::from_secs(1)))),
            ("latency=250ms", Fault::Latency(Duration::from_millis(250))),
            ("truncate=10", Fault::Truncate(10)),
            ("expire-delta", Fault::ExpireDelta),
        ];
        for (text, fault) in known {
            assert_eq!(text.parse(), Ok(fault), "{text}");
        }
        for unknown in [
            "",
            "throttle",
            "throttle=x",
            "latency=-1",
            "latency=2h",
            "latency=3601",
            "unavailable=",
            "truncate=-1",
        ] {
            assert!(unknown.parse::<Fault>().is_err(), "{unknown}");
        }
    }

    #[test]
    fn rates_are_requests_in_a_time() {
        let rate = |requests, seconds| Ok(Rate { requests, per: Duration::from_secs(seconds) });
        assert_eq!("10/s".parse(), rate(10, 1));
        assert_eq!("0/10s".parse(), rate(0, 10));
        for unknown in ["", "10", "10/", "/s", "x/s", "10/0s"] {
            assert!(unknown.parse::<Rate>().is_err(), "{unknown}");
        }
    }

    #[test]
    fn what_a_request_asks_for_comes_before_what_was_injected() {
        let faults = Faults::default();
        faults.inject([Fault::ExpireDelta, Fault::Truncate(1)]);
        let asking = HeaderMap::from_iter([(
            http::HeaderName::from_static(HEADER),
            http::HeaderValue::from_static("latency=1ms"),
        )]);
        let plain = HeaderMap::new();
        assert_eq!(faults.of(&asking), Ok(Some(Fault::Latency(Duration::from_millis(1)))));
        assert_eq!(faults.of(&plain), Ok(Some(Fault::ExpireDelta)));
        assert_eq!(faults.of(&plain), Ok(Some(Fault::Truncate(1))));
        assert_eq!(faults.of(&plain), Ok(None));
    }

    #[test]
    fn one_request_in_so_many_fails() {
        let faults = Faults::new(None, Some(3));
        let failed: Vec<bool> = (0..6)
            .map(|_| faults.of(&HeaderMap::new()).is_ok_and(|fault| fault.is_some()))
            .collect();
        assert_eq!(failed, [false, false, true, false, false, true]);
    }

    #[tokio::test(start_paused = true)]
    async fn requests_beyond_the_rate_wait_until_its_time_is_over() {
        let faults = Faults::new("2/10s".parse().ok(), None);
        let none = HeaderMap::new();
        assert_eq!(faults.of(&none), Ok(None));
        tokio::time::advance(Duration::from_secs(4)).await;
        assert_eq!(faults.of(&none), Ok(None));
        assert_eq!(faults.of(&none), Ok(Some(Fault::Throttle(Duration::from_secs(6)))));
        tokio::time::advance(Duration::from_secs(6)).await;
        assert_eq!(faults.of(&none), Ok(None));
    }
}
