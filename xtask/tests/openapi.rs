//! `cargo xtask openapi`: documents that are read, both formats, and those that are not.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use support::{workspace, xtask};

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
        "event": "openapi", "path": "shelf.yaml", "version": "3.1", "dialect": null, "paths": 1, "schemas": 1, "references": 0,
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

/// Generates from the text, where there is an output already.
fn generate(root: &Path, text: &str) -> support::Run {
    fs::write(root.join("a.yaml"), text).unwrap();
    xtask(root, &["codegen", "--openapi", "a.yaml", "--select", "all", "--out", "out"])
}

#[test]
fn a_document_is_generated_from_and_shows_its_dialect() {
    let root = tempfile::tempdir().unwrap();
    let run = generate(root.path(), SHELF);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(root.path().join("out/models/src/lib.rs").is_file());
    let committed = |name: &str| workspace().join("schemas").join(name);
    for (name, said) in
        [("v1/openapi.yaml", "of OData (Microsoft)"), ("library/openapi.yaml", "3.1: ")]
    {
        let run = xtask(root.path(), &["openapi", committed(name).to_str().unwrap()]);
        assert!(run.stdout.contains(said), "{}", run.stdout);
    }
}

#[test]
fn a_bad_document_leaves_the_old_output_as_it_was() {
    let bomb = (0..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        format!("{text}a{}: &a{} [*a{n}, *a{n}, *a{n}, *a{n}]\n", n + 1, n + 1)
    });
    let circle = "openapi: 3.0.3\npaths: {}\ncomponents: {schemas: {A: {allOf: [{$ref: '#/components/schemas/B'}]}, B: {allOf: [{$ref: '#/components/schemas/A'}]}}}\n";
    let reference = "openapi: 3.0.3\npaths: {}\ncomponents: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}\n";
    let twice = "openapi: 3.0.3\npaths:\n  /a: {get: {}}\n  /a: {get: {}}\n";
    let alike = "openapi: 3.0.3\npaths:\n  /a/{x}: {get: {}}\n  /a/{y}: {get: {}}\n";
    for (text, code, place) in [
        (bomb.as_str(), "openapi::alias", "a.yaml:"),
        (twice, "openapi::duplicate_key", "a.yaml:4:3"),
        (alike, "openapi::duplicate_path", "a.yaml:4:3"),
        (reference, "openapi::reference_cycle", "a.yaml:3:"),
        (circle, "openapi::all_of_cycle", "a.yaml:3:"),
        (
            "openapi: 3.0.3\npaths: {/a: {$ref: 'https://b.example/c'}}\n",
            "openapi::external_reference",
            "a.yaml:2:20",
        ),
        ("openapi: 2.0\npaths: {}\n", "openapi::version", "a.yaml:1:10"),
        ("swagger: '2.0'\npaths: {}\n", "openapi::version", "a.yaml:1:10"),
    ] {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(generate(root.path(), SHELF).code, 0);
        let before = support::tree(&root.path().join("out"));
        let run = generate(root.path(), text);
        assert_eq!(run.code, 1, "{code}");
        assert!(run.stderr.contains(code) && run.stderr.contains(place), "{code}: {}", run.stderr);
        assert!(support::tree(&root.path().join("out")) == before, "{code}");
    }
}

#[test]
fn names_of_a_document_lead_nowhere_but_into_the_output() {
    let root = tempfile::tempdir().unwrap();
    let text = "openapi: 3.0.3\ninfo: {title: \"a\\n\\\"b\\\" */\"}\npaths: {/a: {get: {operationId: ../../x, responses: {}}}}\ncomponents: {schemas: {'../../y': {type: string, enum: ['../z', \"\\\"\\n\"]}}}\n";
    let run = generate(root.path(), text);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut beside: Vec<_> =
        fs::read_dir(root.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    beside.sort();
    assert_eq!(beside, ["a.yaml", "out"]);
    let files = support::tree(&root.path().join("out"));
    assert!(files.keys().all(|path| !path.to_str().unwrap().contains("..")), "{:?}", files.keys());
}

#[test]
fn what_is_no_document_is_told() {
    let root = tempfile::tempdir().unwrap();
    let run = xtask(root.path(), &["openapi", "gone.yaml"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("cannot read gone.yaml"), "{}", run.stderr);
    assert_eq!(xtask(root.path(), &["openapi"]).code, 2);
}
