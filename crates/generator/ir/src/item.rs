//! What is emitted: entity types, complex types, enumerations, type definitions.

use msgraph_source::Span;

use crate::arena::Id;
use crate::documentation::{Deprecation, PageLink, Prose};
use crate::name::{QualifiedName, WireName};
use crate::type_ref::{Primitive, TypeRef};

/// The place of an [`Item`] in its API.
pub type ItemId = Id<Item>;

/// A type of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its name.
    pub name: QualifiedName,
    /// What it is.
    pub kind: ItemKind,
    /// What is said of it.
    pub description: Option<Prose>,
    /// Whether and how it is deprecated.
    pub deprecation: Option<Deprecation>,
    /// The resource page.
    pub page: Option<PageLink>,
    /// The declaration in the metadata.
    pub span: Span,
}

/// What a type is.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// An entity type: has identity, can be addressed.
    Entity(Structured),
    /// A complex type.
    Complex(Structured),
    /// An enumeration.
    Enumeration(Enumeration),
    /// A primitive type under another name.
    TypeDefinition(TypeDefinition),
}

/// An entity type or a complex type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structured {
    /// The base type.
    pub base: Option<ItemId>,
    /// Whether there are no values of this very type.
    pub is_abstract: bool,
    /// Whether there may be members that are not declared; inherited from the base type.
    pub is_open: bool,
    /// Whether an entity is itself a stream.
    pub has_stream: bool,
    /// The declared members, structural and navigation, in the order of the metadata; inherited
    /// members stand at the base type.
    pub properties: Vec<Property>,
    /// The key declared here; empty where it is inherited or absent.
    pub key: Vec<Key>,
    /// What may be done with the entities of this type, where their place says nothing.
    pub capabilities: Capabilities,
    /// `Org.OData.Core.V1.AlternateKeys`
    pub alternate_keys: Vec<Vec<Key>>,
    /// The types directly derived from this one, in the order of the metadata.
    pub derived: Vec<ItemId>,
    /// What documents say of inherited members as members of this very type.
    pub inherited: Vec<InheritedMember>,
}

/// What documents say of an inherited member on a type that inherits it.
#[derive(Clone, Debug, PartialEq)]
pub struct InheritedMember {
    /// The type that declares the member.
    pub owner: ItemId,
    /// Index into its properties.
    pub index: usize,
    /// What is said of it here; elsewhere the words at the declaration hold.
    pub description: Prose,
}

/// A part of a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The property, or the path to it.
    pub property: WireName,
    /// The name under which it stands in a URL.
    pub alias: Option<WireName>,
}

/// A member of a structured type.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// Its name.
    pub name: WireName,
    /// Its type.
    pub type_ref: TypeRef,
    /// What role it plays.
    pub role: PropertyRole,
    /// What may be done with it.
    pub capabilities: Capabilities,
    /// `Org.OData.Core.V1.Computed`: the service sets it.
    pub is_computed: bool,
    /// `Org.OData.Core.V1.Immutable`: it is set when the entity is created, and never again.
    pub is_immutable: bool,
    /// What is said of it.
    pub description: Option<Prose>,
    /// Whether and how it is deprecated.
    pub deprecation: Option<Deprecation>,
    /// The declaration in the metadata.
    pub span: Span,
}

/// Structural or navigation.
#[derive(Clone, Debug, PartialEq)]
pub enum PropertyRole {
    /// A value.
    Structural,
    /// A relation to entities.
    Navigation(Navigation),
}

/// What is particular to a navigation property.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Navigation {
    /// Whether the targets live inside the entity: `ContainsTarget`.
    pub is_contained: bool,
    /// `Partner`
    pub partner: Option<WireName>,
}

/// What the annotations of `Org.OData.Capabilities.V1` say of a navigation property, an entity set, a
/// singleton, or a type. `None` means: nothing is said. The span is that of the annotation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Capabilities {
    /// `InsertRestrictions/Insertable`
    pub insertable: Option<(bool, Span)>,
    /// `UpdateRestrictions/Updatable`
    pub updatable: Option<(bool, Span)>,
    /// `DeleteRestrictions/Deletable`
    pub deletable: Option<(bool, Span)>,
    /// `ReadRestrictions/Readable`
    pub readable: Option<(bool, Span)>,
    /// `ExpandRestrictions/Expandable`
    pub expandable: Option<(bool, Span)>,
    /// `SearchRestrictions/Searchable`
    pub searchable: Option<(bool, Span)>,
    /// `FilterRestrictions/Filterable`
    pub filterable: Option<(bool, Span)>,
    /// `SortRestrictions/Sortable`
    pub sortable: Option<(bool, Span)>,
    /// `CountRestrictions/Countable`
    pub countable: Option<(bool, Span)>,
    /// `TopSupported`
    pub top_supported: Option<(bool, Span)>,
    /// `SkipSupported`
    pub skip_supported: Option<(bool, Span)>,
    /// `SelectSupport/Supported`
    pub selectable: Option<(bool, Span)>,
    /// `ChangeTracking/Supported`
    pub change_tracking: Option<(bool, Span)>,
    /// `UpdateRestrictions/Upsertable`
    pub upsertable: Option<(bool, Span)>,
    /// `NavigationRestrictions/Navigability`: `Recursive`, `Single` or `None`.
    pub navigability: Option<(String, Span)>,
    /// `…Restrictions/CustomHeaders` of reading, inserting, updating and deleting: the name of the
    /// restriction's term without its namespace, name of the header, whether it is required, where.
    pub custom_headers: Vec<(String, String, bool, Span)>,
}

/// An enumeration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Enumeration {
    /// Whether a value is a set of members.
    pub is_flags: bool,
    /// The underlying type; `Int32` unless stated.
    pub underlying: Option<Primitive>,
    /// The members in the order of the metadata, `unknownFutureValue` among them.
    pub members: Vec<EnumMember>,
}

/// A member of an enumeration.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumMember {
    /// Its name.
    pub name: WireName,
    /// Its number; where the metadata gives none, its position.
    pub value: i64,
    /// What is said of it.
    pub description: Option<Prose>,
    /// Whether and how it is deprecated.
    pub deprecation: Option<Deprecation>,
}

/// A primitive type under another name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TypeDefinition {
    /// The primitive type.
    pub underlying: Primitive,
}

impl Item {
    /// The structured type, where it is one.
    pub fn structured(&self) -> Option<&Structured> {
        match &self.kind {
            ItemKind::Entity(structured) | ItemKind::Complex(structured) => Some(structured),
            ItemKind::Enumeration(_) | ItemKind::TypeDefinition(_) => None,
        }
    }

    /// The structured type, to be completed by the linker.
    pub fn structured_mut(&mut self) -> Option<&mut Structured> {
        match &mut self.kind {
            ItemKind::Entity(structured) | ItemKind::Complex(structured) => Some(structured),
            ItemKind::Enumeration(_) | ItemKind::TypeDefinition(_) => None,
        }
    }

    /// Whether it is an entity type.
    pub fn is_entity(&self) -> bool {
        matches!(self.kind, ItemKind::Entity(_))
    }
}

impl Property {
    /// What is particular to it as a navigation property, where it is one.
    pub fn navigation(&self) -> Option<&Navigation> {
        match &self.role {
            PropertyRole::Navigation(navigation) => Some(navigation),
            PropertyRole::Structural => None,
        }
    }
}
