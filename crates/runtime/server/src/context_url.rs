//! The address of an answer's context: which metadata tells what the answer is (OData Protocol 4.01, section 10).
//!
//! In come the template of an operation, the path of a request, and what is answered; out goes the fragment of
//! `$metadata#groups('42')/threads/$entity`. What is read below a resource is told by its path, in which each key
//! stands in parentheses and that of the answered entity is left out; what an action or a function with arguments
//! gives is told by its type, since no path leads to it.

use http::Method;
use msgraph_core::Described;
use msgraph_core::path::decode;

use crate::site::push_url;

/// Where an answer comes from.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    pub(crate) method: &'a Method,
    /// The template of the operation, below the base.
    pub(crate) template: &'a str,
    /// The path of the request, still encoded.
    pub(crate) path: &'a str,
    /// How many segments of the path are the base's.
    pub(crate) base_segments: usize,
    /// Whether something was created.
    pub(crate) is_created: bool,
}

/// Appends the fragment of the context of what is answered; says whether there is one.
pub(crate) fn push_fragment(
    source: &Source<'_>,
    described: Described<'_>,
    out: &mut Vec<u8>,
) -> bool {
    let last = source.template.rsplit('/').next().unwrap_or_default();
    if last == "$ref" {
        let fragment: &[u8] = match described {
            Described::Many(..) => b"Collection($ref)",
            _ => b"$ref",
        };
        out.extend_from_slice(fragment);
        return true;
    }
    let is_delta = matches!(described, Described::Many(..))
        && (last == "delta" || last.starts_with("delta(") || last.ends_with(".delta()"));
    let is_called = last.ends_with(')')
        || source.template.contains(':')
        || (*source.method == Method::POST && !source.is_created);
    if is_called && !is_delta {
        return push_type(described, out);
    }
    let is_entity = described.is_entity();
    push_path(source, is_entity, is_delta, out);
    match is_delta {
        true => out.extend_from_slice(b"/$delta"),
        false if is_entity => out.extend_from_slice(b"/$entity"),
        false => {}
    }
    true
}

fn push_type(described: Described<'_>, out: &mut Vec<u8>) -> bool {
    match described {
        Described::One(object) => push_url(object.table().name.as_bytes(), out),
        Described::Many(_, name) => {
            out.extend_from_slice(b"Collection(");
            push_url(name.as_bytes(), out);
            out.push(b')');
        }
        // Which type a value has, a value does not tell.
        Described::Value(_) => return false,
    }
    true
}

fn push_path(source: &Source<'_>, is_entity: bool, is_delta: bool, out: &mut Vec<u8>) {
    let is_key = |part: &&str| part.starts_with('{');
    let mut parts = source.template.split('/').filter(|part| !part.is_empty()).peekable();
    let raws = source.path.split('/').filter(|raw| !raw.is_empty());
    let mut raws = raws.skip(source.base_segments).peekable();
    let start = out.len();
    while let (Some(raw), Some(part)) = (raws.next(), parts.next()) {
        let is_last = raws.peek().is_none();
        if is_key(&part) {
            if !(is_last && is_entity) {
                push_key(raw, out);
            }
            continue;
        }
        if is_last && is_delta {
            break;
        }
        if out.len() > start {
            out.push(b'/');
        }
        // A key may stand in parentheses already.
        let text = decode(raw).unwrap_or_default();
        let is_keyed = text.ends_with(')') && !text.ends_with("()") && text.contains('(');
        match text.split_once('(') {
            Some((name, _))
                if is_keyed && parts.next_if(is_key).is_some() && is_last && is_entity =>
            {
                push_url(name.as_bytes(), out);
            }
            _ => push_url(raw.as_bytes(), out),
        }
    }
}

/// Appends a key that is a segment, as one in parentheses: quotes in it are doubled.
fn push_key(raw: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b"('");
    let mut rest = raw;
    while let Some(at) = rest.find(['\'', '%']) {
        let (plain, quoted) = rest.split_at(at);
        push_url(plain.as_bytes(), out);
        rest = if let Some(rest) = quoted.strip_prefix('\'').or(quoted.strip_prefix("%27")) {
            out.extend_from_slice(b"%27%27");
            rest
        } else {
            out.push(b'%');
            quoted.get(1..).unwrap_or_default()
        };
    }
    push_url(rest.as_bytes(), out);
    out.extend_from_slice(b"')");
}
