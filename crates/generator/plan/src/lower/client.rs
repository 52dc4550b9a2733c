//! Operations to request builders: markers of types and sites, methods that lead deeper, verbs.
//!
//! Builders are keyed by type, not by path: what is below a group is the same wherever the group was
//! found, and only the verbs depend on the site.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_ir::{BoundKind, Site};
use rayon::prelude::*;

use super::client_names::{ClientNames, client_names};
use super::operations::Planned;
use super::parameter_types::ParameterTypes;
use super::paths::{By, Place, Step, Walk, called};
use super::query_options::{documented, option_sets};
use super::reach::reach;
use super::undocumented::allowed;
use super::{Lowering, code, paragraph};
use crate::data::{
    Asking, Builder, BuilderMethod, Client, Example, MethodKind, Node, NodeShape, Undocumented,
    UndocumentedVerb,
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
        let mut taken = Taken::default();
        for (walk, step) in steps().filter(|(_, step)| taken.is_first(step)) {
            let Some(method) = self.deeper(walk, step, &names) else { continue };
            let methods = match step.from {
                Some(from) => nodes.entry(names.node(from, false)).or_default(),
                None => &mut roots,
            };
            methods.entry(method.name.clone()).or_insert(method);
        }
        // What a reader is shown of an operation is the same at the end of each of its paths.
        let verbs: Vec<BuilderMethod> =
            planned.par_iter().map(|operation| self.verb(operation, &names)).collect();
        for (operation, verb) in planned.iter().zip(verbs) {
            for last in operation.walks.iter().filter_map(|walk| walk.steps.last()) {
                let methods = nodes.entry(names.node(last.to, true)).or_default();
                methods.entry(verb.name.clone()).or_insert_with(|| verb.clone());
            }
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

    fn verb(&self, planned: &Planned, names: &ClientNames) -> BuilderMethod {
        let operation = &self.api.operations[planned.id];
        let asking = documented(self.api, operation, planned.operation.reply.body.as_ref());
        verb_method(planned, asking, self.first_example(planned, names))
    }

    fn first_example(&self, planned: &Planned, names: &ClientNames) -> Option<Example> {
        let operation = &self.api.operations[planned.id];
        operation.examples.iter().find_map(|example| self.example(planned, example, names))
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
