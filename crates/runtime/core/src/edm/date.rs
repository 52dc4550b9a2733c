//! `Edm.Date`: a day of the proleptic Gregorian calendar, such as `2024-02-29`.
//!
//! Years have four digits or, from 10,000 on, five; a year before 0 has a sign.

use super::digits::{Digits, push_two};
use super::{InvalidValue, Text, as_text};
use std::fmt;
use std::str::FromStr;

/// A day without a time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

as_text!(Date);

const INVALID: InvalidValue = InvalidValue::of("Edm.Date");

impl Date {
    /// The day, if the calendar has it.
    ///
    /// # Errors
    /// Where there is no such day.
    pub const fn new(year: i16, month: u8, day: u8) -> Result<Self, InvalidValue> {
        if month == 0 || month > 12 || day == 0 || day > days_of(year, month) {
            return Err(INVALID);
        }
        Ok(Self { year, month, day })
    }

    /// The year.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, from 1.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The number of days since 1970-01-01.
    pub fn unix_days(self) -> i32 {
        // Years begin in March, so that a leap day is the last of its year.
        let year = i32::from(self.year) - i32::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = (i32::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i32::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day that is `days` days after 1970-01-01; `None` where its year is out of range.
    pub fn from_unix_days(days: i64) -> Option<Self> {
        let days = days.checked_add(719_468)?;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era.checked_mul(400)? + year_of_era + i64::from(month <= 2);
        Self::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
            .ok()
    }

    /// The number of characters that are shown.
    pub(super) fn length(self) -> usize {
        10 + usize::from(self.year < 0) + usize::from(self.year.unsigned_abs() > 9_999)
    }

    pub(super) fn parse(text: &mut Digits<'_>) -> Option<Self> {
        let is_negative = text.take(b'-');
        let length = text.count();
        let is_padded = text.0.first() == Some(&b'0');
        if length < 4 || (length > 4 && is_padded) {
            return None;
        }
        let year = i32::try_from(text.some(5)?).ok()?;
        if is_negative && year == 0 {
            return None;
        }
        let year = i16::try_from(if is_negative { -year } else { year }).ok()?;
        let month = text.take(b'-').then(|| text.two())??;
        let day = text.take(b'-').then(|| text.two())??;
        Self::new(year, month, day).ok()
    }
}

const fn days_of(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Text for Date {
    fn is_canonical(&self, _: &str) -> bool {
        // There is one way only to write a date.
        true
    }
}

impl FromStr for Date {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let mut text = Digits(text.as_bytes());
        Self::parse(&mut text).filter(|_| text.is_done()).ok_or(INVALID)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match u8::try_from(self.year / 100) {
            Ok(century @ 0..=99) if self.year >= 0 => {
                push_two(f, century)?;
                push_two(f, u8::try_from(self.year % 100).unwrap_or(0))?;
            }
            _ if self.year < 0 => write!(f, "-{:04}", self.year.unsigned_abs())?,
            _ => write!(f, "{:04}", self.year)?,
        }
        f.write_str("-")?;
        push_two(f, self.month)?;
        f.write_str("-")?;
        push_two(f, self.day)
    }
}
