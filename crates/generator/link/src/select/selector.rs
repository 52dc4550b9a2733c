//! What is asked for.
//!
//! In comes a text of the configuration or of the command line; out goes a [`Selector`]. Holds: a
//! text with a `/` is an operation, one with the word `type` a type, all others are names of pages
//! and requests; `*` stands for any characters of a segment, `**` for any number of segments.

use std::fmt;

use msgraph_ir::Method;
use msgraph_source::{Diagnostic, catalogue::link as codes, wildcard};

use crate::url::Url;

/// One thing, or several, asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// `all`: every documented operation and every type.
    All,
    /// `documented`: every documented operation.
    Documented,
    /// `type NAME`: a type that nothing selected needs by itself, a derived one first of all.
    Type(String),
    /// `METHOD /path/{id}/template`
    Operation {
        /// The method; none for `*`.
        method: Option<Method>,
        /// The path.
        path: String,
    },
    /// The name of a page or of a request.
    Name(String),
}

impl Selector {
    /// Reads a selector.
    ///
    /// # Errors
    /// A text that is none.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let wrong = |why: &str| {
            Err(Diagnostic::new(
                codes::SELECTOR_SYNTAX,
                format!("`{text}` is no selector: {why}"),
            )
            .help("a selector is a page (`group-post-threads`), a request name, `METHOD /path/{id}`, `type NAME`, `documented` or `all`"))
        };
        let mut words = text.split_whitespace();
        let (Some(first), second) = (words.next(), words.next()) else {
            return wrong("it is empty");
        };
        let Some(second) = second else {
            return match first {
                "all" => Ok(Self::All),
                "documented" => Ok(Self::Documented),
                path if path.contains('/') => wrong("a path needs a method in front, or `*`"),
                // A page may well be called `post`, but not `POST`.
                token if Method::from_token(token).is_some() => {
                    wrong("a method needs a path behind it, as in `POST /groups/{id}/threads`")
                }
                name => Ok(Self::Name(name.to_owned())),
            };
        };
        if first == "type" {
            return match words.next() {
                None => Ok(Self::Type(second.to_owned())),
                Some(_) => wrong("a type name has no spaces"),
            };
        }
        let path = text.trim_start().get(first.len()..).unwrap_or_default().trim();
        if !path.contains('/') {
            return wrong("a path starts with `/`");
        }
        let method = match first {
            "*" => None,
            token => match Method::from_token(token) {
                Some(method) => Some(method),
                None => return wrong("the method is none of GET, POST, PATCH, PUT, DELETE"),
            },
        };
        Ok(Self::Operation { method, path: path.to_owned() })
    }

    /// Whether it may match several things, so that a part of them may be unusable.
    pub fn is_glob(&self) -> bool {
        match self {
            Self::All | Self::Documented => true,
            Self::Type(text) | Self::Name(text) => text.contains('*'),
            Self::Operation { method, path } => method.is_none() || path.contains('*'),
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Documented => f.write_str("documented"),
            Self::Type(name) => write!(f, "type {name}"),
            Self::Operation { method, path } => {
                write!(f, "{} {path}", method.map_or("*", Method::as_str))
            }
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// Whether `text` matches `pattern`, in which `*` stands for any characters; case does not matter.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    wildcard::matches(&pattern.to_ascii_lowercase(), &text.to_ascii_lowercase())
}

/// Whether the path `template` matches the path `pattern`, segment by segment. A placeholder matches
/// every placeholder, whatever they are called.
pub(crate) fn matches_path(pattern: &str, template: &str) -> bool {
    let pattern = segments(pattern);
    let template = segments(template);
    // Which prefixes of the template the pattern so far can match.
    let mut reachable = vec![false; template.len() + 1];
    if let Some(first) = reachable.first_mut() {
        *first = true;
    }
    for part in &pattern {
        let mut next = vec![false; reachable.len()];
        let mut open = false;
        for (at, slot) in next.iter_mut().enumerate() {
            let here = reachable.get(at).copied().unwrap_or(false);
            if part == "**" {
                open |= here;
                *slot = open;
            } else if at > 0 {
                let before = reachable.get(at - 1).copied().unwrap_or(false);
                *slot =
                    before && template.get(at - 1).is_some_and(|segment| matches(part, segment));
            }
        }
        reachable = next;
    }
    reachable.last().copied().unwrap_or(false)
}

/// The segments of a path, placeholders written `{}`, functions without empty parentheses.
fn segments(path: &str) -> Vec<String> {
    Url::new(path)
        .segments
        .iter()
        .map(|segment| {
            if segment.is_placeholder() {
                "{}".to_owned()
            } else {
                segment.text.strip_suffix("()").unwrap_or(segment.text).to_owned()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Selector, matches, matches_path};
    use msgraph_ir::Method;

    #[test]
    fn texts_become_selectors() {
        for (text, selector) in [
            ("all", Selector::All),
            ("documented", Selector::Documented),
            ("type microsoft.graph.post", Selector::Type("microsoft.graph.post".to_owned())),
            ("group-*", Selector::Name("group-*".to_owned())),
            ("post", Selector::Name("post".to_owned())),
            (
                "POST /groups/{id | name}/threads",
                Selector::Operation {
                    method: Some(Method::Post),
                    path: "/groups/{id | name}/threads".to_owned(),
                },
            ),
            ("* /groups/**", Selector::Operation { method: None, path: "/groups/**".to_owned() }),
        ] {
            assert_eq!(Selector::parse(text).ok(), Some(selector), "{text}");
        }
        for text in ["", "/groups", "POST", "FETCH /groups", "GET groups", "type a b"] {
            assert!(Selector::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, text) in [
            ("*", ""),
            ("group-*", "group-get"),
            ("*-get", "Group-Get"),
            ("g*-*t", "group-get"),
            ("a", "a"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("group", "group-get"), ("a*a", "a"), ("*x*", "abc"), ("", "a")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn paths_match_segment_by_segment() {
        let template = "/groups/{id}/threads/{id}/posts";
        for pattern in [
            "/groups/{group-id}/threads/{thread}/posts",
            "/groups/**",
            "**/posts",
            "/groups/*/threads/*/p*",
            "/**/threads/**",
        ] {
            assert!(matches_path(pattern, template), "{pattern}");
        }
        for pattern in ["/groups", "/groups/*", "/groups/{id}/threads/x/posts", "/users/**", ""] {
            assert!(!matches_path(pattern, template), "{pattern}");
        }
        assert!(matches_path("/me/messages/delta()", "/me/messages/delta"));
    }
}
