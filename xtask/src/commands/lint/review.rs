//! Pages held against metadata, over all targets.
//!
//! In come targets; out go findings in the order of the pages and of their lines, and the counts of
//! agreement. A page that cannot be read is a finding, and the others are looked at.

use msgraph_pipeline::Counts;
use msgraph_source::{Diagnostic, FileId, SourceMap, catalogue, nearest};

use super::page_names::{names_page, stem};
use crate::config::Target;
use crate::load;

/// What holding documents against metadata gave, over all targets.
pub(super) struct Review {
    /// What there is to say, a page after the other.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The pages that could be read.
    pub(super) pages: Vec<FileId>,
    /// How far they agree with the metadata.
    pub(super) agreement: Counts,
    /// Whether all pages could be held against metadata.
    pub(super) is_complete: bool,
}

impl Default for Review {
    fn default() -> Self {
        let (diagnostics, pages, agreement) = Default::default();
        // Nothing was asked for yet that could not be looked at.
        Self { diagnostics, pages, agreement, is_complete: true }
    }
}

impl Review {
    /// Adds what holding the pages of `target` against its metadata gives.
    pub(super) fn add(
        &mut self,
        sources: &mut SourceMap,
        target: &Target,
        observe: &mut dyn FnMut(&'static str),
    ) {
        observe("read");
        let (input, problems) = load::readable(sources, target);
        self.diagnostics.extend(problems);
        let Some(input) = input else {
            self.is_complete = false;
            return;
        };
        let review = msgraph_pipeline::lint(sources, &input, &target.version, &mut |pass| {
            observe(pass.name());
        });
        self.is_complete &= review.api.is_some();
        self.diagnostics.extend(review.diagnostics);
        self.agreement += review.api.map(|api| api.agreement.total()).unwrap_or_default();
        self.pages.extend(input.pages);
        // What is said of one page stands together, in the order of its lines.
        self.diagnostics.sort_by_key(|found| found.primary().map(|span| (span.file, span.start)));
    }

    /// Where `--page` names no page that was read.
    pub(super) fn unknown_page(
        &self,
        sources: &SourceMap,
        patterns: &[String],
    ) -> Option<Diagnostic> {
        let paths = || self.pages.iter().map(|&page| sources.file(page).path());
        let unknown =
            patterns.iter().find(|pattern| !paths().any(|path| names_page(pattern, path)))?;
        let near = nearest(unknown, paths().map(stem), 3);
        let problem =
            Diagnostic::new(catalogue::config::INVALID, format!("no page is named {unknown:?}"));
        Some(match near.is_empty() {
            true => problem.help("a name may hold `*`, and folders before it"),
            false => problem.help(format!("did you mean {}?", near.join(" or "))),
        })
    }
}
