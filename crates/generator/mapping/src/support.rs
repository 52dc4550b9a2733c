//! What of a document is not carried over, each told once where it first stands.

use std::collections::BTreeMap;

use msgraph_openapi::Document;
use msgraph_source::{Diagnostic, Diagnostics, Json, Span, catalogue::openapi as codes, shortened};

/// Members that say something and are not read: of schemas, of operations, of the whole.
const UNREAD: &[(&str, &str)] = &[
    ("callbacks", "what a service calls back is not generated"),
    ("contentSchema", "what stands in a text is not read"),
    ("dependentSchemas", "what depends on other members is not read"),
    ("else", "what depends on the value is not read"),
    ("headers", "headers of answers have no types: `Request::respond` gives all of them"),
    ("if", "what depends on the value is not read"),
    ("links", "what leads from one answer to another call is not read"),
    ("not", "what a value is not is not read"),
    ("patternProperties", "members by the pattern of their names are read as any JSON"),
    ("prefixItems", "the items of a list are read as any JSON"),
    ("servers", "all operations are at the first server of the document"),
    ("then", "what depends on the value is not read"),
    ("webhooks", "what a service calls back is not generated"),
    ("xml", "bodies are read as JSON alone"),
];

/// Members whose values are data, or named by the author.
const NAMED: &[&str] = &[
    "properties",
    "schemas",
    "parameters",
    "responses",
    "headers",
    "paths",
    "$defs",
    "definitions",
    "requestBodies",
];
const DATA: &[&str] = &["default", "enum", "example", "examples", "const", "value", "mapping"];

/// What there is to say.
pub(super) fn check(document: &Document) -> Diagnostics {
    let mut found = BTreeMap::new();
    for part in document.root.as_object().unwrap_or_default() {
        match part.name.as_str() {
            "webhooks" => {
                found.insert("webhooks", (part.name_span, 1));
            }
            "servers" => {}
            _ => collect(&part.value, &mut found),
        }
    }
    let servers = document.root.get("servers").and_then(Json::as_array).unwrap_or_default();
    if let Some(second) = servers.get(1) {
        found.entry("servers").or_insert((second.span, 1));
    }
    let unread = found.into_iter().filter_map(|(name, (first, count))| {
        let (_, what) = UNREAD.iter().find(|(known, _)| *known == name)?;
        let found = Diagnostic::at(codes::NOT_SUPPORTED, first, format!("`{name}`: {what}"));
        let found = match count {
            1 => found,
            count => found.note(format!("it stands in {count} places, of which this is the first")),
        };
        Some(found.help("what is generated does without it"))
    });
    unread.chain(schemes(document)).collect()
}

fn collect<'a>(value: &'a Json, found: &mut BTreeMap<&'a str, (Span, usize)>) {
    value.as_array().unwrap_or_default().iter().for_each(|element| collect(element, found));
    for member in value.as_object().unwrap_or_default() {
        let name = member.name.as_str();
        if DATA.contains(&name) || name.starts_with("x-") {
            continue;
        }
        if UNREAD.iter().any(|(known, _)| *known == name) {
            let is_empty = member.value.as_object().is_some_and(<[_]>::is_empty);
            if !is_empty {
                found.entry(name).or_insert((member.name_span, 0)).1 += 1;
            }
            continue;
        }
        if NAMED.contains(&name) && member.value.as_object().is_some() {
            let named = member.value.as_object().unwrap_or_default();
            named.iter().for_each(|member| collect(&member.value, found));
        } else {
            collect(&member.value, found);
        }
    }
}

/// Ways to sign in that the client does not go: it sends a bearer token.
fn schemes(document: &Document) -> Diagnostics {
    let schemes = document.root.get("components").and_then(|it| it.get("securitySchemes"));
    let schemes = schemes.and_then(Json::as_object).unwrap_or_default();
    let is_bearer = |scheme: &Json| {
        let text = |name| scheme.get(name).and_then(Json::as_str).unwrap_or_default();
        match text("type") {
            "oauth2" | "openIdConnect" => true,
            "http" => text("scheme").eq_ignore_ascii_case("bearer"),
            _ => false,
        }
    };
    schemes
        .iter()
        .filter(|scheme| !is_bearer(document.resolve(&scheme.value)))
        .map(|scheme| {
            let what = format!(
                "the client does not sign in by `{}`: it sends a bearer token",
                shortened(&scheme.name)
            );
            Diagnostic::at(codes::NOT_SUPPORTED, scheme.name_span, what)
                .help("add what the service asks for with `Request::header` or `Request::query`")
        })
        .collect()
}
