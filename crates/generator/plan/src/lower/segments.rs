//! The client of a service that is no OData: a builder for each segment of its paths.
//!
//! In come the operations; out go markers of paths, methods that lead a segment deeper, verbs. Holds: a way has one
//! method, whatever operations lie on it; names come from segments alone, in the order of the paths.

use std::collections::BTreeMap;

use msgraph_ir::{Api, SegmentId, Service, Site, TypeTarget};

use super::client::verb_method;
use super::client_names::{ClientNames, client_names};
use super::members::primitive_shape;
use super::operations::Planned;
use super::path_names::{clean, segment_text};
use super::paths::Walk;
use super::{Lowering, code, paragraph};
use crate::data::{
    Asking, Builder, BuilderMethod, Client, Marker, MethodKind, Node, NodeShape, PathParameter,
    PathValue, Scalar, Shape,
};
use crate::naming::{BUILDER_METHODS, Case, Ident, LOCALS, ROOT_METHODS, Scope, claim, stem};

/// The path to `id`: its template and its parameters.
pub(super) fn segment_walk(api: &Api, id: SegmentId) -> Walk {
    let mut walk = Walk::default();
    let Some(service) = &api.service else { return walk };
    let mut arguments = Scope::with(LOCALS);
    for id in service.path(id) {
        let segment = &service.segments[id];
        walk.template.push('/');
        walk.statics.push(segment.name.to_string());
        if segment.parameter.is_none() {
            walk.template.push_str(&segment_text(segment.name.as_str()));
            continue;
        }
        let wanted = Some(clean(segment.name.as_str(), "_")).filter(|name| !name.is_empty());
        let wanted = wanted.unwrap_or_else(|| "parameter".to_owned());
        let mut wire = wanted.clone();
        let mut number = 1;
        while walk.parameters.iter().any(|known| known.wire == wire) {
            number += 1;
            wire = format!("{wanted}{number}");
        }
        walk.template.push_str(&format!("{{{wire}}}"));
        let name = claim(&mut arguments, &wire, Case::Snake);
        let value = scalar(service, id).map_or(PathValue::Text, PathValue::Key);
        walk.parameters.push(PathParameter { wire, name, is_optional: false, value });
    }
    walk
}

/// The first segment of the path to `site`: what lies below it belongs together.
pub(super) fn area(api: &Api, site: Site) -> Site {
    match (site, &api.service) {
        (Site::Segment(id), Some(service)) => {
            Site::Segment(service.path(id).first().copied().unwrap_or(id))
        }
        _ => site,
    }
}

/// A path in words: `pets by pet id photos`.
pub(super) fn segment_words(api: &Api, id: SegmentId) -> String {
    let Some(service) = &api.service else { return String::new() };
    let words = service.path(id).into_iter().map(|id| {
        let segment = &service.segments[id];
        match segment.parameter {
            Some(_) => format!("by {}", segment.name),
            None => segment.name.to_string(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The type of a parameter that is no text.
fn scalar(service: &Service, id: SegmentId) -> Option<Scalar> {
    let of = service.segments[id].parameter.filter(|of| !of.is_collection)?;
    match of.target {
        TypeTarget::Primitive(primitive) => match primitive_shape(primitive).1 {
            Shape::Scalar(scalar) => Some(scalar),
            _ => None,
        },
        TypeTarget::Item(_) | TypeTarget::Json => None,
    }
}

impl Lowering<'_> {
    /// The crate of request builders.
    pub(super) fn segment_client(&mut self, planned: &[Planned]) -> (Client, ClientNames) {
        let api = self.api;
        let mut ways = Ways::default();
        if let Some(service) = &api.service {
            for operation in planned {
                if let Site::Segment(id) = api.operations[operation.id].site {
                    for id in service.path(id) {
                        ways.add(api, service, id);
                    }
                    let node = ways.node(id);
                    let verb = verb_method(operation, Asking::default(), None);
                    ways.nodes.entry(node).or_default().insert(verb.name.clone(), verb);
                }
            }
        }
        let client = Client {
            manifest: self.client_manifest(),
            models: self.library("models"),
            docs: self.client_docs(planned),
            base_url: self.base_url(),
            root: self.root_name(),
            is_of_segments: true,
            roots: ways.roots.into_values().collect(),
            resources: ways.markers,
            sites: Vec::new(),
            options: Vec::new(),
            builders: builders(ways.nodes, &ways.areas, &ways.paths),
            is_whole: false,
            has_conditions: false,
            has_deprecated: self.has_deprecated(),
        };
        (client, client_names(api, std::iter::empty()))
    }
}

/// What is named of the segments on the way.
#[derive(Default)]
struct Ways {
    names: Scope,
    markers: Vec<Marker>,
    known: BTreeMap<SegmentId, Ident>,
    /// The first segment of the path to a marker.
    areas: BTreeMap<Ident, Ident>,
    /// The paths of the markers.
    paths: BTreeMap<Ident, String>,
    methods: BTreeMap<Option<SegmentId>, Scope>,
    roots: BTreeMap<Ident, BuilderMethod>,
    nodes: BTreeMap<Node, BTreeMap<Ident, BuilderMethod>>,
}

impl Ways {
    fn node(&self, id: SegmentId) -> Node {
        let resource = self.known.get(&id).cloned().unwrap_or_else(|| Ident::fixed("Unknown"));
        Node { shape: NodeShape::Segment, resource, site: None }
    }

    /// Adds the marker of a segment, and the method that leads to it.
    fn add(&mut self, api: &Api, service: &Service, id: SegmentId) {
        if self.known.contains_key(&id) {
            return;
        }
        let segment = &service.segments[id];
        let marker = claim(&mut self.names, &segment_words(api, id), Case::Pascal);
        let path = code(&api.segment_path(id));
        self.known.insert(id, marker.clone());
        self.paths.insert(marker.clone(), api.segment_path(id));
        let first = service.path(id).first().and_then(|first| self.known.get(first)).cloned();
        self.areas.insert(marker.clone(), first.unwrap_or_else(|| marker.clone()));
        self.markers.push(Marker {
            name: marker,
            docs: paragraph(&format!("{path}.")),
            model: None,
            bases: Vec::new(),
            condition: None,
        });
        let scope = self.methods.entry(segment.parent).or_default();
        let own = stem(segment.name.as_str(), Case::Snake);
        let reserved = if segment.parent.is_some() { BUILDER_METHODS } else { ROOT_METHODS };
        let wanted = match segment.parameter {
            Some(_) => format!("by_{own}"),
            None if reserved.contains(&own.as_str()) || own.starts_with("by_") => format!("{own}_"),
            None => own.clone(),
        };
        let name = Ident::of_stem(&scope.claim(&wanted));
        let to = self.node(id);
        let kind = match segment.parameter {
            Some(_) => MethodKind::Parameter {
                argument: Ident::of_stem(&own),
                scalar: scalar(service, id),
                to,
            },
            None => MethodKind::Segment { wire: segment.name.to_string(), to },
        };
        let method = BuilderMethod {
            name: name.clone(),
            docs: paragraph(&format!("{path}.")),
            deprecated: None,
            conditions: Vec::new(),
            kind,
        };
        match segment.parent {
            Some(parent) => {
                let from = self.node(parent);
                self.nodes.entry(from).or_default().insert(name, method);
            }
            None => {
                self.roots.insert(name, method);
            }
        }
    }
}

/// One file for all that begins with the same segment.
fn builders(
    nodes: BTreeMap<Node, BTreeMap<Ident, BuilderMethod>>,
    areas: &BTreeMap<Ident, Ident>,
    paths: &BTreeMap<Ident, String>,
) -> Vec<Builder> {
    let mut by_area: BTreeMap<Ident, Vec<(Node, Vec<BuilderMethod>)>> = BTreeMap::new();
    for (node, methods) in nodes {
        let area = areas.get(&node.resource).unwrap_or(&node.resource).clone();
        by_area.entry(area).or_default().push((node, methods.into_values().collect()));
    }
    let mut files = Scope::files();
    files.reserve("paths");
    by_area
        .into_iter()
        .map(|(area, nodes)| Builder {
            file: claim(&mut files, area.bare(), Case::Snake),
            docs: paragraph(&format!(
                "What can be done at {} and below.",
                paths.get(&area).map_or_else(String::new, |path| code(path))
            )),
            nodes,
            undocumented: Vec::new(),
        })
        .collect()
}
