//! The operations of all pages, each once.
//!
//! In come the operations page by page; out go the operations of the API, those of several pages
//! united. Holds: the page that is most about an operation gives title and words, and its examples come
//! first; statuses, paths, headers and examples of all pages are kept; of permissions the stricter ones;
//! where pages disagree, both places are told.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use msgraph_docs::Page;
use msgraph_ir::{Api, Fact, Operation, OperationId, OperationKey, Permissions, Response, Source};
use msgraph_source::{Diagnostic, Diagnostics, Span, catalogue::link as codes};

use super::permissions;
use crate::operation::same_route;

/// How much a page is about each of its operations; what is less is more about it. A page whose every
/// template has a query is about what the query adds, and one with many operations about what they have
/// in common. Between equals the name of the page decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Focus {
    asks_by_query: bool,
    operations: usize,
}

impl Focus {
    /// That of `page`, which has so many operations.
    pub(crate) fn of(page: &Page, operations: usize) -> Self {
        let mut templates = page.templates.iter();
        let asks_by_query = !page.templates.is_empty()
            && templates.all(|template| template.url.value.contains('?'));
        Self { asks_by_query, operations }
    }
}

/// Adds `operations` to `api`.
pub(crate) fn unite(
    api: &mut Api,
    operations: Vec<(Focus, Operation)>,
    diagnostics: &mut Diagnostics,
) {
    let mut known: BTreeMap<OperationKey, OperationId> =
        api.operations.iter().map(|(id, operation)| (operation.key(), id)).collect();
    let mut focused: BTreeMap<OperationId, Focus> = BTreeMap::new();
    let mut permissions: BTreeMap<OperationId, Vec<Fact<Permissions>>> = BTreeMap::new();
    let mut told = BTreeSet::new();
    for (focus, mut operation) in operations {
        let stated = operation.permissions.take();
        let key = operation.key();
        let id = match known.get(&key) {
            Some(&id) => {
                let site = name(api, &operation);
                let best = focused.entry(id).or_insert(focus);
                let first = &mut api.operations[id];
                let is_own = focus < *best;
                if is_own {
                    *best = focus;
                    mem::swap(&mut first.page, &mut operation.page);
                    mem::swap(&mut first.description, &mut operation.description);
                }
                let known_examples = first.examples.len();
                join(first, operation, &site, &mut told, diagnostics);
                if is_own {
                    first.examples.rotate_left(known_examples);
                }
                id
            }
            None => {
                let id = api.operations.push(operation);
                known.insert(key, id);
                focused.insert(id, focus);
                id
            }
        };
        permissions.entry(id).or_default().extend(stated);
    }
    for (id, stated) in permissions {
        let site = name(api, &api.operations[id]);
        api.operations[id].permissions = permissions::of_pages(&stated, &site, diagnostics);
    }
    for (_, operation) in api.operations.iter() {
        let (Some(response), Some(path)) = (operation.responses.first(), operation.paths.first())
        else {
            continue;
        };
        if response.said_by == Source::Metadata && operation.page.is_some() {
            diagnostics.push(
                Diagnostic::at(
                    codes::STATUS_UNDOCUMENTED,
                    path.span,
                    format!(
                        "no page states what `{} {}` answers; OData's {} is taken",
                        operation.method.as_str(),
                        path.template,
                        response.value.status
                    ),
                )
                .help("state it in the section \"Response\", or show an example"),
            );
        }
    }
}

/// An operation by its method and the place in the model.
fn name(api: &Api, operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), api.site_name(operation.site))
}

/// Whether `status` is one of success, as sending elsewhere is.
fn is_success(status: u16) -> bool {
    (200..400).contains(&status)
}

/// Adds what a further page says of an operation to what is known of it. `told` has the places of the
/// statuses that were reported: the prose of a page holds for all its operations.
fn join(
    first: &mut Operation,
    second: Operation,
    name: &str,
    told: &mut BTreeSet<Span>,
    diagnostics: &mut Diagnostics,
) {
    let mut routes = Vec::new();
    for path in second.paths {
        let at = first.paths.iter().position(|known| {
            known.obstacle == path.obstacle && same_route(&known.steps, &path.steps)
        });
        routes.push(at.unwrap_or(first.paths.len()));
        if at.is_none() {
            first.paths.push(path);
        }
    }
    // A status that OData gives stands only where no page states one.
    let stated = |responses: &[Fact<Response>]| -> Vec<(u16, Span)> {
        responses
            .iter()
            .filter(|r| r.said_by == Source::Documents && is_success(r.value.status))
            .map(|r| (r.value.status, r.span))
            .collect()
    };
    let (by_first, by_second) = (stated(&first.responses), stated(&second.responses));
    if !by_second.is_empty() && by_first.is_empty() {
        first.responses.retain(|response| response.said_by == Source::Documents);
    }
    // Pages that have a status in common agree; what one of them adds is an alternative.
    let agree =
        by_second.iter().any(|(status, _)| by_first.iter().any(|(known, _)| known == status));
    if let (Some((_, known)), Some((status, span)), false) =
        (by_first.first(), by_second.first(), agree)
        && told.insert(*span)
    {
        diagnostics.push(
            Diagnostic::at(
                codes::STATUS_CONFLICT,
                *span,
                format!("this page says that `{name}` answers {status}, and another page states another status"),
            )
            .label(*known, "the other page")
            .note("both are kept; that of the page that comes first by name comes first"),
        );
    }
    let second_responses = second
        .responses
        .into_iter()
        .filter(|response| response.said_by == Source::Documents || by_first.is_empty());
    for response in second_responses {
        let same = first.responses.iter_mut().find(|r| r.value.status == response.value.status);
        match same {
            Some(same) => {
                same.value.body = same.value.body.or(response.value.body);
                same.value.is_choice |= response.value.is_choice;
            }
            None => first.responses.push(response),
        }
    }
    first.responses.sort_by_key(|response| !is_success(response.value.status));
    for header in second.headers {
        let known = first.headers.iter().any(|h| h.name.eq_ignore_ascii_case(&header.name));
        if !known {
            first.headers.push(header);
        }
    }
    for option in second.query_options {
        if !first.query_options.contains(&option) {
            first.query_options.push(option);
        }
    }
    first.other_pages.extend(second.page);
    for mut example in second.examples {
        example.request.path = routes.get(example.request.path).copied().unwrap_or_default();
        first.examples.push(example);
    }
}
