//! A documented example to the call of the builders that a reader is shown.
//!
//! In comes an example as the linker bound it to its operation; out comes an expression for the
//! documentation of its verb. Holds: what does not fit its type is no example.

use msgraph_ir::{
    Example as IrExample, ExampleRequest, Operation as IrOperation, Site, TypeTarget,
};
use msgraph_source::{Json, JsonKind};

use super::Lowering;
use super::bindings::Bindings;
use super::client::verb_name;
use super::client_names::ClientNames;
use super::operations::Planned;
use super::paths::{By, Walk};
use super::value::{Owner, scalar_value};
use crate::data::{
    ArgumentType, Body, Example, Need, PathParameter, PathValue, Scalar, Shape, Value,
};
use crate::json;

/// Names that the functions around an expression use themselves.
const LOCALS: &[&str] = &["body", "graph", "request", "response"];

/// Examples deeper than this are not taken.
pub(super) const DEPTH: usize = 40;

impl Lowering<'_> {
    /// Whether the documented body fits its type, so that an expression makes it.
    fn fits(&self, planned: &Planned, request: &ExampleRequest) -> bool {
        let operation = &self.api.operations[planned.id];
        match (&planned.operation.request, &request.body) {
            (None, None) => true,
            (None, Some(_)) | (Some(_), None) => false,
            (Some(Body::Content | Body::Single(_) | Body::Values(_)), _) => false,
            (Some(_), Some(json)) if json::is_deeper(json, DEPTH) => false,
            (Some(_), Some(json)) => request_owner(operation)
                .is_none_or(|owner| self.misfits(owner, &self.spelled(owner, json)).is_empty()),
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
        if !self.fits(planned, request) {
            return None;
        }
        self.call(planned, walk, request, names)
    }

    /// The call of the builders; a placeholder is shown as the name of its parameter.
    fn call(
        &self,
        planned: &Planned,
        walk: &Walk,
        request: &ExampleRequest,
        names: &ClientNames,
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
                    path_value(walk.parameters.get(index)?, value)
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
pub(super) fn walk_of<'w>(planned: &'w Planned, request: &ExampleRequest) -> Option<&'w Walk> {
    let walk = planned.walks.iter().find(|walk| walk.index == request.path)?;
    (walk.parameters.len() == request.path_values.len()).then_some(walk)
}

/// Headers that a test can hold both sides to: well-formed, and not of the connection or the caller.
pub(super) fn documented_headers(headers: &[(String, String)]) -> Vec<(String, String)> {
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

/// The text of a parameter: without quotes, and decoded.
pub(super) fn plain_text(parameter: &PathParameter, value: &str) -> String {
    let text = value.to_owned();
    let quoted = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    match (&parameter.value, quoted) {
        (PathValue::Argument(_), Some(inner)) => inner.replace("''", "'"),
        _ => text,
    }
}

/// The value of a parameter; none where the example has none of its type. For a reader, a placeholder
/// is shown as the name of its parameter.
pub(super) fn path_value(parameter: &PathParameter, value: &str) -> Option<Value> {
    let text = plain_text(parameter, value);
    let is_placeholder = value.starts_with(['{', '<']);
    let shown = || match is_placeholder {
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
