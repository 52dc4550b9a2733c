//! `Edm.TimeOfDay`: a time without a day, such as `07:59:59.999`.
//!
//! Seconds may be missing on the wire; they are always written. The fraction keeps its digits.

use super::digits::{Digits, Fraction, push_two};
use super::{InvalidValue, Text, as_text};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A time without a day.
///
/// Times are equal where they are the same time: `07:00:00` and `07:00:00.0` are.
#[derive(Clone, Copy)]
pub struct TimeOfDay {
    fraction: Fraction,
    hour: u8,
    minute: u8,
    second: u8,
}

as_text!(TimeOfDay);

const INVALID: InvalidValue = InvalidValue::of("Edm.TimeOfDay");

impl TimeOfDay {
    /// The time, if a day has it.
    ///
    /// # Errors
    /// Where a part is out of range.
    pub const fn new(hour: u8, minute: u8, second: u8) -> Result<Self, InvalidValue> {
        if hour > 23 || minute > 59 || second > 59 {
            return Err(INVALID);
        }
        Ok(Self { fraction: Fraction::NONE, hour, minute, second })
    }

    /// With a fraction of a second.
    ///
    /// # Errors
    /// Where it is a whole second or more.
    pub fn with_nanosecond(mut self, nanosecond: u32) -> Result<Self, InvalidValue> {
        self.fraction = Fraction::of_nanoseconds(nanosecond).ok_or(INVALID)?;
        Ok(self)
    }

    /// The hour, from 0 to 23.
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// The minute, from 0 to 59.
    pub const fn minute(self) -> u8 {
        self.minute
    }

    /// The second, from 0 to 59.
    pub const fn second(self) -> u8 {
        self.second
    }

    /// The fraction of the second, cut to nanoseconds.
    pub fn nanosecond(self) -> u32 {
        self.fraction.nanoseconds()
    }

    /// The number of whole seconds since midnight.
    pub const fn second_of_day(self) -> u32 {
        self.hour as u32 * 3_600 + self.minute as u32 * 60 + self.second as u32
    }

    pub(super) fn fraction(self) -> Fraction {
        self.fraction
    }

    pub(super) const fn from_parts(hour: u8, minute: u8, second: u8, fraction: Fraction) -> Self {
        Self { fraction, hour, minute, second }
    }

    /// The number of characters that are shown.
    pub(super) fn length(self) -> usize {
        match self.fraction.digits() {
            0 => 8,
            digits => 9 + digits,
        }
    }

    pub(super) fn parse(text: &mut Digits<'_>) -> Option<Self> {
        let hour = text.two()?;
        let minute = text.take(b':').then(|| text.two())??;
        let (second, fraction) =
            if text.take(b':') { (text.two()?, text.fraction()?) } else { (0, Fraction::NONE) };
        let time = Self::new(hour, minute, second).ok()?;
        Some(Self { fraction, ..time })
    }

    fn key(self) -> (u32, u64) {
        (self.second_of_day(), self.fraction.picoseconds())
    }
}

impl PartialEq for TimeOfDay {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for TimeOfDay {}

impl PartialOrd for TimeOfDay {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TimeOfDay {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for TimeOfDay {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl Text for TimeOfDay {
    fn is_canonical(&self, text: &str) -> bool {
        text.len() == self.length()
    }
}

impl FromStr for TimeOfDay {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let mut text = Digits(text.as_bytes());
        Self::parse(&mut text).filter(|_| text.is_done()).ok_or(INVALID)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        push_two(f, self.hour)?;
        f.write_str(":")?;
        push_two(f, self.minute)?;
        f.write_str(":")?;
        push_two(f, self.second)?;
        self.fraction.fmt(f)
    }
}
