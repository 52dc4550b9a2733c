//! From source texts to output files: the passes in their order, and the barriers between them.
//!
//! [`generate`] is the whole generator as one readable function. It touches nothing but its
//! arguments. Where a pass reports an error, the run ends behind that pass, with all that it reported.

mod lint;
mod origins;
mod parse;
mod pass;
mod relevance;
mod trace;

pub use lint::{Review, lint};
pub use msgraph_docs::dump as page_dump;
pub use msgraph_docs::{Page, PermissionKind};
pub use msgraph_emit::OutputSet;
pub use msgraph_ir::Source;
pub use msgraph_ir::dump::api as dump;
pub use msgraph_ir::{Api, Bodies, Counted, Counts, Grant, OperationId, Permissions, Tally};
pub use msgraph_link::{Selector, find};
pub use msgraph_mapping::Dialect;
pub use msgraph_openapi as openapi;
pub use msgraph_plan::{Options as PlanOptions, RuntimePaths};
pub use origins::Origin;
pub use parse::pages;
pub use pass::Pass;
pub use trace::{Trace, Traced, TracedFact, trace};

use msgraph_plan::Options;
use msgraph_source::{Diagnostic, Diagnostics, FileId, SourceMap, catalogue};

/// The texts of a target.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// CSDL metadata.
    pub metadata: Vec<FileId>,
    /// An OpenAPI document. It counts where there is no metadata; beside it, it is held against it.
    pub openapi: Option<FileId>,
    /// Documentation pages, in any order.
    pub pages: Vec<FileId>,
}

impl Input {
    /// The descriptions that are generated from; each says something of all that comes out.
    pub fn descriptions(&self) -> impl Iterator<Item = FileId> {
        let instead = self.openapi.filter(|_| self.metadata.is_empty());
        self.metadata.iter().copied().chain(instead)
    }
}

/// What to make of the texts.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The version as it stands in URLs: `v1.0`, `beta`.
    pub version: String,
    /// What to generate.
    pub selectors: Vec<String>,
    /// How the generated crates are called and where they find what they stand on.
    pub options: Options,
}

/// What a run gives.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The representation as the last pass left it.
    pub api: Option<Api>,
    /// The files, where all passes were run and none reported an error.
    pub output: Option<OutputSet>,
    /// What the files were made of, by the name of the type or operation; along with the files.
    pub origins: Vec<Origin>,
    /// What the passes have to say, in their order.
    pub diagnostics: Diagnostics,
    /// What they have to say of pages from which nothing was selected.
    pub elsewhere: Diagnostics,
}

/// Runs the passes up to `last` over the texts `input` of `sources`, telling `observe` which one begins.
pub fn generate(
    sources: &SourceMap,
    input: &Input,
    settings: &Settings,
    last: Pass,
    observe: &mut dyn FnMut(Pass),
) -> Outcome {
    let mut outcome = Outcome::default();
    // Running out of passes and running into an error end the run alike: with what there is so far.
    let _ = run(sources, input, settings, last, observe, &mut outcome);
    if let Some(api) = outcome.api.as_ref().filter(|_| last >= Pass::Select) {
        let all = std::mem::take(&mut outcome.diagnostics);
        (outcome.diagnostics, outcome.elsewhere) = relevance::part(api, input, all);
    }
    outcome
}

/// `None` where the run ends early.
fn run(
    sources: &SourceMap,
    input: &Input,
    settings: &Settings,
    last: Pass,
    observe: &mut dyn FnMut(Pass),
    outcome: &mut Outcome,
) -> Option<()> {
    observe(Pass::Parse);
    let ((description, of_description), (pages, of_pages)) =
        rayon::join(|| parse::description(sources, input), || parse::pages(sources, &input.pages));
    outcome.diagnostics.extend(of_description);
    outcome.diagnostics.extend(of_pages);
    let (selectors, found) = parse::selectors(&settings.selectors);
    outcome.diagnostics.extend(found);
    outcome.barrier(Pass::Parse, last)?;

    observe(Pass::Resolve);
    let (api, found) = description.link(&settings.version);
    outcome.api = Some(api);
    outcome.diagnostics.extend(found);
    outcome.barrier(Pass::Resolve, last)?;
    drop(description);

    observe(Pass::Merge);
    let found = msgraph_link::merge(outcome.api.as_mut()?, &pages);
    outcome.diagnostics.extend(found);
    outcome.barrier(Pass::Merge, last)?;

    observe(Pass::Select);
    let found = msgraph_link::select(outcome.api.as_mut()?, &pages, &selectors);
    outcome.diagnostics.extend(found);
    outcome.barrier(Pass::Select, last)?;
    // What is no longer needed makes room for the plan and the files, while these are begun.
    rayon::spawn(move || drop(pages));

    observe(Pass::Analyse);
    let found = msgraph_link::analyse(outcome.api.as_mut()?);
    outcome.diagnostics.extend(found);
    outcome.barrier(Pass::Analyse, last)?;

    observe(Pass::Plan);
    let (mut plan, found) = msgraph_plan::plan(outcome.api.as_ref()?, &settings.options);
    outcome.diagnostics.extend(found);
    outcome.barrier(Pass::Plan, last)?;

    observe(Pass::Emit);
    let api = outcome.api.as_ref()?;
    let locations = std::mem::take(&mut plan.locations);
    let (emitted, origins) =
        rayon::join(|| msgraph_emit::emit(&plan), || origins::of(api, input, locations));
    rayon::spawn(move || drop(plan));
    match emitted {
        Ok(output) => {
            outcome.output = Some(output);
            outcome.origins = origins;
        }
        Err(errors) => outcome.diagnostics.extend(errors.iter().map(|error| {
            Diagnostic::new(catalogue::emit::UNPRINTABLE, error.to_string())
                .help("this is a fault of the generator: please report it with its input")
        })),
    }
    Some(())
}

impl Outcome {
    /// `None` where the run ends behind `pass`: it was the last one wanted, or there are errors.
    fn barrier(&self, pass: Pass, last: Pass) -> Option<()> {
        (pass < last && !self.diagnostics.iter().any(Diagnostic::is_error)).then_some(())
    }
}
