//! The pass that is running, on a terminal, where a run takes long.
//!
//! In come the names of passes; out goes one line on standard error that the next one overwrites. Holds: a
//! pipe and a short run see nothing of it, and it is gone in the end.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// A run that ends sooner says nothing.
const LONG: Duration = Duration::from_millis(300);

/// A line on standard error that is overwritten with each pass and gone in the end.
pub(crate) struct Progress {
    since: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    /// Shows passes unless `quiet`, or unless nobody looks.
    pub(crate) fn new(quiet: bool) -> Self {
        let is_watched = !quiet && io::stderr().is_terminal();
        Self { since: is_watched.then(Instant::now), is_shown: false }
    }

    /// Shows that `pass` begins.
    pub(crate) fn show(&mut self, pass: &str) {
        if self.since.is_some_and(|since| since.elapsed() > LONG) {
            self.is_shown = true;
            // That nobody can see it is no reason to stop.
            let _ = write!(io::stderr(), "\r\u{1b}[K{pass} …").and_then(|()| io::stderr().flush());
        }
    }

    /// Takes the line away.
    pub(crate) fn end(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            let _ = write!(io::stderr(), "\r\u{1b}[K").and_then(|()| io::stderr().flush());
        }
    }
}
