//! All ways through the builders, documented or not.
//!
//! In comes the API; out go the steps from its roots to every entity type that navigation properties lead to, and the
//! bound operations, streams and alternate keys of each. Holds: a step is taken once for each type and not for each
//! path, so that cycles end and what comes out grows with the metadata.

use std::collections::{BTreeSet, VecDeque};

use msgraph_ir::{
    Api, BoundId, BoundKind, ItemId, Primitive, Property, RootKind, Site, TypeRef, TypeTarget,
};

use super::binding::{Bound, by_binding};
use super::path_arguments::{given, need};
use super::path_names::segment_text;
use super::paths::{By, Place, Step, Walk, called, key_of};
use super::undocumented::is_cast_from;
use crate::data::{Need, NodeShape};
use crate::naming::Names;

/// The steps from the roots to everything, each with what it needs to know of arguments.
pub(super) fn reach(api: &Api, names: &Names) -> Vec<(Walk, Step)> {
    let mut reach = Reach {
        api,
        names,
        bound: by_binding(api),
        seen: BTreeSet::new(),
        waiting: VecDeque::new(),
        steps: Vec::new(),
    };
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

struct Reach<'a> {
    api: &'a Api,
    names: &'a Names,
    /// The operations bound to one of a type, and to a collection of it.
    bound: Bound,
    seen: BTreeSet<(NodeShape, ItemId)>,
    waiting: VecDeque<Place>,
    steps: Vec<(Walk, Step)>,
}

impl Reach<'_> {
    fn from(&mut self, place: Place) {
        let api = self.api;
        let is_collection = place.shape == NodeShape::Collection;
        for owner in api.ancestry(place.resource) {
            let structured = api.items[owner].structured();
            let properties = structured.map(|s| s.properties.as_slice()).unwrap_or_default();
            for (index, property) in properties.iter().enumerate() {
                if is_collection {
                    continue;
                }
                if let Some((shape, resource)) = self.entered(property, place) {
                    let to = Place { shape, resource, site: Site::Property { owner, index } };
                    self.segment(Some(place), property.name.as_str(), to);
                }
            }
            for id in self.bound.get(&(owner, is_collection)).cloned().unwrap_or_default() {
                self.call(place, owner, id);
            }
        }
    }

    /// What a property leads to: entities, a stream, or a value that has one of these.
    fn entered(&self, property: &Property, place: Place) -> Option<(NodeShape, ItemId)> {
        let TypeRef { target, is_collection, .. } = property.type_ref;
        match target {
            TypeTarget::Primitive(Primitive::Stream) => Some((NodeShape::Value, place.resource)),
            TypeTarget::Primitive(_) | TypeTarget::Json => None,
            TypeTarget::Item(id) if property.navigation().is_some() => match is_collection {
                true => Some((NodeShape::Collection, id)),
                false => Some((NodeShape::Item, id)),
            },
            TypeTarget::Item(id) => {
                let mut own =
                    self.api.ancestry(id).filter_map(|id| self.api.items[id].structured());
                let leads = own.any(|of| of.properties.iter().any(|p| p.navigation().is_some()));
                (leads && !is_collection).then_some((NodeShape::Item, id))
            }
        }
    }

    /// The step to an operation, which needs arguments in the path where it is a function that has some.
    fn call(&mut self, place: Place, owner: ItemId, id: BoundId) {
        let bound = &self.api.bound[id];
        let (shape, resource) = called(bound).unwrap_or((NodeShape::Bound, owner));
        let to = Place { shape, resource, site: Site::Bound(id) };
        let wire = bound.name.name.as_str();
        if bound.kind == BoundKind::Action || bound.parameters.is_empty() {
            self.segment(Some(place), wire, to);
            return;
        }
        let of = bound.parameters.iter().map(|of| (&of.name, of.type_ref, need(of)));
        if let Some(walk) = given(self.api, self.names, of) {
            let by = By::Call(wire.to_owned(), (0..bound.parameters.len()).collect());
            self.step(walk, Step { from: Some(place), by, to });
        }
    }

    fn segment(&mut self, from: Option<Place>, wire: &str, to: Place) {
        let by = By::Segment(wire.to_owned(), segment_text(wire));
        self.step(Walk::default(), Step { from, by, to });
    }

    /// Takes a step, and goes on from where it leads.
    fn step(&mut self, walk: Walk, step: Step) {
        let to = step.to;
        self.steps.push((walk, step));
        self.enter(to);
        if to.shape == NodeShape::Collection {
            self.in_collection(to);
        }
    }

    /// What a collection leads to: how many there are, and each by its keys.
    fn in_collection(&mut self, to: Place) {
        self.ending(to, "$count", NodeShape::Count);
        let item = Place { shape: NodeShape::Item, ..to };
        let keys = self.api.ancestry(to.resource).filter_map(|id| self.api.items[id].structured());
        let keys: Vec<_> = keys.flat_map(|structured| &structured.alternate_keys).collect();
        for key in keys {
            let typed = key.iter().map(|part| {
                let (owner, index) = self.api.property_of(to.resource, part.property.as_str())?;
                let of = self.api.property(owner, index)?.type_ref;
                Some((part.alias.as_ref().unwrap_or(&part.property), of, Need::Required))
            });
            let Some(typed) = typed.collect::<Option<Vec<_>>>() else { continue };
            if let Some(walk) = given(self.api, self.names, typed.into_iter()) {
                let by = By::AlternateKey((0..key.len()).collect());
                self.steps.push((walk, Step { from: Some(to), by, to: item }));
                self.enter(item);
            }
        }
        if key_of(self.api, to.resource).len() == 1 {
            self.enter(item);
            self.steps.push((Walk::default(), Step { from: Some(to), by: By::Key(0), to: item }));
        }
    }

    /// What a cast leads to: the same at all sites, so that it is enough to have been there once.
    fn derived(&mut self, place: Place) {
        if !is_cast_from(self.api, place.resource) {
            return;
        }
        let derived = self.api.items[place.resource].structured().map(|of| of.derived.clone());
        for resource in derived.into_iter().flatten() {
            let to = Place { resource, ..place };
            let is_new = !self.seen.contains(&(to.shape, resource));
            self.enter(to);
            if is_new && to.shape == NodeShape::Collection {
                self.in_collection(to);
            }
        }
    }

    fn ending(&mut self, from: Place, wire: &'static str, shape: NodeShape) {
        let to = Place { shape, ..from };
        self.steps.push((Walk::default(), Step { from: Some(from), by: By::Ending(wire), to }));
    }

    fn enter(&mut self, place: Place) {
        let is_place = matches!(place.shape, NodeShape::Collection | NodeShape::Item);
        if !is_place {
            return;
        }
        if self.seen.insert((place.shape, place.resource)) {
            self.waiting.push_back(place);
            self.derived(place);
        }
        let mut own =
            self.api.ancestry(place.resource).filter_map(|id| self.api.items[id].structured());
        if place.shape == NodeShape::Item && own.any(|structured| structured.has_stream) {
            self.ending(place, "$value", NodeShape::Value);
        }
    }
}
