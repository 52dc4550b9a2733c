//! A run over inputs that did not change: no file is touched, what there is to say is said again, and
//! nothing is taken on trust.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::SystemTime;

use support::project::{POST, Project};
use support::tree;

/// Begins a finding about the page.
const NOTE: &str = "note[link::";

/// A project whose records lie in its own `target`.
struct Recorded(Project);

/// What a run said.
struct Said {
    text: String,
    /// Whether the passes were run.
    is_run: bool,
}

impl Recorded {
    /// Generated once. There are notes on its page.
    fn new() -> Self {
        let project = Self(Project::fresh("docs: [docs]"));
        assert!(project.codegen().is_run);
        project
    }

    fn codegen(&self) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["codegen", "--config", "codegen.yaml", "--timings"])
            .env("CARGO_TARGET_DIR", self.0.path("target"))
            .current_dir(self.0.root())
            .output()
            .unwrap();
        assert!(output.status.success());
        let text = String::from_utf8(output.stderr).unwrap();
        let is_time = |line: &str| line.ends_with(" ms") || line.ends_with(" MB");
        let (times, lines): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| is_time(line));
        let is_run = times.iter().any(|line| line.trim_start().starts_with("emit "));
        Said { text: lines.join("\n"), is_run }
    }

    /// The times of all files of the output.
    fn times(&self) -> BTreeMap<PathBuf, SystemTime> {
        let time = |path: &PathBuf| fs::metadata(path).unwrap().modified().unwrap();
        tree(&self.0.path("out")).into_keys().map(|path| (path.clone(), time(&path))).collect()
    }

    /// The one record.
    fn record(&self) -> PathBuf {
        let mut records = tree(&self.0.path("target/codegen")).into_keys();
        let first = records.next().unwrap();
        assert_eq!(records.next(), None);
        first
    }
}

#[test]
fn nothing_is_run_or_touched_and_all_is_said_again() {
    let project = Recorded::new();
    fs::remove_file(project.record()).unwrap();
    let full = project.codegen();
    assert!(full.is_run);
    assert!(full.text.contains(NOTE), "{}", full.text);
    let times = project.times();
    let again = project.codegen();
    assert!(!again.is_run);
    assert_eq!(again.text, full.text);
    assert_eq!(project.times(), times);
}

#[test]
fn a_page_that_changed_is_read_and_only_what_it_says_is_written() {
    let project = Recorded::new();
    let times = project.times();
    project.0.edit(POST, "Whether the post has at least", "True where the post has at least");
    assert!(project.codegen().is_run);
    let now = project.times();
    let written: Vec<_> = now
        .iter()
        .filter(|(path, time)| times.get(*path) != Some(time))
        .map(|(path, _)| path.strip_prefix(project.0.path("out")).unwrap().to_str().unwrap())
        .collect();
    assert_eq!(written, ["codegen.lock", "models/src/graph/post.rs"]);
    assert!(!project.codegen().is_run);
}

#[test]
fn an_output_that_is_not_as_it_was_written_is_restored() {
    let project = Recorded::new();
    let before = tree(&project.0.path("out"));
    let post = project.0.path("out/models/src/graph/post.rs");
    let edited = format!("{}// edited\n", fs::read_to_string(&post).unwrap());
    fs::write(&post, edited).unwrap();
    assert!(project.codegen().is_run);
    fs::remove_file(&post).unwrap();
    assert!(project.codegen().is_run);
    fs::write(project.0.path("out/models/src/old.rs"), "// @generated\n").unwrap();
    assert!(project.codegen().is_run);
    let lock = project.0.text("out/codegen.lock");
    fs::write(project.0.path("out/codegen.lock"), format!("{lock}<<<<<<<")).unwrap();
    assert!(project.codegen().text.contains("lock::malformed"));
    assert!(!project.codegen().text.contains("lock::malformed"), "it is about the old lock");
    fs::remove_file(project.0.path("out/codegen.lock")).unwrap();
    assert!(project.codegen().is_run);
    assert_eq!(tree(&project.0.path("out")), before);
}

#[test]
fn a_record_that_is_not_as_it_was_written_does_not_count() {
    let project = Recorded::new();
    let record = fs::read_to_string(project.record()).unwrap();
    for wrong in [
        record.replace("the metadata", "thy metadata"),
        record.get(..record.len() / 2).unwrap().to_owned(),
        String::new(),
    ] {
        fs::write(project.record(), wrong).unwrap();
        let run = project.codegen();
        assert!(run.is_run && run.text.contains(NOTE), "{}", run.text);
    }
    assert!(!project.codegen().is_run);
}

#[test]
fn what_is_selected_counts_and_checking_runs_all_passes() {
    let project = Recorded::new();
    project.0.configure("docs: [docs]", "documented");
    assert!(project.codegen().is_run);
    assert!(!project.codegen().is_run);
    let check = project.0.codegen(&["--check", "--timings"]);
    assert!(check.stderr.contains(" emit "), "{}", check.stderr);
}
