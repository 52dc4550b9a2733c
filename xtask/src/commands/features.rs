//! `cargo xtask features`: each feature of generated crates, compiled alone.
//!
//! In comes a folder that `codegen` wrote; out goes a line for each feature of its client, in order. Holds: a
//! warning is a failure, and no feature is left out but those that begin with `_`, which users do not name.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Instant;

use serde_json::Value;

use crate::crates;
use crate::exit::Exit;

/// The feature that enables all others.
const FULL: &str = "full";

/// Compile each feature of generated crates alone.
///
/// Checks models and client in a folder that `codegen` wrote, with one feature at a time and without the default
/// ones, and denies warnings. The feature `full` stands for all three crates.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask codegen --metadata v1.0.csdl --docs docs/v1.0 --select documented --out target/whole
  cargo xtask features target/whole
  cargo xtask features target/whole --only groups --only users

It exits with 1 where a feature does not compile, or has a warning.")]
pub(crate) struct Arguments {
    /// The folder that holds `models`, `client` and `server`.
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// Only this feature (repeatable).
    #[arg(long, value_name = "FEATURE")]
    only: Vec<String>,
}

/// Compiles all, and tells of each.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    crates::workspace(&arguments.folder)?;
    let (package, features) = client(arguments)?;
    let asked = |name: &String| arguments.only.is_empty() || arguments.only.contains(name);
    let unknown: Vec<&String> =
        arguments.only.iter().filter(|name| !features.contains(name)).collect();
    if let [name, ..] = unknown.as_slice() {
        let message = format!("`{package}` has no feature `{}`", name.escape_debug());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    let mut exit = Exit::Done;
    for feature in features.iter().filter(|name| asked(name)) {
        let since = Instant::now();
        let mut cargo = crates::cargo(&arguments.folder);
        cargo.args(["check", "--quiet"]).env("RUSTFLAGS", "-D warnings");
        // The server has no features: it wants everything.
        let cargo = match feature.as_str() {
            FULL => cargo.arg("--workspace"),
            _ => cargo
                .args(["--package", &package, "--no-default-features"])
                .args(["--features", feature]),
        };
        let output = cargo.output()?;
        let seconds = since.elapsed().as_secs_f64();
        let outcome = if output.status.success() { "compiles" } else { "FAILS" };
        println!("{feature:<40} {outcome:<9} {seconds:>6.1} s");
        if !output.status.success() {
            eprintln!("{}", String::from_utf8_lossy(&output.stderr));
            exit = Exit::Findings;
        }
    }
    Ok(exit)
}

/// The package of the client, and its features for users, sorted.
fn client(arguments: &Arguments) -> io::Result<(String, Vec<String>)> {
    let output = crates::cargo(&arguments.folder)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .stderr(Stdio::inherit())
        .output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut clients = packages.iter().filter_map(|package| {
        let name = package["name"].as_str().filter(|name| name.ends_with("-client"))?;
        let features: BTreeMap<String, Value> =
            serde_json::from_value(package["features"].clone()).ok()?;
        let public = |name: &String| !name.starts_with('_') && name != "default";
        Some((name.to_owned(), features.into_keys().filter(public).collect()))
    });
    clients.next().ok_or_else(|| {
        let message = format!("there is no generated client in {}", arguments.folder.display());
        io::Error::new(io::ErrorKind::NotFound, message)
    })
}
