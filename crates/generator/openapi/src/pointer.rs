//! JSON pointers (RFC 6901) in fragments of URIs.

use msgraph_source::Json;

/// The value of `root` behind a pointer, which stands percent-encoded in a fragment.
pub(crate) fn find<'a>(root: &'a Json, pointer: &str) -> Option<&'a Json> {
    find_by(root, pointer, |value, name| value.get(name))
}

/// The same, where `member` finds the members of objects.
pub(crate) fn find_by<'a>(
    root: &'a Json,
    pointer: &str,
    mut member: impl FnMut(&'a Json, &str) -> Option<&'a Json>,
) -> Option<&'a Json> {
    if pointer.is_empty() {
        return Some(root);
    }
    pointer.strip_prefix('/')?.split('/').try_fold(root, |value, token| {
        let name = unescaped(token);
        match value.as_array() {
            Some(elements) => elements.get(name.parse::<usize>().ok()?),
            None => member(value, &name),
        }
    })
}

/// A part of a pointer: percent-encoded (RFC 3986), then with `~1` for `/` and `~0` for `~` (RFC 6901, section 4).
pub(crate) fn unescaped(token: &str) -> String {
    percent_encoding::percent_decode_str(token)
        .decode_utf8_lossy()
        .replace("~1", "/")
        .replace("~0", "~")
}
