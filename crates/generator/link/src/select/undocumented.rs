//! An operation that is asked for and that no page documents.
//!
//! In come a method and a path; out goes the operation as the metadata alone knows it, or why there is
//! none. Holds: what the metadata forbids, and what cannot be generated yet, is refused.

use msgraph_ir::{Api, Fact, Method, Operation, Path, Response, Source, dump};
use msgraph_source::{Diagnostic, catalogue::link as codes, nearest, or_list};

use crate::operation::{
    Unfit, capability, ending, is_pageable, obstacle, shape, site_capabilities, site_span,
};
use crate::url::Resolver;

/// An operation of which only the metadata speaks.
pub(super) fn undocumented(
    api: &Api,
    method: Method,
    pattern: &str,
) -> Result<Operation, Box<Diagnostic>> {
    let selector = format!("{} {pattern}", method.as_str());
    let path = Resolver::new(api).resolve(pattern).map_err(|error| {
        let near = if error.nearest.is_empty() {
            let templates =
                api.operations.iter().flat_map(|(_, o)| &o.paths).map(|p| p.template.as_str());
            nearest(pattern, templates, 3).into_iter().map(str::to_owned).collect()
        } else {
            error.nearest.clone()
        };
        let found = Diagnostic::new(
            codes::SELECTOR_MATCHES_NOTHING,
            format!(
                "the selector `{selector}` matches nothing: `{}` has no `{}`",
                error.standing_on, error.segment
            ),
        );
        Box::new(match near.as_slice() {
            [] => found.help("correct the path"),
            near => found.help(format!("did you mean {}?", or_list(near))),
        })
    })?;
    let shape = shape(api, method, &path).map_err(|Unfit(fits)| {
        let fits: Vec<&str> = fits.iter().map(|method| method.as_str()).collect();
        let found = Diagnostic::new(
            codes::SELECTOR_MATCHES_NOTHING,
            format!("the selector `{selector}` matches nothing: the method cannot be used there"),
        );
        Box::new(match fits.as_slice() {
            [] => found.help("correct the path: nothing is returned there"),
            fits => found.help(format!("use {}", or_list(fits))),
        })
    })?;
    if let Some(obstacle) = obstacle(api, &path) {
        return Err(Box::new(
            Diagnostic::new(
                codes::SELECTOR_MATCHES_NOTHING,
                format!(
                    "the selector `{selector}` cannot be followed: {} is not supported yet",
                    obstacle.words()
                ),
            )
            .help("drop the selector"),
        ));
    }
    let Some(span) = site_span(api, path.site) else {
        return Err(Box::new(Diagnostic::new(
            codes::SELECTOR_MATCHES_NOTHING,
            format!("the selector `{selector}` matches nothing"),
        )));
    };
    let said = site_capabilities(api, path.site).map(|all| capability(all, method));
    if let Some((name, Some((false, annotation)))) = said {
        let site = api.site_name(path.site);
        return Err(Box::new(
            Diagnostic::at(
                codes::FORBIDDEN_OPERATION,
                annotation,
                format!("the selector `{selector}` names what the metadata forbids: `{site}` is not {name}"),
            )
            .help("drop the selector, or select a page that documents the operation: documents win on which operations there are"),
        ));
    }
    let response = Response {
        status: shape.status,
        body: shape.response.filter(|_| shape.status != 204),
        is_choice: false,
    };
    let key = (method, path.site, path.on_item, ending(&path));
    Ok(Operation {
        paths: vec![Path {
            template: dump::path(api, &path.steps),
            steps: path.steps,
            obstacle: None,
            span,
        }],
        request: shape.request,
        responses: vec![Fact::new(response, Source::Metadata, span)],
        is_pageable: is_pageable(api, method, &shape),
        ..Operation::new(key)
    })
}
