//! The content of a request: its type, its length, its bytes.
//!
//! In comes a body that nobody has read; out come bytes that are at most as long as allowed and, where JSON
//! is due, said to be JSON in UTF-8. That they are is for the reading of the operation's type to find out.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use hyper::body::Body;
use msgraph_core::{Payload, ServiceError};

use crate::limits::Limits;

/// A body that is arriving, its type erased where it lies.
pub(crate) type Arriving<'a> = &'a mut (dyn Body<Data = Bytes, Error = ()> + Send + Unpin);

/// What an operation's body is to be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Due {
    /// None. An empty JSON object is taken for none, since some clients send one with every action.
    Nothing,
    Json,
    /// JSON, or nothing.
    MaybeJson,
    /// Of any media type, be it empty.
    Anything,
}

impl Due {
    pub(crate) fn of<T: Payload>() -> Self {
        match T::CONTENT_TYPE {
            None => Self::Nothing,
            Some(_) if T::TAKES_ANY_TYPE => Self::Anything,
            Some(_) if T::MAY_BE_EMPTY => Self::MaybeJson,
            Some(_) => Self::Json,
        }
    }
}

/// Reads the body that is due.
#[expect(clippy::manual_async_fn, reason = "an async function keeps its arguments twice")]
pub(crate) fn read<'a>(
    due: Due,
    headers: &'a HeaderMap,
    body: Arriving<'a>,
    limits: &'a Limits,
) -> impl Future<Output = Result<Bytes, ServiceError>> + Send + 'a {
    async move {
        let is_absent = body.is_end_stream();
        match due {
            Due::Nothing | Due::MaybeJson if is_absent => return Ok(Bytes::new()),
            Due::Json if is_absent && !headers.contains_key(header::CONTENT_TYPE) => {
                return Err(missing());
            }
            Due::Nothing | Due::Json | Due::MaybeJson => check_type(headers)?,
            Due::Anything => check_encoding(headers)?,
        }
        let bytes = collect(body, limits).await?;
        match due {
            Due::Nothing if is_nothing(&bytes) => Ok(Bytes::new()),
            Due::Nothing => Err(unsupported("The operation takes no body.")),
            Due::Json if bytes.is_empty() => Err(missing()),
            Due::Json | Due::MaybeJson | Due::Anything => Ok(bytes),
        }
    }
}

fn missing() -> ServiceError {
    ServiceError::bad_request("The request needs a JSON body, and has none.")
}

fn is_nothing(bytes: &[u8]) -> bool {
    let mut marks = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    let marks = (marks.next(), marks.next(), marks.next());
    matches!(marks, (None, ..) | (Some(b'{'), Some(b'}'), None))
}

/// All of a body, in time.
#[expect(clippy::manual_async_fn, reason = "an async function keeps its arguments twice")]
fn collect<'a>(
    body: Arriving<'a>,
    limits: &'a Limits,
) -> impl Future<Output = Result<Bytes, ServiceError>> + Send + 'a {
    async move {
        let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
        if announced > limits.body {
            return Err(too_large(limits));
        }
        let mut arrived = Arrived::default();
        let mut all = poll_fn(|context| arrived.poll(body, limits, context));
        // Most bodies are there already: they need no clock.
        let first = poll_fn(|context| Poll::Ready(Pin::new(&mut all).poll(context)));
        if let Poll::Ready(all) = first.await {
            return all;
        }
        // Boxed, so that the others do not carry its room.
        Box::pin(tokio::time::timeout(limits.body_time, all)).await.unwrap_or_else(|_| {
            let message = "The body did not arrive in time.";
            Err(ServiceError::new(StatusCode::REQUEST_TIMEOUT, message))
        })
    }
}

/// What has arrived of a body. A frame that is the whole body is not copied, and most are.
#[derive(Default)]
struct Arrived {
    first: Bytes,
    /// The first and those behind it, where there are more.
    all: Vec<u8>,
}

impl Arrived {
    /// All of the body, once it is there.
    fn poll(
        &mut self,
        body: Arriving<'_>,
        limits: &Limits,
        context: &mut Context<'_>,
    ) -> Poll<Result<Bytes, ServiceError>> {
        while !body.is_end_stream()
            && let Some(frame) = ready!(Pin::new(&mut *body).poll_frame(context))
        {
            let Ok(frame) = frame else {
                let message = "The body did not arrive whole.";
                return Poll::Ready(Err(ServiceError::bad_request(message)));
            };
            // Trailers mean nothing here.
            if let Ok(data) = frame.into_data() {
                self.take(data, limits)?;
            }
        }
        let first = std::mem::take(&mut self.first);
        let all = std::mem::take(&mut self.all);
        Poll::Ready(Ok(if all.is_empty() { first } else { all.into() }))
    }

    fn take(&mut self, data: Bytes, limits: &Limits) -> Result<(), ServiceError> {
        if data.len() > limits.body.saturating_sub(self.first.len().max(self.all.len())) {
            return Err(too_large(limits));
        }
        if self.first.is_empty() {
            self.first = data;
            return Ok(());
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&data);
        Ok(())
    }
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
