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
    assert_eq!(
        run("sync_groups"),
        "first round
  + Gardeners
  + Release crew
  + Reading circle
second round
  + Walkers
  - Gardeners
third round
  the link has expired, all is read anew
  + Release crew
  + Reading circle
  + Walkers
3 groups
"
    );
}

#[test]
fn a_batch_gives_each_request_its_own_answer() {
    assert_eq!(
        run("batch"),
        r#"201 Created Some("Lunch")
201 Created Some("Dinner")
Some("gardeners@emulator.example")
Some(404) Some("Request_ResourceNotFound")
Some(424) Some("failedDependency")
2 messages
"#
    );
}

#[test]
fn a_client_comes_back_where_that_is_asked_of_it() {
    assert_eq!(
        run("resilient_client"),
        "  attempt 1: 429
  attempt 2: 503
  attempt 3: ok
GET /groups: ok
3 groups
  attempt 1: 503
  attempt 2: 503
  attempt 3: 503
GET /groups: 503
given up: Some(503)
  attempt 1: transport
GET /groups: transport
  attempt 1: ok
GET /groups: ok
3 groups
8 of 8 messages ask for German
"
    );
}

#[test]
fn a_file_is_attached_range_by_range() {
    assert_eq!(
        run("upload"),
        r#"327680 of 700000 bytes
655360 of 700000 bytes
700000 of 700000 bytes
201 Created
Some("plan.txt") Some("text/plain")
all there: true
"#
    );
}
