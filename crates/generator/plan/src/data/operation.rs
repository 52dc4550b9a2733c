//! Operations.

use msgraph_ir::{ParameterLocation, Permissions};

use super::{Scalar, Shape, TypePath};
use crate::{DocText, Ident};

/// A module of operations, named by a static segment of their paths.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationModule {
    /// From `operations`, this module last.
    pub path: Vec<Ident>,
    /// The documentation.
    pub docs: DocText,
    /// The modules within.
    pub children: Vec<OperationModule>,
    /// The operations, by name.
    pub operations: Vec<Operation>,
}

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The module, from `operations`.
    pub module: Vec<Ident>,
    /// The type that stands for it.
    pub name: Ident,
    /// The name that documents give it, or one made of its place.
    pub id: String,
    /// The documentation.
    pub docs: DocText,
    /// Other names under which it is searched for.
    pub aliases: Vec<String>,
    /// `POST`
    pub method: &'static str,
    /// The canonical path, with named parameters.
    pub path: String,
    /// Who may call it.
    pub permissions: Permissions,
    /// The address of its page.
    pub page: Option<String>,
    /// The parameters beside the path.
    pub parameters: Option<Parameters>,
    /// The request body.
    pub request: Option<Body>,
    /// The response.
    pub reply: Reply,
    /// The types in which the service describes its errors.
    pub errors: Vec<TypePath>,
}

/// The parameters of an operation that stand beside its path.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    /// The type of the object that holds them.
    pub path: TypePath,
    /// Where each stands, in the order of its members.
    pub placed: Vec<Placed>,
}

impl Parameters {
    /// Whether a request cannot do without them.
    pub fn are_required(&self) -> bool {
        self.placed.iter().any(|placed| placed.is_required)
    }
}

/// Where a parameter stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Its name on the wire.
    pub name: String,
    /// Where it stands.
    pub location: ParameterLocation,
    /// What stands between several values.
    pub separator: Option<char>,
    /// Whether a request must have it.
    pub is_required: bool,
}

/// What a body holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// One object.
    Object(TypePath),
    /// A page of objects.
    Page(TypePath),
    /// Any JSON.
    Json,
    /// How many there are, as text.
    Count,
    /// Bytes of any media type.
    Content,
    /// A link to an entity.
    Reference,
    /// A page of links to entities.
    References,
    /// One value that is no object, in its envelope.
    Single(Shape),
    /// A collection of such values.
    Values(Shape),
    /// An array of objects, alone.
    Array(TypePath),
    /// One value that is no object, alone.
    Plain(Shape),
    /// An array of such values, alone.
    Plains(Shape),
    /// A body that may be missing.
    Optional(Box<Body>),
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The type that carries the status.
    pub kind: ReplyKind,
    /// The body.
    pub body: Option<Body>,
    /// What else is a success, by another status.
    pub otherwise: Option<Box<Reply>>,
}

/// The type that carries the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyKind {
    /// 200
    Success,
    /// 201
    Created,
    /// 202
    Accepted,
    /// 204 without a body
    NoContent,
    /// 200 with a body, or 204 without
    Preferred,
    /// 302, whose body is the address
    Found,
    /// Any other.
    Status(u16),
}

impl Scalar {
    /// The name of the type, where it is one of the language.
    pub fn primitive(self) -> Option<&'static str> {
        Some(match self {
            Self::Bool => "bool",
            Self::U8 => "u8",
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::Edm(_) => return None,
        })
    }
}
