//! What operations need, by kind of sign-in.
//!
//! In come operations and the pages that were read; out goes, for a kind of sign-in, what each of the
//! operations needs and where that is documented. Holds: an operation of which nothing is known is told
//! apart from one that is not supported.

use std::collections::BTreeSet;

use msgraph_pipeline::{Api, Grant, OperationId, Page, PermissionKind, Permissions};
use msgraph_source::Span;

use super::cover::{Cover, Need, cover, covered};

/// Who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Kind {
    /// A user with a work or school account.
    DelegatedWork,
    /// A user with a personal Microsoft account.
    DelegatedPersonal,
    /// An application without a user.
    Application,
}

impl Kind {
    /// All kinds, in the order of the documents.
    pub(super) const ALL: [Self; 3] =
        [Self::DelegatedWork, Self::DelegatedPersonal, Self::Application];

    /// The name on the command line and in JSON.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::DelegatedWork => "delegated-work",
            Self::DelegatedPersonal => "delegated-personal",
            Self::Application => "application",
        }
    }

    /// The words for people.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::DelegatedWork => "Delegated, work or school account",
            Self::DelegatedPersonal => "Delegated, personal account",
            Self::Application => "Application",
        }
    }

    fn grant(self, permissions: &Permissions) -> &Grant {
        match self {
            Self::DelegatedWork => &permissions.delegated_work,
            Self::DelegatedPersonal => &permissions.delegated_personal,
            Self::Application => &permissions.application,
        }
    }

    fn row(self) -> PermissionKind {
        match self {
            Self::DelegatedWork => PermissionKind::DelegatedWork,
            Self::DelegatedPersonal => PermissionKind::DelegatedPersonal,
            Self::Application => PermissionKind::Application,
        }
    }
}

/// What one kind of sign-in needs for a list of operations.
pub(super) struct KindNeeds {
    pub(super) kind: Kind,
    /// The permissions to ask for.
    pub(super) cover: Cover,
    /// What it takes for each operation, in their order.
    pub(super) operations: Vec<OperationNeed>,
}

/// What one operation needs.
pub(super) struct OperationNeed {
    pub(super) id: OperationId,
    pub(super) answer: Answer,
    /// The row of the permission table, or what else stands for it.
    pub(super) place: Option<Span>,
}

/// What is known of an operation.
pub(super) enum Answer {
    /// These permissions of the cover let it be called.
    By(BTreeSet<String>),
    /// Whoever has signed in may call it.
    NoneNeeded,
    /// It cannot be called so.
    NotSupported,
    /// No page says, or not clearly.
    Undocumented,
}

/// What `kind` needs for `operations`.
pub(super) fn needs(
    api: &Api,
    pages: &[Page],
    operations: &[OperationId],
    kind: Kind,
) -> KindNeeds {
    let grants: Vec<(OperationId, &Grant)> = operations
        .iter()
        .map(|&id| {
            let permissions = api.operations[id].permissions.as_ref();
            (id, permissions.map_or(&Grant::Undocumented, |fact| kind.grant(&fact.value)))
        })
        .collect();
    let needs: Vec<Need> = grants.iter().map(|(_, grant)| need(grant)).collect();
    let cover = cover(&needs);
    let operations = grants.iter().zip(&needs).map(|((id, grant), need)| OperationNeed {
        id: *id,
        answer: match (grant, covered(need, &cover.permissions)) {
            (Grant::NotSupported, _) => Answer::NotSupported,
            (Grant::NoneNeeded, _) => Answer::NoneNeeded,
            (_, Some((_, set))) => Answer::By(set.clone()),
            (_, None) => Answer::Undocumented,
        },
        place: place(api, pages, *id, kind),
    });
    KindNeeds { kind, operations: operations.collect(), cover }
}

fn need(grant: &Grant) -> Need {
    grant.alternatives().into_iter().map(|set| set.iter().cloned().collect()).collect()
}

/// The row of the table that says what `kind` needs; else the table, else the path.
fn place(api: &Api, pages: &[Page], id: OperationId, kind: Kind) -> Option<Span> {
    let operation = &api.operations[id];
    let Some(fact) = &operation.permissions else {
        return operation.paths.first().map(|path| path.span);
    };
    let page = pages.iter().find(|page| page.file == fact.span.file);
    let tables = page.into_iter().flat_map(|page| &page.permissions);
    // Tables that stand in one have the same rows.
    let mut rows = tables.filter(|table| table.span == fact.span).flat_map(|table| &table.rows);
    Some(rows.find(|row| row.kind == kind.row()).map_or(fact.span, |row| row.span))
}
