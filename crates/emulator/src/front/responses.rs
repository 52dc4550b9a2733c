//! The answers that are not those of the generated servers: errors, JSON, and none.

use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use http::{HeaderName, HeaderValue, StatusCode, header};
use msgraph_core::ServiceError;
use uuid::Uuid;

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// An error as an answer, in OData's envelope, with its headers, and an id as the generated servers have it.
pub(super) fn failed(mut error: ServiceError) -> Response {
    let id = Uuid::new_v4().to_string();
    error.body.inner_error.get_or_insert_default().request_id = Some(id.clone());
    let mut response = json(error.status, error.body.to_json());
    let own = error.headers().map(|(name, value)| (name.clone(), value.clone()));
    response.headers_mut().extend(own);
    let id = HeaderValue::from_str(&id);
    response.headers_mut().extend(id.ok().map(|id| (REQUEST_ID, id)));
    response
}

/// JSON as an answer.
pub(super) fn json(status: StatusCode, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

/// An answer without a body.
pub(super) fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// The same answer, with how long to wait: in whole seconds, rounded up, since who comes back earlier would be refused
/// again.
pub(super) fn retry_after(mut response: Response, wait: Duration) -> Response {
    let seconds = u64::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u64::MAX);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
