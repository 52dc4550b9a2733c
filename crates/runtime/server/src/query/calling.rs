//! Functions on values in memory (URL Conventions, sections 5.1.1.5 to 5.1.1.8).
//!
//! `None` is null: where an argument is null, or is of a type that the function does not take. Texts are counted in
//! characters, and are made no longer than [`LONGEST`], so that a short filter does not fill the memory.

use std::borrow::Cow;

use msgraph_core::Dynamic;
use msgraph_core::edm::{Date, TimeOfDay};
use rust_decimal::Decimal;

use super::failure::Failure;
use super::number::{Number, Rounding};
use super::{Function, calculate};

/// The most bytes of a text that is made of two.
pub(super) const LONGEST: usize = 4 * 1024 * 1024;

/// What a function gives.
pub(super) fn call<'a>(
    function: Function,
    arguments: &[Dynamic<'a>],
) -> Result<Option<Dynamic<'a>>, Failure> {
    let text = |index: usize| arguments.get(index).and_then(text_of);
    let number = |index: usize| arguments.get(index).and_then(whole);
    match (function, text(0)) {
        (Function::Concat, Some(one)) => text(1).map(|other| joined(one, other)).transpose(),
        (Function::Substring, Some(text)) => {
            let Some(start) = number(1) else { return Ok(None) };
            let length = match (arguments.len(), number(2)) {
                (..3, _) => usize::MAX,
                (_, Some(length)) => {
                    usize::try_from(length).map_err(|_| Failure::NegativeLength)?
                }
                (_, None) => return Ok(None),
            };
            Ok(Some(owned(substring(text, start, length))))
        }
        _ => Ok(call_surely(function, arguments)),
    }
}

/// What a function gives that never fails.
fn call_surely<'a>(function: Function, arguments: &[Dynamic<'a>]) -> Option<Dynamic<'a>> {
    use Function as F;
    let first = arguments.first();
    let text = |index: usize| arguments.get(index).and_then(text_of);
    let rounded = |rounding| Number::of(first?)?.rounded(rounding).into_value();
    Some(match function {
        F::StartsWith => Dynamic::Boolean(text(0)?.starts_with(text(1)?)),
        F::EndsWith => Dynamic::Boolean(text(0)?.ends_with(text(1)?)),
        F::Contains => Dynamic::Boolean(text(0)?.contains(text(1)?)),
        F::ToLower => owned(text(0)?.to_lowercase()),
        F::ToUpper => owned(text(0)?.to_uppercase()),
        F::Length => integer(text(0)?.chars().count()),
        F::IndexOf => {
            let (all, part) = (text(0)?, text(1)?);
            match all.find(part).and_then(|at| all.get(..at)) {
                Some(before) => integer(before.chars().count()),
                None => Dynamic::Integer(-1),
            }
        }
        F::Trim => owned(text(0)?.trim().to_owned()),
        F::Year => Dynamic::Integer(date_of(first?)?.year().into()),
        F::Month => Dynamic::Integer(date_of(first?)?.month().into()),
        F::Day => Dynamic::Integer(date_of(first?)?.day().into()),
        F::Hour => Dynamic::Integer(time_of(first?)?.hour().into()),
        F::Minute => Dynamic::Integer(time_of(first?)?.minute().into()),
        F::Second => Dynamic::Integer(time_of(first?)?.second().into()),
        F::FractionalSeconds => seconds(time_of(first?)?.nanosecond().into())?,
        F::Date => Dynamic::Date(date_of(first?)?),
        F::Time => Dynamic::TimeOfDay(time_of(first?)?),
        F::TotalOffsetMinutes => match first? {
            Dynamic::DateTimeOffset(time) => Dynamic::Integer(time.offset_minutes().into()),
            _ => return None,
        },
        F::TotalSeconds => match first? {
            Dynamic::Duration(length) => seconds(calculate::nanoseconds(*length))?,
            _ => return None,
        },
        F::Round => rounded(Rounding::Nearest)?,
        F::Floor => rounded(Rounding::Down)?,
        F::Ceiling => rounded(Rounding::Up)?,
        F::Concat | F::Substring => return None,
        // They are literals once they have been read.
        F::Now | F::MinDateTime | F::MaxDateTime => return None,
    })
}

fn owned(text: String) -> Dynamic<'static> {
    Dynamic::Text(Cow::Owned(text))
}

fn joined(one: &str, other: &str) -> Result<Dynamic<'static>, Failure> {
    if one.len().saturating_add(other.len()) > LONGEST {
        return Err(Failure::TooLong);
    }
    Ok(owned([one, other].concat()))
}

pub(super) fn integer(value: usize) -> Dynamic<'static> {
    i64::try_from(value).map_or(Dynamic::Null, Dynamic::Integer)
}

pub(super) fn text_of<'v>(value: &'v Dynamic<'_>) -> Option<&'v str> {
    match value {
        Dynamic::Text(text) => Some(text),
        Dynamic::Enum(value, table) => Some(value.as_str(table)),
        _ => None,
    }
}

fn whole(value: &Dynamic<'_>) -> Option<i64> {
    match Number::of(value)? {
        Number::Integer(value) => Some(value),
        number => number.to_integer(),
    }
}

/// A negative start counts from the end.
fn substring(text: &str, start: i64, length: usize) -> String {
    let start = match usize::try_from(start) {
        Ok(start) => start,
        Err(_) => {
            let back = usize::try_from(start.unsigned_abs()).unwrap_or(usize::MAX);
            text.chars().count().saturating_sub(back)
        }
    };
    text.chars().skip(start).take(length).collect()
}

/// Nanoseconds as seconds with their fraction.
fn seconds(nanoseconds: i128) -> Option<Dynamic<'static>> {
    let seconds = Decimal::try_from_i128_with_scale(nanoseconds, 9).ok()?;
    Number::Decimal(seconds.normalize()).into_value()
}

fn date_of(value: &Dynamic<'_>) -> Option<Date> {
    match value {
        Dynamic::Date(date) => Some(*date),
        Dynamic::DateTimeOffset(value) => Some(value.date()),
        _ => None,
    }
}

fn time_of(value: &Dynamic<'_>) -> Option<TimeOfDay> {
    match value {
        Dynamic::TimeOfDay(time) => Some(*time),
        Dynamic::DateTimeOffset(value) => Some(value.time()),
        _ => None,
    }
}
