//! The names of what stands on a path: parameters, segments, keys, calls, places.
//!
//! In come types, operations and sites; out go the words of which methods, templates and modules are
//! named. Holds: the same thing has the same name on every path.

use msgraph_ir::{Api, BoundKind, BoundOperation, ItemId, Site, TypeTarget};

use super::paths::key_of;
use super::segments::segment_words;
use crate::data::PathArgument;
use crate::naming::{Case, Ident, stem};

/// `group-id`: the type and its key, as Graph's OpenAPI has it.
pub(super) fn parameter_name(api: &Api, id: ItemId) -> String {
    let key = key_of(api, id).first();
    let key = key.map_or("id", |key| key.alias.as_ref().unwrap_or(&key.property).as_str());
    format!("{}-{}", clean(api.items[id].name.name.as_str(), ""), clean(key, ""))
}

/// What of a name can stand in a placeholder: letters, digits, and of the signs `signs`.
pub(super) fn clean(name: &str, signs: &str) -> String {
    let is_kept = |c: &char| c.is_ascii_alphanumeric() || signs.contains(*c);
    name.chars().filter(is_kept).take(80).collect()
}

/// The name of an action or function among those of its type: of overloads, with their parameters.
pub(super) fn label(bound: &BoundOperation) -> String {
    let mut label = bound.name.name.to_string();
    if bound.is_overloaded && bound.kind == BoundKind::Function {
        for parameter in &bound.parameters {
            label.push_str(&format!(" with {}", parameter.name));
        }
    }
    label
}

/// How a cast shows in names: `As user`.
pub(super) fn cast_label(api: &Api, id: ItemId) -> String {
    format!("As {}", api.items[id].name.name)
}

/// The words for the method that calls a function: its name and its parameters.
pub(super) fn call_words(wire: &str, arguments: &[&PathArgument]) -> String {
    let with = arguments.iter().map(|argument| format!(" with {}", argument.name));
    std::iter::once(wire.to_owned()).chain(with).collect()
}

/// A name of the wire as a segment: nothing in it can end the segment or be taken for a parameter.
pub(super) fn segment_text(wire: &str) -> String {
    let mut out = String::with_capacity(wire.len());
    for byte in wire.bytes() {
        if byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'-' | b'~')
            || (byte == b'.' && wire.len() > 2)
        {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The name of a place: that of the root, of type and property, or of type and operation.
pub(super) fn site_name(api: &Api, site: Site) -> String {
    match site {
        Site::Root(index) => {
            api.container.roots.get(index).map_or(String::new(), |root| root.name.to_string())
        }
        Site::Property { owner, index } => {
            let item = &api.items[owner];
            let property = item.structured().and_then(|s| s.properties.get(index));
            let property = property.map_or("", |property| property.name.as_str());
            format!("{} {property}", item.name.name)
        }
        Site::Bound(id) => {
            let bound = &api.bound[id];
            let binding = match bound.binding.map(|binding| binding.target) {
                Some(TypeTarget::Item(id)) => api.items[id].name.name.as_str(),
                _ => "",
            };
            format!("{binding} {}", label(bound))
        }
        Site::Segment(id) => segment_words(api, id),
    }
}

/// The name of the method that supplies a key: `by_group_id`.
pub(super) fn key_method(api: &Api, id: ItemId) -> Ident {
    let parameter = stem(&parameter_name(api, id), Case::Snake);
    Ident::of_stem(&format!("by_{parameter}"))
}

/// The name of the argument that supplies a key: `group_id`.
pub(super) fn key_argument(api: &Api, id: ItemId) -> Ident {
    Ident::of_stem(&stem(&parameter_name(api, id), Case::Snake))
}

/// The name of the method that supplies an alternate key: `by_app_id`.
pub(super) fn alternate_key_method(api: &Api, id: ItemId, arguments: &[&PathArgument]) -> Ident {
    let names: Vec<&str> = arguments.iter().map(|argument| argument.name.as_str()).collect();
    let name = format!("by_{}", stem(&names.join(" and "), Case::Snake));
    let is_taken = name == "by_path" || name == key_method(api, id).bare();
    Ident::of_stem(&if is_taken { format!("{name}_key") } else { name })
}
