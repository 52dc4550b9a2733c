//! Comparing: objects are equal where they have the same type and the same members with the same values.
//!
//! Absent and null differ. The order of undeclared members does not matter, nor does how a value is written:
//! `PT90M` is `PT1H30M`. An `@odata.type` that says what the table says as well makes no difference.

use crate::control::{More, Name, TYPE, is_same};
use crate::edm::Decimal;
use crate::value::Value;
use crate::{Json, Object};
use std::str::FromStr;

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.table().is_same(other.table())
            && same_members(self.members(), other.members())
            && same_more(self, other)
    }
}

fn same_members(one: &[Value], other: &[Value]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| one.slot() == other.slot() && one == other)
}

fn same_more(one: &Object, other: &Object) -> bool {
    if one.more().is_none() && other.more().is_none() {
        return true;
    }
    let empty = More::default();
    let (first, second) = (one.more().unwrap_or(&empty), other.more().unwrap_or(&empty));
    first.instead == second.instead
        && same_pairs(sorted(&first.unknown, None), sorted(&second.unknown, None))
        && same_pairs(sorted(&first.control, Some(one)), sorted(&second.control, Some(other)))
}

/// The pairs by name; of control information only what tells more than the table.
fn sorted<'a>(pairs: &'a [(Name, Json)], owner: Option<&Object>) -> Vec<&'a (Name, Json)> {
    let says_nothing = |name: &str| {
        owner.is_some_and(|object| is_same(name, TYPE) && object.type_name() == object.table().name)
    };
    let mut pairs: Vec<_> = pairs.iter().filter(|(name, _)| !says_nothing(name)).collect();
    pairs.sort_by(|one, other| one.0.cmp(&other.0));
    pairs
}

fn same_pairs(one: Vec<&(Name, Json)>, other: Vec<&(Name, Json)>) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| is_same(&one.0, &other.0) && one.1 == other.1)
}

/// Of the values alone, whatever slots they stand in.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self.as_text(), other.as_text()) {
            (Some(one), Some(other)) => one == other,
            (Some(text), None) => is_as(other, text),
            (None, Some(text)) => is_as(self, text),
            (None, None) => same(self, other),
        }
    }
}

/// Whether a value is what `text` says: it has kept its text where that was not the canonical one.
fn is_as(value: &Value, text: &str) -> bool {
    match value {
        Value::Number(_, number) => same_text::<Decimal>(number, text),
        Value::Integer(_, integer) => is(integer, text),
        Value::Date(_, value) => is(value, text),
        Value::DateTimeOffset(_, value) => is(value, text),
        Value::TimeOfDay(_, value) => is(value, text),
        Value::Duration(_, value) => is(value, text),
        Value::Guid(_, value) => is(value, text),
        _ => false,
    }
}

/// Of values that are no texts.
fn same(one: &Value, other: &Value) -> bool {
    use Value as V;
    match (one, other) {
        (V::Null(_), V::Null(_)) => true,
        (V::Boolean(_, one), V::Boolean(_, other)) => one == other,
        (V::Integer(_, one), V::Integer(_, other)) => one == other,
        // Not-a-number is itself here: it is what the member holds.
        (V::Double(_, one), V::Double(_, other)) => one == other || one.is_nan() && other.is_nan(),
        #[expect(clippy::cast_precision_loss, reason = "the same number, written otherwise")]
        (V::Integer(_, integer), V::Double(_, double))
        | (V::Double(_, double), V::Integer(_, integer)) => *double == *integer as f64,
        // A number that has kept its digits.
        (V::Double(_, double), V::Number(_, text)) | (V::Number(_, text), V::Double(_, double)) => {
            is(double, text)
        }
        (V::Integer(_, integer), V::Number(_, text))
        | (V::Number(_, text), V::Integer(_, integer)) => is(&Decimal::from(*integer), text),
        (V::Number(_, one), V::Number(_, other)) => same_text::<Decimal>(one, other),
        (V::Date(_, one), V::Date(_, other)) => one == other,
        (V::DateTimeOffset(_, one), V::DateTimeOffset(_, other)) => one == other,
        (V::TimeOfDay(_, one), V::TimeOfDay(_, other)) => one == other,
        (V::Duration(_, one), V::Duration(_, other)) => one == other,
        (V::Guid(_, one), V::Guid(_, other)) => one == other,
        (V::Enum(_, one), V::Enum(_, other)) => one == other,
        (V::Flags(_, one), V::Flags(_, other)) => one == other,
        (V::Json(_, one), V::Json(_, other)) => one == other,
        (V::Mistyped(_, one), V::Mistyped(_, other)) => one == other,
        (V::Object(_, one), V::Object(_, other)) => one == other,
        (V::Objects(_, one), V::Objects(_, other)) => one == other,
        (V::List(_, one), V::List(_, other)) => one == other,
        _ => false,
    }
}

fn is<T: FromStr + PartialEq>(value: &T, text: &str) -> bool {
    text.parse::<T>().is_ok_and(|other| other == *value)
}

fn same_text<T: FromStr + PartialEq>(one: &str, other: &str) -> bool {
    one == other || one.parse::<T>().is_ok_and(|one| is(&one, other))
}
