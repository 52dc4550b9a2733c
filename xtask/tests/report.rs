//! `cargo xtask report` as a user types it: what it writes, what it refuses, what it says.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;
use std::path::Path;

use support::project::{copy, one_operation};
use support::{Run, schemas, workspace, xtask};

fn report(metadata: &Path, docs: &[&Path], out: &Path) -> Run {
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let mut arguments = vec!["report".to_owned(), "--metadata".to_owned(), text(metadata)];
    for folder in docs {
        arguments.extend(["--docs".to_owned(), text(folder)]);
    }
    arguments.extend(["--out".to_owned(), text(out)]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    xtask(&workspace(), &arguments)
}

fn committed(out: &Path) -> Run {
    report(&schemas().join("metadata.csdl"), &[&schemas().join("docs")], out)
}

fn page(out: &Path) -> String {
    fs::read_to_string(out.join("index.html")).unwrap()
}

#[test]
fn one_line_says_what_was_written() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("a/report");
    let run = committed(&out);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "");
    let file = out.join("index.html");
    assert!(run.stderr.starts_with(&format!("{}: ", file.display())), "{}", run.stderr);
    assert!(run.stderr.contains(" findings on 64 pages, "), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);

    let time = fs::metadata(&file).unwrap().modified().unwrap();
    let again = committed(&out);
    assert!(again.stderr.ends_with(", unchanged\n"), "{}", again.stderr);
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), time);
}

#[test]
fn the_same_inputs_elsewhere_give_the_same_bytes_and_no_path_of_the_machine() {
    let root = tempfile::tempdir().unwrap();
    committed(&root.path().join("here"));
    let elsewhere = root.path().join("elsewhere");
    copy(&schemas(), &elsewhere);
    let run = report(
        &elsewhere.join("metadata.csdl"),
        &[&elsewhere.join("docs")],
        &root.path().join("there"),
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = page(&root.path().join("there"));
    assert_eq!(text, page(&root.path().join("here")));
    assert!(!text.contains(root.path().to_str().unwrap()));
    assert!(text.contains("\"api/group-post-threads.md\""));
}

#[test]
fn several_folders_and_targets_are_told_apart() {
    let root = tempfile::tempdir().unwrap();
    let docs = schemas().join("docs");
    let out = root.path().join("folders");
    let folders = [docs.join("api"), docs.join("resources")];
    let run = report(&schemas().join("metadata.csdl"), &[&folders[0], &folders[1]], &out);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(page(&out).contains("\"resources/post.md\""));

    let out = root.path().join("targets");
    let run = xtask(&workspace(), &["report", "--out", out.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains(" on 129 pages, "), "{}", run.stderr);
    let text = page(&out);
    assert!(text.contains("\"v1/api/group-post-threads.md\""));
    assert!(text.contains("\"beta/api/group-post-threads.md\""));
    assert!(text.contains("target beta, version beta"));
}

#[test]
fn accepted_findings_are_counted_and_not_shown() {
    let root = tempfile::tempdir().unwrap();
    let (file, out) = (root.path().join("accepted.yaml"), root.path().join("out"));
    let text = "- { code: link::deep_insert, page: '*', reason: both are right }\n";
    fs::write(&file, text).unwrap();
    let inputs = root.path().join("inputs");
    one_operation(&inputs);
    let (metadata, docs) = (inputs.join("metadata.csdl"), inputs.join("docs"));
    assert_eq!(report(&metadata, &[&docs], &out).code, 0);
    assert!(page(&out).contains("link::deep_insert"));
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let (metadata, docs) = (text(&metadata), text(&docs));
    let inputs = ["report", "--metadata", &metadata, "--docs", &docs, "--out", &text(&out)];
    let run = xtask(&workspace(), &[&inputs[..], &["--suppressions", &text(&file)]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains(" and 1 accepted on 3 pages"), "{}", run.stderr);
    assert!(page(&out).contains("1 finding is accepted by suppressions and not shown"));
    assert!(!page(&out).contains("link::deep_insert"));
}

#[test]
fn what_is_no_report_is_not_overwritten() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("index.html"), "<p>mine").unwrap();
    let run = committed(root.path());
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("error[output::foreign_file]"), "{}", run.stderr);
    assert_eq!(page(root.path()), "<p>mine");
    let run = committed(&root.path().join("index.html"));
    assert!(run.stderr.contains("error[output::not_a_folder]"), "{}", run.stderr);
}

#[test]
fn metadata_with_errors_gives_no_report() {
    let root = tempfile::tempdir().unwrap();
    let (metadata, out) = (root.path().join("m.csdl"), root.path().join("out"));
    fs::write(&metadata, "<edmx:Edmx>").unwrap();
    let run = report(&metadata, &[&schemas().join("docs")], &out);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("error[csdl::"), "{}", run.stderr);
    assert!(run.stderr.ends_with("nothing was written\n"), "{}", run.stderr);
    assert!(!out.exists());
    let run = report(&root.path().join("none.csdl"), &[&schemas().join("docs")], &out);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("error[config::invalid]"), "{}", run.stderr);
}

#[test]
fn metadata_without_pages_is_no_report() {
    let root = tempfile::tempdir().unwrap();
    let metadata = schemas().join("metadata.csdl");
    let arguments = ["report", "--metadata", metadata.to_str().unwrap(), "--out", "out"];
    let run = xtask(root.path(), &arguments);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("--docs <DIR>"), "{}", run.stderr);
    assert!(!root.path().join("out").exists());
}

#[test]
fn a_page_with_errors_is_a_finding() {
    let root = tempfile::tempdir().unwrap();
    let docs = root.path().join("docs");
    fs::create_dir(&docs).unwrap();
    let text = fs::read_to_string(schemas().join("docs/api/group-post-threads.md")).unwrap();
    let spoilt = text.replacen("\"blockType\": \"request\",", "\"blockType\" = \"request\",", 1);
    assert_ne!(spoilt, text);
    fs::write(docs.join("a.md"), spoilt).unwrap();
    let out = root.path().join("out");
    let run = report(&schemas().join("metadata.csdl"), &[&docs], &out);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(page(&out).contains("docs::annotation_json"));
}
