//! The examples, run as anybody would run them: what they print is what their heads promise.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::process::Command;

use msgraph_tests::workspace;
use serde_json::Value;

/// What an example prints.
///
/// It is built with the features of the whole workspace, as `cargo test --workspace` has built it before: with those of
/// its package alone, all that it stands on would be compiled, and kept on disk, once more.
fn run(example: &str) -> String {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--workspace", "--example", example])
        .arg("--message-format=json")
        .current_dir(workspace())
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let program = String::from_utf8_lossy(&built.stdout)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|message| message["target"]["name"] == example)
        .find_map(|message| message["executable"].as_str().map(str::to_owned))
        .unwrap();
    let output = Command::new(program).env("NO_PROXY", "127.0.0.1").output().unwrap();
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

#[test]
fn the_example_of_the_readme_runs() {
    assert_eq!(run("create_thread"), "Some(\"42-1\") Some(\"Lunch\"), 1 post\n");
}

#[test]
fn the_example_of_a_server_that_verifies_tokens_runs() {
    assert_eq!(
        run("jwt_server"),
        "created Some(\"42-1\")\nrefused with Some(403)\nrefused with Some(401)\n"
    );
}

#[test]
fn the_readme_shows_the_example_as_it_is() {
    let readme = fs::read_to_string(workspace().join("README.md")).unwrap();
    let example =
        fs::read_to_string(workspace().join("crates/runtime/server/examples/create_thread.rs"))
            .unwrap();
    assert!(readme.contains(&format!("```rust\n{example}```")), "the README shows another example");
    assert!(example.lines().count() < 40, "the example has {} lines", example.lines().count());
}
