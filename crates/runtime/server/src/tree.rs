//! The routes of a server, as a tree of segments.
//!
//! In go path templates, out comes what stands at a request's path, with the keys and arguments on the way. A
//! segment is read as OData says: first as a name, then as a name with what stands in parentheses behind it,
//! then as a key. A segment that begins with `$` is never a key, and there is no way back once a segment is
//! read, so that an id cannot be taken for a route, nor a route for an id.

use std::borrow::Cow;
use std::collections::BTreeMap;

use msgraph_core::literal::{arguments, unquoted};
use msgraph_core::path::decode;

use crate::signature::{Argument, Mismatch, Signature, choose};

/// The namespace in front of an operation that is called by its whole name.
const NAMESPACE: &str = "microsoft.graph.";

/// Path templates and what stands there.
#[derive(Debug)]
pub(crate) struct Tree<T> {
    names: BTreeMap<&'static str, Tree<T>>,
    /// Functions with parameters, and collections with an alternate key.
    calls: BTreeMap<&'static str, BTreeMap<Signature, Tree<T>>>,
    key: Option<Box<Keyed<T>>>,
    /// What follows the path by which an item below this one is addressed.
    addressed: Option<Box<Tree<T>>>,
    here: Vec<T>,
}

#[derive(Debug)]
struct Keyed<T> {
    /// The name of the key property, as far as the template tells: `id` of `{group-id}`.
    name: &'static str,
    tree: Tree<T>,
}

/// What stands at a path.
#[derive(Debug)]
pub(crate) struct Found<'a, T> {
    /// Never empty.
    pub(crate) here: &'a [T],
    /// The keys on the way, decoded.
    pub(crate) keys: Vec<String>,
    /// The parameters of the functions on the way, with what the path gives for them.
    pub(crate) arguments: Vec<Argument>,
}

/// The query options of a request, of which one may give an argument.
pub(crate) trait Options {
    fn has(&self, name: &str) -> bool;
}

/// Where a request's path has come to.
struct Walk<'q> {
    keys: Vec<String>,
    arguments: Vec<Argument>,
    options: &'q dyn Options,
}

impl<T> Tree<T> {
    pub(crate) fn new() -> Self {
        Self {
            names: BTreeMap::new(),
            calls: BTreeMap::new(),
            key: None,
            addressed: None,
            here: Vec::new(),
        }
    }

    /// Puts `value` at `template`: names, keys in braces (`/groups/{group-id}/threads`), arguments in
    /// parentheses (`/range(address='{address}')`), paths between colons (`/root:/{item-path}:/children`).
    pub(crate) fn insert(&mut self, template: &'static str, value: T) {
        self.grow(template).here.push(value);
    }

    /// The subtree at `template`, which is made where there is none.
    pub(crate) fn grow(&mut self, template: &'static str) -> &mut Self {
        let mut node = self;
        let mut is_addressed = false;
        for segment in template.split('/').filter(|segment| !segment.is_empty()) {
            if std::mem::take(&mut is_addressed) {
                node = node.addressed.get_or_insert_with(|| Box::new(Self::new()));
                continue;
            }
            let segment = match segment.strip_suffix(':') {
                Some(segment) => {
                    is_addressed = true;
                    segment
                }
                None => segment,
            };
            let placeholder = segment.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
            node = if let Some(placeholder) = placeholder {
                let key = || Box::new(Keyed { name: key_name(placeholder), tree: Self::new() });
                &mut node.key.get_or_insert_with(key).tree
            } else if let Some((name, signature)) = Signature::of_template(segment) {
                let calls = node.calls.entry(name).or_default();
                calls.entry(signature).or_insert_with(Self::new)
            } else {
                node.names.entry(segment).or_insert_with(Self::new)
            };
        }
        node
    }

    /// What stands at the raw `path` of a request with the query `options`.
    pub(crate) fn find(
        &self,
        path: &str,
        options: &dyn Options,
    ) -> Result<Option<Found<'_, T>>, Mismatch> {
        let mut walk = Walk { keys: Vec::new(), arguments: Vec::new(), options };
        let node = self.walk(path, &mut walk)?.filter(|node| !node.here.is_empty());
        Ok(node.map(|node| Found { here: &node.here, keys: walk.keys, arguments: walk.arguments }))
    }

    fn walk(&self, path: &str, walk: &mut Walk<'_>) -> Result<Option<&Self>, Mismatch> {
        let mut node = self;
        let Some(path) = path.strip_prefix('/') else { return Ok(None) };
        let mut segments = path.split('/').peekable();
        while let Some(raw) = segments.next() {
            if raw.ends_with(':')
                && segments.peek().is_some()
                && let Some(opened) = node.opened(raw, walk)?
            {
                let mut names = Vec::new();
                for raw in segments.by_ref() {
                    let is_last = raw.ends_with(':');
                    let Some(name) = plain(raw.strip_suffix(':').unwrap_or(raw)) else {
                        return Ok(None);
                    };
                    names.push(name);
                    if is_last {
                        break;
                    }
                }
                walk.keys.push(names.join("/"));
                node = opened;
                continue;
            }
            // An empty segment names nothing, and what a dot segment means was for the client to say.
            if matches!(raw, "" | "." | "..") {
                return Ok(None);
            }
            match node.step(raw, walk)? {
                Some(next) => node = next,
                None => return Ok(None),
            }
        }
        Ok(Some(node))
    }

    /// What is addressed by a path behind `raw`, which ends with a colon.
    fn opened(&self, raw: &str, walk: &mut Walk<'_>) -> Result<Option<&Self>, Mismatch> {
        let raw = raw.strip_suffix(':').filter(|raw| !matches!(*raw, "" | "." | ".."));
        let Some(raw) = raw else { return Ok(None) };
        let (keys, arguments) = (walk.keys.len(), walk.arguments.len());
        let opened = self.step(raw, walk)?.and_then(|node| node.addressed.as_deref());
        if opened.is_none() {
            walk.keys.truncate(keys);
            walk.arguments.truncate(arguments);
        }
        Ok(opened)
    }

    fn step(&self, raw: &str, walk: &mut Walk<'_>) -> Result<Option<&Self>, Mismatch> {
        let Some(text) = decode(raw) else { return Ok(None) };
        if let Some(named) = self.named(&text, walk)? {
            return Ok(Some(named));
        }
        // An operation may be called by its whole name, with the namespace.
        let is_whole =
            text.get(..NAMESPACE.len()).is_some_and(|start| start.eq_ignore_ascii_case(NAMESPACE));
        if is_whole
            && let Some(dot) = text.split('(').next().unwrap_or_default().rfind('.')
            && let Some(named) = self.named(text.get(dot + 1..).unwrap_or_default(), walk)?
        {
            return Ok(Some(named));
        }
        let Some(keyed) = self.key.as_deref().filter(|_| !text.starts_with('$')) else {
            return Ok(None);
        };
        walk.keys.push(text.into_owned());
        Ok(Some(&keyed.tree))
    }

    /// What `text` names, with what stands in parentheses behind the name.
    fn named(&self, text: &str, walk: &mut Walk<'_>) -> Result<Option<&Self>, Mismatch> {
        let in_parentheses = text.strip_suffix(')').and_then(|text| text.split_once('('));
        let (name, inner) = in_parentheses.map_or((text, ""), |(name, inner)| (name, inner));
        if let Some(named) = self.names.get(text).filter(|_| in_parentheses.is_some()) {
            return Ok(Some(named));
        }
        let named = self.names.get(name);
        let calls = self.calls.get(name);
        if calls.is_none() && (named.is_none() || in_parentheses.is_none()) {
            return Ok(named);
        }
        let Some(parts) = arguments(inner) else {
            return if calls.is_none() { Ok(None) } else { Err(Mismatch::unclosed(name)) };
        };
        let keyed = named.and_then(|named| named.key.as_deref());
        if let ([(key_name, value)], Some(keyed)) = (parts.as_slice(), keyed)
            && (key_name.is_empty() || *key_name == keyed.name)
        {
            let Some(key) = key(value) else { return Ok(None) };
            walk.keys.push(key.into_owned());
            return Ok(Some(&keyed.tree));
        }
        let options = walk.options;
        let signatures: Vec<&Signature> = calls.into_iter().flat_map(BTreeMap::keys).collect();
        let in_query = |name: &str| options.has(name);
        match choose(name, &signatures, &parts, &in_query, named.is_some())? {
            Some((signature, given)) => {
                walk.arguments.extend(given);
                Ok(calls.and_then(|calls| calls.get(signature)))
            }
            None if parts.is_empty() => Ok(named),
            None => Ok(None),
        }
    }
}

/// A key in parentheses: in quotes, or a number.
fn key(value: &str) -> Option<Cow<'_, str>> {
    let is_number = value.parse::<i64>().is_ok() && !value.starts_with('+');
    if is_number { Some(Cow::Borrowed(value)) } else { unquoted(value) }
}

/// A part of the path to an item, decoded.
fn plain(raw: &str) -> Option<String> {
    let name = decode(raw)?;
    let is_plain = !matches!(&*name, "" | "." | "..") && !name.contains('/');
    is_plain.then(|| name.into_owned())
}

/// `id` of `group-id`, also where it is numbered: `mailFolder-id1`.
fn key_name(placeholder: &'static str) -> &'static str {
    let name = placeholder.rsplit_once('-').map_or("", |(_, name)| name);
    name.trim_end_matches(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Options, Tree};

    /// The names of query options.
    impl Options for &[&str] {
        fn has(&self, name: &str) -> bool {
            self.contains(&name)
        }
    }

    fn tree() -> Tree<&'static str> {
        let mut tree = Tree::new();
        for template in [
            "/v1.0/groups",
            "/v1.0/groups/{group-id}",
            "/v1.0/groups/{group-id}/threads",
            "/v1.0/groups/{id}/threads/{conversationThread-id}",
            "/v1.0/groups/delta",
            "/v1.0/groups/delta(token='{token}')",
            "/v1.0/groups/$count",
            "/v1.0/groups(uniqueName='{uniqueName}')/threads",
            "/v1.0/reports/detail(period='{period}')",
            "/v1.0/reports/detail(date={date})",
            "/v1.0/view(start='{start}',end='{end}',zone='{zone?}')/items/{item-id}",
            "/v1.0/drive/root",
            "/v1.0/drive/root:/{item-path}",
            "/v1.0/drive/root:/{item-path}:/children",
            "/v1.0/drive/items/{item-id}",
            "/v1.0/drive/items/{item-id}:/{item-path}:/children",
        ] {
            tree.insert(template, template);
        }
        tree
    }

    /// Keys, then arguments as `wire=literal`.
    #[track_caller]
    fn is_at(path: &str, template: &str, values: &[&str]) {
        let tree = tree();
        let found = tree.find(path, &&[][..]);
        let found = found.ok().flatten().unwrap_or_else(|| panic!("nothing is at {path}"));
        assert_eq!(found.here, [template], "{path}");
        let given = found.arguments.iter().filter_map(|argument| {
            Some(format!("{}={}", argument.wire, argument.literal.as_ref()?))
        });
        let all: Vec<String> = found.keys.iter().cloned().chain(given).collect();
        assert_eq!(all, values, "{path}");
    }

    #[track_caller]
    fn refused(path: &str) -> (String, String) {
        match tree().find(path, &&["token"][..]) {
            Err(mismatch) => (mismatch.target, mismatch.message),
            Ok(_) => panic!("{path} is not refused"),
        }
    }

    #[test]
    fn names_are_read_before_keys() {
        is_at("/v1.0/groups/delta", "/v1.0/groups/delta", &[]);
        is_at("/v1.0/groups/delta()", "/v1.0/groups/delta", &[]);
        is_at("/v1.0/groups/microsoft.graph.delta()", "/v1.0/groups/delta", &[]);
        is_at("/v1.0/groups/$count", "/v1.0/groups/$count", &[]);
        is_at("/v1.0/groups/deltas", "/v1.0/groups/{group-id}", &["deltas"]);
        is_at("/v1.0/groups/contoso.delta", "/v1.0/groups/{group-id}", &["contoso.delta"]);
    }

    #[test]
    fn a_key_in_parentheses_is_never_a_name() {
        is_at("/v1.0/groups('delta')", "/v1.0/groups/{group-id}", &["delta"]);
        is_at("/v1.0/groups(id='delta')", "/v1.0/groups/{group-id}", &["delta"]);
        is_at("/v1.0/groups(5)", "/v1.0/groups/{group-id}", &["5"]);
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
    fn arguments_stand_in_any_order_and_spelling() {
        let detail = "/v1.0/reports/detail(period='{period}')";
        is_at("/v1.0/reports/detail(period='D7')", detail, &["period='D7'"]);
        is_at("/v1.0/reports/microsoft.graph.detail(Period=%27D7%27)", detail, &["period='D7'"]);
        is_at("/v1.0/reports/detail(period=@p)", detail, &["period=@p"]);
        let view = "/v1.0/view(start='{start}',end='{end}',zone='{zone?}')/items/{item-id}";
        is_at(
            "/v1.0/view(end='b,c%2F%25',start='o''neil')/items/7",
            view,
            &["7", "start='o''neil'", "end='b,c/%'"],
        );
        is_at(
            "/v1.0/view(zone='x',end='b',start='a')/items/7",
            view,
            &["7", "start='a'", "end='b'", "zone='x'"],
        );
    }

    #[test]
    fn arguments_choose_the_overload() {
        is_at(
            "/v1.0/reports/detail(date=2017-09-01)",
            "/v1.0/reports/detail(date={date})",
            &["date=2017-09-01"],
        );
        is_at(
            "/v1.0/groups/delta(token='x')",
            "/v1.0/groups/delta(token='{token}')",
            &["token='x'"],
        );
        let tree = tree();
        let found = tree.find("/v1.0/groups/delta", &&["token"][..]).ok().flatten();
        let found = found.expect("an overload whose argument stands in the query");
        assert_eq!(found.here, ["/v1.0/groups/delta(token='{token}')"]);
    }

    #[test]
    fn an_alternate_key_stands_behind_its_collection() {
        is_at(
            "/v1.0/groups(uniqueName='a')/threads",
            "/v1.0/groups(uniqueName='{uniqueName}')/threads",
            &["uniqueName='a'"],
        );
        assert_eq!(refused("/v1.0/groups(color='a')/threads").0, "color");
    }

    #[test]
    fn wrong_arguments_are_named() {
        for (path, target) in [
            ("/v1.0/reports/detail(color='x')", "color"),
            ("/v1.0/reports/detail(period='D7',period='D7')", "period"),
            ("/v1.0/reports/detail(period='D7)", "detail"),
            ("/v1.0/reports/detail", "date"),
            ("/v1.0/view(start='a')/items/7", "end"),
        ] {
            assert_eq!(refused(path).0, target, "{path}");
        }
    }

    #[test]
    fn an_item_is_addressed_by_its_path() {
        let children = "/v1.0/drive/root:/{item-path}:/children";
        is_at("/v1.0/drive/root:/a%20b/c%3A.txt:/children", children, &["a b/c:.txt"]);
        is_at("/v1.0/drive/root:/a/children", "/v1.0/drive/root:/{item-path}", &["a/children"]);
        is_at("/v1.0/drive/root:/a:", "/v1.0/drive/root:/{item-path}", &["a"]);
        let of_item = "/v1.0/drive/items/{item-id}:/{item-path}:/children";
        is_at("/v1.0/drive/items/7:/a:/children", of_item, &["7", "a"]);
        is_at("/v1.0/drive/items/7:", "/v1.0/drive/items/{item-id}", &["7:"]);
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
            "/v1.0/groups/1/threads(color='1')",
            "/v1.0/drive/root:/a/../b",
            "/v1.0/drive/root:/a/%2E%2E/b:/children",
            "/v1.0/drive/root:/a%2Fb:/children",
            "/v1.0/drive/root:/a:/parents",
            "/v1.0/drive/root:",
        ] {
            assert!(matches!(tree.find(path, &&[][..]), Ok(None)), "{path}");
        }
    }
}
