//! A document as text, each value with its place.

use msgraph_openapi::Document;
use msgraph_source::{Json, JsonKind, SourceMap, Span};

/// The version and the number of references, then a line for each value.
pub(crate) fn document(sources: &SourceMap, document: &Document) -> String {
    let mut lines = vec![format!("{:?}, {} references", document.version, document.references)];
    value(sources, "", &document.root, 0, &mut lines);
    lines.join("\n")
}

fn value(sources: &SourceMap, name: &str, of: &Json, depth: usize, lines: &mut Vec<String>) {
    let place = place(sources, of.span);
    let line = |text: String| format!("{place:<11} {}{name}{text}", "  ".repeat(depth));
    match &of.kind {
        JsonKind::Null => lines.push(line("null".to_owned())),
        JsonKind::Bool(value) => lines.push(line(value.to_string())),
        JsonKind::Number(text) => lines.push(line(text.clone())),
        JsonKind::String(text) => lines.push(line(format!("{text:?}"))),
        JsonKind::Array(elements) => {
            lines.push(line("[]".to_owned()));
            elements.iter().for_each(|element| value(sources, "", element, depth + 1, lines));
        }
        JsonKind::Object(members) => {
            lines.push(line("{}".to_owned()));
            for member in members {
                let name = format!("{}: ", member.name);
                value(sources, &name, &member.value, depth + 1, lines);
            }
        }
    }
}

/// `line:column-line:column`
fn place(sources: &SourceMap, span: Span) -> String {
    let file = sources.file(span.file);
    let at = |byte: usize| file.position(u32::try_from(byte).unwrap_or(u32::MAX));
    let (start, end) = (at(span.range().start), at(span.range().end));
    format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column)
}
