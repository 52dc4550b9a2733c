//! The operations of one page.
//!
//! In come a page and the model; out go the operations that its templates and examples reach, each
//! with what the page says. Holds: an operation is a method at a site, on the whole or on an item, so
//! that several templates can be paths of one operation; what reaches none is reported, and what the
//! generator cannot represent yet is an operation like others, since the page is not at fault.

use std::collections::BTreeMap;

use msgraph_docs::{Announced, Body, HttpRequest, Page};
use msgraph_ir::{
    Api, Counts, Fact, LeftOut, Method, Operation, OperationKey, Path, Prose, Site, Source, dump,
};
use msgraph_source::catalogue::{contract, link as codes};
use msgraph_source::{Code, Diagnostic, Diagnostics, Spanned};

use super::body::Model;
use super::example::{ExampleReader, Reached, shown_statuses};
use super::facts::HeaderGap;
use super::reach::{Reach, reach};
use super::responses::{Statuses, responses};
use super::status::statuses;
use super::{facts, link, permissions, summary};
use crate::operation::{Shape, ending, is_pageable, is_stream, obstacle, same_route, stream};
use crate::url::{ResolvedPath, Resolver};

/// An operation of the page, with what the model says of it.
struct Local {
    operation: Operation,
    shape: Shape,
    /// Whether an example of the operation shows a body; none where there is no example.
    shows_body: Option<bool>,
    /// The statuses of its examples.
    shown: Vec<Fact<u16>>,
    /// Whether an example sends JSON, or shows no body.
    sends_json: bool,
    /// Whether an example sends something else, and says what.
    sends_content: bool,
}

/// What a page says of operations.
#[derive(Default)]
pub(crate) struct Reading {
    /// The operations.
    pub(crate) operations: Vec<Operation>,
    /// Headers that the metadata asks for and the page does not.
    pub(crate) gaps: Vec<HeaderGap>,
    /// Requests of which none is an operation's.
    pub(crate) unreached: Vec<LeftOut>,
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
    /// Where among them an operation is.
    by_key: BTreeMap<OperationKey, usize>,
    examples: ExampleReader<'a>,
    unreached: Vec<LeftOut>,
    diagnostics: Diagnostics,
}

/// Reads what `page` says of operations.
pub(crate) fn read<'a>(
    model: &'a Model<'a>,
    resolver: &'a Resolver<'a>,
    page: &'a Page,
) -> Reading {
    if page.templates.is_empty() && page.examples.is_empty() {
        return Reading::default();
    }
    let mut reading = Reader {
        api: model.api,
        resolver,
        page,
        locals: Vec::new(),
        by_key: BTreeMap::new(),
        examples: ExampleReader::new(model, page),
        unreached: Vec::new(),
        diagnostics: Diagnostics::new(),
    };
    for template in &page.templates {
        let reach = reading.reach(&template.method, &template.url);
        let counts = &mut reading.examples.counts;
        let is_reached = matches!(reach, Reach::Operation { .. });
        let means_something = is_reached || matches!(reach, Reach::Unfit);
        counts.templates.count(means_something);
        if means_something {
            counts.methods.count(is_reached);
        }
        if let Reach::Operation { method, path, shape } = reach {
            // What stands for each member of a type is as many operations as it has members.
            for path in resolver.each(&path) {
                reading.path(method, shape, &path, &template.url);
            }
        }
    }
    let is_templated = !reading.locals.is_empty();
    for example in &page.examples {
        reading.example(example, is_templated);
    }
    reading.finish()
}

impl<'a> Reader<'a> {
    fn reach(&mut self, method: &Spanned<String>, url: &Spanned<String>) -> Reach {
        reach(self.api, self.resolver, method, url, &mut self.diagnostics)
    }

    fn example(&mut self, example: &'a msgraph_docs::Example, is_templated: bool) {
        let url = &example.request.url;
        let reach = self.reach(&example.request.method, url);
        let counts = &mut self.examples.counts;
        match reach {
            Reach::Foreign => counts.foreign_examples += 1,
            Reach::Nothing => counts.examples.count(false),
            Reach::Unfit | Reach::Operation { .. } => counts.examples.count(true),
        }
        // What nobody has checked documents no operation and proves no body.
        if example.announced == Announced::Ignored {
            // That a body is none of JSON is seen without checking it, and often shown nowhere else.
            if let Reach::Operation { method, path, .. } = &reach
                && let key = (*method, path.site, path.on_item, ending(path))
                && let Some(local) = self.by_key.get(&key).and_then(|&at| self.locals.get_mut(at))
            {
                local.sends_content |= sent_content(&example.request);
            }
            let reason = "the page says that nobody checks it";
            self.unreached.push(self.left_out(example, contract::IGNORED, reason));
            return;
        }
        let why = match reach {
            Reach::Foreign => Some((codes::FOREIGN_HOST, "the URL is that of another service")),
            Reach::Nothing => {
                Some((codes::UNRESOLVED_URL, "the URL means nothing in the metadata"))
            }
            Reach::Unfit => Some((codes::METHOD_MISMATCH, "the method cannot be used there")),
            Reach::Operation { .. } => None,
        };
        let why = why.map(|(code, reason)| self.left_out(example, code, reason));
        self.unreached.extend(why);
        let Reach::Operation { method, path: reached, shape } = reach else {
            self.examples.without_operation(example, &mut self.diagnostics);
            return;
        };
        let known = self.locals.len();
        let (index, path) = self.path(method, shape, &reached, url);
        if is_templated && index == known {
            self.report_stray(example, index, path);
        }
        let Some(local) = self.locals.get_mut(index) else {
            return;
        };
        let (operation, shape) = (&local.operation, &local.shape);
        let reached = Reached { operation, shape, url: &reached, path };
        let built = self.examples.example(example, reached, &mut self.diagnostics);
        local.operation.examples.push(built);
        match sent_content(&example.request) {
            true => local.sends_content = true,
            false => local.sends_json = true,
        }
        // Metadata says what a stream is, and not what writing one answers.
        if local.shape.request.is_some_and(is_stream)
            && let Some(stated) = self.examples.stated_answer(example)
        {
            local.shape.response = Some(stated);
        }
        if let Some((status, has_body)) = shown_statuses(example) {
            if (200..300).contains(&status.value) {
                local.shows_body = Some(has_body || local.shows_body == Some(true));
            }
            local.shown.push(status);
        }
    }

    fn left_out(&self, example: &msgraph_docs::Example, code: Code, reason: &str) -> LeftOut {
        LeftOut {
            name: example.name.value.clone(),
            method: example.request.method.value.clone(),
            url: example.request.url.value.clone(),
            code,
            reason: reason.to_owned(),
            page: self.page.name.clone(),
            span: example.request.span,
        }
    }

    /// The operation and the path of it that were reached; they are new where the page has not named
    /// them before.
    fn path(
        &mut self,
        method: Method,
        shape: Shape,
        path: &ResolvedPath,
        url: &Spanned<String>,
    ) -> (usize, usize) {
        let key: OperationKey = (method, path.site, path.on_item, ending(path));
        let index = *self.by_key.entry(key).or_insert_with(|| {
            self.locals.push(Local {
                operation: blank(self.api, self.page, key, &shape),
                shape,
                shows_body: None,
                shown: Vec::new(),
                sends_json: false,
                sends_content: false,
            });
            self.locals.len() - 1
        });
        let Some(local) = self.locals.get_mut(index) else {
            return (index, 0);
        };
        let paths = &mut local.operation.paths;
        let obstacle = obstacle(self.api, path);
        let at = paths
            .iter()
            .position(|known| known.obstacle == obstacle && same_route(&known.steps, &path.steps));
        let at = at.unwrap_or_else(|| {
            let template = dump::path(self.api, &path.steps);
            paths.push(Path { template, steps: path.steps.clone(), obstacle, span: url.span });
            paths.len() - 1
        });
        (index, at)
    }

    /// The example is named by its own path: what the operation ends in, and whether it is about one
    /// item, is what sets it apart from those of the templates.
    fn report_stray(&mut self, example: &msgraph_docs::Example, local: usize, path: usize) {
        let Some(local) = self.locals.get(local) else {
            return;
        };
        let operation = &local.operation;
        let Some(path) = operation.paths.get(path) else {
            return;
        };
        let mut found = Diagnostic::at(
            codes::STRAY_EXAMPLE,
            example.request.url.span,
            format!(
                "the example `{}` is one of `{} {}`, for which the page has no template",
                example.name.value,
                operation.method.as_str(),
                path.template
            ),
        );
        if let Some(template) = self.page.templates.first() {
            found = found.label(template.url.span, "the page's template");
        }
        self.diagnostics.push(found.help("correct the URL of the example, or add the template"));
    }

    fn finish(self) -> Reading {
        let Self { api, page, locals, examples, unreached, mut diagnostics, .. } = self;
        let mut gaps = Vec::new();
        let stated = statuses(&page.response);
        let is_ambiguous = locals.len() > 1;
        let mut operations = Vec::new();
        for local in locals {
            let mut operation = local.operation;
            let statuses = Statuses {
                stated: &stated,
                is_ambiguous,
                shown: &local.shown,
                shows_body: local.shows_body,
            };
            // Metadata wins on types; but of an entity that is made from a page of HTML, or from parts of
            // any type, it tells what is made, and not what of.
            let is_parameters = matches!(operation.site, Site::Bound(_)) && !operation.on_item;
            if local.sends_content && !local.sends_json && !is_parameters {
                operation.request = operation.request.map(|_| stream());
            }
            operation.responses =
                responses(api, &operation, &local.shape, &statuses, &mut diagnostics);
            operations.push(operation);
        }
        permissions::assign(api, page, &mut operations, &mut diagnostics);
        facts::contradictions(api, page, &operations, &mut gaps, &mut diagnostics);
        Reading { operations, gaps, unreached, counts: examples.counts, diagnostics }
    }
}

/// Whether a request says that its body is something else than JSON, and has one.
fn sent_content(request: &HttpRequest) -> bool {
    let mut headers = request.headers.iter();
    let content_type = headers.find(|(name, _)| name.value.eq_ignore_ascii_case("content-type"));
    let is_other = content_type.is_some_and(|(_, value)| {
        let essence = value.value.split(';').next().unwrap_or_default().trim();
        !essence.is_empty() && !essence.eq_ignore_ascii_case("application/json")
    });
    is_other && matches!(request.body, Some(Body::Other(_)))
}

/// An operation of which nothing but its place and the words of its page is known.
fn blank(api: &Api, page: &Page, key: OperationKey, shape: &Shape) -> Operation {
    Operation {
        request: shape.request,
        headers: facts::headers(page),
        query_options: page.query_parameters.names.iter().map(|n| n.value.clone()).collect(),
        description: summary(page)
            .map(|text| Prose::new(text.value.clone(), Source::Documents, text.span))
            .collect(),
        page: Some(link(page, false)),
        is_pageable: is_pageable(api, key.0, shape),
        ..Operation::new(key)
    }
}
