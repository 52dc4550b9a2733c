//! What a batch is as JSON: its requests, and their answers.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use msgraph_core::Json;
use msgraph_core::edm::Binary;

use crate::header::{is_json, text};

/// A request of a batch.
pub(crate) struct Part {
    /// Its address, from the base URL on.
    pub(crate) url: String,
    pub(crate) message: http::Request<Bytes>,
    /// Those that it waits for, by their places in the batch.
    pub(crate) after: BTreeSet<usize>,
}

/// The ids of requests, from one on.
fn id(index: usize) -> Json {
    Json::from((index + 1).to_string())
}

fn object(members: BTreeMap<&str, Json>) -> Json {
    // An object of texts and JSON is always JSON.
    Json::from_serialize(&members).unwrap_or_default()
}

/// The body that asks for `parts`, each with its place and the places of those that it waits for.
pub(crate) fn body_of(parts: &[(usize, &Part, Vec<usize>)]) -> Json {
    let requests = parts.iter().map(|(index, part, after)| {
        let headers = part.message.headers();
        let named =
            headers.keys().map(|name| (name.as_str(), Json::from(text(headers, name).as_deref())));
        let mut members = BTreeMap::from([
            ("id", id(*index)),
            ("method", Json::from(part.message.method().as_str())),
            ("url", Json::from(part.url.as_str())),
            ("headers", object(named.collect())),
        ]);
        if !after.is_empty() {
            members.insert("dependsOn", after.iter().copied().map(id).collect::<Vec<_>>().into());
        }
        let body = part.message.body();
        if !body.is_empty() {
            // Graph takes all that is no JSON in base64url, texts too.
            let is_said_json = text(headers, &header::CONTENT_TYPE).is_some_and(|of| is_json(&of));
            let json = Json::from_slice(body).ok().filter(|_| is_said_json);
            let encoded = || Json::from(Binary::from(body.as_ref()).to_string());
            members.insert("body", json.unwrap_or_else(encoded));
        }
        object(members)
    });
    object(BTreeMap::from([("requests", requests.collect::<Vec<_>>().into())]))
}

/// The answers in `body` by the places of the requests, each as it stands or with what is wrong with it. One without the id
/// of a request is nobody's, and of two with one id neither is believed.
pub(crate) fn answers_of(body: &Json) -> BTreeMap<usize, Result<http::Response<Bytes>, String>> {
    let mut answers = BTreeMap::new();
    let responses = body.members().and_then(|mut members| members.remove("responses"));
    for response in responses.and_then(|responses| responses.items()).unwrap_or_default() {
        let members = response.members().unwrap_or_default();
        let index = members.get("id").and_then(Json::as_str).and_then(|id| {
            // `+1` and `01` are numbers, and no ids that were given.
            let index = id.parse::<usize>().ok()?.checked_sub(1)?;
            ((index + 1).to_string() == id).then_some(index)
        });
        let Some(index) = index else {
            tracing::warn!("an answer in a batch has no id of a request");
            continue;
        };
        let answer = match answers.contains_key(&index) {
            true => Err("it has two answers to the request".to_owned()),
            false => answer_of(&members),
        };
        answers.insert(index, answer);
    }
    answers
}

fn answer_of(members: &BTreeMap<String, Json>) -> Result<http::Response<Bytes>, String> {
    let status = members.get("status").and_then(Json::as_i64);
    let status = status.and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.ok_or("its answer to the request has no status")?;
    let mut headers = HeaderMap::new();
    if let Some(said) = members.get("headers").filter(|said| !said.is_null()) {
        let invalid = || "its answer to the request has headers that are none".to_owned();
        let said: BTreeMap<String, Json> = said.members().ok_or_else(invalid)?;
        for (name, value) in said {
            let name = HeaderName::try_from(name).map_err(|_| invalid())?;
            let value = value.as_str().ok_or_else(invalid)?;
            headers.append(name, HeaderValue::from_str(&value).map_err(|_| invalid())?);
        }
    }
    let body = members.get("body").filter(|body| !body.is_null());
    let media_type = text(&headers, &header::CONTENT_TYPE);
    let body = match body {
        None => Bytes::new(),
        Some(body) => content_of(body, media_type.as_deref())
            .ok_or("its answer to the request has a body that its type does not stand for")?,
    };
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// What `body` stands for: JSON for itself, texts (`text/…`) in a string, all else in base64url.
fn content_of(body: &Json, media_type: Option<&str>) -> Option<Bytes> {
    match media_type {
        Some(of) if of.trim_start().to_ascii_lowercase().starts_with("text/") && !is_json(of) => {
            body.as_str().map(|text| Bytes::from(text.into_owned()))
        }
        Some(of) if !is_json(of) => {
            Some(Bytes::from(body.as_str()?.parse::<Binary>().ok()?.into_bytes()))
        }
        _ => Some(Bytes::copy_from_slice(body.as_text().as_bytes())),
    }
}
