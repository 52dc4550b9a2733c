//! `cargo xtask docs`.

use std::io;

use crate::exit::Exit;

/// Print what is read of documentation pages.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) fn run(_arguments: &Arguments) -> io::Result<Exit> {
    Ok(Exit::Done)
}
