//! Counts instead of findings: `--summary`.
//!
//! In come the findings of a run and how far documents agree with the metadata; out goes an aligned
//! table for people, or one object for programs. Codes are sorted by their counts, then by name.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use msgraph_pipeline::{Bodies, Counted, Counts, Tally};
use msgraph_source::{Code, Severity, render};
use serde::Serialize;
use serde::ser::SerializeMap;

use crate::messages::counted;

/// What a run found, in numbers.
#[derive(Serialize)]
pub(crate) struct Summary {
    codes: Vec<CodeCount>,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
    pub(crate) hidden: Hidden,
    pages: usize,
    #[serde(serialize_with = "agreement_as_json")]
    agreement: Counts,
}

/// Findings that are not shown, by what hides them.
#[derive(Clone, Copy, Default, Serialize)]
pub(crate) struct Hidden {
    /// By an entry of the suppressions.
    pub(crate) suppressed: usize,
    /// By an entry of the baseline.
    pub(crate) baseline: usize,
    /// By `--allow`.
    pub(crate) allowed: usize,
    /// By `--only` and `--page`.
    pub(crate) filtered: usize,
}

#[derive(Serialize)]
struct CodeCount {
    code: &'static str,
    severity: &'static str,
    title: &'static str,
    count: usize,
}

impl Summary {
    /// Counts findings of these codes and severities, made by reading `pages` pages.
    pub(crate) fn new(
        findings: impl Iterator<Item = (Code, Severity)>,
        hidden: Hidden,
        pages: usize,
        agreement: Counts,
    ) -> Self {
        let mut by_code: BTreeMap<&str, (Code, Severity, usize)> = BTreeMap::new();
        for (code, severity) in findings {
            by_code.entry(code.id()).or_insert((code, severity, 0)).2 += 1;
        }
        let count = |wanted| {
            by_code.values().filter(|(_, s, _)| *s == wanted).map(|(.., count)| count).sum()
        };
        let (errors, warnings, notes) =
            (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
        let mut codes: Vec<CodeCount> = by_code
            .into_values()
            .map(|(code, severity, count)| CodeCount {
                code: code.id(),
                severity: severity.name(),
                title: code.title(),
                count,
            })
            .collect();
        // The sort is stable: equal counts stay in the order of the names.
        codes.sort_by_key(|code| std::cmp::Reverse(code.count));
        Self { codes, errors, warnings, notes, hidden, pages, agreement }
    }

    /// `2 errors, 1 warning, 3 notes in 6 pages`, and what is not shown.
    pub(crate) fn closing_line(&self) -> String {
        let mut line = match self.errors + self.warnings + self.notes {
            0 => "no findings".to_owned(),
            _ => format!(
                "{}, {}, {}",
                counted(self.errors, "error"),
                counted(self.warnings, "warning"),
                counted(self.notes, "note")
            ),
        };
        // Writing to a string cannot fail.
        let _ = write!(line, " in {}", counted(self.pages, "page"));
        let hidden = [
            (self.hidden.suppressed, "suppressed"),
            (self.hidden.baseline, "in the baseline"),
            (self.hidden.allowed, "allowed"),
            (self.hidden.filtered, "of other codes or pages"),
        ];
        let hidden: Vec<String> = hidden
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, how)| format!("{count} {how}"))
            .collect();
        if !hidden.is_empty() {
            let _ = write!(line, "; not shown: {}", hidden.join(", "));
        }
        line
    }

    /// One object, without a line feed.
    pub(crate) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Aligned tables.
    pub(crate) fn table(&self) -> String {
        let mut out = String::new();
        let width = self.codes.iter().map(|code| code.code.len()).max().unwrap_or(4).max(4);
        if !self.codes.is_empty() {
            let _ = writeln!(out, "{:>8}  {:8}  {:width$}  what", "findings", "severity", "code");
            for code in &self.codes {
                let title = render::line(code.title, 100);
                let (count, severity, id) = (code.count, code.severity, code.code);
                let _ = writeln!(out, "{count:>8}  {severity:8}  {id:width$}  {title}");
            }
        }
        let all = self.errors + self.warnings + self.notes;
        let _ = writeln!(out, "{all:>8}  in all: {}\n", self.closing_line());

        let _ = writeln!(out, "{:36} {:>8} {:>8}", "agreement with the metadata", "all", "agree");
        for (Counted { title, .. }, Tally { all, agreeing }) in self.agreement.tallies() {
            let _ = writeln!(out, "  {title:34} {all:>8} {agreeing:>8} {}", percent(agreeing, all));
        }
        let foreign = self.agreement.foreign_examples;
        let _ = writeln!(out, "  {:34} {foreign:>8}\n", "example requests to other hosts");

        let _ = writeln!(
            out,
            "{:36} {:>8} {:>8} {:>7} {:>9} {:>8} {:>8}",
            "example bodies held against types",
            "all",
            "clean",
            "",
            "explained",
            "untyped",
            "neither"
        );
        for (Counted { title, .. }, bodies) in self.agreement.bodies() {
            let Bodies { all, clean, explained, untyped } = bodies;
            let _ = writeln!(
                out,
                "  {title:34} {all:>8} {clean:>8} {} {explained:>9} {untyped:>8} {:>8}",
                percent(clean, all),
                bodies.not_held()
            );
        }
        out
    }
}

/// A share with one digit, rounded down, so that only all is 100.0 %.
fn percent(part: usize, all: usize) -> String {
    match (part * 1000).checked_div(all) {
        Some(tenths) => format!("{:>4}.{} %", tenths / 10, tenths % 10),
        None => format!("{:>7}", "-"),
    }
}

/// An object with a member for each count, under the names of the fields of [`Counts`].
fn agreement_as_json<S: serde::Serializer>(counts: &Counts, out: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct JsonTally {
        all: usize,
        agreeing: usize,
    }
    #[derive(Serialize)]
    struct JsonBodies {
        all: usize,
        clean: usize,
        explained: usize,
        untyped: usize,
        neither: usize,
    }
    let mut map = out.serialize_map(None)?;
    for (counted, Tally { all, agreeing }) in counts.tallies() {
        map.serialize_entry(counted.key, &JsonTally { all, agreeing })?;
    }
    map.serialize_entry("foreign_examples", &counts.foreign_examples)?;
    for (counted, bodies) in counts.bodies() {
        let neither = bodies.not_held();
        let Bodies { all, clean, explained, untyped } = bodies;
        map.serialize_entry(counted.key, &JsonBodies { all, clean, explained, untyped, neither })?;
    }
    map.end()
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_rounded_down() {
        assert_eq!(percent(9_999, 10_000).trim(), "99.9 %");
        assert_eq!(percent(3, 3).trim(), "100.0 %");
        assert_eq!(percent(0, 0).trim(), "-");
    }
}
