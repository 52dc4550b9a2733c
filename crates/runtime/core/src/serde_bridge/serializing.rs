//! From JSON text to any format: the text is stepped through once, and nothing of it is built.

use super::is_one_of;
use crate::read::fault_error;
use crate::scan::{Found, Scanner};
use serde_core::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;
use std::cell::RefCell;

/// Those that take raw JSON.
const KNOWN: [&str; 2] = ["serde_json::ser::Serializer<", "serde_json::value::ser::Serializer"];

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
            Found::Number => number(self.scan(Scanner::number)?.text, serializer),
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

/// A number as an integer, else with its digits where the serializer takes them, else as the nearest there is.
fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    // Integers have no negative zero.
    if let Some(value) = text.parse().ok().filter(|_| text != "-0") {
        serializer.serialize_i64(value)
    } else if let Ok(value) = text.parse() {
        serializer.serialize_u64(value)
    } else if is_one_of::<S>(&KNOWN) {
        let raw: &RawValue = serde_json::from_str(text).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    } else {
        serializer.serialize_f64(text.parse().map_err(S::Error::custom)?)
    }
}
