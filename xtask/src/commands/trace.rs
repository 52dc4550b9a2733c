//! `cargo xtask trace`: what is called by a name, and where each fact of it comes from.
//!
//! In comes a name; out go facts on standard output, aligned for people or one JSON object each for
//! programs. Holds: texts of the inputs are shown without anything that could steer a terminal.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use msgraph_pipeline::{Trace, Traced, TracedFact, trace};
use msgraph_source::{Diagnostic, SourceMap, Span, render};
use serde_json::{Map, Value, json};

use crate::config::Target;
use crate::exit::Exit;
use crate::inputs::{Inputs, Selection, one_value, settings};
use crate::load;
use crate::messages::{MessageFormat, counted};

/// Show where each fact about a name comes from: which line of the metadata, which of a page, and
/// what was overruled.
///
/// All targets of the configuration are looked at, or the inputs that the options name.
#[derive(clap::Args)]
#[command(
    mut_args(one_value),
    after_help = "\
Examples:
  cargo xtask trace conversationThread                    # a type
  cargo xtask trace conversationThread/topic --target v1  # a member
  cargo xtask trace reply                                 # an action
  cargo xtask trace 'POST /groups/{id}/threads'           # an operation
  cargo xtask trace graph::ConversationThread::topic      # a Rust path
  cargo xtask trace user/mail --metadata v1.0.csdl --docs docs --message-format json

Rust names are given to what is selected: with --metadata, they need --select."
)]
pub(crate) struct Arguments {
    /// A name of the wire, a Rust path, or a URL with or without its method.
    name: String,

    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    selection: Selection,

    /// For whom facts are written.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    message_format: MessageFormat,
}

/// Traces the name through each target.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let format = arguments.message_format;
    let mut sources = SourceMap::new();
    let out = Path::new("target");
    let targets = match arguments.inputs.targets(&mut sources, &arguments.selection.select, out) {
        Ok(targets) => targets,
        Err(problems) => {
            format.show(&sources, &problems)?;
            return Ok(Exit::Findings);
        }
    };
    let mut failed = false;
    let mut problem: Option<Diagnostic> = None;
    let mut has_found = false;
    for target in &targets {
        let mut sources = SourceMap::new();
        let input = match load::inputs(&mut sources, target) {
            Ok(input) => input,
            Err(problems) => {
                failed |= format.show(&sources, &problems)?;
                continue;
            }
        };
        let traced = trace(&sources, &input, &settings(target), &arguments.name);
        // A page that cannot be read does not hide what the others say; metadata does.
        let errors: Vec<Diagnostic> =
            traced.diagnostics.iter().filter(|found| found.is_error()).cloned().collect();
        failed |= format.show(&sources, &errors)?;
        has_found |= !traced.found.is_empty();
        let shown = Shown { sources: &sources, target };
        match format {
            MessageFormat::Human => shown.to_people(&traced)?,
            MessageFormat::Json => shown.to_programs(&traced)?,
        }
        problem = problem.or(traced.problem);
    }
    if !has_found && let Some(problem) = problem {
        format.show(&SourceMap::new(), &[problem])?;
        return Ok(Exit::Findings);
    }
    Ok(if failed { Exit::Findings } else { Exit::Done })
}

/// Values are cut for people; programs get all of them.
const MOST_CHARACTERS: usize = 72;

/// What facts of one target are shown with.
struct Shown<'a> {
    sources: &'a SourceMap,
    target: &'a Target,
}

impl Shown<'_> {
    fn to_people(&self, trace: &Trace) -> io::Result<()> {
        let mut text = String::new();
        for traced in &trace.found {
            self.thing(traced, &mut text);
        }
        if !trace.others.is_empty() {
            let count = counted(trace.others.len(), "more thing");
            let _ = writeln!(text, "{count} of this name in {}:", self.target.name);
            for name in &trace.others {
                let _ = writeln!(text, "  {}", render::line(name, MOST_CHARACTERS));
            }
            text.push('\n');
        }
        let mut out = anstream::stdout();
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    }

    fn thing(&self, traced: &Traced, text: &mut String) {
        let name = render::line(&traced.name, 400);
        let target = &self.target.name;
        let _ = writeln!(text, "{BOLD}{} {name}{PLAIN} {DIM}({target}){PLAIN}", traced.kind);
        let rows: Vec<Row> = traced.facts.iter().flat_map(|fact| self.rows(fact)).collect();
        let width = |column: fn(&Row) -> &str| {
            rows.iter().map(|row| column(row).chars().count()).max().unwrap_or_default()
        };
        let (about, value, source) =
            (width(|r| &r.about), width(|r| &r.value), width(|r| r.source));
        let about = about.max("selected".len());
        if let Some(rust) = &traced.rust {
            let _ = writeln!(text, "  {:about$}  {}", "Rust", render::line(rust, 400));
        }
        if let Some(reason) = &traced.selected {
            let _ = writeln!(text, "  {:about$}  {}", "selected", one_line(reason));
        }
        for row in &rows {
            let (first, last) = if row.is_overruled { (DIM, PLAIN) } else { ("", "") };
            let _ = writeln!(
                text,
                "  {:about$}  {first}{:value$}{last}  {DIM}{:source$}  {}{PLAIN}",
                row.about, row.value, row.source, row.place,
            );
        }
        text.push('\n');
    }

    fn rows(&self, fact: &TracedFact) -> Vec<Row> {
        let mut rows = vec![Row {
            about: render::line(&fact.about, MOST_CHARACTERS).into_owned(),
            value: one_line(&fact.value),
            source: source(fact.said_by),
            place: fact.span.map_or_else(|| "-".to_owned(), |span| self.place(span)),
            is_overruled: false,
        }];
        rows.extend(fact.overruled.iter().map(|(said_by, span, value)| Row {
            about: String::new(),
            value: one_line(&format!("overrules: {value}")),
            source: source(*said_by),
            place: self.place(*span),
            is_overruled: true,
        }));
        rows
    }

    fn place(&self, span: Span) -> String {
        let position = self.sources.position(span);
        let path = render::line(self.sources.file(span.file).path(), 400);
        format!("{path}:{}:{}", position.line, position.column)
    }

    fn to_programs(&self, trace: &Trace) -> io::Result<()> {
        let mut out = io::stdout().lock();
        for traced in &trace.found {
            let thing = json!({
                "target": self.target.name,
                "kind": traced.kind,
                "name": traced.name,
                "rust": traced.rust,
                "selected": traced.selected,
            });
            for fact in &traced.facts {
                let mut object = thing.as_object().cloned().unwrap_or_default();
                object.insert("fact".to_owned(), fact.about.clone().into());
                object.extend(self.said(source(fact.said_by), &fact.value, fact.span));
                let overruled = fact.overruled.iter();
                let overruled = overruled.map(|(by, span, value)| {
                    Value::from(self.said(source(*by), value, Some(*span)))
                });
                object.insert("overrules".to_owned(), overruled.collect());
                writeln!(out, "{}", Value::from(object))?;
            }
        }
        for name in &trace.others {
            let other = json!({ "target": self.target.name, "kind": "candidate", "name": name });
            writeln!(out, "{other}")?;
        }
        Ok(())
    }

    fn said(&self, source: &str, value: &str, span: Option<Span>) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("value".to_owned(), value.into());
        object.insert("source".to_owned(), source.into());
        if let Some(span) = span {
            let position = self.sources.position(span);
            object.insert("file".to_owned(), self.sources.file(span.file).path().into());
            object.insert("line".to_owned(), position.line.into());
            object.insert("column".to_owned(), position.column.into());
        }
        object
    }
}

/// A line of the table of a thing.
struct Row {
    about: String,
    value: String,
    source: &'static str,
    place: String,
    is_overruled: bool,
}

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

fn source(source: msgraph_pipeline::Source) -> &'static str {
    match source {
        msgraph_pipeline::Source::Metadata => "metadata",
        msgraph_pipeline::Source::Documents => "documents",
    }
}

/// `text` on one line, cut.
fn one_line(text: &str) -> String {
    // What is cut away need not be looked at.
    let start: String = text.chars().take(4 * MOST_CHARACTERS).collect();
    let words: Vec<&str> = start.split_whitespace().collect();
    render::line(&words.join(" "), MOST_CHARACTERS).into_owned()
}
