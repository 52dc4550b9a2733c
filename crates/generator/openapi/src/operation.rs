//! Paths and what can be done there (OpenAPI 3.0.3, sections 4.7.9 to 4.7.17).
//!
//! All are views of the tree. What refers to a component is that component here, but for schemas.

use std::collections::BTreeSet;

use msgraph_source::{Json, Span, Spanned};

use crate::document::Document;
use crate::schema::Schema;

/// The members of a path item that are operations.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A path and what can be done there.
#[derive(Clone, Copy, Debug)]
pub struct PathItem<'a> {
    /// The path, with parameters in braces.
    pub path: Spanned<&'a str>,
    document: &'a Document,
    json: &'a Json,
}

/// One method at one path.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// The method in small letters, and where it stands.
    pub method: Spanned<&'a str>,
    item: PathItem<'a>,
    json: &'a Json,
}

/// Where a parameter stands, how it is called, and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Parameter<'a> {
    /// `name`
    pub name: Spanned<&'a str>,
    /// `in`: `path`, `query`, `header` or `cookie`.
    pub location: &'a str,
    json: &'a Json,
    document: &'a Document,
}

/// A body of one media type, of a request or of a response.
#[derive(Clone, Copy, Debug)]
pub struct MediaType<'a> {
    /// The media type, or a range of them.
    pub name: Spanned<&'a str>,
    /// What it holds.
    pub schema: Option<Schema<'a>>,
}

/// A body of a request.
#[derive(Clone, Copy, Debug)]
pub struct RequestBody<'a> {
    json: &'a Json,
}

/// An answer.
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    /// The status: `200`, a range such as `2XX`, or `default`.
    pub status: Spanned<&'a str>,
    json: &'a Json,
}

impl<'a> PathItem<'a> {
    pub(crate) fn new(document: &'a Document, path: Spanned<&'a str>, json: &'a Json) -> Self {
        Self { path, document, json }
    }

    /// What can be done there, in the order of the text.
    pub fn operations(self) -> impl Iterator<Item = Operation<'a>> {
        let members = self.json.as_object().unwrap_or_default().iter();
        members.filter(|member| METHODS.contains(&member.name.as_str())).map(move |member| {
            let method = Spanned::new(member.name.as_str(), member.name_span);
            Operation { method, item: self, json: &member.value }
        })
    }

    /// The operation of this method, which is in small letters.
    pub fn operation(self, method: &str) -> Option<Operation<'a>> {
        self.operations().find(|operation| operation.method.value == method)
    }

    /// The parameters of all operations there.
    pub fn parameters(self) -> impl Iterator<Item = Parameter<'a>> {
        parameters(self.document, self.json)
    }
}

fn parameters<'a>(document: &'a Document, of: &'a Json) -> impl Iterator<Item = Parameter<'a>> {
    let listed = of.get("parameters").and_then(Json::as_array).unwrap_or_default();
    listed.iter().filter_map(|listed| {
        let json = document.resolve(listed);
        let name = json.get("name")?;
        let location = json.get("in")?.as_str()?;
        let name = Spanned::new(name.as_str()?, name.span);
        Some(Parameter { name, location, json, document })
    })
}

impl<'a> Operation<'a> {
    /// The path that it is at.
    pub fn item(self) -> PathItem<'a> {
        self.item
    }

    /// Its own place.
    pub fn span(self) -> Span {
        self.method.span
    }

    /// The text of `name`: `operationId`, `summary`, `description`, or an extension.
    pub fn text(self, name: &str) -> Option<Spanned<&'a str>> {
        let value = self.json.get(name)?;
        Some(Spanned::new(value.as_str()?, value.span))
    }

    /// Whether it is deprecated.
    pub fn is_deprecated(self) -> bool {
        self.json.get("deprecated").and_then(Json::as_bool).unwrap_or(false)
    }

    /// The tree.
    pub fn json(self) -> &'a Json {
        self.json
    }

    /// Its parameters: its own, then those of the path that it does not state anew.
    pub fn parameters(self) -> Vec<Parameter<'a>> {
        let own: Vec<Parameter<'a>> = parameters(self.item.document, self.json).collect();
        let known: BTreeSet<(&str, &str)> =
            own.iter().map(|own| (own.name.value, own.location)).collect();
        let shared = self.item.parameters();
        let others: Vec<Parameter<'a>> =
            shared.filter(|one| !known.contains(&(one.name.value, one.location))).collect();
        own.into_iter().chain(others).collect()
    }

    /// The body of the request.
    pub fn request_body(self) -> Option<RequestBody<'a>> {
        let json = self.item.document.resolve(self.json.get("requestBody")?);
        Some(RequestBody { json })
    }

    /// The answers, in the order of the text.
    pub fn responses(self) -> impl Iterator<Item = Response<'a>> {
        let document = self.item.document;
        let listed = self.json.get("responses").and_then(Json::as_object).unwrap_or_default();
        listed.iter().filter(|member| !member.name.starts_with("x-")).map(move |member| Response {
            status: Spanned::new(member.name.as_str(), member.name_span),
            json: document.resolve(&member.value),
        })
    }
}

impl<'a> Parameter<'a> {
    /// Whether it must be there.
    pub fn is_required(self) -> bool {
        self.json.get("required").and_then(Json::as_bool).unwrap_or(false)
    }

    /// Whether it is deprecated.
    pub fn is_deprecated(self) -> bool {
        self.json.get("deprecated").and_then(Json::as_bool).unwrap_or(false)
    }

    /// The text of `name`: `description`, `style`, or an extension.
    pub fn text(self, name: &str) -> Option<Spanned<&'a str>> {
        let value = self.json.get(name)?;
        Some(Spanned::new(value.as_str()?, value.span))
    }

    /// `explode`
    pub fn explode(self) -> Option<bool> {
        self.json.get("explode")?.as_bool()
    }

    /// What it holds: by `schema`, or by the one media type of `content`.
    pub fn schema(self) -> Option<Schema<'a>> {
        let schema = self.json.get("schema").map(Schema::new);
        schema.or_else(|| content(self.json).next()?.schema)
    }

    /// Whether it is written as a document of a media type.
    pub fn is_document(self) -> bool {
        self.json.get("content").is_some()
    }

    /// What `schema` refers to.
    pub fn resolved_schema(self) -> Option<Schema<'a>> {
        Some(Schema::new(self.document.resolve(self.schema()?.json())))
    }
}

fn content(of: &Json) -> impl Iterator<Item = MediaType<'_>> {
    let listed = of.get("content").and_then(Json::as_object).unwrap_or_default();
    listed.iter().map(|member| MediaType {
        name: Spanned::new(member.name.as_str(), member.name_span),
        schema: member.value.get("schema").map(Schema::new),
    })
}

impl<'a> RequestBody<'a> {
    /// Whether there must be one.
    pub fn is_required(self) -> bool {
        self.json.get("required").and_then(Json::as_bool).unwrap_or(false)
    }

    /// The media types that it may have.
    pub fn content(self) -> impl Iterator<Item = MediaType<'a>> {
        content(self.json)
    }
}

impl<'a> Response<'a> {
    /// What it means.
    pub fn description(self) -> Option<&'a str> {
        self.json.get("description")?.as_str()
    }

    /// The media types that its body may have; none where it has no body.
    pub fn content(self) -> impl Iterator<Item = MediaType<'a>> {
        content(self.json)
    }

    /// The tree.
    pub fn json(self) -> &'a Json {
        self.json
    }
}
