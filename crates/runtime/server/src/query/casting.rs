//! `cast` and `isof` on values in memory (URL Conventions, section 5.1.1.9): a value and a type go in, the value as one of
//! that type comes out, or null.
//!
//! Numbers are rounded, and have to fit; texts are read as literals of the type; everything primitive can be a text; an
//! object is of its type and of those that this derives from.

use std::borrow::Cow;
use std::str::FromStr;

use msgraph_core::Dynamic;

use super::number::Number;
use super::type_name::{self, Primitive, TypeName};

/// The value as one of the type; `None`, which is null, where it is none.
pub(super) fn cast<'a>(value: Dynamic<'a>, name: &TypeName) -> Option<Dynamic<'a>> {
    match name {
        TypeName::Structured(name) => match value {
            Dynamic::Object(object) if type_name::is_of(object, name) => Some(value),
            _ => None,
        },
        TypeName::Primitive(Primitive::String) => text(value),
        TypeName::Primitive(primitive) => match &value {
            Dynamic::Text(text) => of_text(text, *primitive),
            _ => {
                number(&value, *primitive).or_else(|| is_same(&value, *primitive).then_some(value))
            }
        },
    }
}

/// Whether the value is of the type, without being cast; `None` where it is null.
pub(super) fn is_of(value: &Dynamic<'_>, name: &TypeName) -> Option<bool> {
    Some(match (value, name) {
        (Dynamic::Null, _) => return None,
        (Dynamic::Object(object), TypeName::Structured(name)) => type_name::is_of(object, name),
        (Dynamic::Text(_), TypeName::Primitive(primitive)) => *primitive == Primitive::String,
        (value, TypeName::Primitive(primitive)) => {
            is_same(value, *primitive) || is_number(value, *primitive)
        }
        _ => false,
    })
}

/// Whether the value is of a primitive type that is no number and no text.
fn is_same(value: &Dynamic<'_>, primitive: Primitive) -> bool {
    matches!(
        (value, primitive),
        (Dynamic::Boolean(_), Primitive::Boolean)
            | (Dynamic::Binary(_), Primitive::Binary)
            | (Dynamic::Date(_), Primitive::Date)
            | (Dynamic::DateTimeOffset(_), Primitive::DateTimeOffset)
            | (Dynamic::TimeOfDay(_), Primitive::TimeOfDay)
            | (Dynamic::Duration(_), Primitive::Duration)
            | (Dynamic::Guid(_), Primitive::Guid)
    )
}

/// Whether the value is a number that the type has.
fn is_number(value: &Dynamic<'_>, primitive: Primitive) -> bool {
    let Some(number) = Number::of(value) else { return false };
    match (number, range(primitive)) {
        (Number::Integer(value), Some(range)) => range.contains(&value),
        (_, Some(_)) => false,
        (Number::Double(_), None) => matches!(primitive, Primitive::Single | Primitive::Double),
        (_, None) => {
            matches!(primitive, Primitive::Single | Primitive::Double | Primitive::Decimal)
        }
    }
}

/// The value as a number of a type of numbers.
fn number(value: &Dynamic<'_>, primitive: Primitive) -> Option<Dynamic<'static>> {
    let member = match value {
        Dynamic::Enum(value, table) => value.value(table).map(Number::Integer),
        Dynamic::Flags(value, table) => Some(Number::Integer(value.bits(table))),
        value => Number::of(value),
    };
    let number = member?;
    match primitive {
        Primitive::Single => {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "it is the nearest that is asked for"
            )]
            let nearest = number.to_double() as f32;
            Some(Dynamic::Double(nearest.into()))
        }
        Primitive::Double => Some(Dynamic::Double(number.to_double())),
        Primitive::Decimal => Number::Decimal(number.to_decimal()?).into_value(),
        primitive => {
            let integer = number.to_integer()?;
            range(primitive)?.contains(&integer).then_some(Dynamic::Integer(integer))
        }
    }
}

/// The values of a type of integers.
fn range(primitive: Primitive) -> Option<std::ops::RangeInclusive<i64>> {
    Some(match primitive {
        Primitive::Byte => 0..=u8::MAX.into(),
        Primitive::SByte => i8::MIN.into()..=i8::MAX.into(),
        Primitive::Int16 => i16::MIN.into()..=i16::MAX.into(),
        Primitive::Int32 => i32::MIN.into()..=i32::MAX.into(),
        Primitive::Int64 => i64::MIN..=i64::MAX,
        _ => return None,
    })
}

/// The value as it is written in an answer.
fn text(value: Dynamic<'_>) -> Option<Dynamic<'_>> {
    let text = match value {
        Dynamic::Text(_) => return Some(value),
        Dynamic::Boolean(value) => value.to_string(),
        Dynamic::Integer(value) => value.to_string(),
        Dynamic::Decimal(value) => value.to_string(),
        Dynamic::Double(value) if value.is_infinite() => {
            if value > 0.0 { "INF" } else { "-INF" }.to_owned()
        }
        Dynamic::Double(value) => value.to_string(),
        Dynamic::Binary(value) => value.to_string(),
        Dynamic::Date(value) => value.to_string(),
        Dynamic::DateTimeOffset(value) => value.to_string(),
        Dynamic::TimeOfDay(value) => value.to_string(),
        Dynamic::Duration(value) => value.to_string(),
        Dynamic::Guid(value) => value.to_string(),
        Dynamic::Enum(value, table) => value.as_str(table).to_owned(),
        Dynamic::Flags(value, table) => value.to_text(table),
        Dynamic::Null | Dynamic::Object(_) | Dynamic::Items(_) | Dynamic::Json(_) => return None,
    };
    Some(Dynamic::Text(Cow::Owned(text)))
}

/// What a text is a literal of.
fn of_text(text: &str, primitive: Primitive) -> Option<Dynamic<'static>> {
    fn parsed<T: FromStr>(
        text: &str,
        of: impl FnOnce(T) -> Dynamic<'static>,
    ) -> Option<Dynamic<'static>> {
        text.parse().ok().map(of)
    }
    match primitive {
        Primitive::Boolean => parsed(text, Dynamic::Boolean),
        Primitive::Binary => parsed(text, Dynamic::Binary),
        Primitive::Date => parsed(text, Dynamic::Date),
        Primitive::DateTimeOffset => parsed(text, Dynamic::DateTimeOffset),
        Primitive::TimeOfDay => parsed(text, Dynamic::TimeOfDay),
        Primitive::Duration => parsed(text, Dynamic::Duration),
        Primitive::Guid => parsed(text, Dynamic::Guid),
        Primitive::String => None,
        Primitive::Byte
        | Primitive::SByte
        | Primitive::Int16
        | Primitive::Int32
        | Primitive::Int64 => number(&parsed(text, Dynamic::Integer)?, primitive),
        Primitive::Single | Primitive::Double | Primitive::Decimal => {
            let value = match text {
                "INF" => Dynamic::Double(f64::INFINITY),
                "-INF" => Dynamic::Double(f64::NEG_INFINITY),
                "NaN" => Dynamic::Double(f64::NAN),
                _ => parsed(text, Dynamic::Decimal)?,
            };
            number(&value, primitive)
        }
    }
}
