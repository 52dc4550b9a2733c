//! A fixture through the whole generator.
//!
//! `input.csdl` is the metadata (`input.NAME.csdl` a further document), or `input.yaml` the OpenAPI, `input.NAME.md` the page
//! `NAME`, and `input.show` says what to generate and what of it to show: lines of a word and its
//! argument, of which `select` gives a selector (without one, everything is selected) and `prefix`
//! the beginning of the packages' names.

use msgraph_pipeline::{Input, Outcome, Pass, PlanOptions, Settings, generate};
use msgraph_source::SourceMap;
use msgraph_tests::Fixture;

/// What a fixture asks for.
pub(crate) fn settings(fixture: &Fixture) -> Settings {
    let mut options = PlanOptions::for_version("v1.0");
    if let Some(prefix) = arguments(fixture, "prefix").next() {
        options.crate_prefix = prefix.to_owned();
    }
    if let Some(most) = arguments(fixture, "most").next() {
        options.most_members = most.parse().expect("`most` has a number behind it");
    }
    let mut selectors: Vec<String> = arguments(fixture, "select").map(str::to_owned).collect();
    if selectors.is_empty() {
        selectors.push("all".to_owned());
    }
    Settings { version: "v1.0".to_owned(), selectors, options }
}

/// What stands behind the word `word`, in the order of the lines of `input.show`.
pub(crate) fn arguments<'f>(
    fixture: &'f Fixture,
    word: &'static str,
) -> impl Iterator<Item = &'f str> {
    let lines = fixture.input("input.show").lines();
    lines.filter_map(move |line| Some(line.strip_prefix(word)?.strip_prefix(' ')?.trim()))
}

/// Runs the passes up to `last`.
pub(crate) fn run(fixture: &Fixture, settings: &Settings, last: Pass) -> (SourceMap, Outcome) {
    let mut sources = SourceMap::new();
    let mut input = Input::default();
    for (name, text) in &fixture.inputs {
        let name = name.strip_prefix("input.").unwrap_or(name);
        if name.ends_with("csdl") {
            input.metadata.push(sources.add(name, text.as_str()));
        } else if name.ends_with("yaml") {
            input.openapi = Some(sources.add(name, text.as_str()));
        } else if name.ends_with(".md") {
            input.pages.push(sources.add(name, text.as_str()));
        }
    }
    let outcome = generate(&sources, &input, settings, last, &mut |_| {});
    (sources, outcome)
}
