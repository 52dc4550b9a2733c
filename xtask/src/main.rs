//! The commands of this workspace: `cargo xtask --help`.
//!
//! Only here is anything read from or written to the disk; what is between is the pipeline's, which
//! is pure. `commands` has a file per command, and beside it stands what they share: which inputs
//! (`config`, `inputs`, `load`, `watch`), a run over them (`round`), what it makes of findings
//! (`findings`), the output folder and its `codegen.lock` (`output`, `lock`), runs that need not be made again (`record`),
//! the page of a report
//! (`report`), and what people and shells are told (`messages`, `progress`, `clock`, `exit`).

mod clock;
mod commands;
mod config;
mod crates;
mod exit;
mod findings;
mod inputs;
mod load;
mod lock;
mod messages;
mod output;
mod progress;
mod record;
mod report;
mod round;
mod watch;

use clap::{Parser, Subcommand};

use commands::{
    bench, codegen, completions, contract, docs, explain, features, ir, lint, openapi, permissions,
    scale, trace,
};

/// Most of a run is spent on small pieces of text and code: with the system's allocator, a third of it
/// on asking for their memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    Openapi(openapi::Arguments),
    Permissions(permissions::Arguments),
    Trace(trace::Arguments),
    Explain(explain::Arguments),
    Ir(ir::Arguments),
    Bench(bench::Arguments),
    BenchScale(scale::Arguments),
    Completions(completions::Arguments),
    Contract(contract::Arguments),
    Features(features::Arguments),
}

fn main() -> std::process::ExitCode {
    if let Some(code) = scale::meter::run_if_asked() {
        return code;
    }
    let exit = match Arguments::parse().command {
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Report(arguments) => commands::report::run(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::Openapi(arguments) => openapi::run(&arguments),
        Command::Permissions(arguments) => permissions::run(&arguments),
        Command::Trace(arguments) => trace::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Ir(arguments) => ir::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::BenchScale(arguments) => scale::run(&arguments),
        Command::Contract(arguments) => contract::run(&arguments),
        Command::Features(arguments) => features::run(&arguments),
        Command::Completions(arguments) => completions::run::<Arguments>(&arguments),
    };
    exit.unwrap_or_else(|error| messages::failure(&error)).into()
}
