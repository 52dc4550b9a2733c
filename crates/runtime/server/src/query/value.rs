//! How values compare (URL Conventions, section 5.1.1.1): numbers by value whatever their types, points in time by
//! the instant, texts by their characters' code points, members of enumerations by their values.

use std::borrow::Cow;
use std::cmp::Ordering;

use msgraph_core::edm::{Date, DateTimeOffset, Decimal, TimeOfDay};
use msgraph_core::{Dynamic, EnumTable, EnumValue, FlagsValue};

use super::{Comparison, Literal};

/// A literal as what it is compared as: a member of an enumeration by its text.
pub(super) fn of_literal(literal: &Literal) -> Dynamic<'_> {
    match literal {
        Literal::Null => Dynamic::Null,
        Literal::Boolean(value) => Dynamic::Boolean(*value),
        Literal::Integer(value) => Dynamic::Integer(*value),
        Literal::Decimal(value) => Dynamic::Decimal(value.clone()),
        Literal::Double(value) => Dynamic::Double(*value),
        Literal::Text(text) | Literal::Enum { member: text, .. } => {
            Dynamic::Text(Cow::Borrowed(text))
        }
        Literal::Date(value) => Dynamic::Date(*value),
        Literal::DateTimeOffset(value) => Dynamic::DateTimeOffset(*value),
        Literal::TimeOfDay(value) => Dynamic::TimeOfDay(*value),
        Literal::Duration(value) => Dynamic::Duration(*value),
        Literal::Guid(value) => Dynamic::Guid(*value),
        Literal::Binary(value) => Dynamic::Binary(value.clone()),
    }
}

/// Whether the comparison holds. Null is equal to itself alone, and neither more nor less than anything.
pub(super) fn compare(one: &Dynamic<'_>, comparison: Comparison, other: &Dynamic<'_>) -> bool {
    if one.is_null() || other.is_null() {
        let is_same = one.is_null() && other.is_null();
        return match comparison {
            Comparison::Equal | Comparison::LessOrEqual | Comparison::GreaterOrEqual => is_same,
            Comparison::NotEqual => !is_same,
            Comparison::Less | Comparison::Greater => false,
        };
    }
    let order = order(one, other);
    match comparison {
        Comparison::Equal => order == Some(Ordering::Equal),
        Comparison::NotEqual => order != Some(Ordering::Equal),
        Comparison::Less => order.is_some_and(Ordering::is_lt),
        Comparison::LessOrEqual => order.is_some_and(Ordering::is_le),
        Comparison::Greater => order.is_some_and(Ordering::is_gt),
        Comparison::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
    }
}

/// Whether a set of members has all of `members`; `None` where one of them is null.
pub(super) fn has(set: &Dynamic<'_>, members: &Dynamic<'_>) -> Option<bool> {
    match (set, members) {
        (Dynamic::Null, _) | (_, Dynamic::Null) => None,
        (Dynamic::Flags(set, table), members) => {
            let wanted = flags_of(members, table)?;
            Some(wanted.values().iter().all(|member| set.contains(member, table)))
        }
        (one, other) => Some(compare(one, Comparison::Equal, other)),
    }
}

/// The order of two values that are not null; `None` where there is none.
fn order(one: &Dynamic<'_>, other: &Dynamic<'_>) -> Option<Ordering> {
    match (one, other) {
        (Dynamic::Enum(one, table), Dynamic::Text(text)) => {
            Some(order_of_members(one, &EnumValue::from_text(text, table), table))
        }
        (Dynamic::Text(_), Dynamic::Enum(..)) => order(other, one).map(Ordering::reverse),
        (Dynamic::Flags(one, table), other @ (Dynamic::Text(_) | Dynamic::Enum(..))) => {
            Some(order_of_sets(one, flags_of(other, table)?.as_ref(), table))
        }
        (Dynamic::Text(_) | Dynamic::Enum(..), Dynamic::Flags(..)) => {
            order(other, one).map(Ordering::reverse)
        }
        (Dynamic::Double(value), _) | (_, Dynamic::Double(value)) if value.is_nan() => None,
        _ if class(one) == class(other) && class(one) != OTHERS => Some(total_order(one, other)),
        _ => None,
    }
}

fn flags_of<'a>(value: &'a Dynamic<'_>, table: &EnumTable) -> Option<Cow<'a, FlagsValue>> {
    match value {
        Dynamic::Flags(value, _) => Some(Cow::Borrowed(&**value)),
        Dynamic::Text(text) => Some(Cow::Owned(FlagsValue::from_text(text, table))),
        Dynamic::Enum(value, own) => {
            Some(Cow::Owned(FlagsValue::from_text(value.as_str(own), table)))
        }
        _ => None,
    }
}

/// The class of values that have no order.
const OTHERS: u8 = u8::MAX;

/// Values of one class are comparable.
fn class(value: &Dynamic<'_>) -> u8 {
    match value {
        Dynamic::Null => 0,
        Dynamic::Boolean(_) => 1,
        Dynamic::Integer(_) | Dynamic::Double(_) | Dynamic::Decimal(_) => 2,
        Dynamic::Text(_) => 3,
        Dynamic::Date(_) | Dynamic::DateTimeOffset(_) => 4,
        Dynamic::TimeOfDay(_) => 5,
        Dynamic::Duration(_) => 6,
        Dynamic::Guid(_) => 7,
        Dynamic::Binary(_) => 8,
        Dynamic::Enum(..) => 9,
        Dynamic::Flags(..) => 10,
        Dynamic::Object(_) | Dynamic::Items(_) | Dynamic::Json(_) => OTHERS,
    }
}

/// An order of all values, null first; sorting needs one, whatever stands in an open type.
pub(super) fn total_order(one: &Dynamic<'_>, other: &Dynamic<'_>) -> Ordering {
    use Dynamic as D;
    match (one, other) {
        (D::Boolean(one), D::Boolean(other)) => one.cmp(other),
        (D::Integer(one), D::Integer(other)) => one.cmp(other),
        (D::Text(one), D::Text(other)) => one.cmp(other),
        (D::TimeOfDay(one), D::TimeOfDay(other)) => one.cmp(other),
        (D::Duration(one), D::Duration(other)) => one.cmp(other),
        (D::Guid(one), D::Guid(other)) => one.cmp(other),
        (D::Binary(one), D::Binary(other)) => one.cmp(other),
        (D::Enum(one, table), D::Enum(other, _)) => order_of_members(one, other, table),
        (D::Flags(one, table), D::Flags(other, _)) => order_of_sets(one, other, table),
        _ => class(one)
            .cmp(&class(other))
            .then_with(|| instant(one).cmp(&instant(other)))
            .then_with(|| order_of_numbers(one, other)),
    }
}

/// A date is its first moment in UTC.
fn instant(value: &Dynamic<'_>) -> Option<DateTimeOffset> {
    let midnight = |date: Date| {
        TimeOfDay::new(0, 0, 0).ok().map(|midnight| DateTimeOffset::utc(date, midnight))
    };
    match value {
        Dynamic::Date(date) => midnight(*date),
        Dynamic::DateTimeOffset(value) => Some(*value),
        _ => None,
    }
}

/// What is no number comes first, then what is infinite and negative.
fn order_of_numbers(one: &Dynamic<'_>, other: &Dynamic<'_>) -> Ordering {
    fn key(value: &Dynamic<'_>) -> (i8, Option<Decimal>) {
        match value {
            Dynamic::Integer(value) => (0, Some(Decimal::from(*value))),
            Dynamic::Decimal(value) => (0, Some(value.clone())),
            Dynamic::Double(f64::INFINITY) => (1, None),
            Dynamic::Double(f64::NEG_INFINITY) => (-1, None),
            Dynamic::Double(value) => match Decimal::try_from(*value) {
                Ok(value) => (0, Some(value)),
                Err(_) => (-2, None),
            },
            _ => (0, None),
        }
    }
    key(one).cmp(&key(other))
}

/// By value, then those that are unknown, by their texts.
fn order_of_members(one: &EnumValue, other: &EnumValue, table: &EnumTable) -> Ordering {
    let key = |value: &EnumValue| {
        let number = value.index().and_then(|index| table.value_of(index));
        let text = number.is_none().then(|| value.as_str(table).to_owned());
        (number.is_none(), number, text)
    };
    key(one).cmp(&key(other))
}

fn order_of_sets(one: &FlagsValue, other: &FlagsValue, table: &EnumTable) -> Ordering {
    let key = |value: &FlagsValue| (value.bits(table), value.to_text(table));
    key(one).cmp(&key(other))
}
