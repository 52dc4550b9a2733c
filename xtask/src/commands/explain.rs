//! `cargo xtask explain`: the page of a diagnostic.
//!
//! In comes a code, an area, or nothing; out goes the page of the catalogue, or a list of codes.

use std::io::{self, Write};

use msgraph_source::{Code, catalogue};

use crate::exit::Exit;
use crate::findings::codes::{NameParser, unknown};

/// Tell what a diagnostic means and what to do about it.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  cargo xtask explain docs::annotation_json\n  cargo xtask explain docs      # list the codes of an area\n  cargo xtask explain           # list all codes"
)]
pub(crate) struct Arguments {
    /// The code, as printed in brackets behind `error` or `warning`, or an area; without it, all codes are listed.
    #[arg(value_parser = NameParser, hide_possible_values = true)]
    code: Option<String>,
}

/// Prints the page of one code, or the list of an area's or of all.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let mut out = anstream::stdout().lock();
    let area = arguments.code.as_deref().filter(|name| catalogue::areas().contains(name));
    let Some(id) = arguments.code.as_deref().filter(|_| area.is_none()) else {
        for code in catalogue::all().filter(|code| area.is_none_or(|area| code.area() == area)) {
            writeln!(out, "{:7}  {:38}  {}", code.severity().name(), code.id(), code.title())?;
        }
        return Ok(Exit::Done);
    };
    if let Some(code) = Code::find(id) {
        // Not `note: …`: this is no message about an input.
        let severity = code.severity().name();
        let article = if severity == "error" { "an" } else { "a" };
        writeln!(out, "{} is {article} {severity}.\n\n{}", code.id(), code.page().trim_end())?;
        return Ok(Exit::Done);
    }
    let names = catalogue::areas().into_iter().chain(catalogue::all().map(Code::id));
    writeln!(anstream::stderr().lock(), "error: {}", unknown(id, names))?;
    Ok(Exit::Findings)
}
