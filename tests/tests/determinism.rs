//! Same input, same bytes: twice, in any order of the pages, and with either kind of line ending.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

use msgraph_pipeline::{Input, OutputSet, Pass, PlanOptions, Settings, generate};
use msgraph_source::SourceMap;
use msgraph_tests::workspace;

/// What `schemas/codegen.yaml` selects of both versions.
const SELECTORS: [&str; 6] = [
    "documented",
    "type microsoft.graph.fileAttachment",
    "type microsoft.graph.itemAttachment",
    "type microsoft.graph.referenceAttachment",
    "type microsoft.graph.event",
    "type microsoft.graph.openTypeExtension",
];

/// The committed pages of a version, by name.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = ["docs/api", "docs/resources"]
        .iter()
        .flat_map(|part| fs::read_dir(folder.join(part)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    pages.sort();
    assert!(pages.len() > 60, "{} pages", pages.len());
    pages
}

fn output(
    version: &str,
    name: &str,
    order: impl Fn(&mut [PathBuf]),
    edit: impl Fn(String) -> String,
) -> OutputSet {
    let folder = workspace().join("schemas").join(name);
    let mut sources = SourceMap::new();
    let mut add = |path: &Path| {
        let shown = path.strip_prefix(&folder).unwrap().to_str().unwrap();
        sources.add(shown, edit(fs::read_to_string(path).unwrap()))
    };
    let mut paths = pages(&folder);
    order(&mut paths);
    let pages = paths.iter().map(|path| add(path)).collect();
    let metadata = vec![add(&folder.join("metadata.csdl"))];
    let settings = Settings {
        version: version.to_owned(),
        options: PlanOptions::for_version(version),
        selectors: SELECTORS.map(str::to_owned).to_vec(),
    };
    let outcome = generate(
        &sources,
        &Input { metadata, pages, ..Input::default() },
        &settings,
        Pass::Emit,
        &mut |_| {},
    );
    outcome.output.unwrap_or_else(|| panic!("{:#?}", outcome.diagnostics))
}

/// As the names have it.
fn sorted(_: &mut [PathBuf]) {}

const VERSIONS: [(&str, &str); 2] = [("v1.0", "v1"), ("beta", "beta")];

#[test]
fn the_committed_bytes_come_out_again() {
    for (version, name) in VERSIONS {
        for (path, text) in output(version, name, sorted, |text| text).iter() {
            let committed = fs::read_to_string(workspace().join("generated").join(name).join(path))
                .unwrap_or_default();
            assert!(committed == *text, "{name}/{path} differs from what is committed");
        }
    }
}

#[test]
fn the_order_of_pages_does_not_matter() {
    let orders: [fn(&mut [PathBuf]); 3] = [
        |pages| pages.reverse(),
        |pages| pages.rotate_left(17),
        |pages| pages.sort_by_key(|page| page.to_str().unwrap().chars().rev().collect::<String>()),
    ];
    for (version, name) in VERSIONS {
        let straight = output(version, name, sorted, |text| text);
        for (index, order) in orders.into_iter().enumerate() {
            assert!(output(version, name, order, |text| text) == straight, "order {index}");
        }
    }
}

#[test]
fn line_endings_do_not_matter() {
    for (version, name) in VERSIONS {
        let lf = output(version, name, sorted, |text| text);
        assert!(output(version, name, sorted, |text| text.replace('\n', "\r\n")) == lf);
    }
}

#[test]
fn a_byte_order_mark_does_not_matter() {
    for (version, name) in VERSIONS {
        let plain = output(version, name, sorted, |text| text);
        assert!(output(version, name, sorted, |text| format!("\u{feff}{text}")) == plain);
    }
}
