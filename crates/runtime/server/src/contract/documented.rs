//! The request and the answer that a page shows, against those of a client and a server.
//!
//! Headers that frame a message or carry a token are not compared: pages show them cut or counted wrong.

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use http_body_util::BodyExt as _;
use msgraph_core::path::{decode, key_in_parentheses};
use tower::ServiceExt as _;

use super::guard::TOKEN;
use super::{Mismatch, Outcome, same, same_json};

/// A request as a page shows it.
#[derive(Debug, Clone, Copy)]
pub struct DocumentedRequest {
    /// The method.
    pub method: &'static str,
    /// The whole URL, or one that begins below the version (`/groups/{id}`).
    pub url: &'static str,
    /// The headers, as shown.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body, a JSON text; none where none is shown.
    pub body: Option<&'static str>,
}

/// An answer as a page shows it.
#[derive(Debug, Clone, Copy)]
pub struct DocumentedResponse {
    /// The status.
    pub status: u16,
    /// The headers, as shown.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body, a JSON text; none where none is shown.
    pub body: Option<&'static str>,
}

impl DocumentedRequest {
    /// Holds a request that a client would send against the documented one.
    pub fn matches(&self, sent: &http::Request<Bytes>) -> Outcome {
        same("method", &self.method, &sent.method().as_str())?;
        let documented = Address::of(self.url);
        let found = Address::of(&sent.uri().to_string());
        documented.matches(&found)?;
        headers_match(self.headers, sent.headers())?;
        body_matches(self.body, sent.headers(), sent.body())
    }

    /// Sends the documented request, with [`TOKEN`], to a router whose base is `base` (`/v1.0`), and
    /// returns the whole answer.
    pub async fn send(&self, router: Router, base: &str) -> Outcome<http::Response<Bytes>> {
        send(router, self.to_http(base)?).await
    }

    fn to_http(self, base: &str) -> Outcome<http::Request<Body>> {
        let address = match below_host(self.url) {
            Some(path) => legible(path),
            None => format!("{base}{}", legible(self.url)),
        };
        let mut request = http::Request::builder().method(self.method).uri(address);
        for (name, value) in self.headers {
            if is_compared(name) {
                request = request.header(*name, *value);
            }
        }
        request = request.header(header::AUTHORIZATION, format!("Bearer {TOKEN}"));
        let documents_type =
            self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        if self.body.is_some() && !documents_type {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        request
            .body(self.body.map_or_else(Body::empty, Body::from))
            .map_err(|error| Mismatch::new(format!("the documented request is none: {error}")))
    }
}

impl DocumentedResponse {
    /// Holds the answer of a server against the documented one.
    pub fn matches(&self, found: &http::Response<Bytes>) -> Outcome {
        if self.status != found.status().as_u16() {
            let body = String::from_utf8_lossy(found.body());
            return Err(Mismatch::new(format!(
                "the status differs: documented {}, found {}\n {body}",
                self.status,
                found.status().as_u16()
            )));
        }
        headers_match(self.headers, found.headers())?;
        body_matches(self.body, found.headers(), found.body())
    }
}

/// Sends a request to a router, in process.
async fn send(router: Router, request: http::Request<Body>) -> Outcome<http::Response<Bytes>> {
    let Ok(response) = router.oneshot(request).await;
    let (parts, body) = response.into_parts();
    let body = body
        .collect()
        .await
        .map_err(|error| Mismatch::new(format!("the answer breaks off: {error}")))?;
    Ok(http::Response::from_parts(parts, body.to_bytes()))
}

/// Path and query of a URL, decoded.
struct Address {
    is_whole: bool,
    segments: Vec<String>,
    options: Vec<String>,
}

impl Address {
    fn of(url: &str) -> Self {
        let below_host = below_host(url);
        let (path, query) =
            below_host.unwrap_or(url).split_once('?').unwrap_or((below_host.unwrap_or(url), ""));
        let text = |raw: &str| decode(raw).map_or_else(|| raw.to_owned(), |text| text.into_owned());
        let mut segments = Vec::new();
        for raw in path.split('/').filter(|raw| !raw.is_empty()) {
            // `groups('42')` and `groups/42` are the same resource.
            match key_in_parentheses(raw) {
                Some((name, key)) => segments.extend([text(name), key]),
                None => segments.push(text(raw)),
            }
        }
        let options = query
            .split('&')
            .filter(|option| !option.is_empty())
            .map(|option| text(&option.replace('+', " ")))
            .collect();
        Self { is_whole: below_host.is_some(), segments, options }
    }

    fn matches(&self, found: &Self) -> Outcome {
        let skipped = if self.is_whole {
            0
        } else {
            found.segments.len().saturating_sub(self.segments.len())
        };
        let below = found.segments.get(skipped..).unwrap_or_default();
        same("path", &self.segments.as_slice(), &below)?;
        same("query", &self.options, &found.options)
    }
}

/// What follows scheme and host; none where there are none.
fn below_host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    Some(rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or("/"))
}

/// `url` with what no URL may hold percent-encoded: pages show blanks and braces.
fn legible(url: &str) -> String {
    let mut legible = String::with_capacity(url.len());
    let mut buffer = [0; 4];
    for character in url.chars() {
        if character.is_ascii_graphic() && !"\"<>\\^`{|}#".contains(character) {
            legible.push(character);
        } else {
            msgraph_core::path::encode_into(&mut legible, character.encode_utf8(&mut buffer));
        }
    }
    legible
}

/// Whether a documented header is one to hold a message to.
fn is_compared(name: &str) -> bool {
    const NOT_COMPARED: [HeaderName; 8] = [
        header::AUTHORIZATION,
        header::HOST,
        header::CONTENT_LENGTH,
        header::CONNECTION,
        header::TRANSFER_ENCODING,
        header::DATE,
        header::USER_AGENT,
        header::LOCATION,
    ];
    !NOT_COMPARED.iter().any(|header| header.as_str().eq_ignore_ascii_case(name))
}

fn headers_match(documented: &[(&str, &str)], found: &HeaderMap) -> Outcome {
    for (name, value) in documented.iter().filter(|(name, _)| is_compared(name)) {
        let value = value.trim();
        let mut values = found.get_all(*name).iter().filter_map(|value| value.to_str().ok());
        let is_there = if name.eq_ignore_ascii_case("content-type") {
            values.any(|found| essence(found).eq_ignore_ascii_case(essence(value)))
        } else {
            values.any(|found| found == value)
        };
        if !is_there {
            let found = found.get(*name).map(HeaderValue::as_bytes).map(String::from_utf8_lossy);
            return Err(Mismatch::new(format!(
                "the header {name} differs: documented `{value}`, found {found:?}"
            )));
        }
    }
    Ok(())
}

fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

fn body_matches(documented: Option<&str>, headers: &HeaderMap, found: &[u8]) -> Outcome {
    let Some(documented) = documented else {
        return if found.is_empty() {
            Ok(())
        } else {
            let found = String::from_utf8_lossy(found);
            Err(Mismatch::new(format!("a body is sent where none is documented: {found}")))
        };
    };
    same_json(documented.as_bytes(), found)?;
    headers_match(&[("content-type", "application/json")], headers)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{DocumentedRequest, DocumentedResponse, legible};

    const DOCUMENTED: DocumentedRequest = DocumentedRequest {
        method: "POST",
        url: "https://graph.microsoft.com/v1.0/groups/{id}/threads?$top=5",
        headers: &[
            ("Content-type", "application/json; charset=utf-8"),
            ("Authorization", "Bearer {token}"),
            ("Content-length", "17"),
            ("Prefer", "x"),
        ],
        body: Some(r#"{"topic": "Lunch"}"#),
    };

    fn differs(uri: &str, change: impl FnOnce(&mut http::Request<Bytes>)) -> Option<String> {
        let mut sent = http::Request::post(uri)
            .header("content-type", "application/json")
            .header("prefer", "x")
            .header("client-request-id", "1")
            .body(Bytes::from_static(br#"{"topic":"Lunch"}"#))
            .expect("a request");
        change(&mut sent);
        DOCUMENTED.matches(&sent).err().map(|mismatch| mismatch.to_string())
    }

    #[test]
    fn the_same_request_may_be_spelled_otherwise() {
        for uri in [
            "https://graph.microsoft.com/v1.0/groups/%7Bid%7D/threads?$top=5",
            "http://127.0.0.1:80/v1.0/groups('%7Bid%7D')/threads?%24top=5",
        ] {
            assert_eq!(differs(uri, |_| {}), None, "{uri}");
        }
    }

    #[test]
    fn each_part_of_a_request_is_compared() {
        let uri = "https://graph.microsoft.com/v1.0/groups/%7Bid%7D/threads?$top=5";
        let told = |uri: &str, change: fn(&mut http::Request<Bytes>)| {
            differs(uri, change).unwrap_or_default()
        };
        let told_of = |change| told(uri, change);
        assert!(told_of(|sent| *sent.method_mut() = http::Method::PUT).contains("method"));
        assert!(told_of(|sent| *sent.body_mut() = Bytes::new()).contains("not JSON"));
        assert!(told_of(|sent| *sent.body_mut() = "{}".into()).contains("$.topic"));
        assert!(told_of(|sent| drop(sent.headers_mut().remove("prefer"))).contains("Prefer"));
        assert!(told_of(|sent| drop(sent.headers_mut().remove("content-type"))).contains("type"));
        assert!(told(&uri.replace("v1.0", "beta"), |_| {}).contains("path"));
        assert!(told(&uri.replace("threads", "thread/s"), |_| {}).contains("path"));
        assert!(told(&uri.replace("$top", "$skip"), |_| {}).contains("query"));
    }

    #[test]
    fn a_url_below_the_version_is_compared_there() {
        let documented =
            DocumentedRequest { method: "GET", url: "/groups/1", headers: &[], body: None };
        let sent = |uri: &str| http::Request::get(uri).body(Bytes::new()).expect("a request");
        assert_eq!(documented.matches(&sent("https://x/v1.0/groups/1")), Ok(()));
        assert!(documented.matches(&sent("https://x/v1.0/groups/2")).is_err());
        assert!(documented.matches(&sent("https://x/1")).is_err());
        let with_body = sent("https://x/v1.0/groups/1").map(|_| Bytes::from_static(b"{}"));
        assert!(documented.matches(&with_body).is_err());
    }

    #[test]
    fn each_part_of_an_answer_is_compared() {
        let documented = DocumentedResponse { status: 201, headers: &[], body: Some("{}") };
        let found = |status: u16, content_type: &str, body: &'static str| {
            let found = http::Response::builder()
                .status(status)
                .header("content-type", content_type)
                .body(Bytes::from_static(body.as_bytes()))
                .expect("an answer");
            documented.matches(&found)
        };
        assert_eq!(found(201, "application/json", "{ }"), Ok(()));
        assert!(found(200, "application/json", "{}").is_err());
        assert!(found(201, "text/plain", "{}").is_err());
        assert!(found(201, "application/json", "[]").is_err());
        assert!(found(201, "application/json", "").is_err());
    }

    #[test]
    fn what_no_url_may_hold_is_encoded() {
        assert_eq!(legible("/groups/{id}/a b?$x='ü'#"), "/groups/%7Bid%7D/a%20b?$x='%C3%BC'%23");
    }
}
