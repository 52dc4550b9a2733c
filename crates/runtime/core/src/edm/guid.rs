//! `Edm.Guid`: sixteen bytes as `8-4-4-4-12` hexadecimal digits.
//!
//! Digits are read in either case and shown in lower case.

use super::{InvalidValue, Text, as_text};
use std::fmt;
use std::str::FromStr;

/// A globally unique identifier.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guid([u8; 16]);

as_text!(Guid);

const INVALID: InvalidValue = InvalidValue::of("Edm.Guid");

impl Guid {
    /// The identifier with these bytes, in the order in which they are written.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes, in the order in which they are written.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The identifier whose digits are those of `value`.
    pub const fn from_u128(value: u128) -> Self {
        Self(value.to_be_bytes())
    }

    /// The digits as one number.
    pub const fn to_u128(self) -> u128 {
        u128::from_be_bytes(self.0)
    }
}

/// The lengths of the parts between the hyphens.
const PARTS: [usize; 5] = [8, 4, 4, 4, 12];

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

impl Text for Guid {
    fn is_canonical(&self, text: &str) -> bool {
        !text.bytes().any(|byte| byte.is_ascii_uppercase())
    }
}

impl FromStr for Guid {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        if text.len() != 36 {
            return Err(INVALID);
        }
        let mut value = 0_u128;
        for (part, length) in text.as_bytes().split(|byte| *byte == b'-').zip(PARTS) {
            if part.len() != length {
                return Err(INVALID);
            }
            let mut digits = 0_u64;
            for digit in part {
                digits = digits << 4 | u64::from(nibble(*digit).ok_or(INVALID)?);
            }
            value = value << (4 * length) | u128::from(digits);
        }
        Ok(Self::from_u128(value))
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(36);
        for (index, byte) in self.0.into_iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            text.push(digit(byte >> 4));
            text.push(digit(byte & 15));
        }
        f.write_str(&text)
    }
}

fn digit(nibble: u8) -> char {
    char::from(if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 })
}
