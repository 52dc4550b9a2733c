//! The methods that lead deeper, one for each step on the way of a path.

use std::collections::BTreeSet;

use msgraph_ir::{Api, ItemId, Site};

use super::binding::{Bound, bound_to};
use super::client_names::ClientNames;
use super::path_names::{alternate_key_method, key_argument, key_method};
use super::paths::{By, Place, Step, Walk, key_scalar};
use super::{Lowering, code, paragraph};
use crate::data::{BuilderMethod, MethodKind, NodeShape, PathArgument};
use crate::naming::{Case, Ident, Scope, claim};

impl Lowering<'_> {
    /// The method for one step.
    pub(super) fn deeper(
        &self,
        walk: &Walk,
        step: &Step,
        names: &ClientNames,
    ) -> Option<BuilderMethod> {
        let api = self.api;
        let &Step { from, ref by, to } = step;
        let item = api.items[to.resource].name.name.as_str();
        let named = || names.method(api, walk, from, by, to);
        let (name, docs, kind) = match by {
            By::Key(_) => {
                let kind = MethodKind::Key {
                    argument: key_argument(api, to.resource),
                    scalar: key_scalar(api, to.resource),
                    beside: collection_operations(api, &names.bound, to.resource),
                    to: names.node(to, false),
                };
                let docs = paragraph(&format!("The {} with this key.", code(item)));
                (key_method(api, to.resource), docs, kind)
            }
            By::AlternateKey(indices) => {
                let arguments = walk.arguments_at(indices);
                let keys: Vec<String> = arguments.iter().map(|of| code(&of.name)).collect();
                let keys = keys.join(" and ");
                let kind = MethodKind::AlternateKey {
                    arguments: argument_names(&arguments),
                    to: names.node(to, false),
                };
                let docs = paragraph(&format!("The {} with this {keys}.", code(item)));
                (alternate_key_method(api, to.resource, &arguments), docs, kind)
            }
            By::Path(_) => {
                let kind = MethodKind::ByPath {
                    argument: Ident::fixed("path"),
                    to: names.node(to, false),
                };
                let docs = paragraph(&format!(
                    "The {} at this path below this one: {}.",
                    code(item),
                    code("Documents/notes.txt")
                ));
                (Ident::fixed("by_path"), docs, kind)
            }
            By::Ending(wire) => {
                let kind = MethodKind::Ending { wire, to: names.node(to, false) };
                (named()?, ending_docs(to.shape, item), kind)
            }
            By::Call(wire, indices) => {
                let kind = MethodKind::Call {
                    wire: wire.clone(),
                    arguments: argument_names(&walk.arguments_at(indices)),
                    to: names.node(to, true),
                };
                (named()?, self.segment_docs(from, wire, to), kind)
            }
            By::Segment(wire, written) => {
                let is_cast = from.is_some_and(|from| from.site == to.site);
                let kind =
                    MethodKind::Segment { wire: written.clone(), to: names.node(to, !is_cast) };
                (named()?, self.segment_docs(from, wire, to), kind)
            }
        };
        let is_segment = matches!(by, By::Segment(..));
        let deprecated = if is_segment { self.site_deprecation(to.site) } else { None };
        Some(BuilderMethod { name, docs, deprecated, conditions: Vec::new(), kind })
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
