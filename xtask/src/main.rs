//! The commands of this workspace: `cargo xtask --help`.
//!
//! Only here is anything read from or written to the disk; what is between is the pipeline's, which
//! is pure. One file per command, and beside them what they share: the configuration, the loading
//! of inputs, the output folder, the reporting of diagnostics.

mod bench;
mod codegen;
mod completions;
mod config;
mod exit;
mod explain;
mod ir;
mod load;
mod output;
mod report;

use clap::{Parser, Subcommand};

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
    Explain(explain::Arguments),
    Ir(ir::Arguments),
    Bench(bench::Arguments),
    Completions(completions::Arguments),
}

fn main() -> std::process::ExitCode {
    let exit = match Arguments::parse().command {
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Ir(arguments) => ir::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Completions(arguments) => completions::run::<Arguments>(&arguments),
    };
    exit.unwrap_or_else(|error| report::failure(&error)).into()
}
