//! Where requests go: the base URL, and the origin that a token must not leave.
//!
//! A base URL has a scheme, a host, maybe a port and a path; no user, query or fragment. Clear text is
//! for the machine itself, unless allowed by name. Origins are equal when scheme, host and port are.

use std::net::{Ipv4Addr, Ipv6Addr};

use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};

use crate::error::UsageError;

/// Scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    secure: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// The origin of an absolute `http` or `https` address.
    pub(crate) fn of(uri: &Uri) -> Option<Self> {
        let (secure, host, port) = parts(uri)?;
        Some(Self { secure, host: host.to_ascii_lowercase(), port })
    }

    /// Whether it is that of `uri`; none where that has no origin.
    pub(crate) fn is_of(&self, uri: &Uri) -> Option<bool> {
        let (secure, host, port) = parts(uri)?;
        let is_same = secure == self.secure && port == self.port;
        Some(is_same && host.eq_ignore_ascii_case(&self.host))
    }

    pub(crate) fn is_secure(&self) -> bool {
        self.secure
    }

    pub(crate) fn is_loopback(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
            || host.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback())
    }
}

/// Whether an absolute address is an `https` one, its host as it stands, and its port.
fn parts(uri: &Uri) -> Option<(bool, &str, u16)> {
    let scheme = uri.scheme()?;
    let secure = *scheme == Scheme::HTTPS;
    if !secure && *scheme != Scheme::HTTP {
        return None;
    }
    let authority = uri.authority()?;
    // `Uri` reads a port of more than 16 bits as none: it must not turn into the default port.
    let port = match authority.as_str().rsplit_once(':') {
        Some((_, port)) if !port.ends_with(']') => port.parse().ok()?,
        _ if secure => 443,
        _ => 80,
    };
    let host = authority.host();
    (!host.is_empty()).then_some((secure, host, port))
}

/// Whether an address names a user, who is nobody's here.
pub(crate) fn names_user(uri: &Uri) -> bool {
    uri.authority().is_some_and(|authority| authority.as_str().contains('@'))
}

/// Whether scheme and authority of `uri` are these, letter by letter: which is told faster than whether they mean the same.
pub(crate) fn is_spelled_as(
    uri: &Uri,
    scheme: Option<&Scheme>,
    authority: Option<&Authority>,
) -> bool {
    let text = Authority::as_str;
    uri.scheme() == scheme && uri.authority().map(text) == authority.map(text)
}

/// What is wrong with an address that is none.
pub(crate) fn address(error: &dyn std::error::Error) -> UsageError {
    UsageError::Address { reason: error.to_string() }
}

/// A checked base URL.
#[derive(Debug, Clone)]
pub(crate) struct BaseUrl {
    /// Without a `/` at the end: paths begin with theirs.
    text: String,
    /// The same in its parts.
    scheme: Scheme,
    authority: Authority,
    path: String,
    origin: Origin,
}

impl BaseUrl {
    pub(crate) fn new(text: &str, allow_clear_text: bool) -> Result<Self, UsageError> {
        let refused = |reason| UsageError::BaseUrl { reason };
        if text.contains(['?', '#']) {
            return Err(refused("it has a query or a fragment"));
        }
        let uri: Uri = text.parse().map_err(|_| refused("it is no URL"))?;
        if names_user(&uri) {
            return Err(refused("it names a user"));
        }
        let origin = Origin::of(&uri).ok_or(refused("it is no absolute http or https address"))?;
        if uri.path().split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(refused("its path has dot segments"));
        }
        if !origin.is_secure() && !origin.is_loopback() && !allow_clear_text {
            return Err(refused(
                "it is http:// to another machine, which would show the token to the network; \
                 use https://, or allow it with `allow_clear_text`",
            ));
        }
        let text = text.trim_end_matches('/').to_owned();
        let path = uri.path().trim_end_matches('/').to_owned();
        let Parts { scheme: Some(scheme), authority: Some(authority), .. } = uri.into_parts()
        else {
            return Err(refused("it is no absolute http or https address"));
        };
        Ok(Self { text, scheme, authority, path, origin })
    }

    /// The path, without a `/` at its end; empty where there is none.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The address with the path and query `target`, which begins with [`path`](Self::path).
    pub(crate) fn with(&self, target: String) -> Result<Uri, UsageError> {
        // The base URL itself may have no path, which stands for `/`.
        let target = if target.is_empty() { "/".to_owned() } else { target };
        let target = PathAndQuery::try_from(target).map_err(|error| address(&error))?;
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(target);
        Uri::from_parts(parts).map_err(|error| address(&error))
    }

    /// What `uri` has below it, from its slash on; none where it stands elsewhere. Scheme and host may be spelled otherwise.
    pub(crate) fn below<'u>(&self, uri: &'u Uri) -> Option<&'u str> {
        let target = uri.path_and_query().filter(|_| self.origin.is_of(uri) == Some(true))?;
        target.as_str().strip_prefix(&self.path).filter(|rest| rest.starts_with('/'))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether `uri` is at the origin; none where it has none.
    pub(crate) fn is_origin_of(&self, uri: &Uri) -> Option<bool> {
        // Nearly all addresses are made of this one.
        if is_spelled_as(uri, Some(&self.scheme), Some(&self.authority)) {
            return Some(true);
        }
        self.origin.is_of(uri)
    }

    /// Whether a link, or a caller, may lead to `uri`, which gets the token: it is at the origin, and names no user.
    pub(crate) fn is_own(&self, uri: &Uri) -> bool {
        self.is_origin_of(uri) == Some(true) && !names_user(uri)
    }
}
