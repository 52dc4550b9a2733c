//! The address of an answer's context: which metadata tells what the answer is (OData Protocol 4.01, section 10).
//!
//! In come the template of an operation, the path of a request, and what is answered; out goes the fragment of
//! `$metadata#groups('42')/threads/$entity`. What is read below a resource is told by its path, in which each key
//! stands in parentheses and that of the answered entity is left out; what an action or a function with arguments
//! gives is told by its type, since no path leads to it.

use msgraph_core::Described;
use msgraph_core::path::decode;

use crate::site::push_url;

/// The template of an operation, below the base, and what of it is the same for each of its answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Template {
    path: &'static str,
    /// Whether its last segment is `$ref`.
    is_reference: bool,
    /// Whether its last segment is that of a delta query.
    is_delta: bool,
    /// Whether it calls something with arguments, or goes over the path of an item, so that nothing is told by its path.
    is_called: bool,
}

impl Template {
    pub(crate) fn of(path: &'static str) -> Self {
        let last = path.rsplit('/').next().unwrap_or_default();
        Self {
            path,
            is_reference: last == "$ref",
            is_delta: last == "delta" || last.starts_with("delta(") || last.ends_with(".delta()"),
            is_called: last.ends_with(')') || path.contains(':'),
        }
    }
}

/// Where an answer comes from.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    pub(crate) template: Template,
    /// The path of the request, still encoded.
    pub(crate) path: &'a str,
    /// How many segments of the path are the base's.
    pub(crate) base_segments: usize,
    /// Whether an action was called.
    pub(crate) is_action: bool,
}

/// Appends the fragment of the context of what is answered; says whether there is one.
pub(crate) fn push_fragment(
    source: &Source<'_>,
    described: Described<'_>,
    out: &mut Vec<u8>,
) -> bool {
    let is_many = matches!(described, Described::Many(..));
    if source.template.is_reference {
        let fragment: &[u8] = if is_many { b"Collection($ref)" } else { b"$ref" };
        out.extend_from_slice(fragment);
        return true;
    }
    let is_delta = source.template.is_delta && is_many;
    if (source.template.is_called || source.is_action) && !is_delta {
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
    let is_key = |part: &&[u8]| part.starts_with(b"{");
    let mut parts = segments(source.template.path).peekable();
    let mut raws = segments(source.path).skip(source.base_segments).peekable();
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
        // Names mostly stand as in the template; else a key may stand in parentheses already.
        if raw != part
            && let Some(name) = keyed(raw)
            && parts.next_if(is_key).is_some()
            && is_last
            && is_entity
        {
            push_url(name.as_bytes(), out);
        } else {
            push_url(raw, out);
        }
    }
}

/// The segments of a path, of which none is empty.
fn segments(path: &str) -> impl Iterator<Item = &[u8]> {
    path.as_bytes().split(|byte| *byte == b'/').filter(|segment| !segment.is_empty())
}

/// The name in front of a key in parentheses.
fn keyed(raw: &[u8]) -> Option<String> {
    let text = decode(std::str::from_utf8(raw).ok()?)?;
    let (name, _) = text.strip_suffix(')').filter(|text| !text.ends_with('('))?.split_once('(')?;
    Some(name.to_owned())
}

/// Appends a key that is a segment, as one in parentheses: quotes in it are doubled.
fn push_key(raw: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(b"('");
    let mut rest = raw;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'\'' | b'%')) {
        let (plain, quoted) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        push_url(plain, out);
        rest = if let Some(rest) = quoted.strip_prefix(b"'").or(quoted.strip_prefix(b"%27")) {
            out.extend_from_slice(b"%27%27");
            rest
        } else {
            out.push(b'%');
            quoted.get(1..).unwrap_or_default()
        };
    }
    push_url(rest, out);
    out.extend_from_slice(b"')");
}
