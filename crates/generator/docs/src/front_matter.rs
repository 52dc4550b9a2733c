//! The YAML block at the top of a page.
//!
//! Comes in: the lines between the two `---`. Goes out: the keys that the generator knows, with
//! their places, and all other scalars. Holds: what is no YAML is read line by line as
//! `key: value`, and reported.

use std::collections::BTreeMap;
use std::ops::Range;

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics};
use serde_yaml::Value;

use crate::lines::PageText;
use crate::page::{FrontMatter, Text};

/// Reads the front matter of `page`.
pub(crate) fn read(page: &PageText, found: &mut Diagnostics) -> FrontMatter {
    let Some(lines) = page.front_matter.clone() else {
        return FrontMatter::default();
    };
    let whole = page.range(lines.start).start..page.range(lines.end).start;
    // YAML is read with LF, since a value over several lines would keep the CR.
    let text = page.str(whole.clone()).replace("\r\n", "\n");
    let by_line = || {
        lines
            .clone()
            .filter_map(|line| key_and_value(page, line))
            .map(|(key, value)| (key.to_owned(), unquoted(page.str(value)).to_owned()))
            .collect()
    };
    let entries = if is_out_of_proportion(&text) {
        let message = "the front matter is too large or too deeply nested to be read as YAML";
        found.push(unreadable(page, page.range(lines.start), message));
        by_line()
    } else {
        match serde_yaml::from_str(&text) {
            Ok(Value::Mapping(mapping)) => mapping
                .iter()
                .filter_map(|(key, value)| Some((key.as_str()?.to_owned(), scalar(value)?)))
                .collect(),
            Ok(Value::Null) => Vec::new(),
            Ok(_) => {
                let message = "the front matter is no list of keys";
                found.push(unreadable(page, whole, message));
                Vec::new()
            }
            Err(error) => {
                let offset = error.location().map_or(0, |location| location.line());
                let line = page.range((lines.start + offset.saturating_sub(1)).min(lines.end));
                let reason = error.to_string();
                // The line that the reader counts is not that of the page.
                let reason = reason.split(" at line ").next().unwrap_or_default();
                found.push(
                    unreadable(page, line, "the front matter is no YAML")
                        .note(format!("YAML says: {reason}")),
                );
                by_line()
            }
        }
    };
    fill(page, lines.clone(), entries)
}

/// Whether reading `text` as YAML could take long: time grows with the square of the brackets.
fn is_out_of_proportion(text: &str) -> bool {
    const LARGEST: usize = 16 * 1024;
    const BRACKETS: usize = 100;
    text.len() > LARGEST
        || text.bytes().filter(|b| matches!(b, b'[' | b'{')).nth(BRACKETS).is_some()
}

fn fill(page: &PageText, lines: Range<usize>, entries: Vec<(String, String)>) -> FrontMatter {
    let start = page.range(lines.start);
    let mut places = BTreeMap::new();
    for (key, place) in lines.filter_map(|line| key_and_value(page, line)) {
        places.entry(key).or_insert(place);
    }
    let mut front_matter = FrontMatter::default();
    let mut product = None;
    for (key, value) in entries {
        let place = places.get(key.as_str()).unwrap_or(&start);
        let text = |value| Some(Text::new(value, page.span(place.clone())));
        match key.as_str() {
            "title" => front_matter.title = text(value),
            "description" => front_matter.description = text(value),
            "doc_type" => front_matter.doc_type = text(value),
            "ms.subservice" => front_matter.area = text(value),
            "ms.prod" => product = text(value),
            _ => front_matter.other.push((key, value)),
        }
    }
    front_matter.area = front_matter.area.or(product);
    front_matter
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The key of a line that starts with one, and where its value stands.
fn key_and_value(page: &PageText, line: usize) -> Option<(&str, Range<usize>)> {
    let range = page.range(line);
    let text = page.str(range.clone());
    let colon = text.find(':')?;
    let key = text.get(..colon)?;
    if key.is_empty() || key.starts_with([' ', '\t', '#', '-']) {
        return None;
    }
    Some((key.trim_end(), page.trim(range.start + colon + 1..range.end)))
}

fn unquoted(value: &str) -> &str {
    ['"', '\'']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(value)
}

fn unreadable(page: &PageText, range: Range<usize>, message: &str) -> Diagnostic {
    Diagnostic::at(codes::FRONT_MATTER_YAML, page.span(range), message)
        .help("put values that hold a colon into quotes")
}
