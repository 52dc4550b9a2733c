//! What the script of a report reads, as JSON.
//!
//! In comes the model, out goes JSON that can stand in an HTML element: no `<` is in it. Findings are
//! arrays and name texts, files and codes by number, so that 5,000 of them stay small.

use std::collections::BTreeMap;

use msgraph_source::Code;
use serde::Serialize;

use super::measure::measures;
use super::model::{Finding, Model};
use super::places::Place;
use super::summary::Summary;

#[derive(Serialize)]
struct Data<'a> {
    /// Name, and whether it counts towards the share.
    measures: Vec<(String, bool)>,
    /// Name, severity, title.
    codes: Vec<(&'static str, &'static str, &'static str)>,
    areas: Vec<&'a str>,
    files: &'a [String],
    pages: Vec<PageData<'a>>,
    texts: Vec<&'a str>,
    findings: Vec<FindingData<'a>>,
}

/// File, area, title, and of each measure that is not zero its number, agreeing, differing, not held.
type PageData<'a> = (usize, usize, &'a str, Vec<(usize, usize, usize, usize)>);

/// Code, page, area, message, places, notes, help, number of places that are not shown.
type FindingData<'a> = (usize, i64, usize, usize, &'a [Place], &'a [usize], i64, usize);

/// The data of `model`.
pub(super) fn data(model: &Model, summary: &Summary) -> Result<String, serde_json::Error> {
    let areas: Vec<&str> = summary.areas.iter().map(|area| area.name.as_str()).collect();
    let numbers: BTreeMap<&str, usize> =
        areas.iter().enumerate().map(|(index, &area)| (area, index)).collect();
    let area = |name: &str| numbers.get(name).copied().unwrap_or(0);
    let named = |code: Code| (code.id(), code.severity().name(), code.title());
    let pages = model.pages.iter().map(|page| {
        let counts = measures(&page.counts).into_iter().enumerate();
        let counts = counts
            .filter(|(_, measure)| measure.all() > 0)
            .map(|(index, measure)| (index, measure.agree, measure.differ, measure.not_held))
            .collect();
        (page.file, area(&page.area), page.title.as_str(), counts)
    });
    let data = Data {
        measures: measures(&summary.counts)
            .into_iter()
            .map(|it| (it.label.clone(), it.counts()))
            .collect(),
        codes: summary.codes.iter().map(|(code, _)| named(*code)).collect(),
        files: &model.files,
        pages: pages.collect(),
        texts: model.texts.list(),
        findings: model
            .findings
            .iter()
            .map(|finding| {
                let code = summary.codes.iter().position(|(code, _)| *code == finding.code);
                finding_data(finding, code.unwrap_or(0), area(&finding.area))
            })
            .collect(),
        areas: areas.clone(),
    };
    // `</script>` and `<!--` would end or change the element that holds the data.
    Ok(serde_json::to_string(&data)?.replace('<', "\\u003c"))
}

fn finding_data(finding: &Finding, code: usize, area: usize) -> FindingData<'_> {
    let optional =
        |number: Option<usize>| number.and_then(|it| i64::try_from(it).ok()).unwrap_or(-1);
    (
        code,
        optional(finding.page),
        area,
        finding.message,
        &finding.places,
        &finding.notes,
        optional(finding.help),
        finding.hidden,
    )
}
