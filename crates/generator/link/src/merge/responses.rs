//! The responses of an operation: statuses and the types of their bodies.
//!
//! In come the statuses that the prose of a page states and those that its examples show; out go the
//! responses, success first. Holds: documents win on statuses; where prose, examples and OData
//! differ, each place is told.

use msgraph_ir::{Api, BoundKind, Fact, Method, Operation, Path, Response, Site, Source};
use msgraph_source::{Diagnostic, Diagnostics, Spanned, catalogue::link as codes};

use crate::operation::{Shape, site_span};

/// Between these the preference of the caller decides, where one prose states both for a change.
const CHOICE: [u16; 2] = [200, 204];

/// What a page says of the statuses of an operation.
pub(super) struct Statuses<'a> {
    /// Those that its prose states.
    pub(super) stated: &'a [Spanned<u16>],
    /// Whether the prose speaks of several operations.
    pub(super) is_ambiguous: bool,
    /// Those of the operation's examples.
    pub(super) shown: &'a [Fact<u16>],
    /// Whether an example shows a body; none where there is no example.
    pub(super) shows_body: Option<bool>,
}

/// The responses: those that the prose states, those that examples show, or the one of OData.
pub(super) fn responses(
    api: &Api,
    operation: &Operation,
    shape: &Shape,
    statuses: &Statuses<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Fact<Response>> {
    let Statuses { stated, is_ambiguous, shown, shows_body } = *statuses;
    let is_success = |status: u16| (200..400).contains(&status);
    let mut statuses: Vec<Fact<u16>> = stated
        .iter()
        .map(|status| Fact::new(status.value, Source::Documents, status.span))
        .collect();
    let stated_success = statuses.iter().find(|status| is_success(status.value)).map(|s| s.span);
    for status in shown {
        if statuses.iter().any(|known| known.value == status.value) {
            continue;
        }
        if let (Some(span), true) = (stated_success, is_success(status.value)) {
            diagnostics.push(
                Diagnostic::at(
                    codes::STATUS_CONFLICT,
                    status.span,
                    format!(
                        "the example answers {}, and the prose states another status",
                        status.value
                    ),
                )
                .label(span, "the prose")
                .note("both are kept; the status of the prose comes first"),
            );
        }
        statuses.push(status.clone());
    }
    let states = |status: &u16| stated.iter().any(|of| of.value == *status);
    let is_choice = !is_ambiguous && !reads(api, operation) && CHOICE.iter().all(states);
    let (usual, does) = usual(api, operation, shape);
    let documented: Vec<&Fact<u16>> =
        statuses.iter().filter(|status| (200..300).contains(&status.value)).collect();
    // Of several statuses that the prose of a page states, which one holds for which operation is left
    // open; one that fits is not doubted, and comes first.
    let fits = |status: u16| usual.contains(&status) || is_open_to_all(status);
    let fitting = documented.iter().find(|status| fits(status.value));
    let preferred = match (fitting, documented.first()) {
        (Some(fitting), Some(first)) if !fits(first.value) && is_ambiguous => Some(fitting.value),
        (None, Some(first)) => {
            unusual(api, operation, first, usual, does, diagnostics);
            None
        }
        _ => None,
    };
    if let Some(Path { span, .. }) = operation.paths.first()
        && !statuses.iter().any(|status| is_success(status.value))
    {
        let span = *span;
        // Reported once all pages are united: another page may state it.
        statuses.push(Fact::new(shape.status, Source::Metadata, span));
    }
    statuses.sort_by_key(|status| (!is_success(status.value), Some(status.value) != preferred));
    statuses
        .into_iter()
        .map(|status| Fact {
            value: Response {
                status: status.value,
                body: has_body(api, operation, status.value, shows_body)
                    .then_some(shape.response)
                    .flatten(),
                is_choice: is_choice && CHOICE.contains(&status.value),
            },
            said_by: status.said_by,
            span: status.span,
            overruled: status.overruled,
        })
        .collect()
}

/// The statuses of success that OData gives an operation, and what it does.
fn usual(api: &Api, operation: &Operation, shape: &Shape) -> (&'static [u16], &'static str) {
    match (operation.method, shape.response) {
        _ if reads(api, operation) => (&[200, 204, 206], "reads"),
        (Method::Post, Some(_)) if !matches!(operation.site, Site::Bound(_)) => {
            (&[201, 204], "creates")
        }
        (Method::Post, Some(_)) => (&[200, 201, 204], "returns something"),
        (Method::Patch | Method::Put, _) => (&[200, 201, 204], "changes something"),
        _ => (&[204], "returns nothing"),
    }
}

/// Accepting work to be done later is open to all operations, and so is answering for several parts.
fn is_open_to_all(status: u16) -> bool {
    matches!(status, 202 | 207)
}

/// Reports a status of success that is not one of those which OData gives.
fn unusual(
    api: &Api,
    operation: &Operation,
    status: &Fact<u16>,
    usual: &[u16],
    does: &str,
    diagnostics: &mut Diagnostics,
) {
    // The prose of a page holds for all its operations, and is told of once.
    let is_told = diagnostics
        .iter()
        .any(|told| told.code == codes::STATUS_UNUSUAL && told.primary() == Some(status.span));
    if is_told {
        return;
    }
    let usual: Vec<String> = usual.iter().map(u16::to_string).collect();
    let site = api.site_name(operation.site);
    let mut found = Diagnostic::at(
        codes::STATUS_UNUSUAL,
        status.span,
        format!(
            "the page says that `{} {site}` answers {}, and what {does} answers {} by OData",
            operation.method.as_str(),
            status.value,
            usual.join(" or ")
        ),
    );
    if let Some(span) = site_span(api, operation.site) {
        found = found.label(span, "the metadata");
    }
    diagnostics
        .push(found.note("documents win on statuses").help("check what the service answers"));
}

fn reads(api: &Api, operation: &Operation) -> bool {
    operation.method == Method::Get
        || matches!(operation.site, Site::Bound(id) if api.bound[id].kind == BoundKind::Function)
}

/// Whether an answer with this status has the body that the metadata gives the operation. Only
/// reading must have one; of others the example tells.
fn has_body(api: &Api, operation: &Operation, status: u16, shows_body: Option<bool>) -> bool {
    match status {
        204 | 205 => false,
        202 => shows_body == Some(true),
        200..300 => reads(api, operation) || shows_body != Some(false),
        _ => false,
    }
}
