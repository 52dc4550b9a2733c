//! What a fixture shows of its output, as the lines of its `input.show` say.
//!
//! - `file PATH`: the whole file, without the line that marks it;
//! - `item PATH at TEXT`: the item whose first line holds the text, with its documentation;
//! - `lines PATH with TEXT`: the lines that hold the text;
//! - `signatures PATH`: what the file declares, without bodies and documentation;
//! - `files`: the paths of all files.
//!
//! Behind them stands what was found on the way.

use msgraph_pipeline::Pass;
use msgraph_source::render;
use msgraph_tests::Fixture;

use crate::generation;

/// Runs all passes over a fixture.
pub(crate) fn fixture(fixture: &Fixture) -> String {
    let settings = generation::settings(fixture);
    let (sources, outcome) = generation::run(fixture, &settings, Pass::Emit);
    let mut parts = Vec::new();
    if let Some(output) = &outcome.output {
        for line in fixture.input("input.show").lines() {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            let pair = rest.split_once(" at ").or_else(|| rest.split_once(" with "));
            let (path, text) = pair.unwrap_or((rest, ""));
            let file = || output.get(path).unwrap_or_else(|| panic!("there is no file `{path}`"));
            parts.push(match word {
                "most" | "prefix" | "select" => continue,
                "file" => format!("── {path}\n{}", whole(file())),
                "item" => format!("── {path}\n{}", item(file(), text)),
                "lines" => format!("── {path}\n{}", lines(file(), text)),
                "signatures" => format!("── {path}\n{}", signatures(file())),
                "files" => output.iter().map(|(path, _)| format!("{path}\n")).collect(),
                other => panic!("`{other}` is no word of `input.show`"),
            });
        }
    }
    parts.extend(outcome.diagnostics.iter().map(|found| render::human(&sources, found, false)));
    parts.iter().map(|part| part.trim_end()).collect::<Vec<_>>().join("\n\n")
}

/// A file without the line that all files begin with.
fn whole(text: &str) -> String {
    text.lines()
        .filter(|line| !line.contains("@generated"))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The item that the line with `wanted` begins: what documents it above, and all that it holds.
fn item(text: &str, wanted: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let is_front = |line: &str| line.starts_with("///") || line.starts_with("#[");
    let at = lines
        .iter()
        .position(|line| line.contains(wanted) && !is_front(line.trim_start()))
        .unwrap_or_else(|| panic!("nothing holds `{wanted}`"));
    let start = lines[..at]
        .iter()
        .rposition(|line| !is_front(line.trim_start()))
        .map_or(0, |before| before + 1);
    let indent = lines[at].len() - lines[at].trim_start().len();
    let is_raw = lines[at].contains("= r#") || lines[at].contains("= r\"");
    let ends = |line: &&str| match is_raw {
        true => line.ends_with("#;") || line.ends_with("\";"),
        false => line.ends_with([';', '}']) && line.len() - line.trim_start().len() == indent,
    };
    let length = lines[at..].iter().position(ends).map_or(1, |length| length + 1);
    let lead = " ".repeat(indent);
    let shown = lines[start..at + length].iter();
    shown.map(|line| format!("{}\n", line.strip_prefix(&lead).unwrap_or(line))).collect()
}

fn lines(text: &str, wanted: &str) -> String {
    text.lines().filter(|line| line.contains(wanted)).map(|line| format!("{line}\n")).collect()
}

/// Declarations and attributes, each on one line.
fn signatures(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if !["pub ", "impl", "#[deprecated", "async fn", "fn "]
            .iter()
            .any(|start| line.starts_with(start))
        {
            continue;
        }
        let mut whole = line.to_owned();
        while !whole.ends_with(['{', ';', '}']) {
            let Some(more) = lines.next() else { break };
            let glue = if whole.ends_with(['(', '<']) || more.trim().starts_with([')', '>']) {
                ""
            } else {
                " "
            };
            whole.push_str(glue);
            whole.push_str(more.trim());
            if whole.ends_with(']') {
                break;
            }
        }
        let indent =
            if line.starts_with("impl") || line.starts_with("pub type") { "" } else { "  " };
        out.push_str(&format!("{indent}{}\n", whole.trim_end_matches(" {").replace(",)", ")")));
    }
    out
}
