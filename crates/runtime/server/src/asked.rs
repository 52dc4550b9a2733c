//! What of a request its answer depends on: where it went, what it prefers, how much metadata it wants.
//!
//! Taken from the head of a request before the handler gets it. Cheap where nothing is asked for: a request without
//! `Prefer` and `Accept` costs two look-ups.

use http::{HeaderMap, HeaderName, Method, header, request};

use crate::site::Address;

const PREFER: HeaderName = HeaderName::from_static("prefer");

/// What an answer needs to know of its request.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) address: Address,
    pub(crate) method: Method,
    pub(crate) prefers: Preferences,
    /// Whether the answer is to tell its context.
    pub(crate) wants_context: bool,
}

impl Asked {
    pub(crate) fn of(parts: &request::Parts, address: Address) -> Self {
        Self {
            address,
            method: parts.method.clone(),
            prefers: Preferences::of(&parts.headers),
            wants_context: !wants_no_metadata(&parts.headers),
        }
    }
}

/// What a request prefers, of what a service like this can follow (RFC 7240; OData Protocol 4.01, section 8.2.8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Preferences {
    pub(crate) returned: Option<Returned>,
    /// Members of enumerations that were added later, which this service always tells.
    pub(crate) unknown_enum_members: bool,
}

/// What is to come back of what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Returned {
    /// Nothing.
    Minimal,
    /// What there is now.
    Representation,
}

impl Preferences {
    fn of(headers: &HeaderMap) -> Self {
        let mut found = Self::default();
        let lines = headers.get_all(PREFER).iter().filter_map(|line| line.to_str().ok());
        for preference in lines.flat_map(|line| unquoted_split(line, ',')) {
            let preference = unquoted_split(preference, ';').next().unwrap_or_default();
            let (name, value) = preference.split_once('=').unwrap_or((preference, ""));
            let (name, value) = (name.trim(), value.trim().trim_matches('"'));
            if name.eq_ignore_ascii_case("return") {
                // Of two, the first counts.
                found.returned = found.returned.or(match value {
                    "minimal" => Some(Returned::Minimal),
                    "representation" => Some(Returned::Representation),
                    _ => None,
                });
            } else if name.eq_ignore_ascii_case("include-unknown-enum-members") {
                found.unknown_enum_members = true;
            }
        }
        found
    }
}

/// Whether the first media range that says how much metadata there shall be wants none.
fn wants_no_metadata(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok());
    // What has no semicolon has no parameters: that is most of them.
    let parameters = lines
        .filter(|line| line.contains(';'))
        .flat_map(|line| unquoted_split(line, ','))
        .flat_map(|range| unquoted_split(range, ';').skip(1));
    let mut said = parameters.filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let name = name.trim();
        let is_so = ["odata.metadata", "metadata"].iter().any(|of| name.eq_ignore_ascii_case(of));
        is_so.then(|| value.trim().trim_matches('"').eq_ignore_ascii_case("none"))
    });
    said.next().unwrap_or_default()
}

/// The parts between separators that stand in no quotes.
fn unquoted_split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    text.split(move |c| {
        let is_literal = is_escaped;
        is_escaped = is_quoted && c == '\\' && !is_literal;
        if c == '"' && !is_literal {
            is_quoted = !is_quoted;
        }
        c == separator && !is_quoted
    })
}

#[cfg(test)]
mod tests {
    use super::{Preferences, Returned, wants_no_metadata};
    use http::{HeaderMap, HeaderValue, header};

    fn headers(name: header::HeaderName, lines: &[&str]) -> HeaderMap {
        let lines = lines.iter().map(|line| (name.clone(), HeaderValue::from_str(line).unwrap()));
        lines.collect::<Vec<_>>().into_iter().fold(
            HeaderMap::new(),
            |mut headers, (name, value)| {
                headers.append(name, value);
                headers
            },
        )
    }

    #[test]
    fn of_two_preferences_the_first_counts() {
        for (lines, returned) in [
            (&["return=minimal"][..], Some(Returned::Minimal)),
            (&["Return = \"minimal\" ; foo=bar"], Some(Returned::Minimal)),
            (&["wait=5, return=representation, return=minimal"], Some(Returned::Representation)),
            (&["respond-async", "return=minimal"], Some(Returned::Minimal)),
            (&["odata.include-annotations=\"a,return=minimal\""], None),
            (&["a=\"\\\",return=minimal\""], None),
            (&["return=other"], None),
            (&["return"], None),
        ] {
            assert_eq!(
                Preferences::of(&headers(super::PREFER, lines)).returned,
                returned,
                "{lines:?}"
            );
        }
    }

    #[test]
    fn metadata_is_told_unless_none_is_wanted() {
        for (line, wants_none) in [
            ("application/json", false),
            ("application/json;odata.metadata=none", true),
            ("text/html, application/json; odata.streaming=true; OData.Metadata=NONE", true),
            ("application/json;metadata=none", true),
            (
                "application/json;odata.metadata=minimal, application/json;odata.metadata=none",
                false,
            ),
            ("application/json;x=\"odata.metadata=none\"", false),
        ] {
            assert_eq!(wants_no_metadata(&headers(header::ACCEPT, &[line])), wants_none, "{line}");
        }
    }
}
