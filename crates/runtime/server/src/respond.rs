//! Answers on the wire: headers that all have, the documented status, OData's error envelope.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use jiff::Timestamp;
use msgraph_core::{Payload as _, Reply};
use uuid::Uuid;

use crate::failure::Failure;

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
const ODATA_VERSION: HeaderName = HeaderName::from_static("odata-version");

/// By which ids an exchange is known.
#[derive(Debug)]
pub(crate) struct RequestIds {
    pub(crate) request_id: String,
    /// The caller's, if it is one that can be told back: a GUID, or text of its kind.
    pub(crate) client_request_id: Option<String>,
}

impl RequestIds {
    /// A new id, and the caller's from its headers.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let client_request_id = headers
            .get(CLIENT_REQUEST_ID)
            .and_then(|value| value.to_str().ok())
            .filter(|id| {
                (1..=64).contains(&id.len())
                    && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            })
            .map(str::to_owned);
        Self { request_id: Uuid::new_v4().to_string(), client_request_id }
    }

    fn write(&self, headers: &mut HeaderMap) {
        let ids = [
            (REQUEST_ID, Some(&self.request_id)),
            (CLIENT_REQUEST_ID, self.client_request_id.as_ref()),
        ];
        for (name, id) in ids {
            if let Some(value) = id.and_then(|id| HeaderValue::from_str(id).ok()) {
                headers.insert(name, value);
            }
        }
    }
}

/// A success, its type erased.
#[derive(Debug)]
pub(crate) struct Answer {
    status: StatusCode,
    content_type: Option<&'static str>,
    allow: Option<HeaderValue>,
    body: Vec<u8>,
}

impl Answer {
    pub(crate) fn of<R: Reply>(reply: R) -> Self {
        let mut body = Vec::new();
        reply.into_body().write(&mut body);
        let content_type = R::Body::CONTENT_TYPE;
        Self { status: R::STATUS, content_type, allow: None, body }
    }

    /// The answer to an OPTIONS.
    pub(crate) fn options(allow: HeaderValue) -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            content_type: None,
            allow: Some(allow),
            body: Vec::new(),
        }
    }

    pub(crate) fn into_response(self, ids: &RequestIds) -> Response {
        let mut response = response(self.status, self.content_type, self.body, ids);
        if let Some(allow) = self.allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
        response
    }
}

impl Failure {
    pub(crate) fn into_response(self, ids: &RequestIds) -> Response {
        let Self { error, header } = self;
        let is_error = error.status.is_client_error() || error.status.is_server_error();
        if !is_error {
            tracing::error!(status = error.status.as_u16(), "an error with a status that is none");
            return Self::internal().into_response(ids);
        }
        let mut body = error.body;
        let inner = body.inner_error.get_or_insert_default();
        // In whole seconds, in UTC, as Graph has it.
        let now = Timestamp::from_second(Timestamp::now().as_second());
        inner.date = now.ok().map(|now| now.to_string());
        inner.request_id = Some(ids.request_id.clone());
        inner.client_request_id.clone_from(&ids.client_request_id);

        let json = body.to_json().into_bytes();
        let mut response = response(error.status, Some("application/json"), json, ids);
        if let Some(header) = header {
            let (name, value) = *header;
            response.headers_mut().insert(name, value);
        }
        if error.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Bearer");
            response.headers_mut().entry(header::WWW_AUTHENTICATE).or_insert(challenge);
        }
        response
    }
}

fn response(
    status: StatusCode,
    content_type: Option<&'static str>,
    body: Vec<u8>,
    ids: &RequestIds,
) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Some(content_type) = content_type {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    headers.insert(ODATA_VERSION, HeaderValue::from_static("4.0"));
    ids.write(headers);
    response
}
