//! `cargo xtask openapi`: whether OpenAPI documents can be read.
//!
//! In come documents; out goes a line for each that is read, and what there is to say.

use std::io::{self, Write};
use std::path::PathBuf;

use msgraph_pipeline::{Dialect, openapi};
use msgraph_source::{Diagnostic, Diagnostics, SourceMap};

use crate::clock::Clock;
use crate::exit::Exit;
use crate::load;
use crate::messages::{MessageFormat, counted};

/// Check OpenAPI documents: that they can be read, and that their references lead somewhere.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask openapi openapi.yaml
  cargo xtask openapi openapi.json --message-format json

OpenAPI 3.0 and 3.1 are read, in YAML and in JSON. References to other documents are told of and never
opened. `cargo xtask codegen --openapi` generates from them. What is said to be \"of OData\" was converted from
metadata, which is read back out of it; the dialect is Microsoft's or that of the OASIS.

With `--message-format json` there is an object a line: each finding, and for each document that is read
  {\"event\": \"openapi\", \"path\", \"version\": \"3.0\" or \"3.1\", \"dialect\": \"microsoft\", \"oasis\" or null,
   \"paths\", \"schemas\", \"references\"}

Exit codes:
  0  all documents were read, and nothing is wrong with them
  1  a document cannot be found, cannot be read, or has errors
  2  the command line is wrong
  3  writing failed")]
pub(crate) struct Arguments {
    /// A document (repeatable).
    #[arg(required = true, value_name = "FILE")]
    documents: Vec<PathBuf>,

    /// For whom messages are written.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    message_format: MessageFormat,

    /// Say how long it took.
    #[arg(long)]
    timings: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let format = arguments.message_format;
    let mut clock = Clock::default();
    let mut sources = SourceMap::new();
    let mut found = Diagnostics::new();
    let mut out = io::stdout().lock();
    for path in &arguments.documents {
        clock.start("read");
        let file = match load::text(&mut sources, path) {
            Ok(file) => file,
            Err(problem) => {
                found.push(problem);
                continue;
            }
        };
        clock.start("parse");
        let (document, said) = openapi::parse(&sources, file);
        clock.stop();
        found.extend(said);
        if let Some(document) = document {
            let path = sources.file(file).path();
            match format {
                MessageFormat::Human => writeln!(out, "{path}: {}", summary(&document))?,
                MessageFormat::Json => format.report(&event(path, &document))?,
            }
        }
    }
    format.show(&sources, &found)?;
    if arguments.timings {
        clock.print(format)?;
    }
    let failed = found.iter().any(Diagnostic::is_error);
    Ok(if failed { Exit::Findings } else { Exit::Done })
}

fn summary(document: &openapi::Document) -> String {
    let dialect = match Dialect::of(document) {
        Some(Dialect::Microsoft) => " of OData (Microsoft)",
        Some(Dialect::Oasis) => " of OData (OASIS)",
        None => "",
    };
    format!(
        "OpenAPI {}{dialect}: {}, {}, {}",
        document.version,
        counted(document.paths().count(), "path"),
        counted(document.schemas().count(), "schema"),
        counted(document.references, "reference"),
    )
}

fn event(path: &str, document: &openapi::Document) -> serde_json::Value {
    serde_json::json!({
        "event": "openapi",
        "path": path,
        "version": document.version.to_string(),
        "dialect": Dialect::of(document).map(|dialect| match dialect {
            Dialect::Microsoft => "microsoft",
            Dialect::Oasis => "oasis",
        }),
        "paths": document.paths().count(),
        "schemas": document.schemas().count(),
        "references": document.references,
    })
}
