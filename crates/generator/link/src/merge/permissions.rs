//! The permissions of a page's operations.
//!
//! In come the permission tables of a page; out go, for each operation, the permissions of the table
//! that is its own. Holds: where a page has several tables, a table counts for an operation only if
//! its subject is a type on the operation's path. What cannot be told stays undocumented, which a
//! server refuses: to grant what another table grants would be worse.

use std::collections::BTreeSet;

use msgraph_docs::{Page, PermissionGrant, PermissionKind, PermissionTable, Text};
use msgraph_ir::{Api, Fact, Grant, Operation, PathStep, Permissions, Source, TypeTarget};
use msgraph_source::{Diagnostic, Diagnostics, catalogue::link as codes};

/// Gives `operations` their permissions.
pub(crate) fn assign(
    api: &Api,
    page: &Page,
    operations: &mut [Operation],
    diagnostics: &mut Diagnostics,
) {
    for table in &page.permissions {
        report_sets(table, diagnostics);
    }
    let Some((first, others)) = page.permissions.split_first() else {
        return;
    };
    let Some(second) = others.first() else {
        let permissions = read(first);
        for operation in operations {
            operation.permissions = Some(permissions.clone());
        }
        return;
    };
    let subjects: Vec<(BTreeSet<String>, &PermissionTable)> = page
        .permissions
        .iter()
        .map(|table| (table.subject.as_ref().map(words).unwrap_or_default(), table))
        .collect();
    let mut without = Vec::new();
    for operation in operations {
        match own(api, &subjects, operation) {
            Some(table) => operation.permissions = Some(read(table)),
            None => without.extend(operation.paths.first()),
        }
    }
    if let Some(path) = without.first() {
        diagnostics.push(
            Diagnostic::at(
                codes::SEVERAL_PERMISSION_TABLES,
                path.span,
                format!(
                    "which of the {} permission tables holds for {} of the page's operations cannot be told",
                    page.permissions.len(),
                    without.len()
                ),
            )
            .label(first.span, "a table")
            .label(second.span, "another")
            .help("name the resource of each table as the metadata does, or give each operation a page of its own; so far these operations count as undocumented"),
        );
    }
}

/// The table whose subject is a type on the operation's path, the end of the path first.
fn own<'t>(
    api: &Api,
    subjects: &[(BTreeSet<String>, &'t PermissionTable)],
    operation: &Operation,
) -> Option<&'t PermissionTable> {
    let path = operation.paths.first()?;
    let name = |target: TypeTarget| match target {
        TypeTarget::Item(id) => Some(api.items[id].name.name.as_str().to_ascii_lowercase()),
        _ => None,
    };
    path.steps.iter().rev().find_map(|step| {
        let target = match step {
            PathStep::Root(index) => TypeTarget::Item(api.container.roots.get(*index)?.target),
            PathStep::Property { owner, index } => api.property(*owner, *index)?.type_ref.target,
            PathStep::Bound(id, _) => api.bound[*id].binding?.target,
            PathStep::Cast(id) => TypeTarget::Item(*id),
            _ => return None,
        };
        let name = name(target)?;
        let mut fitting = subjects.iter().filter(|(words, _)| words.contains(&name));
        match (fitting.next(), fitting.next()) {
            (Some((_, table)), None) => Some(*table),
            _ => None,
        }
    })
}

/// The names that a subject can be meant by: its words in one, and the pages that it links to.
fn words(subject: &Text) -> BTreeSet<String> {
    let text = subject.value.to_ascii_lowercase();
    let mut words = BTreeSet::new();
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some((before, link)) = rest.split_once("](") {
        plain.push_str(before);
        let Some((target, after)) = link.split_once(')') else {
            break;
        };
        let stem = target.rsplit('/').next().unwrap_or_default();
        words.insert(stem.strip_suffix(".md").unwrap_or(stem).to_owned());
        rest = after;
    }
    plain.push_str(rest);
    words.insert(plain.chars().filter(char::is_ascii_alphanumeric).collect());
    words
}

fn read(table: &PermissionTable) -> Fact<Permissions> {
    let grant = |kind: PermissionKind| {
        let row = table.rows.iter().find(|row| row.kind == kind);
        match row.map(|row| &row.grant) {
            Some(PermissionGrant::NotSupported) => Grant::NotSupported,
            Some(PermissionGrant::OneOf(names)) => {
                Grant::OneOf(names.iter().map(|name| name.value.clone()).collect())
            }
            Some(PermissionGrant::OneOfSets(_) | PermissionGrant::Unreadable(_)) | None => {
                Grant::Undocumented
            }
        }
    };
    let permissions = Permissions {
        delegated_work: grant(PermissionKind::DelegatedWork),
        delegated_personal: grant(PermissionKind::DelegatedPersonal),
        application: grant(PermissionKind::Application),
    };
    Fact::new(permissions, Source::Documents, table.span)
}

fn report_sets(table: &PermissionTable, diagnostics: &mut Diagnostics) {
    for row in &table.rows {
        if let PermissionGrant::OneOfSets(_) = row.grant {
            diagnostics.push(
                Diagnostic::at(
                    codes::NOT_SUPPORTED,
                    row.span,
                    "permissions of which several are needed together are not supported yet",
                )
                .note("the row counts as undocumented, which a server refuses unless it is told otherwise"),
            );
        }
    }
}
