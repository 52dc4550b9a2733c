//! A diagnostic as one line of JSON.
//!
//! In come the texts and the finding, out goes an object with the keys `code`, `severity`, `message`,
//! `labels`, `notes`, `help`, and, where a command knows them, `fingerprint` and `suppressed`. Lines and columns count from 1, columns count characters, `start` and
//! `end` are bytes. Texts are whole; what could steer a terminal in them is escaped.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Finding, visible};
use crate::diagnostic::Label;
use crate::source_map::SourceMap;

#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    labels: Vec<Place<'a>>,
    notes: &'a [String],
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<&'a str>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start: usize,
    end: usize,
    message: &'a str,
}

/// Shows `finding` as one line of JSON, without a line feed.
pub fn json<'a>(sources: &SourceMap, finding: impl Into<Finding<'a>>) -> String {
    let finding = finding.into();
    let diagnostic = finding.diagnostic;
    let line = Line {
        code: diagnostic.code.id(),
        severity: finding.severity.name(),
        message: &diagnostic.message,
        labels: diagnostic.labels.iter().map(|label| place(sources, label)).collect(),
        notes: &diagnostic.notes,
        help: diagnostic.help.as_deref(),
        fingerprint: finding.fingerprint,
        suppressed: finding.suppression,
    };
    // Strings and numbers alone: this cannot fail, and if it did, the code would be worth having.
    let text =
        serde_json::to_string(&line).unwrap_or_else(|_| format!("{{\"code\":\"{}\"}}", line.code));
    escaped(&text)
}

fn place<'a>(sources: &'a SourceMap, label: &'a Label) -> Place<'a> {
    let file = sources.file(label.span.file);
    let start = file.position(label.span.start);
    let end = file.position(label.span.end);
    let most = file.text().len();
    let range = label.span.range();
    Place {
        path: file.path(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start: range.start.min(most),
        end: range.end.min(most),
        message: &label.message,
    }
}

/// Escapes, inside the strings of compact `json`, what JSON allows but a terminal acts upon.
pub fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if visible::is_harmless(c) {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::json;
    use crate::catalogue::source::ENCODING;
    use crate::{Diagnostic, SourceMap, Span};

    #[test]
    fn one_line_tells_everything() {
        let mut sources = SourceMap::new();
        let file = sources.add("a\\b.md", "one\nzwöi x\n");
        let diagnostic = Diagnostic::new(ENCODING, "it is \"so\"\n")
            .label(Span::new(file, 10..11), "here")
            .note("a fact")
            .help("do this");
        assert_eq!(
            json(&sources, &diagnostic),
            "{\"code\":\"source::encoding\",\"severity\":\"error\",\"message\":\"it is \\\"so\\\"\\n\",\
             \"labels\":[{\"path\":\"a/b.md\",\"line\":2,\"column\":6,\"end_line\":2,\"end_column\":7,\
             \"start\":10,\"end\":11,\"message\":\"here\"}],\"notes\":[\"a fact\"],\"help\":\"do this\"}"
        );
    }

    #[test]
    fn hostile_text_survives_escaped() {
        let message = "\u{1b}[31m \u{9b} \u{202e} \u{e0041} é";
        let text = json(&SourceMap::new(), &Diagnostic::new(ENCODING, message));
        assert!(text.contains(r"\u001b[31m \u009b \u202e \udb40\udc41 é"), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["message"], message);
    }

    #[test]
    fn a_span_beyond_the_text_is_cut() {
        let mut sources = SourceMap::new();
        let file = sources.add("a", "ab");
        let text = json(&sources, &Diagnostic::at(ENCODING, Span::new(file, 7..90), ""));
        assert!(text.contains("\"start\":2,\"end\":2"), "{text}");
    }
}
