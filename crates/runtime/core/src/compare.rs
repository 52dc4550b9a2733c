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
            && self.members() == other.members()
            && same_more(self, other)
    }
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

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(one), Self::Boolean(other)) => one == other,
            (Self::Integer(one), Self::Integer(other)) => one == other,
            // Not-a-number is itself here: it is what the member holds.
            (Self::Double(one), Self::Double(other)) => {
                one == other || one.is_nan() && other.is_nan()
            }
            #[expect(clippy::cast_precision_loss, reason = "the same number, written otherwise")]
            (Self::Integer(integer), Self::Double(double))
            | (Self::Double(double), Self::Integer(integer)) => *double == *integer as f64,
            // A number that has kept its digits.
            (Self::Double(double), Self::Number(text))
            | (Self::Number(text), Self::Double(double)) => is(double, text),
            (Self::Integer(integer), Self::Number(text))
            | (Self::Number(text), Self::Integer(integer)) => is(&Decimal::from(*integer), text),
            (Self::Text(one), Self::Text(other)) => **one == **other,
            (Self::Number(one), Self::Number(other)) => same_text::<Decimal>(one, other),
            (Self::Number(one), Self::Text(other)) | (Self::Text(other), Self::Number(one)) => {
                same_text::<Decimal>(one, other)
            }
            (Self::Integer(integer), Self::Text(text))
            | (Self::Text(text), Self::Integer(integer)) => is(integer, text),
            (Self::Date(one), Self::Date(other)) => one == other,
            (Self::DateTimeOffset(one), Self::DateTimeOffset(other)) => one == other,
            (Self::TimeOfDay(one), Self::TimeOfDay(other)) => one == other,
            (Self::Duration(one), Self::Duration(other)) => one == other,
            (Self::Guid(one), Self::Guid(other)) => one == other,
            // One of them has kept its text, since that was not the canonical one.
            (Self::Date(value), Self::Text(text)) | (Self::Text(text), Self::Date(value)) => {
                is(value, text)
            }
            (Self::DateTimeOffset(value), Self::Text(text))
            | (Self::Text(text), Self::DateTimeOffset(value)) => is(value, text),
            (Self::TimeOfDay(value), Self::Text(text))
            | (Self::Text(text), Self::TimeOfDay(value)) => is(value, text),
            (Self::Duration(value), Self::Text(text))
            | (Self::Text(text), Self::Duration(value)) => is(value, text),
            (Self::Guid(value), Self::Text(text)) | (Self::Text(text), Self::Guid(value)) => {
                is(value, text)
            }
            (Self::Enum(one), Self::Enum(other)) => one == other,
            (Self::Flags(one), Self::Flags(other)) => one == other,
            (Self::Json(one), Self::Json(other)) => one == other,
            (Self::Mistyped(one), Self::Mistyped(other)) => one == other,
            (Self::Object(one), Self::Object(other)) => one == other,
            (Self::Objects(one), Self::Objects(other)) => one == other,
            (Self::List(one), Self::List(other)) => one == other,
            _ => false,
        }
    }
}

fn is<T: FromStr + PartialEq>(value: &T, text: &str) -> bool {
    text.parse::<T>().is_ok_and(|other| other == *value)
}

fn same_text<T: FromStr + PartialEq>(one: &str, other: &str) -> bool {
    one == other || one.parse::<T>().is_ok_and(|one| is(&one, other))
}
