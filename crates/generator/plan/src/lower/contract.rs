//! Documented examples to contract tests.
//!
//! In comes an example as the linker bound it to its operation; out comes what the test needs to call
//! the builder, to be the handler, and to compare. What cannot become a test is reported.

use std::collections::BTreeMap;

use msgraph_ir::{
    Example as IrExample, ExampleRequest, ExampleResponse, ItemId, Operation as IrOperation, Site,
    TypeTarget,
};
use msgraph_source::{Diagnostic, Json, JsonKind, catalogue};

use super::bindings::Bindings;
use super::client::{ClientNames, verb_name};
use super::operations::Planned;
use super::paths::{By, Walk};
use super::server::{Handler, handed_over, is_same};
use super::value::{Owner, scalar_value};
use super::{Lowering, code, paragraph};
use crate::data::{
    ArgumentType, Body, ContractPage, ContractRequest, ContractResponse, ContractTest, Example,
    Grant, Need, PathParameter, PathValue, Scalar, Shape, Value,
};
use crate::json;
use crate::naming::{Case, Scope, claim};

/// Names that the functions around an expression use themselves.
const LOCALS: &[&str] = &["body", "graph", "request", "response"];

/// Examples deeper than this are not taken.
const DEPTH: usize = 40;

impl Lowering<'_> {
    /// The contract tests, one file per page.
    pub(super) fn contract(
        &mut self,
        planned: &[Planned],
        handlers: &[Handler],
        names: &ClientNames,
    ) -> Vec<ContractPage> {
        let api = self.api;
        let mut pages: BTreeMap<String, (Scope, Vec<ContractTest>)> = BTreeMap::new();
        for (planned, handler) in planned.iter().zip(handlers) {
            let operation = &api.operations[planned.id];
            for example in &operation.examples {
                let page = operation.page.as_ref().map_or("undocumented", |page| &page.page);
                let (scope, tests) = pages.entry(page.to_owned()).or_default();
                match self.contract_test(planned, handler, example, names, scope) {
                    Ok(test) => tests.push(test),
                    Err(reason) => self.diagnostics.push(
                        Diagnostic::at(
                            catalogue::plan::EXAMPLE_NOT_USED,
                            example.request.span,
                            format!(
                                "the example `{}` cannot become a contract test: {reason}",
                                example.name
                            ),
                        )
                        .help("mend the example, or let it stand as an illustration"),
                    ),
                }
            }
        }
        let mut files = Scope::files();
        pages
            .into_iter()
            .filter(|(_, (_, tests))| !tests.is_empty())
            .map(|(page, (_, tests))| ContractPage {
                file: claim(&mut files, &page, Case::Snake),
                docs: paragraph(&format!("The examples of the page {}.", code(&page))),
                tests,
            })
            .collect()
    }

    fn contract_test(
        &mut self,
        planned: &Planned,
        handler: &Handler,
        example: &IrExample,
        names: &ClientNames,
        scope: &mut Scope,
    ) -> Result<ContractTest, String> {
        let request = &example.request;
        let permissions = &planned.operation.permissions;
        let grants = [
            &permissions.delegated_work,
            &permissions.delegated_personal,
            &permissions.application,
        ];
        if grants.iter().all(|grant| **grant == Grant::NotSupported) {
            return Err("the documented permissions allow nobody to call it".to_owned());
        }
        if request.url.contains('?') {
            return Err("its URL has query options".to_owned());
        }
        let walk =
            walk_of(planned, request).ok_or("its URL does not follow a path of the operation")?;
        let body = self.request_body(planned, request)?;
        let call =
            self.call(planned, walk, request, names, false).ok_or("no builder leads to it")?;
        let response = example.response.as_ref().ok_or("it has no response")?;
        let response = self.response(planned, response)?;
        let is_text = |parameter: &PathParameter| match &parameter.value {
            PathValue::Text => true,
            PathValue::Key(_) => false,
            PathValue::Argument(argument) => {
                argument.of == ArgumentType::Text && argument.need == Need::Required
            }
        };
        let has_values = request.path_values.iter().all(|value| !value.is_empty());
        if !has_values || !walk.parameters.iter().all(is_text) {
            return Err("its path has arguments that are no text".to_owned());
        }
        let keys = handed_over(&handler.method.parameters, |wanted| {
            let at = walk.parameters.iter().position(|has| is_same(has, wanted))?;
            let parameter = walk.parameters.get(at)?;
            request.path_values.get(at).map(|value| plain_text(parameter, value))
        });
        let module = claim(scope, &example.name, Case::Snake);
        Ok(ContractTest {
            docs: paragraph(&format!("The example {}.", code(&example.name))),
            module,
            operation: planned.operation.full_path(),
            request: ContractRequest {
                method: planned.operation.method,
                url: self.documented_url(walk, request),
                headers: documented_headers(&request.headers),
                body,
            },
            example: call,
            service: handler.service.clone(),
            handler: handler.method.clone(),
            keys,
            response,
        })
    }

    /// The URL as documented where it is the base URL and the path as the metadata spell it, else the
    /// path below the version.
    fn documented_url(&self, walk: &Walk, request: &ExampleRequest) -> String {
        let path = request.url.strip_prefix(&self.options.base_url);
        let segments: Vec<&str> = path.unwrap_or_default().split('/').skip(1).collect();
        let is_spelled_so = segments.len() == walk.steps.len()
            && walk.steps.iter().zip(segments).all(|(step, segment)| match &step.by {
                By::Segment(_, written) => written == segment,
                By::Ending(wire) => *wire == segment,
                By::Key(_) => true,
                By::Call(..) | By::AlternateKey(_) | By::Path(_) => false,
            });
        if is_spelled_so {
            return request.url.clone();
        }
        let value = |index: &usize| request.path_values.get(*index).map_or("", String::as_str);
        let arguments = |indices: &[usize]| -> String {
            let written = indices.iter().filter_map(|index| {
                let parameter = walk.parameters.get(*index)?;
                let PathValue::Argument(argument) = &parameter.value else { return None };
                let value = value(index);
                let is_bare = argument.of == ArgumentType::Text && !value.starts_with('\'');
                let quote = if is_bare { "'" } else { "" };
                (!value.is_empty()).then(|| format!("{}={quote}{value}{quote}", argument.name))
            });
            format!("({})", written.collect::<Vec<_>>().join(","))
        };
        let mut url = String::new();
        let mut slash = "/";
        for step in &walk.steps {
            match &step.by {
                By::Segment(_, written) => url.push_str(&format!("{slash}{written}")),
                By::Ending(wire) => url.push_str(&format!("{slash}{wire}")),
                By::Key(index) => url.push_str(&format!("{slash}{}", value(index))),
                By::Call(wire, indices) => {
                    url.push_str(&format!("{slash}{wire}{}", arguments(indices)));
                }
                By::AlternateKey(indices) => url.push_str(&arguments(indices)),
                By::Path(index) => url.push_str(&format!(":/{}", value(index))),
            }
            slash = if matches!(step.by, By::Path(_)) { ":/" } else { "/" };
        }
        url
    }

    fn request_body(
        &self,
        planned: &Planned,
        request: &ExampleRequest,
    ) -> Result<Option<String>, String> {
        let operation = &self.api.operations[planned.id];
        let json = match (&planned.operation.request, &request.body) {
            (Some(Body::Content), _) => return Err("its body is no JSON".to_owned()),
            (Some(Body::Single(_) | Body::Values(_)), _) => {
                return Err("its body is a value that is no object".to_owned());
            }
            (None, None) => return Ok(None),
            (None, Some(_)) => {
                return Err("it has a body where the operation takes none".to_owned());
            }
            (Some(_), None) => return Err("it has no body".to_owned()),
            (Some(_), Some(json)) => json,
        };
        if json::is_deeper(json, DEPTH) {
            return Err("its body is too deep".to_owned());
        }
        let Some(owner) = request_owner(operation) else {
            return Ok(Some(json::pretty(json)));
        };
        let json = self.spelled(owner, json);
        match self.misfits(owner, &json).first() {
            Some(first) => Err(format!("`{first}` in its body does not fit its type")),
            None => Ok(Some(json::pretty(&json))),
        }
    }

    /// What the handler is to answer.
    fn response(
        &mut self,
        planned: &Planned,
        response: &ExampleResponse,
    ) -> Result<ContractResponse, String> {
        let reply = &planned.operation.reply;
        if response.status != reply.kind.status() {
            return Err(format!(
                "its status is {}, but that of the operation is {}",
                response.status,
                reply.kind.status()
            ));
        }
        let body = match (&reply.body, &response.body) {
            (Some(Body::Count | Body::Content), _) => {
                return Err("its response is no JSON".to_owned());
            }
            (None, None) => None,
            (None, Some(_)) => {
                return Err("its response has a body where none is documented".to_owned());
            }
            (Some(_), None) => return Err("its response has no body".to_owned()),
            (Some(_), Some(json)) if json::is_deeper(json, DEPTH) => {
                return Err("its response is too deep".to_owned());
            }
            (Some(of), Some(json)) => Some(self.spelled_response(planned, of, json)),
        };
        let mut placeholders = Vec::new();
        if let Some(json) = &body {
            let operation = &self.api.operations[planned.id];
            placeholders = self.response_misfits(operation, reply.body.as_ref(), json)?;
            for path in &placeholders {
                self.diagnostics.push(
                    Diagnostic::at(
                        catalogue::plan::PLACEHOLDER,
                        json.span,
                        format!("`{path}` of the documented response does not fit its type"),
                    )
                    .help("write a real value into the page, so that its test is strict"),
                );
            }
        }
        Ok(ContractResponse {
            status: response.status,
            headers: response
                .headers
                .iter()
                .filter(|(name, _)| body.is_some() && name.eq_ignore_ascii_case("content-type"))
                .cloned()
                .collect(),
            location: response
                .headers
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("location"))
                .map(|(_, address)| address.clone()),
            body: body.as_ref().map(json::pretty),
            placeholders,
        })
    }

    fn spelled_response(&self, planned: &Planned, body: &Body, json: &Json) -> Json {
        match (body, response_type(&self.api.operations[planned.id])) {
            (Body::Object(_), Some(id)) => self.spelled(Owner::Item(id), json),
            (Body::Page(_), Some(id)) => self.spelled_page(Owner::Item(id), json),
            _ => json.clone(),
        }
    }

    fn response_misfits(
        &self,
        operation: &IrOperation,
        body: Option<&Body>,
        json: &Json,
    ) -> Result<Vec<String>, String> {
        let Some(id) = response_type(operation) else {
            return Ok(Vec::new());
        };
        match body {
            Some(Body::Object(_)) if json.as_object().is_some() => {
                Ok(self.misfits(Owner::Item(id), json))
            }
            Some(Body::Page(_)) => {
                let items = json
                    .get("value")
                    .and_then(Json::as_array)
                    .ok_or("its response is no page of a collection")?;
                let mut misfits = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    let of_item = self.misfits(Owner::Item(id), item);
                    misfits.extend(
                        of_item.iter().map(|path| {
                            format!("$.value[{index}]{}", path.trim_start_matches('$'))
                        }),
                    );
                }
                Ok(misfits)
            }
            Some(Body::Object(_)) => Err("its response is no object".to_owned()),
            // Their examples are read strictly, or are no JSON.
            Some(_) | None => Ok(Vec::new()),
        }
    }

    /// The call of the builders in an example for a doc comment.
    pub(super) fn example(
        &self,
        planned: &Planned,
        example: &IrExample,
        names: &ClientNames,
    ) -> Option<Example> {
        let request = &example.request;
        let walk = walk_of(planned, request)?;
        self.request_body(planned, request).ok()?;
        self.call(planned, walk, request, names, true)
    }

    /// The call of the builders; for a reader, a placeholder is shown as the name of its parameter.
    fn call(
        &self,
        planned: &Planned,
        walk: &Walk,
        request: &ExampleRequest,
        names: &ClientNames,
        for_reader: bool,
    ) -> Option<Example> {
        let mut calls = Vec::new();
        for step in &walk.steps {
            let method = names.method(self.api, walk, step.from, &step.by, step.to)?;
            let indices = match &step.by {
                By::Segment(..) | By::Ending(_) => &[][..],
                By::Key(index) | By::Path(index) => std::slice::from_ref(index),
                By::Call(_, indices) | By::AlternateKey(indices) => indices,
            };
            let values: Option<Vec<Value>> = indices
                .iter()
                .map(|&index| {
                    let value = request.path_values.get(index)?;
                    path_value(walk.parameters.get(index)?, value, for_reader)
                })
                .collect();
            calls.push((method, values?));
        }
        let body = match (&planned.operation.request, &request.body) {
            (Some(body), Some(json)) => Some(self.body_value(planned, body, json)),
            _ => None,
        };
        let (bindings, body) = match body {
            Some(value) => {
                let (bindings, value) = Bindings::beside(LOCALS).flatten(value);
                (bindings, Some(value))
            }
            None => (Vec::new(), None),
        };
        Some(Example {
            calls,
            verb: verb_name(planned.operation.method),
            bindings,
            body,
            headers: documented_headers(&request.headers)
                .into_iter()
                .filter(|(name, _)| !is_sent_anyway(name))
                .collect(),
            answers: planned.operation.reply.body.is_some(),
        })
    }

    fn body_value(&self, planned: &Planned, body: &Body, json: &Json) -> Value {
        let owner = request_owner(&self.api.operations[planned.id]);
        match (body, owner) {
            (Body::Object(path), Some(owner)) => {
                self.object_value(owner, path, &self.spelled(owner, json))
            }
            (Body::Object(path), None) => Value::FromJson(path.clone(), json::compact(json)),
            (Body::Reference, _) => {
                let id = json.get("@odata.id").and_then(Json::as_str).unwrap_or_default();
                Value::Payload("Reference", Box::new(Value::Text(id.to_owned())))
            }
            _ => Value::Json(json::compact(json)),
        }
    }
}

/// The text of a parameter: without quotes, and decoded.
fn plain_text(parameter: &PathParameter, value: &str) -> String {
    let text = decoded(value);
    let quoted = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    match (&parameter.value, quoted) {
        (PathValue::Argument(_), Some(inner)) => inner.replace("''", "'"),
        _ => text,
    }
}

/// The value of a parameter; none where the example has none of its type. For a reader, a placeholder
/// is shown as the name of its parameter.
fn path_value(parameter: &PathParameter, value: &str, for_reader: bool) -> Option<Value> {
    let text = plain_text(parameter, value);
    let is_placeholder = value.starts_with(['{', '<']);
    let shown = || match for_reader && is_placeholder {
        true => Value::Text(parameter.wire.clone()),
        false => Value::Text(text.clone()),
    };
    let scalar = |scalar: Scalar| {
        let kind = match (scalar, text.as_str()) {
            (Scalar::Bool, "true") => JsonKind::Bool(true),
            (Scalar::Bool, "false") => JsonKind::Bool(false),
            (Scalar::Edm(_), _) => JsonKind::String(text.clone()),
            _ => JsonKind::Number(text.clone()),
        };
        scalar_value(&Shape::Scalar(scalar), &kind)
    };
    match &parameter.value {
        PathValue::Text => Some(shown()),
        PathValue::Key(of) => scalar(*of),
        PathValue::Argument(argument) if value.is_empty() || value == "null" => {
            (argument.need != Need::Required).then_some(Value::Nothing)
        }
        PathValue::Argument(argument) => match &argument.of {
            ArgumentType::Text => Some(shown()),
            ArgumentType::Scalar(of) => scalar(*of),
            ArgumentType::Enumeration(path) => {
                (!is_placeholder).then(|| Value::ConstantText(path.clone(), text.clone()))
            }
            ArgumentType::Texts => None,
        },
    }
}

/// The type of the response body, or of the items of a page.
fn response_type(operation: &IrOperation) -> Option<ItemId> {
    match operation.responses.first()?.value.body?.target {
        TypeTarget::Item(id) => Some(id),
        TypeTarget::Primitive(_) | TypeTarget::Json => None,
    }
}

/// A key as it is, not as it stands in a URL; where the encoding is broken, as it stands.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (digit(rest.next()), digit(rest.next())) {
            (Some(high), Some(low)) => bytes.extend(u8::try_from(high * 16 + low).ok()),
            _ => return text.to_owned(),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The type of the request body.
fn request_owner(operation: &IrOperation) -> Option<Owner> {
    if let Site::Bound(id) = operation.site {
        return Some(Owner::Parameters(id));
    }
    match operation.request?.target {
        TypeTarget::Item(id) => Some(Owner::Item(id)),
        TypeTarget::Primitive(_) | TypeTarget::Json => None,
    }
}

/// The path that the example's URL follows, where it could be walked.
fn walk_of<'w>(planned: &'w Planned, request: &ExampleRequest) -> Option<&'w Walk> {
    let walk = planned.walks.iter().find(|walk| walk.index == request.path)?;
    (walk.parameters.len() == request.path_values.len()).then_some(walk)
}

/// Headers that a test can hold both sides to: well-formed, and not of the connection or the caller.
fn documented_headers(headers: &[(String, String)]) -> Vec<(String, String)> {
    const NOT_HELD: &[&str] = &[
        "authorization",
        "connection",
        "content-length",
        "date",
        "host",
        "transfer-encoding",
        "user-agent",
    ];
    headers
        .iter()
        .filter(|(name, value)| {
            let is_token = !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
            let is_held = !NOT_HELD.iter().any(|other| other.eq_ignore_ascii_case(name));
            is_token && is_held && value.bytes().all(|b| (0x20..0x7f).contains(&b))
        })
        .map(|(name, value)| (name.clone(), value.trim().to_owned()))
        .collect()
}

/// Whether the client sends the header by itself.
fn is_sent_anyway(name: &str) -> bool {
    ["accept", "content-type"].iter().any(|other| other.eq_ignore_ascii_case(name))
}
