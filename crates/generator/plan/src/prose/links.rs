//! The links of pages: relative to the documentation's folders in the sources, absolute in a doc
//! comment, percent-encoded so that Markdown cannot read them otherwise.

use super::Prose;

/// The site that shows the documentation.
const SITE: &str = "https://learn.microsoft.com";

/// The folder that a page stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageKind {
    /// `api-reference/…/api`: a page about an operation.
    Operation,
    /// `api-reference/…/resources`: a page about a type.
    Resource,
}

/// Where a link leads.
pub(super) enum Target {
    /// To this absolute URL.
    Url(String),
    /// Nowhere from a doc comment; its text is all there is.
    Nowhere,
}

/// The URL of the page `page`, a file name without `.md`.
pub(crate) fn page_url(page: &str, kind: PageKind, view: &str) -> String {
    let folder = match kind {
        PageKind::Operation => "api",
        PageKind::Resource => "api/resources",
    };
    format!("{SITE}/graph/{folder}/{}?view={}", encode_segment(page), encode_segment(view))
}

/// The URL of the page `page` about a type or an operation.
pub(crate) fn resource_url(page: &str, is_resource: bool, view: &str) -> String {
    let kind = if is_resource { PageKind::Resource } else { PageKind::Operation };
    page_url(page, kind, view)
}

/// The target of a link with the address `url` in `prose`.
pub(super) fn resolve(url: &str, prose: Prose<'_>) -> Target {
    // A title may stand behind the address: `(x.md "title")`.
    let url = url.trim().split(' ').next().unwrap_or_default();
    let url = url.trim_start_matches('<').trim_end_matches('>');
    let (address, fragment) = url.split_once('#').map_or((url, None), |(a, f)| (a, Some(f)));
    let (address, query) = address.split_once('?').map_or((address, None), |(a, q)| (a, Some(q)));
    let lower = address.to_ascii_lowercase();
    let base = if lower.starts_with("https://") || lower.starts_with("http://") {
        encode(address)
    } else if lower.starts_with('/') && !lower.starts_with("//") {
        format!("{SITE}{}", encode(address))
    } else if let Some(page) = lower.strip_suffix(".md") {
        return relative(page, fragment, prose);
    } else {
        return Target::Nowhere;
    };
    let query = query.map(|q| format!("?{}", encode(q))).unwrap_or_default();
    let fragment = fragment.map(|f| format!("#{}", encode(f))).unwrap_or_default();
    Target::Url(format!("{base}{query}{fragment}"))
}

/// `../resources/post`, `../api/post-reply`, `post-reply`, `/graph/…`-like paths of concept pages.
fn relative(page: &str, fragment: Option<&str>, prose: Prose<'_>) -> Target {
    let mut folders: Vec<&str> =
        page.split('/').filter(|s| !matches!(*s, "" | "." | "..")).collect();
    let Some(name) = folders.pop() else {
        return Target::Nowhere;
    };
    let url = match folders.last() {
        Some(&"resources") => page_url(name, PageKind::Resource, prose.view),
        Some(&"api") => page_url(name, PageKind::Operation, prose.view),
        Some(&("concepts" | "graph")) => format!("{SITE}/graph/{}", encode_segment(name)),
        Some(_) => return Target::Nowhere,
        None if page.contains("..") => format!("{SITE}/graph/{}", encode_segment(name)),
        None => page_url(name, prose.kind, prose.view),
    };
    let fragment = fragment.map(|f| format!("#{}", encode(f))).unwrap_or_default();
    Target::Url(format!("{url}{fragment}"))
}

/// The URL that `text` starts with, encoded, and what follows it.
pub(super) fn bare(text: &str) -> (String, &str) {
    let end = text
        .find(|c: char| {
            c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '[' | ']' | '|' | '\\' | '*')
        })
        .unwrap_or(text.len());
    let url = text.get(..end).unwrap_or(text);
    let closing = !url.contains('(');
    let url = url.trim_end_matches(|c| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'') || (c == ')' && closing)
    });
    (encode(url), text.get(url.len()..).unwrap_or_default())
}

/// `text` with everything encoded that is no character of a URL, or that Markdown reads.
fn encode(text: &str) -> String {
    percent(text, |b| b.is_ascii_alphanumeric() || b"-._~:/?#@!$&'+,;=%".contains(&b))
}

fn encode_segment(text: &str) -> String {
    percent(text, |b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
}

fn percent(text: &str, keep: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if keep(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
