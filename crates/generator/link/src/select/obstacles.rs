//! Leaves out what cannot be generated yet.
//!
//! In come the operations that selectors name; out go those of them that have a path without an
//! obstacle, with such paths only, and the examples that follow them. Holds: each path that was
//! selected and left out is told once; what was not selected is not spoken of.

use std::collections::BTreeSet;

use msgraph_ir::{Api, OperationId};
use msgraph_source::{Diagnostic, Diagnostics, catalogue::link as codes};

/// Takes what cannot be generated out of `operations`.
pub(super) fn leave_out(
    api: &mut Api,
    operations: &mut BTreeSet<OperationId>,
    diagnostics: &mut Diagnostics,
) {
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
}
