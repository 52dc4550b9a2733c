//! Rows of properties and relationships, held against the members of a type.
//!
//! In come the tables of a page and its type; out go counts, notes, and the words of the rows. Holds:
//! each row that does not agree has a finding; names with an `@` are annotations, not members.

use msgraph_docs::{MemberRow, MemberTable, MemberTableKind, Text};
use msgraph_ir::{Api, ItemId, Property, dump};
use msgraph_source::{Code, Diagnostic, catalogue::link as codes, nearest, or_list};

use super::prose::Statements;
use super::words::{Place, Words};
use super::written_type::{Verdict, WrittenType};
use super::{Checking, Described};

/// A member that a row describes.
#[derive(Clone, Copy)]
struct Stated<'a> {
    row: &'a MemberRow,
    property: &'a Property,
    statements: Statements,
    is_key: bool,
}

/// Holds the rows of `tables` against `subject`.
pub(crate) fn check<'p>(
    checking: &Checking<'_>,
    subject: ItemId,
    tables: &'p [MemberTable],
    described: &mut Described<'p>,
) {
    let api = checking.api;
    let mut stated = Vec::new();
    for table in tables {
        if !is_about(api, subject, table) {
            continue;
        }
        for row in table.rows.iter().filter(|row| !row.name.value.contains('@')) {
            let name = row.name.value.trim();
            let found = api.property_of(subject, name);
            described.counts.rows.count(found.is_some());
            let other_case = || property_in_other_case(api, subject, name);
            let Some((owner, index)) = found.or_else(other_case) else {
                described.diagnostics.push(undeclared(api, subject, &row.name));
                continue;
            };
            let Some(property) = api.property(owner, index) else {
                continue;
            };
            if found.is_none() {
                described.diagnostics.push(spelling(&row.name, property));
            } else {
                row_type(checking, row, property, described);
            }
            role(table.kind, row, property, described);
            described.words.push(Words {
                place: match owner == subject {
                    true => Place::Member(owner, index),
                    false => Place::Inherited { on: subject, owner, index },
                },
                text: &row.description,
            });
            stated.push(Stated {
                row,
                property,
                statements: Statements::read(&row.description.value),
                is_key: is_key(api, subject, property),
            });
        }
    }
    nullability(&stated, described);
    mutability(&stated, described);
}

/// Whether `table` lists members of `subject`. Under a heading of its own a table may be about
/// something else, such as a document that a member holds as text: then no row names a member.
fn is_about(api: &Api, subject: ItemId, table: &MemberTable) -> bool {
    let heading = table.heading.as_ref().map(|heading| heading.value.trim().to_ascii_lowercase());
    match table.kind {
        MemberTableKind::Properties | MemberTableKind::Relationships => {
            matches!(heading.as_deref(), Some("properties" | "relationships"))
                || table
                    .rows
                    .iter()
                    .any(|row| api.property_of(subject, row.name.value.trim()).is_some())
        }
        MemberTableKind::Members | MemberTableKind::Parameters => false,
    }
}

/// The member whose name differs from `name` in case alone.
pub(crate) fn property_in_other_case(api: &Api, id: ItemId, name: &str) -> Option<(ItemId, usize)> {
    api.ancestry(id).find_map(|owner| {
        let properties = &api.items[owner].structured()?.properties;
        let index = properties.iter().position(|p| p.name.as_str().eq_ignore_ascii_case(name))?;
        Some((owner, index))
    })
}

fn is_key(api: &Api, subject: ItemId, property: &Property) -> bool {
    api.ancestry(subject)
        .filter_map(|id| api.items[id].structured())
        .any(|structured| structured.key.iter().any(|key| key.property == property.name))
}

/// A name that differs from that of `property` in case alone.
pub(crate) fn spelling(name: &Text, property: &Property) -> Diagnostic {
    Diagnostic::at(
        codes::SPELLING,
        name.span,
        format!("the page writes `{}` for the member `{}`", name.value.trim(), property.name),
    )
    .label(property.span, "the metadata")
    .help(format!("write `{}`", property.name))
}

/// A name that `subject` does not declare.
fn undeclared(api: &Api, subject: ItemId, name: &Text) -> Diagnostic {
    let written = name.value.trim();
    let item = &api.items[subject];
    let found = Diagnostic::at(
        codes::UNDECLARED_MEMBER,
        name.span,
        format!(
            "the page describes the member `{written}`, which `{}` does not declare",
            item.name
        ),
    )
    .label(item.span, "the metadata");
    let is_open = item.structured().is_some_and(|structured| structured.is_open);
    let found = found.note(match is_open {
        true => "metadata wins on types: there will be no such member; the type is open, so that a value of this name is kept as it comes",
        false => "metadata wins on types: there will be no such member",
    });
    match near_members(api, subject, written).as_slice() {
        [] => found.help("remove the row, or correct the name"),
        near => found.help(format!("did you mean {}?", or_list(near))),
    }
}

/// The members of `subject` whose names resemble `name`.
pub(crate) fn near_members<'a>(api: &'a Api, subject: ItemId, name: &str) -> Vec<&'a str> {
    let members = api
        .ancestry(subject)
        .filter_map(|id| api.items[id].structured())
        .flat_map(|structured| &structured.properties)
        .map(|property| property.name.as_str());
    nearest(name, members, 3)
}

/// The type of a row, against that of the member.
fn row_type(
    checking: &Checking<'_>,
    row: &MemberRow,
    property: &Property,
    described: &mut Described<'_>,
) {
    let Some(text) = row.type_text.as_ref().filter(|text| !text.value.trim().is_empty()) else {
        return;
    };
    let known = property.type_ref;
    let verdict = match WrittenType::read(&text.value) {
        Some(written) => written.compare(checking.api, checking.types, checking.namespace, known),
        None => Verdict::Unreadable,
    };
    described.counts.row_types.count(verdict == Verdict::Same);
    let Some(code) = code_of(verdict) else { return };
    let what = match verdict {
        Verdict::Unreadable => "a type that means nothing",
        _ => "another type than the metadata",
    };
    described.diagnostics.push(
        Diagnostic::at(
            code,
            text.span,
            format!(
                "the page gives `{}` {what}{} `{}`",
                property.name,
                if verdict == Verdict::Unreadable { "; the metadata says" } else { ", which says" },
                dump::type_ref(checking.api, known)
            ),
        )
        .label(property.span, "the metadata")
        .note("metadata wins on types"),
    );
}

/// The code of a type that differs.
pub(crate) fn code_of(verdict: Verdict) -> Option<Code> {
    match verdict {
        Verdict::Same => None,
        Verdict::Enumeration => Some(codes::DOCUMENTED_ENUM),
        Verdict::Number => Some(codes::DOCUMENTED_NUMBER),
        Verdict::Collection => Some(codes::DOCUMENTED_COLLECTION),
        Verdict::Other | Verdict::Unreadable => Some(codes::DOCUMENTED_TYPE),
    }
}

/// Whether the member stands in the right table.
fn role(
    kind: MemberTableKind,
    row: &MemberRow,
    property: &Property,
    described: &mut Described<'_>,
) {
    let (table, role) = match (kind, property.navigation().is_some()) {
        (MemberTableKind::Properties, true) => ("a property", "a navigation property"),
        (MemberTableKind::Relationships, false) => ("a relationship", "a structural property"),
        _ => return,
    };
    described.diagnostics.push(
        Diagnostic::at(
            codes::MEMBER_ROLE,
            row.name.span,
            format!("the page lists `{}` as {table}, and it is {role}", property.name),
        )
        .label(property.span, "the metadata")
        .note("metadata wins on types"),
    );
}

/// Members of which the words say another nullability than the metadata.
fn nullability(stated: &[Stated<'_>], described: &mut Described<'_>) {
    let differs = |stated: &&Stated<'_>| {
        let known = stated.property.type_ref;
        // A collection is never null, whatever is said of its elements.
        let nullable = known.is_nullable && !known.is_collection;
        stated.statements.nullable.is_some_and(|said| said != nullable)
    };
    for said in [true, false] {
        let members: Vec<&Stated<'_>> = stated
            .iter()
            .filter(differs)
            .filter(|stated| stated.statements.nullable == Some(said))
            .collect();
        let what = if said { "nullable" } else { "not nullable" };
        described.diagnostics.extend(together(
            codes::DOCUMENTED_NULLABILITY,
            &members,
            what,
            match said {
                true => {
                    "the metadata says that they are never null (a collection is empty instead)"
                }
                false => "the metadata allows null",
            },
        ));
    }
}

/// Members that the words call read-only or fixed, and that nothing in the metadata marks so.
fn mutability(stated: &[Stated<'_>], described: &mut Described<'_>) {
    let members: Vec<&Stated<'_>> = stated
        .iter()
        .filter(|stated| {
            let property = stated.property;
            let capabilities = &property.capabilities;
            let forbidden = [capabilities.insertable, capabilities.updatable];
            let marked = property.is_computed
                || property.is_immutable
                || forbidden.iter().any(|said| matches!(said, Some((false, _))));
            let statements = stated.statements;
            // A relation to entities that live elsewhere is not written with the entity.
            let is_value = property.navigation().is_none_or(|navigation| navigation.is_contained);
            let is_called = statements.is_read_only || statements.is_fixed;
            is_called && is_value && !marked && !stated.is_key
        })
        .collect();
    described.diagnostics.extend(together(
        codes::DOCUMENTED_MUTABILITY,
        &members,
        "read-only or fixed",
        "nothing in the metadata marks them so",
    ));
}

/// One finding for all `members` of a page.
fn together(
    code: Code,
    members: &[&Stated<'_>],
    what: &str,
    otherwise: &str,
) -> Option<Diagnostic> {
    let first = members.first()?;
    let names: Vec<&str> = members.iter().map(|stated| stated.property.name.as_str()).collect();
    let mut found = Diagnostic::at(
        code,
        first.row.description.span,
        format!("the page calls {} {what}, and {otherwise}", super::names(&names)),
    )
    .label(first.property.span, "the metadata");
    for other in members.iter().skip(1).take(4) {
        found = found.label(other.row.description.span, "");
    }
    Some(found.help("correct the words, or the metadata"))
}
