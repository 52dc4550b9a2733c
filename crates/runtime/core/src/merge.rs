//! Merging a patch, as PATCH does: what the patch says is changed, what it does not say stays.
//!
//! A single object is merged into the one that is there, if both are of one type; anything else replaces what is
//! there: a value, null, a whole collection.

use crate::Object;
use crate::value::Value;

impl Object {
    /// Applies what `patch` holds to this object. The two are meant to be of one type; members that this object's
    /// type does not have are left out.
    pub fn merge(&mut self, patch: &Object) {
        for value in patch.members() {
            let slot = value.slot();
            // A slot means the same member only where one type derives from the other.
            if !self.table().is_a(patch.table())
                && self.table().member_name(slot) != patch.table().member_name(slot)
            {
                continue;
            }
            match (self.value_mut(slot), value) {
                (Some(Value::Object(_, own)), Value::Object(_, other))
                    if own.table().is_same(other.table()) =>
                {
                    own.merge(other);
                }
                _ => self.put(slot, value.clone()),
            }
        }
        let Some(patch) = patch.more() else { return };
        for (name, json) in &patch.control {
            self.set_control(name, json.clone());
        }
        for (name, json) in &patch.unknown {
            self.more_mut().set_unknown(name, json.clone());
        }
    }
}
