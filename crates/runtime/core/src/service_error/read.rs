//! Reading an error with patience: from any bytes to an [`ErrorBody`], or to nothing.
//!
//! Members of an odd kind are taken for absent; a number stands for a code as its text; names are compared
//! without case, since services write `innerError`, `innererror` and `InnerError`. The depth of what is read is
//! bounded by `serde_json`.

use super::body::{ErrorBody, ErrorDetail, InnerError};
use crate::Json;
use serde_json::{Map, Value};

pub(super) fn error_body(bytes: &[u8]) -> Option<ErrorBody> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let Value::Object(root) = serde_json::from_slice(bytes).ok()? else {
        return None;
    };
    match member(&root, "error")? {
        Value::Object(error) => Some(ErrorBody {
            code: text(error, "code").unwrap_or_default(),
            message: message(error),
            target: text(error, "target"),
            details: details(error),
            inner_error: inner_error(error),
        }),
        // The error of a sign-in service: the code and, beside it, the description.
        Value::String(code) => Some(ErrorBody::new(
            code.as_str(),
            text(&root, "error_description").unwrap_or_default(),
        )),
        _ => None,
    }
}

/// The message; older services write `{"message": {"lang": "en-us", "value": "..."}}`.
fn message(error: &Map<String, Value>) -> String {
    match member(error, "message") {
        Some(Value::Object(message)) => text(message, "value").unwrap_or_default(),
        _ => text(error, "message").unwrap_or_default(),
    }
}

fn details(error: &Map<String, Value>) -> Vec<ErrorDetail> {
    let Some(Value::Array(details)) = member(error, "details") else {
        return Vec::new();
    };
    details
        .iter()
        .filter_map(Value::as_object)
        .map(|detail| ErrorDetail {
            code: text(detail, "code").unwrap_or_default(),
            message: message(detail),
            target: text(detail, "target"),
        })
        .collect()
}

fn inner_error(error: &Map<String, Value>) -> Option<Box<InnerError>> {
    let Value::Object(inner) = member(error, "innererror")? else {
        return None;
    };
    const KNOWN: [&str; 6] =
        ["code", "message", "date", "request-id", "client-request-id", "innererror"];
    let more = inner
        .iter()
        .filter(|(name, _)| !KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name)))
        .map(|(name, value)| (name.clone(), Json::from(value.clone())))
        .collect();
    Some(Box::new(InnerError {
        code: text(inner, "code"),
        message: text(inner, "message"),
        date: text(inner, "date"),
        request_id: text(inner, "request-id"),
        client_request_id: text(inner, "client-request-id"),
        inner_error: inner_error(inner),
        more,
    }))
}

/// The member of this name; one that is not null goes before one that is, since services send both spellings.
fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object
        .iter()
        .filter(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .max_by_key(|value| !value.is_null())
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    match member(object, name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
