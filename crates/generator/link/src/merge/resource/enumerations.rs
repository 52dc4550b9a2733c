//! Tables of the members of an enumeration.
//!
//! In comes a table; out go the enumeration that it is about, counts, notes, and the words of its
//! rows. Holds: a table is held against an enumeration only where the page, the heading or the rows
//! themselves say which.

use msgraph_docs::{MemberRow, MemberTable, MemberTableKind, Page, Text};
use msgraph_ir::{EnumMember, Enumeration, ItemId, ItemKind, TypeTarget};
use msgraph_source::{Diagnostic, catalogue::link as codes, nearest, or_list};

use super::words::{Place, Words};
use super::{Checking, Described};

/// The enumeration that a page without resource blocks is about: the first word of its title.
pub(crate) fn subject(checking: &Checking<'_>, page: &Page) -> Option<ItemId> {
    let is_members = |table: &MemberTable| table.kind == MemberTableKind::Members;
    if !page.resources.is_empty() || !page.tables.iter().any(is_members) {
        return None;
    }
    named(checking, &page.title.as_ref()?.value)
}

/// The enumeration that a title starts with: `bodyType values`.
fn named(checking: &Checking<'_>, title: &str) -> Option<ItemId> {
    let word = title.split_whitespace().next()?.trim_matches(['`', '*']);
    match checking.types.find_in(checking.namespace, word)? {
        TypeTarget::Item(id) => enumeration(checking, id).map(|_| id),
        _ => None,
    }
}

fn enumeration<'a>(checking: &Checking<'a>, id: ItemId) -> Option<&'a Enumeration> {
    match &checking.api.items[id].kind {
        ItemKind::Enumeration(enumeration) => Some(enumeration),
        _ => None,
    }
}

/// Holds `table` against the enumeration that it is about.
pub(crate) fn check<'p>(
    checking: &Checking<'_>,
    subject: Option<ItemId>,
    table: &'p MemberTable,
    described: &mut Described<'p>,
) {
    let heading = table.heading.as_ref();
    let about = heading
        .and_then(|heading| named(checking, &heading.value))
        .or_else(|| subject.filter(|&id| enumeration(checking, id).is_some()))
        .or_else(|| fitting(checking, subject?, &table.rows));
    let Some((id, enumeration)) = about.and_then(|id| Some((id, enumeration(checking, id)?)))
    else {
        return;
    };
    let mut numbered: Vec<Numbered<'_>> = Vec::new();
    for row in &table.rows {
        let name = row.name.value.trim();
        let found = enumeration.members.iter().position(|member| member.name.as_str() == name);
        described.counts.enum_rows.count(found.is_some());
        let other_case = || {
            let is_same = |m: &EnumMember| m.name.as_str().eq_ignore_ascii_case(name);
            enumeration.members.iter().position(is_same)
        };
        let Some(index) = found.or_else(other_case) else {
            described.diagnostics.push(undeclared(checking, id, enumeration, row));
            continue;
        };
        if let Some(member) = enumeration.members.get(index) {
            if found.is_none() {
                described.diagnostics.push(spelling(checking, id, member, row));
            }
            numbered.push((row, member.value));
        }
        described.words.push(Words { place: Place::EnumMember(id, index), text: &row.description });
    }
    described.diagnostics.extend(numbers(checking, id, &numbered));
    described.enumerations.push((id, table.span));
}

/// The one enumeration that a member of `subject` uses and that has all `rows`.
fn fitting(checking: &Checking<'_>, subject: ItemId, rows: &[MemberRow]) -> Option<ItemId> {
    let api = checking.api;
    let fits = |id: ItemId| {
        enumeration(checking, id).is_some_and(|enumeration| {
            rows.iter().all(|row| {
                let name = row.name.value.trim();
                enumeration.members.iter().any(|member| member.name.as_str() == name)
            })
        })
    };
    if rows.is_empty() {
        return None;
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

fn spelling(
    checking: &Checking<'_>,
    id: ItemId,
    member: &EnumMember,
    row: &MemberRow,
) -> Diagnostic {
    let item = &checking.api.items[id];
    let (written, known) = (row.name.value.trim(), &member.name);
    Diagnostic::at(
        codes::ENUM_SPELLING,
        row.name.span,
        format!("the page writes `{written}` for the member `{known}` of `{}`", item.name),
    )
    .label(item.span, "the metadata")
    .help(format!("write `{known}`"))
}

fn undeclared(
    checking: &Checking<'_>,
    id: ItemId,
    enumeration: &Enumeration,
    row: &MemberRow,
) -> Diagnostic {
    let item = &checking.api.items[id];
    let name = row.name.value.trim();
    let names = enumeration.members.iter().map(|member| member.name.as_str());
    let found = Diagnostic::at(
        codes::UNDECLARED_MEMBER,
        row.name.span,
        format!("the page describes the member `{name}`, which `{}` does not declare", item.name),
    )
    .label(item.span, "the metadata")
    .note("metadata wins on types: there will be no such member");
    match nearest(name, names, 3).as_slice() {
        [] => found.help("remove the row, or correct the name"),
        near => found.help(format!("did you mean {}?", or_list(near))),
    }
}

/// A row and the number of the member that it describes.
type Numbered<'p> = (&'p MemberRow, i64);

/// Rows with other numbers than their members, in one finding.
fn numbers(checking: &Checking<'_>, id: ItemId, rows: &[Numbered<'_>]) -> Option<Diagnostic> {
    let differing: Vec<(&MemberRow, &Text, i64, i64)> = rows
        .iter()
        .filter_map(|&(row, known)| {
            let text = row.value.as_ref()?;
            let said = text.value.trim().parse().ok()?;
            (said != known).then_some((row, text, said, known))
        })
        .collect();
    let &(row, text, said, known) = differing.first()?;
    let item = &checking.api.items[id];
    let others = match differing.len() {
        1 => String::new(),
        2 => "; another number differs, too".to_owned(),
        all => format!("; {} other numbers differ, too", all - 1),
    };
    Some(
        Diagnostic::at(
            codes::ENUM_VALUE,
            text.span,
            format!(
                "the page gives `{}` of `{}` the number {said}, and the metadata {known}{others}",
                row.name.value.trim(),
                item.name
            ),
        )
        .label(item.span, "the metadata")
        .note("metadata wins on types; names stand on the wire, not numbers")
        .help("correct the numbers, or leave them out"),
    )
}
