//! What an object holds for one member.
//!
//! A value is 24 bytes and is read once: what is short stands in it, what is long behind one pointer. Primitive
//! values whose text is not the canonical one (a GUID in upper case, a duration of `PT90M`) are kept as text, so
//! that writing gives back what was read.

use crate::edm::{Date, DateTimeOffset, Duration, Guid, TimeOfDay};
use crate::{EnumValue, FlagsValue, Json, Object};

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Boolean(bool),
    Integer(i64),
    Double(f64),
    /// A JSON string.
    Text(Box<str>),
    /// A number that must not lose its digits.
    Number(Box<str>),
    Date(Date),
    DateTimeOffset(DateTimeOffset),
    TimeOfDay(TimeOfDay),
    Duration(Duration),
    Guid(Guid),
    Enum(EnumValue),
    // Boxed, since it would be as long as `Objects`, which leaves no room to tell them apart.
    Flags(Box<FlagsValue>),
    /// A member that may hold any JSON.
    Json(Json),
    /// What does not fit the member's type and is kept as it was.
    Mistyped(Json),
    Object(Box<Object>),
    Objects(Vec<Object>),
    List(Box<[Value]>),
}

// What a collection of thousands of objects is made of.
const _: () = assert!(size_of::<Value>() == 24);
