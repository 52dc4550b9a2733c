//! A diagnostic as a command judged it.
//!
//! In comes what a pass reported; beside it stands what only the command knows: how bad the finding
//! is held to be in this run, what identifies it from run to run, and why it is accepted. Every
//! renderer takes this, and a bare diagnostic stands for itself.

use crate::catalogue::Severity;
use crate::diagnostic::Diagnostic;

/// What a renderer shows.
#[derive(Clone, Copy, Debug)]
pub struct Finding<'a> {
    /// What was reported.
    pub diagnostic: &'a Diagnostic,
    /// How bad it is held to be.
    pub severity: Severity,
    /// What identifies it from run to run.
    pub fingerprint: Option<&'a str>,
    /// Why it is accepted.
    pub suppression: Option<&'a str>,
}

impl<'a> From<&'a Diagnostic> for Finding<'a> {
    fn from(diagnostic: &'a Diagnostic) -> Self {
        Self { diagnostic, severity: diagnostic.severity(), fingerprint: None, suppression: None }
    }
}
