//! The text of one block, made safe: code spans and links are kept where they are whole, everything
//! that Markdown, HTML or rustdoc would read otherwise is escaped.

use super::links::{self, Target};
use super::{Prose, wrap};

/// `text` with safe code spans, links and emphasis. Spaces that must not become line ends are
/// [`wrap::PROTECTED_SPACE`].
pub(super) fn sanitise(text: &str, prose: Prose<'_>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    write(text, prose, true, &mut out);
    out.replace("*/", "*\\/")
}

/// Appends `text`; links are read where `links` says so, that is not inside of a link.
fn write(text: &str, prose: Prose<'_>, links: bool, out: &mut String) {
    let text = decode_entities(text);
    let mut rest = text.as_str();
    let mut backticks = Backticks::of(rest);
    let mut brackets = Brackets::of(rest);
    let whole = rest.len();
    while let Some(c) = rest.chars().next() {
        let at = whole - rest.len();
        let next = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '`' => {
                let run = rest.chars().take_while(|&c| c == '`').count();
                let after = rest.get(run..).unwrap_or_default();
                match backticks.close(at, run) {
                    Some(end) if end > at + run => {
                        let code = text.get(at + run..end).unwrap_or_default();
                        code_span(code, out);
                        text.get(end + run..).unwrap_or_default()
                    }
                    _ => {
                        out.push_str(&"\\`".repeat(run));
                        after
                    }
                }
            }
            '!' if links && next.starts_with('[') => match link(&text, at + 1, &mut brackets) {
                Some((label, _, end)) => {
                    write(label, prose, false, out);
                    text.get(end..).unwrap_or_default()
                }
                None => {
                    out.push('!');
                    next
                }
            },
            '[' if links => match link(&text, at, &mut brackets) {
                Some((label, url, end)) => {
                    let mut shown = String::new();
                    write(label, prose, false, &mut shown);
                    match links::resolve(url, prose) {
                        Target::Url(url) if !shown.trim().is_empty() => {
                            // A short text stays on one line with the address.
                            let kept = if shown.chars().count() <= 30 {
                                shown.trim().replace(' ', &wrap::PROTECTED_SPACE.to_string())
                            } else {
                                shown
                            };
                            out.push_str(&format!("[{kept}]({url})"));
                        }
                        _ => out.push_str(&shown),
                    }
                    text.get(end..).unwrap_or_default()
                }
                None => {
                    out.push_str("\\[");
                    next
                }
            },
            '[' | ']' | '|' => {
                out.push('\\');
                out.push(c);
                next
            }
            '<' => tag(next, out),
            '>' => {
                out.push_str("\\>");
                next
            }
            '\\' => match next.chars().next() {
                Some(escaped) if escaped.is_ascii_punctuation() => {
                    out.push('\\');
                    out.push(escaped);
                    next.get(1..).unwrap_or_default()
                }
                _ => {
                    out.push_str("\\\\");
                    next
                }
            },
            'h' | 'H' if starts_url(rest) => {
                let (url, after) = links::bare(rest);
                if links {
                    out.push_str(&format!("<{url}>"));
                } else {
                    // The colon alone makes it a link to rustdoc's eye.
                    out.push_str(&url.replacen(':', "\\:", 1));
                }
                after
            }
            _ => {
                out.push(c);
                next
            }
        };
    }
}

fn starts_url(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && text
                .get(scheme.len()..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

/// What stands behind `<`: a line break or another tag is dropped, anything else is text.
fn tag<'t>(next: &'t str, out: &mut String) -> &'t str {
    let name = next.strip_prefix('/').unwrap_or(next);
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let end = next.char_indices().take(200).find_map(|(index, c)| (c == '>').then_some(index));
    match end {
        Some(end) if is_tag => {
            let inside = next.get(..end).unwrap_or_default();
            if starts_url(inside) {
                let (url, _) = links::bare(inside);
                out.push_str(&format!("<{url}>"));
            } else if known_tag(name) {
                out.push(' ');
            } else {
                // `<id>` in prose is a placeholder.
                out.push_str("\\<");
                return next;
            }
            next.get(end + 1..).unwrap_or_default()
        }
        _ => {
            out.push_str("\\<");
            next
        }
    }
}

/// Whether `text` begins with the name of an element that pages use for layout.
fn known_tag(text: &str) -> bool {
    const TAGS: &[&str] = &[
        "a", "b", "br", "code", "div", "em", "i", "img", "li", "ol", "p", "span", "strong", "sub",
        "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
    ];
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let name = text.get(..end).unwrap_or_default().to_ascii_lowercase();
    TAGS.contains(&name.as_str())
}

fn code_span(code: &str, out: &mut String) {
    if code.trim().is_empty() {
        return;
    }
    let mut code = code.replace("*/", "* /");
    // A fence of three could begin a block where a line begins with it, so that none is longer than two.
    let has_run = |length: usize| code.split(|c| c != '`').any(|run| run.len() == length);
    let length = match [1, 2].into_iter().find(|&length| !has_run(length)) {
        Some(shortest) => shortest,
        None => {
            code = code.replace('`', "'");
            1
        }
    };
    let fence = "`".repeat(length);
    out.push_str(&fence);
    out.extend(code.chars().map(|c| if c == ' ' { wrap::PROTECTED_SPACE } else { c }));
    out.push_str(&fence);
}

/// The whole link `[label](url)` that starts at `at`: label, url, and where it ends.
fn link<'t>(
    text: &'t str,
    at: usize,
    brackets: &mut Brackets,
) -> Option<(&'t str, &'t str, usize)> {
    let close = brackets.partner(at)?;
    let label = text.get(at + 1..close)?;
    let rest = text.get(close + 1..)?.strip_prefix('(')?;
    let mut depth = 1_usize;
    for (index, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '`' => return None,
            _ => {}
        }
        if depth == 0 {
            let url = rest.get(..index)?;
            return Some((label, url, close + 2 + index + 1));
        }
        if index > 2_000 {
            return None;
        }
    }
    None
}

/// Where the runs of backticks are, so that the closing one is found without looking twice.
struct Backticks(Vec<(usize, usize)>);

impl Backticks {
    fn of(text: &str) -> Self {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (index, _) in text.match_indices('`') {
            match runs.last_mut() {
                Some((start, length)) if *start + *length == index => *length += 1,
                _ => runs.push((index, 1)),
            }
        }
        runs.reverse();
        Self(runs)
    }

    /// The run of `length` backticks that closes the one at `at`. Calls come in ascending order.
    fn close(&mut self, at: usize, length: usize) -> Option<usize> {
        while self.0.last().is_some_and(|&(start, _)| start <= at) {
            self.0.pop();
        }
        // Spans of prose are short; looking further than this would be quadratic.
        let found = self.0.iter().rev().take(16).find(|&&(_, run)| run == length);
        found.map(|&(start, _)| start)
    }
}

/// The bracket that closes each opening one, found in one walk.
struct Brackets(Vec<(usize, usize)>);

impl Brackets {
    fn of(text: &str) -> Self {
        let mut open = Vec::new();
        let mut pairs = Vec::new();
        let mut escaped = false;
        for (index, c) in text.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' => open.push(index),
                ']' => pairs.extend(open.pop().map(|start| (start, index))),
                _ => {}
            }
        }
        pairs.sort_unstable();
        Self(pairs)
    }

    fn partner(&mut self, at: usize) -> Option<usize> {
        let index = self.0.binary_search_by_key(&at, |&(start, _)| start).ok()?;
        self.0.get(index).map(|&(_, end)| end)
    }
}

/// The character references that pages use, as characters; they are escaped again where needed.
fn decode_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    [
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
