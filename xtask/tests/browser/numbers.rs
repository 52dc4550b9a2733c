//! The numbers of a report, read off the page and held against the pipeline's.

use std::collections::BTreeMap;
use std::fs;

use msgraph_pipeline::{Bodies, Tally};
use msgraph_source::Severity;

use crate::driver::{Driver, Page};
use crate::inputs::{self, Made, grouped};

/// Of the schemas of this repository.
pub fn committed(driver: &Driver) {
    let made = inputs::committed();
    driver.open(&made.file, async |page| numbers(page, &made).await);
}

/// Of the real inputs.
pub fn corpus(driver: &Driver) {
    let (metadata, docs) = inputs::corpus().unwrap();
    let made = inputs::report(&metadata, &docs);
    let size = fs::metadata(&made.file).unwrap().len();
    assert!(size < 6_000_000, "{size} bytes are too many to be opened at ease");
    driver.open(&made.file, async |page| numbers(page, &made).await);
}

async fn numbers(page: &Page, made: &Made) {
    let findings = made.review.diagnostics.len();
    assert!(made.told.contains(&format!("{findings} finding")), "{}", made.told);
    page.wait_for("status", &made.told(|_| true)).await;
    totals(page, made).await;
    cards(page, made).await;
    codes(page, made).await;
    areas(page, made).await;
    pages(page, made).await;
}

async fn totals(page: &Page, made: &Made) {
    let counts = made.review.api.as_ref().unwrap().agreement.total();
    let tally = |it: Tally| [it.agreeing, it.all - it.agreeing, 0, it.all].map(grouped).to_vec();
    let bodies = |it: Bodies| {
        let differ = it.explained - it.untyped;
        [it.clean, differ, it.all - it.clean - differ, it.all].map(grouped).to_vec()
    };
    let tallies = counts.tallies().map(|(_, it)| tally(it));
    let bodies = counts.bodies().map(|(_, it)| bodies(it));
    let expected = [&tallies[..3], &bodies, &tallies[3..]].concat();
    let shown: Vec<Vec<String>> =
        page.cells("#totals-table tbody tr").await.iter().map(|row| row[1..5].to_vec()).collect();
    assert_eq!(shown, expected);
}

async fn cards(page: &Page, made: &Made) {
    for (id, severity) in
        [("error", Severity::Error), ("warning", Severity::Warning), ("note", Severity::Note)]
    {
        assert_eq!(page.text(&format!("#card-{id}")).await, grouped(made.of(severity)), "{id}");
    }
    let mut with_findings: Vec<_> =
        made.review.diagnostics.iter().filter_map(|found| made.page(found)).collect();
    with_findings.sort();
    with_findings.dedup();
    let clean = made.names.len() - with_findings.len();
    assert_eq!(page.text("#card-clean").await, grouped(clean));
}

async fn codes(page: &Page, made: &Made) {
    let names = page.texts("details.code > summary code").await;
    let counts = page.texts("details.code > summary .count").await;
    let shown: BTreeMap<String, String> = names.into_iter().zip(counts).collect();
    let expected: BTreeMap<String, String> =
        made.codes().into_iter().map(|(code, n)| (code.to_owned(), grouped(n))).collect();
    assert_eq!(shown, expected);
}

async fn areas(page: &Page, made: &Made) {
    let agreement = &made.review.api.as_ref().unwrap().agreement;
    let mut expected: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut area_of = BTreeMap::new();
    for entry in &agreement.pages {
        let named = entry.area.as_deref().map(str::trim).filter(|area| !area.is_empty());
        let area = named.unwrap_or("(none)");
        expected.entry(area).or_default().0 += 1;
        area_of.insert(entry.page.span.file, area);
    }
    for diagnostic in &made.review.diagnostics {
        let area = made.page(diagnostic).map_or("(no page)", |file| area_of[&file]);
        expected.entry(area).or_default().1 += 1;
    }
    let rows = page.cells("#areas-table tbody tr").await;
    let shown: BTreeMap<&str, (String, String)> =
        rows.iter().map(|row| (row[0].as_str(), (row[1].clone(), row[6].clone()))).collect();
    let expected: BTreeMap<&str, (String, String)> =
        expected.into_iter().map(|(area, (a, b))| (area, (grouped(a), grouped(b)))).collect();
    assert_eq!(shown, expected);
}

/// The table of pages starts with the page that has the most findings.
async fn pages(page: &Page, made: &Made) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in &made.review.diagnostics {
        if let Some(file) = made.page(diagnostic) {
            *counts.entry(&made.names[&file]).or_default() += 1;
        }
    }
    let most = counts.values().max().copied().unwrap_or(0);
    let rows = page.cells("#pages-table tbody tr").await;
    assert_eq!(rows[0][6], grouped(most));
    let caption = page.text("#pages-table caption").await;
    assert_eq!(caption, format!("{} pages", grouped(made.names.len())));
}
