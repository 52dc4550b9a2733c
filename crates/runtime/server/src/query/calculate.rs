//! Arithmetic on values in memory (URL Conventions, section 5.1.1.2): numbers, and points and lengths of time.
//!
//! `None` is null: where an operand is null, or is of a type that the operator does not take.

use msgraph_core::Dynamic;
use msgraph_core::edm::{Date, DateTimeOffset, Duration, TimeOfDay};
use rust_decimal::prelude::ToPrimitive as _;

use super::Arithmetic;
use super::failure::Failure;
use super::number::{Number, Rounding};

/// What comes of two values.
pub(super) fn arithmetic(
    one: &Dynamic<'_>,
    operator: Arithmetic,
    other: &Dynamic<'_>,
) -> Result<Option<Dynamic<'static>>, Failure> {
    use Arithmetic as A;
    use Dynamic as D;
    let result = match (one, operator, other) {
        (D::Duration(one), A::Add, D::Duration(other)) => {
            duration(nanoseconds(*one) + nanoseconds(*other))
        }
        (D::Duration(one), A::Sub, D::Duration(other)) => {
            duration(nanoseconds(*one) - nanoseconds(*other))
        }
        (D::Duration(one), A::Mul | A::Div | A::DivBy, factor)
        | (factor, A::Mul, D::Duration(one)) => match Number::of(factor) {
            Some(factor) => scaled(*one, operator, factor)?,
            None => return Ok(None),
        },
        (D::DateTimeOffset(one), A::Add, D::Duration(length)) => {
            moved(*one, nanoseconds(*length)).map(D::DateTimeOffset)
        }
        (D::DateTimeOffset(one), A::Sub, D::Duration(length)) => {
            moved(*one, -nanoseconds(*length)).map(D::DateTimeOffset)
        }
        (D::DateTimeOffset(one), A::Sub, D::DateTimeOffset(other)) => {
            duration(since_1970(*one) - since_1970(*other))
        }
        (D::Date(one), A::Add, D::Duration(length)) => days_later(*one, nanoseconds(*length)),
        (D::Date(one), A::Sub, D::Duration(length)) => days_later(*one, -nanoseconds(*length)),
        (D::Date(one), A::Sub, D::Date(other)) => {
            duration(i128::from(one.unix_days() - other.unix_days()) * DAY)
        }
        _ => match (Number::of(one), Number::of(other)) {
            (Some(one), Some(other)) => one.calculated(operator, other)?.into_value(),
            _ => return Ok(None),
        },
    };
    result.map(Some).ok_or(Failure::TooLarge)
}

/// The same value with the other sign.
pub(super) fn negated(value: &Dynamic<'_>) -> Option<Dynamic<'static>> {
    match value {
        Dynamic::Duration(value) => Some(Dynamic::Duration(value.negated())),
        value => Number::of(value)?.negated().into_value(),
    }
}

const SECOND: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * SECOND;

pub(super) fn nanoseconds(duration: Duration) -> i128 {
    let length = i128::from(duration.whole_seconds()) * SECOND + i128::from(duration.nanosecond());
    if duration.is_negative() { -length } else { length }
}

/// `None` where it is too long.
fn duration(nanoseconds: i128) -> Option<Dynamic<'static>> {
    let length = nanoseconds.unsigned_abs();
    let seconds = u64::try_from(length / SECOND.unsigned_abs()).ok()?;
    let rest = u32::try_from(length % SECOND.unsigned_abs()).ok()?;
    let length = Duration::from(std::time::Duration::new(seconds, rest));
    Some(Dynamic::Duration(if nanoseconds < 0 { length.negated() } else { length }))
}

fn scaled(
    length: Duration,
    operator: Arithmetic,
    factor: Number,
) -> Result<Option<Dynamic<'static>>, Failure> {
    let operator = if operator == Arithmetic::Mul { operator } else { Arithmetic::DivBy };
    if operator == Arithmetic::DivBy && factor.is_zero() {
        // No length of time is infinite.
        return Err(Failure::ByZero);
    }
    let length = rust_decimal::Decimal::try_from_i128_with_scale(nanoseconds(length), 0);
    let length = length.map_err(|_| Failure::TooLarge)?;
    let scaled = Number::Decimal(length).calculated(operator, factor)?;
    let nanoseconds = scaled.rounded(Rounding::Nearest).to_decimal().and_then(|all| all.to_i128());
    Ok(nanoseconds.and_then(duration))
}

/// Nanoseconds since 1970-01-01T00:00:00Z.
fn since_1970(time: DateTimeOffset) -> i128 {
    i128::from(time.unix_seconds()) * SECOND + i128::from(time.nanosecond())
}

/// What the same clock shows so many nanoseconds later; `None` where no calendar has it.
fn moved(time: DateTimeOffset, nanoseconds: i128) -> Option<DateTimeOffset> {
    let offset = time.offset_minutes();
    let shown = since_1970(time) + i128::from(offset) * 60 * SECOND;
    let shown = shown.checked_add(nanoseconds)?;
    let date = Date::from_unix_days(i64::try_from(shown.div_euclid(DAY)).ok()?)?;
    let of_day = shown.rem_euclid(DAY);
    let second = of_day / SECOND;
    let part = |number: i128| u8::try_from(number).ok();
    let (hour, minute) = (part(second / 3_600)?, part(second / 60 % 60)?);
    let clock = TimeOfDay::new(hour, minute, part(second % 60)?).ok()?;
    let clock = clock.with_nanosecond(u32::try_from(of_day % SECOND).ok()?).ok()?;
    DateTimeOffset::new(date, clock, offset).ok()
}

/// The day of the time that is so much later than midnight: a part of a day back is the day before.
fn days_later(date: Date, nanoseconds: i128) -> Option<Dynamic<'static>> {
    let days = i64::try_from(nanoseconds.div_euclid(DAY)).ok()?;
    Date::from_unix_days(i64::from(date.unix_days()).checked_add(days)?).map(Dynamic::Date)
}
