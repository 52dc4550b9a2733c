//! What a `resource` block states of a type: base, key, openness, abstractness, capabilities.
//!
//! In comes the block; out go counts and notes. Holds: what a block does not state is not compared. A
//! capability of which the metadata says nothing is not restricted.

use msgraph_docs::{Annotation, Resource};
use msgraph_ir::{Api, Capabilities, ItemId, RootKind, TypeTarget};
use msgraph_source::{Diagnostic, Json, JsonKind, JsonMember, Span, catalogue::link as codes};

use super::{Checking, Described};

/// Holds what `resource`, read from `annotation`, states of `id` against the metadata.
pub(crate) fn check(
    checking: &Checking<'_>,
    id: ItemId,
    resource: &Resource,
    annotation: Option<&Annotation>,
    described: &mut Described<'_>,
) {
    let api = checking.api;
    let item = &api.items[id];
    let Some(structured) = item.structured() else {
        return;
    };
    let mut hold = |agrees: bool, span: Span, what: String| {
        described.counts.type_facts.count(agrees);
        if !agrees {
            described.diagnostics.push(
                Diagnostic::at(
                    codes::RESOURCE_FACT,
                    span,
                    format!("the page says that `{}` {what}", item.name),
                )
                .label(item.span, "the metadata says otherwise")
                .note("metadata wins on types"),
            );
        }
    };
    if let Some(base) = &resource.base_type {
        let known = structured.base.map(TypeTarget::Item);
        let agrees = checking.types.find_in(checking.namespace, &base.value) == known;
        hold(agrees, base.span, format!("has the base type `{}`", base.value));
    }
    if let Some(key) = &resource.key_property {
        let agrees = api
            .ancestry(id)
            .filter_map(|id| api.items[id].structured())
            .any(|s| s.key.iter().any(|part| part.property.as_str() == key.value));
        hold(agrees, key.span, format!("has the key `{}`", key.value));
    }
    for (said, known, word) in [
        (resource.open_type, structured.is_open, "open"),
        (resource.is_abstract, structured.is_abstract, "abstract"),
    ] {
        if let Some(said) = said {
            let not = if said { "" } else { "not " };
            hold(said == known, resource.span, format!("is {not}{word}"));
        }
    }
    capabilities(api, id, annotation, described);
}

/// The entries of `@odata.annotations`.
fn capabilities(
    api: &Api,
    id: ItemId,
    annotation: Option<&Annotation>,
    described: &mut Described<'_>,
) {
    let entries = annotation
        .and_then(|annotation| annotation.json.get("@odata.annotations"))
        .and_then(Json::as_array)
        .unwrap_or_default();
    for entry in entries {
        let Some(members) = entry.get("capabilities").and_then(Json::as_object) else {
            continue;
        };
        let known = match entry.get("property").and_then(Json::as_str) {
            Some(name) => api
                .property_of(id, name)
                .and_then(|(owner, index)| api.property(owner, index))
                .map(|property| (format!("`{name}`"), &property.capabilities, property.span)),
            None => root(api, id),
        };
        let Some((what, known, declaration)) = known else {
            continue;
        };
        for member in members {
            let Some((name, stated, agrees, span)) = compare(known, member) else {
                continue;
            };
            described.counts.capabilities.count(agrees);
            if agrees {
                continue;
            }
            described.diagnostics.push(
                Diagnostic::at(
                    codes::DOCUMENTED_CAPABILITY,
                    member.name_span,
                    format!(
                        "the page states `{name}: {stated}` of {what}, and the metadata {}",
                        if span.is_some() { "says otherwise" } else { "does not restrict it" }
                    ),
                )
                .label(span.unwrap_or(declaration), "the metadata")
                .note("metadata wins on capabilities"),
            );
        }
    }
}

/// The only entity set of a type: an entry without a property speaks of it.
fn root(api: &Api, id: ItemId) -> Option<(String, &Capabilities, Span)> {
    let is_set = |root: &&msgraph_ir::Root| root.target == id && root.kind == RootKind::EntitySet;
    let mut sets = api.container.roots.iter().filter(is_set);
    let (first, other) = (sets.next()?, sets.next());
    other.is_none().then(|| (format!("`{}`", first.name), &first.capabilities, first.span))
}

/// A stated capability against those of the metadata: its name, its value, whether they agree, and
/// where the metadata says so.
fn compare<'j>(
    known: &Capabilities,
    member: &'j JsonMember,
) -> Option<(&'j str, String, bool, Option<Span>)> {
    let name = member.name.as_str();
    if name == "navigability" {
        let said = member.value.as_str()?;
        let (known, span) = known.navigability.as_ref()?;
        return Some((name, said.to_owned(), known.eq_ignore_ascii_case(said), Some(*span)));
    }
    let JsonKind::Bool(said) = member.value.kind else {
        return None;
    };
    let known = match name {
        "changeTracking" => known.change_tracking,
        "countable" => known.countable,
        "deletable" => known.deletable,
        "expandable" => known.expandable,
        "filterable" => known.filterable,
        "insertable" => known.insertable,
        "searchable" => known.searchable,
        "selectable" => known.selectable,
        "skippable" => known.skip_supported,
        "sortable" => known.sortable,
        "toppable" => known.top_supported,
        "updatable" => known.updatable,
        _ => return None,
    };
    let (agrees, span) = match known {
        Some((value, span)) => (value == said, Some(span)),
        None => (said, None),
    };
    Some((name, said.to_string(), agrees, span))
}
