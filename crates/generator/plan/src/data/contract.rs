//! The documented examples, as tests.

use super::{HandedOver, Scalar, ServiceMethod, TypePath};
use crate::{DocText, Ident};

/// The examples of one page.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractPage {
    /// The file, without `.rs`.
    pub file: Ident,
    /// The page.
    pub docs: DocText,
    /// The tests.
    pub tests: Vec<ContractTest>,
}

/// One documented example.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractTest {
    /// The module, named by the request.
    pub module: Ident,
    /// What it is about.
    pub docs: DocText,
    /// Module and name of the operation, from `operations`.
    pub operation: Vec<Ident>,
    /// The request as documented.
    pub request: ContractRequest,
    /// The call of the builders that sends it.
    pub example: Example,
    /// The trait whose method answers.
    pub service: Ident,
    /// The method that answers.
    pub handler: ServiceMethod,
    /// The values that the example gives to the parameters of the method, in order.
    pub keys: Vec<HandedOver<String>>,
    /// The response as documented.
    pub response: ContractResponse,
}

/// A documented request.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractRequest {
    /// `POST`
    pub method: &'static str,
    /// The URL as documented, or the path below the version.
    pub url: String,
    /// The headers that client and server are held to.
    pub headers: Vec<(String, String)>,
    /// The body, as JSON.
    pub body: Option<String>,
}

/// A documented response.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractResponse {
    /// The status.
    pub status: u16,
    /// The headers that the server is held to.
    pub headers: Vec<(String, String)>,
    /// Where a redirect points.
    pub location: Option<String>,
    /// The body, as JSON.
    pub body: Option<String>,
    /// Members that hold a placeholder, as JSON paths.
    pub placeholders: Vec<String>,
}

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
    /// No value, where there may be none.
    Nothing,
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
