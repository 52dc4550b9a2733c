//! Last pass: what the planner needs decided once.
//!
//! In comes the selection; out go, for each selected type, the selected types that a position of it
//! can hold, and the abstract types without any. Holds afterwards: base types end, every id of the
//! selection has its base selected, and from here on the representation is only read.

use std::collections::BTreeMap;

use msgraph_ir::{Api, ItemId};
use msgraph_source::{Diagnostic, Diagnostics, catalogue::link as codes};

/// Completes the selection of `api`.
pub fn analyse(api: &mut Api) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let mut subtypes: BTreeMap<ItemId, Vec<ItemId>> = BTreeMap::new();
    for &id in api.selection.items.keys() {
        let chain: Vec<ItemId> = api.ancestry(id).skip(1).collect();
        let root = chain.last().copied().unwrap_or(id);
        let ends = api.items[root].structured().is_none_or(|structured| structured.base.is_none());
        if !ends {
            let item = &api.items[id];
            diagnostics.push(
                Diagnostic::at(
                    codes::BASE_CYCLE,
                    item.span,
                    format!("the base types of `{}` form a cycle", item.name),
                )
                .help("remove one `BaseType` of the chain"),
            );
            continue;
        }
        for ancestor in chain {
            if api.selection.items.contains_key(&ancestor) {
                subtypes.entry(ancestor).or_default().push(id);
            }
        }
    }
    let abstract_leaves = api
        .selection
        .items
        .keys()
        .copied()
        .filter(|id| {
            let is_abstract = api.items[*id].structured().is_some_and(|s| s.is_abstract);
            is_abstract && !subtypes.contains_key(id)
        })
        .collect();
    api.selection.subtypes = subtypes;
    api.selection.abstract_leaves = abstract_leaves;
    diagnostics
}
