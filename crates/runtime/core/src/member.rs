//! The types that members have in Rust, and how they are told from and turned into what an object holds.
//!
//! The typed enumerations of generated crates implement [`Member`] on top of [`EnumValue`] and [`FlagsValue`];
//! all other members are here. What an object holds does not show.

use crate::edm::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
use crate::value::{NO_SLOT, Short, Value};
use crate::{EnumValue, FlagsValue, Json, Type};
use std::str::FromStr;

/// A type of one value of a member, such as `String`, `bool`, `DateTimeOffset`, `Json` or a typed enumeration.
pub trait Member: Sized + 'static {
    /// What a getter gives: the value itself where it is small, else a reference.
    type Ref<'a>;

    /// The two bytes that a table has for one such value, and for a collection of them.
    #[doc(hidden)]
    const KINDS: [&'static [u8]; 2];

    /// The entry of a table's types for a first member of this type.
    #[doc(hidden)]
    const TYPES: &'static [(u16, Type)] = &[];

    #[doc(hidden)]
    fn find(held: Held<'_>) -> Option<Self::Ref<'_>>;

    #[doc(hidden)]
    fn hold(self) -> Holds;
}

/// A value that an object holds.
#[derive(Clone, Copy)]
pub struct Held<'a>(pub(crate) &'a Value);

/// A value that an object is to hold.
pub struct Holds(pub(crate) Value);

macro_rules! primitive {
    ($name:ty, $one:literal $many:literal, <$life:lifetime> $stored:ty, |$value:ident| $get:expr, |$own:ident| $into:expr) => {
        impl Member for $name {
            type Ref<$life> = $stored;
            const KINDS: [&'static [u8]; 2] = [$one, $many];

            #[inline]
            fn find<$life>(held: Held<$life>) -> Option<$stored> {
                let $value = held.0;
                $get
            }

            fn hold(self) -> Holds {
                let $own = self;
                Holds($into)
            }
        }
    };
}

/// A type that stands in a value by itself, or is kept as text where the text is not canonical.
macro_rules! inline_or_text {
    ($($name:ident $one:literal $many:literal)*) => {$(
        primitive!($name, $one $many, <'a> $name, |value| match value {
            Value::$name(_, value) => Some(*value),
            other => parse(other),
        }, |own| Value::$name(NO_SLOT, own));
    )*};
}
inline_or_text! {
    Date b"a?" b"A?"
    DateTimeOffset b"t?" b"T?"
    TimeOfDay b"c?" b"C?"
    Duration b"p?" b"P?"
    Guid b"g?" b"G?"
}

macro_rules! integer {
    ($($name:ident $one:literal $many:literal)*) => {$(
        primitive!($name, $one $many, <'a> $name, |value| integer(value)?.try_into().ok(), |own| {
            Value::Integer(NO_SLOT, own.into())
        });
    )*};
}
integer! {
    u8 b"y?" b"Y?"
    i8 b"w?" b"W?"
    i16 b"h?" b"H?"
    i32 b"i?" b"I?"
    i64 b"l?" b"L?"
}

primitive!(bool, b"b?" b"B?", <'a> bool, |value| match value {
    Value::Boolean(_, value) => Some(*value),
    _ => None,
}, |own| Value::Boolean(NO_SLOT, own));

primitive!(String, b"s?" b"S?", <'a> &'a str, |value| value.as_text(), |own| match own.len() <= Short::MOST {
    true => Value::text(&own),
    // The allocation that is there already.
    false => Value::Long(NO_SLOT, own.into()),
});

primitive!(f64, b"d?" b"D?", <'a> f64, |value| double(value), |own| Value::Double(NO_SLOT, own));

primitive!(f32, b"r?" b"R?", <'a> f32, |value| {
    // Numbers of JSON are double; the nearest single one is meant.
    #[expect(clippy::cast_possible_truncation)]
    double(value).map(|value| value as f32)
}, |own| {
    // By its shortest text: 0.1 is to be written as 0.1, not with the digits of the nearest double number.
    Value::Double(NO_SLOT, own.to_string().parse().unwrap_or(f64::from(own)))
});

primitive!(Decimal, b"m?" b"M?", <'a> Decimal, |value| match value {
    Value::Number(_, text) => text.parse().ok(),
    Value::Integer(_, value) => Some(Decimal::from(*value)),
    other => parse(other),
}, |own| Value::Number(NO_SLOT, own.as_str().into()));

primitive!(Binary, b"n?" b"N?", <'a> Binary, |value| parse(value), |own| Value::text(&own.to_string()));

primitive!(Json, b"j?" b"J?", <'a> &'a Json, |value| match value {
    Value::Json(_, json) | Value::Mistyped(_, json) => Some(json),
    _ => None,
}, |own| match own.is_null() {
    true => Value::Null(NO_SLOT),
    false => Value::Json(NO_SLOT, own),
});

primitive!(EnumValue, b"j?" b"J?", <'a> &'a EnumValue, |value| match value {
    Value::Enum(_, value) => Some(value),
    _ => None,
}, |own| Value::Enum(NO_SLOT, own));

primitive!(FlagsValue, b"j?" b"J?", <'a> &'a FlagsValue, |value| match value {
    Value::Flags(_, value) => Some(value),
    _ => None,
}, |own| Value::Flags(NO_SLOT, Box::new(own)));

fn parse<T: FromStr>(value: &Value) -> Option<T> {
    value.as_text()?.parse().ok()
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(_, value) => Some(*value),
        // An Int64 may come as text.
        other => parse(other),
    }
}

fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Double(_, value) => Some(*value),
        #[expect(clippy::cast_precision_loss, reason = "the nearest number is meant")]
        Value::Integer(_, value) => Some(*value as f64),
        Value::Number(_, text) => text.parse().ok(),
        _ => None,
    }
}
