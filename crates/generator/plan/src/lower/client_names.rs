//! The names of the client: of its types and sites, and of the methods that lead deeper.
//!
//! In come the API and the steps that are taken; out goes a name for each resource, site and way. Holds: a name stands
//! for one thing, whatever else is selected, and is that of the official libraries wherever that is free.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_ir::{Api, BoundKind, ItemId, Site, TypeTarget};

use super::binding::{Bound, bound_to, by_binding};
use super::client_markers::site_docs;
use super::path_names::{alternate_key_method, call_words, key_method, site_name};
use super::paths::{By, Place, Step, Walk};
use crate::data::{Node, NodeShape};
use crate::naming::{BUILDER_METHODS, Case, Ident, ROOT_METHODS, Scope, claim, stem};

/// The names of the client.
pub(super) struct ClientNames {
    /// The operations by what they are bound to.
    pub(super) bound: Bound,
    pub(super) resources: BTreeMap<ItemId, Ident>,
    pub(super) sites: BTreeMap<Site, Ident>,
    /// The type that an operation is bound to, where nothing follows the operation.
    bindings: BTreeMap<Site, ItemId>,
    /// The method for each way deeper: from where, and by which segment.
    methods: BTreeMap<(Option<Way>, String), Ident>,
}

/// The operations of one name and one binding, with the names of their sites.
type Twins = Vec<(BoundKind, Ident)>;

/// From where a segment leads deeper: the same at all sites.
type Way = (NodeShape, ItemId);

impl ClientNames {
    /// The builder at a place; with its site, or the same at all sites.
    pub(super) fn node(&self, place: Place, with_site: bool) -> Node {
        let unknown = || Ident::fixed("Unknown");
        let resource = self.bindings.get(&place.site).unwrap_or(&place.resource);
        Node {
            shape: place.shape,
            resource: self.resources.get(resource).cloned().unwrap_or_else(unknown),
            site: with_site.then(|| self.sites.get(&place.site).cloned().unwrap_or_else(unknown)),
        }
    }

    /// The method that a step calls.
    pub(super) fn method(
        &self,
        api: &Api,
        walk: &Walk,
        from: Option<Place>,
        by: &By,
        to: Place,
    ) -> Option<Ident> {
        match by {
            By::Key(_) => Some(key_method(api, to.resource)),
            By::AlternateKey(indices) => {
                Some(alternate_key_method(api, to.resource, &walk.arguments_at(indices)))
            }
            By::Path(_) => Some(Ident::fixed("by_path")),
            By::Segment(..) | By::Ending(_) | By::Call(..) => {
                self.methods.get(&way(walk, from, by)?).cloned()
            }
        }
    }
}

/// From where a step leads deeper, and by which segment; none for a key, whose method is the same
/// everywhere. No segment of the model has the slash of an ending.
fn way(walk: &Walk, from: Option<Place>, by: &By) -> Option<(Option<Way>, String)> {
    let segment = match by {
        By::Segment(wire, _) => wire.clone(),
        By::Ending(wire) => format!("/{wire}"),
        By::Call(wire, indices) => call_words(wire, &walk.arguments_at(indices)),
        By::Key(_) | By::AlternateKey(_) | By::Path(_) => return None,
    };
    Some((from.map(|from| (from.shape, from.resource)), segment))
}

/// Names of all types and sites on the way, in the order of their names on the wire, and of the methods.
pub(super) fn client_names<'s>(
    api: &Api,
    steps: impl Iterator<Item = (&'s Walk, &'s Step)> + Clone,
) -> ClientNames {
    let bound = by_binding(api);
    let methods = method_names(api, &bound, steps.clone());
    let places: BTreeSet<Place> = steps.clone().map(|(_, step)| step.to).collect();
    let bindings = bindings(api, &places);
    let mut ids: Vec<ItemId> = places.iter().map(|place| place.resource).collect();
    // No step leads to what only a cast leads to.
    ids.extend(steps.filter_map(|(_, step)| step.from).map(|place| place.resource));
    ids.extend(bindings.values());
    ids.sort_by(|&a, &b| api.items[a].name.cmp(&api.items[b].name));
    ids.dedup();
    let mut scope = Scope::default();
    let resources = ids
        .iter()
        .map(|&id| {
            let name = &api.items[id].name;
            let short = stem(name.name.as_str(), Case::Pascal);
            // Types of the same name in two namespaces: the later one is told by its namespace.
            let wanted = if scope.is_free(&short) {
                name.name.to_string()
            } else {
                let namespace = name.namespace.as_str().rsplit('.').next().unwrap_or_default();
                format!("{namespace} {}", name.name)
            };
            (id, claim(&mut scope, &wanted, Case::Pascal))
        })
        .collect();
    let mut sites: Vec<(String, String, Site)> = places
        .iter()
        .map(|place| {
            (site_name(api, place.site), site_docs(api, place.site).lines().join(" "), place.site)
        })
        .collect();
    sites.sort();
    sites.dedup();
    let mut scope = Scope::default();
    // An action and a function of one name stand at one place, and differ in their verbs.
    let mut twins: BTreeMap<(ItemId, bool, &str), Twins> = BTreeMap::new();
    let mut named = BTreeMap::new();
    for (wanted, _, site) in sites {
        let twin = match (site, bindings.get(&site)) {
            (Site::Bound(id), Some(&of)) => {
                let bound = &api.bound[id];
                let is_collection = bound.binding.is_some_and(|binding| binding.is_collection);
                let known = twins.entry((of, is_collection, bound.name.name.as_str())).or_default();
                let free = known
                    .iter()
                    .position(|(kind, _)| *kind != bound.kind)
                    .filter(|_| known.len() == 1);
                Some((bound.kind, free.and_then(|at| known.get(at)).cloned(), known))
            }
            _ => None,
        };
        let name = match twin {
            Some((kind, Some((_, name)), known)) => {
                known.push((kind, name.clone()));
                name
            }
            Some((kind, None, known)) => {
                let name = claim(&mut scope, &wanted, Case::Pascal);
                known.push((kind, name.clone()));
                name
            }
            None => claim(&mut scope, &wanted, Case::Pascal),
        };
        named.insert(site, name);
    }
    ClientNames { bound, resources, sites: named, bindings, methods }
}

/// The types that operations are bound to, as far as nothing follows them: what inherits an operation shares it.
fn bindings(api: &Api, places: &BTreeSet<Place>) -> BTreeMap<Site, ItemId> {
    let binding = |place: &Place| {
        let Site::Bound(id) = place.site else { return None };
        let bound = &api.bound[id];
        let TypeTarget::Item(of) = bound.binding?.target else { return None };
        (!bound.is_composable).then_some((place.site, of))
    };
    places.iter().filter_map(binding).collect()
}

/// The names of the methods that lead deeper by a segment, unique beside verbs and keys.
fn method_names<'s>(
    api: &Api,
    bound: &Bound,
    steps: impl Iterator<Item = (&'s Walk, &'s Step)>,
) -> BTreeMap<(Option<Way>, String), Ident> {
    let ways: BTreeSet<(Option<Way>, String)> =
        steps.filter_map(|(walk, step)| way(walk, step.from, &step.by)).collect();
    let mut scopes: BTreeMap<Option<Way>, Scope> = BTreeMap::new();
    ways.into_iter()
        .map(|(way, wire)| {
            let scope = scopes.entry(way).or_default();
            let wanted = match wire.strip_prefix('/') {
                Some(ending) => ending_name(api, bound, way, ending).to_owned(),
                None => stem(&wire, Case::Snake),
            };
            let reserved = if way.is_some() { BUILDER_METHODS } else { ROOT_METHODS };
            let is_taken = reserved.contains(&wanted.as_str()) || wanted.starts_with("by_");
            let wanted = if is_taken { format!("{wanted}_") } else { wanted };
            let name = Ident::of_stem(&scope.claim(&wanted));
            ((way, wire), name)
        })
        .collect()
}

/// The name of the method for an ending, which is that of the official libraries. Where something of
/// the model may stand beside it under that name, selected or not, it is another one.
fn ending_name(api: &Api, bound: &Bound, way: Option<Way>, ending: &str) -> &'static str {
    let (usual, other) = match ending {
        "$count" => ("count", "count_all"),
        "$ref" => ("ref", "reference"),
        _ => ("content", "value"),
    };
    let Some((shape, resource)) = way else { return usual };
    let is_collection = shape == NodeShape::Collection;
    let mut bound = bound_to(api, bound, resource, is_collection);
    let is_usual = |name: &str| stem(name, Case::Snake) == usual;
    let of_model = bound.any(|id| is_usual(api.bound[id].name.name.as_str()))
        || !is_collection
            && api.ancestry(resource).any(|id| {
                let properties = api.items[id].structured().map(|s| s.properties.as_slice());
                let mut properties = properties.unwrap_or_default().iter();
                properties.any(|property| is_usual(property.name.as_str()))
            });
    if of_model { other } else { usual }
}
