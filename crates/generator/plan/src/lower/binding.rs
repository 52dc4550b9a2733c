//! Operations by what they are bound to.
//!
//! In comes the API; out go the operations of each type, alone and as a collection. Holds: it is looked up for each
//! type, of which there may be as many as operations.

use std::collections::BTreeMap;

use msgraph_ir::{Api, BoundId, ItemId, TypeTarget};

/// The operations bound to one of a type, and to a collection of it.
pub(super) type Bound = BTreeMap<(ItemId, bool), Vec<BoundId>>;

/// All operations by what they are bound to.
pub(super) fn by_binding(api: &Api) -> Bound {
    let mut bound = Bound::new();
    for (id, operation) in api.bound.iter() {
        if let Some(binding) = operation.binding
            && let TypeTarget::Item(of) = binding.target
        {
            bound.entry((of, binding.is_collection)).or_default().push(id);
        }
    }
    bound
}

/// What can be called on one of a type, or on a collection of it, its bases included.
pub(super) fn bound_to<'a>(
    api: &'a Api,
    bound: &'a Bound,
    id: ItemId,
    is_collection: bool,
) -> impl Iterator<Item = BoundId> + 'a {
    api.ancestry(id).filter_map(move |of| bound.get(&(of, is_collection))).flatten().copied()
}
