//! What can be called though no page documents it, as far as the metadata allows.
//!
//! In comes a place that builders lead to; out go the verbs that it has beside documented ones. Holds: what a place,
//! or else its type, says goes before what is usual. Usual is what Microsoft's conversion to OpenAPI makes: what an
//! entity contains can be written there, what it refers to is written where it lives.

use msgraph_ir::{Api, BoundId, BoundKind, Capabilities, ItemId, RootKind, Site, TypeTarget};

use super::client::verb_name;
use super::parameter_types::ParameterTypes;
use super::paths::Place;
use super::query_options::undocumented;
use super::{Lowering, code, paragraph};
use crate::data::{Asking, Body, BuilderMethod, MethodKind, NodeShape, UndocumentedVerb};
use crate::naming::Ident;

/// The verbs that the metadata allows at the place of an entity or a collection of them.
pub(super) fn allowed(api: &Api, place: Place) -> Vec<UndocumentedVerb> {
    let none = Capabilities::default();
    let (said, is_written) = match place.site {
        Site::Root(index) => {
            let Some(root) = api.container.roots.get(index) else { return Vec::new() };
            if root.target != place.resource {
                return Vec::new();
            }
            // A singleton is always there.
            let is_deletable = root.kind == RootKind::EntitySet;
            (&root.capabilities, [true, true, is_deletable])
        }
        Site::Property { owner, index } => {
            let Some(property) = api.property(owner, index) else { return Vec::new() };
            // Behind a cast, which has its own site.
            if matches!(property.type_ref.target, TypeTarget::Item(id) if id != place.resource) {
                return Vec::new();
            }
            // A stream, which is no navigation, is changed where its entity is.
            let is_written = property.navigation().is_none_or(|of| of.is_contained);
            (&property.capabilities, [is_written; 3])
        }
        Site::Bound(_) | Site::Segment(_) => return Vec::new(),
    };
    if !api.items[place.resource].is_entity() && place.shape != NodeShape::Value {
        return Vec::new();
    }
    let of_type = api
        .ancestry(place.resource)
        .filter_map(|id| api.items[id].structured())
        .map(|structured| &structured.capabilities)
        .next()
        .unwrap_or(&none);
    let has_derived = is_cast_from(api, place.resource);
    let [insertable, updatable, deletable] = is_written;
    let of = |own: Option<(bool, _)>, of_type: Option<(bool, _)>, usual: bool| {
        // What is said of a type forbids; that its places can be written is for them to say.
        own.map_or(usual && of_type.is_none_or(|(is, _)| is), |(is, _)| is)
    };
    let readable = of(said.readable, of_type.readable, true);
    let verbs: &[(UndocumentedVerb, bool)] = match place.shape {
        NodeShape::Collection => &[
            (UndocumentedVerb::List, readable),
            (UndocumentedVerb::Create, of(said.insertable, of_type.insertable, insertable)),
            (UndocumentedVerb::Cast, readable && has_derived),
        ],
        NodeShape::Item => &[
            (UndocumentedVerb::Get, readable),
            (UndocumentedVerb::Update, of(said.updatable, of_type.updatable, updatable)),
            (UndocumentedVerb::Delete, of(said.deletable, of_type.deletable, deletable)),
            (UndocumentedVerb::Cast, readable && has_derived),
        ],
        NodeShape::Count => {
            &[(UndocumentedVerb::Count, readable && of(said.countable, of_type.countable, true))]
        }
        NodeShape::Value => &[
            (UndocumentedVerb::Read, readable),
            (UndocumentedVerb::Write, of(said.updatable, of_type.updatable, updatable)),
        ],
        NodeShape::Bound | NodeShape::Ref | NodeShape::Refs | NodeShape::Segment => &[],
    };
    verbs.iter().filter(|(_, is)| *is).map(|&(verb, _)| verb).collect()
}

/// Whether a cast may lead from a type to those that derive from it. The root of all entities, which has no more than
/// a key, says of nothing that it could be there.
pub(super) fn is_cast_from(api: &Api, id: ItemId) -> bool {
    api.items[id].structured().is_some_and(|of| {
        let says_something = of.base.is_some() || of.properties.len() > of.key.len();
        !of.derived.is_empty() && says_something
    })
}

impl Lowering<'_> {
    /// The verb at a place where something is to be known of its query options; none where nothing is.
    pub(super) fn undocumented_read(
        &self,
        place: Place,
        verb: UndocumentedVerb,
    ) -> Option<BuilderMethod> {
        let model = self.names.item(place.resource)?.path.clone();
        let (body, docs) = match verb {
            UndocumentedVerb::List => (
                Body::Page(model.clone()),
                "Lists the entities of the collection, page by page. No page documents this call.",
            ),
            UndocumentedVerb::Get => {
                (Body::Object(model.clone()), "Reads the entity. No page documents this call.")
            }
            UndocumentedVerb::Count => {
                (Body::Count, "Counts the entities of the collection. No page documents this call.")
            }
            _ => return None,
        };
        let asking = undocumented(self.api, place.site, &body);
        (asking != Asking::default()).then(|| BuilderMethod {
            name: verb_name(verb.method()),
            docs: paragraph(docs),
            deprecated: None,
            conditions: Vec::new(),
            kind: MethodKind::UndocumentedRead { verb, model, asking },
        })
    }

    /// The verb of a bound operation that no page documents; none where it answers what has no type yet.
    pub(super) fn undocumented_call(
        &mut self,
        id: BoundId,
        parameters: &mut ParameterTypes,
    ) -> Option<BuilderMethod> {
        let bound = &self.api.bound[id];
        let answer = match bound.returns {
            Some(returns) => Some(self.body_of(returns)?),
            None => None,
        };
        let is_action = bound.kind == BoundKind::Action;
        let body = (is_action && !bound.parameters.is_empty())
            .then(|| (Ident::fixed("body"), Body::Object(self.parameters_of(id, parameters))));
        let what = if is_action { "action" } else { "function" };
        let name = code(&bound.name.to_string());
        let mut docs = paragraph(&format!("Calls the {what} {name}."));
        if let Some(said) = &bound.description {
            docs = docs.append(self.resource_prose().text(&said.value));
        }
        Some(BuilderMethod {
            name: Ident::fixed(if is_action { "post" } else { "get" }),
            docs: docs.paragraph("No page documents this call."),
            deprecated: self.deprecation(bound.deprecation.as_ref()),
            conditions: Vec::new(),
            kind: MethodKind::UndocumentedCall { is_action, body, answer },
        })
    }
}
