//! The emulator as a program: it starts, says where it is, and ends when it is told to.

mod cli;
mod signals;

use std::io::Write as _;
use std::process::ExitCode;

use clap::CommandFactory as _;
use msgraph_emulator::{Emulator, Error};
use serde_json::json;
use tracing::level_filters::LevelFilter;

use crate::cli::{Cli, Level};
use crate::signals::Signals;

fn main() -> ExitCode {
    let cli = Cli::read();
    if let Some(shell) = cli.completions {
        let mut completions = Vec::new();
        clap_complete::generate(shell, &mut Cli::command(), "msgraph-emulator", &mut completions);
        return printed(&completions);
    }
    log(cli.log);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("there is no runtime: {error}")),
    };
    runtime.block_on(run(&cli))
}

async fn run(cli: &Cli) -> ExitCode {
    // Listened to before anybody is told that it is there, so that none comes too early.
    let mut signals = match Signals::listen() {
        Ok(signals) => signals,
        Err(error) => return failed(&format!("cannot listen to signals: {error}")),
    };
    let started = tokio::select! {
        started = cli.emulator().start() => started,
        // It may wait for a database that somebody else holds.
        () = signals.next() => return ExitCode::SUCCESS,
    };
    let emulator = match started {
        Ok(emulator) => emulator,
        Err(error @ Error::Store(_)) => return failed(&format!("{}: {error}", cli.database())),
        Err(error) => return failed(&error.to_string()),
    };
    if !cli.is_local() {
        let warning = "it can be reached by the network, in clear text, and is made for tests";
        anstream::eprintln!("\x1b[33mwarning\x1b[0m: {warning}");
    }
    let text = if cli.json { as_json(cli, &emulator) } else { as_text(cli, &emulator) };
    let printed = printed(text.as_bytes());
    if printed == ExitCode::SUCCESS {
        signals.next().await;
    }
    tokio::select! {
        () = emulator.stop() => printed,
        () = signals.next() => failed("told to end once more; requests were left unanswered"),
    }
}

fn as_text(cli: &Cli, emulator: &Emulator) -> String {
    let row = |name: &str, value: &str| format!("  \x1b[1m{name:<9}\x1b[0m {value}\n");
    let mut text = format!("msgraph-emulator {}\n", env!("CARGO_PKG_VERSION"));
    text += &row("v1.0", &emulator.v1());
    text += &row("beta", &emulator.beta());
    text += &row("token", emulator.token());
    if cli.has_admin() {
        text += &row("admin", &format!("{}/admin", emulator.url()));
        text += &row("", &format!("token {}", emulator.admin_token()));
    }
    text += &row("database", &cli.database().to_string());
    let header = format!("Authorization: Bearer {}", emulator.token());
    text += &row("try", &format!("curl -H '{header}' {}/groups", emulator.v1()));
    text + "Ctrl-C ends it.\n"
}

fn as_json(cli: &Cli, emulator: &Emulator) -> String {
    let mut line = json!({
        "url": emulator.url(),
        "port": emulator.address().port(),
        "v1": emulator.v1(),
        "beta": emulator.beta(),
        "token": emulator.token(),
        "database": cli.database().to_string(),
    });
    if cli.has_admin() {
        line["adminToken"] = json!(emulator.admin_token());
    }
    format!("{line}\n")
}

fn log(level: Level) {
    let level = match level {
        Level::Off => LevelFilter::OFF,
        Level::Warn => LevelFilter::WARN,
        Level::Debug => LevelFilter::DEBUG,
    };
    let colours = anstream::AutoStream::choice(&std::io::stderr());
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_ansi(colours != anstream::ColorChoice::Never)
        .init();
}

fn printed(text: &[u8]) -> ExitCode {
    let mut out = anstream::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&format!("cannot print: {error}")),
    }
}

fn failed(reason: &str) -> ExitCode {
    anstream::eprintln!("\x1b[31merror\x1b[0m: {reason}");
    ExitCode::FAILURE
}
