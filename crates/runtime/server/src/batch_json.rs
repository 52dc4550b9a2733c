//! What a batch is as JSON: its requests in, their answers out (OData JSON Format 4.01, section 19).
//!
//! Holds: what is wrong with the batch fails the batch, before anything is answered; what is wrong with one request is its own
//! error, and the others go on.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header, request};
use msgraph_core::edm::Binary;
use msgraph_core::{Json, ServiceError};

use crate::body::is_json;
use crate::site::Address;

/// How many requests there may be, as in Graph.
const MOST: usize = 20;

type Members = BTreeMap<String, Json>;

/// A request of a batch.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) id: Json,
    /// What is to be answered, or why it cannot be.
    pub(crate) request: Result<(request::Parts, Bytes), ServiceError>,
    /// Those that it waits for, by their places.
    pub(crate) after: Vec<usize>,
}

/// The requests in the body of a batch that came as `asked` tells.
pub(crate) fn items_of(body: &[u8], address: &Address) -> Result<Vec<Item>, ServiceError> {
    let json = Json::from_slice(body).map_err(|error| {
        ServiceError::bad_request(format!("The batch cannot be read: {error}")).with_target("$")
    })?;
    let mut members = json.members().unwrap_or_default();
    let requests: Option<Vec<Members>> = members
        .remove("requests")
        .and_then(|requests| requests.items())
        .and_then(|requests| requests.iter().map(Json::members).collect());
    let requests = requests.ok_or_else(|| wrong("requests", "must be an array of objects"))?;
    if requests.len() > MOST {
        return Err(wrong("requests", &format!("may have at most {MOST} items")));
    }
    let mut places = BTreeMap::new();
    for (place, members) in requests.iter().enumerate() {
        let at = format!("requests[{place}].id");
        let id = members.get("id").and_then(Json::as_str).filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| wrong(&at, "must be a text"))?;
        if places.insert(id.into_owned(), place).is_some() {
            return Err(wrong(&at, "is the id of another request, too"));
        }
    }
    let items = requests.into_iter().enumerate().map(|(place, mut members)| {
        let after = after_of(&members, place, &places)?;
        let id = members.remove("id").unwrap_or_default();
        let request = request_of(&members, address);
        Ok(Item { id, request, after })
    });
    items.collect()
}

/// The places of those that a request waits for.
fn after_of(
    members: &Members,
    place: usize,
    places: &BTreeMap<String, usize>,
) -> Result<Vec<usize>, ServiceError> {
    let Some(named) = members.get("dependsOn").filter(|named| !named.is_null()) else {
        return Ok(Vec::new());
    };
    let at = format!("requests[{place}].dependsOn");
    let named: Vec<String> =
        named.deserialize().map_err(|_| wrong(&at, "must be an array of ids"))?;
    let of = |id: &String| places.get(id).copied();
    let after: Option<Vec<usize>> = named.iter().map(of).collect();
    after.ok_or_else(|| wrong(&at, "names a request that is not in the batch"))
}

/// The places of the requests in the order in which they can be answered: theirs, but for those that wait.
///
/// # Errors
/// 400 where requests wait for each other.
pub(crate) fn order_of(items: &[Item]) -> Result<Vec<usize>, ServiceError> {
    let mut order: Vec<usize> = Vec::with_capacity(items.len());
    while order.len() < items.len() {
        let is_ready = |(place, item): &(usize, &Item)| {
            !order.contains(place) && item.after.iter().all(|before| order.contains(before))
        };
        let Some((next, _)) = items.iter().enumerate().find(is_ready) else {
            return Err(wrong("requests", "wait for each other"));
        };
        order.push(next);
    }
    Ok(order)
}

fn wrong(at: &str, what: &str) -> ServiceError {
    ServiceError::bad_request(format!("The batch cannot be answered: `{at}` {what}."))
        .with_target(format!("$.{at}"))
}

/// One request, as if it had been sent alone.
fn request_of(
    members: &Members,
    address: &Address,
) -> Result<(request::Parts, Bytes), ServiceError> {
    let wrong = |name: &str, what: &str| {
        ServiceError::bad_request(format!("The `{name}` of the request {what}.")).with_target(name)
    };
    for name in ["atomicityGroup", "if"] {
        // To answer as if it were not there would do what was not asked for.
        if members.get(name).is_some_and(|value| !value.is_null()) {
            return Err(wrong(name, "is not supported"));
        }
    }
    let method = members.get("method").and_then(Json::as_str);
    let method =
        method.and_then(|name| Method::from_bytes(name.to_ascii_uppercase().as_bytes()).ok());
    let method = method.ok_or_else(|| wrong("method", "is no method"))?;
    let url = members.get("url").and_then(Json::as_str).and_then(|url| address_of(&url, address));
    let url = url.ok_or_else(|| wrong("url", "does not lead to this service"))?;
    if address.site.is_batch(url.split(['?', '#']).next().unwrap_or_default()) {
        return Err(wrong("url", "leads to a batch, which cannot be in another one"));
    }
    let request = Request::builder().method(method).uri(url).body(());
    let (mut parts, ()) = request.map_err(|_| wrong("url", "is no address"))?.into_parts();
    parts.headers = headers_of(members).ok_or_else(|| wrong("headers", "are no headers"))?;
    parts.headers.extend(address.host().cloned().map(|host| (header::HOST, host)));
    let body = members.get("body").filter(|body| !body.is_null());
    let Some(body) = body else { return Ok((parts, Bytes::new())) };
    let json = HeaderValue::from_static("application/json");
    let said = parts.headers.entry(header::CONTENT_TYPE).or_insert(json);
    let bytes = if said.to_str().is_ok_and(is_json) {
        Some(Bytes::copy_from_slice(body.as_text().as_bytes()))
    } else {
        body.as_str()
            .and_then(|text| text.parse::<Binary>().ok())
            .map(|bytes| bytes.into_bytes().into())
    };
    let what = "is neither JSON by its Content-Type nor a text in base64url";
    Ok((parts, bytes.ok_or_else(|| wrong("body", what))?))
}

/// The path that a URL in a batch means: one below the base, with or without its slash; or a whole URL, or path, that begins
/// as that of the batch itself does.
fn address_of(url: &str, address: &Address) -> Option<String> {
    let base = address.site.base.trim_end_matches('/');
    let mut own = Vec::new();
    address.push_origin(&mut own);
    let own = String::from_utf8(own).ok().filter(|own| !own.is_empty());
    let below_host = match own.and_then(|own| url.strip_prefix(own.as_str())) {
        Some(rest) => address.site.below(rest)?,
        None => url,
    };
    let head = below_host.split(['/', '?', '#', '(']).next().unwrap_or_default();
    if below_host.starts_with("//") || head.contains(':') {
        return None;
    }
    let path = address.site.below(below_host).filter(|_| !base.is_empty()).unwrap_or(below_host);
    Some(format!("{base}/{}", path.strip_prefix('/').unwrap_or(path)))
}

/// The headers of a request, but for those that frame a message or say who calls: that is the caller of the batch.
fn headers_of(members: &Members) -> Option<HeaderMap> {
    const OF_THE_BATCH: [HeaderName; 8] = [
        header::AUTHORIZATION,
        header::PROXY_AUTHORIZATION,
        header::HOST,
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
        header::CONNECTION,
        header::UPGRADE,
        header::TE,
    ];
    let mut headers = HeaderMap::new();
    let Some(said) = members.get("headers").filter(|said| !said.is_null()) else {
        return Some(headers);
    };
    for (name, value) in said.deserialize::<BTreeMap<String, String>>().ok()? {
        let name = HeaderName::try_from(name).ok()?;
        let value = HeaderValue::try_from(value).ok()?;
        if !OF_THE_BATCH.contains(&name) {
            headers.append(name, value);
        }
    }
    Some(headers)
}

/// The body of the answer to a batch, without the bracket that ends it.
#[derive(Debug)]
pub(crate) struct Responses {
    out: Vec<u8>,
}

impl Responses {
    pub(crate) fn new() -> Self {
        Self { out: b"{\"responses\":[".to_vec() }
    }

    /// Adds the answer to the request `id`. A body that is no JSON stands in a string: text as it is, all else in base64url.
    pub(crate) fn push(&mut self, id: &Json, response: &Response<Bytes>) {
        if !self.out.ends_with(b"[") {
            self.out.push(b',');
        }
        self.raw("{\"id\":");
        self.raw(id.as_text());
        self.raw(",\"status\":");
        self.raw(response.status().as_str());
        let headers = response.headers();
        let mut open = ",\"headers\":{";
        for name in headers.keys() {
            self.raw(std::mem::replace(&mut open, ","));
            self.text(name.as_str());
            self.raw(":");
            let values: Vec<_> = headers.get_all(name).iter().collect();
            let values: Vec<_> =
                values.iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
            self.text(&values.join(", "));
        }
        if !headers.is_empty() {
            self.raw("}");
        }
        if !response.body().is_empty() {
            self.raw(",\"body\":");
            let of = headers.get(header::CONTENT_TYPE).and_then(|of| of.to_str().ok());
            self.body(of.unwrap_or_default(), response.body());
        }
        self.raw("}");
    }

    fn body(&mut self, content_type: &str, body: &[u8]) {
        let is_text = content_type.trim_start().to_ascii_lowercase().starts_with("text/");
        // A handler may have said that something is JSON which is none.
        let json = is_json(content_type).then(|| Json::from_slice(body).ok()).flatten();
        match (json, std::str::from_utf8(body)) {
            (Some(json), _) => self.raw(json.as_text()),
            (None, Ok(text)) if is_text => self.text(text),
            _ => self.text(&Binary::from(body).to_string()),
        }
    }

    pub(crate) fn into_body(mut self) -> Bytes {
        self.raw("]}");
        self.out.into()
    }

    fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn text(&mut self, text: &str) {
        self.raw(Json::from(text).as_text());
    }
}
