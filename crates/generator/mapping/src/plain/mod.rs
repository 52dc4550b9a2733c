//! Services that are no OData: plain objects, and paths that name nothing but themselves.
//!
//! In comes an OpenAPI document, out go its types, in the shape of CSDL so that they are linked as all types are, and
//! its operations, which CSDL has no words for. `types` reads schemas; `operations` paths, parameters, bodies and
//! answers. Holds: nothing is left out in silence.

mod kind;
mod members;
mod operations;
mod types;

use msgraph_csdl::Document as Metadata;
use msgraph_openapi::Document;
use msgraph_source::{Diagnostics, Json, Span, Spanned};

use crate::support;
use crate::value::Value;

/// The namespace of all types.
pub(crate) const NAMESPACE: &str = "types";

/// A service as its OpenAPI describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// What it is called.
    pub title: String,
    /// Where it is; none where that is not said in full.
    pub base_url: Option<Spanned<String>>,
    /// Its types.
    pub metadata: Metadata,
    /// What can be done.
    pub operations: Vec<Operation>,
}

/// One method at one path.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The method in capital letters.
    pub method: Spanned<String>,
    /// The path as it is written.
    pub path: Spanned<String>,
    /// Its segments.
    pub segments: Vec<Segment>,
    /// `operationId`
    pub id: Option<Spanned<String>>,
    /// `summary` and `description`
    pub description: Vec<Spanned<String>>,
    /// The address of the page about it.
    pub docs: Option<String>,
    /// Where it is said to be deprecated.
    pub is_deprecated: Option<Span>,
    /// What stands in the query, in headers and in cookies.
    pub parameters: Vec<Parameter>,
    /// The body of the request, and whether there must be one.
    pub request: Option<(Held, bool)>,
    /// The answers.
    pub responses: Vec<Response>,
    /// What a caller must be granted: all of one of these sets. None where being known is enough.
    pub scopes: Vec<Vec<String>>,
    /// Where they are asked for.
    pub security: Span,
}

/// A segment of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// The name: of itself, or of its parameter.
    pub name: String,
    /// What stands there, where it is a parameter.
    pub parameter: Option<Held>,
    /// Where the path stands.
    pub span: Span,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the query of the URL.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// A parameter beside the path.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Spanned<String>,
    /// Where it stands.
    pub location: Location,
    /// What it holds.
    pub held: Held,
    /// What stands between several values; each stands for itself where it is none.
    pub separator: Option<char>,
    /// Whether a request must have it.
    pub is_required: bool,
    /// What is said of it.
    pub description: Option<Spanned<String>>,
    /// Whether it is deprecated.
    pub is_deprecated: bool,
}

/// What stands somewhere: a type as metadata has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// `Edm.String`, `types.Pet`; `Edm.Stream` for what is no JSON.
    pub type_name: Spanned<String>,
    /// Whether there are several.
    pub is_collection: bool,
    /// Whether it may be null.
    pub is_nullable: bool,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// `200`, `4XX`, `default`.
    pub status: Spanned<String>,
    /// What it means.
    pub description: Option<String>,
    /// Its body.
    pub body: Option<Held>,
}

impl From<Value> for Held {
    fn from(value: Value) -> Self {
        Self {
            type_name: Spanned::new(value.name, value.span),
            is_collection: value.is_collection,
            is_nullable: value.is_nullable,
        }
    }
}

/// The service that `document` describes.
pub(crate) fn service(document: &Document) -> (Service, Diagnostics) {
    let mut diagnostics = support::check(document);
    let mut types = types::Types::new(document);
    types.all();
    let operations = operations::operations(document, &mut types, &mut diagnostics);
    let info = document.root.get("info");
    let title = info.and_then(|info| info.get("title")).and_then(Json::as_str).unwrap_or_default();
    let (metadata, found) = types.finish();
    diagnostics.extend(found);
    let service = Service {
        title: title.split_whitespace().collect::<Vec<_>>().join(" "),
        base_url: base_url(document),
        metadata,
        operations,
    };
    (service, diagnostics)
}

/// The first server whose address is whole.
fn base_url(document: &Document) -> Option<Spanned<String>> {
    let servers = document.root.get("servers").and_then(Json::as_array).unwrap_or_default();
    servers.iter().find_map(|server| {
        let url = server.get("url")?;
        let text = url.as_str()?;
        let is_whole = text.starts_with("https://") || text.starts_with("http://");
        let is_plain = text.chars().all(|c| c.is_ascii_graphic() && !"{}\"<>\\^`?#".contains(c));
        (is_whole && is_plain)
            .then(|| Spanned::new(text.trim_end_matches('/').to_owned(), url.span))
    })
}
