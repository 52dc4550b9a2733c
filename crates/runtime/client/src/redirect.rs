//! Where a redirect leads (RFC 9110, section 15.4), and what is sent there.
//!
//! In come a request and the redirect that answered it; out goes the request that follows it, or why it is not followed.
//! Holds: what leaves the client's origin has no token, no body, no cookie and no header of the caller's; nothing goes from
//! https to http; what once left the origin gets no token again, wherever it is led.

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, Uri, header};
use reqwest::Url;

use crate::header::text;
use crate::origin::Origin;

/// How many redirects of one request are followed where nothing else is said.
pub(crate) const USUAL: u32 = 5;

/// Whether a request may have the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenUse {
    /// At the client's origin, and nowhere else.
    AtOrigin,
    /// Nowhere: it has been led away from the origin, or its address is all that it needs.
    Never,
}

/// A request, and whether it may have the token.
pub(crate) struct Leg {
    pub(crate) request: Box<Request<Bytes>>,
    pub(crate) token: TokenUse,
}

/// Whether an answer with this status leads elsewhere. 304 says that the caller has it already.
pub(crate) fn leads_elsewhere(status: StatusCode) -> bool {
    status.is_redirection() && status != StatusCode::NOT_MODIFIED
}

/// The request behind `leg`, which was answered with `status` and `headers`.
pub(crate) fn next(
    leg: &Leg,
    status: StatusCode,
    headers: &HeaderMap,
) -> Result<Leg, &'static str> {
    let request = &leg.request;
    let keeps_method = match status {
        StatusCode::SEE_OTHER => false,
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => true,
        _ => return Err("its status names no other place for it"),
    };
    let location = text(headers, &header::LOCATION).ok_or("it has no location")?;
    let no_address = "its location is no http or https address without a user";
    let target = resolved(request.uri(), &location).ok_or(no_address)?;
    let origin = Origin::of(&target).ok_or(no_address)?;
    let before = Origin::of(request.uri()).ok_or("what it answers has no origin")?;

    let mut next = request.clone();
    *next.uri_mut() = target;
    if !keeps_method && !is_read(request.method()) {
        *next.method_mut() = Method::GET;
        *next.body_mut() = Bytes::new();
        next.headers_mut().remove(header::CONTENT_TYPE);
    }
    if origin == before {
        return Ok(Leg { request: next, token: leg.token });
    }
    if !is_read(next.method()) {
        return Err("it leads away from the service, where only what is read is asked for");
    }
    let stays_on_machine = !before.is_secure() && before.is_loopback() && origin.is_loopback();
    if !origin.is_secure() && !stays_on_machine {
        return Err("it leads to an address in clear text");
    }
    let accept = next.headers_mut().remove(header::ACCEPT);
    next.headers_mut().clear();
    *next.body_mut() = Bytes::new();
    if let Some(accept) = accept {
        next.headers_mut().insert(header::ACCEPT, accept);
    }
    Ok(Leg { request: next, token: TokenUse::Never })
}

fn is_read(method: &Method) -> bool {
    [Method::GET, Method::HEAD].contains(method)
}

/// `location` seen from `base` (RFC 3986, section 5), without a fragment. None where it names a user.
fn resolved(base: &Uri, location: &str) -> Option<Uri> {
    let mut url = Url::parse(&base.to_string()).ok()?.join(location).ok()?;
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    url.set_fragment(None);
    url.as_str().parse().ok()
}
