//! Tables of parameters and of request bodies, held against what the operations of a page take.
//!
//! In come the parameter tables of a page and its operations; out go counts, notes, and the words of
//! the rows. Holds: where a page reaches several overloads, a parameter of any of them will do; where
//! it is not clear what a table speaks of, nothing is said.

use std::collections::BTreeSet;

use msgraph_docs::{MemberRow, MemberTable, MemberTableKind, Page};
use msgraph_ir::{
    Api, BoundId, BoundParameter, ItemId, Operation, Site, TypeRef, TypeTarget, dump,
};
use msgraph_source::{Diagnostic, Span, catalogue::link as codes, nearest, or_list};

use super::resource::{Checking, Described, Place, Verdict, Words, WrittenType, code_of};
use super::type_names::TypeNames;

/// What the rows of a table can name.
struct Taken<'a> {
    /// The action or function, or the type of the body.
    owner: String,
    span: Span,
    entries: Vec<Entry<'a>>,
}

/// Something that a row can name.
struct Entry<'a> {
    name: &'a str,
    type_ref: TypeRef,
    span: Span,
    place: Option<Place>,
}

/// Holds the parameter tables of `page` against `operations`, which it reaches.
pub(crate) fn check<'p>(
    api: &Api,
    types: &TypeNames,
    page: &'p Page,
    operations: &[Operation],
    described: &mut Described<'p>,
) {
    let tables: Vec<&MemberTable> = page
        .tables
        .iter()
        .filter(|table| table.kind == MemberTableKind::Parameters && !is_about_the_path(table))
        .collect();
    if tables.is_empty() {
        return;
    }
    let Some((namespace, taken)) = taken(api, operations) else {
        return;
    };
    let checking = Checking { api, types, namespace };
    for row in tables.into_iter().flat_map(|table| &table.rows) {
        check_row(&checking, &taken, row, described);
    }
}

fn is_about_the_path(table: &MemberTable) -> bool {
    table
        .heading
        .as_ref()
        .is_some_and(|heading| heading.value.to_ascii_lowercase().contains("path"))
}

/// What all operations take together: parameters of actions and functions that share a name, or the
/// members of the one type that is sent.
fn taken<'a>(api: &'a Api, operations: &[Operation]) -> Option<(&'a str, Taken<'a>)> {
    let mut bound = BTreeSet::new();
    let mut bodies = BTreeSet::new();
    for operation in operations {
        match (operation.site, operation.request.map(|request| request.target)) {
            (Site::Bound(id), _) => {
                bound.insert(id);
            }
            (_, Some(TypeTarget::Item(id))) => {
                bodies.insert(id);
            }
            _ => {}
        }
    }
    match (bound.first(), bodies.first()) {
        (Some(&first), None) => Some(of_bound(api, first, &bound)),
        (None, Some(&id)) if bodies.len() == 1 => of_body(api, id),
        _ => None,
    }
}

fn of_bound<'a>(api: &'a Api, first: BoundId, reached: &BTreeSet<BoundId>) -> (&'a str, Taken<'a>) {
    let names: BTreeSet<_> = reached.iter().map(|&id| &api.bound[id].name).collect();
    let entry = |id: BoundId, index: usize, parameter: &'a BoundParameter| Entry {
        name: parameter.name.as_str(),
        type_ref: parameter.type_ref,
        span: parameter.span,
        place: reached.contains(&id).then_some(Place::Parameter(id, index)),
    };
    let overloads = api.bound.iter().filter(|(_, bound)| names.contains(&bound.name));
    // Those that the page reaches come first: their types are the ones to compare with.
    let (own, other): (Vec<_>, Vec<_>) = overloads.partition(|(id, _)| reached.contains(id));
    let entries = own
        .into_iter()
        .chain(other)
        .flat_map(|(id, bound)| {
            bound
                .parameters
                .iter()
                .enumerate()
                .map(move |(index, parameter)| (id, index, parameter))
        })
        .map(|(id, index, parameter)| entry(id, index, parameter))
        .collect();
    let bound = &api.bound[first];
    (
        bound.name.namespace.as_str(),
        Taken { owner: bound.name.to_string(), span: bound.span, entries },
    )
}

fn of_body(api: &Api, id: ItemId) -> Option<(&str, Taken<'_>)> {
    let item = &api.items[id];
    // Anything can be sent to an open type, and to a position of a type with descendants.
    if !item.structured().is_some_and(|s| !s.is_open && s.derived.is_empty()) {
        return None;
    }
    let entries = api
        .ancestry(id)
        .filter_map(|id| api.items[id].structured())
        .flat_map(|structured| &structured.properties)
        .map(|property| Entry {
            name: property.name.as_str(),
            type_ref: property.type_ref,
            span: property.span,
            place: None,
        })
        .collect();
    Some((
        item.name.namespace.as_str(),
        Taken { owner: item.name.to_string(), span: item.span, entries },
    ))
}

fn check_row<'p>(
    checking: &Checking<'_>,
    taken: &Taken<'_>,
    row: &'p MemberRow,
    described: &mut Described<'p>,
) {
    let name = row.name.value.trim();
    if name.contains('@') {
        return;
    }
    let exact = taken.entries.iter().find(|entry| entry.name == name);
    described.counts.parameters.count(exact.is_some());
    let found =
        exact.or_else(|| taken.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)));
    let Some(entry) = found else {
        // Some tables go on with the members of a parameter.
        if !is_within(checking.api, taken, name) {
            described.diagnostics.push(unknown(taken, row));
        }
        return;
    };
    if exact.is_none() {
        described.diagnostics.push(
            Diagnostic::at(
                codes::SPELLING,
                row.name.span,
                format!("the page writes `{name}` for `{}` of `{}`", entry.name, taken.owner),
            )
            .label(entry.span, "the metadata")
            .help(format!("write `{}`", entry.name)),
        );
    }
    described.diagnostics.extend(other_type(checking, entry, row));
    for entry in taken.entries.iter().filter(|entry| entry.name.eq_ignore_ascii_case(name)) {
        if let Some(place) = entry.place {
            described.words.push(Words { place, text: &row.description });
        }
    }
}

/// Whether something that is taken has a member `name` itself.
fn is_within(api: &Api, taken: &Taken<'_>, name: &str) -> bool {
    taken.entries.iter().any(|entry| match entry.type_ref.target {
        TypeTarget::Item(id) => api.property_of(id, name).is_some(),
        _ => false,
    })
}

fn unknown(taken: &Taken<'_>, row: &MemberRow) -> Diagnostic {
    let name = row.name.value.trim();
    let found = Diagnostic::at(
        codes::UNDECLARED_PARAMETER,
        row.name.span,
        format!("the page describes `{name}` as part of the request, and `{}` has no such parameter or member", taken.owner),
    )
    .label(taken.span, "the metadata");
    let near = nearest(name, taken.entries.iter().map(|entry| entry.name), 3);
    match near.as_slice() {
        [] => found.help("remove the row, or correct the name"),
        near => found.help(format!("did you mean {}?", or_list(near))),
    }
}

fn other_type(checking: &Checking<'_>, entry: &Entry<'_>, row: &MemberRow) -> Option<Diagnostic> {
    let text = row.type_text.as_ref()?;
    let written = WrittenType::read(&text.value)?;
    let verdict = written.compare(checking.api, checking.types, checking.namespace, entry.type_ref);
    // Other words than types stand in these tables more often than in those of resources.
    if verdict == Verdict::Unreadable {
        return None;
    }
    Some(
        Diagnostic::at(
            code_of(verdict)?,
            text.span,
            format!(
                "the page gives `{}` another type than the metadata, which says `{}`",
                entry.name,
                dump::type_ref(checking.api, entry.type_ref)
            ),
        )
        .label(entry.span, "the metadata")
        .note("metadata wins on types"),
    )
}
