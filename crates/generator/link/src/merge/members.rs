//! Which types declare a member of a name.
//!
//! In comes a model; out goes an index of its members by name. Holds: to ask which of the types derived
//! from another has certain members takes time by the number of types that declare members of these
//! names, not by the number of derived types.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use msgraph_ir::{Api, ItemId};

/// More members than this do not tell more of which type is meant.
const NAMES: usize = 64;

/// The members of all types that have a base type, by name.
pub(crate) struct MemberIndex<'a> {
    api: &'a Api,
    declared: BTreeMap<&'a str, Vec<ItemId>>,
}

impl<'a> MemberIndex<'a> {
    /// The members of `api`.
    pub(crate) fn new(api: &'a Api) -> Self {
        let mut declared: BTreeMap<&str, Vec<ItemId>> = BTreeMap::new();
        for (id, item) in api.items.iter() {
            let Some(structured) = item.structured().filter(|s| s.base.is_some()) else {
                continue;
            };
            for property in &structured.properties {
                declared.entry(property.name.as_str()).or_default().push(id);
            }
        }
        Self { api, declared }
    }

    /// The type derived from `base` that declares or inherits most of the members `names`, which `base`
    /// does not have, and whether it is the only one. Of several it is the one that derives most
    /// directly, then the first of the metadata.
    pub(crate) fn best_derived(&self, base: ItemId, names: &[&str]) -> Option<(ItemId, bool)> {
        let mut declarers: BTreeMap<ItemId, usize> = BTreeMap::new();
        for name in names.iter().take(NAMES) {
            for &id in self.declared.get(name).into_iter().flatten() {
                *declarers.entry(id).or_default() += 1;
            }
        }
        let mut fitting: Vec<(Reverse<usize>, usize, ItemId)> = declarers
            .keys()
            .filter_map(|&id| {
                let steps = self.api.ancestry(id).position(|ancestor| ancestor == base)?;
                let own = self.api.ancestry(id).take(steps);
                let shown: usize = own.filter_map(|owner| declarers.get(&owner)).sum();
                (steps > 0).then_some((Reverse(shown), steps, id))
            })
            .collect();
        fitting.sort_unstable();
        let &(most, _, id) = fitting.first()?;
        let is_only = fitting.get(1).is_none_or(|&(shown, ..)| shown != most);
        Some((id, is_only))
    }
}
