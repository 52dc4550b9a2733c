//! Operations to request builders: markers of types and sites, methods that lead deeper, verbs.
//!
//! Builders are keyed by type, not by path: what is below a group is the same wherever the group was
//! found, and only the verbs depend on the site.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_ir::{Api, BoundKind, ItemId, Site, TypeTarget};
use rayon::prelude::*;

use super::binding::{Bound, bound_to};
use super::client_names::{ClientNames, client_names};
use super::operations::Planned;
use super::parameter_types::ParameterTypes;
use super::path_names::{alternate_key_method, key_argument, key_method, label};
use super::paths::{By, Place, Step, Walk, called, key_scalar};
use super::query_options::{documented, option_sets};
use super::reach::reach;
use super::undocumented::{allowed, is_cast_from};
use super::{Lowering, code, paragraph};
use crate::data::{
    Asking, Builder, BuilderMethod, Client, Example, Marker, MethodKind, Node, NodeShape,
    PathArgument, Undocumented, UndocumentedVerb,
};
use crate::naming::{Case, Ident, Scope, claim, stem};

impl Lowering<'_> {
    /// The crate of request builders.
    pub(super) fn client(
        &mut self,
        planned: &[Planned],
        parameters: &mut ParameterTypes,
    ) -> (Client, ClientNames) {
        let api = self.api;
        let reached = if api.selection.is_whole { reach(api, self.names) } else { Vec::new() };
        let steps = || {
            let walks = planned.iter().flat_map(|of| &of.walks);
            let walked = walks.flat_map(|walk| walk.steps.iter().map(move |step| (walk, step)));
            walked.chain(reached.iter().map(|(walk, step)| (walk, step)))
        };
        let names = client_names(api, steps());
        let mut nodes: BTreeMap<Node, BTreeMap<Ident, BuilderMethod>> = BTreeMap::new();
        let mut roots: BTreeMap<Ident, BuilderMethod> = BTreeMap::new();
        // What a reader is shown of an operation is the same at the end of each of its paths.
        let verbs: Vec<BuilderMethod> =
            planned.par_iter().map(|operation| self.verb(operation, &names)).collect();
        let mut taken = Taken::default();
        for (operation, verb) in planned.iter().zip(verbs) {
            for walk in &operation.walks {
                for step in &walk.steps {
                    if !taken.is_first(step) {
                        continue;
                    }
                    let Some(method) = self.deeper(walk, step.from, &step.by, step.to, &names)
                    else {
                        continue;
                    };
                    let methods = match step.from {
                        Some(from) => nodes.entry(names.node(from, false)).or_default(),
                        None => &mut roots,
                    };
                    methods.entry(method.name.clone()).or_insert(method);
                }
                if let Some(last) = walk.steps.last() {
                    nodes
                        .entry(names.node(last.to, true))
                        .or_default()
                        .entry(verb.name.clone())
                        .or_insert_with(|| verb.clone());
                }
            }
        }
        for (walk, step) in reached.iter().filter(|(_, step)| taken.is_first(step)) {
            let Some(method) = self.deeper(walk, step.from, &step.by, step.to, &names) else {
                continue;
            };
            let methods = match step.from {
                Some(from) => nodes.entry(names.node(from, false)).or_default(),
                None => &mut roots,
            };
            methods.entry(method.name.clone()).or_insert(method);
        }
        let undocumented = self.undocumented(&reached, &names, &mut nodes, parameters);
        let client = Client {
            manifest: self.client_manifest(),
            models: self.library("models"),
            docs: self.client_docs(planned),
            base_url: self.base_url(),
            root: self.root_name(),
            is_of_segments: false,
            roots: roots.into_values().collect(),
            resources: self.resource_markers(&names),
            sites: self.site_markers(&names),
            options: option_sets(&nodes),
            builders: builders(nodes, undocumented),
            is_whole: api.selection.is_whole,
            has_conditions: false,
            has_deprecated: self.has_deprecated(),
        };
        (client, names)
    }

    /// The method for one step.
    fn deeper(
        &self,
        walk: &Walk,
        from: Option<Place>,
        by: &By,
        to: Place,
        names: &ClientNames,
    ) -> Option<BuilderMethod> {
        let api = self.api;
        match by {
            By::Key(_) => {
                let item = &api.items[to.resource];
                let argument = key_argument(api, to.resource);
                Some(BuilderMethod {
                    name: key_method(api, to.resource),
                    docs: paragraph(&format!(
                        "The {} with this key.",
                        code(item.name.name.as_str())
                    )),
                    deprecated: None,
                    conditions: Vec::new(),
                    kind: MethodKind::Key {
                        argument,
                        scalar: key_scalar(api, to.resource),
                        beside: collection_operations(api, &names.bound, to.resource),
                        to: names.node(to, false),
                    },
                })
            }
            By::Ending(wire) => Some(BuilderMethod {
                name: names.method(api, walk, from, by, to)?,
                docs: ending_docs(to.shape, api.items[to.resource].name.name.as_str()),
                deprecated: None,
                conditions: Vec::new(),
                kind: MethodKind::Ending { wire, to: names.node(to, false) },
            }),
            By::AlternateKey(indices) => {
                let arguments = walk.arguments_at(indices);
                let item = code(api.items[to.resource].name.name.as_str());
                let keys: Vec<String> = arguments.iter().map(|of| code(&of.name)).collect();
                Some(BuilderMethod {
                    name: alternate_key_method(api, to.resource, &arguments),
                    docs: paragraph(&format!("The {item} with this {}.", keys.join(" and "))),
                    deprecated: None,
                    conditions: Vec::new(),
                    kind: MethodKind::AlternateKey {
                        arguments: argument_names(&arguments),
                        to: names.node(to, false),
                    },
                })
            }
            By::Path(_) => Some(BuilderMethod {
                name: Ident::fixed("by_path"),
                docs: paragraph(&format!(
                    "The {} at this path below this one: {}.",
                    code(api.items[to.resource].name.name.as_str()),
                    code("Documents/notes.txt")
                )),
                deprecated: None,
                conditions: Vec::new(),
                kind: MethodKind::ByPath {
                    argument: Ident::fixed("path"),
                    to: names.node(to, false),
                },
            }),
            By::Call(wire, indices) => Some(BuilderMethod {
                name: names.method(api, walk, from, by, to)?,
                docs: self.segment_docs(from, wire, to),
                deprecated: None,
                conditions: Vec::new(),
                kind: MethodKind::Call {
                    wire: wire.clone(),
                    arguments: argument_names(&walk.arguments_at(indices)),
                    to: names.node(to, true),
                },
            }),
            By::Segment(wire, written) => {
                let name = names.method(api, walk, from, by, to)?;
                let is_cast = from.is_some_and(|from| from.site == to.site);
                Some(BuilderMethod {
                    name,
                    docs: self.segment_docs(from, wire, to),
                    deprecated: self.site_deprecation(to.site),
                    conditions: Vec::new(),
                    kind: MethodKind::Segment {
                        wire: written.clone(),
                        to: names.node(to, !is_cast),
                    },
                })
            }
        }
    }

    /// The verbs that no page documents: those of bound operations are added to `nodes`, the others stand for
    /// themselves.
    fn undocumented(
        &mut self,
        reached: &[(Walk, Step)],
        names: &ClientNames,
        nodes: &mut BTreeMap<Node, BTreeMap<Ident, BuilderMethod>>,
        parameters: &mut ParameterTypes,
    ) -> Vec<Undocumented> {
        let places: BTreeSet<Place> = reached.iter().map(|(_, step)| step.to).collect();
        let mut undocumented = Vec::new();
        for place in places {
            let at = names.node(place, true);
            if let Site::Bound(id) = place.site {
                let called = called(&self.api.bound[id]).map_or(NodeShape::Bound, |of| of.0);
                if place.shape != called {
                    continue;
                }
                let name = Ident::fixed(match self.api.bound[id].kind {
                    BoundKind::Action => "post",
                    BoundKind::Function => "get",
                });
                if nodes.get(&at).is_some_and(|methods| methods.contains_key(&name)) {
                    continue;
                }
                if let Some(method) = self.undocumented_call(id, parameters) {
                    nodes.entry(at).or_default().insert(name, method);
                }
                continue;
            }
            for verb in allowed(self.api, place) {
                let name = verb_name(verb.method());
                // A cast leads to another type, of which the documented verb says nothing.
                let is_documented = verb != UndocumentedVerb::Cast
                    && nodes.get(&at).is_some_and(|methods| methods.contains_key(&name));
                let Some(site) = at.site.clone().filter(|_| !is_documented) else { continue };
                if let Some(method) = self.undocumented_read(place, verb) {
                    nodes.entry(at.clone()).or_default().insert(name, method);
                } else {
                    undocumented.push(Undocumented { verb, resource: at.resource.clone(), site });
                }
            }
        }
        undocumented
    }

    fn site_deprecation(&self, site: Site) -> Option<String> {
        let api = self.api;
        self.deprecation(match site {
            Site::Root(index) => api.container.roots.get(index)?.deprecation.as_ref(),
            Site::Property { owner, index } => api.property(owner, index)?.deprecation.as_ref(),
            Site::Bound(id) => api.bound[id].deprecation.as_ref(),
            Site::Segment(_) => None,
        })
    }

    fn segment_docs(&self, from: Option<Place>, wire: &str, to: Place) -> crate::DocText {
        let api = self.api;
        let described = match to.site {
            Site::Property { owner, index } => api.items[owner]
                .structured()
                .and_then(|structured| structured.properties.get(index))
                .and_then(|property| property.description.as_ref()),
            Site::Bound(id) => api.bound[id].description.as_ref(),
            Site::Root(_) | Site::Segment(_) => None,
        };
        if let Some(prose) = described {
            let docs = self.resource_prose().text(&prose.value);
            if !docs.is_empty() {
                return docs;
            }
        }
        let item = code(api.items[to.resource].name.name.as_str());
        paragraph(&match (to.site, from) {
            (Site::Bound(_), Some(from)) => {
                let of = code(api.items[from.resource].name.name.as_str());
                format!("The operation {} of {of}.", code(wire))
            }
            (Site::Bound(_), None) => format!("The operation {}.", code(wire)),
            (_, Some(from)) if from.site == to.site => format!("The same, as {item}."),
            (Site::Root(_), _) => match to.shape {
                NodeShape::Collection => format!("All of {}: a collection of {item}.", code(wire)),
                _ => format!("The {item} {}.", code(wire)),
            },
            _ => match to.shape {
                NodeShape::Collection => format!("{}: a collection of {item}.", code(wire)),
                _ => format!("{}: one {item}.", code(wire)),
            },
        })
    }

    fn verb(&self, planned: &Planned, names: &ClientNames) -> BuilderMethod {
        let operation = &self.api.operations[planned.id];
        let asking = documented(self.api, operation, planned.operation.reply.body.as_ref());
        verb_method(planned, asking, self.first_example(planned, names))
    }

    fn first_example(&self, planned: &Planned, names: &ClientNames) -> Option<Example> {
        let operation = &self.api.operations[planned.id];
        operation.examples.iter().find_map(|example| self.example(planned, example, names))
    }

    fn resource_markers(&self, names: &ClientNames) -> Vec<Marker> {
        let mut markers: Vec<Marker> = names
            .resources
            .iter()
            .map(|(&id, name)| Marker {
                name: name.clone(),
                docs: paragraph(&code(&self.api.items[id].name.to_string())),
                condition: None,
                bases: self.bases(id, names),
                model: (self.api.selection.is_whole && self.api.items[id].is_entity())
                    .then(|| self.names.item(id).map(|names| names.path.clone()))
                    .flatten(),
            })
            .collect();
        markers.sort_by(|a, b| a.name.cmp(&b.name));
        markers
    }

    /// The types on the way that `id` derives from, where casts are made.
    fn bases(&self, id: ItemId, names: &ClientNames) -> Vec<Ident> {
        let api = self.api;
        let bases = api.ancestry(id).skip(1).filter(|&base| is_cast_from(api, base));
        bases
            .filter(|_| api.selection.is_whole)
            .filter_map(|base| names.resources.get(&base))
            .cloned()
            .collect()
    }

    fn site_markers(&self, names: &ClientNames) -> Vec<Marker> {
        let api = self.api;
        let mut markers: Vec<Marker> = names
            .sites
            .iter()
            .map(|(&site, name)| Marker {
                name: name.clone(),
                docs: site_docs(api, site),
                model: None,
                bases: Vec::new(),
                condition: None,
            })
            .collect();
        markers.sort_by(|a, b| a.name.cmp(&b.name));
        // An action and a function of one name share a site.
        markers.dedup_by(|a, b| a.name == b.name);
        markers
    }
}

/// The steps whose methods are made: most paths begin alike.
#[derive(Default)]
struct Taken<'s>(BTreeSet<(Option<Place>, u8, &'s str, Place)>);

impl<'s> Taken<'s> {
    /// Whether no step before led by the same from and to the same places. One with arguments counts as
    /// a first: what it calls depends on them.
    fn is_first(&mut self, step: &'s Step) -> bool {
        let (kind, segment) = match &step.by {
            By::Segment(wire, _) => (0, wire.as_str()),
            By::Ending(wire) => (1, *wire),
            By::Key(_) => (2, ""),
            By::Path(_) => (3, ""),
            By::Call(..) | By::AlternateKey(_) => return true,
        };
        self.0.insert((step.from, kind, segment, step.to))
    }
}

/// What an ending leads to, in words.
fn ending_docs(shape: NodeShape, resource: &str) -> crate::DocText {
    let item = code(resource);
    paragraph(&match shape {
        NodeShape::Count => format!("How many there are of {item}."),
        NodeShape::Refs => format!("The links to each {item}, in place of the entities."),
        NodeShape::Ref => format!("The link to the {item}, in place of the entity."),
        _ => "The content: the media stream, or the raw value.".to_owned(),
    })
}

/// The method that makes the request of an operation.
pub(super) fn verb_method(
    planned: &Planned,
    asking: Asking,
    example: Option<Example>,
) -> BuilderMethod {
    let operation = &planned.operation;
    let parameters = operation.parameters.as_ref().filter(|of| of.are_required());
    BuilderMethod {
        name: verb_name(operation.method),
        docs: operation.docs.clone(),
        deprecated: planned.deprecated.clone(),
        conditions: Vec::new(),
        kind: MethodKind::Verb {
            operation: operation.full_path(),
            body: operation.request.clone().map(|body| (Ident::fixed("body"), body)),
            parameters: parameters.map(|of| (Ident::fixed("parameters"), of.path.clone())),
            asking,
            example: example.map(Box::new),
        },
    }
}

/// The method of a builder for an HTTP method.
pub(super) fn verb_name(method: &str) -> Ident {
    Ident::of_stem(&stem(&method.to_ascii_lowercase(), Case::Snake))
}

/// What a site is, in words.
pub(super) fn site_docs(api: &Api, site: Site) -> crate::DocText {
    paragraph(&match site {
        Site::Root(index) => {
            let name = api.container.roots.get(index).map_or("", |root| root.name.as_str());
            format!("{}.", code(&format!("/{name}")))
        }
        Site::Property { owner, index } => {
            let item = &api.items[owner];
            let property = item.structured().and_then(|s| s.properties.get(index));
            let property = property.map_or("", |property| property.name.as_str());
            format!("{} of {}.", code(property), code(item.name.name.as_str()))
        }
        Site::Bound(id) => {
            let bound = &api.bound[id];
            match bound.binding.map(|binding| binding.target) {
                Some(TypeTarget::Item(id)) => format!(
                    "{} of {}.",
                    code(&label(bound)),
                    code(api.items[id].name.name.as_str())
                ),
                _ => format!("{}.", code(bound.name.name.as_str())),
            }
        }
        Site::Segment(id) => format!("{} and below.", code(&api.segment_path(id))),
    })
}

/// Arguments with names of their own in a method.
fn argument_names(arguments: &[&PathArgument]) -> Vec<(Ident, PathArgument)> {
    let mut scope = Scope::default();
    let name = |of: &&PathArgument| (claim(&mut scope, &of.name, Case::Snake), (*of).clone());
    arguments.iter().map(name).collect()
}

/// The names of the operations bound to a collection of the type: an id must not be taken for one.
fn collection_operations(api: &Api, bound: &Bound, id: ItemId) -> Vec<String> {
    let names: BTreeSet<String> =
        bound_to(api, bound, id, true).map(|id| api.bound[id].name.name.to_string()).collect();
    names.into_iter().collect()
}

/// One file per resource, in it first what is the same at all sites.
fn builders(
    nodes: BTreeMap<Node, BTreeMap<Ident, BuilderMethod>>,
    undocumented: Vec<Undocumented>,
) -> Vec<Builder> {
    let mut verbs: BTreeMap<Ident, Vec<Undocumented>> = BTreeMap::new();
    for of in undocumented {
        verbs.entry(of.resource.clone()).or_default().push(of);
    }
    let mut by_resource: BTreeMap<Ident, Vec<(Node, Vec<BuilderMethod>)>> = BTreeMap::new();
    for (node, methods) in nodes {
        by_resource
            .entry(node.resource.clone())
            .or_default()
            .push((node, methods.into_values().collect()));
    }
    let mut files = Scope::files();
    files.reserve("resources");
    files.reserve("sites");
    files.reserve("options");
    by_resource
        .into_iter()
        .map(|(resource, mut nodes)| {
            nodes.sort_by(|(a, _), (b, _)| {
                (a.site.is_some(), a.shape, &a.site).cmp(&(b.site.is_some(), b.shape, &b.site))
            });
            let mut undocumented = verbs.remove(&resource).unwrap_or_default();
            undocumented.sort();
            undocumented.dedup();
            Builder {
                undocumented,
                file: claim(&mut files, resource.bare(), Case::Snake),
                docs: paragraph(&format!("What can be done with {}.", code(resource.bare()))),
                nodes,
            }
        })
        .collect()
}
