//! From a typed answer to its message: status, headers, body.
//!
//! In come what a handler gave and what was asked; out goes what OData asks of such an answer: the address of its
//! context in front of its members, the entity's version as `ETag`, the address of what was created as `Location`, and
//! no body where none is preferred (OData Protocol 4.01, sections 8.2.8.7, 8.3 and 10). What a handler has said itself
//! stays. A body that OData does not describe, and every body of a service that is no OData, goes out as it is.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use msgraph_core::path::push_key;
use msgraph_core::{Described, Payload as _, Reply};

use crate::asked::{Asked, Returned};
use crate::context_url::{Source, Template, push_fragment};

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");
const ENTITY_ID: HeaderName = HeaderName::from_static("odata-entityid");
const CONTEXT: &str = "@odata.context";

/// A success, its type erased.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// The answer `reply` to what was asked of the operation at `template`.
    pub(crate) fn of<R: Reply>(reply: R, asked: &Asked, template: Template) -> Self {
        let mut answer =
            Self { status: reply.status(), headers: HeaderMap::new(), body: Bytes::new() };
        let body = reply.into_body();
        let described = if asked.address.site.is_odata { body.described() } else { None };
        if let Some(described) = described {
            if let Some(mut out) = answer.begin(described, asked, template) {
                let start = out.len();
                body.write(&mut out);
                join(&mut out, start);
                answer.body = out.into();
            }
            return answer;
        }
        answer.body = body.into_message(&mut answer.headers);
        if answer.body.is_empty() && answer.status == R::STATUS {
            answer.status = R::EMPTY_STATUS;
        }
        answer
    }

    /// The answer to an OPTIONS.
    pub(crate) fn options(allow: HeaderValue) -> Self {
        let headers = HeaderMap::from_iter([(header::ALLOW, allow)]);
        Self { status: StatusCode::NO_CONTENT, headers, body: Bytes::new() }
    }

    /// Sets status and headers, and begins the body; none where it is to be left out.
    fn begin(
        &mut self,
        described: Described<'_>,
        asked: &Asked,
        template: Template,
    ) -> Option<Vec<u8>> {
        let is_entity = matches!(described, Described::One(_));
        let is_created = self.status == StatusCode::CREATED && asked.method == Method::POST;
        if let Some(etag) = described.etag().filter(|etag| is_entity_tag(etag))
            && let Ok(etag) = HeaderValue::from_str(&etag)
        {
            self.headers.insert(header::ETAG, etag);
        }
        if is_created && let Some(location) = location(described, asked) {
            self.headers.insert(header::LOCATION, location);
        }
        let is_written = is_created || [Method::PATCH, Method::PUT].contains(&asked.method);
        match asked.prefers.returned.filter(|_| is_written && is_entity) {
            Some(Returned::Minimal) => {
                self.apply("return=minimal");
                self.status = StatusCode::NO_CONTENT;
                if let Some(location) = self.headers.get(header::LOCATION).cloned() {
                    self.headers.insert(ENTITY_ID, location);
                }
                return None;
            }
            Some(Returned::Representation) => self.apply("return=representation"),
            None => {}
        }
        if asked.prefers.unknown_enum_members {
            self.apply("include-unknown-enum-members");
        }
        let json = HeaderValue::from_static("application/json");
        self.headers.insert(header::CONTENT_TYPE, json);
        let mut out = Vec::with_capacity(512);
        if asked.wants_context && described.object().control(CONTEXT).is_none() {
            push_context(described, asked, template, is_created, &mut out);
        }
        Some(out)
    }

    fn apply(&mut self, preference: &'static str) {
        self.headers.append(PREFERENCE_APPLIED, HeaderValue::from_static(preference));
    }
}

/// Begins an object with the address of its context, where there is one.
fn push_context(
    described: Described<'_>,
    asked: &Asked,
    template: Template,
    is_created: bool,
    out: &mut Vec<u8>,
) {
    out.extend_from_slice(b"{\"");
    out.extend_from_slice(CONTEXT.as_bytes());
    out.extend_from_slice(b"\":\"");
    asked.address.push_origin(out);
    out.extend_from_slice(asked.address.site.base.trim_end_matches('/').as_bytes());
    out.extend_from_slice(b"/$metadata#");
    let source = Source {
        template,
        path: asked.address.path(),
        base_segments: asked.address.site.base_segments,
        is_action: asked.method == Method::POST && !is_created,
    };
    if push_fragment(&source, described, out) {
        out.push(b'"');
    } else {
        out.clear();
    }
}

/// Makes one object of the begun one that ends at `start` and of the whole one behind it.
fn join(out: &mut Vec<u8>, start: usize) {
    if start == 0 {
        return;
    }
    if out.get(start..) == Some(b"{}") {
        out.remove(start);
    } else if let Some(brace) = out.get_mut(start) {
        *brace = b',';
    }
}

/// The address of what was created: its key behind the address that it was sent to.
fn location(described: Described<'_>, asked: &Asked) -> Option<HeaderValue> {
    let key = described.key()?;
    // Of just the length that most have, so that the header takes it as it is.
    let mut address = asked.address.url_with_room("/".len() + key.len());
    push_key(&mut address, key);
    HeaderValue::from_maybe_shared(Bytes::from(address)).ok()
}

/// Whether a text is an entity tag (RFC 9110, section 8.8.3), so that it can stand in a header.
fn is_entity_tag(text: &str) -> bool {
    let opaque = text.strip_prefix("W/").unwrap_or(text);
    let inner = opaque.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|inner| inner.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"'))
}
