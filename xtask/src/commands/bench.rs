//! `cargo xtask bench`: the figures that the README gives.
//!
//! Each figure is the best of several runs, printed beside a floor that was measured in the same
//! run, since machines differ and are noisy. Figures that need inputs which are not at hand are
//! left out, and said to be.

mod openapi;
mod pages;

use std::hint::black_box;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use msgraph_pipeline::{Input, Pass, generate};
use msgraph_source::SourceMap;

use crate::clock::{Clock, PEAK};
use crate::config::{self, Target};
use crate::exit::Exit;
use crate::inputs::settings;
use crate::load;

/// Measure generation, linking, linting and the compile time of what is generated.
///
/// Run it as `cargo bench-figures`, which builds the generator with optimisations.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo bench-figures
  cargo bench-figures --metadata path/to/v1.0.csdl --docs path/to/docs --skip-check")]
pub(crate) struct Arguments {
    /// The whole v1.0 metadata [default: ../shared/corpus/v1.0.csdl, where it exists].
    #[arg(long, value_name = "FILE")]
    metadata: Option<PathBuf>,

    /// The pages that are held against that metadata [default: ../shared/corpus/docs/v1.0, where it exists].
    #[arg(long, value_name = "DIR", num_args = 1..)]
    docs: Vec<PathBuf>,

    /// Leave out the compile time of a downstream crate, which takes a minute.
    #[arg(long)]
    skip_check: bool,

    /// How often each figure is measured.
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: u32,
}

/// Measures and prints.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let mut out = io::stdout().lock();
    if cfg!(debug_assertions) {
        writeln!(out, "note: this build is not optimised; run `cargo bench-figures`\n")?;
    }
    writeln!(out, "{:54} {:>10} {:>10}", "figure (best of the runs)", "measured", "aim")?;
    committed_targets(&mut out, arguments.runs)?;
    let whole = arguments
        .metadata
        .clone()
        .unwrap_or_else(|| config::workspace().join("../shared/corpus/v1.0.csdl"));
    if whole.is_file() {
        whole_metadata(&mut out, &whole, arguments.runs)?;
    } else {
        writeln!(
            out,
            "left out: reading and linking the whole metadata ({} is not there)",
            whole.display()
        )?;
    }
    let docs = match arguments.docs.is_empty() {
        true => vec![config::workspace().join("../shared/corpus/docs/v1.0")],
        false => arguments.docs.clone(),
    };
    if whole.is_file() && docs.iter().all(|folder| folder.exists()) {
        pages::measure(&mut out, &whole, &docs, arguments.runs)?;
    } else {
        writeln!(out, "left out: holding the pages against the metadata (they are not there)")?;
    }
    let openapi = config::workspace().join("../shared/corpus/openapi/v1.0-oasis.json.gz");
    if openapi.is_file() {
        openapi::measure(&mut out, &openapi, arguments.runs)?;
    } else {
        writeln!(out, "left out: reading OpenAPI ({} is not there)", openapi.display())?;
    }
    if arguments.skip_check {
        writeln!(out, "left out: compile time of a downstream crate (--skip-check)")?;
    } else {
        downstream(&mut out)?;
    }
    Ok(Exit::Done)
}

fn line(out: &mut impl Write, what: &str, measured: Duration, aim: &str) -> io::Result<()> {
    writeln!(out, "{what:54} {:>7.1} ms {aim:>10}", measured.as_secs_f64() * 1e3)
}

fn best(runs: u32, mut run: impl FnMut() -> io::Result<Duration>) -> io::Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..runs.max(1) {
        best = best.min(run()?);
    }
    Ok(best)
}

fn timed(work: impl FnOnce() -> io::Result<()>) -> io::Result<Duration> {
    let since = Instant::now();
    work()?;
    Ok(since.elapsed())
}

/// The peak of memory of a process of its own, as `--timings` prints it.
fn peak(out: &mut impl Write, what: &str, command: &mut Command, aim: &str) -> io::Result<()> {
    let output = command.stdout(Stdio::null()).output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let peak = text.lines().find_map(|line| line.trim().strip_prefix(PEAK));
    match peak {
        Some(peak) => {
            let what = format!("peak memory of {what}");
            writeln!(out, "  {what:52} {:>10} {aim:>10}", peak.trim())
        }
        None => writeln!(out, "left out: peak memory of {what} (no /proc here)"),
    }
}

/// Generation of the committed targets, as the user starts it.
fn committed_targets(out: &mut impl Write, runs: u32) -> io::Result<()> {
    let program = std::env::current_exe()?;
    let whole = best(runs, || {
        timed(|| {
            expect_success(
                Command::new(&program).args(["codegen", "--check"]).stderr(Stdio::null()),
            )
        })
    })?;
    line(out, "committed targets: generate and compare, whole process", whole, "< 300 ms")?;
    let floor = best(runs, || {
        timed(|| expect_success(Command::new(&program).arg("--version").stdout(Stdio::null())))
    })?;
    line(out, "  floor: starting the process", floor, "")
}

/// Reading and linking the whole v1.0 metadata.
fn whole_metadata(out: &mut impl Write, metadata: &Path, runs: u32) -> io::Result<()> {
    let target = target(metadata, Vec::new());
    let mut references = (0, 0);
    let mut parse = Duration::MAX;
    let whole = best(runs, || {
        let mut clock = Clock::default();
        clock.start("read");
        let mut sources = SourceMap::new();
        let input = inputs(&mut sources, &target)?;
        let outcome = generate(&sources, &input, &settings(&target), Pass::Resolve, &mut |pass| {
            clock.start(pass.name())
        });
        clock.stop();
        references = outcome
            .api
            .as_ref()
            .map_or((0, 0), |api| (api.statistics.references, api.statistics.unresolved));
        parse = parse.min(clock.of(&[Pass::Parse.name()]));
        black_box(outcome);
        Ok(clock.total())
    })?;
    line(out, "whole v1.0 metadata: read, parse, link", whole, "< 250 ms")?;
    line(out, "  of it parsing", parse, "")?;
    let floor = best(runs, || {
        timed(|| {
            let text = std::fs::read_to_string(metadata)?;
            let document = roxmltree::Document::parse(&text).map_err(io::Error::other)?;
            black_box(document.descendants().count());
            Ok(())
        })
    })?;
    line(out, "  floor: the XML parser alone", floor, "")?;
    writeln!(
        out,
        "  ratio to the floor {:.2}; {} references, {} unresolved",
        whole.as_secs_f64() / floor.as_secs_f64(),
        references.0,
        references.1
    )
}

/// The whole of `metadata`, with the pages in `docs`.
fn target(metadata: &Path, docs: Vec<PathBuf>) -> Target {
    Target {
        name: "whole".to_owned(),
        version: "v1.0".to_owned(),
        metadata: Some(metadata.to_path_buf()),
        openapi: None,
        docs,
        select: Vec::new(),
        output: PathBuf::from("target"),
        runtime: PathBuf::from("crates/runtime"),
    }
}

/// The texts of `target`.
fn inputs(sources: &mut SourceMap, target: &Target) -> io::Result<Input> {
    load::inputs(sources, target).map_err(|problems| {
        let messages: Vec<&str> = problems.iter().map(|p| p.message.as_str()).collect();
        io::Error::other(messages.join("; "))
    })
}

/// What the three v1 crates and the runtime add to the `cargo check` of a crate that uses them.
fn downstream(out: &mut impl Write) -> io::Result<()> {
    let root = std::path::absolute(config::workspace().join("."))?;
    let folder = tempfile::tempdir()?;
    let crates =
        |name: &str| root.join("generated/v1").join(name).to_string_lossy().replace('\\', "/");
    std::fs::create_dir(folder.path().join("src"))?;
    std::fs::write(
        folder.path().join("Cargo.toml"),
        format!(
            "[package]\nname = \"downstream\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             msgraph-v1-models = {{ path = {:?} }}\nmsgraph-v1-client = {{ path = {:?} }}\nmsgraph-v1-server = {{ path = {:?} }}\n",
            crates("models"),
            crates("client"),
            crates("server")
        ),
    )?;
    std::fs::write(
        folder.path().join("src/lib.rs"),
        "pub use {msgraph_v1_client, msgraph_v1_models, msgraph_v1_server};\n",
    )?;
    // The workspace's lock file keeps the versions of third-party packages the same.
    std::fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock"))?;
    let cargo = |arguments: &[&str]| {
        expect_success(
            Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
                .args(arguments)
                .current_dir(folder.path())
                .env("CARGO_TARGET_DIR", folder.path().join("target"))
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )
    };
    cargo(&["check"])?;
    let ours = [
        "downstream",
        "msgraph-core",
        "msgraph-client",
        "msgraph-server",
        "msgraph-v1-models",
        "msgraph-v1-client",
        "msgraph-v1-server",
    ];
    let mut clean = vec!["clean"];
    for name in ours {
        clean.extend(["-p", name]);
    }
    cargo(&clean)?;
    let before = children_cpu();
    let wall = timed(|| cargo(&["check"]))?;
    match (before, children_cpu()) {
        (Some(before), Some(after)) => line(
            out,
            "downstream `cargo check` beyond third parties: CPU",
            after.saturating_sub(before),
            "< 5000 ms",
        )?,
        _ => writeln!(out, "left out: CPU time of children (no /proc here)")?,
    }
    line(out, "  wall", wall, "")
}

fn expect_success(command: &mut Command) -> io::Result<()> {
    let status = command.status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(format!("{command:?} ended with {status}")))
    }
}

/// The CPU time of all children that have ended: fields 16 and 17 of `/proc/self/stat`.
fn children_cpu() -> Option<Duration> {
    cpu(16)
}

/// The CPU time of this process so far: fields 14 and 15 of `/proc/self/stat`.
fn own_cpu() -> Option<Duration> {
    cpu(14)
}

/// The sum of field `first` of `/proc/self/stat` and the next one, in ticks of 10 ms (proc(5)).
fn cpu(first: usize) -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the name of the program in parentheses, and may hold spaces.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(first - 3);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Duration::from_millis((user + system) * 10))
}
