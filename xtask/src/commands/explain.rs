//! `cargo xtask explain`: the page of a diagnostic.

use std::io::{self, Write};

use msgraph_source::{Code, catalogue, nearest};

use crate::exit::Exit;

/// Tell what a diagnostic means and what to do about it.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  cargo xtask explain docs::annotation_json\n  cargo xtask explain           # list all codes"
)]
pub(crate) struct Arguments {
    /// The code, as printed in brackets behind `error` or `warning`; without it, all are listed.
    code: Option<String>,
}

/// Prints the page of one code, or the list of all.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let mut out = anstream::stdout().lock();
    let Some(id) = &arguments.code else {
        for code in catalogue::all() {
            writeln!(out, "{:7}  {:38}  {}", code.severity().name(), code.id(), code.title())?;
        }
        return Ok(Exit::Done);
    };
    if let Some(code) = Code::find(id) {
        writeln!(out, "{}: {}\n\n{}", code.severity().name(), code.id(), code.page().trim_end())?;
        return Ok(Exit::Done);
    }
    let near = nearest(id, catalogue::all().map(Code::id), 3);
    let mut err = anstream::stderr().lock();
    writeln!(err, "error: there is no code {id:?}")?;
    if !near.is_empty() {
        writeln!(err, "help: did you mean {}?", near.join(" or "))?;
    }
    Ok(Exit::Findings)
}
