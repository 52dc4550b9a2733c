//! The metadata of other services: crates that compile, or a refusal that says why.
//!
//! Comes in: every file of the corpus's folder `csdl`, whose services have constructs that Graph lacks. Each is
//! generated whole, without documents; all crates are then checked in one workspace, with warnings denied. The
//! table is exact, so that neither a refusal nor a file can come or go unseen.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{workspace, xtask};

/// What becomes of a file.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// Crates that compile; the codes of the warnings, each once.
    Crates(Vec<String>),
    /// Nothing was written; the codes of the errors, each once.
    Refused(Vec<String>),
}

/// The files, with what their generation says. The README lists the refusals with their reasons.
fn expected() -> Vec<(&'static str, Outcome)> {
    let crates =
        |warnings: &[&str]| Outcome::Crates(warnings.iter().map(|&code| code.to_owned()).collect());
    let refused =
        |errors: &[&str]| Outcome::Refused(errors.iter().map(|&code| code.to_owned()).collect());
    vec![
        ("ComposableFunctions.OData.xml", crates(&[])),
        ("Contract.OData.xml", refused(&["link::unresolved_type"])),
        ("DefaultServiceCsdl.xml", crates(&["link::entity_set_path"])),
        ("MultiReferenceModel.xml", refused(&["link::namespace_not_loaded"])),
        ("Multiple.Schema.OData.xml", crates(&[])),
        ("OperationsServiceCsdl.xml", crates(&[])),
        ("TripService.OData.xml", crates(&["link::entity_set_path", "link::unresolved_target"])),
        ("annotations.xml", crates(&["link::unresolved_target"])),
        ("caps.products.CatalogService_default.xml", crates(&[])),
        ("exchangeMail.xml", crates(&["link::entity_set_path"])),
        ("metadata_TripInService.xml", crates(&[])),
        ("metadata_sample.xml", crates(&[])),
    ]
}

/// The metadata files, where they are at hand. Says on standard error that the test is skipped where not.
fn files() -> Option<Vec<PathBuf>> {
    let folder = workspace().join("../shared/corpus/csdl");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: there is no metadata at {}", folder.display());
        return None;
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    Some(files)
}

/// The codes that stand behind `severity` in messages of one JSON object a line, each once.
fn codes(messages: &str, severity: &str) -> Vec<String> {
    let mut codes: Vec<String> = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["severity"] == severity)
        .filter_map(|message| message["code"].as_str().map(str::to_owned))
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

/// Generates the whole of `file` into a folder of `root`, whose name is also that of its crates.
fn generate(root: &Path, file: &Path, name: &str) -> Outcome {
    let run = xtask(
        root,
        &[
            "codegen",
            "--metadata",
            file.to_str().unwrap(),
            "--select",
            "all",
            "--version",
            name,
            "--out",
            name,
            "--message-format",
            "json",
        ],
    );
    let messages = format!("{}{}", run.stdout, run.stderr);
    match run.code {
        0 => Outcome::Crates(codes(&messages, "warning")),
        1 => {
            assert!(!root.join(name).exists(), "{name}: refused, and yet something was written");
            Outcome::Refused(codes(&messages, "error"))
        }
        code => panic!("{name} ended with {code}\n{messages}"),
    }
}

#[test]
fn metadata_of_other_services_gives_crates_that_compile_or_is_refused() {
    let Some(files) = files() else { return };
    let root = tempfile::tempdir().unwrap();
    let mut found = Vec::new();
    let mut members = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let name = format!("s{index}");
        let outcome = generate(root.path(), file, &name);
        if matches!(outcome, Outcome::Crates(_)) {
            members.extend(["models", "client", "server"].map(|part| format!("{name}/{part}")));
        }
        found.push((file.file_name().unwrap().to_str().unwrap().to_owned(), outcome));
    }
    let expected: Vec<(String, Outcome)> =
        expected().into_iter().map(|(name, outcome)| (name.to_owned(), outcome)).collect();
    assert_eq!(found, expected);
    check(root.path(), &members);
}

/// Checks all `members` below `root` at once, with the versions of this workspace.
fn check(root: &Path, members: &[String]) {
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    fs::copy(workspace().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--workspace", "--all-targets"])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", workspace().join("target/corpus"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUSTFLAGS", "-Dwarnings")
        .output()
        .unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the crates do not compile\n{log}");
}
