//! `cargo xtask completions`: a completion script for a shell.

use std::io::{self, Write};

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
    // The generator panics where it cannot write, so it is given memory to write to.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut C::command(), "xtask", &mut script);
    let mut out = io::stdout().lock();
    out.write_all(&script).and_then(|()| out.flush())?;
    Ok(Exit::Done)
}
