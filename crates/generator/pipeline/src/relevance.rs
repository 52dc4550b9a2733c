//! Which findings concern what was selected.
//!
//! A run reads every page it is given, since any of them may speak of what is selected; most findings
//! of a large reference are then about pages that have no part in the output.

use std::collections::BTreeSet;

use msgraph_ir::Api;
use msgraph_source::{Diagnostic, FileId};

use crate::{Input, origins};

/// Parts findings into those that concern the selection of `api` and the others, in their order.
///
/// A finding concerns it unless its first place is in a page from which nothing was taken. Errors always do.
pub(crate) fn part(
    api: &Api,
    input: &Input,
    diagnostics: Vec<Diagnostic>,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let used = origins::used(api);
    let others: BTreeSet<FileId> =
        input.pages.iter().copied().filter(|page| !used.contains(page)).collect();
    diagnostics.into_iter().partition(|diagnostic| {
        diagnostic.is_error()
            || diagnostic.primary().is_none_or(|span| !others.contains(&span.file))
    })
}
