//! What an example sends to create an entity, against what the metadata says of creating it.
//!
//! In comes the body of a `POST` to a collection; out go notes about entities that are created with
//! the entity that contains them, and about members that are left out though they are not nullable.
//! Holds: documents win on what is sent, so that neither changes a type; depth is bounded.

use msgraph_ir::{Api, ItemId, ItemKind, Property, Site, TypeTarget};
use msgraph_source::{
    Diagnostic, Diagnostics, Json, JsonKind, JsonMember, catalogue::link as codes,
};

/// Entities in entities beyond this depth are not looked at.
const DEPTH: usize = 16;
/// So many members are named.
const NAMED: usize = 8;

/// Looks at `body`, which creates an entity of the type `target`.
pub(super) fn check(api: &Api, body: &Json, target: TypeTarget, diagnostics: &mut Diagnostics) {
    entity(api, body, target, 0, diagnostics);
}

fn entity(api: &Api, body: &Json, target: TypeTarget, depth: usize, diagnostics: &mut Diagnostics) {
    let (TypeTarget::Item(id), Some(members)) = (target, body.as_object()) else {
        return;
    };
    if depth > DEPTH {
        return;
    }
    diagnostics.extend(omitted(api, id, body, members));
    for member in members {
        let Some((owner, index)) = api.property_of(id, &member.name) else {
            continue;
        };
        let Some(property) = api.property(owner, index) else {
            continue;
        };
        if let (Some(_), Some((false, span))) =
            (property.navigation(), property.capabilities.insertable)
        {
            let site = api.site_name(Site::Property { owner, index });
            diagnostics.push(
                Diagnostic::at(
                    codes::DEEP_INSERT,
                    member.name_span,
                    format!("the example creates `{}` together with its container, and the metadata says that `{site}` is not Insertable", member.name),
                )
                .label(span, "the metadata")
                .note("documents win on which operations there are: the member stays part of the body, and the annotation keeps its meaning for requests of its own"),
            );
        }
        let target = property.type_ref.target;
        match &member.value.kind {
            JsonKind::Array(elements) => {
                // One element tells what all of them tell.
                if let Some(first) = elements.first() {
                    entity(api, first, target, depth + 1, diagnostics);
                }
            }
            _ => entity(api, &member.value, target, depth + 1, diagnostics),
        }
    }
}

/// The members of an entity that may not be null, that nobody computes, and that are not sent. OData
/// (Protocol 11.4.2) has collections empty then, and wants every other one to have a default value,
/// which metadata of Graph never states.
fn omitted(api: &Api, id: ItemId, body: &Json, members: &[JsonMember]) -> Option<Diagnostic> {
    let ItemKind::Entity(_) = api.items[id].kind else {
        return None;
    };
    let is_sent = |property: &Property| {
        let name = property.name.as_str();
        members.iter().any(|member| {
            let sent = member.name.split('@').next().unwrap_or_default();
            sent.eq_ignore_ascii_case(name)
        })
    };
    let structured = |id: ItemId| api.items[id].structured();
    let keys: Vec<&str> = api
        .ancestry(id)
        .filter_map(structured)
        .flat_map(|of_type| &of_type.key)
        .map(|key| key.property.as_str())
        .collect();
    let names: Vec<String> = api
        .ancestry(id)
        .filter_map(structured)
        .flat_map(|of_type| &of_type.properties)
        .filter(|property| {
            property.navigation().is_none()
                && !property.type_ref.is_nullable
                && !property.type_ref.is_collection
                && !property.is_computed
                && !keys.contains(&property.name.as_str())
                && !is_sent(property)
        })
        .map(|property| format!("`{}`", property.name))
        .collect();
    if names.is_empty() {
        return None;
    }
    let shown = names.get(..NAMED.min(names.len())).unwrap_or_default().join(", ");
    let more = match names.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let name = &api.items[id].name;
    let message = format!(
        "the example creates a `{name}` without {shown}{more}, which the metadata calls neither nullable nor computed"
    );
    Some(
        // The brace alone: a body can be long, and none of its lines is at fault.
        Diagnostic::at(codes::OMITTED_MEMBER, body.span.slice(0..1), message)
            .label(api.items[id].span, "the metadata")
            .note("documents win on what is sent: every member of a model can be left out"),
    )
}
