//! `cargo xtask ir`: the representation after a pass.
//!
//! In come a pass and inputs; out goes the dump on standard output. It is for looking into the generator:
//! its form may change, and `trace` answers questions about single names.

use std::io::{self, Write};
use std::path::Path;

use msgraph_pipeline::{Pass, generate};
use msgraph_source::SourceMap;

use crate::exit::Exit;
use crate::inputs::{Inputs, Selection, one_value, settings};
use crate::load;
use crate::messages::MessageFormat;

/// Print the intermediate representation after a pass.
#[derive(clap::Args)]
#[command(
    mut_args(one_value),
    after_help = "\
Examples:
  cargo xtask ir resolve --name recipient
  cargo xtask ir merge --name threads --target beta
  cargo xtask ir select --metadata v1.0.csdl --docs docs --select group-post-threads"
)]
pub(crate) struct Arguments {
    /// The pass.
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(IR_PASSES))]
    pass: String,

    /// Print only what has NAME in its name.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    selection: Selection,
}

/// The passes that leave an intermediate representation behind.
const IR_PASSES: [&str; 4] =
    [Pass::Resolve.name(), Pass::Merge.name(), Pass::Select.name(), Pass::Analyse.name()];

/// Runs the pipeline up to the pass and prints what it left.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let format = MessageFormat::Human;
    let mut sources = SourceMap::new();
    let target =
        arguments.inputs.targets(&mut sources, &arguments.selection.select, Path::new("target"));
    let loaded = target.and_then(|targets| match targets.into_iter().next() {
        Some(target) => load::inputs(&mut sources, &target).map(|input| (target, input)),
        None => Err(Vec::new()),
    });
    let (target, input) = match loaded {
        Ok(loaded) => loaded,
        Err(problems) => {
            format.show(&sources, &problems)?;
            return Ok(Exit::Findings);
        }
    };
    let pass =
        Pass::ALL.into_iter().find(|pass| pass.name() == arguments.pass).unwrap_or(Pass::Analyse);
    let outcome = generate(&sources, &input, &settings(&target), pass, &mut |_| {});
    let errors = format.show(&sources, &outcome.diagnostics)?;
    if let Some(api) = &outcome.api {
        let text = msgraph_pipeline::dump(api, arguments.name.as_deref(), Some(&sources));
        write!(anstream::stdout(), "{text}")?;
    }
    Ok(if errors { Exit::Findings } else { Exit::Done })
}
