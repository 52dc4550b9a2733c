//! Permission tables.
//!
//! Comes in: the tables of a page. Goes out: those that say which permissions an operation needs,
//! by kind of sign-in. Holds: the order is from least to most privileged; permissions that are
//! needed together stay together; what could be understood in two ways is not guessed at. A table
//! that speaks of several resources is one table a resource.

mod cell;

use std::collections::BTreeMap;

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics, Span};

use crate::page::{PermissionGrant, PermissionKind, PermissionRow, PermissionTable, Text};
use crate::tables::{Row, Table, plain};
use cell::{Cell, Unclear, from_sets};

/// The permission tables that `table` holds: one per resource. `subject` is what the page says that
/// the table is about, where it does: the title of its section, or the line above it.
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
    table.column(0) == "permission type" && grants(table.column(1))
}

/// Whether a column with this header lists permissions.
fn grants(header: &str) -> bool {
    ["permission", "privileged", "acting on"].iter().any(|word| header.contains(word))
}

/// `Supported resource | Delegated (…) | Delegated (…) | Application`
fn is_by_subject(table: &Table) -> bool {
    let kinds: Option<Vec<PermissionKind>> =
        table.header.iter().skip(1).take(4).map(|header| kind(header)).collect();
    kinds.is_some_and(|mut kinds| {
        let columns = table.header.len() - 1;
        kinds.sort_unstable();
        kinds.dedup();
        kinds.len() == columns && columns > 1
    })
}

fn by_kind(table: &Table, subject: Option<&Text>, found: &mut Diagnostics) -> Vec<PermissionTable> {
    let rows = rows_by_kind(table, found);
    let higher = table.find_column(|header| header.contains("higher privileged"));
    let columns: Vec<usize> = (1..table.header.len())
        .filter(|column| Some(*column) != higher && grants(table.column(*column)))
        .collect();
    let mut tables = Vec::new();
    for &column in &columns {
        let header = table.column(column);
        let subject = match columns.len() {
            1 => subject.cloned(),
            _ => Some(Text::new(header.to_owned(), table.span)),
        };
        let is_reversed = header.contains("most to least");
        let said = rows.iter().map(|row| {
            let mut said = said(row, column, found);
            if let Some(more) = higher.and_then(|higher| row.row.cells.get(higher)) {
                said.grants_more(more, found);
            }
            if is_reversed {
                said.reverse();
            }
            said
        });
        let said: Vec<Said> = said.collect();
        tables.extend(by_resource(said, subject.as_ref(), table.span));
    }
    tables
}

/// The row of a kind, with the rows below it that part what it says by resource.
struct KindRow<'t> {
    kind: PermissionKind,
    row: &'t Row,
    parts: Vec<&'t Row>,
}

/// One row a kind. A kind with two rows has none, since they could say two things.
fn rows_by_kind<'t>(table: &'t Table, found: &mut Diagnostics) -> Vec<KindRow<'t>> {
    let mut rows: BTreeMap<PermissionKind, Option<KindRow<'_>>> = BTreeMap::new();
    let mut order = Vec::new();
    let mut last = None;
    for row in &table.rows {
        if let Some(kind) = row.cells.first().and_then(|cell| kind(&cell.value)) {
            last = Some(kind);
            if let Some(known) = rows.get_mut(&kind) {
                *known = None;
                report_row(
                    row,
                    "this row names a kind of sign-in that the table has named before",
                    found,
                );
                continue;
            }
            rows.insert(kind, Some(KindRow { kind, row, parts: Vec::new() }));
            order.push(kind);
            continue;
        }
        let parted = last
            .and_then(|kind| rows.get_mut(&kind)?.as_mut())
            .filter(|of| of.row.cells.iter().skip(1).all(|cell| cell.value.trim().is_empty()));
        match parted {
            Some(of) => of.parts.push(row),
            None => {
                report_row(row, "this row of a permission table names no kind of sign-in", found)
            }
        }
    }
    order.into_iter().filter_map(|kind| rows.remove(&kind).flatten()).collect()
}

/// What a table says of a kind.
struct Said {
    kind: PermissionKind,
    row: Span,
    /// For all that the table is about.
    whole: Option<PermissionGrant>,
    /// For some of the resources it is about.
    parts: Vec<(Text, PermissionGrant, Span)>,
}

fn said(of: &KindRow<'_>, column: usize, found: &mut Diagnostics) -> Said {
    let mut said = Said { kind: of.kind, row: of.row.span, whole: None, parts: Vec::new() };
    if of.parts.is_empty() {
        match grant(of.row, column, found) {
            Cell::Whole(grant) => said.whole = Some(grant),
            Cell::ByResource(parts) => {
                said.parts.extend(parts.into_iter().map(|(label, g)| (label, g, of.row.span)));
            }
        }
    }
    for row in &of.parts {
        let label = row.cells.first();
        let label =
            label.map(|cell| Text::new(plain(&cell.value.replace("&nbsp;", " ")), cell.span));
        let label = label.unwrap_or_else(|| Text::new(String::new(), row.span));
        let granted = match grant(row, column, found) {
            Cell::Whole(grant) => grant,
            // A part of a part is more than a table can be asked for.
            Cell::ByResource(_) => {
                unreadable(row.cells.get(column), row.span, Unclear::Words, found)
            }
        };
        said.parts.push((label, granted, row.span));
    }
    said
}

impl Said {
    /// The least privileged permissions are followed by those of the cell "Higher privileged".
    fn grants_more(&mut self, cell: &Text, found: &mut Diagnostics) {
        let Some(least) = self.whole.take() else { return };
        let mut sets = match least {
            PermissionGrant::OneOf(names) => names.into_iter().map(|name| vec![name]).collect(),
            PermissionGrant::OneOfSets(sets) => sets,
            other => {
                self.whole = Some(other);
                return;
            }
        };
        if !cell.value.trim().is_empty() {
            match cell::read(cell) {
                Ok(Cell::Whole(PermissionGrant::OneOf(names))) => {
                    sets.extend(names.into_iter().map(|name| vec![name]));
                }
                Ok(Cell::Whole(PermissionGrant::OneOfSets(more))) => sets.extend(more),
                Ok(Cell::Whole(_)) => {}
                Ok(Cell::ByResource(_)) => report_cell(cell.span, Unclear::Words, found),
                Err(why) => report_cell(cell.span, why, found),
            }
        }
        self.whole = Some(from_sets(sets));
    }

    fn reverse(&mut self) {
        let parts = self.parts.iter_mut().map(|(_, grant, _)| grant);
        for grant in self.whole.iter_mut().chain(parts) {
            match grant {
                PermissionGrant::OneOf(names) => names.reverse(),
                PermissionGrant::OneOfSets(sets) => sets.reverse(),
                _ => {}
            }
        }
    }
}

/// One table, or one for each resource that rows part their permissions by; a row that does not
/// holds for all of them.
fn by_resource(said: Vec<Said>, subject: Option<&Text>, span: Span) -> Vec<PermissionTable> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut tables: Vec<PermissionTable> = Vec::new();
    for (label, ..) in said.iter().flat_map(|said| &said.parts) {
        places.entry(key(label)).or_insert_with(|| {
            let subject = Some(label.clone());
            tables.push(PermissionTable { subject, rows: Vec::new(), span });
            tables.len() - 1
        });
    }
    if tables.is_empty() {
        tables.push(PermissionTable { subject: subject.cloned(), rows: Vec::new(), span });
    }
    for said in said {
        let kind = said.kind;
        if let Some(grant) = said.whole {
            for table in &mut tables {
                table.rows.push(PermissionRow { kind, grant: grant.clone(), span: said.row });
            }
        }
        for (label, grant, span) in said.parts {
            let table = places.get(&key(&label)).and_then(|place| tables.get_mut(*place));
            let Some(table) = table else { continue };
            match table.rows.iter_mut().find(|row| row.kind == kind) {
                // A resource that is named twice could be meant twice.
                Some(row) => row.grant = PermissionGrant::Unreadable(label),
                None => table.rows.push(PermissionRow { kind, grant, span }),
            }
        }
    }
    tables
}

/// A label without what is said around its resource: "For **user** resource", "a user".
fn key(label: &Text) -> String {
    label
        .value
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            !matches!(*word, "" | "for" | "in" | "a" | "an" | "the" | "resource" | "resources")
        })
        .collect()
}

fn by_subject(table: &Table, found: &mut Diagnostics) -> Vec<PermissionTable> {
    let mut tables = Vec::new();
    for row in &table.rows {
        let mut said = Vec::new();
        for (column, header) in table.header.iter().enumerate().skip(1) {
            let Some(kind) = kind(header) else { continue };
            let whole = match grant(row, column, found) {
                Cell::Whole(grant) => grant,
                Cell::ByResource(_) => {
                    unreadable(row.cells.get(column), row.span, Unclear::Words, found)
                }
            };
            said.push(PermissionRow { kind, grant: whole, span: row.span });
        }
        let subject = row.cells.first().cloned();
        tables.push(PermissionTable { subject, rows: said, span: row.span });
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

/// What cell `column` of `row` grants.
fn grant(row: &Row, column: usize, found: &mut Diagnostics) -> Cell {
    let cell = row.cells.get(column);
    match cell.map_or(Err(Unclear::Empty), cell::read) {
        Ok(cell) => cell,
        Err(why) => Cell::Whole(unreadable(cell, row.span, why, found)),
    }
}

fn unreadable(
    cell: Option<&Text>,
    row: Span,
    why: Unclear,
    found: &mut Diagnostics,
) -> PermissionGrant {
    let cell = cell.cloned().unwrap_or_else(|| Text::new(String::new(), row));
    report_cell(cell.span, why, found);
    PermissionGrant::Unreadable(cell)
}

fn report_row(row: &Row, message: &str, found: &mut Diagnostics) {
    found.push(
        Diagnostic::at(codes::PERMISSION_ROW, row.span, message)
            .note("no permission is taken from it")
            .help("give each of `Delegated (work or school account)`, `Delegated (personal Microsoft account)` and `Application` one row"),
    );
}

fn report_cell(cell: Span, why: Unclear, found: &mut Diagnostics) {
    let (message, help) = match why {
        Unclear::Empty => (
            "this cell of a permission table is empty",
            "list the permissions, or write \"Not supported.\" or \"None.\"",
        ),
        Unclear::Words => (
            "this cell is neither a list of permissions nor \"Not supported.\"",
            "list the permissions with commas between alternatives, `and` within one",
        ),
        Unclear::NoSeparator => (
            "two permissions of this cell have nothing between them",
            "put a comma between alternatives, `and` between permissions that are needed together",
        ),
        Unclear::OneOrAll => (
            "this cell can mean that one of its permissions is enough, or that several are needed",
            "end a list of alternatives with `or`; repeat what is needed together: `A and C, B and C`",
        ),
    };
    found.push(
        Diagnostic::at(codes::PERMISSION_CELL, cell, message)
            .note("no permission is taken from it")
            .help(help),
    );
}
