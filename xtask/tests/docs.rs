//! `cargo xtask docs`: pages and folders, both formats, and pages that are not as they should be.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;

use serde_json::Value;
use support::{schemas, workspace, xtask};

fn page() -> String {
    schemas().join("docs/api/group-post-threads.md").to_str().unwrap().to_owned()
}

#[test]
fn a_page_is_an_outline() {
    let run = xtask(&workspace(), &["docs", &page()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.first(), Some(&page().as_str()));
    for expected in
        ["POST  /groups/{id}/threads", "create_conversationthread_from_group (annotated)"]
    {
        assert!(run.stdout.contains(expected), "{expected} in\n{}", run.stdout);
    }
    // The gutter is aligned: the text of every line starts in the same column or behind it.
    let gutter = lines.iter().filter_map(|line| line.find("  title  ")).min().unwrap();
    assert!(lines.iter().skip(1).all(|line| line.get(gutter..gutter + 2) == Some("  ")));
    assert!(!run.stdout.contains('\u{1b}'), "plain where nobody looks");
}

#[test]
fn a_page_is_an_object() {
    let run = xtask(&workspace(), &["docs", &page(), "--message-format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let object: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(object["name"], "group-post-threads");
    assert_eq!(object["templates"][0]["url"], "/groups/{id}/threads");
    assert_eq!(object["examples"][0]["announced"], "annotated");
    assert_eq!(object["examples"][0]["responses"][0]["status"], 201);
    assert_eq!(object["permissions"][0]["rows"][0]["grant"], "one_of");
    for message in run.stderr.lines() {
        let message: Value = serde_json::from_str(message).unwrap();
        assert!(message["code"].as_str().unwrap().starts_with("docs::"));
    }
}

#[test]
fn the_help_names_every_field() {
    let help = xtask(&workspace(), &["docs", "--help"]).stdout;
    let run = xtask(&workspace(), &["docs", &page(), "--message-format", "json"]);
    let object: Value = serde_json::from_str(&run.stdout).unwrap();
    let mut names = Vec::new();
    names_in(&object, &mut names);
    for name in names.iter().filter(|name| *name != "line" && *name != "column") {
        assert!(help.contains(name.as_str()), "{name} in\n{help}");
    }
}

/// The names of fields, but not those of JSON that a page shows.
fn names_in(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                names.push(name.clone());
                if name != "json" && name != "page_annotation" {
                    names_in(value, names);
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| names_in(element, names)),
        _ => {}
    }
}

#[test]
fn a_folder_gives_all_its_pages_in_order() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("b/c")).unwrap();
    for path in ["b/c/one.md", "a.md", "b/two.md", "b/no-page.txt"] {
        fs::write(root.path().join(path), "# Title\n").unwrap();
    }
    // A page that is named twice is one page.
    let arguments = ["docs", ".", "a.md", "--message-format", "json"];
    let run = xtask(root.path(), &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let names: Vec<String> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["name"].to_string())
        .collect();
    assert_eq!(names, ["\"a\"", "\"one\"", "\"two\""]);
    let outlines = xtask(root.path(), &["docs", "."]).stdout;
    assert_eq!(outlines.split("\n\n").count(), 3, "{outlines}");
}

#[test]
fn a_page_with_errors_is_shown_and_fails() {
    let root = tempfile::tempdir().unwrap();
    fs::write(
        root.path().join("bad.md"),
        "# Title\n\n<!-- { \"blockType\": -->\n```http\nGET /a\n",
    )
    .unwrap();
    for format in ["human", "json"] {
        let run = xtask(root.path(), &["docs", "bad.md", "--message-format", format]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(run.stdout.contains("Title"), "{}", run.stdout);
        for code in ["docs::annotation_json", "docs::unclosed_fence"] {
            assert!(run.stderr.contains(code), "{code} in {}", run.stderr);
        }
    }
}

#[test]
fn what_is_no_page_is_told() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("latin.md"), b"# \xe4\n").unwrap();
    fs::create_dir(root.path().join("empty")).unwrap();
    for (path, message) in [
        ("latin.md", "source::encoding"),
        ("empty", "there is no page in empty"),
        ("gone.md", "cannot read gone.md"),
    ] {
        let run = xtask(root.path(), &["docs", path]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains(message), "{message} in {}", run.stderr);
    }
    assert_eq!(xtask(root.path(), &["docs"]).code, 2);
}

#[test]
fn a_page_cannot_steer_the_terminal() {
    let root = tempfile::tempdir().unwrap();
    let page = "# \u{1b}[31mred\u{202e}\n\n```http\nGET /\u{9b}2J\n\nx\rx\n```\n";
    fs::write(root.path().join("evil.md"), page).unwrap();
    for format in ["human", "json"] {
        let run = xtask(root.path(), &["docs", "evil.md", "--message-format", format]);
        let shown = run.stdout + &run.stderr;
        let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!shown.contains(steers), "{shown:?}");
    }
}
