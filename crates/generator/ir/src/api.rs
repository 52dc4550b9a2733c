//! The whole of an API.

use std::collections::BTreeMap;

use msgraph_source::Span;

use crate::agreement::Agreement;
use crate::arena::Arena;
use crate::documentation::Deprecation;
use crate::example::LeftOut;
use crate::item::{Capabilities, Item, ItemId, Property};
use crate::name::{QualifiedName, WireName};
use crate::operation::{BoundId, BoundOperation, Operation, OperationId, Site};
use crate::service::{SegmentId, Service};

/// Everything that metadata and documents say of one version of an API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Api {
    /// The version as it stands in URLs: `v1.0`, `beta`.
    pub version: String,
    /// What is known of the service where it is no OData; then operations stand at [`Site::Segment`]s.
    pub service: Option<Service>,
    /// The namespaces that declare something, in the order of the metadata.
    pub namespaces: Vec<Namespace>,
    /// All types.
    pub items: Arena<Item>,
    /// The entity container.
    pub container: Container,
    /// All actions and functions.
    pub bound: Arena<BoundOperation>,
    /// The HTTP operations that documents or a selection name.
    pub operations: Arena<Operation>,
    /// Documented requests that reach no operation.
    pub unreached: Vec<LeftOut>,
    /// What is to be emitted.
    pub selection: Selection,
    /// What the linker counted.
    pub statistics: Statistics,
    /// How far the documents agree with the metadata.
    pub agreement: Agreement,
}

/// What the linker counted in the metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Uses of a type that is not one of `Edm`.
    pub references: usize,
    /// Those of them that name nothing.
    pub unresolved: usize,
    /// `Annotations` elements, which name their target.
    pub targets: usize,
    /// Those of them whose target is not there.
    pub unresolved_targets: usize,
    /// Annotations, in-line and apart.
    pub annotations: usize,
    /// Annotations that the representation does not keep, by term.
    pub unused_terms: BTreeMap<String, usize>,
}

/// A namespace.
#[derive(Clone, Debug, PartialEq)]
pub struct Namespace {
    /// Its name.
    pub name: WireName,
    /// Its alias.
    pub alias: Option<WireName>,
    /// The start tag of the schema.
    pub span: Span,
}

/// The entity container: what stands at the root of the service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Container {
    /// Its name.
    pub name: Option<QualifiedName>,
    /// Entity sets and singletons, in the order of the metadata.
    pub roots: Vec<Root>,
    /// Action imports and function imports: unbound operations that stand at the root.
    pub imports: Vec<OperationImport>,
}

/// An action import or a function import.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationImport {
    /// Its name.
    pub name: WireName,
    /// The unbound operation; of a function one of its overloads.
    pub operation: BoundId,
    /// The declaration in the metadata.
    pub span: Span,
}

/// An entity set or a singleton.
#[derive(Clone, Debug, PartialEq)]
pub struct Root {
    /// Its name.
    pub name: WireName,
    /// Which of the two.
    pub kind: RootKind,
    /// The entity type.
    pub target: ItemId,
    /// What may be done with it.
    pub capabilities: Capabilities,
    /// Whether and how it is deprecated.
    pub deprecation: Option<Deprecation>,
    /// The declaration in the metadata.
    pub span: Span,
}

/// Entity set or singleton.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootKind {
    /// A collection of entities.
    EntitySet,
    /// One entity.
    Singleton,
}

/// What is to be emitted, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Whether everything was asked for: then also what no page documents can be called.
    pub is_whole: bool,
    /// The operations, in the order of their canonical paths.
    pub operations: Vec<OperationId>,
    /// The types, closed under base types and member types, each with the reason in words
    /// (`request body of POST /groups/{id}/threads`, `type of conversationThread.posts`).
    pub items: BTreeMap<ItemId, String>,
    /// For each selected structured type the selected types derived from it, directly or not, in the
    /// order of their ids: what a position of that type can hold besides the type itself. Types
    /// without any are absent.
    pub subtypes: BTreeMap<ItemId, Vec<ItemId>>,
    /// Documented requests that are asked for, and of which nothing is generated.
    pub left_out: Vec<LeftOut>,
    /// Selected abstract types of which no derived type is selected: nothing of their own can be
    /// made, and what arrives is read as the type itself.
    pub abstract_leaves: Vec<ItemId>,
}

impl Api {
    /// `id` and its base types, the root of the hierarchy last. Ends also where types form a cycle,
    /// which the linker reports.
    pub fn ancestry(&self, id: ItemId) -> impl Iterator<Item = ItemId> + '_ {
        let base = |id: ItemId| self.items[id].structured().and_then(|s| s.base);
        std::iter::successors(Some(id), move |&id| base(id)).take(self.items.len())
    }

    /// Whether `id` is `base`, or derived from it.
    pub fn is_or_derives_from(&self, id: ItemId, base: ItemId) -> bool {
        self.ancestry(id).any(|ancestor| ancestor == base)
    }

    /// The member `name` of `id`, inherited ones included: the declaring type and the index into its
    /// properties.
    pub fn property_of(&self, id: ItemId, name: &str) -> Option<(ItemId, usize)> {
        self.ancestry(id).find_map(|owner| {
            let properties = &self.items[owner].structured()?.properties;
            let index = properties.iter().position(|p| p.name.as_str() == name)?;
            Some((owner, index))
        })
    }

    /// The property at `index` of `owner`.
    pub fn property(&self, owner: ItemId, index: usize) -> Option<&Property> {
        self.items[owner].structured()?.properties.get(index)
    }

    /// What `id` is called: `POST /groups/{id}/threads`, by its canonical path.
    pub fn operation_name(&self, id: OperationId) -> String {
        let operation = &self.operations[id];
        let path = operation.paths.first().map_or("", |path| path.template.as_str());
        format!("{} {path}", operation.method.as_str())
    }

    /// What `site` is called: `groups`, `microsoft.graph.group/threads`, `microsoft.graph.reply`.
    pub fn site_name(&self, site: Site) -> String {
        match site {
            Site::Root(index) => self
                .container
                .roots
                .get(index)
                .map_or_else(String::new, |root| root.name.to_string()),
            Site::Property { owner, index } => match self.property(owner, index) {
                Some(property) => format!("{}/{}", self.items[owner].name, property.name),
                None => String::new(),
            },
            Site::Bound(id) => self.bound[id].name.to_string(),
            Site::Segment(id) => self.segment_path(id),
        }
    }

    /// The path to a segment: `/pets/{petId}`.
    pub fn segment_path(&self, id: SegmentId) -> String {
        let Some(service) = &self.service else { return String::new() };
        let written = |id| {
            let segment = &service.segments[id];
            match segment.parameter {
                Some(_) => format!("/{{{}}}", segment.name),
                None => format!("/{}", segment.name),
            }
        };
        service.path(id).into_iter().map(written).collect()
    }
}
