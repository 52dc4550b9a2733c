//! Same input, same bytes: twice, in any order of the pages, and with either kind of line ending.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::PathBuf;

use msgraph_pipeline::OutputSet;
use msgraph_tests::committed::{self, Description, VERSIONS};
use msgraph_tests::workspace;

fn output(
    version: &str,
    name: &str,
    order: impl Fn(&mut [PathBuf]),
    edit: impl Fn(String) -> String,
) -> OutputSet {
    committed::generate(version, name, Description::Metadata, order, edit)
}

/// As the names have it.
fn sorted(_: &mut [PathBuf]) {}

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
