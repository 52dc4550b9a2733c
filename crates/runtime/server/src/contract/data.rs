//! The documented examples of a page, as `tests/contract/*.json` holds them.
//!
//! In comes the text of a file; out go the examples in the order of the page. Holds: bodies keep their text.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Mismatch, Outcome};

/// The examples of one page.
#[derive(Debug, Deserialize)]
pub struct Page {
    /// The name of the page: `group-post-threads`.
    pub page: String,
    /// The examples, in the order of the page.
    pub examples: Vec<Example>,
}

/// A documented example.
#[derive(Debug, Deserialize)]
pub struct Example {
    /// The name of the request.
    pub name: String,
    /// Which example of the page it is, from 1.
    pub place: usize,
    /// Why it is not run.
    pub not_run: Option<NotRun>,
    /// Method and canonical path of the operation: `POST /groups/{group-id}/threads`.
    #[serde(default)]
    pub operation: String,
    /// The path that the example follows; the canonical one where it is not told.
    pub path: Option<String>,
    /// The values of the parameters of that path, decoded and without quotes, in its order; none for an
    /// argument that is absent or null.
    #[serde(default)]
    pub keys: Vec<Option<String>>,
    /// The request.
    pub request: Request,
    /// The answer; none where the page shows none.
    pub response: Option<Response>,
}

/// Why an example is not run.
#[derive(Debug, Deserialize)]
pub struct NotRun {
    /// A code of `cargo xtask explain`.
    pub code: String,
    /// The reason in words.
    pub reason: String,
}

/// A documented request.
#[derive(Debug, Deserialize)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The URL as documented.
    pub url: String,
    /// What lint finds in the URL.
    #[serde(default)]
    pub url_findings: Vec<String>,
    /// The headers that client and server are held to.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// What lint finds in the body.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// The body.
    pub body: Option<Box<RawValue>>,
    /// The body, where it is something else than JSON.
    pub content: Option<String>,
}

/// A documented answer.
#[derive(Debug, Deserialize)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Whether the page names the type of the body.
    #[serde(default)]
    pub names_type: bool,
    /// The headers that the server is held to.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// What lint finds in the body.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// The body.
    pub body: Option<Box<RawValue>>,
    /// The body, where it is something else than JSON.
    pub content: Option<String>,
}

/// What lint finds at a place of a body.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Finding {
    /// The code: `link::placeholder_value`.
    pub code: String,
    /// The JSON path: `$.posts[0].body.contentType`.
    pub path: String,
}

impl Page {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// What is no such page.
    pub fn read(text: &str) -> Outcome<Self> {
        serde_json::from_str(text).map_err(|error| Mismatch::new(error.to_string()))
    }
}

impl Response {
    /// Whether the page shows a body, and names its type.
    pub fn names_type_of_body(&self) -> bool {
        self.names_type && (self.body.is_some() || self.content.is_some())
    }
}

impl Finding {
    /// Whether the finding is about the place `path`, or about what contains it.
    pub fn covers(&self, path: &str) -> bool {
        path.strip_prefix(&self.path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }

    /// Whether the finding is about a parameter of an action that is named in another case than declared: the
    /// model takes it in any case, and writes it as declared.
    pub fn is_case_of_parameter(&self) -> bool {
        self.code == "link::parameter_case"
    }

    /// Whether the finding is about the answer standing in an object with the one member `value`.
    pub fn is_envelope(&self) -> bool {
        self.code == "link::wrapped_value" && self.path == "$"
    }

    /// Whether the finding is about a member that the type does not declare: views keep such members, and write
    /// them again as they came.
    pub fn is_of_undeclared_member(&self) -> bool {
        matches!(self.code.as_str(), "link::unknown_member" | "link::derived_member")
    }

    /// Whether the finding is one that no reader has to be lenient for.
    pub fn is_harmless(&self) -> bool {
        self.code == "link::type_without_hash" || self.is_case_of_parameter()
    }
}
