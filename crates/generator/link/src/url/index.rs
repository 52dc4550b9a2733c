//! What the walk looks names up in, made once for a model.
//!
//! In comes the linked model; out go the members and operations of each type, the owners of each
//! name, and the types by name, all in lower case. Holds: no look-up scans a type, the container or
//! the types derived from one, however many there are.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use msgraph_ir::{Api, BoundId, ItemId, TypeTarget};

use super::segments::decoded;

/// The look-up tables of one model.
#[derive(Debug)]
pub(super) struct Index<'a> {
    /// What each type declares, in the order of the types' ids.
    types: Vec<BTreeMap<String, Declared>>,
    /// The types that declare something of a name for their instances, in the order of `ranges`.
    owners: BTreeMap<String, Vec<ItemId>>,
    /// The types by their names with namespaces.
    named: BTreeMap<String, Vec<ItemId>>,
    /// The place of each type when base types are counted before those derived from them, and the
    /// end of those derived from it. Empty for types that form a cycle.
    ranges: Vec<(usize, usize)>,
    /// Entity sets and singletons.
    roots: BTreeMap<String, Vec<usize>>,
    /// Action imports and function imports.
    imports: BTreeMap<String, Vec<usize>>,
    /// Unbound operations by name, in the case that the metadata gives it.
    unbound: BTreeMap<String, Vec<BoundId>>,
    /// The first words of the names of operations that have several: `get`, `assign`.
    verbs: BTreeSet<&'a str>,
    /// Namespaces by their aliases.
    aliases: BTreeMap<&'a str, &'a str>,
}

/// What one type declares under one name.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// Indices into its properties.
    pub(super) properties: Vec<usize>,
    /// Operations bound to an instance of it.
    pub(super) on_instance: Vec<BoundId>,
    /// Operations bound to a collection of it.
    pub(super) on_collection: Vec<BoundId>,
}

impl<'a> Index<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut index = Self {
            types: Vec::new(),
            owners: BTreeMap::new(),
            named: BTreeMap::new(),
            ranges: ranges(api),
            roots: BTreeMap::new(),
            imports: BTreeMap::new(),
            unbound: BTreeMap::new(),
            verbs: BTreeSet::new(),
            aliases: BTreeMap::new(),
        };
        for (id, item) in api.items.iter() {
            let mut declared: BTreeMap<String, Declared> = BTreeMap::new();
            let properties = item.structured().into_iter().flat_map(|s| &s.properties);
            for (at, property) in properties.enumerate() {
                declared.entry(lower(property.name.as_str())).or_default().properties.push(at);
            }
            index.types.push(declared);
            index.named.entry(lower(&item.name.to_string())).or_default().push(id);
        }
        for (id, bound) in api.bound.iter() {
            let name = bound.name.name.as_str();
            index.verbs.extend(first_of_several_words(name));
            let Some(binding) = bound.binding else {
                index.unbound.entry(bound.name.to_string()).or_default().push(id);
                continue;
            };
            if let TypeTarget::Item(item) = binding.target
                && let Some(declared) = index.types.get_mut(item.index())
            {
                let declared = declared.entry(lower(name)).or_default();
                let place = match binding.is_collection {
                    true => &mut declared.on_collection,
                    false => &mut declared.on_instance,
                };
                place.push(id);
            }
        }
        for (id, declared) in api.items.ids().zip(&index.types) {
            for (name, declared) in declared {
                if !declared.properties.is_empty() || !declared.on_instance.is_empty() {
                    index.owners.entry(name.clone()).or_default().push(id);
                }
            }
        }
        let ranges = &index.ranges;
        let place = |id: &ItemId| ranges.get(id.index()).map(|range| range.0);
        for owners in index.owners.values_mut() {
            owners.sort_by_key(place);
        }
        for (at, root) in api.container.roots.iter().enumerate() {
            index.roots.entry(lower(root.name.as_str())).or_default().push(at);
        }
        for (at, import) in api.container.imports.iter().enumerate() {
            index.imports.entry(lower(import.name.as_str())).or_default().push(at);
        }
        index.aliases = api
            .namespaces
            .iter()
            .filter_map(|namespace| {
                Some((namespace.alias.as_ref()?.as_str(), namespace.name.as_str()))
            })
            .collect();
        index
    }

    /// What `id` itself declares under `name`, which is in lower case.
    pub(super) fn declared(&self, id: ItemId, name: &str) -> Option<&Declared> {
        self.types.get(id.index())?.get(name)
    }

    /// All that `id` itself declares.
    pub(super) fn all_declared(&self, id: ItemId) -> impl Iterator<Item = &Declared> {
        self.types.get(id.index()).into_iter().flat_map(BTreeMap::values)
    }

    /// The types derived from `id` that declare `name` for their instances, base types first.
    pub(super) fn derived_owners(&self, id: ItemId, name: &str) -> impl Iterator<Item = ItemId> {
        let owners = self.owners.get(name).map_or(&[][..], Vec::as_slice);
        let (first, end) = self.ranges.get(id.index()).copied().unwrap_or_default();
        let place = |id: &ItemId| self.ranges.get(id.index()).map_or(0, |range| range.0);
        let from = owners.partition_point(|owner| place(owner) <= first);
        owners.iter().skip(from).take_while(move |owner| place(owner) < end).copied()
    }

    /// Whether `id` is `base` or derived from it.
    pub(super) fn is_within(&self, id: ItemId, base: ItemId) -> bool {
        let (first, end) = self.ranges.get(base.index()).copied().unwrap_or_default();
        let place = self.ranges.get(id.index()).map_or(usize::MAX, |range| range.0);
        id == base || (first..end).contains(&place)
    }

    /// The types with this name, which is in lower case and has a namespace.
    pub(super) fn types_named(&self, name: &str) -> &[ItemId] {
        self.named.get(name).map_or(&[], Vec::as_slice)
    }

    /// The name that is meant by `written`: itself where the model has such a name anywhere, or else
    /// what its percent-escapes stand for.
    pub(super) fn meant<'n>(&self, written: &'n str) -> Cow<'n, str> {
        let lower = lower(written);
        let is_name = self.owners.contains_key(&lower) || self.roots.contains_key(&lower);
        if is_name { Cow::Borrowed(written) } else { decoded(written) }
    }

    /// Whether `name` has several words and starts with one that names of operations start with.
    pub(super) fn reads_like_an_operation(&self, name: &str) -> bool {
        first_of_several_words(name).is_some_and(|word| self.verbs.contains(word))
    }

    /// The namespace that `name` stands for: itself, or the one with this alias.
    pub(super) fn namespace<'n>(&self, name: &'n str) -> &'n str
    where
        'a: 'n,
    {
        self.aliases.get(name).copied().unwrap_or(name)
    }

    /// The entity sets and singletons called `name` in any case.
    pub(super) fn roots_named(&self, name: &str) -> &[usize] {
        self.roots.get(&lower(name)).map_or(&[], Vec::as_slice)
    }

    /// The imports called `name` in any case.
    pub(super) fn imports_named(&self, name: &str) -> &[usize] {
        self.imports.get(&lower(name)).map_or(&[], Vec::as_slice)
    }

    /// The unbound operations with exactly this name; overloads share it.
    pub(super) fn unbound(&self, name: &str) -> &[BoundId] {
        self.unbound.get(name).map_or(&[], Vec::as_slice)
    }
}

pub(super) fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// `get` of `getMemberGroups`.
fn first_of_several_words(name: &str) -> Option<&str> {
    let (end, _) = name.char_indices().find(|(_, c)| !c.is_ascii_lowercase())?;
    let (word, rest) = name.split_at(end);
    (!word.is_empty() && rest.starts_with(|c: char| c.is_ascii_uppercase())).then_some(word)
}

/// Counts types so that those derived from one, directly or not, follow it without a gap.
fn ranges(api: &Api) -> Vec<(usize, usize)> {
    let mut ranges = vec![(0, 0); api.items.len()];
    let mut next = 1;
    let derived = |id: ItemId| api.items[id].structured().map_or(&[][..], |s| &s.derived);
    for root in api.items.ids() {
        if api.items[root].structured().is_some_and(|s| s.base.is_some()) {
            continue;
        }
        let mut waiting = vec![(root, false)];
        while let Some((id, is_done)) = waiting.pop() {
            let Some(range) = ranges.get_mut(id.index()) else {
                continue;
            };
            if is_done {
                range.1 = next;
                continue;
            }
            *range = (next, next);
            next += 1;
            waiting.push((id, true));
            waiting.extend(derived(id).iter().rev().map(|&id| (id, false)));
        }
    }
    ranges
}
