//! The commands of this workspace: `cargo xtask --help`.
//!
//! Only here is anything read from or written to the disk; what is between is the pipeline's, which
//! is pure. One file per command in `commands`, and beside them what they share: the configuration,
//! the loading of inputs, the output folder, the messages.

mod baseline;
mod clock;
mod codes;
mod commands;
mod config;
mod exit;
mod identity;
mod inputs;
mod levels;
mod load;
mod lock;
mod messages;
mod output;
mod page_paths;
mod progress;
mod report;
mod round;
mod summary;
mod suppressions;
mod watch;
mod wildcard;

use clap::{Parser, Subcommand};

use commands::{bench, codegen, completions, docs, explain, ir, lint, permissions, trace};

/// Rust for Microsoft Graph, generated from its metadata and its documentation.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, after_help = exit::HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Codegen(codegen::Arguments),
    Lint(lint::Arguments),
    Report(commands::report::Arguments),
    Docs(docs::Arguments),
    Permissions(permissions::Arguments),
    Trace(trace::Arguments),
    Explain(explain::Arguments),
    Ir(ir::Arguments),
    Bench(bench::Arguments),
    Completions(completions::Arguments),
}

fn main() -> std::process::ExitCode {
    let exit = match Arguments::parse().command {
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Report(arguments) => commands::report::run(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::Permissions(arguments) => permissions::run(&arguments),
        Command::Trace(arguments) => trace::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Ir(arguments) => ir::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Completions(arguments) => completions::run::<Arguments>(&arguments),
    };
    exit.unwrap_or_else(|error| messages::failure(&error)).into()
}
