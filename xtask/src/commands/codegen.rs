//! `cargo xtask codegen`: from the inputs of each target to its output folder.
//!
//! All targets are generated before the first file is written: an error in one leaves all as they are.

use std::io;
use std::path::{Path, PathBuf};

use msgraph_pipeline::{Outcome, OutputSet, Pass, generate};
use msgraph_source::{Diagnostic, SourceMap};

use crate::clock::Clock;
use crate::config::Target;
use crate::exit::Exit;
use crate::inputs::{Inputs, Selection, settings};
use crate::load;
use crate::messages::{MessageFormat, counted};
use crate::output::{self, Difference};
use crate::suppressions::Suppressions;

/// Generate models, client, server and contract tests.
///
/// Without --metadata, the targets of the configuration are generated; with it, what the options say.
#[derive(clap::Args)]
#[command(mut_arg("metadata", |metadata| metadata.requires("out").requires("select")), after_help = "\
Examples:
  cargo xtask codegen                         # all targets of schemas/codegen.yaml
  cargo xtask codegen --check                 # write nothing, say what is out of date
  cargo xtask codegen --target beta --timings
  cargo xtask codegen --metadata v1.0.csdl --docs docs/api --docs docs/resources \\
      --select group-post-threads --out target/threads
  cargo xtask codegen --metadata v1.0.csdl --docs docs --select 'POST /groups/{id}/threads' --out target/threads

Selectors:
  group-post-threads                          a page, by its name; `*` stands for anything
  create_conversationthread_from_group        a request example, by its name
  'POST /groups/{id}/threads'                 a method (or *) and a path
  'type microsoft.graph.fileAttachment'       a type, beside what the operations need
  documented, all                             every documented operation; everything")]
pub(crate) struct Arguments {
    /// Write nothing; print what is stale, missing or foreign, and exit with 1 if anything is.
    #[arg(long)]
    check: bool,

    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    selection: Selection,

    /// The folder that takes `models`, `client` and `server`.
    #[arg(long, value_name = "DIR", requires = "metadata")]
    out: Option<PathBuf>,

    /// For whom messages are written.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    message_format: MessageFormat,

    /// Show what there is to say of pages from which nothing is selected, too.
    #[arg(long)]
    all_messages: bool,

    /// Print how long each pass took.
    #[arg(long)]
    timings: bool,
}

/// Generates, and writes or checks.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let format = arguments.message_format;
    let mut sources = SourceMap::new();
    let out = arguments.out.as_deref().unwrap_or(Path::new("target"));
    let prepared = arguments
        .inputs
        .targets(&mut sources, &arguments.selection.select, out)
        .and_then(|targets| {
            let path = arguments.inputs.suppressions();
            Ok((targets, Suppressions::read(&mut sources, path.as_deref())?))
        });
    let (targets, mut suppressions) = match prepared {
        Ok(prepared) => prepared,
        Err(problems) => {
            format.show(&sources, &problems)?;
            return Ok(Exit::Findings);
        }
    };
    let mut suppressed = 0;
    let mut clock = Clock::default();
    let mut ready = Vec::new();
    let mut failed = false;
    for target in &targets {
        // Texts of one target are of no use to the next: each has its own map.
        let mut sources = SourceMap::new();
        match prepare(&mut sources, target, &mut clock) {
            Ok((mut outcome, difference)) => {
                for found in [&mut outcome.diagnostics, &mut outcome.elsewhere] {
                    let (kept, accepted) = suppressions.part(&sources, std::mem::take(found));
                    *found = kept;
                    suppressed += accepted.len();
                }
                failed |= format.show(&sources, &outcome.diagnostics)?;
                if arguments.all_messages || format == MessageFormat::Json {
                    format.show(&sources, &outcome.elsewhere)?;
                } else if !outcome.elsewhere.is_empty() {
                    let count = counted(outcome.elsewhere.len(), "message");
                    format.tell(&format!(
                        "{count} about pages from which nothing is selected; --all-messages shows them\n"
                    ))?;
                }
                if let (Some(output), Some(difference)) = (outcome.output, difference) {
                    ready.push((target, output, difference));
                }
            }
            Err(problems) => failed |= format.show(&sources, &problems)?,
        }
    }
    if failed || ready.len() < targets.len() {
        format.tell("nothing was written")?;
        return Ok(Exit::Findings);
    }
    let is_whole = arguments.inputs.metadata.is_none() && arguments.inputs.target.is_empty();
    format.show(&sources, &suppressions.unused(is_whole, |_| true))?;
    if suppressed > 0 {
        let count = counted(suppressed, "finding");
        format.tell(&format!(
            "{count} suppressed; `cargo xtask lint --show-suppressed` shows them"
        ))?;
    }
    clock.start("write");
    let exit = if arguments.check { check(&ready, arguments)? } else { write(&ready, format)? };
    clock.stop();
    if arguments.timings {
        clock.print(format)?;
    }
    Ok(exit)
}

type Ready<'a> = (&'a Target, OutputSet, Difference);

/// The command that does what `--check` found undone.
fn command_to_mend(arguments: &Arguments, target: &Target) -> String {
    let quoted = |text: &str| match text.contains([' ', '*', '{', '\'']) {
        true => format!("'{}'", text.replace('\'', "'\\''")),
        false => text.to_owned(),
    };
    let mut words = vec!["cargo xtask codegen".to_owned()];
    let mut option = |name: &str, value: &str| words.push(format!("{name} {}", quoted(value)));
    if arguments.inputs.metadata.is_some() {
        option("--metadata", &target.metadata.to_string_lossy());
        target.docs.iter().for_each(|docs| option("--docs", &docs.to_string_lossy()));
        target.select.iter().for_each(|selector| option("--select", selector));
        option("--version", &target.version);
        option("--out", &target.output.to_string_lossy());
    } else {
        if let Some(config) = &arguments.inputs.config {
            option("--config", &config.to_string_lossy());
        }
        option("--target", &target.name);
    }
    words.join(" ")
}

/// Generates `target` in memory, and looks at what its output folder holds.
fn prepare(
    sources: &mut SourceMap,
    target: &Target,
    clock: &mut Clock,
) -> Result<(Outcome, Option<Difference>), Vec<Diagnostic>> {
    clock.start("read");
    let input = load::inputs(sources, target)?;
    let settings = settings(target);
    let outcome =
        generate(sources, &input, &settings, Pass::Emit, &mut |pass| clock.start(pass.name()));
    clock.start("compare");
    let difference = match &outcome.output {
        Some(output) => Some(output::compare(&target.output, output).map_err(|d| vec![d])?),
        None => None,
    };
    clock.stop();
    Ok((outcome, difference))
}

fn check(ready: &[Ready<'_>], arguments: &Arguments) -> io::Result<Exit> {
    let format = arguments.message_format;
    let mut exit = Exit::Done;
    for (target, _, difference) in ready {
        let folder = target.output.display();
        let findings = difference.findings(&target.output, &command_to_mend(arguments, target));
        if difference.is_empty() {
            let files = counted(difference.unchanged, "file");
            format.tell(&format!("{folder}: {files} up to date"))?;
        } else {
            exit = Exit::Findings;
            format.show(&SourceMap::new(), &findings)?;
            let all = counted(findings.len() + difference.unchanged, "file");
            format.tell(&format!("{folder}: {} of {all} differ", findings.len()))?;
        }
    }
    Ok(exit)
}

fn write(ready: &[Ready<'_>], format: MessageFormat) -> io::Result<Exit> {
    for (target, output, difference) in ready {
        if let Err(problem) = output::apply(&target.output, output, difference) {
            let is_disk = problem.code == msgraph_source::catalogue::output::IO;
            format.show(&SourceMap::new(), &[problem])?;
            return Ok(if is_disk { Exit::Disk } else { Exit::Findings });
        }
    }
    // Told once all is written: nobody listening must not leave some targets behind.
    for (target, _, difference) in ready {
        format.tell(&format!(
            "{}: {} written, {} deleted, {} unchanged",
            target.output.display(),
            counted(difference.stale.len() + difference.missing.len(), "file"),
            difference.orphaned.len(),
            difference.unchanged,
        ))?;
    }
    Ok(Exit::Done)
}
