//! `cargo xtask codegen`: from the inputs of each target to its output folder.
//!
//! All targets are generated before the first file is written: an error in one leaves all as they are.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use msgraph_pipeline::{Outcome, OutputSet, Pass, PlanOptions, RuntimePaths, Settings, generate};
use msgraph_source::{Diagnostic, SourceMap};

use crate::config::{self, Target};
use crate::exit::Exit;
use crate::load;
use crate::output::{self, Difference};
use crate::report::{MessageFormat, counted};

/// Generate models, client, server and contract tests.
///
/// Without --metadata, the targets of the configuration are generated; with it, what the options say.
#[derive(clap::Args)]
#[command(mut_arg("metadata", |metadata| metadata.requires("out")), after_help = "\
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

    /// Generate only this target (repeatable).
    #[arg(long, value_name = "NAME", conflicts_with = "metadata")]
    target: Vec<String>,

    /// The configuration [default: schemas/codegen.yaml of this workspace].
    #[arg(long, value_name = "FILE", conflicts_with = "metadata")]
    config: Option<PathBuf>,

    #[command(flatten)]
    inputs: Inputs,

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

/// Inputs named on the command line.
#[derive(clap::Args)]
pub(crate) struct Inputs {
    /// The CSDL metadata file.
    #[arg(long, value_name = "FILE", requires = "select")]
    pub(crate) metadata: Option<PathBuf>,

    /// A folder of documentation pages, or one page (repeatable).
    #[arg(long, value_name = "DIR", requires = "metadata", num_args = 1..)]
    pub(crate) docs: Vec<PathBuf>,

    /// What to generate (repeatable); see below.
    #[arg(long, value_name = "SELECTOR", requires = "metadata", num_args = 1..)]
    pub(crate) select: Vec<String>,

    /// The version as it stands in URLs: v1.0, beta [default: v1.0].
    #[arg(long, value_name = "VERSION", requires = "metadata", value_parser = version)]
    pub(crate) version: Option<String>,
}

fn version(text: &str) -> Result<String, String> {
    if config::is_version(text) {
        return Ok(text.to_owned());
    }
    Err("a version is one segment of a URL, like v1.0 or beta".to_owned())
}

/// The target that `inputs` and `out` describe.
pub(crate) fn described(inputs: &Inputs, metadata: &Path, out: &Path) -> Target {
    let version = inputs.version.as_deref().unwrap_or("v1.0");
    // `v1.0` becomes `v1`, as in the committed packages: a dot cannot stand in a package's name.
    let name = version.strip_suffix(".0").unwrap_or(version).replace('.', "-");
    Target {
        name,
        version: version.to_owned(),
        metadata: metadata.to_path_buf(),
        docs: inputs.docs.clone(),
        select: inputs.select.clone(),
        output: config::normalise(out),
        runtime: config::workspace().join("crates/runtime"),
    }
}

/// Generates, and writes or checks.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let format = arguments.message_format;
    let mut sources = SourceMap::new();
    let targets = match targets(arguments, &mut sources) {
        Ok(targets) => targets,
        Err(problems) => {
            format.show(&sources, &problems)?;
            return Ok(Exit::Findings);
        }
    };
    let mut clock = Clock::default();
    let mut ready = Vec::new();
    let mut failed = false;
    for target in &targets {
        // Texts of one target are of no use to the next: each has its own map.
        let mut sources = SourceMap::new();
        match prepare(&mut sources, target, &mut clock) {
            Ok((outcome, difference)) => {
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
    clock.start("write");
    let exit = if arguments.check { check(&ready, arguments)? } else { write(&ready, format)? };
    clock.stop();
    if arguments.timings {
        clock.print(format)?;
    }
    Ok(exit)
}

type Ready<'a> = (&'a Target, OutputSet, Difference);

fn targets(arguments: &Arguments, sources: &mut SourceMap) -> Result<Vec<Target>, Vec<Diagnostic>> {
    // That one needs the other is said to clap.
    if let (Some(metadata), Some(out)) = (&arguments.inputs.metadata, &arguments.out) {
        return Ok(vec![described(&arguments.inputs, metadata, out)]);
    }
    let default = config::workspace().join("schemas/codegen.yaml");
    config::read(sources, arguments.config.as_ref().unwrap_or(&default), &arguments.target)
}

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
        if let Some(config) = &arguments.config {
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

/// What the pipeline has to know of `target`.
pub(crate) fn settings(target: &Target) -> Settings {
    let from = target.output.join("models");
    let runtime = |name: &str| relative(&from, &target.runtime.join(name));
    Settings {
        version: target.version.clone(),
        selectors: target.select.clone(),
        options: PlanOptions {
            crate_prefix: format!("msgraph-{}", target.name),
            runtime: RuntimePaths {
                core: runtime("core"),
                client: runtime("client"),
                server: runtime("server"),
            },
            ..PlanOptions::for_version(&target.version)
        },
    }
}

/// The way from the folder `from` to `to`, with `/` on every system.
fn relative(from: &Path, to: &Path) -> String {
    let absolute = |path: &Path| {
        config::normalise(&std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()))
    };
    let way = pathdiff::diff_paths(absolute(to), absolute(from)).unwrap_or_else(|| absolute(to));
    way.to_string_lossy().replace('\\', "/")
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

/// How long each pass took, over all targets.
#[derive(Default)]
pub(crate) struct Clock {
    laps: Vec<(&'static str, Duration)>,
    running: Option<(&'static str, Instant)>,
}

impl Clock {
    /// Ends the running lap and begins that of `name`.
    pub(crate) fn start(&mut self, name: &'static str) {
        self.stop();
        self.running = Some((name, Instant::now()));
    }

    /// Ends the running lap.
    pub(crate) fn stop(&mut self) {
        let Some((name, since)) = self.running.take() else {
            return;
        };
        let time = since.elapsed();
        match self.laps.iter_mut().find(|(other, _)| *other == name) {
            Some((_, total)) => *total += time,
            None => self.laps.push((name, time)),
        }
    }

    /// The time of all laps.
    pub(crate) fn total(&self) -> Duration {
        self.laps.iter().map(|(_, time)| *time).sum()
    }

    /// The time of the laps named in `names`.
    pub(crate) fn of(&self, names: &[&str]) -> Duration {
        self.laps.iter().filter(|(name, _)| names.contains(name)).map(|(_, time)| *time).sum()
    }

    fn print(&self, format: MessageFormat) -> io::Result<()> {
        for (name, time) in &self.laps {
            format.tell(&format!("{name:>10} {:9.2} ms", time.as_secs_f64() * 1e3))?;
        }
        format.tell(&format!("{:>10} {:9.2} ms", "total", self.total().as_secs_f64() * 1e3))
    }
}
