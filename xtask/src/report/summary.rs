//! The sums of a report.
//!
//! In comes the model, out go totals, a line per area and a line per code.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use msgraph_pipeline::Counts;
use msgraph_source::{Code, Severity};

use super::model::Model;

/// The sums.
pub(super) struct Summary {
    /// Over all pages.
    pub(super) counts: Counts,
    /// Over all findings.
    pub(super) found: Found,
    /// Pages that no finding is about.
    pub(super) clean_pages: usize,
    /// By area, those with the most findings first.
    pub(super) areas: Vec<Area>,
    /// The codes in the order of the findings.
    pub(super) codes: Vec<(Code, usize)>,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Default)]
pub(super) struct Found {
    /// Errors.
    pub(super) errors: usize,
    /// Warnings.
    pub(super) warnings: usize,
    /// Notes.
    pub(super) notes: usize,
}

/// The sums of an area.
#[derive(Default)]
pub(super) struct Area {
    /// Its name.
    pub(super) name: String,
    /// How many pages it has.
    pub(super) pages: usize,
    /// What agrees.
    pub(super) counts: Counts,
    /// What was found.
    pub(super) found: Found,
}

impl Found {
    fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }

    /// All.
    pub(super) fn all(self) -> usize {
        self.errors + self.warnings + self.notes
    }
}

/// Adds up `model`.
pub(super) fn summary(model: &Model) -> Summary {
    let mut areas: BTreeMap<&str, Area> = BTreeMap::new();
    let mut counts = Counts::default();
    for page in &model.pages {
        counts += page.counts;
        let area = areas.entry(&page.area).or_default();
        area.pages += 1;
        area.counts += page.counts;
    }
    let mut found = Found::default();
    let mut is_clean = vec![true; model.pages.len()];
    let mut codes: Vec<(Code, usize)> = Vec::new();
    for finding in &model.findings {
        found.count(finding.code.severity());
        areas.entry(&finding.area).or_default().found.count(finding.code.severity());
        if let Some(is_clean) = finding.page.and_then(|page| is_clean.get_mut(page)) {
            *is_clean = false;
        }
        match codes.last_mut() {
            Some((code, number)) if *code == finding.code => *number += 1,
            _ => codes.push((finding.code, 1)),
        }
    }
    let mut areas: Vec<Area> =
        areas.into_iter().map(|(name, area)| Area { name: name.to_owned(), ..area }).collect();
    areas.sort_by_key(|area| Reverse(area.found.all()));
    let clean_pages = is_clean.into_iter().filter(|&is_clean| is_clean).count();
    Summary { counts, found, clean_pages, areas, codes }
}
