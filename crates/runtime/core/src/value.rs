//! What an object holds for one member.
//!
//! A value is 24 bytes and is read once: what is short stands in it, what is long behind one pointer. Most texts
//! of a service are short (names, codes, states), so that they cost no allocation. Primitive
//! values whose text is not the canonical one (a GUID in upper case, a duration of `PT90M`) are kept as text, so
//! that writing gives back what was read.

use crate::edm::{Date, DateTimeOffset, Duration, Guid, TimeOfDay};
use crate::{EnumValue, FlagsValue, Json, Object};
use std::fmt;
use std::ops::Deref;

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Boolean(bool),
    Integer(i64),
    Double(f64),
    /// A JSON string.
    Text(Text),
    /// A number that must not lose its digits.
    Number(Box<str>),
    Date(Date),
    DateTimeOffset(DateTimeOffset),
    TimeOfDay(TimeOfDay),
    Duration(Duration),
    Guid(Guid),
    Enum(EnumValue),
    // Boxed, since it would leave no room to tell the variants apart.
    Flags(Box<FlagsValue>),
    /// A member that may hold any JSON.
    Json(Json),
    /// What does not fit the member's type and is kept as it was.
    Mistyped(Json),
    Object(Box<Object>),
    Objects(Box<[Object]>),
    List(Box<[Value]>),
}

/// A text: in place where it is short.
#[derive(Clone)]
pub(crate) enum Text {
    Short { length: u8, bytes: [u8; Text::SHORT] },
    Long(Box<str>),
}

impl Text {
    /// The bytes that fit beside the length and what tells the variants apart.
    const SHORT: usize = 22;

    /// The bytes of the text, which need no check.
    #[inline]
    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Self::Long(text) => text.as_bytes(),
        }
    }

    fn short(text: &str) -> Option<Self> {
        let length = u8::try_from(text.len()).ok()?;
        let mut bytes = [0; Self::SHORT];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self::Short { length, bytes })
    }
}

impl Deref for Text {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        match self {
            Self::Long(text) => text,
            // They were a text when they were put there.
            Self::Short { .. } => std::str::from_utf8(self.as_bytes()).unwrap_or_default(),
        }
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl From<&str> for Text {
    #[inline]
    fn from(text: &str) -> Self {
        Self::short(text).unwrap_or_else(|| Self::Long(text.into()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::short(&text).unwrap_or_else(|| Self::Long(text.into()))
    }
}

// What a collection of thousands of objects is made of.
const _: () = assert!(size_of::<Value>() == 24);
