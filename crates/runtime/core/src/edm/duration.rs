//! `Edm.Duration`: a length of time in days, hours, minutes and seconds, such as `P12DT23H59M59.999S`.
//!
//! Years and months are no part of it, since they have no fixed length. What is shown is the shortest form; an
//! object keeps the text it was read with.

use super::digits::{Digits, Fraction, is_shown_as};
use super::{InvalidValue, Text, as_text};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A length of time, which may be negative.
#[derive(Clone, Copy)]
pub struct Duration {
    seconds: u64,
    fraction: Fraction,
    is_negative: bool,
}

as_text!(Duration);

const INVALID: InvalidValue = InvalidValue::of("Edm.Duration");

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self::from_seconds(0);

    /// A length in seconds.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { seconds: seconds.unsigned_abs(), fraction: Fraction::NONE, is_negative: seconds < 0 }
    }

    /// Whether the length is less than zero.
    pub fn is_negative(self) -> bool {
        self.is_negative && !self.is_zero()
    }

    /// Whether the length is zero.
    pub fn is_zero(self) -> bool {
        self.seconds == 0 && self.fraction.is_zero()
    }

    /// The whole seconds, without the sign.
    pub const fn whole_seconds(self) -> u64 {
        self.seconds
    }

    /// The fraction of a second, cut to nanoseconds, without the sign.
    pub fn nanosecond(self) -> u32 {
        self.fraction.nanoseconds()
    }

    /// The same length for the standard library; `None` where it is negative.
    pub fn to_std(self) -> Option<std::time::Duration> {
        (!self.is_negative()).then(|| std::time::Duration::new(self.seconds, self.nanosecond()))
    }

    /// The same length with the other sign.
    pub const fn negated(mut self) -> Self {
        self.is_negative = !self.is_negative;
        self
    }

    /// In picoseconds.
    fn key(self) -> i128 {
        let picoseconds =
            i128::from(self.seconds) * 1_000_000_000_000 + i128::from(self.fraction.picoseconds());
        if self.is_negative { -picoseconds } else { picoseconds }
    }

    fn parse(text: &mut Digits<'_>) -> Option<Self> {
        let is_negative = text.take(b'-');
        if !is_negative {
            text.take(b'+');
        }
        if !text.take(b'P') {
            return None;
        }
        let mut total = Self { is_negative, ..Self::ZERO };
        if !text.0.starts_with(b"T") {
            let days = text.some(15)?;
            if !text.take(b'D') {
                return None;
            }
            total.seconds = days.checked_mul(86_400)?;
        }
        if text.is_done() {
            return Some(total);
        }
        if !text.take(b'T') || text.is_done() {
            return None;
        }
        // Each unit at most once, in this order; only seconds have a fraction.
        for (unit, length) in [(b'H', 3_600), (b'M', 60), (b'S', 1)] {
            if text.is_done() {
                break;
            }
            let mut part = Digits(text.0);
            let number = part.some(18)?;
            let fraction = if length == 1 { part.fraction()? } else { Fraction::NONE };
            if part.take(unit) {
                total.seconds = total.seconds.checked_add(number.checked_mul(length)?)?;
                total.fraction = fraction;
                text.0 = part.0;
            }
        }
        Some(total)
    }
}

impl From<std::time::Duration> for Duration {
    fn from(duration: std::time::Duration) -> Self {
        Self {
            seconds: duration.as_secs(),
            // There are never a billion nanoseconds beside the whole seconds.
            fraction: Fraction::of_nanoseconds(duration.subsec_nanos()).unwrap_or(Fraction::NONE),
            is_negative: false,
        }
    }
}

impl PartialEq for Duration {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Duration {}

impl PartialOrd for Duration {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Duration {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for Duration {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl Text for Duration {
    fn is_canonical(&self, text: &str) -> bool {
        is_shown_as(self, text)
    }
}

impl FromStr for Duration {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let mut text = Digits(text.as_bytes());
        Self::parse(&mut text).filter(|_| text.is_done()).ok_or(INVALID)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_negative { "-P" } else { "P" })?;
        let (days, rest) = (self.seconds / 86_400, self.seconds % 86_400);
        let (hours, minutes, seconds) = (rest / 3_600, rest / 60 % 60, rest % 60);
        let has_seconds = seconds > 0 || self.fraction.digits() > 0;
        if days > 0 {
            write!(f, "{days}D")?;
            if rest == 0 && !has_seconds {
                return Ok(());
            }
        }
        f.write_str("T")?;
        if hours > 0 {
            write!(f, "{hours}H")?;
        }
        if minutes > 0 {
            write!(f, "{minutes}M")?;
        }
        if has_seconds || (days == 0 && hours == 0 && minutes == 0) {
            write!(f, "{seconds}{}S", self.fraction)?;
        }
        Ok(())
    }
}
