//! Digits: the small parser under dates, times and durations, and fractions that keep their length.
//!
//! A fraction of a second has up to twelve digits on the wire, and trailing zeros are kept: `.1230000` is shown
//! as it came.

use std::fmt::{self, Write};

/// What is left of a text that is being parsed.
pub(super) struct Digits<'a>(pub(super) &'a [u8]);

impl Digits<'_> {
    /// Exactly `count` digits; `count` is at most nine.
    pub(super) fn exactly(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let mut value = 0;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            value = value * 10 + u32::from(digit - b'0');
        }
        self.0 = rest;
        Some(value)
    }

    /// Exactly two digits.
    pub(super) fn two(&mut self) -> Option<u8> {
        u8::try_from(self.exactly(2)?).ok()
    }

    /// One digit or more; at most `max` of them.
    pub(super) fn some(&mut self, max: usize) -> Option<u64> {
        let count = self.count();
        if count == 0 || count > max {
            return None;
        }
        let (digits, rest) = self.0.split_at_checked(count)?;
        let mut value = 0_u64;
        for digit in digits {
            value = value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
        }
        self.0 = rest;
        Some(value)
    }

    /// The number of digits that come next.
    pub(super) fn count(&self) -> usize {
        self.0.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    /// Takes `byte` if it comes next.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if *first == byte => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    /// A fraction with its dot, if there is one.
    pub(super) fn fraction(&mut self) -> Option<Fraction> {
        if !self.take(b'.') {
            return Some(Fraction::NONE);
        }
        let count = self.count();
        let picoseconds = self.some(12)? * 10_u64.pow(12 - u32::try_from(count).ok()?);
        Fraction::new(picoseconds, u8::try_from(count).ok()?)
    }
}

/// A fraction of a second: picoseconds, and how many digits are shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Fraction {
    // Nanoseconds in two halves: aligned by two bytes, a `DateTimeOffset` is sixteen bytes long.
    high: u16,
    low: u16,
    /// The three digits below a nanosecond, times sixteen, plus the number of digits shown.
    rest: u16,
}

impl Fraction {
    pub(super) const NONE: Self = Self { high: 0, low: 0, rest: 0 };

    /// `None` from a whole second on.
    fn new(picoseconds: u64, digits: u8) -> Option<Self> {
        let nanoseconds = u32::try_from(picoseconds / 1_000).ok()?;
        let below = u16::try_from(picoseconds % 1_000).ok()?;
        (nanoseconds < 1_000_000_000).then_some(Self {
            high: u16::try_from(nanoseconds >> 16).ok()?,
            low: u16::try_from(nanoseconds & 0xffff).ok()?,
            rest: below * 16 + u16::from(digits),
        })
    }

    /// The fraction with as many groups of three digits as it takes; `None` from a whole second on.
    pub(super) fn of_nanoseconds(nanoseconds: u32) -> Option<Self> {
        let digits = match nanoseconds {
            0 => 0,
            n if n % 1_000_000 == 0 => 3,
            n if n % 1_000 == 0 => 6,
            _ => 9,
        };
        Self::new(u64::from(nanoseconds) * 1_000, digits)
    }

    pub(super) fn nanoseconds(self) -> u32 {
        u32::from(self.high) << 16 | u32::from(self.low)
    }

    pub(super) fn picoseconds(self) -> u64 {
        u64::from(self.nanoseconds()) * 1_000 + u64::from(self.rest / 16)
    }

    pub(super) fn is_zero(self) -> bool {
        self.picoseconds() == 0
    }

    pub(super) fn digits(self) -> usize {
        usize::from(self.rest % 16)
    }
}

/// The dot and the digits, or nothing.
impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        if digits == 0 {
            return Ok(());
        }
        let hidden = 10_u64.pow(u32::try_from(12_usize.saturating_sub(digits)).unwrap_or(0));
        write!(f, ".{:0digits$}", self.picoseconds() / hidden)
    }
}

/// Whether `value` is shown exactly as `text`.
pub(super) fn is_shown_as(value: &impl fmt::Display, text: &str) -> bool {
    struct Rest<'a>(&'a str);
    impl Write for Rest<'_> {
        fn write_str(&mut self, part: &str) -> fmt::Result {
            self.0 = self.0.strip_prefix(part).ok_or(fmt::Error)?;
            Ok(())
        }
    }
    let mut rest = Rest(text);
    write!(rest, "{value}").is_ok() && rest.0.is_empty()
}

/// Appends `value` as exactly two digits.
pub(super) fn push_two(f: &mut fmt::Formatter<'_>, value: u8) -> fmt::Result {
    f.write_char(char::from(b'0' + value / 10 % 10))?;
    f.write_char(char::from(b'0' + value % 10))
}
