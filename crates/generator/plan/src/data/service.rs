//! The crate of service traits and routes, with its contract tests.

use super::{Body, Contract, Manifest, Reply, Scalar, TypePath};
use crate::{DocText, Ident};

/// The crate of service traits and routes.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Its manifest.
    pub manifest: Manifest,
    /// The library of the models.
    pub models: Ident,
    /// The library of the client, which the contract tests use.
    pub client: Ident,
    /// The documentation of the crate.
    pub docs: DocText,
    /// What stands in front of every route: `/v1.0`.
    pub prefix: String,
    /// Whether it speaks OData.
    pub is_odata: bool,
    /// The traits, by name.
    pub services: Vec<ServiceTrait>,
    /// The contract tests.
    pub contract: Contract,
    /// Whether something is deprecated, and its own uses must not warn.
    pub has_deprecated: bool,
}

/// The operations of one site.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceTrait {
    /// Its name.
    pub name: Ident,
    /// The file, without `.rs`.
    pub file: Ident,
    /// The documentation.
    pub docs: DocText,
    /// The methods.
    pub methods: Vec<ServiceMethod>,
    /// The routes that lead to them, by path.
    pub routes: Vec<Route>,
}

/// A method that answers one operation.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceMethod {
    /// Its name.
    pub name: Ident,
    /// The documentation.
    pub docs: DocText,
    /// The note of its deprecation.
    pub deprecated: Option<String>,
    /// The keys of all paths, in order.
    pub parameters: Vec<PathParameter>,
    /// The object of the parameters beside the path, and the name of its argument.
    pub options: Option<(Ident, TypePath)>,
    /// The request body, and the name of its argument.
    pub body: Option<(Ident, Body)>,
    /// The name of the argument that holds everything else.
    pub context: Ident,
    /// The response.
    pub reply: Reply,
    /// Module and name of the operation, from `operations`.
    pub operation: Vec<Ident>,
}

/// A parameter of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathParameter {
    /// `group-id`
    pub wire: String,
    /// `group_id`
    pub name: Ident,
    /// Whether some of the operation's paths lack it.
    pub is_optional: bool,
    /// What stands for it.
    pub value: PathValue,
}

/// What stands for a parameter in a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathValue {
    /// A key that is text, or the path to an item.
    Text,
    /// A key of another type.
    Key(Scalar),
    /// An argument in parentheses.
    Argument(PathArgument),
}

/// An argument of a function, or a part of an alternate key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathArgument {
    /// As it is called on the wire.
    pub name: String,
    /// The type of its value.
    pub of: ArgumentType,
    /// What may stand where there is no value.
    pub need: Need,
}

/// The type of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgumentType {
    /// `Edm.String`
    Text,
    /// Another primitive type.
    Scalar(Scalar),
    /// A member of an enumeration, or a set of them.
    Enumeration(TypePath),
    /// A collection of texts.
    Texts,
}

/// What may stand where an argument has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing: it must have one.
    Required,
    /// `null`
    Nullable,
    /// It may be left out.
    Optional,
}

impl PathParameter {
    /// Whether a request that has the parameter's place may lack a value for it.
    pub fn may_lack_value(&self) -> bool {
        matches!(&self.value, PathValue::Argument(argument) if argument.need != Need::Required)
    }
}

/// What a route hands over as a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandedOver<T> {
    /// What every path has, or what is none by itself where there is no value.
    Key(T),
    /// A key that this path has, but not every one.
    Some(T),
    /// Nothing: this path lacks the key.
    None,
}

/// A path that an operation answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The path, with named parameters.
    pub template: String,
    /// The parameters that stand in it, in order.
    pub in_path: Vec<PathParameter>,
    /// What is handed over, in the order of the method's parameters.
    pub handed_over: Vec<HandedOver<Ident>>,
    /// The function that takes a call apart.
    pub call: Ident,
    /// The method.
    pub method: Ident,
    /// Whether the method takes a body.
    pub has_body: bool,
    /// Module and name of the operation, from `operations`.
    pub operation: Vec<Ident>,
}
