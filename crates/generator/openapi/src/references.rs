//! References: `$ref`, and the mappings of discriminators.
//!
//! In comes a tree, out goes the number of its references. Holds: each leads to a value of the document that is no
//! reference itself in the end, or an error tells of it; nothing else is opened. What is data (`example`, `default`,
//! `x-…`) refers to nothing.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_source::catalogue::openapi::{
    EXTERNAL_REFERENCE, REFERENCE_CYCLE, UNRESOLVED_REFERENCE,
};
use msgraph_source::{Diagnostic, Diagnostics, Json, Span, Suggestions, shortened};

use crate::pointer::{find_by, unescaped};

/// The most errors that are told.
const MOST: usize = 100;

/// Members whose values are data of the service.
const DATA: &[&str] = &["const", "default", "enum", "example", "value"];

/// Members whose values are objects with names that the author chose.
const NAMED: &[&str] = &[
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "examples",
    "headers",
    "links",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
    "webhooks",
];

/// Checks every reference of `root`.
pub(crate) fn check(root: &Json, diagnostics: &mut Diagnostics) -> usize {
    let mut found = Vec::new();
    collect(root, &mut found);
    let mut targets = Targets::new(root);
    let count = found.len();
    let errors = found.into_iter().filter_map(|reference| error(&mut targets, &reference));
    diagnostics.extend(errors.take(MOST));
    count
}

/// A reference as it is written.
struct Reference<'a> {
    text: &'a str,
    span: Span,
    is_mapping: bool,
}

fn collect<'a>(value: &'a Json, found: &mut Vec<Reference<'a>>) {
    if let Some(elements) = value.as_array() {
        elements.iter().for_each(|element| collect(element, found));
    }
    for member in value.as_object().unwrap_or_default() {
        let (name, value) = (member.name.as_str(), &member.value);
        match value.as_str() {
            Some(text) if name == "$ref" => {
                found.push(Reference { text, span: value.span, is_mapping: false });
            }
            _ if DATA.contains(&name) || name.starts_with("x-") => {}
            // Of a schema they are a list, and data.
            _ if name == "examples" && value.as_array().is_some() => {}
            _ if name == "mapping" => mapping(value, found),
            _ if NAMED.contains(&name) && value.as_object().is_some() => {
                let named = value.as_object().unwrap_or_default();
                named.iter().for_each(|member| collect(&member.value, found));
            }
            _ => collect(value, found),
        }
    }
}

/// A mapping leads from values of the discriminator to names of schemas, or to references.
fn mapping<'a>(mapping: &'a Json, found: &mut Vec<Reference<'a>>) {
    for member in mapping.as_object().unwrap_or_default() {
        if let Some(text) = member.value.as_str() {
            found.push(Reference { text, span: member.value.span, is_mapping: true });
        }
    }
}

fn error<'a>(targets: &mut Targets<'a>, reference: &Reference<'a>) -> Option<Diagnostic> {
    let Reference { text, span, is_mapping } = *reference;
    let name = shortened(text);
    let Some(pointer) = text.strip_prefix('#') else {
        // A mapping may name a schema.
        if is_mapping && is_name(text) {
            let schemas = "/components/schemas";
            return match targets.find(&format!("{schemas}/{text}")) {
                Some(_) => None,
                None => Some(unresolved(targets, &format!("{schemas}/{text}"), text, span)),
            };
        }
        let found = Diagnostic::at(
            EXTERNAL_REFERENCE,
            span,
            format!("`{name}` refers to another document, which is not opened"),
        );
        return Some(found.help("bundle the documents into one; many tools do"));
    };
    // A reference may lead to a reference.
    let mut pointer = pointer;
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while !targets.settled.contains(pointer) {
        let Some(target) = targets.find(pointer) else {
            return Some(unresolved(targets, pointer, text, span));
        };
        seen.insert(pointer);
        let next = target.get("$ref").and_then(Json::as_str);
        // Where the reference that it leads to is wrong, that one is told of.
        let Some(next) = next.and_then(|next| next.strip_prefix('#')) else { break };
        if seen.contains(next) {
            let message = format!("`{name}` leads to references that lead to each other");
            let found = Diagnostic::at(REFERENCE_CYCLE, span, message);
            return Some(
                found
                    .label(target.span, "one of them")
                    .help("let one of them be what the others refer to"),
            );
        }
        pointer = next;
    }
    targets.settled.extend(seen);
    None
}

/// Whether `text` is the name of a component (OpenAPI 3.0.3, section 4.7.7), and no file.
fn is_name(text: &str) -> bool {
    let is_file = [".json", ".yaml", ".yml"].iter().any(|ending| text.ends_with(ending));
    !is_file && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

fn unresolved(targets: &mut Targets<'_>, pointer: &str, text: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` leads to nothing in this document", shortened(text));
    Diagnostic::at(UNRESOLVED_REFERENCE, span, message).help(match targets.alike(pointer) {
        Some(alike) => format!("did you mean `#{alike}`?"),
        None => "declare it, or correct the reference".to_owned(),
    })
}

/// What references lead to, found by name at once: there are thousands of schemas, and tens of thousands of references.
struct Targets<'a> {
    root: &'a Json,
    /// The members of objects, by where they stand in memory.
    indexes: BTreeMap<*const Json, BTreeMap<&'a str, &'a Json>>,
    /// Pointers that lead to a value that is no reference.
    settled: BTreeSet<&'a str>,
    suggestions: Suggestions,
}

impl<'a> Targets<'a> {
    fn new(root: &'a Json) -> Self {
        Self {
            root,
            indexes: BTreeMap::new(),
            settled: BTreeSet::new(),
            suggestions: Suggestions::default(),
        }
    }

    /// The value behind a JSON pointer (RFC 6901), which stands percent-encoded in a fragment.
    fn find(&mut self, pointer: &str) -> Option<&'a Json> {
        find_by(self.root, pointer, |value, name| self.member(value, name))
    }

    fn member(&mut self, value: &'a Json, name: &str) -> Option<&'a Json> {
        let members = value.as_object()?;
        let index = self.indexes.entry(std::ptr::from_ref(value)).or_insert_with(|| {
            members.iter().map(|member| (member.name.as_str(), &member.value)).collect()
        });
        index.get(name).copied()
    }

    /// A pointer to something whose name is alike, beside what `pointer` does not find.
    fn alike(&mut self, pointer: &str) -> Option<String> {
        let (parent, name) = pointer.rsplit_once('/')?;
        let beside = self.find(parent)?.as_object()?;
        let names = beside.iter().map(|member| member.name.as_str());
        let alike = self.suggestions.nearest(&unescaped(name), names, 1);
        alike.first().map(|alike| format!("{parent}/{alike}"))
    }
}
