//! The documented examples as data, and the registry that leads from them to typed code.

use msgraph_source::Code;

use super::{PathValue, ServiceMethod};
use crate::Ident;

/// The contract tests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contract {
    /// The examples, a file a page.
    pub pages: Vec<ContractPage>,
    /// The calls of builders that examples need, each once.
    pub calls: Vec<ContractCall>,
    /// The traits whose methods answer them.
    pub services: Vec<ContractService>,
}

/// The examples of one page.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractPage {
    /// The file, without `.json`.
    pub file: Ident,
    /// The name of the page.
    pub page: String,
    /// The examples, in the order of the page.
    pub examples: Vec<ContractExample>,
}

/// One documented example.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractExample {
    /// The name of the request.
    pub name: String,
    /// The method as documented.
    pub method: String,
    /// The URL as documented.
    pub url: String,
    /// What is held against client and server, or why nothing is.
    pub run: Result<ContractRun, NotRun>,
}

/// Why an example is not run.
#[derive(Clone, Debug, PartialEq)]
pub struct NotRun {
    /// The code under which it is reported.
    pub code: Code,
    /// The reason in words.
    pub reason: String,
}

/// What is held against client and server.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractRun {
    /// Method and canonical path.
    pub operation: String,
    /// The path that the example follows, where it is another one.
    pub path: Option<String>,
    /// The values of the parameters of that path; none for an argument that is absent or null.
    pub keys: Vec<Option<String>>,
    /// The codes of what is found in the URL.
    pub url_findings: Vec<Code>,
    /// The request.
    pub request: ContractMessage,
    /// The response.
    pub response: Option<ContractResponse>,
}

/// A documented message.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractMessage {
    /// The headers that client and server are held to.
    pub headers: Vec<(String, String)>,
    /// What is found in the body: code and JSON path.
    pub findings: Vec<(Code, String)>,
    /// The body, as JSON.
    pub body: Option<String>,
    /// The body, where it is something else than JSON.
    pub content: Option<String>,
}

/// A documented response.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractResponse {
    /// The status.
    pub status: u16,
    /// Whether the page names the type of the body.
    pub names_type: bool,
    /// Headers and body.
    pub message: ContractMessage,
}

/// The call of the builder that makes a request of an operation at one of its paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractCall {
    /// Module and name of the operation, from `operations`.
    pub operation: Vec<Ident>,
    /// The path.
    pub path: String,
    /// The methods that lead to the place, and their arguments: places among the keys, with what stands there.
    pub steps: Vec<(Ident, Vec<(usize, PathValue)>)>,
    /// The verb that ends them.
    pub verb: Ident,
    /// Whether the verb takes a body.
    pub has_body: bool,
}

/// The methods of a trait that answer examples.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractService {
    /// The module of the trait.
    pub module: Ident,
    /// The trait.
    pub name: Ident,
    /// The methods.
    pub methods: Vec<ServiceMethod>,
}
