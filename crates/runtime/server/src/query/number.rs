//! Numbers of all types in arithmetic: two go in, one comes out, of the type that both are promoted to
//! (URL Conventions, section 5.1.1.16): integer, decimal, floating point.
//!
//! An integer that is too large for its type is a decimal number, and a floating point number is infinite where the
//! specification has it. Decimal numbers have 28 digits here; longer ones are rounded.

use std::cmp::Ordering;

use msgraph_core::Dynamic;
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use super::Arithmetic;
use super::failure::Failure;

#[derive(Debug, Clone, Copy)]
pub(super) enum Number {
    Integer(i64),
    Decimal(Decimal),
    Double(f64),
}

/// Which whole number is taken for one that is none.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rounding {
    Down,
    Up,
    /// The nearest; of two, the one that is farther from zero.
    Nearest,
}

impl Number {
    pub(super) fn of(value: &Dynamic<'_>) -> Option<Self> {
        match value {
            Dynamic::Integer(value) => Some(Self::Integer(*value)),
            Dynamic::Double(value) => Some(Self::Double(*value)),
            Dynamic::Decimal(value) => Some(Self::of_text(value.as_str())),
            _ => None,
        }
    }

    /// A number that is too large for a decimal one is a floating point one.
    fn of_text(text: &str) -> Self {
        let decimal = text.parse().or_else(|_| Decimal::from_scientific(text));
        decimal.map_or_else(|_| Self::Double(text.parse().unwrap_or(f64::NAN)), Self::Decimal)
    }

    pub(super) fn into_value(self) -> Option<Dynamic<'static>> {
        match self {
            Self::Integer(value) => Some(Dynamic::Integer(value)),
            Self::Double(value) => Some(Dynamic::Double(value)),
            Self::Decimal(value) => value.to_string().parse().ok().map(Dynamic::Decimal),
        }
    }

    pub(super) fn negated(self) -> Self {
        match self {
            Self::Integer(value) => match value.checked_neg() {
                Some(value) => Self::Integer(value),
                None => Self::Decimal(-Decimal::from(value)),
            },
            Self::Decimal(value) => Self::Decimal(-value),
            Self::Double(value) => Self::Double(-value),
        }
    }

    pub(super) fn is_zero(self) -> bool {
        match self {
            Self::Integer(value) => value == 0,
            Self::Decimal(value) => value.is_zero(),
            Self::Double(value) => value == 0.0,
        }
    }

    pub(super) fn rounded(self, rounding: Rounding) -> Self {
        match self {
            Self::Integer(_) => self,
            Self::Decimal(value) => Self::Decimal(match rounding {
                Rounding::Down => value.floor(),
                Rounding::Up => value.ceil(),
                Rounding::Nearest => {
                    value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
                }
            }),
            Self::Double(value) => Self::Double(match rounding {
                Rounding::Down => value.floor(),
                Rounding::Up => value.ceil(),
                Rounding::Nearest => value.round(),
            }),
        }
    }

    /// The nearest whole number, if there is one in this range.
    pub(super) fn to_integer(self) -> Option<i64> {
        match self.rounded(Rounding::Nearest) {
            Self::Integer(value) => Some(value),
            Self::Decimal(value) => value.to_i64(),
            Self::Double(value) => Decimal::try_from(value).ok()?.to_i64(),
        }
    }

    pub(super) fn to_double(self) -> f64 {
        match self {
            // Decimal digits are read to the nearest floating point number.
            Self::Integer(value) => value.to_string().parse().unwrap_or(f64::NAN),
            Self::Decimal(value) => value.to_string().parse().unwrap_or(f64::NAN),
            Self::Double(value) => value,
        }
    }

    pub(super) fn to_decimal(self) -> Option<Decimal> {
        match self {
            Self::Integer(value) => Some(value.into()),
            Self::Decimal(value) => Some(value),
            Self::Double(value) => value.to_string().parse().ok(),
        }
    }

    /// What comes of two numbers (section 5.1.1.2). Of a division by zero that is something where it may be infinite: by
    /// `divby`, and by `div` of floating point numbers.
    pub(super) fn calculated(self, operator: Arithmetic, other: Self) -> Result<Self, Failure> {
        use Arithmetic as A;
        let is_double = matches!((self, other), (Self::Double(_), _) | (_, Self::Double(_)));
        let needs_divisor = operator == A::Mod || (operator == A::Div && !is_double);
        if needs_divisor && other.is_zero() {
            return Err(Failure::ByZero);
        }
        match (self, other) {
            _ if is_double => {
                Ok(Self::Double(doubles(self.to_double(), operator, other.to_double())))
            }
            (Self::Integer(one), Self::Integer(other)) if operator != A::DivBy => {
                match integers(one, operator, other) {
                    Some(value) => Ok(Self::Integer(value)),
                    None => decimals(one.into(), operator, other.into()),
                }
            }
            _ => match (self.to_decimal(), other.to_decimal()) {
                (Some(one), Some(other)) => decimals(one, operator, other),
                _ => Err(Failure::TooLarge),
            },
        }
    }
}

/// `None` where it is too large.
fn integers(one: i64, operator: Arithmetic, other: i64) -> Option<i64> {
    match operator {
        Arithmetic::Add => one.checked_add(other),
        Arithmetic::Sub => one.checked_sub(other),
        Arithmetic::Mul => one.checked_mul(other),
        Arithmetic::Div | Arithmetic::DivBy => one.checked_div(other),
        Arithmetic::Mod => one.checked_rem(other),
    }
}

fn decimals(one: Decimal, operator: Arithmetic, other: Decimal) -> Result<Number, Failure> {
    let value = match operator {
        Arithmetic::Add => one.checked_add(other),
        Arithmetic::Sub => one.checked_sub(other),
        Arithmetic::Mul => one.checked_mul(other),
        Arithmetic::DivBy if other.is_zero() => {
            return Ok(Number::Double(match one.cmp(&Decimal::ZERO) {
                Ordering::Less => f64::NEG_INFINITY,
                Ordering::Equal => f64::NAN,
                Ordering::Greater => f64::INFINITY,
            }));
        }
        Arithmetic::Div | Arithmetic::DivBy => one.checked_div(other),
        Arithmetic::Mod => one.checked_rem(other),
    };
    value.map(Number::Decimal).ok_or(Failure::TooLarge)
}

fn doubles(one: f64, operator: Arithmetic, other: f64) -> f64 {
    match operator {
        Arithmetic::Add => one + other,
        Arithmetic::Sub => one - other,
        Arithmetic::Mul => one * other,
        Arithmetic::Div | Arithmetic::DivBy => one / other,
        Arithmetic::Mod => one % other,
    }
}
