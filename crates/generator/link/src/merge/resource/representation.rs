//! The JSON representation of a resource, held against the type.
//!
//! In comes the JSON below a `resource` block; out go counts and notes. Holds: a value counts only
//! where it states a type for certain; a text that is an example of a value states none.

use msgraph_docs::{Resource, Text};
use msgraph_ir::{Api, Enumeration, ItemId, ItemKind, Primitive, Property, TypeTarget, dump};
use msgraph_source::{Diagnostic, Json, JsonKind, JsonMember, catalogue::link as codes, or_list};

use super::members::{near_members, property_in_other_case, spelling};
use super::written_type::is_number;
use super::{Checking, Described};

/// Holds the representation of `resource` against `subject`.
pub(crate) fn check(
    checking: &Checking<'_>,
    subject: ItemId,
    resource: &Resource,
    described: &mut Described<'_>,
) {
    let api = checking.api;
    let members = resource.representation.as_ref().and_then(Json::as_object).unwrap_or_default();
    for member in members.iter().filter(|member| !member.name.contains('@')) {
        let found = api.property_of(subject, &member.name);
        described.counts.representation.count(found.is_some());
        if let Some(property) = found.and_then(|(owner, index)| api.property(owner, index)) {
            described.diagnostics.extend(value(checking, member, property));
            continue;
        }
        let other = property_in_other_case(api, subject, &member.name);
        let name = Text::new(member.name.clone(), member.name_span);
        let other = other.and_then(|(owner, index)| api.property(owner, index));
        described.diagnostics.extend(match other {
            Some(property) => Some(spelling(&name, property)),
            None => undeclared(api, subject, member),
        });
    }
}

/// A member that `subject` does not declare. The representation of an open type shows what may be
/// there beyond what is declared: only a name that resembles a declared one is reported.
fn undeclared(api: &Api, subject: ItemId, member: &JsonMember) -> Option<Diagnostic> {
    let item = &api.items[subject];
    let near = near_members(api, subject, &member.name);
    if near.is_empty() && item.structured().is_some_and(|structured| structured.is_open) {
        return None;
    }
    let found = Diagnostic::at(
        codes::REPRESENTATION_MEMBER,
        member.name_span,
        format!(
            "the JSON representation has the member `{}`, which `{}` does not declare",
            member.name, item.name
        ),
    )
    .label(item.span, "the metadata")
    .note("metadata wins on types: there will be no such member");
    Some(match near.as_slice() {
        [] => found.help("remove the member, or correct its name"),
        near => found.help(format!("did you mean {}?", or_list(near))),
    })
}

/// What the value of a member says of its type, where it is not what the metadata says.
fn value(checking: &Checking<'_>, member: &JsonMember, property: &Property) -> Option<Diagnostic> {
    let known = property.type_ref;
    let json = &member.value;
    let differs = match &json.kind {
        JsonKind::Null => return None,
        JsonKind::Array(elements) => match elements.first() {
            Some(first) if known.is_collection => states_other(checking, first, known.target),
            _ => !known.is_collection,
        },
        _ if known.is_collection && says_collection(json) => match json.kind {
            JsonKind::Object(_) => states_other(checking, json, known.target),
            _ => false,
        },
        _ => known.is_collection || states_other(checking, json, known.target),
    };
    let is_any = known.target == TypeTarget::Json;
    (differs && !is_any).then(|| {
        Diagnostic::at(
            codes::REPRESENTATION_TYPE,
            json.span,
            format!(
                "the JSON representation gives `{}` a value that is no `{}`",
                property.name,
                dump::type_ref(checking.api, known)
            ),
        )
        .label(property.span, "the metadata")
        .note("metadata wins on types")
    })
}

/// Whether a value that is no array says that it stands for one: `"String collection"`,
/// `{"@odata.type": "Collection(microsoft.graph.post)"}`.
fn says_collection(json: &Json) -> bool {
    let text = json.as_str().or_else(|| type_name(json));
    text.is_some_and(|text| text.to_ascii_lowercase().contains("collection"))
}

fn type_name(json: &Json) -> Option<&str> {
    json.get("@odata.type").or_else(|| json.get("@type")).and_then(Json::as_str)
}

/// Whether a value states for certain another type than `known`.
fn states_other(checking: &Checking<'_>, json: &Json, known: TypeTarget) -> bool {
    let api = checking.api;
    let (id, primitive) = match known {
        TypeTarget::Json => return false,
        TypeTarget::Primitive(primitive) => (None, Some(primitive)),
        TypeTarget::Item(id) => match &api.items[id].kind {
            ItemKind::TypeDefinition(definition) => (Some(id), Some(definition.underlying)),
            _ => (Some(id), None),
        },
    };
    match (&json.kind, id, primitive) {
        (JsonKind::Null | JsonKind::Array(_), ..) => false,
        (JsonKind::Object(_), ..) => match (type_name(json), id) {
            (Some(name), _) => is_other_type(checking, name, known),
            (None, Some(id)) => matches!(api.items[id].kind, ItemKind::Enumeration(_)),
            (None, None) => primitive != Some(Primitive::Stream),
        },
        (JsonKind::Bool(_), _, Some(primitive)) => primitive != Primitive::Boolean,
        (JsonKind::Number(_), _, Some(primitive)) => !is_number(primitive),
        (JsonKind::String(text), _, Some(primitive)) => is_other_word(checking, text, primitive),
        (JsonKind::Bool(_) | JsonKind::Number(_), _, None) => true,
        (JsonKind::String(text), Some(id), None) => match &api.items[id].kind {
            ItemKind::Enumeration(enumeration) => is_no_choice(text, enumeration),
            _ => is_primitive_word(checking, text),
        },
        (JsonKind::String(_), None, None) => false,
    }
}

/// Whether `name`, the `@odata.type` of a value, is something other than `known`, and not derived
/// from it.
fn is_other_type(checking: &Checking<'_>, name: &str, known: TypeTarget) -> bool {
    let api = checking.api;
    match (checking.types.find_in(checking.namespace, name), known) {
        (Some(TypeTarget::Item(said)), TypeTarget::Item(known)) => {
            let (said_name, known_name) = (&api.items[said].name.name, &api.items[known].name.name);
            !api.is_or_derives_from(said, known) && said_name != known_name
        }
        (said, known) => said != Some(known),
    }
}

/// Whether `text` is a choice, `a | b | c`, of which the enumeration does not have some name.
fn is_no_choice(text: &str, enumeration: &Enumeration) -> bool {
    let is_known = |name: &str| {
        enumeration.members.iter().any(|member| member.name.as_str().eq_ignore_ascii_case(name))
    };
    let is_name = |name: &str| !name.is_empty() && !name.contains("...") && !name.contains(' ');
    let names: Vec<&str> = text.split('|').map(str::trim).collect();
    names.len() > 1 && names.iter().any(|name| is_name(name) && !is_known(name))
}

fn is_primitive_word(checking: &Checking<'_>, text: &str) -> bool {
    let word = text.split('(').next().unwrap_or_default().trim();
    matches!(checking.types.find(word), Some(TypeTarget::Primitive(_)))
}

/// Whether a word for a primitive type states another one than `known`. "String" stands for all that
/// JSON writes as a string, with a word in parentheses that says which.
fn is_other_word(checking: &Checking<'_>, text: &str, known: Primitive) -> bool {
    let (word, kind) = match text.split_once('(') {
        Some((word, kind)) => (word.trim(), kind.trim_end_matches(')').trim()),
        None => (text.trim(), ""),
    };
    if word.eq_ignore_ascii_case("string") {
        return match kind.to_ascii_lowercase().as_str() {
            "timestamp" | "date-time" | "datetime" => {
                !matches!(known, Primitive::DateTimeOffset | Primitive::Date)
            }
            _ => known == Primitive::Boolean || is_number(known),
        };
    }
    match checking.types.find(word) {
        // A number stands for a number.
        Some(TypeTarget::Primitive(said)) => {
            said != known && !(is_number(said) && is_number(known))
        }
        // An example of a value.
        _ => false,
    }
}
