//! Permission tables.
//!
//! Comes in: the tables of a page. Goes out: those that say which permissions an operation needs,
//! by kind of sign-in. Holds: the order is from least to most privileged; permissions that are
//! needed together stay together; a cell that could be understood in two ways is not guessed at.

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics, Span};

use crate::lines::starts_without_case;
use crate::page::{PermissionGrant, PermissionKind, PermissionRow, PermissionTable, Text};
use crate::tables::{Row, Table, plain};

/// The permission tables that `table` holds: one per column or row of subjects. `subject` is the
/// title of the section that the table stands in, where it has one of its own.
pub(crate) fn read(
    table: &Table,
    subject: Option<&Text>,
    found: &mut Diagnostics,
) -> Vec<PermissionTable> {
    if is_by_kind(table) {
        return by_kind(table, subject, found);
    }
    if is_by_subject(table) {
        return by_subject(table, found);
    }
    Vec::new()
}

/// `Permission type | Permissions (from least to most privileged)`
fn is_by_kind(table: &Table) -> bool {
    table.column(0) == "permission type"
        && (table.column(1).contains("permission") || table.column(1).contains("privileged"))
}

/// `Supported resource | Delegated (…) | Delegated (…) | Application`
fn is_by_subject(table: &Table) -> bool {
    table.header.len() > 2 && table.header.iter().skip(1).all(|header| kind(header).is_some())
}

fn by_kind(table: &Table, subject: Option<&Text>, found: &mut Diagnostics) -> Vec<PermissionTable> {
    let higher = table.find_column(|header| header.contains("higher privileged"));
    let subjects = table.header.len() > 2 && higher.is_none();
    let mut tables = Vec::new();
    for column in 1..table.header.len() {
        if Some(column) == higher {
            continue;
        }
        let header = table.column(column);
        let reversed = header.contains("most to least");
        let mut rows = Vec::new();
        for row in &table.rows {
            let Some(kind) = row.cells.first().and_then(|cell| kind(&cell.value)) else {
                if column == 1 {
                    report_row(row, found);
                }
                continue;
            };
            let mut grant = grant(row.cells.get(column), row.span, found);
            if let Some(more) = higher.and_then(|higher| row.cells.get(higher)) {
                grant = with_higher(grant, more, row.span, found);
            }
            if reversed {
                grant = reverse(grant);
            }
            rows.push(PermissionRow { kind, grant, span: row.span });
        }
        let subject = match subjects {
            true => Some(Text::new(header.to_owned(), table.span)),
            false => subject.cloned(),
        };
        tables.push(PermissionTable { subject, rows, span: table.span });
    }
    tables
}

fn by_subject(table: &Table, found: &mut Diagnostics) -> Vec<PermissionTable> {
    let mut tables = Vec::new();
    for row in &table.rows {
        let mut cells = row.cells.iter();
        let subject = cells.next().cloned();
        let rows = table
            .header
            .iter()
            .skip(1)
            .enumerate()
            .filter_map(|(index, header)| {
                Some(PermissionRow {
                    kind: kind(header)?,
                    grant: grant(row.cells.get(index + 1), row.span, found),
                    span: row.span,
                })
            })
            .collect();
        tables.push(PermissionTable { subject, rows, span: row.span });
    }
    tables
}

/// Who signs in, by the words of a cell.
fn kind(cell: &str) -> Option<PermissionKind> {
    let words = plain(cell).to_lowercase();
    if words.starts_with("application") {
        return Some(PermissionKind::Application);
    }
    if !words.starts_with("delegated") {
        return None;
    }
    Some(
        match words.contains("personal") && !words.contains("work") || cell.contains("(personal") {
            true => PermissionKind::DelegatedPersonal,
            false => PermissionKind::DelegatedWork,
        },
    )
}

/// What a cell grants.
fn grant(cell: Option<&Text>, row: Span, found: &mut Diagnostics) -> PermissionGrant {
    let Some(cell) = cell else {
        let nothing = Text::new(String::new(), row);
        report_cell(&nothing, found);
        return PermissionGrant::Unreadable(nothing);
    };
    if is_none(&cell.value) {
        return PermissionGrant::NotSupported;
    }
    match alternatives(cell) {
        Some(sets) => from_sets(sets),
        None => {
            report_cell(cell, found);
            PermissionGrant::Unreadable(cell.clone())
        }
    }
}

fn is_none(cell: &str) -> bool {
    let words = plain(cell).to_lowercase();
    matches!(
        words.trim_end_matches(['.', '*', ' ']),
        "not supported" | "not applicable" | "not available" | "none" | "n/a" | "na"
    )
}

fn from_sets(sets: Vec<Vec<Text>>) -> PermissionGrant {
    if sets.iter().all(|set| set.len() == 1) {
        return PermissionGrant::OneOf(sets.into_iter().flatten().collect());
    }
    PermissionGrant::OneOfSets(sets)
}

/// The alternatives of a cell, each a set of permissions that are needed together: commas and "or"
/// part alternatives, "and" and "+" join a set.
fn alternatives(cell: &Text) -> Option<Vec<Vec<Text>>> {
    const PARTS: [&str; 6] = [",", ";", " or ", "<br>", "<br/>", "<br />"];
    // Where reading the cell has changed its length, the cell is the place of all in it.
    let exact = cell.span.range().len() == cell.value.len();
    let mut sets = Vec::new();
    for part in split(&cell.value, 0..cell.value.len(), &PARTS) {
        let mut set = Vec::new();
        for item in split(&cell.value, part, &[" and ", " + "]) {
            let text = cell.value.get(item.clone())?.trim();
            if text.is_empty() {
                continue;
            }
            let name = text.trim_start_matches("or ").trim_matches(['*', '`', '.', ' ', '\u{a0}']);
            if !is_permission(name) {
                return None;
            }
            let start = item.start + cell.value.get(item.clone())?.find(name)?;
            let span = match exact {
                true => cell.span.slice(start..start + name.len()),
                false => cell.span,
            };
            set.push(Text::new(name.to_owned(), span));
        }
        if !set.is_empty() {
            sets.push(set);
        }
    }
    (!sets.is_empty()).then_some(sets)
}

/// The parts of `range` of `text` between the `separators`, without case.
fn split(
    text: &str,
    range: std::ops::Range<usize>,
    separators: &[&str],
) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    let mut at = range.start;
    while at < range.end {
        let rest = text.get(at..range.end).unwrap_or_default();
        let separator = separators.iter().find(|s| starts_without_case(rest, s));
        match separator {
            Some(separator) => {
                parts.push(start..at);
                at += separator.len();
                start = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.push(start..range.end);
    parts
}

/// `Group.Read.All`, or one of the few without a dot.
fn is_permission(name: &str) -> bool {
    let letters =
        name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    let known = matches!(name, "email" | "offline_access" | "openid" | "profile");
    letters && name.starts_with(|c: char| c.is_ascii_alphabetic()) && (known || name.contains('.'))
}

/// The least privileged permissions, followed by those of the column "Higher privileged".
fn with_higher(
    least: PermissionGrant,
    higher: &Text,
    row: Span,
    found: &mut Diagnostics,
) -> PermissionGrant {
    if is_none(&higher.value) || higher.value.is_empty() {
        return least;
    }
    let mut sets = match least {
        PermissionGrant::OneOf(names) => names.into_iter().map(|name| vec![name]).collect(),
        PermissionGrant::OneOfSets(sets) => sets,
        other => return other,
    };
    match grant(Some(higher), row, found) {
        PermissionGrant::OneOf(names) => sets.extend(names.into_iter().map(|name| vec![name])),
        PermissionGrant::OneOfSets(more) => sets.extend(more),
        _ => {}
    }
    from_sets(sets)
}

fn reverse(grant: PermissionGrant) -> PermissionGrant {
    match grant {
        PermissionGrant::OneOf(mut names) => {
            names.reverse();
            PermissionGrant::OneOf(names)
        }
        PermissionGrant::OneOfSets(mut sets) => {
            sets.reverse();
            PermissionGrant::OneOfSets(sets)
        }
        other => other,
    }
}

fn report_row(row: &Row, found: &mut Diagnostics) {
    found.push(
        Diagnostic::at(
            codes::PERMISSION_ROW,
            row.span,
            "this row of a permission table names no kind of sign-in",
        )
        .help("start the row with `Delegated (work or school account)`, `Delegated (personal Microsoft account)` or `Application`"),
    );
}

fn report_cell(cell: &Text, found: &mut Diagnostics) {
    found.push(
        Diagnostic::at(
            codes::PERMISSION_CELL,
            cell.span,
            "this cell is neither a list of permissions nor \"Not supported.\"",
        )
        .note("no permission is taken from it")
        .help("list the permissions with commas between alternatives, `and` within one"),
    );
}
