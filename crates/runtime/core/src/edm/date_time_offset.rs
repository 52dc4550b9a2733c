//! `Edm.DateTimeOffset`: a point in time as somebody's clock shows it, such as `2018-02-16T08:20:19.0000000Z`.
//!
//! The digits of the fraction and the offset are kept as they came, in sixteen bytes, while comparing looks at
//! the point in time.

use super::digits::{Digits, Fraction, push_two};
use super::{Date, InvalidValue, Text, TimeOfDay, as_text};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A point in time with the offset of the clock that showed it.
///
/// ```
/// use msgraph_core::edm::DateTimeOffset;
///
/// let noon: DateTimeOffset = "2024-05-01T12:00:00.0000000Z".parse()?;
/// assert_eq!(noon, "2024-05-01T14:00:00+02:00".parse()?);
/// assert_eq!(noon.to_string(), "2024-05-01T12:00:00.0000000Z");
/// # Ok::<(), msgraph_core::edm::InvalidValue>(())
/// ```
#[derive(Clone, Copy)]
pub struct DateTimeOffset {
    date: Date,
    /// Of the clock, in minutes; [`UTC`] for `Z`.
    offset: i16,
    // The parts of a `TimeOfDay`, which would make this longer than sixteen bytes.
    hour: u8,
    minute: u8,
    second: u8,
    fraction: Fraction,
}

as_text!(DateTimeOffset);

/// Stands for `Z`, which is kept apart from `+00:00`.
const UTC: i16 = i16::MIN;
const INVALID: InvalidValue = InvalidValue::of("Edm.DateTimeOffset");

impl DateTimeOffset {
    /// The time that a clock in UTC shows.
    pub fn utc(date: Date, time: TimeOfDay) -> Self {
        Self::from_parts(date, time, UTC)
    }

    /// The time that a clock shows which is `offset` minutes before UTC.
    ///
    /// # Errors
    /// Where the offset is a day or more.
    pub fn new(date: Date, time: TimeOfDay, offset: i16) -> Result<Self, InvalidValue> {
        if offset.unsigned_abs() >= 24 * 60 {
            return Err(INVALID);
        }
        Ok(Self::from_parts(date, time, offset))
    }

    fn from_parts(date: Date, time: TimeOfDay, offset: i16) -> Self {
        Self {
            date,
            offset,
            hour: time.hour(),
            minute: time.minute(),
            second: time.second(),
            fraction: time.fraction(),
        }
    }

    /// The point in time that is this many seconds after 1970-01-01T00:00:00Z; `None` where its year is out of
    /// range.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        Self::from_unix(seconds, Fraction::NONE)
    }

    fn from_unix(seconds: i64, fraction: Fraction) -> Option<Self> {
        let date = Date::from_unix_days(seconds.div_euclid(86_400))?;
        let second = seconds.rem_euclid(86_400);
        let time = TimeOfDay::from_parts(
            u8::try_from(second / 3_600).ok()?,
            u8::try_from(second / 60 % 60).ok()?,
            u8::try_from(second % 60).ok()?,
            fraction,
        );
        Some(Self::utc(date, time))
    }

    /// The date that the clock shows.
    pub const fn date(self) -> Date {
        self.date
    }

    /// The time that the clock shows.
    pub const fn time(self) -> TimeOfDay {
        TimeOfDay::from_parts(self.hour, self.minute, self.second, self.fraction)
    }

    /// How many minutes the clock is before UTC.
    pub const fn offset_minutes(self) -> i16 {
        if self.offset == UTC { 0 } else { self.offset }
    }

    /// The number of whole seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> i64 {
        i64::from(self.date.unix_days()) * 86_400 + i64::from(self.time().second_of_day())
            - i64::from(self.offset_minutes()) * 60
    }

    /// The fraction of the second, cut to nanoseconds.
    pub fn nanosecond(self) -> u32 {
        self.fraction.nanoseconds()
    }

    /// The same point in time for the standard library; `None` where the platform has no such time.
    pub fn to_system_time(self) -> Option<SystemTime> {
        let seconds = self.unix_seconds();
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let time = if seconds < 0 {
            UNIX_EPOCH.checked_sub(whole)?
        } else {
            UNIX_EPOCH.checked_add(whole)?
        };
        time.checked_add(Duration::from_nanos(u64::from(self.nanosecond())))
    }

    fn key(self) -> (i64, u64) {
        (self.unix_seconds(), self.fraction.picoseconds())
    }

    fn parse(text: &mut Digits<'_>) -> Option<Self> {
        let date = Date::parse(text)?;
        if !text.take(b'T') && !text.take(b't') {
            return None;
        }
        let time = TimeOfDay::parse(text)?;
        if text.take(b'Z') || text.take(b'z') {
            return Some(Self::utc(date, time));
        }
        let is_negative = text.take(b'-');
        if !is_negative && !text.take(b'+') {
            return None;
        }
        let hours = text.two().filter(|hours| *hours < 24)?;
        let minutes = text.take(b':').then(|| text.two())?.filter(|minutes| *minutes < 60)?;
        let offset = i16::from(hours) * 60 + i16::from(minutes);
        Some(Self::from_parts(date, time, if is_negative { -offset } else { offset }))
    }
}

/// The point in time, shown in UTC with three, six or nine digits of a fraction as needed.
impl TryFrom<SystemTime> for DateTimeOffset {
    type Error = InvalidValue;

    fn try_from(time: SystemTime) -> Result<Self, InvalidValue> {
        let (seconds, nanoseconds) = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => (i64::try_from(after.as_secs()), after.subsec_nanos()),
            Err(error) => {
                let before = error.duration();
                let seconds = i64::try_from(before.as_secs()).map(|seconds| -seconds);
                match before.subsec_nanos() {
                    0 => (seconds, 0),
                    nanoseconds => {
                        (seconds.map(|seconds| seconds - 1), 1_000_000_000 - nanoseconds)
                    }
                }
            }
        };
        let fraction = Fraction::of_nanoseconds(nanoseconds).ok_or(INVALID)?;
        Self::from_unix(seconds.map_err(|_| INVALID)?, fraction).ok_or(INVALID)
    }
}

impl PartialEq for DateTimeOffset {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for DateTimeOffset {}

impl PartialOrd for DateTimeOffset {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTimeOffset {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for DateTimeOffset {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl Text for DateTimeOffset {
    fn is_canonical(&self, text: &str) -> bool {
        // What else can differ is the case of letters, seconds that are missing, and the sign of a zero offset.
        let offset = if self.offset == UTC { "Z".len() } else { "+00:00".len() };
        text.len() == self.date.length() + 1 + self.time().length() + offset
            && !text.bytes().any(|byte| byte.is_ascii_lowercase())
            && !(self.offset == 0 && text.ends_with("-00:00"))
    }
}

impl FromStr for DateTimeOffset {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let mut text = Digits(text.as_bytes());
        Self::parse(&mut text).filter(|_| text.is_done()).ok_or(INVALID)
    }
}

impl fmt::Display for DateTimeOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date.fmt(f)?;
        f.write_str("T")?;
        self.time().fmt(f)?;
        if self.offset == UTC {
            return f.write_str("Z");
        }
        f.write_str(if self.offset < 0 { "-" } else { "+" })?;
        let minutes = self.offset.unsigned_abs();
        push_two(f, u8::try_from(minutes / 60).unwrap_or(0))?;
        f.write_str(":")?;
        push_two(f, u8::try_from(minutes % 60).unwrap_or(0))
    }
}
