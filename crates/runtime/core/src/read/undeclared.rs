//! Members that no table declares, while their object is read: where they stand, and which of a name counts.
//!
//! They are kept as text once the object ends, since a late `@odata.type` may declare them.

use crate::control::{TYPE, is_same};
use std::borrow::Cow;

/// A member that the table does not declare, so far: its name, and where its value begins and ends.
pub(super) struct Undeclared<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// For each member, whether another one takes its place: the last of a name counts. Of the types, the first one
/// does, since the object was read by it.
pub(super) fn replaced(undeclared: &[Undeclared<'_>]) -> Vec<bool> {
    let mut replaced = vec![false; undeclared.len()];
    // Sorted, since comparing each with each would be quadratic.
    let mut order: Vec<_> = undeclared.iter().enumerate().collect();
    order.sort_by(|one, other| one.1.name.cmp(&other.1.name));
    for pair in order.windows(2) {
        if let [(one, first), (other, second)] = pair
            && first.name == second.name
        {
            let is_type = is_same(&first.name, TYPE);
            if let Some(mark) = replaced.get_mut(if is_type { *other } else { *one }) {
                *mark = true;
            }
        }
    }
    replaced
}
