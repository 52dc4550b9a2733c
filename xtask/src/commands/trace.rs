//! `cargo xtask trace`.

use std::io;

use crate::exit::Exit;

/// Show where each fact about a name comes from.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) fn run(_arguments: &Arguments) -> io::Result<Exit> {
    Ok(Exit::Done)
}
