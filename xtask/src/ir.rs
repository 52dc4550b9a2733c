//! `cargo xtask ir`: the representation after a pass.

use std::io::{self, Write};
use std::path::PathBuf;

use msgraph_pipeline::{Pass, generate};
use msgraph_source::SourceMap;

use crate::codegen::{Inputs, described, settings};
use crate::config;
use crate::exit::Exit;
use crate::load;
use crate::report::MessageFormat;

/// Print the intermediate representation after a pass.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask ir resolve --name recipient
  cargo xtask ir merge --name threads --target beta
  cargo xtask ir select --metadata v1.0.csdl --docs docs --select group-post-threads")]
pub(crate) struct Arguments {
    /// The pass.
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(IR_PASSES))]
    pass: String,

    /// Print only what has NAME in its name.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// A target of the configuration [default: the first].
    #[arg(long, value_name = "NAME", conflicts_with = "metadata")]
    target: Option<String>,

    /// The configuration [default: schemas/codegen.yaml of this workspace].
    #[arg(long, value_name = "FILE", conflicts_with = "metadata")]
    config: Option<PathBuf>,

    #[command(flatten)]
    inputs: Inputs,
}

/// The passes that leave an intermediate representation behind.
const IR_PASSES: [&str; 4] =
    [Pass::Resolve.name(), Pass::Merge.name(), Pass::Select.name(), Pass::Analyse.name()];

/// Runs the pipeline up to the pass and prints what it left.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let format = MessageFormat::Human;
    let mut sources = SourceMap::new();
    let target = match &arguments.inputs.metadata {
        Some(metadata) => {
            Ok(vec![described(&arguments.inputs, metadata, &PathBuf::from("target"))])
        }
        None => {
            let default = config::workspace().join("schemas/codegen.yaml");
            let names: Vec<String> = arguments.target.iter().cloned().collect();
            config::read(&mut sources, arguments.config.as_ref().unwrap_or(&default), &names)
        }
    };
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
