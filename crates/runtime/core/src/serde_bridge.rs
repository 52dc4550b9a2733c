//! Between JSON text and any format of serde: how objects and [`Json`](crate::Json) implement its traits.
//!
//! Reading and writing bytes is what the engine does by itself; this is for objects inside of other types. To and from
//! `serde_json` numbers pass digit for digit, as its raw JSON, whatever its features are. Serde itself has no numbers but
//! those of machines: in other formats, and where a wrapper stands before `serde_json` (`#[serde(flatten)]`, untagged
//! enumerations), a number that is no 64-bit integer is the nearest floating point number, here and only here.

mod deserializing;
mod serializing;

pub(crate) use deserializing::deserialize;
pub(crate) use serializing::serialize;

use crate::read::read_root;
use crate::{Object, ReadMode, Table};
use serde_core::de::{Deserializer, Error as _};
use serde_core::ser::{Serialize, Serializer};

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
            Err(error) => Err(D::Error::custom(error)),
        }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.to_json(), serializer)
    }
}

/// Whether a serializer or a deserializer is one of these of `serde_json`, which know its raw JSON as such: not all do.
///
/// Serde has no way to ask, and what the compiler calls a type is no promise. Where it is called otherwise, digits are
/// lost, as they are in other formats.
fn is_one_of<T>(known: &[&str]) -> bool {
    let name = std::any::type_name::<T>();
    let name = name.trim_start_matches('&');
    let name = name.strip_prefix("mut ").unwrap_or(name);
    known.iter().any(|known| name.starts_with(known))
}
