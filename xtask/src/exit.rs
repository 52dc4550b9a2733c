//! How a command ends, and the codes that tell it to the shell.
//!
//! Every command ends in an [`Exit`], so that a code means the same behind all of them; 2 is clap's.

use std::process::ExitCode;

/// Shown below the help of the program.
pub(crate) const HELP: &str = "\
Exit codes:
  0  done; with --check: everything is up to date
  1  the inputs, the selection or the configuration have errors, or --check found a difference
  2  the command line is wrong
  3  writing failed";

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// As asked.
    Done,
    /// The inputs have errors, or a check found a difference.
    Findings,
    /// The disk, a terminal or a child process failed.
    Disk,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Disk => 3,
        })
    }
}
