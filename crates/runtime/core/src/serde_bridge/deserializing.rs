//! From any format to JSON text.

use super::is_one_of;
use crate::scan::{MAX_DEPTH, is_number};
use crate::write;
use serde_core::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// What `serde_json` is asked for where JSON is to be left as it is, and what it calls that.
const RAW: &str = "$serde_json::private::RawValue";

/// What `serde_json` calls the only member of the map as which it gives a number, where some crate has it keep all digits
/// (its feature `arbitrary_precision`).
const NUMBER: &str = "$serde_json::private::Number";

/// Those of which raw JSON can be had: the others of `serde_json`, its maps and numbers, give what they hold in its place.
const KNOWN: [&str; 3] =
    ["serde_json::de::Deserializer<", "serde_json::value::Value", "serde_json::raw::RawValue"];

/// Deserializes anything into JSON text, which the caller has still to check: `serde_json` hands over what it has only
/// stepped over.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    if is_one_of::<D>(&KNOWN) {
        // Its own type for this takes nothing else, which would bind us to that name.
        return deserializer.deserialize_newtype_struct(RAW, Raw);
    }
    build(deserializer)
}

/// JSON text as it stands, which comes as the only member of a map.
struct Raw;

impl<'de> Visitor<'de> for Raw {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((name, text)) if name == RAW => Ok(text),
            _ => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
        }
    }

    /// Raw JSON has another name there.
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<String, D::Error> {
        build(deserializer)
    }
}

/// Writes text of what the deserializer takes apart.
fn build<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let mut out = Vec::new();
    Text { out: &mut out, depth: 0 }.deserialize(deserializer)?;
    // Only UTF-8 is ever appended.
    Ok(String::from_utf8(out).unwrap_or_default())
}

struct Text<'a> {
    out: &'a mut Vec<u8>,
    depth: usize,
}

impl Text<'_> {
    fn deeper<E: de::Error>(&mut self) -> Result<Text<'_>, E> {
        if self.depth == MAX_DEPTH {
            return Err(E::custom(crate::ReadErrorKind::TooDeep));
        }
        Ok(Text { out: self.out, depth: self.depth + 1 })
    }

    fn push<E>(self, text: impl fmt::Display) -> Result<(), E> {
        self.out.extend_from_slice(text.to_string().as_bytes());
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Text<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.push(value)
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.push(value)
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.push(value)
    }

    fn visit_i128<E>(self, value: i128) -> Result<(), E> {
        self.push(value)
    }

    fn visit_u128<E>(self, value: u128) -> Result<(), E> {
        self.push(value)
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        write::double(value, self.out);
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        write::string(text, self.out);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.push("null")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.push("null")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        self.out.push(b'[');
        let start = self.out.len();
        loop {
            if self.out.len() > start {
                self.out.push(b',');
            }
            if seq.next_element_seed(self.deeper()?)?.is_none() {
                break;
            }
        }
        close(self.out, start, b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        self.out.push(b'{');
        let start = self.out.len();
        while let Some(name) = map.next_key::<String>()? {
            if self.out.len() > start {
                self.out.push(b',');
            } else if name == NUMBER {
                return number(map.next_value()?, self.out);
            }
            write::string(&name, self.out);
            self.out.push(b':');
            map.next_value_seed(self.deeper()?)?;
        }
        close(self.out, start, b'}');
        Ok(())
    }
}

/// Writes a number in place of the object that has begun.
fn number<E: de::Error>(text: String, out: &mut Vec<u8>) -> Result<(), E> {
    if !is_number(&text) {
        return Err(E::invalid_value(de::Unexpected::Str(&text), &"a number"));
    }
    out.pop();
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// Ends an array or object; a comma that nothing followed goes.
fn close(out: &mut Vec<u8>, start: usize, close: u8) {
    if out.len() > start && out.last() == Some(&b',') {
        out.pop();
    }
    out.push(close);
}
