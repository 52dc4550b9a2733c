//! `cargo xtask permissions`.

use std::io;

use crate::exit::Exit;

/// Print the least-privileged permissions that operations need.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) fn run(_arguments: &Arguments) -> io::Result<Exit> {
    Ok(Exit::Done)
}
