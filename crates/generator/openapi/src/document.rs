//! What an OpenAPI document is at its root: the version, and paths that differ.
//!
//! In comes a tree, out goes the document, or an error that tells what else the text is.

use std::collections::BTreeMap;
use std::fmt;

use msgraph_source::catalogue::openapi::{DUPLICATE_PATH, ROOT, TWIN_PATH, VERSION};
use msgraph_source::{
    Diagnostic, Diagnostics, Json, JsonKind, JsonMember, Span, Spanned, shortened,
};

use crate::operation::PathItem;
use crate::pointer;
use crate::schema::Schema;

/// An OpenAPI document.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The version of the specification that it follows.
    pub version: Version,
    /// The whole of it.
    pub root: Json,
    /// How many references it has, all of which lead to values of it.
    pub references: usize,
    /// The positions of the schemas in `components`, by name: there are thousands of them.
    schemas: BTreeMap<String, usize>,
}

/// A version of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 3.0.x
    V3_0,
    /// 3.1.x
    V3_1,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
        })
    }
}

impl Document {
    /// The schemas of `components`, by name, in the order of the text.
    pub fn schemas(&self) -> impl Iterator<Item = (Spanned<&str>, Schema<'_>)> {
        members(component_schemas(&self.root)).iter().map(|member| {
            (Spanned::new(member.name.as_str(), member.name_span), Schema::new(&member.value))
        })
    }

    /// The schema of `components` with this name.
    pub fn schema(&self, name: &str) -> Option<Schema<'_>> {
        Some(self.named_schema(name)?.1)
    }

    /// The schema of `components` with this name, and where it is named.
    pub fn named_schema(&self, name: &str) -> Option<(Spanned<&str>, Schema<'_>)> {
        let member = members(component_schemas(&self.root)).get(*self.schemas.get(name)?)?;
        let name = Spanned::new(member.name.as_str(), member.name_span);
        Some((name, Schema::new(&member.value)))
    }

    /// The path items, in the order of the text. One that refers to another is the other.
    pub fn paths(&self) -> impl Iterator<Item = PathItem<'_>> {
        members(self.root.get("paths")).iter().filter(|member| !member.name.starts_with("x-")).map(
            |member| {
                let path = Spanned::new(member.name.as_str(), member.name_span);
                PathItem::new(self, path, self.resolve(&member.value))
            },
        )
    }

    /// What `value` refers to in the end, or `value` itself where it is no reference.
    pub fn resolve<'a>(&'a self, value: &'a Json) -> &'a Json {
        let mut value = value;
        // References that lead to each other have been refused.
        while let Some(target) = value.get("$ref").and_then(Json::as_str) {
            match target.strip_prefix('#').and_then(|target| pointer::find(&self.root, target)) {
                Some(target) => value = target,
                None => break,
            }
        }
        value
    }
}

fn component_schemas(root: &Json) -> Option<&Json> {
    root.get("components")?.get("schemas")
}

fn members(of: Option<&Json>) -> &[JsonMember] {
    of.and_then(Json::as_object).unwrap_or_default()
}

/// The document, where `root` is one.
pub(crate) fn document(root: Json, diagnostics: &mut Diagnostics) -> Option<Document> {
    match version(&root) {
        Ok(version) => {
            let named = members(component_schemas(&root)).iter().map(|member| member.name.clone());
            let schemas = named.zip(0..).collect();
            let document = Document { version, root, references: 0, schemas };
            paths(&document, diagnostics);
            Some(document)
        }
        Err(found) => {
            diagnostics.push(*found);
            None
        }
    }
}

fn version(root: &Json) -> Result<Version, Box<Diagnostic>> {
    let whole = Span::start_of(root.span.file);
    if root.as_object().is_none() {
        let message = format!("this is {}, and OpenAPI is an object", root.kind_name());
        return Err(Box::new(
            Diagnostic::at(ROOT, whole, message).help("check that this is the file that you mean"),
        ));
    }
    if let Some(old) = root.get("swagger") {
        return Err(Box::new(
            Diagnostic::at(VERSION, old.span, "this is OpenAPI 2.0 (Swagger), which is not read")
                .help("convert it to OpenAPI 3.0; many tools do"),
        ));
    }
    let Some(stated) = root.get("openapi") else {
        return Err(Box::new(
            Diagnostic::at(ROOT, whole, "there is no member `openapi`, which states the version")
                .help("check that this is an OpenAPI document"),
        ));
    };
    // A version without quotes may be read as a number.
    let (JsonKind::String(text) | JsonKind::Number(text)) = &stated.kind else {
        let message = format!("the version is {}, not a text", stated.kind_name());
        return Err(Box::new(Diagnostic::at(VERSION, stated.span, message).help(READ)));
    };
    let mut parts = text.split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0")) => Ok(Version::V3_0),
        (Some("3"), Some("1")) => Ok(Version::V3_1),
        _ => {
            let message = format!("OpenAPI `{}` is not read", shortened(text));
            Err(Box::new(Diagnostic::at(VERSION, stated.span, message).help(READ)))
        }
    }
}

const READ: &str = "3.0 and 3.1 are read";

/// Tells of paths that differ in the names of their parameters alone: they are one (OpenAPI 3.0.3, section 4.7.8.1). Where
/// both have a method, nothing tells which of them is meant.
fn paths(document: &Document, diagnostics: &mut Diagnostics) {
    let mut known: BTreeMap<String, Vec<PathItem<'_>>> = BTreeMap::new();
    let mut found = Diagnostics::new();
    for item in document.paths() {
        let like = known.entry(shape(item.path.value)).or_default();
        let has = |other: &&PathItem<'_>| {
            other.operations().any(|of| item.operation(of.method.value).is_some())
        };
        let name = shortened(item.path.value);
        let said = match (like.iter().find(has), like.first()) {
            (Some(first), _) => {
                let message = format!(
                    "the path `{name}` differs from another in the names of parameters alone"
                );
                let said = Diagnostic::at(DUPLICATE_PATH, item.path.span, message);
                Some(said.label(first.path.span, "the other, which has a method of it, too"))
            }
            (None, Some(first)) => {
                let message =
                    format!("the path `{name}` is another by other names of its parameters");
                let said = Diagnostic::at(TWIN_PATH, item.path.span, message);
                Some(said.label(first.path.span, "the other, which has other methods"))
            }
            (None, None) => None,
        };
        found.extend(said.map(|said| said.help("put the operations of both under one of them")));
        like.push(item);
    }
    diagnostics.extend(found);
}

/// The path, its parameters without their names.
fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, behind)) = rest.split_once('{') {
        shape.push_str(before);
        shape.push_str("{}");
        rest = behind.split_once('}').map_or("", |(_, rest)| rest);
    }
    shape + rest
}
