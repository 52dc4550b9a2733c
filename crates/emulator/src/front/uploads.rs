//! Upload sessions on the wire: ranges by `PUT`, what is missing by `GET`, and the end by `DELETE`.

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use http_body_util::{BodyExt as _, Limited};
use msgraph_core::ServiceError;

use super::responses::{empty, failed, json};
use crate::mailbox::{Chunk, Mailbox, Progress};

/// The longest range that is taken at once: less than 4 MB, as mailboxes have it.
const LONGEST: usize = 4_000_000 - 1;

/// The answer of the session `id`.
pub(super) async fn answer(mailbox: &Arc<Mailbox>, id: &str, request: Request) -> Response {
    let answered = match *request.method() {
        Method::PUT => put(mailbox, id, request).await,
        Method::GET => {
            mailbox.upload_state(id).map(|state| json(StatusCode::OK, state.to_string()))
        }
        Method::DELETE => mailbox.cancel_upload(id).map(|()| empty(StatusCode::NO_CONTENT)),
        _ => Err(ServiceError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "An upload session answers to PUT, GET and DELETE.",
        )
        .with_header(header::ALLOW, HeaderValue::from_static("PUT, GET, DELETE"))),
    };
    answered.unwrap_or_else(failed)
}

async fn put(mailbox: &Arc<Mailbox>, id: &str, request: Request) -> Result<Response, ServiceError> {
    let (parts, body) = request.into_parts();
    let range = ContentRange::of(&parts.headers).ok_or_else(|| {
        let message = "The request needs a `Content-Range: bytes FIRST-LAST/LENGTH`.";
        ServiceError::bad_request(message).with_target("Content-Range")
    })?;
    mailbox.upload_state(id)?;
    let bytes = Limited::new(body, LONGEST).collect().await.map_err(|_| {
        let message = format!("A range has at most {LONGEST} bytes, and comes whole.");
        ServiceError::new(StatusCode::PAYLOAD_TOO_LARGE, message)
    })?;
    let bytes = bytes.to_bytes();
    if bytes.len() as u64 != range.last - range.first + 1 {
        let message = "The body has not as many bytes as its range.";
        return Err(ServiceError::bad_request(message).with_target("Content-Range"));
    }
    let chunk = Chunk { first: range.first, length: range.length, bytes };
    Ok(match mailbox.upload(id, chunk).await? {
        Progress::Open(state) => json(StatusCode::OK, state.to_string()),
        Progress::Done(address) => {
            let mut response = empty(StatusCode::CREATED);
            let address = HeaderValue::from_str(&address).ok();
            response.headers_mut().extend(address.map(|address| (header::LOCATION, address)));
            response
        }
    })
}

/// Which bytes of how many a body is (RFC 9110, section 14.4).
#[derive(Debug, PartialEq, Eq)]
struct ContentRange {
    first: u64,
    last: u64,
    length: u64,
}

impl ContentRange {
    fn of(headers: &HeaderMap) -> Option<Self> {
        Self::parse(headers.get(header::CONTENT_RANGE)?.to_str().ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let (range, length) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let number = |text: &str| text.trim().parse::<u64>().ok();
        let range = Self { first: number(first)?, last: number(last)?, length: number(length)? };
        (range.first <= range.last && range.last < range.length).then_some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::ContentRange;

    #[test]
    fn a_range_lies_within_its_length() {
        let whole = ContentRange { first: 0, last: 9, length: 10 };
        assert_eq!(ContentRange::parse("bytes 0-9/10"), Some(whole));
        for broken in [
            "",
            "bytes 0-9",
            "bytes 0-10/10",
            "bytes 5-4/10",
            "0-9/10",
            "bytes */10",
            "bytes 0-9/*",
            "bytes -1-9/10",
        ] {
            assert_eq!(ContentRange::parse(broken), None, "{broken}");
        }
    }
}
