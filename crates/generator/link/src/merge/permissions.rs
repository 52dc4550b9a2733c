//! The permissions of operations.
//!
//! In come the permission tables of a page, and operations; out go, for each operation, the
//! permissions of the tables that hold for its paths. Holds: where several tables or pages speak of
//! one operation, the stricter one is taken for each kind of sign-in; where none is stricter, or a
//! table cannot be told from the others, the kind stays undocumented, which a server refuses.

use std::collections::BTreeSet;

use msgraph_docs::{Page, PermissionGrant, PermissionKind, PermissionTable, Text};
use msgraph_ir::{Api, Counts, Fact, Grant, Operation, Permissions, Source};
use msgraph_source::{Diagnostic, Diagnostics, Span, catalogue::link as codes};

use super::subject::{Route, Subject, told};

/// Pages with more tables than this tell of none which operation it is for.
const MOST_TABLES: usize = 100;

/// Pairs of sets beyond which two grants count as different.
const MOST_PAIRS: usize = 10_000;

/// Gives `operations` their permissions.
pub(crate) fn assign(
    api: &Api,
    page: &Page,
    operations: &mut [Operation],
    diagnostics: &mut Diagnostics,
) {
    let (Some(first), second) = (page.permissions.first(), page.permissions.get(1)) else {
        return;
    };
    let Some(second) = second else {
        let permissions = Fact::new(read(first), Source::Documents, first.span);
        for operation in operations {
            operation.permissions = Some(permissions.clone());
        }
        return;
    };
    let tables: Vec<Table<'_>> = page
        .permissions
        .iter()
        .take(MOST_TABLES)
        .map(|table| Table { permissions: read(table), span: table.span, of: table })
        .collect();
    let subjects: Vec<Subject> = match page.permissions.len() {
        0..=MOST_TABLES => {
            tables.iter().map(|table| Subject::new(table.of.subject.as_ref())).collect()
        }
        _ => Vec::new(),
    };
    // Operations without a table of their own, and those with several that say different things.
    let (mut untold, mut torn) = (Vec::new(), Vec::new());
    for operation in operations {
        let mut held: Vec<Held<'_>> = Vec::new();
        let mut is_told = true;
        for path in &operation.paths {
            let route = Route::new(api, &path.steps);
            let table = told(&subjects, &route);
            is_told &= table.is_some();
            let of_path = match table {
                Some(index) => tables.get(index..=index).unwrap_or_default(),
                None => &tables,
            };
            held.extend(of_path.iter().map(|table| Held { table, is_me: route.is_me }));
        }
        let (permissions, loses) = united(&held);
        operation.permissions = permissions;
        if loses {
            let list = if is_told { &mut torn } else { &mut untold };
            let two = match is_told {
                true => differing(&held).unwrap_or((first.span, second.span)),
                false => (first.span, second.span),
            };
            list.extend(operation.paths.first().map(|path| (path.span, two)));
        }
    }
    let count = page.permissions.len();
    for (list, is_told) in [(untold, false), (torn, true)] {
        let Some((place, (one, other))) = list.first() else { continue };
        let message = match is_told {
            false => format!(
                "which of the {count} permission tables holds for {} of the page's operations cannot be told",
                list.len()
            ),
            true => format!(
                "{} of the page's operations can be reached by paths for which its permission tables say different things",
                list.len()
            ),
        };
        diagnostics.push(
            Diagnostic::at(codes::SEVERAL_PERMISSION_TABLES, *place, message)
                .label(*one, "a table")
                .label(*other, "another")
                .note("what no table says more strictly than the others counts as undocumented")
                .help("name the resource of each table as the metadata does, or give each operation a page of its own"),
        );
    }
}

/// The places of two tables that say different things.
fn differing(held: &[Held<'_>]) -> Option<(Span, Span)> {
    let first = held.first()?.table;
    let other = held.iter().find(|held| held.table.permissions != first.permissions)?.table;
    Some((first.span, other.span))
}

/// How much of what the permission tables of `page` say could be read.
pub(crate) fn count(page: &Page, counts: &mut Counts) {
    for row in page.permissions.iter().flat_map(|table| &table.rows) {
        counts.permissions.count(!matches!(row.grant, PermissionGrant::Unreadable(_)));
    }
}

/// What all pages say together of who may call the operation `name`. A page that is silent contradicts
/// nobody; what pages contradict each other in stays undocumented, whatever a further page says.
pub(crate) fn of_pages(
    stated: &[Fact<Permissions>],
    name: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Fact<Permissions>> {
    let (first, others) = stated.split_first()?;
    let together = |of: fn(&Permissions) -> &Grant| {
        let said = stated.iter().map(|fact| of(&fact.value));
        let said = said.filter(|grant| **grant != Grant::Undocumented);
        said.cloned().reduce(|kept, other| stricter(&kept, &other)).unwrap_or(Grant::Undocumented)
    };
    let permissions = Permissions {
        delegated_work: together(|of| &of.delegated_work),
        delegated_personal: together(|of| &of.delegated_personal),
        application: together(|of| &of.application),
    };
    let differs = |one: &Permissions, other: &Permissions| {
        let differ = |one: &Grant, other: &Grant| {
            one != other && *one != Grant::Undocumented && *other != Grant::Undocumented
        };
        differ(&one.delegated_work, &other.delegated_work)
            || differ(&one.delegated_personal, &other.delegated_personal)
            || differ(&one.application, &other.application)
    };
    if let Some(other) = others.iter().find(|other| differs(&first.value, &other.value)) {
        let found = Diagnostic::at(
            codes::PERMISSION_CONFLICT,
            other.span,
            format!("two pages give `{name}` different permissions"),
        );
        diagnostics.push(
            found
                .label(first.span, "the other page")
                .note("the stricter one is taken; where none is stricter, the kind of sign-in counts as undocumented")
                .help("make the tables agree"),
        );
    }
    let source = stated.iter().find(|fact| is_source(&permissions, &fact.value)).unwrap_or(first);
    let overruled = stated
        .iter()
        .filter(|fact| fact.span != source.span && fact.value != permissions)
        .map(|fact| (fact.said_by, fact.span, OTHERS.to_owned()));
    Some(Fact {
        overruled: source.overruled.iter().cloned().chain(overruled).collect(),
        value: permissions,
        ..source.clone()
    })
}

/// What is kept of permissions that do not hold.
const OTHERS: &str = "other permissions";

/// Whether all that is `taken` is what one place says.
fn is_source(taken: &Permissions, said: &Permissions) -> bool {
    [
        (&taken.delegated_work, &said.delegated_work),
        (&taken.delegated_personal, &said.delegated_personal),
        (&taken.application, &said.application),
    ]
    .into_iter()
    .all(|(taken, said)| taken == said || *taken == Grant::Undocumented)
}

/// A table and what it says.
struct Table<'t> {
    permissions: Permissions,
    span: Span,
    of: &'t PermissionTable,
}

/// A table that holds, or may hold, for a path.
struct Held<'t> {
    table: &'t Table<'t>,
    /// Whether the path starts at `me`, which means nobody to an application.
    is_me: bool,
}

/// What all tables that hold for an operation say together, and whether what some of them say is lost
/// on the way.
fn united(held: &[Held<'_>]) -> (Option<Fact<Permissions>>, bool) {
    let mut loses = false;
    let mut grant = |of: fn(&Permissions) -> &Grant, skips_me: bool| {
        let skips_me = skips_me && held.iter().any(|held| !held.is_me);
        let mut all = held
            .iter()
            .filter(|held| !skips_me || !held.is_me)
            .map(|held| of(&held.table.permissions));
        let first = all.next()?;
        let mut says = *first != Grant::Undocumented;
        let taken = all.fold(first.clone(), |kept, other| {
            says |= *other != Grant::Undocumented;
            stricter(&kept, other)
        });
        loses |= says && taken == Grant::Undocumented;
        Some(taken)
    };
    let permissions = (|| {
        Some(Permissions {
            delegated_work: grant(|of| &of.delegated_work, false)?,
            delegated_personal: grant(|of| &of.delegated_personal, false)?,
            application: grant(|of| &of.application, true)?,
        })
    })();
    let Some(permissions) = permissions else {
        return (None, loses);
    };
    let is_source = |held: &&Held<'_>| is_source(&permissions, &held.table.permissions);
    let Some(source) = held.iter().find(is_source).or(held.first()) else {
        return (None, loses);
    };
    let others: BTreeSet<Span> = held
        .iter()
        .filter(|other| other.table.permissions != permissions)
        .map(|other| other.table.span)
        .filter(|span| *span != source.table.span)
        .collect();
    let mut fact = Fact::new(permissions, Source::Documents, source.table.span);
    fact.overruled
        .extend(others.into_iter().map(|span| (Source::Documents, span, OTHERS.to_owned())));
    (Some(fact), loses)
}

/// The one of two grants that allows nobody whom the other refuses, so that it holds for both.
fn stricter(one: &Grant, other: &Grant) -> Grant {
    if one == other || is_within(one, other) {
        return one.clone();
    }
    if is_within(other, one) { other.clone() } else { Grant::Undocumented }
}

/// Whether each alternative of `strict` satisfies `loose`. What nobody may call is compared with
/// nothing: that it is stricter than all would make a fact of a doubt.
fn is_within(strict: &Grant, loose: &Grant) -> bool {
    let (strict, loose) = (strict.alternatives(), loose.alternatives());
    if strict.is_empty() || loose.is_empty() {
        return false;
    }
    let single: BTreeSet<&str> = loose
        .iter()
        .filter_map(|set| match set {
            [only] => Some(only.as_str()),
            _ => None,
        })
        .collect();
    let sets: Vec<&[String]> = loose.into_iter().filter(|set| set.len() != 1).collect();
    if strict.len().saturating_mul(sets.len()) > MOST_PAIRS {
        return false;
    }
    strict.iter().all(|set| {
        set.iter().any(|name| single.contains(name.as_str()))
            || sets.iter().any(|needed| needed.iter().all(|name| set.contains(name)))
    })
}

fn read(table: &PermissionTable) -> Permissions {
    let grant = |kind: PermissionKind| {
        let row = table.rows.iter().find(|row| row.kind == kind);
        let names = |of: &[Text]| of.iter().map(|name| name.value.clone()).collect();
        match row.map(|row| &row.grant) {
            Some(PermissionGrant::NotSupported) => Grant::NotSupported,
            Some(PermissionGrant::NoneNeeded) => Grant::NoneNeeded,
            Some(PermissionGrant::OneOf(all)) => Grant::OneOf(names(all)),
            Some(PermissionGrant::OneOfSets(sets)) => {
                Grant::OneOfSets(sets.iter().map(|set| names(set)).collect())
            }
            Some(PermissionGrant::Unreadable(_)) | None => Grant::Undocumented,
        }
    };
    Permissions {
        delegated_work: grant(PermissionKind::DelegatedWork),
        delegated_personal: grant(PermissionKind::DelegatedPersonal),
        application: grant(PermissionKind::Application),
    }
}
