//! What a method and a URL of a page mean.
//!
//! In comes what a template or an example writes; out goes the operation that it reaches, or none
//! with the diagnostic that says why: the URL means nothing, or the method cannot be used there.

use msgraph_ir::{Api, Method};
use msgraph_source::{Code, Diagnostic, Diagnostics, Spanned, catalogue::link as codes, or_list};

use crate::operation::{Shape, Unfit, shape, site_span};
use crate::url::{ResolvedPath, Resolver, UrlErrorKind};

/// What a method and a URL mean.
pub(super) enum Reach {
    /// An operation.
    Operation {
        /// The method.
        method: Method,
        /// The URL.
        path: Box<ResolvedPath>,
        /// What the metadata says of them.
        shape: Shape,
    },
    /// A place at which the method cannot be used.
    Unfit,
    /// Nothing in this model.
    Nothing,
    /// Another service.
    Foreign,
}

/// Finds out what `method` and `url` mean, and reports what is to be said of them.
pub(super) fn reach(
    api: &Api,
    resolver: &Resolver<'_>,
    method: &Spanned<String>,
    url: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Reach {
    let path = match resolver.resolve(&url.value) {
        Ok(path) => path,
        Err(error) => {
            diagnostics.push(error.diagnostic(&url.value, url.span));
            return match error.kind {
                UrlErrorKind::ForeignHost => Reach::Foreign,
                _ => Reach::Nothing,
            };
        }
    };
    diagnostics.extend(version(api, &path, url));
    if !path.leniencies.is_empty() {
        let leniencies: Vec<String> = path.leniencies.iter().map(ToString::to_string).collect();
        diagnostics.push(
            Diagnostic::at(
                codes::URL_SPELLING,
                url.span,
                format!("the URL differs from the metadata: {}", leniencies.join("; ")),
            )
            .note("the operation is found nevertheless"),
        );
    }
    let Some(known) = Method::from_token(&method.value.to_ascii_uppercase()) else {
        diagnostics.push(
            Diagnostic::at(
                codes::METHOD_MISMATCH,
                method.span,
                format!("`{}` is no method of an operation", method.value),
            )
            .help("use `GET`, `POST`, `PATCH`, `PUT` or `DELETE`"),
        );
        return Reach::Unfit;
    };
    match shape(api, known, &path) {
        Ok(shape) => Reach::Operation { method: known, path: Box::new(path), shape },
        Err(Unfit(fits)) => {
            let fits: Vec<&str> = fits.iter().map(|method| method.as_str()).collect();
            let site = api.site_name(path.site);
            let mut found = Diagnostic::at(
                codes::METHOD_MISMATCH,
                method.span,
                format!("`{}` cannot be used on `{site}`", method.value),
            );
            if let Some(span) = site_span(api, path.site) {
                found = found.label(span, "the metadata");
            }
            diagnostics.push(match fits.as_slice() {
                [] => found.help("correct the URL: nothing is returned there"),
                fits => found.help(format!("use {}", or_list(fits))),
            });
            Reach::Unfit
        }
    }
}

/// The codes of what is found in a URL that reaches an operation.
pub(super) fn url_findings(api: &Api, path: &ResolvedPath) -> Vec<Code> {
    let is_other_version = path.version.as_ref().is_some_and(|version| *version != api.version);
    let found = [
        (is_other_version, codes::OTHER_VERSION),
        (!path.leniencies.is_empty(), codes::URL_SPELLING),
    ];
    found.into_iter().filter_map(|(is_found, code)| is_found.then_some(code)).collect()
}

/// The URL's version, where it is not that of the metadata.
fn version(api: &Api, path: &ResolvedPath, url: &Spanned<String>) -> Option<Diagnostic> {
    let version = path.version.as_ref().filter(|version| **version != api.version)?;
    let exact = url.span.range().len() == url.value.len();
    let at = url.value.to_ascii_lowercase().find(&format!("/{version}"));
    let place = match at {
        Some(at) if exact => url.span.slice(at + 1..at + 1 + version.len()),
        _ => url.span,
    };
    let message =
        format!("the URL is that of `{version}`, and the metadata is that of `{}`", api.version);
    Some(
        Diagnostic::at(codes::OTHER_VERSION, place, message)
            .help(format!("write `/{}`, or use the page with the other metadata", api.version)),
    )
}
