//! What a report shows, gathered from the reviews of all targets.
//!
//! In come reviews and the texts that they are about; out go pages with their counts, and findings
//! with their words and places, in the order in which they are shown. Holds: every text in here is
//! harmless to look at; files are called by names that say nothing of this machine.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use msgraph_pipeline::{Counts, Input, Review};
use msgraph_source::{Code, Diagnostic, FileId, SourceMap, render};

use super::names::Names;
use super::places::{self, MOST_LABELS, Place};
use super::texts::{TextId, Texts};
use crate::config::Target;

/// Characters of a message, a title, a name.
const LONGEST_LINE: usize = 600;
/// Characters of a note.
const LONGEST_NOTE: usize = 4_000;

/// The area of pages that name none.
const NO_AREA: &str = "(none)";
/// The area of findings that are about no page.
const NO_PAGE: &str = "(no page)";

/// What a report shows.
#[derive(Default)]
pub(crate) struct Model {
    /// What was compared.
    pub(super) compared: Vec<Compared>,
    /// The pages, by target in the order of their names.
    pub(super) pages: Vec<Page>,
    /// The findings, by code and page.
    pub(super) findings: Vec<Finding>,
    /// How many findings are accepted, and not among them.
    pub(super) accepted: usize,
    /// What the files are called.
    pub(super) files: Vec<String>,
    /// The words and lines.
    pub(super) texts: Texts,
}

/// One target.
pub(super) struct Compared {
    /// Its name.
    pub(super) name: String,
    /// The version as it stands in URLs.
    pub(super) version: String,
    /// What the metadata file is called.
    pub(super) metadata: String,
    /// How many pages were held against it.
    pub(super) pages: usize,
}

/// One page.
pub(super) struct Page {
    /// The file, by its number.
    pub(super) file: usize,
    /// The title; empty where there is none.
    pub(super) title: String,
    /// The area.
    pub(super) area: String,
    /// What agrees.
    pub(super) counts: Counts,
}

/// One finding.
pub(super) struct Finding {
    /// The entry of the catalogue.
    pub(super) code: Code,
    /// The page, by its number.
    pub(super) page: Option<usize>,
    /// The area of the page.
    pub(super) area: String,
    /// What is the case.
    pub(super) message: TextId,
    /// The lines.
    pub(super) places: Vec<Place>,
    /// How many places are not shown.
    pub(super) hidden: usize,
    /// Further facts.
    pub(super) notes: Vec<TextId>,
    /// What to do about it.
    pub(super) help: Option<TextId>,
}

impl Model {
    /// Adds the review of `target`; `is_one_of_several` targets have their names before their files'.
    pub(crate) fn add(
        &mut self,
        sources: &SourceMap,
        target: &Target,
        is_one_of_several: bool,
        input: &Input,
        review: &Review,
    ) {
        let names = Names::new(&target.docs, if is_one_of_several { &target.name } else { "" });
        let call = |id: FileId| line(&names.of(sources.file(id).path()));
        let mut numbers: BTreeMap<FileId, usize> = BTreeMap::new();
        self.compared.push(Compared {
            name: target.name.clone(),
            version: target.version.clone(),
            metadata: input.descriptions().next().map(call).unwrap_or_default(),
            pages: input.pages.len(),
        });
        let mut pages: BTreeMap<FileId, usize> = BTreeMap::new();
        for agreement in review.api.iter().flat_map(|api| &api.agreement.pages) {
            let file = agreement.page.span.file;
            pages.insert(file, self.pages.len());
            numbers.insert(file, self.files.len());
            self.pages.push(Page {
                file: self.files.len(),
                title: line(agreement.page.title.as_deref().unwrap_or_default()),
                area: match agreement.area.as_deref().map(str::trim) {
                    Some(area) if !area.is_empty() => line(area),
                    _ => NO_AREA.to_owned(),
                },
                counts: agreement.counts,
            });
            self.files.push(call(file));
        }
        for diagnostic in &review.diagnostics {
            let files = &mut self.files;
            let mut number = |id: FileId| {
                *numbers.entry(id).or_insert_with(|| {
                    files.push(call(id));
                    files.len() - 1
                })
            };
            let places = places::places(sources, &diagnostic.labels, &mut number, &mut self.texts);
            let finding = self.finding(diagnostic, &pages, places);
            self.findings.push(finding);
        }
    }

    fn finding(
        &mut self,
        diagnostic: &Diagnostic,
        pages: &BTreeMap<FileId, usize>,
        places: Vec<Place>,
    ) -> Finding {
        // What is said first of the metadata belongs to the page that is named with it.
        let page = diagnostic.labels.iter().find_map(|label| pages.get(&label.span.file)).copied();
        let area = page.and_then(|page| self.pages.get(page)).map_or(NO_PAGE, |page| &page.area);
        let note = |texts: &mut Texts, text: &str| texts.id(&render::lines(text, LONGEST_NOTE));
        Finding {
            code: diagnostic.code,
            page,
            area: area.to_owned(),
            message: self.texts.id(&render::line(&diagnostic.message, LONGEST_LINE)),
            places,
            hidden: diagnostic.labels.len().saturating_sub(MOST_LABELS),
            notes: diagnostic.notes.iter().map(|text| note(&mut self.texts, text)).collect(),
            help: diagnostic.help.as_deref().map(|text| note(&mut self.texts, text)),
        }
    }

    /// Puts the findings into the order in which they are shown: codes by severity and number of
    /// findings, in each the pages in their order, in each the lines.
    pub(crate) fn sort(&mut self) {
        let mut number: BTreeMap<&'static str, usize> = BTreeMap::new();
        for finding in &self.findings {
            *number.entry(finding.code.id()).or_default() += 1;
        }
        self.findings.sort_by_key(|finding| {
            let id = finding.code.id();
            let weight = (Reverse(finding.code.severity()), Reverse(number.get(id).copied()), id);
            let first = finding.places.first();
            let place = first.map(|place| (place.file, place.line, place.column));
            (weight, finding.page.is_none(), finding.page, place)
        });
    }

    /// Counts findings that are accepted, and not shown.
    pub(crate) fn accept(&mut self, number: usize) {
        self.accepted += number;
    }

    /// How many findings are accepted.
    pub(crate) fn accepted(&self) -> usize {
        self.accepted
    }

    /// How many findings there are.
    pub(crate) fn findings(&self) -> usize {
        self.findings.len()
    }

    /// How many pages there are.
    pub(crate) fn pages(&self) -> usize {
        self.pages.len()
    }
}

fn line(text: &str) -> String {
    render::line(text, LONGEST_LINE).into_owned()
}
