//! Known findings: the file of `--baseline`.
//!
//! In comes a text of lines, one a finding: its page (from the folder of the file), its code, its
//! fingerprint, and behind ` # ` its message for readers. Out goes which findings are known, and which
//! lines no finding fits any more. Lines are sorted and hold no line numbers, so that a page's
//! edits change only the lines of findings that they touch.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use msgraph_source::{Diagnostic, FileId, SourceMap, Span, catalogue::config as codes, render};

use crate::findings::identity::is_fingerprint;
use crate::findings::page_paths::{NO_PAGE, PagePaths, folder_of};

/// Lines that cannot be read of which a run tells.
const MOST_PROBLEMS: usize = 20;
/// Characters of a message behind an entry.
const LONGEST_MESSAGE: usize = 160;

const HEAD: &str = "\
# Findings that are known and do not fail `cargo xtask lint --baseline`.
# A line has a page (from this file's folder), a code and a fingerprint; the message is for readers.
# Written by `cargo xtask lint --write-baseline`; lines that no finding fits any more fail the run.
";

/// A page, a code, a fingerprint: the order in which lines are sorted.
type Key = (String, String, String);

/// The entries of a baseline.
pub(crate) struct Baseline {
    path: PathBuf,
    pages: PagePaths,
    entries: BTreeMap<Key, Entry>,
}

struct Entry {
    span: Span,
    is_found: bool,
}

impl Baseline {
    /// Reads the baseline at `path`.
    pub(crate) fn read(sources: &mut SourceMap, path: &Path) -> Result<Self, Vec<Diagnostic>> {
        let bytes = std::fs::read(path).map_err(|error| {
            let message = format!("cannot read {}: {error}", path.display());
            vec![
                Diagnostic::new(codes::INVALID, message)
                    .help("`cargo xtask lint --write-baseline FILE` writes it"),
            ]
        })?;
        let file = sources.add_bytes(&path.to_string_lossy(), bytes).map_err(|d| vec![d])?;
        let mut entries: BTreeMap<Key, Entry> = BTreeMap::new();
        let mut problems = Vec::new();
        for (line, span) in lines(sources, file) {
            let problem = match parse(line) {
                Ok(key) => {
                    let entry = Entry { span, is_found: false };
                    let Some(earlier) = entries.insert(key, entry) else { continue };
                    Diagnostic::at(codes::BASELINE_ENTRY, span, "this entry stands twice")
                        .label(earlier.span, "first here")
                        .help("take one of them out")
                }
                Err(message) => Diagnostic::at(codes::BASELINE_ENTRY, span, message).help(
                    "a line is `PAGE CODE FINGERPRINT # message`; `cargo xtask lint --write-baseline FILE` writes them",
                ),
            };
            if problems.len() < MOST_PROBLEMS {
                problems.push(problem);
            }
        }
        match problems.is_empty() {
            true => Ok(Self {
                path: path.to_path_buf(),
                pages: PagePaths::from_folder_of(path),
                entries,
            }),
            false => Err(problems),
        }
    }

    /// Whether the finding is known; marks its entry as found.
    pub(crate) fn knows(
        &mut self,
        sources: &SourceMap,
        diagnostic: &Diagnostic,
        fingerprint: &str,
    ) -> bool {
        let page = self.pages.of_finding(sources, diagnostic).to_owned();
        let key = (page, diagnostic.code.id().to_owned(), fingerprint.to_owned());
        self.entries.get_mut(&key).map(|entry| entry.is_found = true).is_some()
    }

    /// The entries that no finding fits. Those of pages that are there, but were not read into
    /// `sources`, are not held against it.
    pub(crate) fn stale(&mut self, sources: &SourceMap) -> Vec<Diagnostic> {
        let read: BTreeSet<String> =
            sources.ids().map(|file| self.pages.of(sources, file).to_owned()).collect();
        let folder = folder_of(&self.path);
        let mut elsewhere: BTreeMap<&str, bool> = BTreeMap::new();
        let mut stale = Vec::new();
        for ((page, code, _), entry) in self.entries.iter().filter(|(_, entry)| !entry.is_found) {
            let is_elsewhere = *elsewhere.entry(page).or_insert_with(|| {
                page != NO_PAGE && !read.contains(page) && folder.join(page).exists()
            });
            if is_elsewhere {
                continue;
            }
            let message =
                format!("the baseline lists a finding of {code} in {page} that is no longer there");
            stale.push(
                Diagnostic::at(codes::BASELINE_STALE, entry.span, message).help(
                    "take the line out, or write the file anew with `cargo xtask lint --write-baseline FILE`",
                ),
            );
        }
        stale.sort_by_key(Diagnostic::primary);
        stale
    }
}

/// The lines that hold entries, without blanks around them.
fn lines(sources: &SourceMap, file: FileId) -> Vec<(&str, Span)> {
    let text = sources.file(file).text();
    let mut start = 0;
    text.split('\n')
        .filter_map(|line| {
            let from = start + (line.len() - line.trim_start().len());
            start += line.len() + 1;
            let line = line.trim();
            let is_entry =
                !line.is_empty() && !line.trim_start_matches('\u{feff}').starts_with('#');
            is_entry.then(|| (line, Span::new(file, from..from + line.len())))
        })
        .collect()
}

fn parse(line: &str) -> Result<Key, &'static str> {
    let entry = line.split_once(" #").map_or(line, |(entry, _)| entry);
    let words: Vec<&str> = entry.split_ascii_whitespace().take(4).collect();
    let [page, code, fingerprint] = words.as_slice() else {
        return Err("this line has no page, code and fingerprint");
    };
    if !code.contains("::") {
        return Err("the second word of this line is no code");
    }
    if !is_fingerprint(fingerprint) {
        return Err("the third word of this line is no fingerprint");
    }
    let page = decoded(page).ok_or("the page of this line is wrongly escaped")?;
    Ok((page, (*code).to_owned(), (*fingerprint).to_owned()))
}

/// Writes a baseline of the findings to `path` and says how many entries it has. A file that would not
/// change is left alone.
pub(crate) fn write<'a>(
    path: &Path,
    sources: &SourceMap,
    findings: impl Iterator<Item = (&'a Diagnostic, &'a str)>,
) -> io::Result<usize> {
    let mut pages = PagePaths::from_folder_of(path);
    let mut entries: BTreeMap<Key, &str> = BTreeMap::new();
    for (diagnostic, fingerprint) in findings {
        let page = pages.of_finding(sources, diagnostic).to_owned();
        let key = (page, diagnostic.code.id().to_owned(), fingerprint.to_owned());
        entries.insert(key, &diagnostic.message);
    }
    let mut text = HEAD.to_owned();
    for ((page, code, fingerprint), message) in &entries {
        let message = render::line(message, LONGEST_MESSAGE);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{} {code} {fingerprint} # {message}", encoded(page));
    }
    if std::fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(entries.len());
    }
    // The disk speaks of the temporary file, which nobody asked for.
    let cannot = |error: io::Error| {
        let why = error.kind();
        io::Error::new(why, format!("cannot write {}: {why}", path.display()))
    };
    let mut file = tempfile::NamedTempFile::new_in(folder_of(path)).map_err(cannot)?;
    file.write_all(text.as_bytes()).map_err(cannot)?;
    file.persist(path).map_err(|error| cannot(error.error))?;
    Ok(entries.len())
}

/// A path as one word: blanks, controls, `%` and `#` are percent-encoded.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_whitespace()
            || matches!(c, '%' | '#')
            || render::line(c.encode_utf8(&mut [0; 4]), 1).len() != c.len_utf8()
        {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

fn decoded(word: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(word.len());
    let mut parts = word.split('%');
    bytes.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(rest.bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{decoded, encoded, parse};

    #[test]
    fn paths_are_one_word_and_come_back() {
        for path in ["docs/api/a.md", "a b#c%20\n\u{1b}\u{202e}ü.md", "-"] {
            let word = encoded(path);
            assert!(!word.contains([' ', '#', '\n', '\u{1b}', '\u{202e}']), "{word}");
            assert_eq!(decoded(&word).as_deref(), Some(path));
        }
        assert_eq!(decoded("%f"), None);
        assert_eq!(decoded("%zz"), None);
        assert_eq!(decoded("%ff"), None);
    }

    #[test]
    fn what_is_no_entry_says_why() {
        assert!(parse("a.md docs::table_row 5f1c3a90d27be481.1 # any # thing").is_ok());
        assert!(parse("a.md docs::table_row 5f1c3a90d27be481.1").is_ok());
        for line in [
            "a.md",
            "a.md docs::table_row",
            "a b c d",
            "a.md x 5f1c3a90d27be481.1",
            "a.md docs::x 5f1c.1",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
