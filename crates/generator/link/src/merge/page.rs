//! The operations of one page.
//!
//! In come a page and the model; out go the operations that its templates and examples reach, each
//! with what the page says. Holds: an operation is a method at a site, on the whole or on an item, so
//! that several templates can be paths of one operation; what cannot be used is reported.

use msgraph_docs::Page;
use msgraph_ir::{
    Api, BoundKind, Counts, Fact, Method, Operation, Path, Prose, Response, Site, Source, dump,
};
use msgraph_source::{Diagnostic, Diagnostics, Spanned, catalogue::link as codes};

use super::example::{ExampleReader, shown_statuses};
use super::facts::HeaderGap;
use super::status::statuses;
use super::type_names::TypeNames;
use super::{facts, link, permissions, summary};
use crate::names::or_list;
use crate::operation::{Shape, Unfit, is_pageable, same_route, shape};
use crate::url::{ResolvedPath, Resolver};

/// An operation of the page, with what the model says of it.
struct Local {
    operation: Operation,
    shape: Shape,
    /// Whether an example of the operation shows a body; none where there is no example.
    shows_body: Option<bool>,
    /// The statuses of its examples.
    shown: Vec<Fact<u16>>,
}

/// A method and a URL that mean something.
struct Reached {
    method: Method,
    path: ResolvedPath,
    shape: Shape,
}

/// What a page says of operations.
#[derive(Default)]
pub(crate) struct Reading {
    /// The operations.
    pub(crate) operations: Vec<Operation>,
    /// Headers that the metadata asks for and the page does not.
    pub(crate) gaps: Vec<HeaderGap>,
    /// How much of it agrees with the metadata.
    pub(crate) counts: Counts,
    /// What there is to say.
    pub(crate) diagnostics: Diagnostics,
}

struct Reader<'a> {
    api: &'a Api,
    resolver: &'a Resolver<'a>,
    page: &'a Page,
    locals: Vec<Local>,
    counts: Counts,
    diagnostics: Diagnostics,
}

/// Reads what `page` says of operations.
pub(crate) fn read(api: &Api, resolver: &Resolver<'_>, types: &TypeNames, page: &Page) -> Reading {
    if page.templates.is_empty() && page.examples.is_empty() {
        return Reading::default();
    }
    let mut reading = Reader {
        api,
        resolver,
        page,
        locals: Vec::new(),
        counts: Counts::default(),
        diagnostics: Diagnostics::new(),
    };
    for template in &page.templates {
        if let Some(reached) = reading.reach(&template.method, &template.url) {
            reading.path(reached, &template.url);
        }
    }
    let is_templated = !reading.locals.is_empty();
    let examples = ExampleReader { api, types };
    for example in &page.examples {
        let (method, url) = (&example.request.method, &example.request.url);
        let Some(reached) = reading.reach(method, url) else {
            continue;
        };
        let known = reading.locals.len();
        let (shape, resolved) = (reached.shape, reached.path.clone());
        let (local, path) = reading.path(reached, url);
        if is_templated && local == known {
            reading.report_stray(example, local);
        }
        let Some(local) = reading.locals.get_mut(local) else {
            continue;
        };
        let built = examples.example(
            example,
            &local.operation,
            &shape,
            &resolved,
            path,
            &mut reading.diagnostics,
        );
        local.operation.examples.push(built);
        if let Some((status, has_body)) = shown_statuses(example) {
            if (200..300).contains(&status.value) {
                local.shows_body = Some(has_body || local.shows_body == Some(true));
            }
            local.shown.push(status);
        }
    }
    reading.finish()
}

impl Reader<'_> {
    fn reach(&mut self, method: &Spanned<String>, url: &Spanned<String>) -> Option<Reached> {
        let path = match self.resolver.resolve(&url.value) {
            Ok(path) => path,
            Err(error) => {
                self.diagnostics.push(error.diagnostic(&url.value, url.span));
                return None;
            }
        };
        self.version(&path, url);
        if !path.leniencies.is_empty() {
            self.diagnostics.push(
                Diagnostic::at(
                    codes::URL_SPELLING,
                    url.span,
                    format!("the URL differs from the metadata: {}", path.leniencies.join("; ")),
                )
                .note("the operation is found nevertheless"),
            );
        }
        let Some(known) = Method::from_token(&method.value.to_ascii_uppercase()) else {
            self.diagnostics.push(
                Diagnostic::at(
                    codes::NOT_SUPPORTED,
                    method.span,
                    format!("the method `{}` is not supported", method.value),
                )
                .help("operations use GET, POST, PATCH, PUT or DELETE"),
            );
            return None;
        };
        match shape(self.api, known, &path) {
            Ok(shape) => Some(Reached { method: known, path, shape }),
            Err(Unfit::NotSupported(what)) => {
                self.diagnostics.push(
                    Diagnostic::at(
                        codes::NOT_SUPPORTED,
                        url.span,
                        format!("{what} is not supported yet, so that there is no operation for this URL"),
                    )
                    .help("nothing is generated for it; the page's other operations are kept"),
                );
                None
            }
            Err(Unfit::Method(fits)) => {
                let fits: Vec<&str> = fits.iter().map(|method| method.as_str()).collect();
                let mut found = Diagnostic::at(
                    codes::METHOD_MISMATCH,
                    method.span,
                    format!(
                        "`{}` cannot be used on `{}`",
                        method.value,
                        self.api.site_name(path.site)
                    ),
                );
                if let Some(span) = crate::operation::site_span(self.api, path.site) {
                    found = found.label(span, "the metadata");
                }
                self.diagnostics.push(found.help(format!("use {}", or_list(&fits))));
                None
            }
        }
    }

    fn version(&mut self, path: &ResolvedPath, url: &Spanned<String>) {
        let Some(version) = &path.version else { return };
        if *version == self.api.version {
            return;
        }
        let exact = url.span.range().len() == url.value.len();
        let at = url.value.to_ascii_lowercase().find(&format!("/{version}"));
        let place = match at {
            Some(at) if exact => url.span.slice(at + 1..at + 1 + version.len()),
            _ => url.span,
        };
        self.diagnostics.push(
            Diagnostic::at(
                codes::OTHER_VERSION,
                place,
                format!(
                    "the URL is that of `{version}`, and the metadata is that of `{}`",
                    self.api.version
                ),
            )
            .help(format!(
                "write `/{}`, or use the page with the other metadata",
                self.api.version
            )),
        );
    }

    /// The operation and the path of it that were reached; they are new where the page has not named
    /// them before.
    fn path(&mut self, reached: Reached, url: &Spanned<String>) -> (usize, usize) {
        let Reached { method, path, shape } = reached;
        let key = (method, path.site, path.on_item);
        let known = self.locals.iter().position(|local| {
            let operation = &local.operation;
            (operation.method, operation.site, operation.on_item) == key
        });
        let index = known.unwrap_or_else(|| {
            self.locals.push(Local {
                operation: self.blank(method, &path, &shape),
                shape,
                shows_body: None,
                shown: Vec::new(),
            });
            self.locals.len() - 1
        });
        let Some(local) = self.locals.get_mut(index) else {
            return (index, 0);
        };
        let paths = &mut local.operation.paths;
        let at = paths.iter().position(|known| same_route(&known.steps, &path.steps));
        let at = at.unwrap_or_else(|| {
            paths.push(Path {
                template: dump::path(self.api, &path.steps),
                steps: path.steps,
                span: url.span,
            });
            paths.len() - 1
        });
        (index, at)
    }

    fn blank(&self, method: Method, path: &ResolvedPath, shape: &Shape) -> Operation {
        Operation {
            method,
            site: path.site,
            on_item: path.on_item,
            paths: Vec::new(),
            request: shape.request,
            responses: Vec::new(),
            permissions: None,
            headers: facts::headers(self.page),
            query_options: self
                .page
                .query_parameters
                .names
                .iter()
                .map(|n| n.value.clone())
                .collect(),
            description: summary(self.page)
                .map(|text| Prose::new(text.value.clone(), Source::Documents, text.span))
                .collect(),
            page: Some(link(self.page, false)),
            other_pages: Vec::new(),
            is_pageable: is_pageable(self.api, method, shape),
            examples: Vec::new(),
        }
    }

    fn report_stray(&mut self, example: &msgraph_docs::Example, local: usize) {
        let Some(local) = self.locals.get(local) else {
            return;
        };
        let operation = &local.operation;
        let mut found = Diagnostic::at(
            codes::STRAY_EXAMPLE,
            example.request.url.span,
            format!(
                "the example `{}` is one of `{} {}`, for which the page has no template",
                example.name.value,
                operation.method.as_str(),
                self.api.site_name(operation.site)
            ),
        );
        if let Some(template) = self.page.templates.first() {
            found = found.label(template.url.span, "the page's template");
        }
        self.diagnostics.push(found.help("correct the URL of the example, or add the template"));
    }

    fn finish(self) -> Reading {
        let Self { api, page, locals, counts, mut diagnostics, .. } = self;
        let mut gaps = Vec::new();
        let stated = statuses(&page.response);
        let mut operations = Vec::new();
        for local in locals {
            let mut operation = local.operation;
            operation.responses = responses(
                api,
                &operation,
                &local.shape,
                &stated,
                &local.shown,
                local.shows_body,
                &mut diagnostics,
            );
            operations.push(operation);
        }
        permissions::assign(api, page, &mut operations, &mut diagnostics);
        facts::contradictions(api, page, &operations, &mut gaps, &mut diagnostics);
        Reading { operations, gaps, counts, diagnostics }
    }
}

/// The responses: those that the prose states, those that examples show, or the one of OData.
fn responses(
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

/// Whether an answer with this status has the body that the metadata gives the operation. Only
/// reading must have one; of others the example tells.
fn has_body(api: &Api, operation: &Operation, status: u16, shows_body: Option<bool>) -> bool {
    let reads = operation.method == Method::Get
        || matches!(operation.site, Site::Bound(id) if api.bound[id].kind == BoundKind::Function);
    match status {
        204 | 205 => false,
        202 => shows_body == Some(true),
        200..300 => reads || shows_body != Some(false),
        _ => false,
    }
}
