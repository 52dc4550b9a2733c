//! `cargo xtask report`: the agreement of documents and metadata as a page to look at.
//!
//! All targets are reviewed before the file is written. Findings do not fail the command, they are
//! what it shows; metadata that cannot be read does, since nothing can be held against it.

use std::io;
use std::path::{Path, PathBuf};

use msgraph_pipeline::lint;
use msgraph_source::{Diagnostic, SourceMap, catalogue::output as codes};

use crate::clock::Clock;
use crate::exit::Exit;
use crate::findings::suppressions::Suppressions;
use crate::inputs::Inputs;
use crate::load;
use crate::messages::{MessageFormat, counted};
use crate::report::{Model, Written, document, put};

/// Write an HTML report of how far documents and metadata agree.
///
/// The report is one file that needs nothing but a browser. Without --metadata, the targets of the
/// configuration are reviewed; with it, what the options say.
#[derive(clap::Args)]
#[command(mut_group("described", |described| described.requires("docs")), after_help = "\
Examples:
  cargo xtask report --out target/report                # all targets of schemas/codegen.yaml
  cargo xtask report --metadata v1.0.csdl --docs docs/v1.0 --out target/report

Findings do not fail the command; `cargo xtask lint` is the one to fail on them.")]
pub(crate) struct Arguments {
    /// The folder that takes `index.html`. What is in it and is no report stays as it is.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    #[command(flatten)]
    inputs: Inputs,

    /// The accepted findings, with reasons [default: what the configuration names].
    #[arg(long, value_name = "FILE")]
    suppressions: Option<PathBuf>,

    /// For whom messages are written.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    message_format: MessageFormat,

    /// Print how long each pass took.
    #[arg(long)]
    timings: bool,
}

/// Reviews all targets and writes the report.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let format = arguments.message_format;
    let mut clock = Clock::default();
    let model = match review(arguments, &mut clock) {
        Ok(model) => model,
        Err((sources, problems)) => {
            format.show(&sources, &problems)?;
            format.tell("nothing was written")?;
            return Ok(Exit::Findings);
        }
    };
    clock.start("render");
    let text = document(&model).map_err(io::Error::other)?;
    clock.start("write");
    let written = match put(&arguments.out, &text) {
        Ok(written) => written,
        Err(problem) => {
            let is_disk = problem.code == codes::IO;
            format.show(&SourceMap::new(), &[problem])?;
            return Ok(if is_disk { Exit::Disk } else { Exit::Findings });
        }
    };
    clock.stop();
    let (file, how) = match written {
        Written::New(file) => (file, ""),
        Written::Unchanged(file) => (file, ", unchanged"),
    };
    let (findings, pages) = (counted(model.findings(), "finding"), counted(model.pages(), "page"));
    let accepted = match model.accepted() {
        0 => String::new(),
        number => format!(" and {number} accepted"),
    };
    let size = size(text.len());
    format.tell(&format!("{}: {findings}{accepted} on {pages}, {size}{how}", file.display()))?;
    if arguments.timings {
        clock.print(format)?;
    }
    Ok(Exit::Done)
}

/// What the targets give, or what is wrong with their inputs.
fn review(arguments: &Arguments, clock: &mut Clock) -> Result<Model, (SourceMap, Vec<Diagnostic>)> {
    let mut sources = SourceMap::new();
    let targets = arguments.inputs.targets(&mut sources, &[], Path::new("target"));
    let path = arguments.suppressions.clone().or_else(|| arguments.inputs.suppressions());
    let suppressions = Suppressions::read(&mut sources, path.as_deref());
    let (targets, mut suppressions) = match (targets, suppressions) {
        (Ok(targets), Ok(suppressions)) => (targets, suppressions),
        (targets, suppressions) => {
            let problems = [targets.err(), suppressions.err()];
            return Err((sources, problems.into_iter().flatten().flatten().collect()));
        }
    };
    let mut model = Model::default();
    for target in &targets {
        let mut sources = SourceMap::new();
        clock.start("read");
        let input = match load::inputs(&mut sources, target) {
            Ok(input) => input,
            Err(problems) => return Err((sources, problems)),
        };
        let mut review =
            lint(&sources, &input, &target.version, &mut |pass| clock.start(pass.name()));
        clock.start("gather");
        if review.api.is_none() {
            let errors = review.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
            return Err((sources, errors));
        }
        let found = std::mem::take(&mut review.diagnostics);
        let (found, accepted) = suppressions.part(&sources, found);
        review.diagnostics = found;
        model.accept(accepted.len());
        model.add(&sources, target, targets.len() > 1, &input, &review);
    }
    clock.start("gather");
    model.sort();
    Ok(model)
}

/// `3.9 MB`, `12 kB`
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => counted(bytes, "byte"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
