//! The request headers of a page, and whether the metadata contradicts the page.
//!
//! In come the tables of a page and the capabilities of the sites of its operations; out go headers,
//! and notes: operations and query options that the metadata forbids, headers that only one source requires.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_docs::Page;
use msgraph_ir::{Api, Ending, HeaderField, Method, Operation, QueryOption};
use msgraph_source::{Diagnostic, Diagnostics, Span, catalogue::link as codes};

use crate::operation::{capability, headers_term, site_capabilities, site_span};

/// The request headers of a page.
pub(crate) fn headers(page: &Page) -> Vec<HeaderField> {
    page.request_headers
        .iter()
        .map(|row| HeaderField {
            name: row.name.value.clone(),
            description: row.description.value.clone(),
            required: row.required,
            span: row.span,
        })
        .collect()
}

/// A request header that a page requires and the metadata of the site does not.
pub(crate) struct HeaderGap {
    name: String,
    row: Span,
    page: String,
    site: String,
    declaration: Option<Span>,
}

/// Holds what a page says against what the metadata says of the sites of its operations.
pub(crate) fn contradictions(
    api: &Api,
    page: &Page,
    operations: &[Operation],
    gaps: &mut Vec<HeaderGap>,
    diagnostics: &mut Diagnostics,
) {
    for operation in operations {
        forbidden(api, operation, diagnostics);
    }
    forbidden_options(api, page, operations, diagnostics);
    // The headers of a page hold for all its operations: told once, at the first of them.
    if let Some(operation) = operations.first() {
        required_headers(api, page, operation, gaps, diagnostics);
    }
}

/// Reports headers that only pages know to be required. Of a header that the metadata mentions
/// nowhere, both sources disagree once, not once a page.
pub(crate) fn report_gaps(api: &Api, gaps: Vec<HeaderGap>, diagnostics: &mut Diagnostics) {
    let of_items = api.items.iter().filter_map(|(_, item)| item.structured());
    let of_properties = of_items.flat_map(|s| &s.properties).map(|p| &p.capabilities);
    let of_roots = api.container.roots.iter().map(|root| &root.capabilities);
    let mentioned: BTreeSet<String> = of_properties
        .chain(of_roots)
        .flat_map(|capabilities| &capabilities.custom_headers)
        .map(|(_, name, ..)| name.to_ascii_lowercase())
        .collect();
    let mut unmentioned: BTreeMap<String, Vec<HeaderGap>> = BTreeMap::new();
    for gap in gaps {
        let name = gap.name.to_ascii_lowercase();
        if mentioned.contains(&name) {
            diagnostics.push(gap.diagnostic());
        } else {
            unmentioned.entry(name).or_default().push(gap);
        }
    }
    for gaps in unmentioned.values() {
        let Some((first, others)) = gaps.split_first() else {
            continue;
        };
        let mut found = first.diagnostic();
        if !others.is_empty() {
            let names: Vec<&str> = others.iter().take(3).map(|gap| gap.page.as_str()).collect();
            let dots = if names.len() < others.len() { ", …" } else { "" };
            found = found.note(format!(
                "so does each of {} other pages: {}{dots}",
                others.len(),
                names.join(", ")
            ));
        }
        diagnostics.push(found);
    }
}

impl HeaderGap {
    fn diagnostic(&self) -> Diagnostic {
        let found = Diagnostic::new(
            codes::REQUIRED_HEADER,
            format!(
                "the page requires the header `{}`, and no `CustomHeaders` of `{}` do",
                self.name, self.site
            ),
        )
        .label(self.row, "required")
        .note("documents win on required headers");
        match self.declaration {
            Some(span) => found.label(span, "the metadata"),
            None => found,
        }
    }
}

fn forbidden(api: &Api, operation: &Operation, diagnostics: &mut Diagnostics) {
    // Capabilities speak of entities; a link or a raw value is none.
    if !matches!(operation.ending, Ending::Plain | Ending::Cast(_)) {
        return;
    }
    let Some(capabilities) = site_capabilities(api, operation.site) else {
        return;
    };
    let (name, said) = capability(capabilities, operation.method);
    let (Some((false, span)), Some(path)) = (said, operation.paths.first()) else {
        return;
    };
    diagnostics.push(
        Diagnostic::at(
            codes::CAPABILITY,
            path.span,
            format!(
                "the page documents `{} {}`, and the metadata says that `{}` is not {name}",
                operation.method.as_str(),
                path.template,
                api.site_name(operation.site)
            ),
        )
        .label(span, "the metadata")
        .note("documents win on which operations there are: the operation is kept"),
    );
}

/// Reports query options that the page names and the metadata forbids where an operation of it reads: each once, at
/// the first of the places.
fn forbidden_options(
    api: &Api,
    page: &Page,
    operations: &[Operation],
    diagnostics: &mut Diagnostics,
) {
    for name in &page.query_parameters.names {
        let Some(option) = QueryOption::from_name(&name.value) else { continue };
        let mut places = BTreeMap::new();
        for operation in operations {
            let bears = operation.is_pageable || option.bears_on_one();
            if operation.method != Method::Get || operation.ending != Ending::Plain || !bears {
                continue;
            }
            let said = site_capabilities(api, operation.site).and_then(|said| option.said(said));
            if let Some((false, span)) = said {
                places.insert(api.site_name(operation.site), span);
            }
        }
        let mut places = places.into_iter();
        let Some((place, span)) = places.next() else { continue };
        let mut found = Diagnostic::at(
            codes::CAPABILITY,
            name.span,
            format!(
                "the page names `{}`, and the metadata says that `{place}` does not take it",
                option.name()
            ),
        )
        .label(span, "the metadata")
        .note("documents win on what can be asked for: the option is kept");
        let others: Vec<String> = places.map(|(place, _)| format!("`{place}`")).collect();
        if !others.is_empty() {
            found = found.note(format!("nor does {}", others.join(", nor ")));
        }
        diagnostics.push(found);
    }
}

fn required_headers(
    api: &Api,
    page: &Page,
    operation: &Operation,
    gaps: &mut Vec<HeaderGap>,
    diagnostics: &mut Diagnostics,
) {
    let term = headers_term(operation.method);
    let site = api.site_name(operation.site);
    let none = Vec::new();
    let known = site_capabilities(api, operation.site).map_or(&none, |c| &c.custom_headers);
    let known: Vec<_> = known.iter().filter(|(of, ..)| of == term).collect();
    for row in page.request_headers.iter().filter(|row| row.required) {
        let is_known = known
            .iter()
            .any(|(_, name, required, _)| *required && name.eq_ignore_ascii_case(&row.name.value));
        if !is_known {
            gaps.push(HeaderGap {
                name: row.name.value.clone(),
                row: row.span,
                page: page.name.clone(),
                site: site.clone(),
                declaration: site_span(api, operation.site),
            });
        }
    }
    for (_, name, is_required, span) in &known {
        let row = page.request_headers.iter().find(|row| row.name.value.eq_ignore_ascii_case(name));
        if !is_required || row.is_some_and(|row| row.required) {
            continue;
        }
        let place = match (row, operation.paths.first()) {
            (Some(row), _) => row.span,
            (None, Some(path)) => path.span,
            (None, None) => continue,
        };
        diagnostics.push(
            Diagnostic::at(
                codes::REQUIRED_HEADER,
                place,
                format!(
                    "the metadata of `{site}` requires the header `{name}`, and the page does not"
                ),
            )
            .label(*span, "the metadata")
            .note("documents win on required headers"),
        );
    }
}
