//! What this run makes of findings: shown or not, and as what.
//!
//! In come findings and the options; out go those to be shown, with their severity and fingerprint, and
//! how many are hidden by what. Holds: what stands in the way of the run is always shown.

use msgraph_source::render::Finding;
use msgraph_source::{Diagnostic, Severity, SourceMap};

use super::Arguments;
use super::page_names::names_page;
use crate::findings::baseline::Baseline;
use crate::findings::identity::fingerprints;
use crate::findings::levels::{Levels, stands_in_the_way};
use crate::findings::summary::Hidden;
use crate::findings::suppressions::Suppressions;

/// Findings as this run judges them.
#[derive(Default)]
pub(super) struct Judged {
    findings: Vec<JudgedFinding>,
    /// How many are not shown, and why.
    pub(super) hidden: Hidden,
}

struct JudgedFinding {
    diagnostic: Diagnostic,
    severity: Severity,
    fingerprint: Option<String>,
    suppression: Option<String>,
}

impl Judged {
    /// The findings to show, in their order.
    pub(super) fn shown(&self) -> impl Iterator<Item = Finding<'_>> {
        self.findings.iter().map(|finding| Finding {
            diagnostic: &finding.diagnostic,
            severity: finding.severity,
            fingerprint: finding.fingerprint.as_deref(),
            suppression: finding.suppression.as_deref(),
        })
    }

    /// Adds findings about baseline and suppressions.
    pub(super) fn add(&mut self, diagnostics: impl Iterator<Item = Diagnostic>, levels: &Levels) {
        for diagnostic in diagnostics {
            match levels.of(diagnostic.code) {
                Some(severity) => self.findings.push(JudgedFinding {
                    diagnostic,
                    severity,
                    fingerprint: None,
                    suppression: None,
                }),
                None => self.hidden.allowed += 1,
            }
        }
    }
}

/// Decides of each finding whether it is shown, and as what.
pub(super) fn judge(
    arguments: &Arguments,
    sources: &SourceMap,
    diagnostics: Vec<Diagnostic>,
    suppressions: &mut Suppressions,
    mut baseline: Option<&mut Baseline>,
) -> Judged {
    let reasons = suppressions.reasons(sources, &diagnostics);
    let fingerprints = fingerprints(sources, &diagnostics);
    let mut judged = Judged::default();
    for ((diagnostic, suppression), fingerprint) in
        diagnostics.into_iter().zip(reasons).zip(fingerprints)
    {
        let about_the_run = stands_in_the_way(diagnostic.code);
        let is_known = !about_the_run
            && suppression.is_none()
            && baseline.as_mut().is_some_and(|b| b.knows(sources, &diagnostic, &fingerprint));
        let severity = arguments.levels.of(diagnostic.code);
        let is_wanted = about_the_run || is_asked_for(arguments, sources, &diagnostic);
        let hidden = &mut judged.hidden;
        match severity {
            _ if !is_wanted => hidden.filtered += 1,
            _ if is_known => hidden.baseline += 1,
            _ if suppression.is_some() && !arguments.show_suppressed => hidden.suppressed += 1,
            None => hidden.allowed += 1,
            Some(severity) => judged.findings.push(JudgedFinding {
                // What is accepted does not fail the run.
                severity: if suppression.is_some() { diagnostic.severity() } else { severity },
                diagnostic,
                fingerprint: Some(fingerprint),
                suppression,
            }),
        }
    }
    judged
}

/// Whether `--only` and `--page` let the finding through.
fn is_asked_for(arguments: &Arguments, sources: &SourceMap, diagnostic: &Diagnostic) -> bool {
    let has_code = arguments.only.is_empty()
        || arguments.only.iter().any(|selector| selector.covers(diagnostic.code));
    let has_page = || {
        let mut paths = diagnostic.labels.iter().map(|label| sources.file(label.span.file).path());
        paths.any(|path| arguments.page.iter().any(|page| names_page(page, path)))
    };
    has_code && (arguments.page.is_empty() || has_page())
}
