//! Documented calls of the builders, as expressions.

use super::{Scalar, TypePath};
use crate::Ident;

/// A documented call of the builders.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The methods that lead to the place: name and arguments.
    pub calls: Vec<(Ident, Vec<Value>)>,
    /// The verb that ends them.
    pub verb: Ident,
    /// What the body is made of, each named before it is used.
    pub bindings: Vec<(Ident, Value)>,
    /// The request body.
    pub body: Option<Value>,
    /// Headers that the builder does not send by itself.
    pub headers: Vec<(String, String)>,
    /// Whether the response has a body.
    pub answers: bool,
}

/// An expression that makes a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// An object, made member by member.
    Object(TypePath, Vec<WithCall>),
    /// Many values.
    Array(Vec<Value>),
    /// No value, where there may be none.
    Nothing,
    /// No values, where text is one kind of value that is taken.
    NoTexts,
    /// Text.
    Text(String),
    /// `true`, `false`, or a number that fits its type.
    Literal(String, Scalar),
    /// A value of a type of `msgraph_core::edm`, read from text.
    Parsed(&'static str, String),
    /// A member of an enumeration.
    Constant(TypePath, Ident),
    /// A value of an enumeration, or a set of them, read from text.
    ConstantText(TypePath, String),
    /// An object that is read from JSON, since it cannot be made member by member.
    FromJson(TypePath, String),
    /// Any JSON, as text.
    Json(String),
    /// A payload of the runtime that is made of one value: `Reference`, `Single`, `Values`.
    Payload(&'static str, Box<Value>),
    /// Bytes of a media type.
    Content(String, String),
    /// A value that was named before.
    Local(Ident),
}

/// A call that puts one member into an object.
#[derive(Clone, Debug, PartialEq)]
pub enum WithCall {
    /// `with_topic(…)`
    Member(Ident, Value),
    /// `with_null(schema::Group::Topic)`
    Null(TypePath, Ident),
    /// `with_unknown("name", …)`: a member that the metadata does not declare, or a value that the
    /// typed method would write otherwise.
    Unknown(String, Value),
}
