//! The headers that the client knows of.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, header};

/// The service's id of an exchange.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
/// The client's id of an exchange, a GUID.
pub(crate) const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
/// How fresh an answer has to be.
pub(crate) const CONSISTENCY_LEVEL: HeaderName = HeaderName::from_static("consistencylevel");

/// Whether a header is the client's own: it carries the token, or frames the message.
pub(crate) fn is_reserved(name: &HeaderName) -> bool {
    const RESERVED: [HeaderName; 8] = [
        header::AUTHORIZATION,
        header::PROXY_AUTHORIZATION,
        header::HOST,
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
        header::CONNECTION,
        header::UPGRADE,
        header::TE,
    ];
    RESERVED.contains(name)
}

/// The text of a header, where it has one.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<Cow<'a, str>> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()))
}

/// Whether the content is JSON by its type: `application/json` or a type built on it.
pub(crate) fn is_json(content_type: &str) -> bool {
    const USUAL: &str = "application/json";
    if content_type == USUAL {
        return true;
    }
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let is = |other: &str| essence.eq_ignore_ascii_case(other);
    let suffix = essence.rsplit_once('+').map(|(_, suffix)| suffix);
    is(USUAL) || is("text/json") || suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("json"))
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn json_is_known_by_its_type_or_by_what_it_is_built_on() {
        for json in [
            "application/json",
            "Application/JSON; charset=utf-8",
            " text/json ;x",
            "application/problem+json",
            "application/vnd.a+xml+JSON;v=1",
        ] {
            assert!(is_json(json), "{json}");
        }
        for other in ["", "json", "application/jsonp", "application/json+xml", "text/html;a=+json"]
        {
            assert!(!is_json(other), "{other}");
        }
    }
}
