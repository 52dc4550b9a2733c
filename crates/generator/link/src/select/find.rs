//! The operations that selectors name, with nothing selected.
//!
//! In come the merged model, the pages and selectors; out go operations in the order of their paths,
//! for who only asks about them. Holds: a selector that names no operation is an error; a page is
//! known by what it documents, whether or not its examples are annotated.

use std::collections::BTreeSet;
use std::slice;

use msgraph_docs::Page;
use msgraph_ir::{Api, OperationId};
use msgraph_source::{Diagnostic, Diagnostics, catalogue::link as codes};

use super::closure::in_order;
use super::roots::{operations_of, roots};
use super::selector::{Selector, matches};

/// The operations that `selectors` name. One that no page documents is made from what the metadata
/// says of it.
pub fn find(
    api: &mut Api,
    pages: &[Page],
    selectors: &[Selector],
) -> (Vec<OperationId>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut found = BTreeSet::new();
    for selector in selectors {
        let named = named(api, pages, selector);
        if !named.is_empty() {
            found.extend(named);
            continue;
        }
        let before = diagnostics.len();
        let roots = roots(api, pages, slice::from_ref(selector), &mut diagnostics);
        if roots.operations.is_empty() && diagnostics.len() == before {
            diagnostics.push(
                Diagnostic::new(
                    codes::SELECTOR_MATCHES_NOTHING,
                    format!("the selector `{selector}` names no operation"),
                )
                .help("name the page of an operation, a request, or `METHOD /path/{id}`"),
            );
        }
        found.extend(roots.operations);
    }
    (in_order(api, found), diagnostics)
}

/// The operations of the pages and requests that a selector names.
fn named(api: &Api, pages: &[Page], selector: &Selector) -> Vec<OperationId> {
    let Selector::Name(name) = selector else {
        return Vec::new();
    };
    let page_name = name.strip_suffix(".md").unwrap_or(name);
    let of_pages = pages
        .iter()
        .filter(|page| matches(page_name, &page.name))
        .flat_map(|page| operations_of(api, page));
    let of_requests = api.operations.iter().filter(|(_, operation)| {
        operation.examples.iter().any(|example| matches(name, &example.name))
    });
    of_pages.chain(of_requests.map(|(id, _)| id)).collect()
}
