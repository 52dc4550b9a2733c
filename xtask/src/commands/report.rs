//! `cargo xtask report`.

use std::io;

use crate::exit::Exit;

/// Write an HTML report of how far documents and metadata agree.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) fn run(_arguments: &Arguments) -> io::Result<Exit> {
    Ok(Exit::Done)
}
