//! The request that a page shows, against that of a client; and as one to send to a server.
//!
//! Headers that frame a message or carry a token are not compared: pages show them cut or counted wrong.

use std::borrow::Cow;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use http_body_util::BodyExt as _;
use msgraph_core::literal::{arguments, member_name, unquoted};
use msgraph_core::path::{decode, encode_into, key_in_parentheses};
use tower::ServiceExt as _;

use super::{Mismatch, Outcome, TOKEN, same};

/// Sends a request to a router, in process.
pub(super) async fn send(
    router: Router,
    request: http::Request<Body>,
) -> Outcome<http::Response<Bytes>> {
    let Ok(response) = router.oneshot(request).await;
    let (parts, body) = response.into_parts();
    let body = body
        .collect()
        .await
        .map_err(|error| Mismatch::new(format!("the answer breaks off: {error}")))?;
    Ok(http::Response::from_parts(parts, body.to_bytes()))
}

/// The request with [`TOKEN`] and these parts, as a stranger to our client would send it.
pub(super) fn request(
    method: &str,
    address: &str,
    headers: &[(String, String)],
    body: Option<&[u8]>,
) -> Outcome<http::Request<Body>> {
    let mut request = http::Request::builder().method(method).uri(legible(address));
    for (name, value) in headers.iter().filter(|(name, _)| is_compared(name)) {
        request = request.header(name.as_str(), value.as_str());
    }
    request = request.header(header::AUTHORIZATION, format!("Bearer {TOKEN}"));
    let has_type = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if body.is_some() && !has_type {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    request
        .body(body.map_or_else(Body::empty, |body| Body::from(body.to_vec())))
        .map_err(|error| Mismatch::new(format!("the documented request is none: {error}")))
}

/// Path and query of a URL, decoded.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The segments; a key in parentheses is one of its own.
    pub(super) segments: Vec<String>,
    /// The query options.
    pub(super) query: Vec<(String, String)>,
}

impl Address {
    /// The address in `url`, which may begin with scheme and host.
    pub(super) fn of(url: &str) -> Self {
        let below_host = below_host(url);
        let (path, query) = below_host.split_once('?').unwrap_or((below_host, ""));
        let mut segments = Vec::new();
        for raw in path.split('/').filter(|raw| !raw.is_empty()) {
            // `groups('42')` and `groups/42` are the same resource.
            match key_in_parentheses(raw) {
                Some((name, key)) => segments.extend([text(name), key]),
                None => segments.push(call(&text(raw))),
            }
        }
        Self { segments, query: options(query) }
    }

    /// The address of a path template below `base`, with `keys` for its parameters.
    pub(super) fn of_template(base: &str, template: &str, keys: &[Option<String>]) -> Self {
        let mut keys = keys.iter().map(Option::as_deref);
        let mut segments: Vec<String> =
            base.split('/').filter(|part| !part.is_empty()).map(text).collect();
        let mut is_item_path = false;
        for raw in template.split('/').filter(|raw| !raw.is_empty()) {
            let filled = filled(raw, &mut keys);
            if std::mem::replace(&mut is_item_path, raw.ends_with(':')) {
                // The path to an item is as many segments as it has names.
                segments
                    .extend(filled.split('/').filter(|name| !name.is_empty()).map(str::to_owned));
                is_item_path = false;
            } else {
                segments.push(filled);
            }
        }
        Self { segments, query: Vec::new() }
    }

    /// The address with the arguments of calls as they are compared.
    pub(super) fn called(mut self) -> Self {
        self.segments = self.segments.iter().map(|segment| call(segment)).collect();
        self
    }

    /// The address with arguments that `documented` has in its path, and this one in its query, moved there: a query
    /// may give them, under their names or with `@` in front.
    pub(super) fn with_arguments_of(mut self, documented: &Self) -> Self {
        let behind = documented.segments.len().saturating_sub(self.segments.len());
        for (segment, other) in
            self.segments.iter_mut().zip(documented.segments.iter().skip(behind))
        {
            let Some((_, arguments)) = called(other).filter(|_| segment != other) else { continue };
            let (name, own) = self::called(segment).unwrap_or((segment, Vec::new()));
            let mut given: Vec<(String, String)> =
                own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            for (argument, _) in arguments {
                let names = |option: &(String, String)| {
                    let name = option.0.strip_prefix('@').unwrap_or(&option.0);
                    name.eq_ignore_ascii_case(argument)
                };
                let is_given = given.iter().any(|(name, _)| name == argument);
                if let Some(at) = self.query.iter().position(names).filter(|_| !is_given) {
                    given.push((argument.to_owned(), self.query.remove(at).1));
                }
            }
            *segment = written(name, given);
        }
        self
    }

    /// The path, encoded.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for segment in &self.segments {
            path.push('/');
            // Colons that open and close the path to an item stand as they are.
            let (name, colon) =
                segment.strip_suffix(':').map_or((&**segment, ""), |name| (name, ":"));
            encode_into(&mut path, name);
            path.push_str(colon);
        }
        path
    }
}

/// A segment of a template with keys for its parameters. An argument that may be absent, and is, is left out;
/// any other that is none is null.
fn filled<'k>(raw: &str, keys: &mut impl Iterator<Item = Option<&'k str>>) -> String {
    let mut value = |placeholder: &str| {
        let (before, behind) = placeholder.split_once('{')?;
        let (name, behind) = behind.split_once('}')?;
        match keys.next().flatten() {
            Some(key) if before.ends_with('\'') => {
                Some(format!("{}{}{}", text(before), key.replace('\'', "''"), text(behind)))
            }
            Some(key) => Some(format!("{}{key}{}", text(before), text(behind))),
            None if name.ends_with('?') => None,
            None => Some(format!("{}null", text(before.trim_end_matches('\'')))),
        }
    };
    let parts = raw.split_once('(').and_then(|(name, rest)| Some((name, rest.strip_suffix(')')?)));
    match parts {
        Some((name, arguments)) => {
            let arguments: Vec<String> = arguments.split(',').filter_map(value).collect();
            format!("{}({})", text(name), arguments.join(","))
        }
        None if raw.contains('{') => value(raw).unwrap_or_default(),
        None => text(raw),
    }
}

/// A call with its arguments in order and without quotes, as which it means the same; any other segment.
fn call(segment: &str) -> String {
    let Some((name, arguments)) = called(segment) else { return segment.to_owned() };
    let given = arguments.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    written(name, given.collect())
}

/// The name and the arguments of a call.
fn called(segment: &str) -> Option<(&str, Vec<(&str, &str)>)> {
    let (name, rest) = segment.split_once('(')?;
    Some((name, arguments(rest.strip_suffix(')')?)?))
}

/// The call of `name`, which without arguments is the name alone: `count()` is `count`.
fn written(name: &str, mut arguments: Vec<(String, String)>) -> String {
    if arguments.is_empty() {
        return name.to_owned();
    }
    arguments.sort_unstable();
    let arguments: Vec<String> =
        arguments.iter().map(|(name, literal)| format!("{name}={}", plain(literal))).collect();
    format!("{name}({})", arguments.join(","))
}

/// What stands in the quotes of a literal, with the type of an enumeration in front of them or not.
fn plain(literal: &str) -> Cow<'_, str> {
    let quoted = unquoted(literal);
    let is_typed = || literal.split_once('\'').is_some_and(|(name, _)| name.contains('.'));
    quoted.or_else(|| member_name(literal).filter(|_| is_typed())).unwrap_or(literal.into())
}

/// The path of a URL as it stands there. A slash at its end means nothing.
pub(super) fn raw_path(url: &str) -> &str {
    let below_host = below_host(url);
    below_host.split_once('?').map_or(below_host, |(path, _)| path).trim_end_matches('/')
}

/// The query of a URL as it stands there.
pub(super) fn raw_query(url: &str) -> Option<&str> {
    url.split_once('?').map(|(_, query)| query).filter(|query| !query.is_empty())
}

fn options(query: &str) -> Vec<(String, String)> {
    let options = query.split('&').filter(|option| !option.is_empty());
    let plain = |raw: &str| text(&raw.replace('+', " "));
    options
        .map(|option| option.split_once('=').unwrap_or((option, "")))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

fn text(raw: &str) -> String {
    decode(raw).map_or_else(|| raw.to_owned(), |text| text.into_owned())
}

/// What follows scheme and host.
fn below_host(url: &str) -> &str {
    match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or("/"),
        None => url,
    }
}

/// `url` with what no URL may hold percent-encoded: pages show blanks and braces.
fn legible(url: &str) -> String {
    let mut legible = String::with_capacity(url.len());
    let mut buffer = [0; 4];
    for character in url.chars() {
        if character.is_ascii_graphic() && !"\"<>\\^`{|}#".contains(character) {
            legible.push(character);
        } else {
            encode_into(&mut legible, character.encode_utf8(&mut buffer));
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

/// Whether a client sends the header by itself.
pub(super) fn is_sent_anyway(name: &str) -> bool {
    ["accept", "content-type"].iter().any(|other| other.eq_ignore_ascii_case(name))
}

/// Holds headers against the documented ones.
pub(super) fn headers_match(documented: &[(String, String)], found: &HeaderMap) -> Outcome {
    for (name, value) in documented.iter().filter(|(name, _)| is_compared(name)) {
        let value = value.trim();
        let mut values = found.get_all(name).iter().filter_map(|value| value.to_str().ok());
        let is_there = if is_sent_anyway(name) {
            values.any(|found| essence(found).eq_ignore_ascii_case(essence(value)))
        } else {
            values.any(|found| found == value)
        };
        if !is_there {
            let found = found.get(name).map(HeaderValue::as_bytes).map(String::from_utf8_lossy);
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

/// Holds addresses against each other.
pub(super) fn same_address(documented: &Address, found: &Address) -> Outcome {
    same("path", &documented.segments, &found.segments)?;
    same("query", &documented.query, &found.query)
}

#[cfg(test)]
mod tests {
    use super::{Address, legible};

    #[test]
    fn the_same_address_may_be_spelled_otherwise() {
        let documented = Address::of("https://graph.microsoft.com/v1.0/groups/{id}/threads?$top=5");
        for url in [
            "https://graph.microsoft.com/v1.0/groups/%7Bid%7D/threads?$top=5",
            "http://127.0.0.1:80/v1.0/groups('%7Bid%7D')/threads?%24top=5",
            "/v1.0/groups/{id}/threads/?$top=5",
        ] {
            assert_eq!(Address::of(url), documented, "{url}");
        }
        for url in ["/beta/groups/{id}/threads?$top=5", "/v1.0/groups/{id}/threads?$skip=5"] {
            assert_ne!(Address::of(url), documented, "{url}");
        }
    }

    #[test]
    fn a_key_is_one_segment_of_its_template() {
        let keys = [Some("a/b".to_owned()), Some("D7".to_owned())];
        let address =
            Address::of_template("/v1.0", "/users/{user-id}/get(period='{period}')", &keys);
        assert_eq!(address.segments, ["v1.0", "users", "a/b", "get(period='D7')"]);
        assert_eq!(Address::of(&address.path()), address.called());
    }

    #[test]
    fn an_absent_argument_is_left_out_or_null() {
        let template = "/get(a='{a}',b={b?},c={c})";
        let address = Address::of_template("", template, &[Some("o'neil".to_owned()), None, None]);
        assert_eq!(address.called(), Address::of("/get(c=null,a='o''neil')"));
    }

    #[test]
    fn an_argument_may_stand_in_the_query() {
        let keys = [Some("D7".to_owned())];
        let template =
            Address::of_template("/v1.0", "/get(period='{period}')/rows", &keys).called();
        for url in ["/v1.0/get/rows?period=D7&$top=1", "/get()/rows?@period='D7'&$top=1"] {
            let address = Address::of(url).with_arguments_of(&template);
            let below = template.segments.len() - address.segments.len();
            assert_eq!(address.segments, template.segments[below..], "{url}");
            assert_eq!(address.query, [("$top".to_owned(), "1".to_owned())], "{url}");
        }
        let other = Address::of("/v1.0/get/rows?other=D7").with_arguments_of(&template);
        assert_eq!(other, Address::of("/v1.0/get/rows?other=D7"));
    }

    #[test]
    fn a_member_of_an_enumeration_may_have_its_type_in_front() {
        let qualified = Address::of("/zones(kind=microsoft.graph.zoneKind'iana')");
        assert_eq!(qualified, Address::of("/zones(kind=iana)"));
    }

    #[test]
    fn the_path_to_an_item_is_many_segments() {
        let keys = [Some("a b/c.txt".to_owned())];
        let address = Address::of_template("", "/drive/root:/{path}:/children", &keys);
        assert_eq!(address, Address::of("/drive/root:/a%20b/c.txt:/children"));
    }

    #[test]
    fn what_no_url_may_hold_is_encoded() {
        assert_eq!(legible("/groups/{id}/a b?$x='ü'#"), "/groups/%7Bid%7D/a%20b?$x='%C3%BC'%23");
    }
}
