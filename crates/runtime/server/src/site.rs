//! Where the service stands, as its answers tell it: scheme and host, then the base of all paths.
//!
//! In comes what a request says of the host; out go addresses in answers. Holds: what is written is a URL, whatever
//! came in, so that it can stand in a header and in a JSON string as it is. No header that a proxy may or may not have
//! set is believed; a service behind one states its public URL.

use std::sync::Arc;

use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Method, Uri, header, request};

use crate::base::Base;

/// What answers know of the service.
#[derive(Debug)]
pub(crate) struct Site {
    /// What stands in front of every path, e.g. `/v1.0`.
    pub(crate) base: &'static str,
    /// Whether OData has something to say of its answers.
    pub(crate) is_odata: bool,
    /// How many segments the base has.
    pub(crate) base_segments: usize,
    /// What stands in front of the base, where the service does not go by the `Host` of its requests.
    public_url: Option<String>,
}

impl Site {
    pub(crate) fn new(base: Base) -> Self {
        let base_segments = base.path().split('/').filter(|segment| !segment.is_empty()).count();
        Self { base: base.path(), is_odata: base.is_odata(), base_segments, public_url: None }
    }

    /// States the URL in front of the base. What no URL can hold is left out of it.
    pub(crate) fn set_public_url(&mut self, url: &str) {
        let mut kept = Vec::with_capacity(url.len());
        push_url(url.trim_end_matches('/').as_bytes(), &mut kept);
        self.public_url = String::from_utf8(kept).ok();
    }

    /// Appends what stands in front of the base: scheme and host. Nothing where the host is not known, so that what
    /// follows is a path.
    pub(crate) fn push_origin(&self, host: Option<&HeaderValue>, out: &mut Vec<u8>) {
        match (&self.public_url, host) {
            (Some(url), _) => out.extend_from_slice(url.as_bytes()),
            (None, Some(host)) => {
                out.extend_from_slice(b"http://");
                out.extend_from_slice(host.as_bytes());
            }
            (None, None) => {}
        }
    }

    /// What a path has below the base, from its slash on.
    pub(crate) fn below<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(self.base.trim_end_matches('/')).filter(|rest| rest.starts_with('/'))
    }

    /// Whether a request asks if the service lives: `GET /health`, unless that stands below the base.
    pub(crate) fn is_liveness(&self, method: &Method, path: &str) -> bool {
        path == "/health"
            && [Method::GET, Method::HEAD].contains(method)
            && self.below(path).is_none()
    }

    /// Whether a path is that of batches.
    pub(crate) fn is_batch(&self, path: &str) -> bool {
        self.is_odata && matches!(self.below(path), Some("/$batch" | "/%24batch"))
    }
}

/// Where a request went. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    pub(crate) site: Arc<Site>,
    path: Option<PathAndQuery>,
    host: Option<HeaderValue>,
}

impl Address {
    pub(crate) fn of(parts: &request::Parts, site: Arc<Site>) -> Self {
        let path = parts.uri.path_and_query().cloned();
        Self { site, path, host: host(&parts.uri, &parts.headers) }
    }

    /// The path, still encoded.
    pub(crate) fn path(&self) -> &str {
        self.path.as_ref().map_or("/", PathAndQuery::path)
    }

    /// The host that was named.
    pub(crate) fn host(&self) -> Option<&HeaderValue> {
        self.host.as_ref()
    }

    /// Appends scheme and host.
    pub(crate) fn push_origin(&self, out: &mut Vec<u8>) {
        self.site.push_origin(self.host.as_ref(), out);
    }

    /// Scheme, host and path.
    pub(crate) fn url(&self) -> String {
        self.url_with_room(0)
    }

    /// The same, with room for so many bytes behind it.
    pub(crate) fn url_with_room(&self, room: usize) -> String {
        let origin = self.site.public_url.as_ref().map(String::len);
        let origin = origin.or(self.host.as_ref().map(|host| "http://".len() + host.len()));
        let length = origin.unwrap_or_default() + self.path().len();
        let mut out = Vec::with_capacity(length + room);
        self.push_origin(&mut out);
        push_url(self.path().as_bytes(), &mut out);
        String::from_utf8(out).unwrap_or_default()
    }
}

/// The host that a request is for, where it names one: that of its target, else that of its only `Host` (RFC 9112,
/// section 3.2.2). One with characters that no host has is none.
pub(crate) fn host(uri: &Uri, headers: &HeaderMap) -> Option<HeaderValue> {
    if let Some(authority) = uri.authority() {
        return HeaderValue::from_str(authority.as_str()).ok().filter(is_host);
    }
    let mut values = headers.get_all(header::HOST).iter();
    match (values.next(), values.next()) {
        (Some(host), None) => Some(host.clone()).filter(is_host),
        _ => None,
    }
}

fn is_host(host: &HeaderValue) -> bool {
    (1..=255).contains(&host.len())
        && host.as_bytes().iter().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':' | b'[' | b']')
        })
}

/// Appends the text of a URL; what stands in none is percent-encoded.
pub(crate) fn push_url(text: &[u8], out: &mut Vec<u8>) {
    const HEX: [u8; 16] = *b"0123456789ABCDEF";
    let stands = |byte: &u8| STANDS.get(usize::from(*byte)) == Some(&true);
    // Nearly always it is one run, which is appended at once.
    if text.iter().all(stands) {
        out.extend_from_slice(text);
        return;
    }
    for run in text.split_inclusive(|byte| !stands(byte)) {
        match run.split_last() {
            Some((byte, plain)) if !stands(byte) => {
                out.extend_from_slice(plain);
                let hex = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or(b'0');
                out.extend_from_slice(&[b'%', hex(byte >> 4), hex(byte & 15)]);
            }
            _ => out.extend_from_slice(run),
        }
    }
}

/// Which bytes stand in a URL as they are: a table, since each answer has several addresses.
const STANDS: [bool; 256] = {
    let mut stands = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        stands[byte as usize] = byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'-' | b'.'
                    | b'_'
                    | b'~'
                    | b':'
                    | b'/'
                    | b'?'
                    | b'@'
                    | b'!'
                    | b'$'
                    | b'&'
                    | b'\''
                    | b'('
                    | b')'
                    | b'*'
                    | b'+'
                    | b','
                    | b';'
                    | b'='
                    | b'%'
                    | b'['
                    | b']'
            );
        byte += 1;
    }
    stands
};

#[cfg(test)]
mod tests {
    use super::{Base, Site, host};
    use http::{HeaderMap, HeaderValue, Uri, header};

    #[test]
    fn a_host_is_believed_where_it_is_one() {
        let told = |host: &str| {
            HeaderMap::from_iter([(header::HOST, HeaderValue::from_str(host).unwrap())])
        };
        let uri = Uri::from_static("/v1.0");
        for good in ["localhost", "graph.example:8080", "[::1]:80"] {
            assert_eq!(host(&uri, &told(good)).unwrap(), good);
        }
        for bad in ["", "a b", "a\"b", "ann@graph.example", "a/b", "a\\b", "a<b", &"x".repeat(256)]
        {
            assert_eq!(host(&uri, &told(bad)), None, "{bad}");
        }
        let mut two = told("one");
        two.append(header::HOST, HeaderValue::from_static("two"));
        assert_eq!(host(&uri, &two), None);
        assert_eq!(host(&Uri::from_static("http://three/v1.0"), &two).unwrap(), "three");
    }

    #[test]
    fn a_public_url_is_a_url_whatever_is_stated() {
        let mut site = Site::new(Base::new("/v1.0"));
        site.set_public_url("https://graph.example/a \"b\"/");
        let mut out = Vec::new();
        site.push_origin(Some(&HeaderValue::from_static("localhost")), &mut out);
        assert_eq!(out, b"https://graph.example/a%20%22b%22");
    }
}
