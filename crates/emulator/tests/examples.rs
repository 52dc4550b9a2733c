//! The examples, run as anybody would run them: what they print is what their heads promise.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::process::Command;

/// What an example prints.
fn run(example: &str) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "-p", "msgraph-emulator", "--example", example])
        .env("NO_PROXY", "127.0.0.1")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_job_follows_changes_and_begins_anew_where_its_link_has_expired() {
    assert_eq!(run("sync_groups"), "");
}

#[test]
fn a_batch_gives_each_request_its_own_answer() {
    assert_eq!(run("batch"), "");
}

#[test]
fn a_client_comes_back_where_that_is_asked_of_it() {
    assert_eq!(run("resilient_client"), "");
}

#[test]
fn a_file_is_attached_range_by_range() {
    assert_eq!(run("upload"), "");
}
