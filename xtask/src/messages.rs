//! Diagnostics and results on the way out: for people on standard error, for programs as JSON lines
//! on standard output.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};

use msgraph_source::{Diagnostic, Severity, SourceMap, render};
use rayon::prelude::*;
use serde::Serialize;

use crate::exit::Exit;

/// Findings of one code that people are shown; the number of the others is told. Programs are given all.
const SHOWN: usize = 500;

/// For whom messages are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum MessageFormat {
    /// Text with the lines of the sources, coloured on a terminal.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

impl MessageFormat {
    /// Shows `diagnostics` and says whether there is an error among them.
    pub(crate) fn show(self, sources: &SourceMap, diagnostics: &[Diagnostic]) -> io::Result<bool> {
        let shown = match self {
            Self::Human => show_to_people(sources, diagnostics),
            Self::Json => show_to_programs(sources, diagnostics),
        };
        unless_nobody_listens(shown)?;
        Ok(diagnostics.iter().any(Diagnostic::is_error))
    }

    /// Tells people, and only them, how it went.
    pub(crate) fn tell(self, line: &str) -> io::Result<()> {
        match self {
            Self::Human => unless_nobody_listens(writeln!(io::stderr(), "{line}")),
            Self::Json => Ok(()),
        }
    }

    /// Gives programs, and only them, an object that is no finding.
    pub(crate) fn report(self, event: &impl Serialize) -> io::Result<()> {
        match self {
            Self::Human => Ok(()),
            Self::Json => {
                let line = serde_json::to_string(event)?;
                unless_nobody_listens(writeln!(io::stdout(), "{line}"))
            }
        }
    }
}

fn show_to_people(sources: &SourceMap, diagnostics: &[Diagnostic]) -> io::Result<()> {
    let styled = styled(&io::stderr());
    let mut err = BufWriter::new(io::stderr().lock());
    let (shown, hidden) = shown(diagnostics);
    for text in rendered(&shown, |of| render::human(sources, *of, styled)) {
        writeln!(err, "{}\n", text.trim_end())?;
    }
    for (code, hidden) in hidden {
        writeln!(
            err,
            "{hidden} more of {code} are not shown; `--message-format json` gives all of them\n"
        )?;
    }
    let count = |severity| diagnostics.iter().filter(|d| d.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        let (errors, warnings) = (counted(errors, "error"), counted(warnings, "warning"));
        writeln!(err, "{errors}, {warnings}; `cargo xtask explain CODE` tells of each\n")?;
    }
    err.flush()
}

/// Those of `diagnostics` that people are shown, and of how many each code has more: the first hundreds
/// of a kind are enough to see what is wrong, and laying out tens of thousands takes seconds.
fn shown(diagnostics: &[Diagnostic]) -> (Vec<&Diagnostic>, BTreeMap<&'static str, usize>) {
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    let shown = diagnostics
        .iter()
        .filter(|diagnostic| {
            let seen = seen.entry(diagnostic.code.id()).or_default();
            *seen += 1;
            *seen <= SHOWN
        })
        .collect();
    seen.retain(|_, seen| *seen > SHOWN);
    seen.values_mut().for_each(|seen| *seen -= SHOWN);
    (shown, seen)
}

fn show_to_programs(sources: &SourceMap, diagnostics: &[Diagnostic]) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for text in rendered(diagnostics, |of| render::json(sources, of)) {
        writeln!(out, "{text}")?;
    }
    out.flush()
}

/// The texts of `diagnostics`, in their order; made on all cores, since there can be thousands.
fn rendered<D: Sync>(
    diagnostics: &[D],
    render: impl Fn(&D) -> String + Send + Sync,
) -> Vec<String> {
    diagnostics.par_iter().map(render).collect()
}

/// A reader that closed its end early (`… | head`) is no reason to leave the work undone.
pub(crate) fn unless_nobody_listens(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// `1 error`, `2 errors`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Whether `out` takes colours: a terminal, and neither `NO_COLOR` nor `TERM=dumb`.
pub(crate) fn styled(out: &impl IsTerminal) -> bool {
    let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    forced || (!refused && out.is_terminal())
}

/// How a command ends that could not go on. A reader that closed its end early is no failure.
pub(crate) fn failure(error: &io::Error) -> Exit {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Exit::Done;
    }
    // Where standard error is gone too, there is nobody left to tell.
    let _ = writeln!(io::stderr(), "error: {error}");
    Exit::Disk
}
