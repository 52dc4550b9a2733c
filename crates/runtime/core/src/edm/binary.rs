//! `Edm.Binary`: bytes as base64 text.
//!
//! OData writes base64url; services, Graph among them, also send the older alphabet. Both are read, with or
//! without padding. What is written is base64url with padding, which differs from the older form only where a
//! byte sequence needs one of two digits.

use super::{InvalidValue, as_text};
use std::fmt::{self, Write};
use std::str::FromStr;

/// A sequence of bytes.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Binary(Vec<u8>);

as_text!(Binary);

const INVALID: InvalidValue = InvalidValue::of("Edm.Binary");

impl Binary {
    /// These bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, given away.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Whether `text` is base64 in either alphabet.
    pub(crate) fn is_valid(text: &str) -> bool {
        decode(text, |_| {}).is_some()
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Binary {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl AsRef<[u8]> for Binary {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Calls `push` for each byte that `text` stands for; `None` where it is no base64.
fn decode(text: &str, mut push: impl FnMut(u8)) -> Option<()> {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    if digits.len() % 4 == 1 || padding > 2 || (padding > 0 && !text.len().is_multiple_of(4)) {
        return None;
    }
    let mut bits = 0_u32;
    let mut held = 0;
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(())
}

impl FromStr for Binary {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
        decode(text, |byte| bytes.push(byte)).ok_or(INVALID)?;
        Ok(Self(bytes))
    }
}

impl fmt::Display for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.chunks(3) {
            let mut bits = 0_u32;
            for index in 0..3 {
                bits = bits << 8 | u32::from(chunk.get(index).copied().unwrap_or(0));
            }
            for index in 0..4 {
                f.write_char(if index > chunk.len() {
                    '='
                } else {
                    digit(bits >> (18 - 6 * index) & 63)
                })?;
            }
        }
        Ok(())
    }
}

fn digit(value: u32) -> char {
    let value = u8::try_from(value).unwrap_or(0);
    char::from(match value {
        0..26 => b'A' + value,
        26..52 => b'a' + value - 26,
        52..62 => b'0' + value - 52,
        62 => b'-',
        _ => b'_',
    })
}
