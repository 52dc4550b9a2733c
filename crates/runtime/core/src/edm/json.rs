//! Any JSON: `graph.Json`, the members of open types, annotations, and what is kept because it is mistyped.
//!
//! A value is kept as the text it had on the wire, so that no digit is lost, and is taken apart when asked.

mod meaning;

use crate::ReadError;
use crate::read::fault_error;
use crate::scan::{Found, Scanner};
use crate::serde_bridge;
use meaning::Meaning;
use serde_core::de::{DeserializeOwned, Error as _};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// A JSON value, kept as text.
///
/// Values are equal where they mean the same, whatever their white space, the order of their members and the zeros of
/// their numbers, of which every digit counts.
///
/// ```
/// use msgraph_core::Json;
///
/// let json: Json = r#"{ "a": 1.10 }"#.parse()?;
/// assert_eq!(json.as_text(), r#"{ "a": 1.10 }"#);
/// assert_eq!(json, r#"{"a":1.1}"#.parse()?);
/// assert_eq!(Json::from("noon").as_str().as_deref(), Some("noon"));
/// # Ok::<(), msgraph_core::ReadError>(())
/// ```
#[derive(Clone)]
pub struct Json(Box<str>);

impl Json {
    /// `null`.
    pub fn null() -> Self {
        Self("null".into())
    }

    /// The value that `bytes` hold.
    ///
    /// # Errors
    /// Where they are no JSON, with line and column.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, ReadError> {
        let text = crate::read::as_text(bytes)?;
        let mut scanner = Scanner::new(text);
        scanner.skip_space();
        let value = scanner.skip();
        match value.and_then(|value| scanner.end().map(|()| value)) {
            Ok(value) => Ok(Self(value.into())),
            Err(fault) => Err(fault_error(text, fault)),
        }
    }

    /// The value that `value` serializes to.
    ///
    /// # Errors
    /// Where it does not serialize to JSON.
    pub fn from_serialize(value: &(impl Serialize + ?Sized)) -> Result<Self, serde_json::Error> {
        serde_json::to_string(value).map(|text| Self(text.into()))
    }

    /// This value as a type of one's own.
    ///
    /// # Errors
    /// Where it does not fit the type.
    pub fn deserialize<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.0)
    }

    /// The members, if it is an object, each as the text it has here. Of two with one name the last counts.
    pub fn members(&self) -> Option<BTreeMap<String, Json>> {
        let members: BTreeMap<String, Box<RawValue>> = self.deserialize().ok()?;
        Some(members.into_iter().map(|(name, raw)| (name, Self::trusted(raw.get()))).collect())
    }

    /// The items, if it is an array, each as the text it has here.
    pub fn items(&self) -> Option<Vec<Json>> {
        let items: Vec<Box<RawValue>> = self.deserialize().ok()?;
        Some(items.iter().map(|raw| Self::trusted(raw.get())).collect())
    }

    /// A text that the scanner has stepped over.
    pub(crate) fn trusted(text: &str) -> Self {
        Self(text.into())
    }

    /// The JSON text.
    pub fn as_text(&self) -> &str {
        &self.0
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        self.found() == Some(Found::Null)
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match &*self.0 {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The integer, if it is one.
    pub fn as_i64(&self) -> Option<i64> {
        self.number()?.parse().ok()
    }

    /// The number, if it is one.
    pub fn as_f64(&self) -> Option<f64> {
        self.number()?.parse().ok()
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<Cow<'_, str>> {
        let is_string = self.found() == Some(Found::String);
        is_string.then(|| Scanner::new(&self.0).string().ok()).flatten()
    }

    fn number(&self) -> Option<&str> {
        (self.found() == Some(Found::Number)).then_some(&*self.0)
    }

    pub(crate) fn found(&self) -> Option<Found> {
        Scanner::new(&self.0).found().ok()
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        let is_same = |one: Meaning<'_>| Meaning::of(&other.0).is_some_and(|other| one == other);
        self.0 == other.0 || Meaning::of(&self.0).is_some_and(is_same)
    }
}

// Text is equal to itself, and JSON has no NaN.
impl Eq for Json {}

impl Default for Json {
    fn default() -> Self {
        Self::null()
    }
}

impl FromStr for Json {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        Self::from_slice(text.as_bytes())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        Self(value.to_string().into())
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        let mut out = Vec::with_capacity(text.len() + 2);
        crate::write::string(text, &mut out);
        Self(String::from_utf8(out).unwrap_or_default().into())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self(value.to_string().into())
    }
}

macro_rules! from_integer {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Json {
            fn from(value: $integer) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}
from_integer!(i8 i16 i32 i64 u8 u16 u32 u64);

/// A number; what is not finite becomes the text that OData has for it, such as `"INF"`.
impl From<f64> for Json {
    fn from(value: f64) -> Self {
        let mut out = Vec::new();
        crate::write::double(value, &mut out);
        Self(String::from_utf8(out).unwrap_or_default().into())
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(Self::null, Into::into)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(values: Vec<T>) -> Self {
        let mut text = String::from("[");
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            text.push_str(value.into().as_text());
        }
        text.push(']');
        Self(text.into())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_bridge::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_bridge::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
