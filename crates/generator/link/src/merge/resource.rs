//! What resource pages say of types and their members.
//!
//! In come a page's resource blocks and tables; out go descriptions on types, members and members of
//! enumerations, and links to the page. Policy: metadata wins on types and facets; the words of the
//! documents are taken before those of the metadata. A row of an inherited member speaks of it as a
//! member of this type alone, and is only checked to exist. Disagreements are notes.

use msgraph_docs::{MemberRow, MemberTableKind, Page, Resource, Text};
use msgraph_ir::{Api, Counts, Fact, ItemId, ItemKind, Prose, Source, TypeTarget, dump};
use msgraph_source::{Diagnostic, Diagnostics, catalogue::link as codes, nearest};

use super::type_names::TypeNames;
use super::{link, summary};
use crate::names::or_list;

/// Lays what `page` says of types onto `api`, and says whether it is a page about a type.
pub(crate) fn describe(
    api: &mut Api,
    types: &TypeNames,
    page: &Page,
    counts: &mut Counts,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut subject = None;
    for resource in &page.resources {
        let Some(stated) = &resource.type_name else {
            continue;
        };
        let Some(TypeTarget::Item(id)) = types.find(&stated.value) else {
            if types.find(&stated.value).is_none() {
                diagnostics.push(
                    Diagnostic::at(
                        codes::RESOURCE_TYPE,
                        stated.span,
                        format!("the page describes `{}`, which is not declared", stated.value),
                    )
                    .help("correct the name, or remove the page: what it says is not used"),
                );
            }
            continue;
        };
        facts(api, types, id, resource, diagnostics);
        if subject.is_none() {
            subject = Some(id);
            if api.items[id].page.is_none() {
                api.items[id].page = Some(link(page, true));
                if let Some(first) = summary(page).next() {
                    overlay(&mut api.items[id].description, first);
                }
            }
        }
    }
    let subject = subject.or_else(|| enumeration(api, types, page));
    let Some(subject) = subject else { return !page.resources.is_empty() };
    for table in &page.tables {
        for row in &table.rows {
            match table.kind {
                MemberTableKind::Properties | MemberTableKind::Relationships => {
                    member(api, types, subject, row, counts, diagnostics);
                }
                MemberTableKind::Members | MemberTableKind::Parameters => {}
            }
        }
        if table.kind == MemberTableKind::Members
            && let Some(id) = described_enumeration(api, subject, &table.rows)
        {
            enum_members(api, id, &table.rows);
        }
    }
    true
}

/// The enumeration that a page without resource blocks is about: the first word of its title.
fn enumeration(api: &mut Api, types: &TypeNames, page: &Page) -> Option<ItemId> {
    if !page.resources.is_empty() || !page.tables.iter().any(|t| t.kind == MemberTableKind::Members)
    {
        return None;
    }
    let word = page.title.as_ref()?.value.split_whitespace().next()?;
    let Some(TypeTarget::Item(id)) = types.find(word) else {
        return None;
    };
    if !matches!(api.items[id].kind, ItemKind::Enumeration(_)) {
        return None;
    }
    if api.items[id].page.is_none() {
        api.items[id].page = Some(link(page, true));
        if let Some(first) = summary(page).next() {
            overlay(&mut api.items[id].description, first);
        }
    }
    Some(id)
}

/// Takes the words of the documents; those of the metadata stay as overruled.
fn overlay(slot: &mut Option<Prose>, text: &Text) {
    let words = text.value.trim();
    if words.is_empty() {
        return;
    }
    let mut prose = Fact::new(words.to_owned(), Source::Documents, text.span);
    match slot {
        Some(kept) if kept.said_by == Source::Documents => return,
        Some(kept) => {
            prose.overruled.push((kept.said_by, kept.span, kept.value.clone()));
        }
        None => {}
    }
    *slot = Some(prose);
}

fn member(
    api: &mut Api,
    types: &TypeNames,
    subject: ItemId,
    row: &MemberRow,
    counts: &mut Counts,
    diagnostics: &mut Diagnostics,
) {
    let name = row.name.value.trim();
    let found = api.property_of(subject, name);
    counts.rows.count(found.is_some());
    let Some((owner, index)) = found else {
        if api.items[subject].structured().is_some_and(|s| !s.is_open) {
            undeclared(api, subject, row, diagnostics);
        }
        return;
    };
    if let Some(found) = other_type(api, types, owner, index, row) {
        diagnostics.push(found);
    }
    if owner == subject
        && let Some(structured) = api.items[owner].structured_mut()
        && let Some(property) = structured.properties.get_mut(index)
    {
        overlay(&mut property.description, &row.description);
    }
}

fn undeclared(api: &Api, subject: ItemId, row: &MemberRow, diagnostics: &mut Diagnostics) {
    let name = row.name.value.trim();
    let item = &api.items[subject];
    let members: Vec<&str> = api
        .ancestry(subject)
        .filter_map(|id| api.items[id].structured())
        .flat_map(|structured| &structured.properties)
        .map(|property| property.name.as_str())
        .collect();
    let found = Diagnostic::at(
        codes::UNDECLARED_MEMBER,
        row.name.span,
        format!("the page describes the member `{name}`, which `{}` does not declare", item.name),
    )
    .label(item.span, "the metadata")
    .note("metadata wins on types: there will be no such member");
    let near = nearest(name, members, 3);
    diagnostics.push(match near.as_slice() {
        [] => found.help("remove the row, or correct the name"),
        near => found.help(format!("did you mean {}?", or_list(near))),
    });
}

/// The type of a row, against that of the member. Words that mean no type say nothing.
fn other_type(
    api: &Api,
    types: &TypeNames,
    owner: ItemId,
    index: usize,
    row: &MemberRow,
) -> Option<Diagnostic> {
    let written = row.type_text.as_ref()?;
    let property = api.property(owner, index)?;
    let (name, is_collection) = type_words(&written.value)?;
    let said = types.find(&name)?;
    let known = property.type_ref.target;
    let agrees = match (said, known) {
        _ if known == TypeTarget::Json => true,
        (TypeTarget::Item(said), TypeTarget::Item(known)) => {
            // Pages write names without namespaces, which may be those of other namespaces' types.
            said == known || api.items[said].name.name == api.items[known].name.name
        }
        _ => said == known,
    };
    if agrees && is_collection == property.type_ref.is_collection {
        return None;
    }
    Some(
        Diagnostic::at(
            codes::DOCUMENTED_TYPE,
            written.span,
            format!(
                "the page gives `{}` another type than the metadata, which says `{}`",
                property.name,
                dump::type_ref(api, property.type_ref)
            ),
        )
        .label(property.span, "the metadata")
        .note("metadata wins on types"),
    )
}

/// The name and whether a collection is meant: `[recipient](recipient.md) collection`,
/// `Collection(Edm.String)`, `microsoft.graph.post`.
fn type_words(written: &str) -> Option<(String, bool)> {
    let mut plain = String::new();
    let mut rest = written;
    while let Some((before, link)) = rest.split_once('[') {
        plain.push_str(before);
        let (label, after) = link.split_once(']')?;
        plain.push_str(label);
        rest = after;
        if let Some(target) = after.strip_prefix('(') {
            rest = target.split_once(')')?.1;
        }
    }
    plain.push_str(rest);
    let plain = plain.replace(['\\', '*', '`'], "");
    let lower = plain.trim().to_ascii_lowercase();
    if let Some(inner) = lower.strip_prefix("collection(").and_then(|l| l.strip_suffix(')')) {
        return Some((inner.trim().to_owned(), true));
    }
    let mut words = lower.split_whitespace();
    let name = words.next()?.to_owned();
    match (words.next(), words.next()) {
        (None, _) => Some((name, false)),
        (Some("collection"), None) => Some((name, true)),
        _ => None,
    }
}

/// The enumeration of which all rows are members: the page's own, or the one that a member of its
/// type uses. None where several fit.
fn described_enumeration(api: &Api, subject: ItemId, rows: &[MemberRow]) -> Option<ItemId> {
    let fits = |id: ItemId| match &api.items[id].kind {
        ItemKind::Enumeration(enumeration) => rows.iter().all(|row| {
            enumeration.members.iter().any(|member| member.name.as_str() == row.name.value.trim())
        }),
        _ => false,
    };
    if rows.is_empty() || fits(subject) {
        return (!rows.is_empty()).then_some(subject);
    }
    let mut found: Vec<ItemId> = api.items[subject]
        .structured()?
        .properties
        .iter()
        .filter_map(|property| match property.type_ref.target {
            TypeTarget::Item(id) if fits(id) => Some(id),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

fn enum_members(api: &mut Api, id: ItemId, rows: &[MemberRow]) {
    let ItemKind::Enumeration(enumeration) = &mut api.items[id].kind else {
        return;
    };
    for row in rows {
        let name = row.name.value.trim();
        if let Some(member) = enumeration.members.iter_mut().find(|m| m.name.as_str() == name) {
            overlay(&mut member.description, &row.description);
        }
    }
}

/// What a resource block says of a type, against the metadata.
fn facts(
    api: &Api,
    types: &TypeNames,
    id: ItemId,
    resource: &Resource,
    diagnostics: &mut Diagnostics,
) {
    let item = &api.items[id];
    let Some(structured) = item.structured() else {
        return;
    };
    let mut differ = |span, what: String| {
        diagnostics.push(
            Diagnostic::at(
                codes::RESOURCE_FACT,
                span,
                format!("the page says that `{}` {what}", item.name),
            )
            .label(item.span, "the metadata says otherwise")
            .note("metadata wins on types"),
        );
    };
    if let Some(base) = &resource.base_type {
        let known = structured.base.map(TypeTarget::Item);
        if types.find(&base.value) != known {
            differ(base.span, format!("has the base type `{}`", base.value));
        }
    }
    if let Some(key) = &resource.key_property {
        let known = api
            .ancestry(id)
            .filter_map(|id| api.items[id].structured())
            .any(|s| s.key.iter().any(|part| part.property.as_str() == key.value));
        if !known {
            differ(key.span, format!("has the key `{}`", key.value));
        }
    }
    for (said, known, word) in [
        (resource.open_type, structured.is_open, "open"),
        (resource.is_abstract, structured.is_abstract, "abstract"),
    ] {
        if said.is_some_and(|said| said != known) {
            let not = if known { "not " } else { "" };
            differ(resource.span, format!("is {not}{word}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::type_words;

    #[test]
    fn types_are_read_as_pages_write_them() {
        for (written, name, is_collection) in [
            ("String", "string", false),
            ("[recipient](recipient.md) collection", "recipient", true),
            ("Collection(Edm.String)", "edm.string", true),
            ("`Boolean`", "boolean", false),
            ("microsoft.graph.post collection", "microsoft.graph.post", true),
        ] {
            assert_eq!(type_words(written), Some((name.to_owned(), is_collection)), "{written}");
        }
        for written in ["", "A or B", "[post", "String (timestamp)"] {
            assert_eq!(type_words(written), None, "{written}");
        }
    }
}
