//! `cargo xtask permissions`: the least-privileged permissions that operations need.
//!
//! In come the inputs of each target and the names of operations; out goes, for each kind of sign-in,
//! what to ask for and which operation is served by what. Nothing is generated, nothing is written.

mod cover;
mod needs;
mod show;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::slice;

use msgraph_pipeline::{Api, OperationId, Page, Review, Selector};
use msgraph_source::{Diagnostic, Diagnostics, FileId, SourceMap, Span, catalogue};

use crate::config::Target;
use crate::exit::Exit;
use crate::inputs::{Inputs, one_value};
use crate::load;
use crate::messages::MessageFormat;
use needs::{Answer, Kind, needs};
use show::Found;

/// Print the least-privileged permissions that operations need.
///
/// Of the permissions that let all of them be called, and of which none can be spared, those are
/// printed that stand first in the tables of the pages: the lowest sum of ranks, then the fewest.
#[derive(clap::Args)]
#[command(
    mut_args(one_value),
    after_help = "\
Examples:
  cargo xtask permissions group-post-threads
  cargo xtask permissions 'GET /groups/{id}/threads' create_conversationthread_from_group
  cargo xtask permissions --kind application --metadata v1.0.csdl --docs docs/api 'conversationthread-*'
  cargo xtask permissions group-post-threads --message-format json

An operation is the name of its page, the name of a request example, or a method (or *) and a
path; `*` stands for anything. One that any of the targets knows is known.

Exit codes:
  0  the permissions of all operations are documented; that a kind of sign-in is not supported is, too
  1  an operation is unknown, or what it needs is not documented, so that more may be needed
  2  the command line is wrong
  3  writing failed"
)]
pub(crate) struct Arguments {
    /// A page, a request, or a method and a path.
    #[arg(value_name = "OPERATION", required = true)]
    operations: Vec<String>,

    /// Only this kind of sign-in (repeatable).
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Vec<Kind>,

    #[command(flatten)]
    inputs: Inputs,

    /// For whom the permissions are written.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    message_format: MessageFormat,
}

/// A target with what is known of the operations.
struct Looked {
    sources: SourceMap,
    target: Target,
    model: Model,
}

/// What documents and metadata say of the operations that were asked for.
struct Model {
    api: Api,
    pages: Vec<Page>,
    operations: Vec<OperationId>,
    /// What there is to say of the permissions of these operations.
    findings: Diagnostics,
    /// For each selector why it names nothing here; empty where it names something.
    unknown: Vec<Diagnostics>,
}

/// Finds the operations and prints what they need.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let format = arguments.message_format;
    let mut sources = SourceMap::new();
    let selectors = selectors(&arguments.operations);
    let targets = arguments.inputs.targets(&mut sources, &[], Path::new("target"));
    let (selectors, targets) = match (selectors, targets) {
        (Ok(selectors), Ok(targets)) => (selectors, targets),
        (Err(problems), _) | (_, Err(problems)) => {
            format.show(&sources, &problems)?;
            return Ok(Exit::Findings);
        }
    };
    let mut looked = Vec::new();
    for target in targets {
        let mut sources = SourceMap::new();
        match look(&mut sources, &target, &selectors) {
            Ok(model) => looked.push(Looked { sources, target, model }),
            Err(problems) => {
                format.show(&sources, &problems)?;
                return Ok(Exit::Findings);
            }
        }
    }
    if let Some((sources, problems)) = unknown(&looked, selectors.len()) {
        format.show(sources, &problems)?;
        return Ok(Exit::Findings);
    }
    let kinds = Kind::ALL
        .into_iter()
        .filter(|kind| arguments.kind.is_empty() || arguments.kind.contains(kind));
    let kinds: Vec<Kind> = kinds.collect();
    let mut is_complete = true;
    let mut out = anstream::stdout().lock();
    let found = looked.iter().filter(|of| !of.model.operations.is_empty());
    for (index, Looked { sources, target, model }) in found.enumerate() {
        format.show(sources, &model.findings)?;
        let Model { api, pages, operations, .. } = model;
        let needs = kinds.iter().map(|kind| needs(api, pages, operations, *kind));
        let found = Found { sources, target, api, needs: needs.collect() };
        match format {
            MessageFormat::Human => {
                out.write_all(if index > 0 { b"\n" } else { b"" })?;
                found.to_people(&mut out)?;
            }
            MessageFormat::Json => found.to_programs(&mut out)?,
        }
        let mut answers = found.needs.iter().flat_map(|needs| &needs.operations);
        is_complete &= !answers.any(|need| matches!(need.answer, Answer::Undocumented));
    }
    Ok(if is_complete { Exit::Done } else { Exit::Findings })
}

/// Why selectors name nothing in any target, as the first one has it; none where all are known.
fn unknown(looked: &[Looked], selectors: usize) -> Option<(&SourceMap, Diagnostics)> {
    let is_unknown = |selector: &usize| {
        looked.iter().all(|of| of.model.unknown.get(*selector).is_some_and(|why| !why.is_empty()))
    };
    let first = looked.first()?;
    let problems: Diagnostics = (0..selectors)
        .filter(is_unknown)
        .filter_map(|selector| first.model.unknown.get(selector))
        .flatten()
        .cloned()
        .collect();
    (!problems.is_empty()).then_some((&first.sources, problems))
}

fn selectors(texts: &[String]) -> Result<Vec<Selector>, Diagnostics> {
    let mut problems = Diagnostics::new();
    let mut selectors = Vec::new();
    for text in texts {
        match Selector::parse(text) {
            Ok(selector) => selectors.push(selector),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(selectors) } else { Err(problems) }
}

/// Reads `target` and finds the operations in it.
fn look(
    sources: &mut SourceMap,
    target: &Target,
    selectors: &[Selector],
) -> Result<Model, Diagnostics> {
    let input = load::inputs(sources, target)?;
    let Review { api, pages, diagnostics } =
        msgraph_pipeline::lint(sources, &input, &target.version, &mut |_| {});
    let Some(mut api) = api else {
        return Err(diagnostics.into_iter().filter(Diagnostic::is_error).collect());
    };
    let mut unknown = Vec::new();
    for selector in selectors {
        let (found, problems) = msgraph_pipeline::find(&mut api, &pages, slice::from_ref(selector));
        unknown.push(if found.is_empty() { problems } else { Diagnostics::new() });
    }
    let (operations, _) = msgraph_pipeline::find(&mut api, &pages, selectors);
    let findings = about_permissions(&api, &operations, diagnostics);
    Ok(Model { api, pages, operations, findings, unknown })
}

/// Those of `diagnostics` that concern the permissions of `operations`: that speak of one of their
/// tables, or of one of their paths.
fn about_permissions(
    api: &Api,
    operations: &[OperationId],
    diagnostics: Diagnostics,
) -> Diagnostics {
    let mut places: Vec<Span> = Vec::new();
    for &id in operations {
        let operation = &api.operations[id];
        places.extend(operation.paths.iter().map(|path| path.span));
        let facts = operation.permissions.iter();
        places.extend(
            facts.flat_map(|fact| {
                fact.overruled.iter().map(|(_, span, _)| *span).chain([fact.span])
            }),
        );
    }
    let mut by_file: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    for place in places {
        by_file.entry(place.file).or_default().push(place);
    }
    let codes = [
        catalogue::docs::PERMISSION_CELL,
        catalogue::docs::PERMISSION_ROW,
        catalogue::docs::PERMISSIONS_INCLUDED,
        catalogue::link::PERMISSION_CONFLICT,
        catalogue::link::SEVERAL_PERMISSION_TABLES,
    ];
    let concerns = |diagnostic: &Diagnostic| {
        codes.contains(&diagnostic.code)
            && diagnostic.primary().is_some_and(|span| {
                let places = by_file.get(&span.file);
                places.into_iter().flatten().any(|at| at.start <= span.start && span.end <= at.end)
                    || diagnostic.code == catalogue::docs::PERMISSIONS_INCLUDED && places.is_some()
            })
    };
    diagnostics.into_iter().filter(concerns).collect()
}
