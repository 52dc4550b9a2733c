//! `Edm.Decimal`: a decimal number of any length, kept as it is written.
//!
//! Arithmetic is left to the crate of the user's choice; this type carries the digits there and back.

use super::InvalidValue;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A decimal number, such as `79228162514264337593543950335` or `-1.50`.
///
/// Numbers are equal where they have the same value: `1.5` and `1.50` are.
#[derive(Clone)]
pub struct Decimal(Box<str>);

const INVALID: InvalidValue = InvalidValue::of("Edm.Decimal");

impl Decimal {
    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest floating point number.
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The sign, the digits without zeros at either end, and the power of ten of the last digit.
    fn parts(&self) -> (bool, String, i64) {
        let (is_negative, number) = match self.0.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, &*self.0),
        };
        let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = [whole, fraction].concat();
        let significant = digits.trim_end_matches('0');
        // An exponent that is too long for a number makes the value as good as infinite or zero.
        let farthest = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
        let exponent = exponent.parse::<i64>().unwrap_or(farthest);
        let shift = i64::try_from(digits.len() - significant.len()).unwrap_or(0)
            - i64::try_from(fraction.len()).unwrap_or(0);
        let significant = significant.trim_start_matches('0').to_owned();
        if significant.is_empty() {
            return (false, significant, 0);
        }
        (is_negative, significant, exponent.saturating_add(shift))
    }
}

impl FromStr for Decimal {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        // The same grammar as a number of JSON, so that it can stand in one.
        if crate::scan::is_number(text) { Ok(Self(text.into())) } else { Err(INVALID) }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.parts() == other.parts()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By value, whatever the number of digits.
impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        /// Of two numbers that are not zero and have the same sign: by the place of the first digit, then by digits.
        fn magnitude(digits: &str, exponent: i64) -> (i64, &str) {
            (i64::try_from(digits.len()).unwrap_or(i64::MAX).saturating_add(exponent), digits)
        }
        fn sign(is_negative: bool, digits: &str) -> i8 {
            if digits.is_empty() { 0 } else { 1 - 2 * i8::from(is_negative) }
        }
        let (own_negative, own_digits, own_exponent) = self.parts();
        let (other_negative, other_digits, other_exponent) = other.parts();
        let own_sign = sign(own_negative, &own_digits);
        let by_sign = own_sign.cmp(&sign(other_negative, &other_digits));
        by_sign.then_with(|| {
            let own = magnitude(&own_digits, own_exponent);
            let order = own.cmp(&magnitude(&other_digits, other_exponent));
            if own_sign < 0 { order.reverse() } else { order }
        })
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

macro_rules! from_integer {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Decimal {
            fn from(value: $integer) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}
from_integer!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128);

/// The shortest decimal number that is nearest to this floating point number.
impl TryFrom<f64> for Decimal {
    type Error = InvalidValue;

    fn try_from(value: f64) -> Result<Self, InvalidValue> {
        if value.is_finite() { Ok(Self(value.to_string().into())) } else { Err(INVALID) }
    }
}

/// Serialized as text, since a number would lose digits on the way through most formats.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl de::Visitor<'_> for Number {
            type Value = Decimal;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal number")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Decimal, E> {
                Ok(value.into())
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Decimal, E> {
                Ok(value.into())
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Decimal, E> {
                value.try_into().map_err(E::custom)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Number)
    }
}
