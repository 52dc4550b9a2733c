//! Findings that are right and yet accepted, each with its reason.
//!
//! In comes a YAML list of entries `{code, page, match, reason}`, named in `codegen.yaml` or on the
//! command line; out goes which findings are accepted and why, and which entries accept nothing.
//! Holds: every entry has a reason, and none accepts an error.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use msgraph_source::{
    Code, Diagnostic, Severity, SourceMap, Span, catalogue::config as codes, wildcard,
};
use serde::Deserialize;

use crate::findings::codes::unknown;
use crate::findings::page_paths::{PagePaths, folder_of};

/// The entries of a file, and what they were held against.
#[derive(Default)]
pub(crate) struct Suppressions {
    path: PathBuf,
    entries: Vec<Entry>,
    /// The pages that findings may have been about.
    read: BTreeSet<String>,
}

struct Entry {
    code: Code,
    page: String,
    text: Option<String>,
    reason: String,
    span: Span,
    is_used: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    code: String,
    page: String,
    #[serde(rename = "match")]
    text: Option<String>,
    reason: String,
}

impl Suppressions {
    /// Reads the file `path`; without one, nothing is suppressed.
    pub(crate) fn read(
        sources: &mut SourceMap,
        path: Option<&Path>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let Some(path) = path else { return Ok(Self::default()) };
        let bytes = std::fs::read(path).map_err(|error| {
            let message = format!("cannot read {}: {error}", path.display());
            vec![Diagnostic::new(codes::INVALID, message)]
        })?;
        let file = sources.add_bytes(&path.to_string_lossy(), bytes).map_err(|d| vec![d])?;
        let text = sources.file(file).text().clone();
        let found: Option<Vec<FileEntry>> = serde_yaml::from_str(&text).map_err(|error| {
            let offset = error.location().map_or(0, |place| place.index().min(text.len()));
            vec![
                Diagnostic::at(
                    codes::SUPPRESSION,
                    Span::new(file, offset..offset),
                    error.to_string(),
                )
                .help("the file is a list; the keys of an entry are code, page, match and reason"),
            ]
        })?;
        let found = found.unwrap_or_default();
        let places = places(&text, found.len());
        let mut entries = Vec::new();
        let mut problems = Vec::new();
        for (entry, place) in found.into_iter().zip(places) {
            let span = Span::new(file, place);
            match entry.checked(span) {
                Ok(entry) => entries.push(entry),
                Err(problem) => problems.push(problem),
            }
        }
        match problems.is_empty() {
            true => Ok(Self { path: path.to_path_buf(), entries, read: BTreeSet::new() }),
            false => Err(problems),
        }
    }

    /// Parts what was found in the texts of `sources` into what stays and what is accepted, with reasons.
    pub(crate) fn part(
        &mut self,
        sources: &SourceMap,
        diagnostics: Vec<Diagnostic>,
    ) -> (Vec<Diagnostic>, Vec<(Diagnostic, String)>) {
        let reasons = self.reasons(sources, &diagnostics);
        let mut kept = Vec::new();
        let mut accepted = Vec::new();
        for (diagnostic, reason) in diagnostics.into_iter().zip(reasons) {
            match reason {
                Some(reason) => accepted.push((diagnostic, reason)),
                None => kept.push(diagnostic),
            }
        }
        (kept, accepted)
    }

    /// Why each of `diagnostics` is accepted, where it is.
    pub(crate) fn reasons(
        &mut self,
        sources: &SourceMap,
        diagnostics: &[Diagnostic],
    ) -> Vec<Option<String>> {
        if self.entries.is_empty() {
            return vec![None; diagnostics.len()];
        }
        let mut pages = PagePaths::from_folder_of(&self.path);
        self.read.extend(sources.ids().map(|file| pages.of(sources, file).to_owned()));
        diagnostics
            .iter()
            .map(|diagnostic| {
                let entries = self.entries.iter_mut();
                let mut fitting = entries.filter(|entry| entry.code == diagnostic.code);
                let page = pages.of_finding(sources, diagnostic);
                let entry = fitting.find(|entry| entry.fits(page, diagnostic))?;
                entry.is_used = true;
                Some(entry.reason.clone())
            })
            .collect()
    }

    /// The entries that accept nothing, of those whose code `could_be_found` in this run.
    ///
    /// An entry for pages that are there, but were not read, is not held against it; `is_whole` says
    /// that all pages were read which the entries can mean.
    pub(crate) fn unused(
        &self,
        is_whole: bool,
        could_be_found: impl Fn(Code) -> bool,
    ) -> Vec<Diagnostic> {
        let folder = folder_of(&self.path);
        let was_looked_at = |entry: &Entry| {
            self.read.iter().any(|page| wildcard::matches(&entry.page, page))
                || match entry.page.contains('*') {
                    true => is_whole,
                    false => !folder.join(&entry.page).exists(),
                }
        };
        self.entries
            .iter()
            .filter(|entry| !entry.is_used && could_be_found(entry.code) && was_looked_at(entry))
            .map(|entry| {
                let message = format!("no finding of {} is suppressed by this entry", entry.code);
                Diagnostic::at(codes::SUPPRESSION_UNUSED, entry.span, message)
                    .help("take the entry out, or mend its `page` or `match`; the first entry that fits a finding takes it")
            })
            .collect()
    }
}

impl FileEntry {
    fn checked(self, span: Span) -> Result<Entry, Diagnostic> {
        let problem = |message: String| Diagnostic::at(codes::SUPPRESSION, span, message);
        let Some(code) = Code::find(&self.code) else {
            return Err(problem(unknown(
                &self.code,
                msgraph_source::catalogue::all().map(Code::id),
            ))
            .help("`cargo xtask explain` lists all codes"));
        };
        if code.severity() == Severity::Error {
            return Err(problem(format!("{code} is an error, which cannot be suppressed")).help(
                "mend what it is about; `cargo xtask lint --baseline` can accept it for a while",
            ));
        }
        if self.reason.trim().is_empty() {
            return Err(problem("this entry has no reason".to_owned())
                .help("say in `reason` why the finding is right and yet accepted"));
        }
        let reason = self.reason.trim().to_owned();
        Ok(Entry { code, page: self.page, text: self.text, reason, span, is_used: false })
    }
}

impl Entry {
    fn fits(&self, page: &str, diagnostic: &Diagnostic) -> bool {
        wildcard::matches(&self.page, page)
            && self.text.as_ref().is_none_or(|text| diagnostic.message.contains(text))
    }
}

/// Where each of `count` entries starts: a line that has a dash at the least indentation. Where that is
/// not how the list is written, all are at its start.
fn places(text: &str, count: usize) -> Vec<std::ops::Range<usize>> {
    let mut start = 0;
    let mut dashes: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let indentation = line.len() - line.trim_start().len();
        if content == "-" || content.starts_with("- ") {
            let from = start + indentation;
            dashes.push((indentation, from..from + content.len()));
        }
        start += line.len();
    }
    let least = dashes.iter().map(|(indentation, _)| *indentation).min().unwrap_or(0);
    let places: Vec<_> = dashes
        .into_iter()
        .filter(|(indentation, _)| *indentation == least)
        .map(|(_, place)| place)
        .collect();
    match places.len() == count {
        true => places,
        false => vec![0..0; count],
    }
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn entries_are_found_at_the_outer_dashes() {
        let text = "# c\n- code: a\n  reason: |\n    - no\n- { code: b }\n";
        let found: Vec<&str> = places(text, 2).into_iter().map(|place| &text[place]).collect();
        assert_eq!(found, ["- code: a", "- { code: b }"]);
        assert_eq!(places("[{}, {}]", 2), [0..0, 0..0]);
    }
}
