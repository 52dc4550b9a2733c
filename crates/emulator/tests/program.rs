//! The emulator as a program: what it says, how it ends, and what it refuses.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use msgraph_client::core::Bytes;
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;
use support::{Program, client, topics};
use tempfile::TempDir;

/// The program in a folder, as if nobody had set up anything for it.
fn command(folder: impl AsRef<Path>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_msgraph-emulator"));
    for name in ["MSGRAPH_EMULATOR_DATABASE", "MSGRAPH_EMULATOR_TOKEN", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.current_dir(folder);
    command
}

fn run(arguments: &[&str]) -> Output {
    let folder = TempDir::new().unwrap();
    command(&folder).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn it_says_where_it_is_and_ends_when_it_is_told_to() {
    for signal in ["TERM", "INT"] {
        let mut program = Program::start(&["--memory", "--admin"]);
        assert!(!program.admin_token.is_empty());
        assert_eq!(program.url, format!("http://127.0.0.1:{}", program.port));
        assert_eq!(topics(&program.graph()).await, ["Seeds for spring"]);
        program.signal(signal);
        assert_eq!(program.ended(), Some(0), "{signal}");
    }
}

/// Sends a request whose answer comes late, and waits until the program has it.
async fn late(program: &Program, latency: &'static str) -> tokio::task::JoinHandle<Option<usize>> {
    let graph = program.graph();
    let answer = tokio::spawn(async move {
        let late = graph.groups().get().header("emulator-fault", latency).await;
        late.ok().map(|page| page.value().len())
    });
    let admin = client(program.url.as_str(), &program.admin_token);
    let log = || {
        let request = http::Request::get(format!("{}/admin/requests", program.url));
        admin.execute(request.body(Bytes::new()).unwrap())
    };
    while !String::from_utf8_lossy(log().await.unwrap().body()).contains("\"status\":null") {}
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_it_has_begun_to_answer_is_answered_before_it_ends() {
    let mut program = Program::start(&["--memory", "--admin"]);
    let answer = late(&program, "latency=200ms").await;
    program.signal("TERM");
    assert_eq!(answer.await.unwrap(), Some(3));
    assert_eq!(program.ended(), Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_tells_it_to_end_once_more_does_not_wait() {
    let mut program = Program::start(&["--memory", "--admin"]);
    let answer = late(&program, "latency=3600s").await;
    // Signals that come together are one.
    while program.child.try_wait().unwrap().is_none() {
        program.signal("INT");
    }
    assert_eq!((program.ended(), answer.await.unwrap()), (Some(1), None));
}

/// It waits for a database whose writer does not end.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn it_ends_while_it_starts_too() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("held").display());
    let mut holder = SqliteConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut holder).await.unwrap();
    let mut starting = command(&folder);
    let starting = starting.args(["--database", "held", "--log", "off"]).stdout(Stdio::piped());
    let starting = starting.stderr(Stdio::piped()).spawn().unwrap();
    // Whether it listens to signals already is told by nobody but the system.
    let status = format!("/proc/{}/status", starting.id());
    let listens = || {
        let status = std::fs::read_to_string(&status).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        u64::from_str_radix(caught.trim(), 16).unwrap() & (1 << 14) != 0
    };
    while !listens() {}
    let killed = Command::new("kill").arg(starting.id().to_string()).status().unwrap();
    assert!(killed.success());
    let ended = starting.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), text(&ended.stderr)), (Some(0), String::new()));
    holder.close().await.unwrap();
}

#[tokio::test]
async fn a_flag_counts_more_than_the_environment() {
    const FROM_THE_ENVIRONMENT: &str = "environment.sqlite3";
    let cases: [(&[&str], _); 3] = [
        (&["--memory"], "in memory"),
        (&["--database", "flag.sqlite3"], "flag.sqlite3"),
        (&[], FROM_THE_ENVIRONMENT),
    ];
    for (arguments, database) in cases {
        let folder = TempDir::new().unwrap();
        let mut command = command(&folder);
        command.env("MSGRAPH_EMULATOR_DATABASE", FROM_THE_ENVIRONMENT).args(arguments);
        let program = Program::of(&mut command);
        assert_eq!(program.database, database);
        let is_made = folder.path().join(FROM_THE_ENVIRONMENT).exists();
        assert_eq!(is_made, database == FROM_THE_ENVIRONMENT, "{arguments:?}");
    }
}

#[test]
fn the_port_is_the_one_that_was_asked_for() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    for arguments in [["--port", &port.to_string()], ["--listen", &format!("127.0.0.1:{port}")]] {
        let program = Program::start(&["--memory", arguments[0], arguments[1]]);
        assert_eq!(program.port, u64::from(port));
    }
}

#[test]
fn help_tells_examples_exit_codes_and_bounds() {
    let help = run(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    let help = text(&help.stdout);
    for told in
        ["Examples:", "Exit codes:", "--throttle", "16 MiB", "[env: MSGRAPH_EMULATOR_TOKEN]"]
    {
        assert!(help.contains(told), "{told} is missing in {help}");
    }
}

#[test]
fn there_are_colours_where_they_are_asked_for_and_none_in_a_pipe() {
    let folder = TempDir::new().unwrap();
    for arguments in [&["--help"][..], &["--database", "/nowhere/x"], &["--throttle", "fast"]] {
        let has_colours = |name: &str| {
            let output = command(&folder).args(arguments).env(name, "1").output().unwrap();
            (text(&output.stdout) + &text(&output.stderr)).contains('\u{1b}')
        };
        assert!(!has_colours("NOTHING_SAID"), "{arguments:?}");
        assert!(has_colours("CLICOLOR_FORCE"), "{arguments:?}");
    }
}

#[test]
fn completions_are_printed_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let completions = run(&["--completions", shell]);
        assert_eq!(completions.status.code(), Some(0));
        assert!(text(&completions.stdout).contains("unavailable-every"), "{shell}");
    }
}

#[test]
fn a_wrong_command_line_is_told_and_is_2() {
    for (arguments, word) in [
        (&["--throttle", "fast"][..], "rate"),
        (&["--memory", "--database", "x"], "cannot be used with"),
        (&["--port", "80", "--listen", "127.0.0.1:0"], "cannot be used with"),
        (&["--max-bytes", "9999", "--database", "postgres://x"], "PostgreSQL"),
        (&["--unavailable-every", "0"], "zero"),
        (&["--page-size", "0"], "zero"),
        (&["--database", ""], "a value is required"),
        (&["--token", "a b"], "visible ASCII"),
        (&["--ports", "80"], "--port"),
    ] {
        // What is not refused prints something, and ends.
        let refused = run(&[arguments, &["--completions", "bash"]].concat());
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
fn a_database_that_cannot_be_used_is_named() {
    for (database, name) in [
        ("/nowhere/graph.sqlite3", "/nowhere/graph.sqlite3"),
        ("postgres://127.0.0.1:1/x", "PostgreSQL"),
    ] {
        let told = text(&run(&["--database", database]).stderr);
        assert!(told.starts_with(&format!("error: {name}: ")), "{told}");
    }
}

#[test]
fn the_password_of_a_database_is_not_shown() {
    for scheme in ["postgres", "Postgres", "POSTGRESQL"] {
        let database = format!("{scheme}://graph:secret@127.0.0.1:1/x");
        let refused = run(&["--database", &database, "--log", "debug"]);
        assert_eq!(refused.status.code(), Some(1));
        let told = text(&refused.stderr) + &text(&refused.stdout);
        assert!(told.starts_with("error: PostgreSQL: ") && !told.contains("secret"), "{told}");
    }
}
