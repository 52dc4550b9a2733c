//! Findings as a SARIF 2.1.0 log, for continuous integration.
//!
//! In come the texts and all findings of a run; out goes one JSON document without line feeds: the rules
//! that occur with their pages, the texts that occur, and a result a finding. Holds: paths are
//! percent-encoded URI references, columns count code points from 1 without a byte order mark, and no
//! text can become a placeholder or a link of a message.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Finding;
use super::json::escaped;
use crate::catalogue::Code;
use crate::diagnostic::{Diagnostic, Label};
use crate::source_map::{SourceFile, SourceMap};
use crate::span::{FileId, Span};

mod uri;

/// The folder that relative paths count from: that of the run.
const BASE: &str = "%SRCROOT%";
/// Under this name results carry what identifies them from run to run.
const FINGERPRINT: &str = "msgraphFinding/v1";

/// Shows `findings` as a log of one run; `complete` says that all inputs could be looked at.
pub fn sarif(sources: &SourceMap, findings: &[Finding<'_>], complete: bool) -> String {
    let mut artifacts = Artifacts { sources, files: Vec::new(), indices: BTreeMap::new() };
    let mut codes: Vec<Code> = findings.iter().map(|finding| finding.diagnostic.code).collect();
    codes.sort_by_key(|code| code.id());
    codes.dedup();
    let has_suppressions = findings.iter().any(|finding| finding.suppression.is_some());
    let results: Vec<Result<'_>> = findings
        .iter()
        .map(|finding| result(&mut artifacts, &codes, finding, has_suppressions))
        .collect();
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "msgraph-codegen",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: codes.iter().map(|code| rule(*code)).collect(),
                },
            },
            invocations: [Invocation { execution_successful: complete }],
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: BTreeMap::from([(
                BASE,
                Base { description: Text::of("The folder that the command was run in.") },
            )]),
            artifacts: artifacts.list(),
            results,
        }],
    };
    // Strings and numbers alone: this cannot fail.
    escaped(&serde_json::to_string(&log).unwrap_or_default())
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation; 1],
    column_kind: &'a str,
    original_uri_base_ids: BTreeMap<&'a str, Base>,
    artifacts: Vec<Artifact>,
    results: Vec<Result<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    help: Help,
    default_configuration: Configuration,
    properties: Tags,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Tags {
    tags: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
}

#[derive(Serialize)]
struct Base {
    description: Text,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
    length: usize,
    encoding: &'static str,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
    index: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Result<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'a str,
    message: Text,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    partial_fingerprints: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<Vec<Suppression<'a>>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    justification: &'a str,
}

impl Text {
    fn of(text: &str) -> Self {
        Self { text: message_text(text) }
    }
}

/// The texts that occur, in the order of first mention.
struct Artifacts<'a> {
    sources: &'a SourceMap,
    files: Vec<(FileId, ArtifactLocation)>,
    indices: BTreeMap<FileId, usize>,
}

impl Artifacts<'_> {
    fn location(&mut self, file: FileId) -> ArtifactLocation {
        let next = self.files.len();
        let index = *self.indices.entry(file).or_insert(next);
        if index == next {
            let (uri, is_relative) = uri::reference(self.sources.file(file).path());
            let uri_base_id = is_relative.then_some(BASE);
            self.files.push((file, ArtifactLocation { uri, uri_base_id, index }));
        }
        let unknown = ArtifactLocation { uri: String::new(), uri_base_id: None, index };
        self.files.get(index).map_or(unknown, |(_, location)| location.clone())
    }

    fn list(self) -> Vec<Artifact> {
        let length = |file: FileId| self.sources.file(file).text().len();
        self.files
            .into_iter()
            .map(|(file, location)| Artifact { location, length: length(file), encoding: "UTF-8" })
            .collect()
    }
}

fn rule(code: Code) -> Rule {
    Rule {
        id: code.id(),
        short_description: Text::of(code.title()),
        help: Help { text: code.page(), markdown: code.page() },
        default_configuration: Configuration { level: code.severity().name() },
        properties: Tags { tags: [code.area()] },
    }
}

fn result<'a>(
    artifacts: &mut Artifacts<'_>,
    codes: &[Code],
    finding: &Finding<'a>,
    has_suppressions: bool,
) -> Result<'a> {
    let diagnostic = finding.diagnostic;
    let mut labels = diagnostic.labels.iter();
    let primary = labels.next().map(|label| location(artifacts, label, None));
    let related = labels.zip(1..).map(|(label, id)| location(artifacts, label, Some(id)));
    let related = related.collect();
    let accepted =
        |justification| Suppression { kind: "external", status: "accepted", justification };
    Result {
        rule_id: diagnostic.code.id(),
        rule_index: codes.partition_point(|code| code.id() < diagnostic.code.id()),
        // The format has the same names for them.
        level: finding.severity.name(),
        message: Text::of(&whole_message(diagnostic)),
        locations: primary.into_iter().collect(),
        related_locations: related,
        partial_fingerprints: finding
            .fingerprint
            .map(|value| (FINGERPRINT, value))
            .into_iter()
            .collect(),
        // A log has them for all results, or for none.
        suppressions: has_suppressions
            .then(|| finding.suppression.map(accepted).into_iter().collect()),
    }
}

fn location(artifacts: &mut Artifacts<'_>, label: &Label, id: Option<usize>) -> Location {
    let artifact_location = artifacts.location(label.span.file);
    let file = artifacts.sources.file(label.span.file);
    Location {
        id,
        physical_location: PhysicalLocation { artifact_location, region: region(file, label.span) },
        message: (!label.message.is_empty()).then(|| Text::of(&label.message)),
    }
}

fn region(file: &SourceFile, span: Span) -> Region {
    // A byte order mark is no column.
    let skipped = u32::from(file.text().starts_with('\u{feff}'));
    let place = |offset| {
        let position = file.position(offset);
        let skipped = if position.line == 1 { skipped } else { 0 };
        (position.line, position.column.saturating_sub(skipped).max(1))
    };
    let (start_line, start_column) = place(span.start);
    let (end_line, end_column) = place(span.end);
    Region { start_line, start_column, end_line, end_column }
}

/// The message with its notes and its help, which have no place of their own.
fn whole_message(diagnostic: &Diagnostic) -> String {
    let notes = diagnostic.notes.iter().map(|note| format!("\nnote: {note}"));
    let help = diagnostic.help.iter().map(|help| format!("\nhelp: {help}"));
    std::iter::once(diagnostic.message.clone()).chain(notes).chain(help).collect()
}

/// A message that shows as `text`: braces are doubled, since single ones hold placeholders, and where
/// brackets would make a link they are escaped.
fn message_text(text: &str) -> String {
    let is_link = text.contains("](");
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' | '}' => out.push(c),
            '[' | ']' if is_link => out.push('\\'),
            _ => {}
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests;
