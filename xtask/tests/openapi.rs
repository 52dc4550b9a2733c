//! `cargo xtask openapi`: documents that are read, both formats, and those that are not.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;

use serde_json::{Value, json};
use support::xtask;

const SHELF: &str = "openapi: 3.1.0\npaths: {/shelves: {}}\ncomponents: {schemas: {Shelf: {}}}\n";

#[test]
fn a_document_is_a_line() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("shelf.yaml"), SHELF).unwrap();
    let run = xtask(root.path(), &["openapi", "shelf.yaml"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout, "shelf.yaml: OpenAPI 3.1: 1 path, 1 schema, 0 references\n");
}

#[test]
fn a_document_is_an_object_for_programs() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("shelf.yaml"), SHELF).unwrap();
    let run = xtask(root.path(), &["openapi", "shelf.yaml", "--message-format", "json"]);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let expected = json!({
        "event": "openapi", "path": "shelf.yaml", "version": "3.1", "paths": 1, "schemas": 1, "references": 0,
    });
    assert_eq!((run.code, found), (0, expected));
}

#[test]
fn what_is_wrong_has_a_place_and_the_code_1() {
    let root = tempfile::tempdir().unwrap();
    for (text, code, place) in [
        ("openapi: 3.0.3\npaths: {/a: {$ref: 'b.yaml'}}\n", "openapi::external_reference", "2:20"),
        ("openapi: 2.0\n", "openapi::version", "1:10"),
        ("a: &a [*a]\n", "openapi::alias", "1:8"),
    ] {
        fs::write(root.path().join("a.yaml"), text).unwrap();
        let run = xtask(root.path(), &["openapi", "a.yaml"]);
        assert_eq!(run.code, 1, "{text}");
        assert!(run.stderr.contains(code), "{code} in {}", run.stderr);
        assert!(run.stderr.contains(&format!("a.yaml:{place}")), "{place} in {}", run.stderr);
    }
}

#[test]
fn what_is_no_document_is_told() {
    let root = tempfile::tempdir().unwrap();
    let run = xtask(root.path(), &["openapi", "gone.yaml"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("cannot read gone.yaml"), "{}", run.stderr);
    assert_eq!(xtask(root.path(), &["openapi"]).code, 2);
}
