//! `cargo xtask docs`: what is read of documentation pages.
//!
//! In come pages or folders of them; out goes each page on standard output, as an outline or as a line
//! of JSON, and on standard error what there is to say. Every page is shown, whatever is wrong in it.

use std::io::{self, Write};
use std::path::PathBuf;

use msgraph_pipeline::page_dump;
use msgraph_source::{Diagnostic, SourceMap, render};

use crate::exit::Exit;
use crate::load;
use crate::messages::MessageFormat;

/// Print what is read of documentation pages.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask docs schemas/v1/docs/api/group-post-threads.md
  cargo xtask docs schemas/v1/docs --message-format json | jq .templates

An outline has the place of each thing (line:column) at its left. With `--message-format json` each
page is one object in a line:

  path, name
  front_matter        title, description, doc_type, area: text or null; other: [{key, value}]
  title, namespace    text or null
  summary             [text]
  blocks              [{kind, names: [text], type: text or null, is_collection, truncated,
                        fence: {language} or null}]: the annotations
  page_annotation     JSON or null
  templates           [{method, url}]: the lines of the section \"HTTP request\"
  permissions         [{subject: text or null, rows: [{kind, grant, …}]}]; kind is delegated_work,
                      delegated_personal or application; grant is not_supported, none_needed,
                      one_of (with alternatives: [[text]], each a set that is enough), or
                      unreadable (with cell: text)
  request_headers     [{name, required, description}]
  query_parameters    names: [text], text: [text]
  request_body, response    [text]
  examples            [{name, announced, request: {method, url, headers: [{name, value}], body},
                        responses: [response]}]; announced is annotated, inferred or ignored
  stray_responses     [response]: those that answer no request of the page
  tables              [{kind, heading: text or null, rows: [{name, type, value, description}]}];
                      kind is properties, relationships, members or parameters
  resources           [{type, base_type, key_property: text or null, open_type, abstract: true, false
                        or null, optional_properties: [text], representation}]
  includes            [text]: the paths of included files, which are not read

A text is {text, line, column}. A response is {announced, status, reason, type: text or null,
is_collection, truncated, headers, body}. A body or representation is null, {json} or {text}. All objects
but the page, front_matter, query_parameters and the pairs of `other` have line and column, which count
from 1, columns in characters.

Exit codes:
  0  all pages were read
  1  a page cannot be found, is no text, or has errors
  2  the command line is wrong
  3  writing failed")]
pub(crate) struct Arguments {
    /// A page, or a folder of pages (repeatable).
    #[arg(required = true, value_name = "PAGE")]
    pages: Vec<PathBuf>,

    /// For whom pages and messages are written.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    message_format: MessageFormat,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let format = arguments.message_format;
    let mut sources = SourceMap::new();
    let (files, mut found) = load::pages(&mut sources, &arguments.pages);
    let (pages, more) = msgraph_pipeline::pages(&sources, &files);
    found.extend(more);
    let mut out = io::stdout().lock();
    for (index, page) in pages.iter().enumerate() {
        match format {
            MessageFormat::Human => {
                let gap = if index > 0 { "\n" } else { "" };
                write!(out, "{gap}{}", page_dump::outline(&sources, page))?;
            }
            MessageFormat::Json => writeln!(out, "{}", page_dump::json(&sources, page))?,
        }
    }
    out.flush()?;
    say(format, &sources, &found)?;
    let failed = found.iter().any(Diagnostic::is_error);
    Ok(if failed { Exit::Findings } else { Exit::Done })
}

/// Says `found` on standard error: here standard output is for pages, in either format.
fn say(format: MessageFormat, sources: &SourceMap, found: &[Diagnostic]) -> io::Result<()> {
    match format {
        MessageFormat::Human => format.show(sources, found).map(drop),
        MessageFormat::Json => {
            let mut err = io::stderr().lock();
            found.iter().try_for_each(|found| writeln!(err, "{}", render::json(sources, found)))
        }
    }
}
