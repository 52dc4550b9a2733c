//! What an object holds for one member: the value, and the slot it stands in.
//!
//! A value is 24 bytes and is read once: what is short stands in it, what is long behind one pointer. Most texts
//! of a service are short (names, codes, states), so that they cost no allocation. Primitive
//! values whose text is not the canonical one (a GUID in upper case, a duration of `PT90M`) are kept as text, so
//! that writing gives back what was read.

use crate::edm::{Date, DateTimeOffset, Duration, Guid, TimeOfDay};
use crate::{EnumValue, FlagsValue, Json, Object};
use std::fmt;

/// Each variant begins with the slot of the member, which takes room that would else be padding. Items of a
/// collection have none: it is zero there.
#[derive(Clone)]
pub(crate) enum Value {
    Null(u16),
    Boolean(u16, bool),
    Integer(u16, i64),
    Double(u16, f64),
    /// A JSON string that fits in place.
    Short(u16, Short),
    /// A JSON string that does not.
    Long(u16, Box<str>),
    /// A number that must not lose its digits.
    Number(u16, Box<str>),
    Date(u16, Date),
    DateTimeOffset(u16, DateTimeOffset),
    TimeOfDay(u16, TimeOfDay),
    Duration(u16, Duration),
    Guid(u16, Guid),
    Enum(u16, EnumValue),
    // Boxed, since it would leave no room to tell the variants apart.
    Flags(u16, Box<FlagsValue>),
    /// A member that may hold any JSON.
    Json(u16, Json),
    /// What does not fit the member's type and is kept as it was.
    Mistyped(u16, Json),
    Object(u16, Box<Object>),
    Objects(u16, Box<[Object]>),
    List(u16, Box<[Value]>),
}

/// For a value that has not got its slot yet, and for items of a collection.
pub(crate) const NO_SLOT: u16 = 0;

/// The slot of a value, by whatever reference the value is matched through.
macro_rules! slot {
    ($value:expr) => {{
        let (Value::Null(slot)
        | Value::Boolean(slot, _)
        | Value::Integer(slot, _)
        | Value::Double(slot, _)
        | Value::Short(slot, _)
        | Value::Long(slot, _)
        | Value::Number(slot, _)
        | Value::Date(slot, _)
        | Value::DateTimeOffset(slot, _)
        | Value::TimeOfDay(slot, _)
        | Value::Duration(slot, _)
        | Value::Guid(slot, _)
        | Value::Enum(slot, _)
        | Value::Flags(slot, _)
        | Value::Json(slot, _)
        | Value::Mistyped(slot, _)
        | Value::Object(slot, _)
        | Value::Objects(slot, _)
        | Value::List(slot, _)) = $value;
        slot
    }};
}

impl Value {
    /// A text.
    #[inline]
    pub(crate) fn text(text: &str) -> Self {
        match Short::new(text) {
            Some(short) => Self::Short(NO_SLOT, short),
            None => Self::Long(NO_SLOT, text.into()),
        }
    }

    /// The text, if it is one.
    #[inline]
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Short(_, text) => Some(text.as_str()),
            Self::Long(_, text) => Some(text),
            _ => None,
        }
    }

    #[inline]
    pub(crate) fn slot(&self) -> u16 {
        *slot!(self)
    }

    /// The same value in another slot.
    #[inline]
    pub(crate) fn at(mut self, slot: u16) -> Self {
        *slot!(&mut self) = slot;
        self
    }
}

/// A text that stands in a value.
#[derive(Clone, Copy)]
pub(crate) struct Short {
    length: u8,
    bytes: [u8; Short::MOST],
}

impl Short {
    /// The bytes that fit beside the length, the slot, and what tells the variants apart.
    pub(crate) const MOST: usize = 20;

    /// The text, put together from loads of fixed width, as a copy of varying length takes longer than all the
    /// rest here.
    #[inline(always)]
    pub(crate) fn new(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        let length = u8::try_from(text.len()).ok()?;
        let (low, high) = if let (Some(first), Some(last)) =
            (text.first_chunk::<16>(), text.last_chunk::<4>())
        {
            let spare = Self::MOST.checked_sub(text.len())?;
            let last = u64::from(u32::from_le_bytes(*last)) >> (8 * spare);
            (u128::from_le_bytes(*first), last as u32)
        } else if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>())
        {
            let last = u128::from(u64::from_le_bytes(*last)) << 64 >> (8 * (16 - text.len()));
            (u128::from(u64::from_le_bytes(*first)) | last, 0)
        } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>())
        {
            let last = u128::from(u32::from_le_bytes(*last)) << 32 >> (8 * (8 - text.len()));
            (u128::from(u32::from_le_bytes(*first)) | last, 0)
        } else {
            let few = text.iter().rev().fold(0, |few, byte| few << 8 | u128::from(*byte));
            (few, 0)
        };
        let mut bytes = [0; Self::MOST];
        if let Some((head, tail)) = bytes.split_first_chunk_mut() {
            *head = low.to_le_bytes();
            tail.copy_from_slice(&high.to_le_bytes());
        }
        Some(Self { length, bytes })
    }

    /// The bytes of the text, which need no check.
    #[inline]
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        // They were a text when they were put there.
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::debug::Shown { value: self, table: None }.fmt(f)
    }
}

// What a collection of thousands of objects is made of.
const _: () = assert!(size_of::<Value>() == 24);
