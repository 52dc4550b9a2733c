//! The emulator as a program: what it says, how it ends, and what it refuses.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::net::TcpListener;
use std::process::{Command, Output};

use support::{Program, topics};
use tempfile::TempDir;

fn run(arguments: &[&str]) -> Output {
    let folder = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_msgraph-emulator"));
    command.args(arguments).current_dir(&folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn it_says_where_it_is_and_ends_when_it_is_told_to() {
    let mut program = Program::start(&["--memory", "--admin"]);
    assert!(!program.admin_token.is_empty());
    assert_eq!(topics(&program.graph()).await, ["Seeds for spring"]);
    let terminated = Command::new("kill").arg(program.child.id().to_string()).status().unwrap();
    assert!(terminated.success());
    assert_eq!(program.child.wait().unwrap().code(), Some(0));
}

#[test]
fn help_has_examples_and_no_colours_where_it_is_piped() {
    let help = run(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    let help = text(&help.stdout);
    assert!(help.contains("Examples:") && help.contains("--throttle"), "{help}");
    assert!(!help.contains('\u{1b}'));
}

#[test]
fn completions_are_printed() {
    let completions = run(&["--completions", "bash"]);
    assert_eq!(completions.status.code(), Some(0));
    assert!(text(&completions.stdout).contains("--unavailable-every"));
}

#[test]
fn a_wrong_command_line_is_told_and_is_2() {
    for (arguments, word) in [
        (&["--throttle", "fast"][..], "rate"),
        (&["--memory", "--database", "x"], "cannot be used with"),
        (&["--port", "80"], "--port"),
    ] {
        let refused = run(arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(text(&refused.stderr).contains(word), "{arguments:?}: {}", text(&refused.stderr));
    }
}

#[test]
fn what_keeps_it_from_starting_is_told_and_is_1() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = run(&["--memory", "--listen", &address]);
    assert_eq!(refused.status.code(), Some(1));
    let told = text(&refused.stderr);
    assert!(told.starts_with("error: cannot listen at") && told.contains("port 0"), "{told}");
    for database in ["/nowhere/graph.sqlite3", "postgres://:0/x?sslmode=never"] {
        let refused = run(&["--database", database]);
        assert_eq!(refused.status.code(), Some(1), "{database}");
        assert!(text(&refused.stderr).starts_with("error: "), "{}", text(&refused.stderr));
    }
}

#[test]
fn the_password_of_a_database_is_not_shown() {
    let refused = run(&["--database", "postgres://graph:secret@127.0.0.1:1/x", "--log", "debug"]);
    assert_eq!(refused.status.code(), Some(1));
    let told = text(&refused.stderr) + &text(&refused.stdout);
    assert!(!told.contains("secret"), "{told}");
}
