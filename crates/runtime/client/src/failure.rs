//! What a service answers when it refuses.
//!
//! In comes an answer that is no success, with any body at all; out comes one shape. A body that is no
//! OData error (a proxy's HTML, nothing, half an answer) is kept as text, up to a limit.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use msgraph_core::{ErrorBody, ErrorDetail, Payload, ReadError, ReadMode};

use crate::call::Label;
use crate::credential::Token;
use crate::error::Ids;
use crate::header::text;
use crate::line::line;

/// How much of a body is kept, in bytes.
const RAW_LIMIT: usize = 16 << 10;
/// How much of a text from the service goes into a log line, in characters.
const SHOWN_LIMIT: usize = 300;

/// An answer that is no success.
#[derive(Clone)]
pub struct ServiceFailure {
    operation: String,
    status: StatusCode,
    /// What the service says, where it says it as OData does.
    body: Option<ErrorBody>,
    raw: String,
    ids: Ids,
    retry_after: Option<Duration>,
    headers: HeaderMap,
}

impl ServiceFailure {
    pub(crate) fn new(
        operation: &Label,
        status: StatusCode,
        mut headers: HeaderMap,
        bytes: &[u8],
        token: Option<&Token>,
    ) -> Self {
        if let Some(token) = token {
            token.redact_headers(&mut headers);
        }
        let shown = |text: &str| token.map_or_else(|| text.to_owned(), |token| token.redact(text));
        // An answer may repeat the request; what it says is read after the token is taken out.
        let all = shown(&String::from_utf8_lossy(bytes));
        let body = ErrorBody::from_slice(all.as_bytes());
        let raw = all.get(..all.floor_char_boundary(RAW_LIMIT)).unwrap_or_default().to_owned();

        let inner = |id: fn(&msgraph_core::InnerError) -> Option<&String>| {
            body.as_ref().and_then(|body| body.inner_errors().find_map(id)).cloned()
        };
        let of_headers = Ids::of(&headers);
        let ids = Ids {
            request_id: of_headers.request_id.or_else(|| inner(|error| error.request_id.as_ref())),
            client_request_id: of_headers
                .client_request_id
                .or_else(|| inner(|error| error.client_request_id.as_ref())),
        };
        let retry_after = retry_after(&headers);
        Self { operation: operation.to_string(), status, body, raw, ids, retry_after, headers }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The error as OData has it; none where the body is something else.
    pub fn body(&self) -> Option<&ErrorBody> {
        self.body.as_ref()
    }

    /// The outer code, e.g. `itemNotFound`.
    pub fn code(&self) -> Option<&str> {
        self.body().map(|body| body.code.as_str()).filter(|code| !code.is_empty())
    }

    /// The code of the innermost error that has one, or else the outer one.
    pub fn innermost_code(&self) -> Option<&str> {
        self.body()?.codes().last()
    }

    /// Whether the error, or an inner one, has this code.
    pub fn is(&self, code: &str) -> bool {
        self.body().is_some_and(|body| body.is(code))
    }

    /// What went wrong, for people; not for programs to read.
    pub fn message(&self) -> Option<&str> {
        self.body().map(|body| body.message.as_str()).filter(|message| !message.is_empty())
    }

    /// What the error is about, e.g. the name of a property.
    pub fn target(&self) -> Option<&str> {
        self.body()?.target.as_deref()
    }

    /// Further errors of the same request.
    pub fn details(&self) -> &[ErrorDetail] {
        self.body().map_or(&[], |body| &body.details)
    }

    /// When it went wrong, as the service writes it in the error, which is most often in UTC and without saying so; the
    /// header `Date` of the answer is among the [`headers`](Self::headers).
    pub fn date(&self) -> Option<&str> {
        self.body()?.inner_errors().find_map(|inner| inner.date.as_deref())
    }

    /// The service's id of the exchange, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.ids.request_id.as_deref()
    }

    /// The client's id of the exchange, as far as the service gives it back.
    pub fn client_request_id(&self) -> Option<&str> {
        self.ids.client_request_id.as_deref()
    }

    /// How long to wait before another try, where the service says so, counted from its answer.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// The body as a service describes its errors, where it does so in a type of its own; the first 16 KiB of it are
    /// read.
    ///
    /// # Errors
    /// What makes it none of these.
    pub fn described<T: Payload>(&self) -> Result<T, ReadError> {
        T::read(self.raw.as_bytes(), ReadMode::Lenient).map(|read| read.value)
    }

    /// The body as text, up to 16 KiB of it.
    pub fn raw_body(&self) -> &str {
        &self.raw
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}

impl fmt::Display for ServiceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.status.as_u16())?;
        if let Some(reason) = self.status.canonical_reason() {
            write!(f, " {reason}")?;
        }
        let outer = self.code();
        let innermost = self.innermost_code().filter(|code| Some(*code) != outer);
        for code in [outer, innermost].into_iter().flatten() {
            write!(f, ", {}", line(code, 80))?;
        }
        let said = self.message().unwrap_or(if self.body.is_some() { "" } else { &self.raw });
        let said = line(said, SHOWN_LIMIT);
        if !said.is_empty() {
            write!(f, ": {said}")?;
        }
        write!(f, "{}", self.ids)
    }
}

impl fmt::Debug for ServiceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceFailure")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("body", &self.body)
            .field("raw", &line(&self.raw, SHOWN_LIMIT))
            .field("ids", &self.ids)
            .field("retry_after", &self.retry_after)
            .finish_non_exhaustive()
    }
}

impl StdError for ServiceFailure {}

/// `Retry-After` in seconds, or as a date, which is held against the answer's own date so that the two
/// clocks need not agree.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = text(headers, &header::RETRY_AFTER)?;
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // What no number holds is longer than anybody waits.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let then = http_date(value)?;
    let now = text(headers, &header::DATE)
        .and_then(|date| http_date(date.trim()))
        .unwrap_or_else(Timestamp::now);
    let seconds = then.as_second().saturating_sub(now.as_second());
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// A date of HTTP, in each of its three forms (RFC 9110, section 5.6.7).
fn http_date(text: &str) -> Option<Timestamp> {
    const ONCE: [&str; 2] = ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    let once = |form: &&str| {
        let date = strtime::parse(form, text).ok()?.to_datetime().ok()?;
        TimeZone::UTC.to_timestamp(date).ok()
    };
    let date = DateTimeParser::new().parse_timestamp(text).ok();
    date.or_else(|| ONCE.iter().find_map(once))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::{HeaderMap, HeaderValue, header};

    use super::retry_after;

    fn waits(retry: &'static str, date: Option<&'static str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static(retry));
        if let Some(date) = date {
            headers.insert(header::DATE, HeaderValue::from_static(date));
        }
        retry_after(&headers)
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let date = Some("Wed, 21 Oct 2015 07:28:00 GMT");
        assert_eq!(waits("120", None), Some(Duration::from_secs(120)));
        assert_eq!(waits("Wed, 21 Oct 2015 07:28:30 GMT", date), Some(Duration::from_secs(30)));
        assert_eq!(waits("Wed, 21 Oct 2015 07:27:00 GMT", date), Some(Duration::ZERO));
        // The forms that HTTP once had.
        assert_eq!(waits("Wednesday, 21-Oct-15 07:28:30 GMT", date), Some(Duration::from_secs(30)));
        assert_eq!(waits("Wed Oct 21 07:28:30 2015", date), Some(Duration::from_secs(30)));
        let once = Some("Sun Nov  6 08:49:37 1994");
        assert_eq!(waits("Sun, 06 Nov 1994 08:49:38 GMT", once), Some(Duration::from_secs(1)));
        // What no number holds is longer than anybody waits.
        assert_eq!(waits("99999999999999999999999", None), Some(Duration::from_secs(u64::MAX)));
    }

    #[test]
    fn what_is_neither_is_not_known() {
        for value in ["", "-1", "soon", "1.5"] {
            assert_eq!(waits(value, None), None, "{value}");
        }
    }
}
