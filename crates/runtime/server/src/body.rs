//! The content of a request: its type, its length, its bytes.
//!
//! In comes a body that nobody has read; out come bytes that are at most as long as allowed and, where JSON
//! is due, said to be JSON in UTF-8. That they are is for the reading of the operation's type to find out.

use std::future::{Future as _, poll_fn};
use std::pin::pin;
use std::task::Poll;

use axum::body::{Body, HttpBody as _};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt as _;
use msgraph_core::ServiceError;

use crate::limits::Limits;

/// Reads a body where JSON is due.
pub(crate) async fn json(
    headers: &HeaderMap,
    body: Body,
    limits: &Limits,
) -> Result<Bytes, ServiceError> {
    if !headers.contains_key(header::CONTENT_TYPE) && body.is_end_stream() {
        return Err(ServiceError::bad_request("The request needs a JSON body, and has none."));
    }
    check_type(headers)?;
    let bytes = collect(body, limits).await?;
    if bytes.is_empty() {
        return Err(ServiceError::bad_request("The request needs a JSON body, and has none."));
    }
    Ok(bytes)
}

/// Reads a body where JSON may stand, or nothing.
pub(crate) async fn maybe_json(
    headers: &HeaderMap,
    body: Body,
    limits: &Limits,
) -> Result<Bytes, ServiceError> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    check_type(headers)?;
    collect(body, limits).await
}

/// Reads a body of any type, be it empty.
pub(crate) async fn anything(
    headers: &HeaderMap,
    body: Body,
    limits: &Limits,
) -> Result<Bytes, ServiceError> {
    check_encoding(headers)?;
    collect(body, limits).await
}

/// Reads a body where none is due. An empty JSON object is taken for none, since some clients send
/// one with every action.
pub(crate) async fn none(
    headers: &HeaderMap,
    body: Body,
    limits: &Limits,
) -> Result<(), ServiceError> {
    if body.is_end_stream() {
        return Ok(());
    }
    check_type(headers)?;
    let bytes = collect(body, limits).await?;
    let mut marks = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    match (marks.next(), marks.next(), marks.next()) {
        (None, ..) | (Some(b'{'), Some(b'}'), None) => Ok(()),
        _ => Err(unsupported("The operation takes no body.")),
    }
}

async fn collect(body: Body, limits: &Limits) -> Result<Bytes, ServiceError> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limits.body {
        return Err(too_large(limits));
    }
    let mut collecting = pin!(frames(body, limits));
    // Most bodies are there already: they need no clock.
    let at_once = poll_fn(|context| Poll::Ready(collecting.as_mut().poll(context))).await;
    match at_once {
        Poll::Ready(collected) => collected,
        Poll::Pending => {
            // Boxed, so that the others do not carry its room.
            let timed = Box::pin(tokio::time::timeout(limits.body_time, collecting));
            timed.await.unwrap_or_else(|_| {
                let message = "The body did not arrive in time.";
                Err(ServiceError::new(StatusCode::REQUEST_TIMEOUT, message))
            })
        }
    }
}

/// The frames of a body, one behind the other. One that is the whole body is not copied, and most are.
async fn frames(mut body: Body, limits: &Limits) -> Result<Bytes, ServiceError> {
    let mut first = Bytes::new();
    let mut all = Vec::new();
    while !body.is_end_stream()
        && let Some(frame) = body.frame().await
    {
        let frame =
            frame.map_err(|_| ServiceError::bad_request("The body did not arrive whole."))?;
        // Trailers mean nothing here.
        let Ok(data) = frame.into_data() else { continue };
        if data.len() > limits.body.saturating_sub(first.len().max(all.len())) {
            return Err(too_large(limits));
        }
        if first.is_empty() {
            first = data;
            continue;
        }
        if all.is_empty() {
            all.extend_from_slice(&first);
        }
        all.extend_from_slice(&data);
    }
    Ok(if all.is_empty() { first } else { all.into() })
}

fn too_large(limits: &Limits) -> ServiceError {
    let message = format!("The body is longer than {} bytes.", limits.body);
    ServiceError::new(StatusCode::PAYLOAD_TOO_LARGE, message)
}

fn unsupported(message: &str) -> ServiceError {
    ServiceError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message)
}

/// One `application/json`, in UTF-8, not compressed.
fn check_type(headers: &HeaderMap) -> Result<(), ServiceError> {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let is_json = match (types.next(), types.next()) {
        (Some(value), None) => value == "application/json" || value.to_str().is_ok_and(is_json),
        _ => false,
    };
    if !is_json {
        return Err(unsupported("The Content-Type of the body must be application/json."));
    }
    check_encoding(headers)
}

/// Not compressed.
fn check_encoding(headers: &HeaderMap) -> Result<(), ServiceError> {
    let plain = headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .all(|value| value.as_bytes().eq_ignore_ascii_case(b"identity"));
    if !plain {
        return Err(unsupported("A body with a Content-Encoding is not accepted."));
    }
    Ok(())
}

/// Whether a media type is JSON in UTF-8.
pub(crate) fn is_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    essence.eq_ignore_ascii_case("application/json")
        && parts.filter_map(|part| part.split_once('=')).all(|(name, value)| {
            let value = value.trim().trim_matches('"');
            !name.trim().eq_ignore_ascii_case("charset")
                || ["utf-8", "utf8", "us-ascii"].iter().any(|one| one.eq_ignore_ascii_case(value))
        })
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn json_is_a_type_with_parameters() {
        for accepted in [
            "application/json",
            "Application/JSON; charset=UTF-8",
            "application/json;odata.metadata=minimal;IEEE754Compatible=true",
            "application/json; charset=\"utf-8\"",
        ] {
            assert!(is_json(accepted), "{accepted}");
        }
        for refused in [
            "",
            "text/plain",
            "text/json",
            "application/jsonp",
            "application/json, text/plain",
            "application/json; charset=utf-16",
            "multipart/form-data; boundary=application/json",
        ] {
            assert!(!is_json(refused), "{refused}");
        }
    }
}
