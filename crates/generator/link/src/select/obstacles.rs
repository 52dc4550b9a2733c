//! Leaves out what cannot be generated yet.
//!
//! In come the operations that selectors name; out go those of them that have a path without an
//! obstacle, with such paths only, and the examples that follow them. Holds: each path that was
//! selected and left out is told once; what was not selected is not spoken of; each request that goes with
//! them is kept, so that it can be counted.

use std::collections::BTreeSet;

use msgraph_ir::{Api, Example, LeftOut, Operation, OperationId};
use msgraph_source::{Diagnostic, Diagnostics, catalogue::link as codes};

use super::Selector;

/// Takes what cannot be generated out of `operations`.
pub(super) fn leave_out(
    api: &mut Api,
    operations: &mut BTreeSet<OperationId>,
    diagnostics: &mut Diagnostics,
) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    for &id in operations.iter() {
        let operation = &mut api.operations[id];
        let method = operation.method.as_str();
        for path in &operation.paths {
            if let Some(obstacle) = path.obstacle {
                diagnostics.push(
                    Diagnostic::at(
                        codes::NOT_SUPPORTED,
                        path.span,
                        format!(
                            "nothing is generated for `{method} {}`: {} is not supported yet",
                            path.template,
                            obstacle.words()
                        ),
                    )
                    .help("call it through `Client::execute`; what else was selected is generated"),
                );
            }
        }
        left_out.extend(operation.examples.iter().filter_map(|of| obstructed(operation, of)));
        if operation.is_obstructed() {
            continue;
        }
        let mut kept = 0;
        let places: Vec<Option<usize>> = operation
            .paths
            .iter()
            .map(|path| {
                path.obstacle.is_none().then(|| {
                    kept += 1;
                    kept - 1
                })
            })
            .collect();
        operation.paths.retain(|path| path.obstacle.is_none());
        operation.examples.retain_mut(|example| {
            let place = places.get(example.request.path).copied().flatten();
            example.request.path = place.unwrap_or_default();
            place.is_some()
        });
    }
    operations.retain(|&id| !api.operations[id].is_obstructed());
    left_out
}

/// The request of an example whose path cannot be generated yet.
fn obstructed(operation: &Operation, example: &Example) -> Option<LeftOut> {
    let obstacle = operation.paths.get(example.request.path)?.obstacle?;
    let pages = operation.page.iter().chain(&operation.other_pages);
    let page = pages.clone().find(|page| page.span.file == example.request.span.file);
    Some(LeftOut {
        name: example.name.clone(),
        method: operation.method.as_str().to_owned(),
        url: example.request.url.clone(),
        code: codes::NOT_SUPPORTED,
        reason: format!("{} is not supported yet", obstacle.words()),
        page: page.map_or_else(String::new, |page| page.page.clone()),
        span: example.request.span,
    })
}

/// `left_out` with the requests that reach no operation: those of the pages of `operations`, or of all pages
/// where all are asked for. By page, in its order.
pub(super) fn requests(
    api: &Api,
    operations: &BTreeSet<OperationId>,
    mut left_out: Vec<LeftOut>,
    selectors: &[Selector],
) -> Vec<LeftOut> {
    let is_all = selectors.iter().any(|of| matches!(of, Selector::All | Selector::Documented));
    let pages: BTreeSet<&str> = operations
        .iter()
        .map(|&id| &api.operations[id])
        .flat_map(|operation| operation.page.iter().chain(&operation.other_pages))
        .map(|page| page.page.as_str())
        .collect();
    let asked = api.unreached.iter().filter(|of| is_all || pages.contains(of.page.as_str()));
    left_out.extend(asked.cloned());
    left_out.sort_by(|a, b| (&a.page, a.span.start).cmp(&(&b.page, b.span.start)));
    left_out
}
