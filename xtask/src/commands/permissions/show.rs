//! What operations need, shown to people as a table and to programs as lines of JSON.
//!
//! Comes in: what each kind of sign-in needs. Goes out: text. Holds: names and paths from the inputs are
//! made harmless to a terminal; the columns of a table are as wide as their longest cell.

use std::collections::BTreeSet;
use std::io::{self, Write};

use msgraph_pipeline::Api;
use msgraph_source::{SourceMap, Span, render};
use serde::Serialize;

use super::needs::{Answer, KindNeeds, OperationNeed};
use crate::config::Target;
use crate::messages::counted;

/// Characters of one cell that are shown.
const MOST_CHARACTERS: usize = 400;

/// What was found of a target.
pub(super) struct Found<'a> {
    pub(super) sources: &'a SourceMap,
    pub(super) target: &'a Target,
    pub(super) api: &'a Api,
    pub(super) needs: Vec<KindNeeds>,
}

impl Found<'_> {
    /// Shows it to people.
    pub(super) fn to_people(&self, out: &mut impl Write) -> io::Result<()> {
        let number = self.needs.first().map_or(0, |needs| needs.operations.len());
        let operations = counted(number, "operation");
        writeln!(out, "{} of {} ({})", operations, self.target.name, self.target.version)?;
        for needs in &self.needs {
            let rows: Vec<[String; 4]> =
                needs.operations.iter().map(|need| self.row(need)).collect();
            writeln!(out, "\n{}: {}", needs.kind.title(), summary(needs))?;
            let width = |column: usize| {
                rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
            };
            let widths = [width(0), width(1), width(2)].map(Option::unwrap_or_default);
            for [method, path, answer, place] in &rows {
                let [a, b, c] = widths;
                let line = format!("  {method:a$} {path:b$}  {answer:c$}  {place}");
                writeln!(out, "{}", line.trim_end())?;
            }
        }
        Ok(())
    }

    fn row(&self, need: &OperationNeed) -> [String; 4] {
        let operation = &self.api.operations[need.id];
        let path = operation.paths.first().map_or("", |path| path.template.as_str());
        let answer = match &need.answer {
            Answer::By(set) => names(set, " and "),
            Answer::NoneNeeded => "none needed".to_owned(),
            Answer::NotSupported => "not supported".to_owned(),
            Answer::Undocumented => "not documented".to_owned(),
        };
        let place = need.place.map(|span| self.place(span)).unwrap_or_default();
        [operation.method.as_str().to_owned(), shown(path), answer, place]
    }

    fn place(&self, span: Span) -> String {
        let path = self.sources.file(span.file).path();
        format!("{}:{}", shown(path), self.sources.position(span).line)
    }

    /// Shows it to programs: one line a kind of sign-in.
    pub(super) fn to_programs(&self, out: &mut impl Write) -> io::Result<()> {
        for needs in &self.needs {
            let operations = needs.operations.iter().map(|need| self.operation(need));
            let line = Line {
                target: &self.target.name,
                version: &self.target.version,
                kind: needs.kind.name(),
                permissions: &needs.cover.permissions,
                is_least: needs.cover.is_least,
                operations: operations.collect(),
            };
            let text = serde_json::to_string(&line).map_err(io::Error::other)?;
            writeln!(out, "{}", render::escaped(&text))?;
        }
        Ok(())
    }

    fn operation<'a>(&'a self, need: &'a OperationNeed) -> OperationLine<'a> {
        let operation = &self.api.operations[need.id];
        let (answer, by) = match &need.answer {
            Answer::By(set) => ("permissions", Some(set)),
            Answer::NoneNeeded => ("none_needed", None),
            Answer::NotSupported => ("not_supported", None),
            Answer::Undocumented => ("undocumented", None),
        };
        OperationLine {
            method: operation.method.as_str(),
            path: operation.paths.first().map_or("", |path| path.template.as_str()),
            page: operation.page.as_ref().map(|page| page.page.as_str()),
            answer,
            permissions: by.into_iter().flatten().collect(),
            file: need.place.map(|span| self.sources.file(span.file).path()),
            line: need.place.map(|span| self.sources.position(span).line),
        }
    }
}

/// The permissions to ask for, and for how many operations there is no answer.
fn summary(needs: &KindNeeds) -> String {
    let count = |is: fn(&Answer) -> bool| needs.operations.iter().filter(|n| is(&n.answer)).count();
    let unsupported = count(|answer| matches!(answer, Answer::NotSupported));
    let undocumented = count(|answer| matches!(answer, Answer::Undocumented));
    let mut words = match (needs.cover.permissions.is_empty(), unsupported + undocumented) {
        (false, _) => names(&needs.cover.permissions, ", "),
        (true, left) if left == needs.operations.len() => "-".to_owned(),
        (true, _) => "none needed".to_owned(),
    };
    if !needs.cover.is_least {
        words.push_str(" (maybe not the least: there are too many ways to look at)");
    }
    for (number, what) in [(unsupported, "not supported"), (undocumented, "not documented")] {
        if number > 0 {
            words.push_str(&format!("; {number} of {} {what}", needs.operations.len()));
        }
    }
    words
}

fn names(of: &BTreeSet<String>, between: &str) -> String {
    let names: Vec<String> = of.iter().map(|name| shown(name)).collect();
    names.join(between)
}

fn shown(text: &str) -> String {
    render::line(text, MOST_CHARACTERS).into_owned()
}

#[derive(Serialize)]
struct Line<'a> {
    target: &'a str,
    version: &'a str,
    kind: &'a str,
    permissions: &'a BTreeSet<String>,
    is_least: bool,
    operations: Vec<OperationLine<'a>>,
}

#[derive(Serialize)]
struct OperationLine<'a> {
    method: &'a str,
    path: &'a str,
    page: Option<&'a str>,
    answer: &'a str,
    permissions: Vec<&'a String>,
    file: Option<&'a str>,
    line: Option<u32>,
}
