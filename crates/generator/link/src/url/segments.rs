//! A URL as text: host, version, segments, query.
//!
//! In comes what a page writes behind the method; out go the segments of the path with their places,
//! and the names of the query options. Holds: a `/` inside braces, angle brackets or quotes separates
//! nothing, unless they are not closed; the query and a leading host and version are no segments.

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::percent_decode_str;

/// Hosts of Graph: the worldwide service, and the national clouds.
const HOSTS: &[&str] = &[
    "graph.microsoft.com",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "graph.microsoft.de",
    "microsoftgraph.chinacloudapi.cn",
    "canary.graph.microsoft.com",
];

/// A URL cut into its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Url<'u> {
    /// The host where it is not one of Graph's.
    pub(crate) foreign_host: Option<(&'u str, Range<usize>)>,
    /// `v1.0` or `beta`, as written.
    pub(crate) version: Option<&'u str>,
    /// The segments behind the version; empty ones (doubled or trailing slashes) are left out.
    pub(crate) segments: Vec<Segment<'u>>,
    /// Whether a bracket or a quote is not closed, so that each slash separates.
    pub(crate) is_unclosed: bool,
    /// The names and values of the query options, as written.
    pub(crate) query: Vec<(&'u str, &'u str)>,
}

/// A segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Segment<'u> {
    /// The text.
    pub(crate) text: &'u str,
    /// Where it stands in the URL.
    pub(crate) range: Range<usize>,
}

impl<'u> Url<'u> {
    /// Cuts `url` into its parts.
    pub(crate) fn new(url: &'u str) -> Self {
        let path_end = path_end(url);
        let start = (url.len() - url.trim_start().len()).min(path_end);
        let whole = split(url, start..path_end, true);
        let is_unclosed = whole.is_none();
        let mut segments = whole.or_else(|| split(url, start..path_end, false)).unwrap_or_default();
        let mut foreign_host = None;
        let is_absolute = segments.first().is_some_and(|first| {
            first.text.eq_ignore_ascii_case("https:") || first.text.eq_ignore_ascii_case("http:")
        });
        if is_absolute {
            segments.remove(0);
            if !segments.is_empty() {
                let host = segments.remove(0);
                if !HOSTS.iter().any(|known| known.eq_ignore_ascii_case(host.text)) {
                    foreign_host = Some((host.text, host.range));
                }
            }
        } else if let Some(first) = segments.first()
            && HOSTS.iter().any(|known| known.eq_ignore_ascii_case(first.text))
        {
            segments.remove(0);
        }
        let version = segments
            .first()
            .map(|first| first.text)
            .filter(|first| is_version(first) || first.eq_ignore_ascii_case("{version}"));
        if version.is_some() {
            segments.remove(0);
        }
        Self {
            foreign_host,
            version: version.filter(|v| !v.starts_with('{')),
            segments,
            is_unclosed,
            query: options(url.get(path_end..).unwrap_or_default()),
        }
    }
}

/// `v1.0`, `beta`, and `v1`, which is not one of Graph and is told apart later.
fn is_version(segment: &str) -> bool {
    let digits = segment.strip_prefix(['v', 'V']);
    segment.eq_ignore_ascii_case("beta")
        || digits.is_some_and(|text| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
}

/// Where the path ends: before the query, a fragment, or trailing white space. A `?` in the quotes of
/// an argument is part of the path, unless they do not close.
fn path_end(url: &str) -> usize {
    let mut first = None;
    let mut depth = 0_usize;
    let mut in_quotes = false;
    let mut end = None;
    for (at, byte) in url.bytes().enumerate() {
        match byte {
            b'?' | b'#' if depth == 0 || !in_quotes => {
                end = Some(at);
                break;
            }
            b'?' | b'#' => first = first.or(Some(at)),
            b'\'' if depth > 0 => in_quotes = !in_quotes,
            b'(' if !in_quotes => depth += 1,
            b')' if !in_quotes => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let end = if in_quotes && end.is_none() { first } else { end }.unwrap_or(url.len());
    url.get(..end).map_or(end, |path| path.trim_end().len())
}

/// Names and values of the options of `query`, which starts with its `?`.
fn options(query: &str) -> Vec<(&str, &str)> {
    let query = query.trim_start();
    let Some(query) = query.strip_prefix('?') else {
        return Vec::new();
    };
    query
        .split('#')
        .next()
        .unwrap_or_default()
        .split('&')
        .map(|option| option.split_once('=').unwrap_or((option, "")))
        .map(|(name, value)| (name.trim(), value.trim()))
        .filter(|(name, _)| !name.is_empty())
        .collect()
}

/// Cuts at slashes outside of brackets; none where brackets count and do not close.
fn split(url: &str, range: Range<usize>, with_brackets: bool) -> Option<Vec<Segment<'_>>> {
    let text = url.get(range.clone()).unwrap_or_default();
    let mut closers: Vec<char> = Vec::new();
    let mut segments = Vec::new();
    let mut start = 0;
    let mut push = |from: usize, to: usize| {
        let raw = text.get(from..to).unwrap_or_default();
        let trimmed = raw.trim();
        if !trimmed.is_empty() {
            let from = range.start + from + (raw.len() - raw.trim_start().len());
            segments.push(Segment { text: trimmed, range: from..from + trimmed.len() });
        }
    };
    for (at, character) in text.char_indices() {
        match character {
            '/' if closers.is_empty() => {
                push(start, at);
                start = at + 1;
            }
            _ if !with_brackets => {}
            _ if closers.last() == Some(&character) => {
                closers.pop();
            }
            // In quotes nothing but their end counts.
            _ if closers.last() == Some(&'\'') => {}
            '{' => closers.push('}'),
            '<' => closers.push('>'),
            '(' => closers.push(')'),
            // An apostrophe outside of parentheses belongs to a name.
            '\'' if !closers.is_empty() => closers.push('\''),
            _ => {}
        }
    }
    push(start, text.len());
    closers.is_empty().then_some(segments)
}

impl<'u> Segment<'u> {
    /// The name, and what stands in parentheses at its end: `range(address='A1')`.
    pub(crate) fn call(&self) -> (&'u str, Option<&'u str>) {
        if self.text.starts_with(['{', '<']) {
            return (self.text, None);
        }
        match self.text.split_once('(') {
            Some((name, arguments)) => {
                (name.trim(), Some(arguments.strip_suffix(')').unwrap_or(arguments)))
            }
            None => (self.text, None),
        }
    }

    /// Whether the segment is nothing but a placeholder: `{id}`, `<id>`.
    pub(crate) fn is_placeholder(&self) -> bool {
        is_placeholder(self.text)
    }

    /// Whether a part of the path is left out here.
    pub(crate) fn is_elided(&self) -> bool {
        matches!(self.text, "..." | "…" | "..")
    }
}

/// Whether `text` is nothing but a placeholder.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let inside = |open, close| {
        text.strip_prefix(open)
            .and_then(|text: &str| text.strip_suffix(close))
            .is_some_and(|inside| !inside.contains([open, close]))
    };
    inside('{', '}') || inside('<', '>')
}

/// A key's text without the quotes of a literal, doubled ones within made one.
pub(crate) fn unquoted(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    match text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
        Some(inner) if inner.contains("''") => Cow::Owned(inner.replace("''", "'")),
        Some(inner) => Cow::Borrowed(inner),
        None => Cow::Borrowed(text),
    }
}

/// A key's text without the brackets of a placeholder.
pub(crate) fn bare(text: &str) -> &str {
    match is_placeholder(text) {
        true => text.get(1..text.len().saturating_sub(1)).unwrap_or_default().trim(),
        false => text,
    }
}

/// `text` with its percent-escapes decoded; as it is where they make no text.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// The arguments in parentheses: name (empty where there is none) and value.
pub(crate) fn arguments(text: &str) -> Vec<(&str, &str)> {
    let mut parts = Vec::new();
    let mut closers: Vec<char> = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices() {
        match character {
            ',' if closers.is_empty() => {
                parts.push(text.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ if closers.last() == Some(&character) => {
                closers.pop();
            }
            _ if closers.last() == Some(&'\'') => {}
            '{' => closers.push('}'),
            '<' => closers.push('>'),
            '(' => closers.push(')'),
            '\'' => closers.push('\''),
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| match part.split_once('=') {
            Some((name, value)) if is_name(name.trim()) => (name.trim(), value.trim()),
            _ => ("", part),
        })
        .collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::{Segment, Url, arguments, bare, decoded, unquoted};

    fn texts(url: &str) -> Vec<&str> {
        Url::new(url).segments.into_iter().map(|Segment { text, .. }| text).collect()
    }

    #[test]
    fn host_version_query_and_slashes_are_no_segments() {
        for url in [
            "https://graph.microsoft.com/v1.0/groups/{id}/threads",
            "/groups/{id}/threads/",
            "groups/{id}/threads?$filter=topic eq 'a/b'",
            " graph.microsoft.com/V1.0//groups/{id}/threads ",
        ] {
            assert_eq!(texts(url), ["groups", "{id}", "threads"], "{url}");
        }
        assert_eq!(Url::new("https://graph.microsoft.com/beta/me").version, Some("beta"));
        let foreign = Url::new("https://contoso.com/hook");
        assert_eq!(foreign.foreign_host.map(|(host, _)| host), Some("contoso.com"));
    }

    #[test]
    fn slashes_in_brackets_separate_nothing_unless_they_stay_open() {
        assert_eq!(texts("/a/{x/y}/b"), ["a", "{x/y}", "b"]);
        assert_eq!(texts("/a/f(path='x/y')/b"), ["a", "f(path='x/y')", "b"]);
        assert_eq!(texts("/a/f(path='x'/b"), ["a", "f(path='x'", "b"]);
        assert_eq!(texts("/a/o'neil/b"), ["a", "o'neil", "b"]);
    }

    #[test]
    fn arguments_are_cut_at_commas_outside_of_quotes() {
        assert_eq!(arguments("a='x,y', b={z}"), [("a", "'x,y'"), ("b", "{z}")]);
        assert_eq!(arguments("'{id}'"), [("", "'{id}'")]);
        assert_eq!(arguments("MTY=xx=="), [("MTY", "xx==")]);
        assert_eq!(arguments(""), [("", ""); 0]);
    }

    #[test]
    fn bare_keys_have_neither_quotes_nor_brackets() {
        for (text, key) in [
            ("{id}", "id"),
            ("'{id}'", "id"),
            ("<id>", "id"),
            ("'a'", "a"),
            ("a", "a"),
            ("'o''neil'", "o'neil"),
            ("'", "'"),
            ("{", "{"),
            ("{a},{b}", "{a},{b}"),
        ] {
            assert_eq!(bare(&unquoted(text)), key, "{text}");
        }
    }

    #[test]
    fn a_question_mark_ends_the_path_unless_it_is_quoted_in_an_argument() {
        for (url, segments, query) in [
            ("/me?$select=a&$top=1#x", vec!["me"], vec!["$select", "$top"]),
            ("/me/f(path='a?b')?$top", vec!["me", "f(path='a?b')"], vec!["$top"]),
            ("/me/f(path='a?b=1", vec!["me", "f(path='a"], vec!["b"]),
            ("/o'neil?a=1", vec!["o'neil"], vec!["a"]),
            ("/me#a?b", vec!["me"], vec![]),
        ] {
            assert_eq!(texts(url), segments, "{url}");
            let names: Vec<&str> = Url::new(url).query.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, query, "{url}");
        }
    }

    #[test]
    fn versions_are_told_from_names() {
        for (url, version) in [
            ("/V1.0/me", Some("V1.0")),
            ("https://graph.microsoft.com/v1/me", Some("v1")),
            ("/{version}/me", None),
            ("/vendors", None),
            ("/v", None),
        ] {
            assert_eq!(Url::new(url).version, version, "{url}");
        }
    }

    #[test]
    fn escapes_are_decoded_unless_they_make_no_text() {
        assert_eq!(decoded("19%3Aa%40thread"), "19:a@thread");
        assert_eq!(decoded("%ff%"), "%ff%");
    }
}
