//! All that the fixtures give, as crates of one workspace: formatted, compiled with warnings denied,
//! held to its contract tests, and documented where the texts are hostile.
//!
//! The workspace stays in the folder that cargo gives to tests, so that what did not change is not
//! compiled again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use libtest_mimic::{Failed, Trial};
use msgraph_pipeline::{OutputSet, Pass, RuntimePaths};
use msgraph_tests::{read, workspace};

use crate::generation;

/// The fixture whose client and server are compiled though they have no operation.
const WITHOUT_OPERATIONS: &str = "types_without_operations";

/// All tests of this file.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("all_output_is_formatted", || is_formatted(crates()?)),
        Trial::test("all_output_compiles_and_keeps_its_contracts", || {
            let crates = crates()?;
            cargo(&["check", "--workspace", "--lib", "--keep-going"], &[])?;
            // Servers want all that there is, and so would switch it on for the others.
            let without_server = |one: &&Crate| !one.package.ends_with("-server");
            cargo(
                &["check", "--lib", "--keep-going", "--no-default-features"],
                &crates.iter().filter(without_server).collect::<Vec<_>>(),
            )?;
            let with = |file: &str| crates.iter().filter(|one| one.has(file)).collect::<Vec<_>>();
            cargo(
                &["test", "--test", "contract", "--no-fail-fast"],
                &with("tests/contract/main.rs"),
            )?;
            let examples: Vec<&Crate> = crates.iter().filter(|one| one.has_example).collect();
            cargo(&["test", "--doc"], &examples)?;
            let documented =
                |one: &&Crate| one.package.starts_with("hostile") || one.has("values/src/lib.rs");
            cargo(&["doc", "--no-deps"], &crates.iter().filter(documented).collect::<Vec<_>>())
        }),
    ]
}

/// A crate of the workspace.
struct Crate {
    package: String,
    folder: PathBuf,
    files: Vec<String>,
    has_example: bool,
}

impl Crate {
    fn has(&self, file: &str) -> bool {
        self.files.iter().any(|name| name == file)
    }
}

/// The crates of all fixtures that have an output, written once.
fn crates() -> Result<&'static [Crate], Failed> {
    static CRATES: OnceLock<Result<Vec<Crate>, String>> = OnceLock::new();
    match CRATES.get_or_init(|| write().map_err(|error| error.to_string())) {
        Ok(crates) => Ok(crates),
        Err(error) => Err(error.into()),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted")
}

fn write() -> std::io::Result<Vec<Crate>> {
    let mut crates = Vec::new();
    let mut written = BTreeSet::new();
    for fixture in read("emit")? {
        let prefix = fixture.name.replace('_', "-");
        let mut settings = generation::settings(&fixture);
        let runtime =
            |name: &str| workspace().join("crates/runtime").join(name).display().to_string();
        settings.options.crate_prefix.clone_from(&prefix);
        settings.options.runtime = RuntimePaths {
            core: runtime("core"),
            client: runtime("client"),
            server: runtime("server"),
        };
        let Some(output) = generation::run(&fixture, &settings, Pass::Emit).1.output else {
            continue;
        };
        for name in ["models", "client", "server"] {
            if name == "models" || has_operations(&output) || fixture.name == WITHOUT_OPERATIONS {
                crates.push(write_crate(&output, name, &fixture.name, &prefix, &mut written)?);
            }
        }
    }
    let members: String = crates.iter().map(|one| format!("  {:?},\n", one.folder)).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n");
    write_changed(&root().join("Cargo.toml"), &manifest, &mut written)?;
    fs::copy(workspace().join("Cargo.lock"), root().join("Cargo.lock"))?;
    written.insert(root().join("Cargo.lock"));
    remove_others(&root(), &written)?;
    Ok(crates)
}

fn has_operations(output: &OutputSet) -> bool {
    output.iter().any(|(path, _)| {
        path.starts_with("client/src/builders/") && !path.ends_with("builders/mod.rs")
    })
}

fn write_crate(
    output: &OutputSet,
    name: &str,
    fixture: &str,
    prefix: &str,
    written: &mut BTreeSet<PathBuf>,
) -> std::io::Result<Crate> {
    let folder = root().join(fixture).join(name);
    let mut files = Vec::new();
    let mut has_example = false;
    for (path, text) in output {
        let Some(inner) = path.strip_prefix(name).and_then(|path| path.strip_prefix('/')) else {
            continue;
        };
        write_changed(&folder.join(inner), text, written)?;
        has_example |= text.contains("```no_run");
        files.push(inner.to_owned());
    }
    Ok(Crate { package: format!("{prefix}-{name}"), folder, files, has_example })
}

/// Leaves the time of a file alone whose text is the same.
fn write_changed(path: &Path, text: &str, written: &mut BTreeSet<PathBuf>) -> std::io::Result<()> {
    written.insert(path.to_path_buf());
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, text)
}

/// Removes what an earlier run left, but not what was compiled.
fn remove_others(folder: &Path, written: &BTreeSet<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.is_dir() {
            if !written.contains(&path) {
                fs::remove_file(path)?;
            }
        } else if path != target() {
            remove_others(&path, written)?;
        }
    }
    Ok(())
}

fn target() -> PathBuf {
    root().join("target")
}

/// Runs cargo in the workspace: for `packages`, if any are given.
fn cargo(arguments: &[&str], packages: &[&Crate]) -> Result<(), Failed> {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).arg("--offline").arg("--quiet").current_dir(root());
    for one in packages {
        command.args(["--package", &one.package]);
    }
    command
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .env("RUSTFLAGS", "-Dwarnings")
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_TARGET_DIR", target());
    succeed(&mut command)
}

/// What rustfmt would change under the settings that are emitted.
fn is_formatted(crates: &[Crate]) -> Result<(), Failed> {
    // What a root declares as its module is formatted with it.
    let is_root = |file: &&String| file.ends_with("/lib.rs") || file.ends_with("/main.rs");
    let sources = crates
        .iter()
        .flat_map(|one| one.files.iter().filter(is_root).map(|file| one.folder.join(file)));
    let mut command = Command::new("rustfmt");
    command.args(["--check", "--edition", "2024", "--config-path"]);
    if let Some(first) = crates.first() {
        command.arg(first.folder.join("rustfmt.toml"));
    }
    succeed(command.args(sources))
}

fn succeed(command: &mut Command) -> Result<(), Failed> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(());
    }
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    Err(text.lines().take(400).collect::<Vec<_>>().join("\n").into())
}
