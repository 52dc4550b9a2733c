//! `cargo xtask contract`: client and server of an API, held to every example of its documentation.
//!
//! In come inputs; out goes a folder of crates with their tests, compiled and run, and the table of how the
//! examples came out. Holds: what is compiled stays in the folder, so that a second run compiles what
//! changed; the crates resolve to the versions that this workspace is locked to.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use msgraph_source::SourceMap;

use crate::clock::Clock;
use crate::config::{self, Target};
use crate::exit::Exit;
use crate::inputs::{Inputs, Selection};
use crate::messages::MessageFormat;
use crate::round;

/// Generate an API, and hold its client and server to every documented example.
///
/// Generates all that is documented, compiles the server's contract tests, runs them, and prints how the
/// examples came out: passed, passed but for a finding of `lint`, failed, not run; with the codes that tell why.
#[derive(clap::Args)]
#[command(mut_arg("metadata", |metadata| metadata.required(true)), after_help = "\
Examples:
  cargo xtask contract --metadata v1.0.csdl --docs docs/v1.0
  cargo xtask contract --metadata v1.0.csdl --docs docs/v1.0 --select group-post-threads --out target/threads

It exits with 1 where an example does not hold. The whole of v1.0 takes minutes the first time.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    selection: Selection,

    /// The folder that takes the crates, and what is compiled [default: target/contract/VERSION].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Generates, compiles, runs.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let format = MessageFormat::Human;
    let mut sources = SourceMap::new();
    let version = arguments.inputs.version.as_deref().unwrap_or("v1.0");
    let default = || config::workspace().join("target/contract").join(version);
    let out = arguments.out.clone().unwrap_or_else(default);
    let mut select = arguments.selection.select.clone();
    if select.is_empty() {
        select.push("documented".to_owned());
    }
    let targets = match arguments.inputs.targets(&mut sources, &select, &out) {
        Ok(targets) => targets,
        Err(problems) => {
            format.show(&sources, &problems)?;
            return Ok(Exit::Findings);
        }
    };
    for target in targets {
        let exit = hold(target, format)?;
        if exit != Exit::Done {
            return Ok(exit);
        }
    }
    Ok(Exit::Done)
}

fn hold(target: Target, format: MessageFormat) -> io::Result<Exit> {
    let package = format!("msgraph-{}-server", target.name);
    let out = target.output.clone();
    eprintln!("generating {} …", out.display());
    let generated = round::read(target, &mut Clock::default()).generate(&mut Clock::default());
    let Some(ready) = generated.ready else {
        format.show(&generated.sources, &generated.diagnostics)?;
        return Ok(Exit::Findings);
    };
    if let Err(problem) = ready.write() {
        format.show(&SourceMap::new(), &[problem])?;
        return Ok(Exit::Disk);
    }
    if !out.join("server/tests/contract/main.rs").is_file() {
        format.tell("no documented example is about what is selected")?;
        return Ok(Exit::Done);
    }
    workspace(&out)?;
    eprintln!("compiling and running the contract tests of {package} …");
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["test", "--quiet", "--package", &package, "--test", "contract"])
        .args(["--", "--nocapture"])
        .current_dir(&out)
        // Of a run within a run of cargo, nothing but the toolchain counts.
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("CARGO_BUILD_TARGET")
        .env("CARGO_INCREMENTAL", "0")
        .status()?;
    Ok(if status.success() { Exit::Done } else { Exit::Findings })
}

/// Makes the crates in `out` a workspace of their own, with the dependencies of ours.
fn workspace(out: &Path) -> io::Result<()> {
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"models\", \"client\", \"server\"]\n\n\
                    [profile.dev]\ndebug = 0\n";
    write_changed(&out.join("Cargo.toml"), manifest)?;
    if !out.join("Cargo.lock").exists() {
        fs::copy(config::workspace().join("Cargo.lock"), out.join("Cargo.lock"))?;
    }
    Ok(())
}

fn write_changed(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text)
}
