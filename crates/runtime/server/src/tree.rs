//! The routes of a server, as a tree of segments.
//!
//! In go path templates, out comes what stands at a request's path, with the keys on the way. A segment
//! is read as OData says: first as a name, then as a name with a key in parentheses, then as a key. A
//! segment that begins with `$` is never a key, and there is no way back once a segment is read, so
//! that an id cannot be taken for a route, nor a route for an id.

use std::collections::BTreeMap;

use msgraph_core::path::{decode, key_in_parentheses};

/// Path templates and what stands there.
#[derive(Debug)]
pub(crate) struct Tree<T> {
    names: BTreeMap<&'static str, Tree<T>>,
    key: Option<Box<Tree<T>>>,
    here: Vec<T>,
}

/// What stands at a path.
#[derive(Debug)]
pub(crate) struct Found<'a, T> {
    /// Never empty.
    pub(crate) here: &'a [T],
    /// The keys on the way, decoded.
    pub(crate) keys: Vec<String>,
}

impl<T> Tree<T> {
    pub(crate) fn new() -> Self {
        Self { names: BTreeMap::new(), key: None, here: Vec::new() }
    }

    /// Puts `value` at `template`: names, and keys in braces (`/groups/{group-id}/threads`).
    pub(crate) fn insert(&mut self, template: &'static str, value: T) {
        self.grow(template).here.push(value);
    }

    /// The subtree at `template`, which is made where there is none.
    pub(crate) fn grow(&mut self, template: &'static str) -> &mut Self {
        let mut node = self;
        for segment in template.split('/').filter(|segment| !segment.is_empty()) {
            node = if segment.starts_with('{') && segment.ends_with('}') {
                node.key.get_or_insert_with(|| Box::new(Self::new()))
            } else {
                node.names.entry(segment).or_insert_with(Self::new)
            };
        }
        node
    }

    /// What stands at the raw `path` of a request.
    pub(crate) fn find(&self, path: &str) -> Option<Found<'_, T>> {
        let mut node = self;
        let mut keys = Vec::new();
        for raw in path.strip_prefix('/')?.split('/') {
            // An empty segment names nothing, and what a dot segment means was for the client to say.
            if matches!(raw, "" | "." | "..") {
                return None;
            }
            let text = decode(raw)?;
            node = if let Some(named) = node.names.get(text.as_ref()) {
                named
            } else if let Some((keyed, key)) = node.key_behind_name(raw) {
                keys.push(key);
                keyed
            } else {
                let keyed = node.key.as_deref().filter(|_| !text.starts_with('$'))?;
                keys.push(text.into_owned());
                keyed
            };
        }
        (!node.here.is_empty()).then_some(Found { here: &node.here, keys })
    }

    fn key_behind_name(&self, raw: &str) -> Option<(&Self, String)> {
        let (name, key) = key_in_parentheses(raw)?;
        Some((self.names.get(name)?.key.as_deref()?, key))
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    fn tree() -> Tree<&'static str> {
        let mut tree = Tree::new();
        for template in [
            "/v1.0/groups",
            "/v1.0/groups/{group-id}",
            "/v1.0/groups/{group-id}/threads",
            "/v1.0/groups/{id}/threads/{conversationThread-id}",
            "/v1.0/groups/delta",
            "/v1.0/groups/$count",
        ] {
            tree.insert(template, template);
        }
        tree
    }

    #[track_caller]
    fn is_at(path: &str, template: &str, keys: &[&str]) {
        let tree = tree();
        let found = tree.find(path).unwrap_or_else(|| panic!("nothing is at {path}"));
        assert_eq!(found.here, [template], "{path}");
        assert_eq!(found.keys, keys, "{path}");
    }

    #[test]
    fn names_are_read_before_keys() {
        is_at("/v1.0/groups/delta", "/v1.0/groups/delta", &[]);
        is_at("/v1.0/groups/$count", "/v1.0/groups/$count", &[]);
        is_at("/v1.0/groups/deltas", "/v1.0/groups/{group-id}", &["deltas"]);
    }

    #[test]
    fn a_key_in_parentheses_is_never_a_name() {
        is_at("/v1.0/groups('delta')", "/v1.0/groups/{group-id}", &["delta"]);
        is_at("/v1.0/groups('$count')/threads", "/v1.0/groups/{group-id}/threads", &["$count"]);
        is_at("/v1.0/groups(%27a%2Fb%27)/threads", "/v1.0/groups/{group-id}/threads", &["a/b"]);
    }

    #[test]
    fn an_encoded_key_is_one_segment() {
        is_at("/v1.0/groups/a%2Fb/threads", "/v1.0/groups/{group-id}/threads", &["a/b"]);
        is_at("/v1.0/groups/%2E%2E/threads", "/v1.0/groups/{group-id}/threads", &[".."]);
    }

    #[test]
    fn templates_may_name_the_same_key_differently() {
        is_at(
            "/v1.0/groups/1/threads/2",
            "/v1.0/groups/{id}/threads/{conversationThread-id}",
            &["1", "2"],
        );
    }

    #[test]
    fn nothing_is_elsewhere() {
        let tree = tree();
        for path in [
            "",
            "/",
            "*",
            "v1.0/groups",
            "/v1.0",
            "/v1.0/",
            "/v1.0/groups/",
            "/v1.0//groups",
            "/v1.0/groups/../threads",
            "/v1.0/groups/%24batch/threads",
            "/v1.0/groups/$count/threads",
            "/v1.0/groups/delta/threads",
            "/v1.0/Groups",
            "/v1.0/groups/1/threads/2/posts",
            "/v1.0/groups(id='1')/threads",
        ] {
            assert!(tree.find(path).is_none(), "{path}");
        }
    }
}
