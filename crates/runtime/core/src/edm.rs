//! The primitive types of the Entity Data Model that Rust's own types do not cover.
//!
//! Each is parsed from the text it has on the wire (`FromStr`) and shown as that text (`Display`), so that what
//! is parsed in canonical form is shown digit for digit. No date library shows in a signature: the types convert
//! to those of the standard library. Boolean, the integers, Single, Double and String are Rust's own.

mod binary;
mod date;
mod date_time_offset;
mod decimal;
mod digits;
mod duration;
mod guid;
mod json;
mod time_of_day;

pub use binary::Binary;
pub use date::Date;
pub use date_time_offset::DateTimeOffset;
pub use decimal::Decimal;
pub use duration::Duration;
pub use guid::Guid;
pub use json::Json;
pub use time_of_day::TimeOfDay;

use std::fmt;
use std::str::FromStr;

/// A text that is no value of the type it was to be parsed as, or a part that is out of range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidValue {
    expected: &'static str,
}

impl InvalidValue {
    pub(crate) const fn of(expected: &'static str) -> Self {
        Self { expected }
    }

    /// The name of the type, such as `Edm.Date`.
    pub const fn expected(&self) -> &'static str {
        self.expected
    }
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a value of {}", self.expected)
    }
}

impl std::error::Error for InvalidValue {}

/// A type whose values an object holds as such where they are shown with the text that was read, and else as text.
pub(crate) trait Text: FromStr {
    /// Whether this value, parsed from `text`, is shown exactly as that.
    fn is_canonical(&self, text: &str) -> bool;
}

/// Serializes a type as the text that `Display` gives, and deserializes it with `FromStr`.
macro_rules! as_text {
    ($name:ident) => {
        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde_core::Deserialize<'de> for $name {
            fn deserialize<D: serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                struct Text;
                impl serde_core::de::Visitor<'_> for Text {
                    type Value = $name;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("an Edm.", stringify!($name)))
                    }
                    fn visit_str<E: serde_core::de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(self, f)
            }
        }
    };
}
pub(crate) use as_text;
