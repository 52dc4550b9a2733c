//! JSON with places as strict JSON.
//!
//! Comes in: a value as the tolerant reader gives it. Goes out: the same value as JSON that every
//! reader takes. Holds: members keep their order, duplicates too; numbers stay as written; recursion
//! is as deep as the value, which its reader bounds.

use msgraph_source::{Json, JsonKind};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::value::RawValue;

/// `json` as strict JSON in one line.
pub fn strict(json: &Json) -> String {
    // Only a writer that fails could make this fail, and a text does not.
    serde_json::to_string(&Strict(json)).unwrap_or_default()
}

/// A value that is written as strict JSON.
pub(super) struct Strict<'a>(pub(super) &'a Json);

impl Serialize for Strict<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.kind {
            JsonKind::Null => serializer.serialize_unit(),
            JsonKind::Bool(value) => serializer.serialize_bool(*value),
            JsonKind::Number(number) => match RawValue::from_string(number.clone()) {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_str(number),
            },
            JsonKind::String(text) => serializer.serialize_str(text),
            JsonKind::Array(elements) => serializer.collect_seq(elements.iter().map(Strict)),
            JsonKind::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for member in members {
                    map.serialize_entry(&member.name, &Strict(&member.value))?;
                }
                map.end()
            }
        }
    }
}
