//! `cargo xtask lint`: documents held against metadata, nothing generated.
//!
//! In come pages and metadata; out go findings on standard output, as people or programs want them,
//! and whether the run failed. What is shown is what the passes found, less what is accepted, known,
//! allowed or not asked for; what is left out is counted.

mod judged;
mod page_names;
mod review;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use msgraph_source::render::{self, Finding};
use msgraph_source::{Code, Diagnostic, Severity, SourceMap, catalogue};

use crate::clock::Clock;
use crate::config::Target;
use crate::exit::Exit;
use crate::findings::baseline::{self, Baseline};
use crate::findings::codes::{Selector, SelectorParser};
use crate::findings::levels::{Levels, stands_in_the_way};
use crate::findings::summary::Summary;
use crate::findings::suppressions::Suppressions;
use crate::inputs::Inputs;
use crate::messages::{MessageFormat, counted, styled, unless_nobody_listens};
use crate::progress::Progress;
use judged::{Judged, judge};
use review::Review;

/// Hold documentation pages against the metadata and report where they disagree.
///
/// Without --metadata, the targets of the configuration are looked at; with it, what the options say. Findings
/// go to standard output. The run fails where an error is among them; --deny makes errors of others.
#[derive(clap::Args)]
#[command(mut_group("described", |described| described.requires("docs")), after_help = "\
Examples:
  cargo xtask lint                             # all targets of schemas/codegen.yaml
  cargo xtask lint --metadata v1.0.csdl --docs docs/api --docs docs/resources
  cargo xtask lint --summary
  cargo xtask lint --page 'group-*' --only link::unknown_member
  cargo xtask lint --deny warnings --allow docs::table_row --message-format sarif > lint.sarif
  cargo xtask lint --write-baseline lint-baseline.txt
  cargo xtask lint --deny all --baseline lint-baseline.txt

CODE is a code as `cargo xtask explain` lists it, an area (docs), `errors`, `warnings`, `notes`, or `all`.
The narrower of --deny, --warn and --allow wins, and of equals the stricter.

Exit codes:
  0  no finding is an error
  1  a finding is an error, a line of the baseline is stale, or the inputs cannot be read
  2  the command line is wrong
  3  writing failed")]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    /// For whom findings are written.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    message_format: Format,

    /// Print counts per code, and how far documents and metadata agree, instead of findings.
    #[arg(long)]
    summary: bool,

    #[command(flatten)]
    levels: Levels,

    /// Show only findings of CODE (repeatable).
    #[arg(long, value_name = "CODE", value_parser = SelectorParser, hide_possible_values = true)]
    only: Vec<Selector>,

    /// Show only findings about this page: a name, or the end of a path; `*` stands for anything (repeatable).
    #[arg(long, value_name = "NAME")]
    page: Vec<String>,

    /// Leave out the findings that FILE lists, and fail where it lists one that is no longer there.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write the findings to FILE, for --baseline, instead of showing them.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "only", "page", "summary"])]
    write_baseline: Option<PathBuf>,

    /// The accepted findings, with reasons [default: what the configuration names].
    #[arg(long, value_name = "FILE")]
    suppressions: Option<PathBuf>,

    /// Show the suppressed findings, too, with the reasons.
    #[arg(long)]
    show_suppressed: bool,

    /// Print findings and nothing else.
    #[arg(long, short)]
    quiet: bool,

    /// Print how long each pass took.
    #[arg(long)]
    timings: bool,
}

/// For whom findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Text with the lines of the sources, coloured on a terminal.
    #[default]
    Human,
    /// One line a finding: `path:line:col: severity[code]: message`.
    Short,
    /// One JSON object a line; with --summary, one object.
    Json,
    /// One SARIF 2.1.0 log.
    Sarif,
}

impl Format {
    fn is_for_people(self) -> bool {
        matches!(self, Self::Human | Self::Short)
    }
}

/// Looks at the inputs and reports.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    if arguments.summary && arguments.message_format == Format::Sarif {
        let message =
            "--summary is a table or, with --message-format json, an object; SARIF has none\n";
        clap::Error::raw(clap::error::ErrorKind::ArgumentConflict, message).exit();
    }
    let mut sources = SourceMap::new();
    let (targets, mut suppressions, mut baseline) = match prepare(arguments, &mut sources) {
        Ok(prepared) => prepared,
        Err(problems) => {
            let problems: Vec<Finding<'_>> = problems.iter().map(Finding::from).collect();
            show(arguments.message_format, &sources, &problems, false)?;
            return Ok(Exit::Findings);
        }
    };
    let mut clock = Clock::default();
    let mut progress = Progress::new(arguments.quiet);
    let mut review = Review::default();
    for target in &targets {
        review.add(&mut sources, target, &mut |pass| {
            clock.start(pass);
            progress.show(pass);
        });
    }
    clock.start("judge");
    if let Some(problem) = review.unknown_page(&sources, &arguments.page) {
        review.diagnostics.push(problem);
    }
    let found = std::mem::take(&mut review.diagnostics);
    let mut judged = judge(arguments, &sources, found, &mut suppressions, baseline.as_mut());
    progress.end();

    if let Some(path) = &arguments.write_baseline {
        clock.stop();
        return write_baseline(arguments, path, &sources, &review, &judged);
    }
    if review.is_complete {
        let stale = baseline.as_mut().map(|baseline| baseline.stale(&sources)).unwrap_or_default();
        let is_whole = !arguments.inputs.are_named() && arguments.inputs.target.is_empty();
        let unused = suppressions.unused(is_whole, is_found_by_lint);
        judged.add(stale.into_iter().chain(unused), &arguments.levels);
    }
    let shown: Vec<Finding<'_>> = judged.shown().collect();
    let summary = Summary::new(
        shown
            .iter()
            .filter(|finding| finding.suppression.is_none())
            .map(|finding| (finding.diagnostic.code, finding.severity)),
        judged.hidden,
        review.pages.len(),
        review.agreement,
    );
    clock.start("show");
    if arguments.summary {
        let mut text = match arguments.message_format {
            Format::Json => summary.json(),
            _ => summary.table(),
        };
        text.truncate(text.trim_end().len());
        unless_nobody_listens(writeln!(io::stdout(), "{text}"))?;
        show_what_stands_in_the_way(arguments, &sources, &shown)?;
    } else {
        show(arguments.message_format, &sources, &shown, review.is_complete)?;
        tell(arguments, &summary)?;
    }
    if !review.is_complete && arguments.message_format.is_for_people() {
        let line = "the metadata could not be read whole: not all pages were held against it";
        unless_nobody_listens(writeln!(io::stderr(), "{line}"))?;
    }
    clock.stop();
    if arguments.timings {
        clock.print(MessageFormat::Human)?;
    }
    Ok(match review.is_complete && summary.errors == 0 {
        true => Exit::Done,
        false => Exit::Findings,
    })
}

type Prepared = (Vec<Target>, Suppressions, Option<Baseline>);

/// Reads all that is not looked at itself, and says all that is wrong with it.
fn prepare(arguments: &Arguments, sources: &mut SourceMap) -> Result<Prepared, Vec<Diagnostic>> {
    let targets = arguments.inputs.targets(sources, &[], Path::new("target"));
    let path = arguments.suppressions.clone().or_else(|| arguments.inputs.suppressions());
    let suppressions = Suppressions::read(sources, path.as_deref());
    let baseline = arguments.baseline.as_deref().map(|path| Baseline::read(sources, path));
    match (targets, suppressions, baseline.transpose()) {
        (Ok(targets), Ok(suppressions), Ok(baseline)) => Ok((targets, suppressions, baseline)),
        (targets, suppressions, baseline) => {
            let problems = [targets.err(), suppressions.err(), baseline.err()];
            Err(problems.into_iter().flatten().flatten().collect())
        }
    }
}

/// Whether findings of `code` come from the passes that this command runs.
fn is_found_by_lint(code: Code) -> bool {
    !matches!(code.area(), "plan" | "emit" | "output" | "lock")
        && code != catalogue::link::NOT_SUPPORTED
}

fn write_baseline(
    arguments: &Arguments,
    path: &Path,
    sources: &SourceMap,
    review: &Review,
    judged: &Judged,
) -> io::Result<Exit> {
    let (problems, findings): (Vec<_>, Vec<_>) =
        judged.shown().partition(|finding| stands_in_the_way(finding.diagnostic.code));
    if !review.is_complete || !problems.is_empty() {
        // What could not be looked at would be missing from the file.
        let errors: Vec<Finding<'_>> =
            judged.shown().filter(|finding| finding.severity == Severity::Error).collect();
        show(arguments.message_format, sources, &errors, false)?;
        unless_nobody_listens(writeln!(io::stderr(), "{} was not written", path.display()))?;
        return Ok(Exit::Findings);
    }
    let entries = findings
        .iter()
        .filter(|finding| finding.suppression.is_none())
        .filter_map(|finding| Some((finding.diagnostic, finding.fingerprint?)));
    let count = baseline::write(path, sources, entries)?;
    if !arguments.quiet {
        let path = path.to_string_lossy();
        let line = format!("{}: {}", render::line(&path, 300), counted(count, "finding"));
        unless_nobody_listens(writeln!(io::stderr(), "{line}"))?;
    }
    Ok(Exit::Done)
}

/// Shows `findings` on standard output.
fn show(
    format: Format,
    sources: &SourceMap,
    findings: &[Finding<'_>],
    is_complete: bool,
) -> io::Result<()> {
    let styled = styled(&io::stdout());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut print = || {
        for &finding in findings {
            match format {
                Format::Human => {
                    writeln!(out, "{}\n", render::human(sources, finding, styled).trim_end())?
                }
                Format::Short => writeln!(out, "{}", render::short(sources, finding))?,
                Format::Json => writeln!(out, "{}", render::json(sources, finding))?,
                Format::Sarif => {}
            }
        }
        if format == Format::Sarif {
            writeln!(out, "{}", render::sarif(sources, findings, is_complete))?;
        }
        out.flush()
    };
    unless_nobody_listens(print())
}

/// A summary shows no findings, but what kept the run from its work cannot be counted only.
fn show_what_stands_in_the_way(
    arguments: &Arguments,
    sources: &SourceMap,
    findings: &[Finding<'_>],
) -> io::Result<()> {
    if arguments.message_format.is_for_people() {
        for finding in findings.iter().filter(|f| stands_in_the_way(f.diagnostic.code)) {
            let text = render::human(sources, *finding, styled(&io::stderr()));
            unless_nobody_listens(writeln!(io::stderr(), "{}\n", text.trim_end()))?;
        }
    }
    Ok(())
}

/// Tells people how many findings there are, shown or not.
fn tell(arguments: &Arguments, summary: &Summary) -> io::Result<()> {
    if arguments.quiet || !arguments.message_format.is_for_people() {
        return Ok(());
    }
    let line = summary.closing_line();
    let hint = match summary.errors + summary.warnings + summary.notes {
        0 => String::new(),
        _ => "\n--summary counts them by code; `cargo xtask explain CODE` tells of each".to_owned(),
    };
    unless_nobody_listens(writeln!(io::stderr(), "{line}{hint}"))
}
