//! `cargo xtask completions`: a completion script for a shell.

use std::io;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::exit::Exit;

/// Print a completion script for a shell.
///
/// The script completes `xtask`, the name under which the built program can be put on the path.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  cargo xtask completions bash > ~/.local/share/bash-completion/completions/xtask"
)]
pub(crate) struct Arguments {
    /// The shell.
    shell: Shell,
}

/// Prints the script of the command line `C`.
pub(crate) fn run<C: CommandFactory>(arguments: &Arguments) -> io::Result<Exit> {
    clap_complete::generate(arguments.shell, &mut C::command(), "xtask", &mut io::stdout());
    Ok(Exit::Done)
}
