//! `cargo xtask codegen`: from the inputs of each target to its output folder.
//!
//! All targets are generated before the first file is written: an error in one leaves all as they are.

mod rounds;

use std::io;
use std::path::{Path, PathBuf};

use msgraph_source::{Diagnostic, SourceMap};

use crate::clock::Clock;
use crate::config::Target;
use crate::exit::Exit;
use crate::findings::suppressions::Suppressions;
use crate::inputs::{Inputs, Selection};
use crate::lock::Changes;
use crate::messages::{MessageFormat, counted};
use crate::round::{self, Ready};

/// Generate models, client, server and contract tests.
///
/// Without --metadata, the targets of the configuration are generated; with it, what the options say.
#[derive(clap::Args)]
#[command(mut_group("described", |described| described.requires_all(["out", "select"])), after_help = "\
Examples:
  cargo xtask codegen                         # all targets of schemas/codegen.yaml
  cargo xtask codegen --check                 # write nothing, say what changed and is out of date
  cargo xtask codegen --watch                 # again whenever an input changes, until Ctrl-C
  cargo xtask codegen --target beta --timings
  cargo xtask codegen --metadata v1.0.csdl --docs docs/api --docs docs/resources \\
      --select group-post-threads --out target/threads
  cargo xtask codegen --metadata v1.0.csdl --docs docs --select 'POST /groups/{id}/threads' --out target/threads

Selectors:
  group-post-threads                          a page, by its name; `*` stands for anything
  create_conversationthread_from_group        a request example, by its name
  'POST /groups/{id}/threads'                 a method (or *) and a path
  'type microsoft.graph.fileAttachment'       a type, beside what the operations need
  documented, all                             every documented operation; everything

With --watch and --message-format json, each round ends with an object:
  {\"event\": \"round\", \"ok\": true, \"inputs\": [{\"path\", \"change\"}],
   \"targets\": [{\"output\", \"written\", \"deleted\", \"unchanged\", \"causes\": [{\"code\", \"message\", \"touches\"}]}]}")]
pub(crate) struct Arguments {
    /// Write nothing; print which inputs changed, what they touch, which files are stale, missing or
    /// foreign, and exit with 1 if anything is.
    #[arg(long)]
    check: bool,

    /// Generate, then again whenever metadata, a page or the configuration changes. Inputs with errors
    /// leave the old output. Ctrl-C ends it.
    #[arg(long, conflicts_with = "check")]
    watch: bool,

    /// Look at the disk again and again, where the system does not tell of changes: folders on a
    /// network, or shared with a container.
    #[arg(long, requires = "watch")]
    poll: bool,

    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    selection: Selection,

    /// The folder that takes `models`, `client` and `server`.
    #[arg(long, value_name = "DIR", requires = "described")]
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

/// Generates, and writes or checks; once, or whenever an input changes.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    if arguments.watch {
        return rounds::run(arguments);
    }
    let format = arguments.message_format;
    let mut sources = SourceMap::new();
    let (targets, mut suppressions) = match arguments.configured(&mut sources) {
        Ok(configured) => configured,
        Err(problems) => {
            format.show(&sources, &problems)?;
            return Ok(Exit::Findings);
        }
    };
    let mut suppressed = 0;
    let mut clock = Clock::default();
    let mut ready = Vec::new();
    let mut failed = false;
    for target in targets {
        let texts = round::read(target, &mut clock);
        // What is checked is checked by generating.
        let mut generated = match arguments.check {
            true => texts.generate(&mut clock),
            false => texts.recall_or_generate(&mut clock),
        };
        suppressed += generated.suppress(&mut suppressions);
        format.show(&generated.sources, &generated.diagnostics)?;
        arguments.show_elsewhere(&generated.sources, &generated.elsewhere)?;
        failed |= generated.ready.is_none();
        ready.extend(generated.ready);
    }
    if failed {
        format.tell("nothing was written")?;
        return Ok(Exit::Findings);
    }
    let is_whole = !arguments.inputs.are_named() && arguments.inputs.target.is_empty();
    format.show(&sources, &suppressions.unused(is_whole, |_| true))?;
    if suppressed > 0 {
        let count = counted(suppressed, "finding");
        format.tell(&format!(
            "{count} suppressed; `cargo xtask lint --show-suppressed` shows them\n"
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

impl Arguments {
    /// The targets, and the findings that are accepted.
    fn configured(
        &self,
        sources: &mut SourceMap,
    ) -> Result<(Vec<Target>, Suppressions), Vec<Diagnostic>> {
        let out = self.out.as_deref().unwrap_or(Path::new("target"));
        let targets = self.inputs.targets(sources, &self.selection.select, out)?;
        let suppressions = Suppressions::read(sources, self.inputs.suppressions().as_deref())?;
        Ok((targets, suppressions))
    }

    /// Shows findings about pages from which nothing is selected, or how many there are.
    fn show_elsewhere(&self, sources: &SourceMap, elsewhere: &[Diagnostic]) -> io::Result<()> {
        let format = self.message_format;
        if self.all_messages || format == MessageFormat::Json {
            format.show(sources, elsewhere)?;
        } else if !elsewhere.is_empty() {
            let count = counted(elsewhere.len(), "message");
            format.tell(&format!(
                "{count} about pages from which nothing is selected; --all-messages shows them\n"
            ))?;
        }
        Ok(())
    }
}

/// The command that does what `--check` found undone.
fn command_to_mend(arguments: &Arguments, target: &Target) -> String {
    let quoted = |text: &str| match text.contains([' ', '*', '{', '\'']) {
        true => format!("'{}'", text.replace('\'', "'\\''")),
        false => text.to_owned(),
    };
    let mut words = vec!["cargo xtask codegen".to_owned()];
    let mut option = |name: &str, value: &str| words.push(format!("{name} {}", quoted(value)));
    if arguments.inputs.are_named() {
        target.metadata.iter().for_each(|path| option("--metadata", &path.to_string_lossy()));
        target.openapi.iter().for_each(|path| option("--openapi", &path.to_string_lossy()));
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

fn check(ready: &[Ready], arguments: &Arguments) -> io::Result<Exit> {
    let format = arguments.message_format;
    let mut exit = Exit::Done;
    for Ready { target, difference, changes, .. } in ready {
        let folder = target.output.display();
        if difference.is_empty() {
            let files = counted(difference.unchanged, "file");
            format.tell(&format!("{folder}: {files} up to date"))?;
            continue;
        }
        exit = Exit::Findings;
        let command = command_to_mend(arguments, target);
        let mut findings = Vec::new();
        findings.extend(changes.iter().flat_map(|it| it.findings(difference, &command)));
        let causes = findings.len();
        findings.extend(difference.findings(&target.output, &command));
        format.show(&SourceMap::new(), &findings)?;
        let differing = findings.len() - causes;
        let all = counted(differing + difference.unchanged, "file");
        let unexplained = match changes {
            Some(Changes { causes }) if causes.is_empty() => {
                ", though no input changed: they were edited, or the generator was"
            }
            _ => "",
        };
        format.tell(&format!("{folder}: {differing} of {all} differ{unexplained}"))?;
    }
    Ok(exit)
}

/// Writes all that is ready, and tells of it.
fn write(ready: &[Ready], format: MessageFormat) -> io::Result<Exit> {
    for ready in ready {
        if let Err(problem) = ready.write() {
            let is_disk = problem.code == msgraph_source::catalogue::output::IO;
            format.show(&SourceMap::new(), &[problem])?;
            return Ok(if is_disk { Exit::Disk } else { Exit::Findings });
        }
    }
    // Told once all is written: nobody listening must not leave some targets behind.
    for line in ready.iter().flat_map(Ready::lines) {
        format.tell(&line)?;
    }
    Ok(Exit::Done)
}
