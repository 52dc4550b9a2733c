//! What a generated table has room for.
//!
//! In come types without inheritance cycles; out go errors for those that are too large. Holds afterwards: a member
//! is found by a number of sixteen bits, a type by a bounded walk over its base types, and so is a member of an
//! enumeration. No service comes near the limits: they keep metadata that is broken or hostile from growing.

use msgraph_ir::{Api, ItemId, ItemKind};
use msgraph_source::{Diagnostic, catalogue::link as codes};

use crate::declare::Linking;

/// The type and its base types; the runtime looks no further.
pub(crate) const LEVELS: usize = 64;
/// The members of a type, inherited ones included, or of an enumeration.
const MEMBERS: usize = 10_000;

/// Reports each type that is too large, but not those that are so only because their base is.
pub(crate) fn hold(linking: &mut Linking<'_>) {
    let api = &linking.api;
    let found: Vec<Diagnostic> = api.items.ids().filter_map(|id| problem(api, id)).collect();
    for diagnostic in found {
        linking.diagnostics.push(diagnostic);
    }
}

fn problem(api: &Api, id: ItemId) -> Option<Diagnostic> {
    let item = &api.items[id];
    let report = |message: String, help: &str| {
        Some(Diagnostic::at(codes::TYPE_TOO_LARGE, item.span, message).help(help))
    };
    if let ItemKind::Enumeration(enumeration) = &item.kind {
        let count = enumeration.members.len();
        return match count > MEMBERS {
            true => report(
                format!("`{}` has {count} members; at most {MEMBERS} are supported", item.name),
                "split the enumeration, or make its uses strings",
            ),
            false => None,
        };
    }
    let own = item.structured()?.properties.len();
    // One more than there may be, and another one to tell the first that is too deep from those below it.
    let levels: Vec<ItemId> = api.ancestry(id).take(LEVELS + 2).collect();
    if levels.len() == LEVELS + 1 {
        return report(
            format!("`{}` has more than {LEVELS} levels of base types", item.name),
            "derive it from a type that is nearer to the root",
        );
    }
    let all: usize = levels
        .iter()
        .map(|&level| api.items[level].structured().map_or(0, |own| own.properties.len()))
        .sum();
    match all > MEMBERS && all - own <= MEMBERS {
        true => report(
            format!("`{}` has {all} members; at most {MEMBERS} are supported", item.name),
            "move members into complex types",
        ),
        false => None,
    }
}
