//! The crate of types.

use std::collections::{BTreeMap, BTreeSet};

use super::{Manifest, OperationModule};
use crate::{DocText, Ident};

/// The crate of types and operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Models {
    /// Its manifest.
    pub manifest: Manifest,
    /// The documentation of the crate.
    pub docs: DocText,
    /// The modules at the root: namespaces, and the parameters of actions.
    pub modules: Vec<Module>,
    /// The modules of operations.
    pub operations: Vec<OperationModule>,
    /// The feature that a type waits for; others are always there.
    pub conditions: BTreeMap<TypePath, String>,
    /// The feature that a module of operations at the root waits for.
    pub operation_conditions: BTreeMap<Ident, String>,
    /// Whether something is deprecated, and its own uses must not warn.
    pub has_deprecated: bool,
    /// The types of values, where they have a crate of their own.
    pub values: Option<Values>,
}

/// The types that lead to no entity, in a crate of their own, which that of models shows at the same paths: a
/// compiler that reads all types of a large API at once would take much memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// Its manifest.
    pub manifest: Manifest,
    /// The documentation of the crate.
    pub docs: DocText,
    /// The modules at the root, as the crate of models has them, too.
    pub modules: Vec<Module>,
    /// The places of all types in `modules`.
    pub types: BTreeSet<TypePath>,
}

/// A module of types: a namespace, or a part of its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Module {
    /// From the root of the crate, this module last.
    pub path: Vec<Ident>,
    /// The documentation.
    pub docs: DocText,
    /// The modules of namespaces within.
    pub children: Vec<Module>,
    /// The types, by name.
    pub types: Vec<ModelType>,
}

/// A type at its place in the crate of types.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypePath {
    /// The module, from the root of the crate.
    pub module: Vec<Ident>,
    /// The name.
    pub name: Ident,
    /// Its file in the module, without `.rs`: there is its schema, too.
    pub file: Ident,
}

/// A type of the model.
#[derive(Clone, Debug, PartialEq)]
pub enum ModelType {
    /// An entity type or a complex type.
    Structured(Structured),
    /// An enumeration.
    Enumeration(Enumeration),
    /// A primitive type under another name.
    Definition(TypeDefinition),
}

/// An entity type or a complex type.
#[derive(Clone, Debug, PartialEq)]
pub struct Structured {
    /// Its place.
    pub path: TypePath,
    /// Its name on the wire, with the namespace.
    pub wire: String,
    /// The documentation.
    pub docs: DocText,
    /// The note of its deprecation.
    pub deprecated: Option<String>,
    /// The base type.
    pub base: Option<TypePath>,
    /// The directly derived types that the crate has.
    pub derived: Vec<TypePath>,
    /// Whether it is an entity type.
    pub is_entity: bool,
    /// Whether there may be undeclared members.
    pub is_open: bool,
    /// Whether there are no values of this very type.
    pub is_abstract: bool,
    /// Whether members are read whatever the case of their names.
    pub is_read_in_any_case: bool,
    /// The number of inherited members: the slot of the first own one.
    pub inherited: u16,
    /// The own members, in the order of their slots.
    pub members: Vec<Member>,
    /// The inherited members, in the order of their slots.
    pub inherited_members: Vec<Member>,
}

/// A member of a structured type.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name on the wire.
    pub wire: String,
    /// Its slot in the object.
    pub slot: u16,
    /// Its names in Rust.
    pub names: MemberNames,
    /// What it holds.
    pub shape: Shape,
    /// Whether it holds many of these.
    pub is_collection: bool,
    /// Its two bytes in the table.
    pub kind: String,
    /// What is said of it.
    pub docs: DocText,
    /// The note of its deprecation.
    pub deprecated: Option<String>,
}

/// The names of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberNames {
    /// `Topic`, in the schema
    pub variant: Ident,
    /// `topic`
    pub getter: Ident,
    /// What `with_topic` calls its argument: `topic`, or a shorter word.
    pub argument: Ident,
    /// `topic_mut`
    pub getter_mut: Ident,
    /// `with_topic`
    pub with: Ident,
}

/// What a member holds, or one element of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `Edm.String`
    Text,
    /// Another primitive type.
    Scalar(Scalar),
    /// Any JSON.
    Json,
    /// A structured type.
    Object(TypePath),
    /// One member of an enumeration.
    Enumeration(TypePath),
    /// A set of members of an enumeration.
    Flags(TypePath),
}

/// A primitive type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `bool`
    Bool,
    /// `u8`
    U8,
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// A type of `msgraph_core::edm` with this name.
    Edm(&'static str),
}

/// An enumeration.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// Its place.
    pub path: TypePath,
    /// Its name on the wire, with the namespace.
    pub wire: String,
    /// The documentation.
    pub docs: DocText,
    /// The note of its deprecation.
    pub deprecated: Option<String>,
    /// Whether a value is a set of members.
    pub is_flags: bool,
    /// The members, in the order of the metadata.
    pub constants: Vec<EnumConstant>,
}

/// A member of an enumeration.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumConstant {
    /// `Html`
    pub name: Ident,
    /// `html`
    pub wire: String,
    /// Its number.
    pub value: i64,
    /// The note of its deprecation.
    pub deprecated: Option<String>,
    /// What is said of it.
    pub docs: DocText,
}

/// A primitive type under another name.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDefinition {
    /// Its place.
    pub path: TypePath,
    /// The documentation.
    pub docs: DocText,
    /// What stands for it: text or a scalar.
    pub shape: Shape,
}

impl Module {
    /// The types of `modules`, and of those within.
    pub fn types(modules: &[Self]) -> Box<dyn Iterator<Item = &ModelType> + '_> {
        Box::new(
            modules
                .iter()
                .flat_map(|module| module.types.iter().chain(Self::types(&module.children))),
        )
    }
}

impl ModelType {
    /// Its place.
    pub fn path(&self) -> &TypePath {
        match self {
            Self::Structured(structured) => &structured.path,
            Self::Enumeration(enumeration) => &enumeration.path,
            Self::Definition(definition) => &definition.path,
        }
    }
}
