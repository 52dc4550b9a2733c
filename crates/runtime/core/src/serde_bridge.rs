//! Between JSON text and any format of serde: how objects and [`Json`](crate::Json) implement its traits.
//!
//! Reading and writing bytes is what the engine does by itself; this is for objects inside of other types.
//! Numbers pass as 64-bit integers or floating point numbers, so that longer ones lose digits here, and only here.

use crate::read::{fault_error, read_root};
use crate::scan::{Found, MAX_DEPTH, Scanner};
use crate::{Object, ReadMode, Table, write};
use serde_core::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use std::cell::RefCell;
use std::fmt;

impl Object {
    /// Reads an object of the type `table` with any deserializer, strictly.
    ///
    /// # Errors
    /// What the deserializer or the strict reader refuses.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        table: &'static Table,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let text = deserialize(deserializer)?;
        match read_root(text.as_bytes(), table, ReadMode::Strict) {
            Ok(readout) => Ok(readout.value),
            Err(error) => Err(de::Error::custom(error)),
        }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.to_json(), serializer)
    }
}

/// Serializes JSON text.
pub(crate) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let mut scanner = Scanner::new(text);
    scanner.skip_space();
    Next { text, scanner: &RefCell::new(scanner) }.serialize(serializer)
}

/// The value that the scanner stands before.
#[derive(Clone, Copy)]
struct Next<'a> {
    text: &'a str,
    scanner: &'a RefCell<Scanner<'a>>,
}

impl<'a> Next<'a> {
    fn scan<T, E: serde_core::ser::Error>(
        self,
        scan: impl FnOnce(&mut Scanner<'a>) -> Result<T, crate::scan::Fault>,
    ) -> Result<T, E> {
        let result = match self.scanner.try_borrow_mut() {
            Ok(mut scanner) => scan(&mut scanner),
            Err(_) => return Err(E::custom("serialized while it is being serialized")),
        };
        result.map_err(|fault| E::custom(fault_error(self.text, fault)))
    }
}

impl Serialize for Next<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.scan(|scanner| scanner.found())? {
            Found::Null => {
                self.scan(Scanner::null)?;
                serializer.serialize_unit()
            }
            Found::Boolean => serializer.serialize_bool(self.scan(Scanner::boolean)?),
            Found::String => serializer.serialize_str(&self.scan(Scanner::string)?),
            Found::Number => {
                let text = self.scan(Scanner::number)?.text;
                if let Ok(value) = text.parse::<i64>() {
                    serializer.serialize_i64(value)
                } else if let Ok(value) = text.parse::<u64>() {
                    serializer.serialize_u64(value)
                } else {
                    serializer.serialize_f64(text.parse().map_err(S::Error::custom)?)
                }
            }
            Found::Array => {
                self.scan(Scanner::enter)?;
                let mut seq = serializer.serialize_seq(None)?;
                let mut is_first = true;
                while self.scan(|scanner| scanner.next(is_first, b']'))? {
                    is_first = false;
                    seq.serialize_element(self)?;
                }
                seq.end()
            }
            Found::Object => {
                self.scan(Scanner::enter)?;
                let mut map = serializer.serialize_map(None)?;
                let mut is_first = true;
                while self.scan(|scanner| scanner.next(is_first, b'}'))? {
                    is_first = false;
                    let key = self.scan(|scanner| {
                        let key = scanner.string()?;
                        scanner.colon().map(|()| key)
                    })?;
                    map.serialize_entry(&*key, self)?;
                }
                map.end()
            }
        }
    }
}

/// Deserializes anything into JSON text.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
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
            }
            write::string(&name, self.out);
            self.out.push(b':');
            map.next_value_seed(self.deeper()?)?;
        }
        close(self.out, start, b'}');
        Ok(())
    }
}

/// Ends an array or object; a comma that nothing followed goes.
fn close(out: &mut Vec<u8>, start: usize, close: u8) {
    if out.len() > start && out.last() == Some(&b',') {
        out.pop();
    }
    out.push(close);
}
