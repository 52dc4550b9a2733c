//! Answers on the wire: headers that all have, and OData's error envelope.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;
use msgraph_core::ServiceError;
use uuid::Uuid;
use uuid::fmt::Hyphenated;

use crate::answer::Answer;
use crate::site::Site;

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
const ODATA_VERSION: HeaderName = HeaderName::from_static("odata-version");

/// By which ids an exchange is known.
#[derive(Debug)]
pub(crate) struct RequestIds {
    pub(crate) request_id: RequestId,
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
        Self { request_id: RequestId::new(), client_request_id }
    }

    fn write(&self, headers: &mut HeaderMap) {
        if let Ok(value) = HeaderValue::from_bytes(&self.request_id.0) {
            headers.insert(REQUEST_ID, value);
        }
        if let Some(id) = &self.client_request_id
            && let Ok(value) = HeaderValue::from_str(id)
        {
            headers.insert(CLIENT_REQUEST_ID, value);
        }
    }
}

/// The id of an exchange: a GUID as text, in place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestId([u8; Hyphenated::LENGTH]);

impl RequestId {
    /// A new one.
    fn new() -> Self {
        let mut text = [0; Hyphenated::LENGTH];
        Uuid::new_v4().hyphenated().encode_lower(&mut text);
        Self(text)
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        // All of it is ASCII.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl Deref for RequestId {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Answer {
    pub(crate) fn into_response(self, ids: &RequestIds, site: &Site) -> Response<Bytes> {
        response(self.status, self.headers, self.body, ids, site)
    }
}

/// The answer that an error is, with its headers.
pub(crate) fn refusal(mut error: ServiceError, ids: &RequestIds, site: &Site) -> Response<Bytes> {
    let status = error.status;
    if status == StatusCode::NOT_MODIFIED {
        let (headers, _) = error.into_description().unwrap_or_default();
        return response(status, headers, Bytes::new(), ids, site);
    }
    if !(status.is_client_error() || status.is_server_error()) {
        tracing::error!(status = status.as_u16(), "an error with a status that is none");
        return refusal(internal(), ids, site);
    }
    let mut body = std::mem::take(&mut error.body);
    let inner = body.inner_error.get_or_insert_default();
    // In whole seconds, in UTC, as Graph has it.
    let now = Timestamp::from_second(Timestamp::now().as_second());
    inner.date = now.ok().map(|now| now.to_string());
    inner.request_id = Some(ids.request_id.to_string());
    inner.client_request_id.clone_from(&ids.client_request_id);

    let of_odata = || {
        let json_type = HeaderValue::from_static("application/json");
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, json_type)]);
        (headers, Bytes::from(body.to_json()))
    };
    let of_error: Vec<_> =
        error.headers().map(|(name, value)| (name.clone(), value.clone())).collect();
    let (headers, bytes) = error.into_description().unwrap_or_else(of_odata);
    let mut response = response(status, headers, bytes, ids, site);
    for (name, value) in of_error {
        response.headers_mut().insert(name, value);
    }
    if status == StatusCode::UNAUTHORIZED {
        let challenge = HeaderValue::from_static("Bearer");
        response.headers_mut().entry(header::WWW_AUTHENTICATE).or_insert(challenge);
    }
    response
}

/// What a caller is told of a fault of ours: nothing.
pub(crate) fn internal() -> ServiceError {
    ServiceError::internal("The service failed to answer the request.")
}

fn response(
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    ids: &RequestIds,
    site: &Site,
) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    let headers = response.headers_mut();
    if site.is_odata {
        headers.insert(ODATA_VERSION, HeaderValue::from_static("4.0"));
    }
    ids.write(headers);
    response
}
