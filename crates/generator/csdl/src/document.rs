//! What a CSDL document says, in the shape of the specification, with a place for every statement.
//!
//! Nothing is resolved here: names are texts as written. Sections are those of "OData Common Schema
//! Definition Language (CSDL) XML Representation Version 4.01".

use msgraph_source::{Span, Spanned};

use crate::vocabulary::{Annotation, Annotations, Term};

/// A text as written, and where.
pub type Text = Spanned<String>;

/// `edmx:Edmx` (section 3).
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// `Version`: `4.0` or `4.01`.
    pub version: Text,
    /// `edmx:Reference`, never opened.
    pub references: Vec<Reference>,
    /// The schemas of `edmx:DataServices`.
    pub schemas: Vec<Schema>,
    /// The start tag of `edmx:Edmx`.
    pub span: Span,
}

impl Document {
    /// A document of version 4.0 with these schemas.
    pub fn new(schemas: Vec<Schema>, span: Span) -> Self {
        let version = Spanned::new("4.0".to_owned(), span);
        Self { version, references: Vec::new(), schemas, span }
    }
}

/// `edmx:Reference` (section 4).
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// `Uri`
    pub uri: Text,
    /// `edmx:Include`
    pub includes: Vec<Include>,
    /// `edmx:IncludeAnnotations`
    pub include_annotations: Vec<IncludeAnnotations>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `edmx:Include`
#[derive(Clone, Debug, PartialEq)]
pub struct Include {
    /// `Namespace`
    pub namespace: Text,
    /// `Alias`
    pub alias: Option<Text>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `edmx:IncludeAnnotations`
#[derive(Clone, Debug, PartialEq)]
pub struct IncludeAnnotations {
    /// `TermNamespace`
    pub term_namespace: Text,
    /// `Qualifier`
    pub qualifier: Option<Text>,
    /// `TargetNamespace`
    pub target_namespace: Option<Text>,
    /// The start tag.
    pub span: Span,
}

/// `Schema` (section 5).
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// `Namespace`
    pub namespace: Text,
    /// `Alias`
    pub alias: Option<Text>,
    /// `EntityType` and `ComplexType`, in the order of the text.
    pub structured_types: Vec<StructuredType>,
    /// `EnumType`
    pub enum_types: Vec<EnumType>,
    /// `TypeDefinition`
    pub type_definitions: Vec<TypeDefinition>,
    /// `Action` and `Function`, in the order of the text.
    pub operations: Vec<Operation>,
    /// `EntityContainer`
    pub containers: Vec<EntityContainer>,
    /// `Term`
    pub terms: Vec<Term>,
    /// `Annotations`: those that stand apart from their targets.
    pub annotations: Vec<Annotations>,
    /// Annotations of the schema itself.
    pub own_annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

impl Schema {
    /// A schema that declares nothing yet.
    pub fn new(namespace: Text, span: Span) -> Self {
        Self {
            namespace,
            alias: None,
            structured_types: Vec::new(),
            enum_types: Vec::new(),
            type_definitions: Vec::new(),
            operations: Vec::new(),
            containers: Vec::new(),
            terms: Vec::new(),
            annotations: Vec::new(),
            own_annotations: Vec::new(),
            span,
        }
    }
}

/// Whether a structured type has identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StructuredKind {
    /// `EntityType` (section 6)
    Entity,
    /// `ComplexType` (section 9)
    Complex,
}

/// `EntityType` or `ComplexType`.
#[derive(Clone, Debug, PartialEq)]
pub struct StructuredType {
    /// Which of the two.
    pub kind: StructuredKind,
    /// `Name`
    pub name: Text,
    /// `BaseType`
    pub base: Option<Text>,
    /// `Abstract`, default false.
    pub is_abstract: Option<Spanned<bool>>,
    /// `OpenType`, default false.
    pub is_open: Option<Spanned<bool>>,
    /// `HasStream`, default false.
    pub has_stream: Option<Spanned<bool>>,
    /// `Key`; more than one property reference is a composite key.
    pub key: Vec<PropertyRef>,
    /// `Property`
    pub properties: Vec<Property>,
    /// `NavigationProperty`
    pub navigation_properties: Vec<NavigationProperty>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `PropertyRef` (section 6.5).
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyRef {
    /// `Name`: a property or a path to one.
    pub name: Text,
    /// `Alias`
    pub alias: Option<Text>,
    /// The start tag.
    pub span: Span,
}

/// The type of a value as written: `Edm.String`, `graph.user`, `Collection(graph.user)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeName {
    /// The name of the type, or of the element type of a collection.
    pub name: Text,
    /// Whether it was wrapped in `Collection(…)`.
    pub is_collection: bool,
}

/// The facets of section 7.2; absent ones are `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facets {
    /// `Nullable`
    pub nullable: Option<Spanned<bool>>,
    /// `MaxLength`: a number or `max`.
    pub max_length: Option<Text>,
    /// `Precision`
    pub precision: Option<Spanned<u32>>,
    /// `Scale`: a number, `variable` or `floating`.
    pub scale: Option<Text>,
    /// `SRID`: a number or `variable`.
    pub srid: Option<Text>,
    /// `Unicode`
    pub unicode: Option<Spanned<bool>>,
}

/// `Property` (section 7).
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// `Name`
    pub name: Text,
    /// `Type`
    pub type_name: TypeName,
    /// Facets.
    pub facets: Facets,
    /// `DefaultValue`
    pub default_value: Option<Text>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `NavigationProperty` (section 8).
#[derive(Clone, Debug, PartialEq)]
pub struct NavigationProperty {
    /// `Name`
    pub name: Text,
    /// `Type`
    pub type_name: TypeName,
    /// `Nullable`
    pub nullable: Option<Spanned<bool>>,
    /// `Partner`
    pub partner: Option<Text>,
    /// `ContainsTarget`, default false.
    pub contains_target: Option<Spanned<bool>>,
    /// `ReferentialConstraint`
    pub referential_constraints: Vec<ReferentialConstraint>,
    /// `OnDelete`
    pub on_delete: Option<OnDelete>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `ReferentialConstraint` (section 8.5).
#[derive(Clone, Debug, PartialEq)]
pub struct ReferentialConstraint {
    /// `Property`
    pub property: Text,
    /// `ReferencedProperty`
    pub referenced_property: Text,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `OnDelete` (section 8.6).
#[derive(Clone, Debug, PartialEq)]
pub struct OnDelete {
    /// `Action`: `Cascade`, `None`, `SetNull` or `SetDefault`.
    pub action: Text,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `EnumType` (section 10).
#[derive(Clone, Debug, PartialEq)]
pub struct EnumType {
    /// `Name`
    pub name: Text,
    /// `UnderlyingType`, default `Edm.Int32`.
    pub underlying_type: Option<Text>,
    /// `IsFlags`, default false.
    pub is_flags: Option<Spanned<bool>>,
    /// `Member`
    pub members: Vec<EnumMember>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `Member` (section 10.3).
#[derive(Clone, Debug, PartialEq)]
pub struct EnumMember {
    /// `Name`
    pub name: Text,
    /// `Value`
    pub value: Option<Spanned<i64>>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `TypeDefinition` (section 11).
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDefinition {
    /// `Name`
    pub name: Text,
    /// `UnderlyingType`
    pub underlying_type: Text,
    /// Facets.
    pub facets: Facets,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// Whether an operation may have side effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperationKind {
    /// `Action`
    Action,
    /// `Function`
    Function,
}

/// `Action` or `Function` (section 12).
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Which of the two.
    pub kind: OperationKind,
    /// `Name`
    pub name: Text,
    /// `IsBound`, default false.
    pub is_bound: Option<Spanned<bool>>,
    /// `IsComposable`, default false.
    pub is_composable: Option<Spanned<bool>>,
    /// `EntitySetPath`
    pub entity_set_path: Option<Text>,
    /// `Parameter`; of a bound operation the first is the binding parameter.
    pub parameters: Vec<Parameter>,
    /// `ReturnType`
    pub return_type: Option<ReturnType>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `Parameter` (section 12.9).
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// `Name`
    pub name: Text,
    /// `Type`
    pub type_name: TypeName,
    /// Facets.
    pub facets: Facets,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `ReturnType` (section 12.8).
#[derive(Clone, Debug, PartialEq)]
pub struct ReturnType {
    /// `Type`
    pub type_name: TypeName,
    /// Facets.
    pub facets: Facets,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `EntityContainer` (section 13).
#[derive(Clone, Debug, PartialEq)]
pub struct EntityContainer {
    /// `Name`
    pub name: Text,
    /// `Extends`
    pub extends: Option<Text>,
    /// `EntitySet`
    pub entity_sets: Vec<EntitySet>,
    /// `Singleton`
    pub singletons: Vec<Singleton>,
    /// `ActionImport` and `FunctionImport`, in the order of the text.
    pub operation_imports: Vec<OperationImport>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `EntitySet` (section 13.2).
#[derive(Clone, Debug, PartialEq)]
pub struct EntitySet {
    /// `Name`
    pub name: Text,
    /// `EntityType`
    pub entity_type: Text,
    /// `IncludeInServiceDocument`, default true.
    pub include_in_service_document: Option<Spanned<bool>>,
    /// `NavigationPropertyBinding`
    pub bindings: Vec<NavigationPropertyBinding>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `Singleton` (section 13.3).
#[derive(Clone, Debug, PartialEq)]
pub struct Singleton {
    /// `Name`
    pub name: Text,
    /// `Type`
    pub entity_type: Text,
    /// `Nullable`, default false.
    pub nullable: Option<Spanned<bool>>,
    /// `NavigationPropertyBinding`
    pub bindings: Vec<NavigationPropertyBinding>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `NavigationPropertyBinding` (section 13.4).
#[derive(Clone, Debug, PartialEq)]
pub struct NavigationPropertyBinding {
    /// `Path`
    pub path: Text,
    /// `Target`
    pub target: Text,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `ActionImport` or `FunctionImport` (sections 13.5, 13.6).
#[derive(Clone, Debug, PartialEq)]
pub struct OperationImport {
    /// Which of the two.
    pub kind: OperationKind,
    /// `Name`
    pub name: Text,
    /// `Action` or `Function`
    pub operation: Text,
    /// `EntitySet`
    pub entity_set: Option<Text>,
    /// `IncludeInServiceDocument`, default false.
    pub include_in_service_document: Option<Spanned<bool>>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}
