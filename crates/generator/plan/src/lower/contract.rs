//! Documented examples to data, and to the registry that leads from the data to typed code.
//!
//! In come examples as the linker bound them to operations, and those that it left out; out come pages of
//! examples, and for each operation and path that one of them follows the call of the builder and the method
//! of the trait. Holds: no example is lost; one that is not run has the code that tells why.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_ir::{Example as IrExample, ExampleFinding, LeftOut, Operation as IrOperation};
use msgraph_source::{Code, Diagnostic, Json, Span, catalogue};
use rayon::prelude::*;

use super::Lowering;
use super::client::verb_name;
use super::client_names::ClientNames;
use super::examples::{DEPTH, documented_headers, path_value, plain_text, walk_of};
use super::operations::Planned;
use super::paths::{By, Walk};
use super::server::Handler;
use crate::data::{
    Body, Contract, ContractCall, ContractExample, ContractMessage, ContractPage, ContractResponse,
    ContractRun, ContractService, Grant, Need, NotRun, PathParameter, PathValue, ServiceMethod,
    ServiceTrait,
};
use crate::json;
use crate::naming::{Case, Ident, Scope, claim};

/// The examples of pages, each at its place there.
type Pages = BTreeMap<String, Vec<(Span, ContractExample)>>;

impl Lowering<'_> {
    /// The contract tests of everything that is selected.
    pub(super) fn contract(
        &mut self,
        planned: &[Planned],
        handlers: &[Handler],
        services: &BTreeMap<Ident, ServiceTrait>,
        names: &ClientNames,
    ) -> Contract {
        let mut pages = Pages::new();
        let mut calls: BTreeMap<(String, &str), ContractCall> = BTreeMap::new();
        let mut methods: BTreeMap<&Ident, BTreeMap<&Ident, &ServiceMethod>> = BTreeMap::new();
        let runs: Vec<Vec<_>> = planned
            .par_iter()
            .map(|planned| {
                let examples = self.api.operations[planned.id].examples.iter();
                examples.map(|example| self.run(planned, example)).collect()
            })
            .collect();
        for ((planned, handler), runs) in planned.iter().zip(handlers).zip(runs) {
            let operation = &self.api.operations[planned.id];
            for (example, run) in operation.examples.iter().zip(runs) {
                if let (Ok(_), Some(walk)) = (&run, walk_of(planned, &example.request))
                    && let Some(call) = self.contract_call(planned, walk, names)
                {
                    calls.insert((walk.template.clone(), planned.operation.method), call);
                    let of_service = methods.entry(&handler.service).or_default();
                    of_service.insert(&handler.method.name, &handler.method);
                }
                self.report_unused(example, &run);
                add(&mut pages, operation, example, run);
            }
        }
        let known: BTreeSet<_> = planned.iter().map(|planned| planned.id).collect();
        for id in self.api.selection.operations.iter().filter(|id| !known.contains(id)) {
            let operation = &self.api.operations[*id];
            for example in &operation.examples {
                let reason = "nothing is generated for its operation".to_owned();
                let why = NotRun { code: catalogue::plan::NOT_SUPPORTED, reason };
                add(&mut pages, operation, example, Err(why));
            }
        }
        for request in &self.api.selection.left_out {
            pages.entry(request.page.clone()).or_default().push((request.span, left_out(request)));
        }
        let services = methods.into_iter().filter_map(|(service, methods)| {
            let of = services.get(service)?;
            Some(ContractService {
                module: of.file.clone(),
                name: of.name.clone(),
                methods: methods.into_values().cloned().collect(),
            })
        });
        Contract {
            pages: in_order(pages),
            calls: calls.into_values().collect(),
            services: services.collect(),
        }
    }

    fn report_unused(&mut self, example: &IrExample, run: &Result<ContractRun, NotRun>) {
        let Err(NotRun { code, reason }) = run else { return };
        if *code == catalogue::plan::EXAMPLE_NOT_USED {
            let name = &example.name;
            let message = format!("the example `{name}` cannot become a contract test: {reason}");
            self.diagnostics.push(
                Diagnostic::at(*code, example.request.span, message)
                    .help("mend the example, or let it stand as an illustration"),
            );
        }
    }

    /// What of an example is held against client and server.
    fn run(&self, planned: &Planned, example: &IrExample) -> Result<ContractRun, NotRun> {
        let not_run = |code: Code, reason: &str| Err(NotRun { code, reason: reason.to_owned() });
        let unused = |reason: &str| not_run(catalogue::plan::EXAMPLE_NOT_USED, reason);
        let (operation, request) = (&planned.operation, &example.request);
        let permissions = &operation.permissions;
        let grants = [
            &permissions.delegated_work,
            &permissions.delegated_personal,
            &permissions.application,
        ];
        if grants.iter().all(|grant| **grant == Grant::NotSupported) {
            return unused("the documented permissions allow nobody to call it");
        }
        let Some(walk) = walk_of(planned, request) else {
            return not_run(catalogue::plan::NOT_SUPPORTED, "nothing is generated for its path");
        };
        let mut values = walk.parameters.iter().zip(&request.path_values);
        if !values.all(|(parameter, value)| has_type(parameter, value)) {
            return unused("its path has a value that is none of its type");
        }
        let sent = request.content.as_ref().filter(|_| is_content(operation.request.as_ref()));
        if operation.request.is_some() && request.body.is_none() && sent.is_none() {
            return unused(match request.content {
                Some(_) => "its body is no JSON",
                None => "it has no body",
            });
        }
        let response = example.response.as_ref();
        let bodies = [request.body.as_ref(), response.and_then(|response| response.body.as_ref())];
        if bodies.into_iter().flatten().any(|body| json::is_deeper(body, DEPTH)) {
            return unused("its body is too deep");
        }
        let response = response.map(|response| {
            let has_body = response.body.is_some() || response.content.is_some();
            let has_type = has_body && operation.reply.body.is_some();
            let headers = documented_headers(&response.headers).into_iter();
            let is_held = |name: &str| {
                name.eq_ignore_ascii_case("location")
                    || has_type && name.eq_ignore_ascii_case("content-type")
            };
            let headers = headers.filter(|(name, _)| is_held(name)).collect();
            let content = response.content.as_ref();
            let content = content.filter(|_| is_content(operation.reply.body.as_ref()));
            ContractResponse {
                status: response.status,
                names_type: response.names_type,
                message: message(headers, &response.findings, response.body.as_ref(), content),
            }
        });
        let headers = documented_headers(&request.headers);
        Ok(ContractRun {
            operation: format!("{} {}", operation.method, operation.path),
            path: Some(walk.template.clone()).filter(|path| *path != operation.path),
            keys: walk
                .parameters
                .iter()
                .zip(&request.path_values)
                .map(|(parameter, value)| given(parameter, value))
                .collect(),
            url_findings: request.url_findings.clone(),
            request: message(headers, &request.findings, request.body.as_ref(), sent),
            response,
        })
    }

    /// The builder's call for a path of an operation.
    fn contract_call(
        &self,
        planned: &Planned,
        walk: &Walk,
        names: &ClientNames,
    ) -> Option<ContractCall> {
        let key = |index: usize| Some((index, walk.parameters.get(index)?.value.clone()));
        let steps: Option<Vec<_>> = walk
            .steps
            .iter()
            .map(|step| {
                let method = names.method(self.api, walk, step.from, &step.by, step.to)?;
                let keys = match &step.by {
                    By::Segment(..) | By::Ending(_) => Vec::new(),
                    By::Key(index) | By::Path(index) => vec![*index],
                    By::Call(_, indices) | By::AlternateKey(indices) => indices.clone(),
                };
                Some((method, keys.into_iter().map(key).collect::<Option<_>>()?))
            })
            .collect();
        Some(ContractCall {
            operation: planned.operation.full_path(),
            path: walk.template.clone(),
            steps: steps?,
            verb: verb_name(planned.operation.method),
            has_body: planned.operation.request.is_some(),
        })
    }
}

/// Whether a builder can be given the documented value.
fn has_type(parameter: &PathParameter, value: &str) -> bool {
    match &parameter.value {
        PathValue::Text => !value.is_empty(),
        PathValue::Argument(argument) if argument.need == Need::Required && value.is_empty() => {
            false
        }
        PathValue::Key(_) | PathValue::Argument(_) => path_value(parameter, value).is_some(),
    }
}

/// What a builder is given for a documented value; nothing for one that is absent or null.
fn given(parameter: &PathParameter, value: &str) -> Option<String> {
    let is_absent = parameter.may_lack_value() && (value.is_empty() || value == "null");
    (!is_absent).then(|| plain_text(parameter, value))
}

fn message(
    headers: Vec<(String, String)>,
    findings: &[ExampleFinding],
    body: Option<&Json>,
    content: Option<&String>,
) -> ContractMessage {
    let findings = findings.iter().map(|finding| (finding.code, finding.path.clone())).collect();
    let (body, content) = (body.map(json::pretty), content.cloned());
    ContractMessage { headers, findings, body, content }
}

/// Whether a body is text or bytes of whatever kind.
fn is_content(body: Option<&Body>) -> bool {
    matches!(body, Some(Body::Content | Body::Count))
}

/// Adds an example to its page, which is not always the first one of its operation.
fn add(
    pages: &mut Pages,
    operation: &IrOperation,
    example: &IrExample,
    run: Result<ContractRun, NotRun>,
) {
    let file = example.request.span.file;
    let mut links = operation.page.iter().chain(&operation.other_pages);
    let page = links.find(|page| page.span.file == file).map_or("undocumented", |page| &page.page);
    let example_of = ContractExample {
        name: example.name.clone(),
        method: operation.method.as_str().to_owned(),
        url: example.request.url.clone(),
        run,
    };
    pages.entry(page.to_owned()).or_default().push((example.request.span, example_of));
}

fn left_out(request: &LeftOut) -> ContractExample {
    ContractExample {
        name: request.name.clone(),
        method: request.method.clone(),
        url: request.url.clone(),
        run: Err(NotRun { code: request.code, reason: request.reason.clone() }),
    }
}

/// The pages by name, their examples as they stand there.
fn in_order(pages: Pages) -> Vec<ContractPage> {
    let mut files = Scope::files();
    pages
        .into_iter()
        .map(|(page, mut examples)| {
            examples.sort_by_key(|(span, _)| span.start);
            let examples = examples.into_iter().map(|(_, example)| example).collect();
            ContractPage { file: claim(&mut files, &page, Case::Snake), page, examples }
        })
        .collect()
}
