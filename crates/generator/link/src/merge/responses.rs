//! The responses of an operation: statuses and the types of their bodies.
//!
//! In come the statuses that the prose of a page states and those that its examples show; out go the
//! responses, success first. Holds: documents win on statuses; where prose, examples and OData
//! differ, each place is told.

use msgraph_ir::{Api, BoundKind, Fact, Method, Operation, Path, Response, Site, Source};
use msgraph_source::{Diagnostic, Diagnostics, Spanned, catalogue::link as codes};

use crate::operation::{Shape, site_span};

/// The responses: those that the prose states, those that examples show, or the one of OData.
pub(super) fn responses(
    api: &Api,
    operation: &Operation,
    shape: &Shape,
    stated: &[Spanned<u16>],
    shown: &[Fact<u16>],
    shows_body: Option<bool>,
    diagnostics: &mut Diagnostics,
) -> Vec<Fact<Response>> {
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
    unusual(api, operation, shape, &statuses, diagnostics);
    if let Some(Path { span, .. }) = operation.paths.first()
        && !statuses.iter().any(|status| is_success(status.value))
    {
        let span = *span;
        // Reported once all pages are united: another page may state it.
        statuses.push(Fact::new(shape.status, Source::Metadata, span));
    }
    statuses.sort_by_key(|status| !is_success(status.value));
    statuses
        .into_iter()
        .map(|status| Fact {
            value: Response {
                status: status.value,
                body: has_body(api, operation, status.value, shows_body)
                    .then_some(shape.response)
                    .flatten(),
            },
            said_by: status.said_by,
            span: status.span,
            overruled: status.overruled,
        })
        .collect()
}

/// Reports a success that is not the one which OData gives the method.
fn unusual(
    api: &Api,
    operation: &Operation,
    shape: &Shape,
    statuses: &[Fact<u16>],
    diagnostics: &mut Diagnostics,
) {
    let (usual, does): (&[u16], &str) = match (operation.method, shape.response) {
        _ if reads(api, operation) => (&[200, 204, 206], "reads"),
        (Method::Post, Some(_)) if !matches!(operation.site, Site::Bound(_)) => {
            (&[201, 204], "creates")
        }
        (Method::Post, Some(_)) => (&[200, 201, 204], "returns something"),
        (Method::Patch | Method::Put, _) => (&[200, 201, 204], "changes something"),
        _ => (&[204], "returns nothing"),
    };
    // What is documented first holds; where an example differs from the prose, that has been told.
    let Some(status) = statuses.iter().find(|status| (200..300).contains(&status.value)) else {
        return;
    };
    // The prose of a page holds for all its operations, and is told of once.
    let is_told = diagnostics
        .iter()
        .any(|told| told.code == codes::STATUS_UNUSUAL && told.primary() == Some(status.span));
    // Accepting work to be done later is open to all, and so is answering for several parts.
    if is_told || usual.contains(&status.value) || matches!(status.value, 202 | 207) {
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
