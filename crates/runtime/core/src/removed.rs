//! What a delta answer tells of an item that is gone: `"@removed": {"reason": "deleted"}` (OData JSON Format 4.01,
//! section 15.3).
//!
//! Such an item has its id, and hardly more. The reason may be missing or be another word: the item is gone all the same.

use crate::{Json, Object};
use std::collections::BTreeMap;

const REMOVED: &str = "@removed";

/// Why an item is no longer in what a delta query asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Removed {
    /// It is there, but no longer among those that are asked for: it can be restored, or has moved.
    Changed,
    /// It is deleted for good.
    Deleted,
    /// The service gives no reason, or one that the standard does not know.
    Unstated,
}

impl Object {
    /// Why the object is gone, where it stands in a delta answer to say that it is; none of one that is there.
    pub fn removed(&self) -> Option<Removed> {
        let told = self.control(REMOVED).filter(|told| !told.is_null())?;
        let told: BTreeMap<String, Json> = told.deserialize().unwrap_or_default();
        Some(match told.get("reason").and_then(Json::as_str).as_deref() {
            Some("changed") => Removed::Changed,
            Some("deleted") => Removed::Deleted,
            _ => Removed::Unstated,
        })
    }
}
