//! Members that no page describes.
//!
//! In come the pages' tables, page by page; out go counts and one note a type. Holds: a type counts
//! only where some page has a table about it, and once, at the first page about it.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_ir::{Api, ItemId, ItemKind, Tally};
use msgraph_source::{Diagnostic, Span, catalogue::link as codes};

use super::words::Place;
use super::{Described, names};

/// What pages describe, by type.
#[derive(Default)]
pub(crate) struct Documented {
    by_type: BTreeMap<ItemId, Entry>,
}

struct Entry {
    /// The first page: its index, and the place that tells of the type.
    page: usize,
    span: Span,
    members: BTreeSet<usize>,
}

impl Documented {
    /// Adds what the page at `page` describes.
    pub(crate) fn add(&mut self, page: usize, described: &Described<'_>) {
        for &(id, span) in described.tabled.iter().chain(&described.enumerations) {
            self.by_type.entry(id).or_insert(Entry { page, span, members: BTreeSet::new() });
        }
        for words in &described.words {
            if let Place::Member(id, index) | Place::EnumMember(id, index) = words.place
                && let Some(entry) = self.by_type.get_mut(&id)
            {
                entry.members.insert(index);
            }
        }
    }

    /// What there is to say of each type, in the order of the pages, and the tally of each page.
    pub(crate) fn report(self, api: &Api) -> (Vec<Diagnostic>, Vec<(usize, Tally)>) {
        let mut entries: Vec<(ItemId, Entry)> = self.by_type.into_iter().collect();
        entries.sort_by_key(|(id, entry)| (entry.page, entry.span.start, *id));
        let mut found = Vec::new();
        let mut tallies = Vec::new();
        for (id, entry) in entries {
            let item = &api.items[id];
            let all: Vec<(&str, Span)> = match &item.kind {
                ItemKind::Entity(structured) | ItemKind::Complex(structured) => {
                    structured.properties.iter().map(|p| (p.name.as_str(), p.span)).collect()
                }
                ItemKind::Enumeration(enumeration) => {
                    enumeration.members.iter().map(|m| (m.name.as_str(), item.span)).collect()
                }
                ItemKind::TypeDefinition(_) => Vec::new(),
            };
            if item.structured().is_some() {
                let agreeing = entry.members.len();
                tallies.push((entry.page, Tally { all: all.len(), agreeing }));
            }
            let missing: Vec<(&str, Span)> = all
                .into_iter()
                .enumerate()
                // The sentinel is a means of the wire; there is nothing to say of it.
                .filter(|(index, (name, _))| {
                    !entry.members.contains(index) && *name != "unknownFutureValue"
                })
                .map(|(_, member)| member)
                .collect();
            let Some(&(_, span)) = missing.first() else {
                continue;
            };
            let missing: Vec<&str> = missing.into_iter().map(|(name, _)| name).collect();
            found.push(
                Diagnostic::at(
                    codes::UNDOCUMENTED_MEMBER,
                    entry.span,
                    format!("no page describes {} of `{}`", names(&missing), item.name),
                )
                .label(span, "the metadata")
                .help("describe them in a table of a page about the type"),
            );
        }
        (found, tallies)
    }
}
