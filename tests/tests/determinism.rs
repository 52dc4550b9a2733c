//! Same input, same bytes: twice, in any order of the pages, and with either kind of line ending.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::Path;

use msgraph_pipeline::{Input, OutputSet, Pass, PlanOptions, Settings, generate};
use msgraph_source::SourceMap;
use msgraph_tests::workspace;

const PAGES: [&str; 3] = [
    "docs/api/group-post-threads.md",
    "docs/resources/conversationthread.md",
    "docs/resources/post.md",
];

fn output(
    version: &str,
    name: &str,
    order: [usize; 3],
    edit: impl Fn(String) -> String,
) -> OutputSet {
    let folder = workspace().join("schemas").join(name);
    let mut sources = SourceMap::new();
    let mut add =
        |path: &Path, shown: &str| sources.add(shown, edit(fs::read_to_string(path).unwrap()));
    let pages = order.map(|index| add(&folder.join(PAGES[index]), PAGES[index])).to_vec();
    let metadata = vec![add(&folder.join("metadata.csdl"), "metadata.csdl")];
    let settings = Settings {
        version: version.to_owned(),
        options: PlanOptions::for_version(version),
        selectors: vec!["group-post-threads".to_owned()],
    };
    let outcome =
        generate(&sources, &Input { metadata, pages }, &settings, Pass::Emit, &mut |_| {});
    outcome.output.unwrap_or_else(|| panic!("{:#?}", outcome.diagnostics))
}

const VERSIONS: [(&str, &str); 2] = [("v1.0", "v1"), ("beta", "beta")];

#[test]
fn the_committed_bytes_come_out_again() {
    for (version, name) in VERSIONS {
        for (path, text) in output(version, name, [0, 1, 2], |text| text).iter() {
            let committed = fs::read_to_string(workspace().join("generated").join(name).join(path))
                .unwrap_or_default();
            assert!(committed == *text, "{name}/{path} differs from what is committed");
        }
    }
}

#[test]
fn the_order_of_pages_does_not_matter() {
    for (version, name) in VERSIONS {
        let straight = output(version, name, [0, 1, 2], |text| text);
        for order in [[2, 1, 0], [1, 2, 0], [2, 0, 1]] {
            assert!(output(version, name, order, |text| text) == straight, "{order:?}");
        }
    }
}

#[test]
fn line_endings_do_not_matter() {
    for (version, name) in VERSIONS {
        let lf = output(version, name, [0, 1, 2], |text| text);
        assert!(output(version, name, [0, 1, 2], |text| text.replace('\n', "\r\n")) == lf);
    }
}

#[test]
fn a_byte_order_mark_does_not_matter() {
    for (version, name) in VERSIONS {
        let plain = output(version, name, [0, 1, 2], |text| text);
        assert!(output(version, name, [0, 1, 2], |text| format!("\u{feff}{text}")) == plain);
    }
}
