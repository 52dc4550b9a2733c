//! All ways through the builders, documented or not.
//!
//! In comes the API; out go the steps from its roots to every entity type that navigation properties lead to, and the
//! bound operations of each. Holds: a step is taken once for each type and not for each path, so that cycles end and
//! what comes out grows with the metadata.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use msgraph_ir::{Api, BoundId, BoundKind, ItemId, RootKind, Site, TypeTarget};

use super::paths::{By, Place, Step, key_of, segment_text};
use crate::data::NodeShape;

/// The steps from the roots to everything.
pub(super) fn reach(api: &Api) -> Vec<Step> {
    let mut bound: BTreeMap<(ItemId, bool), Vec<BoundId>> = BTreeMap::new();
    for (id, operation) in api.bound.iter() {
        if let Some(binding) = operation.binding
            && let TypeTarget::Item(of) = binding.target
            && is_called_without_parameters(api, id)
        {
            bound.entry((of, binding.is_collection)).or_default().push(id);
        }
    }
    let mut reach =
        Reach { api, bound, seen: BTreeSet::new(), waiting: VecDeque::new(), steps: Vec::new() };
    for (index, root) in api.container.roots.iter().enumerate() {
        let shape = match root.kind {
            RootKind::EntitySet => NodeShape::Collection,
            RootKind::Singleton => NodeShape::Item,
        };
        let to = Place { shape, resource: root.target, site: Site::Root(index) };
        reach.segment(None, root.name.as_str(), to);
    }
    while let Some(place) = reach.waiting.pop_front() {
        reach.from(place);
    }
    reach.steps
}

/// Whether nothing stands behind the operation's name in a path.
fn is_called_without_parameters(api: &Api, id: BoundId) -> bool {
    let operation = &api.bound[id];
    match operation.kind {
        BoundKind::Action => true,
        BoundKind::Function => operation.parameters.iter().all(|p| p.is_optional),
    }
}

struct Reach<'a> {
    api: &'a Api,
    /// The operations bound to one of a type, and to a collection of it.
    bound: BTreeMap<(ItemId, bool), Vec<BoundId>>,
    seen: BTreeSet<(NodeShape, ItemId)>,
    waiting: VecDeque<Place>,
    steps: Vec<Step>,
}

impl Reach<'_> {
    fn from(&mut self, place: Place) {
        let api = self.api;
        let is_collection = place.shape == NodeShape::Collection;
        if !matches!(place.shape, NodeShape::Collection | NodeShape::Item) {
            return;
        }
        for owner in api.ancestry(place.resource) {
            let properties =
                api.items[owner].structured().map(|s| s.properties.as_slice()).unwrap_or_default();
            for (index, property) in properties.iter().enumerate() {
                let TypeTarget::Item(resource) = property.type_ref.target else { continue };
                if is_collection || property.navigation().is_none() {
                    continue;
                }
                let shape = match property.type_ref.is_collection {
                    true => NodeShape::Collection,
                    false => NodeShape::Item,
                };
                let to = Place { shape, resource, site: Site::Property { owner, index } };
                self.segment(Some(place), property.name.as_str(), to);
            }
            for id in self.bound.get(&(owner, is_collection)).cloned().unwrap_or_default() {
                let to = Place { shape: NodeShape::Bound, resource: owner, site: Site::Bound(id) };
                self.segment(Some(place), api.bound[id].name.name.as_str(), to);
            }
        }
    }

    fn segment(&mut self, from: Option<Place>, wire: &str, to: Place) {
        let by = By::Segment(wire.to_owned(), segment_text(wire));
        self.steps.push(Step { from, by, to });
        let mut enter = |place: Place| {
            if matches!(place.shape, NodeShape::Collection | NodeShape::Item)
                && self.seen.insert((place.shape, place.resource))
            {
                self.waiting.push_back(place);
            }
        };
        enter(to);
        if to.shape == NodeShape::Collection {
            let count = Place { shape: NodeShape::Count, ..to };
            self.steps.push(Step { from: Some(to), by: By::Ending("$count"), to: count });
        }
        if to.shape == NodeShape::Collection && key_of(self.api, to.resource).len() == 1 {
            let item = Place { shape: NodeShape::Item, ..to };
            enter(item);
            self.steps.push(Step { from: Some(to), by: By::Key(0), to: item });
        }
    }
}
