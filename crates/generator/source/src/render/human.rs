//! A diagnostic as rustc shows one.
//!
//! In come the texts and the finding, out go its title, an excerpt of every neighbourhood that its
//! labels lie in (that of the primary label first), notes and help. Layout is annotate-snippets'; what it
//! is given is short and harmless, and its places are replaced by those of the whole texts.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::excerpt::excerpt;
use super::{Finding, visible};
use crate::catalogue::Severity;
use crate::diagnostic::Label;
use crate::source_map::{SourceFile, SourceMap};
use crate::span::FileId;

/// Labels that are shown; the number of the others is told.
const MOST_LABELS: usize = 20;
/// Characters of a title, of a label, of a path.
const LONGEST_LINE: usize = 600;
/// Characters of a note.
const LONGEST_NOTE: usize = 4_000;
/// Lines that one excerpt spans at most; layout takes time for each, shown or not.
const FAR: usize = 5_000;
/// Stands for a place until the layout is done; no text from outside holds it.
const MARK: char = '\u{f8ff}';

/// Shows `finding`, with colours where `styled`. Ends without a line feed.
pub fn human<'a>(sources: &SourceMap, finding: impl Into<Finding<'a>>, styled: bool) -> String {
    let finding = finding.into();
    let diagnostic = finding.diagnostic;
    let level = level(finding.severity);
    let title = visible::line(&diagnostic.message, LONGEST_LINE);
    let mut group = Group::with_title(level.primary_title(title).id(diagnostic.code.id()));

    let shown = diagnostic.labels.len().min(MOST_LABELS);
    let (labels, hidden) = diagnostic.labels.split_at(shown);
    let parts = by_place(sources, labels);
    for (index, part) in parts.iter().enumerate() {
        let file = sources.file(part.file);
        let ranges: Vec<Range<usize>> =
            part.labels.iter().map(|(_, label)| shown_range(file, label)).collect();
        let excerpt = excerpt(file, &ranges);
        let annotations = part.labels.iter().zip(excerpt.ranges).map(|((place, label), range)| {
            let kind = if *place == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let message = visible::line(&label.message, LONGEST_LINE);
            kind.span(range).label((!message.is_empty()).then_some(message))
        });
        group = group.element(
            Snippet::source(excerpt.text)
                .line_start(excerpt.first_line)
                .path(format!("{MARK}{index}{MARK}"))
                .annotations(annotations),
        );
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(visible::lines(note, LONGEST_NOTE)));
    }
    if !hidden.is_empty() {
        let count = format!("{} more places are not shown", hidden.len());
        group = group.element(Level::NOTE.message(count));
    }
    if let Some(reason) = finding.suppression {
        let reason = visible::lines(reason, LONGEST_NOTE);
        group = group.element(Level::NOTE.message(format!("suppressed: {reason}")));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible::lines(help, LONGEST_NOTE)));
    }

    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    // Long lines are already cut, with an eye on their labels.
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(10_000);
    let layout = renderer.render(&[group]);
    let layout = layout.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    with_places(&layout, sources, &parts)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// Labels that one excerpt shows, each with its place in the diagnostic.
struct Part<'a> {
    file: FileId,
    /// The lines from the first to the last of them.
    lines: Range<usize>,
    labels: Vec<(usize, &'a Label)>,
}

/// The labels by text and neighbourhood, in the order of first mention.
fn by_place<'a>(sources: &SourceMap, labels: &'a [Label]) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for (place, label) in labels.iter().enumerate() {
        let file = label.span.file;
        let range = shown_range(sources.file(file), label);
        let lines = sources.file(file).line(range.start)..sources.file(file).line(range.end);
        let joined =
            |part: &Part<'_>| part.lines.start.min(lines.start)..part.lines.end.max(lines.end);
        match parts.iter_mut().find(|part| part.file == file && joined(part).len() <= FAR) {
            Some(part) => {
                part.lines = joined(part);
                part.labels.push((place, label));
            }
            None => parts.push(Part { file, lines, labels: vec![(place, label)] }),
        }
    }
    parts
}

/// The bytes of `label`; of one over very many lines only the first line.
fn shown_range(file: &SourceFile, label: &Label) -> Range<usize> {
    let range = label.span.range();
    if file.line(range.end) - file.line(range.start) <= FAR {
        return range;
    }
    let first = file.text().get(range.clone()).and_then(|text| text.find('\n'));
    range.start..first.map_or(range.end, |length| range.start + length)
}

/// Puts path, line and column where the layout has a mark and the place in the excerpt.
fn with_places(layout: &str, sources: &SourceMap, parts: &[Part<'_>]) -> String {
    let mut pieces = layout.split(MARK);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    while let (Some(index), Some(rest)) = (pieces.next(), pieces.next()) {
        let label = index
            .parse::<usize>()
            .ok()
            .and_then(|index| parts.get(index))
            .and_then(|part| part.labels.first());
        if let Some((_, label)) = label {
            let position = sources.position(label.span);
            let path = visible::line(sources.file(label.span.file).path(), LONGEST_LINE);
            out.push_str(&format!("{path}:{}:{}", position.line, position.column));
        }
        out.push_str(rest.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    out
}

#[cfg(test)]
mod tests;
