//! `cargo xtask lint` as its users run it: formats, filters, levels, baseline, suppressions, exit codes.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "lint/baseline.rs"]
mod baseline;
#[path = "lint/sarif.rs"]
mod sarif;
mod support;
#[path = "lint/suppressions.rs"]
mod suppressions;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{Run, schemas, workspace, xtask};

const METADATA: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="thing">
        <Key><PropertyRef Name="id"/></Key>
        <Property Name="id" Type="Edm.String" Nullable="false"/>
        <Property Name="size" Type="Edm.Int32"/>
      </EntityType>
      <EntityContainer Name="GraphService">
        <EntitySet Name="things" EntityType="graph.thing"/>
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
"#;

/// Line 10 has a comment in an annotation, line 23 a boolean in quotes, and line 29 a member that is not declared.
const PAGE: &str = r#"---
title: "List things"
description: "Take stock of the things."
doc_type: apiPageType
---

# List things

## HTTP request
<!-- { "blockType": "ignored" } // by hand -->
```http
GET /things
```

## Example

<!-- { "blockType": "request", "name": "list_things" } -->

```http
GET https://graph.microsoft.com/v1.0/things
```

<!-- { "blockType": "response", "truncated": "true", "@odata.type": "microsoft.graph.thing" } -->

```http
HTTP/1.1 200 OK
Content-type: application/json

{ "value": [ { "id": "1", "sise": 2 } ] }
```
"#;

const COMMENT: &str = "docs::json_comment";

/// A folder with metadata and pages.
struct Bench {
    root: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Self { root: tempfile::tempdir().unwrap() };
        bench.write("m.csdl", METADATA);
        bench.write("docs/api/thing-list.md", PAGE);
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn lint(&self, arguments: &[&str]) -> Run {
        let inputs = ["lint", "--metadata", "m.csdl", "--docs", "docs"];
        xtask(self.root.path(), &[&inputs[..], arguments].concat())
    }

    /// The findings as JSON objects.
    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let run = self.lint(&[arguments, &["--message-format", "json"]].concat());
        assert_eq!(run.stderr, "");
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn codes(&self, arguments: &[&str]) -> Vec<String> {
        let codes = self.json(arguments);
        codes.iter().map(|found| found["code"].as_str().unwrap().to_owned()).collect()
    }

    fn sarif(&self, arguments: &[&str]) -> Value {
        let run = self.lint(&[arguments, &["--message-format", "sarif"]].concat());
        serde_json::from_str(&run.stdout).unwrap()
    }
}

#[test]
fn findings_are_shown_with_their_lines_in_the_order_of_the_page() {
    let bench = Bench::new();
    bench.write("docs/api/widget.md", PAGE);
    let run = bench.lint(&[]);
    assert_eq!(run.code, 0, "no error is among them");
    let of = |code: &str, page: &str| {
        let start = format!("[{code}]");
        let found = |part: &&str| part.contains(&start) && part.contains(page);
        run.stdout
            .split("\n\n")
            .position(|part| found(&part))
            .unwrap_or_else(|| panic!("{}", run.stdout))
    };
    let order = [
        of(COMMENT, "thing-list"),
        of("docs::boolean_as_text", "thing-list"),
        of("link::unknown_member", "thing-list"),
        of(COMMENT, "widget"),
        of("link::unknown_member", "widget"),
    ];
    assert!(order.is_sorted(), "a page stands together, whatever passes speak of it: {order:?}");
    assert!(run.stdout.contains("--> docs/api/thing-list.md:10:33"), "{}", run.stdout);
    assert!(
        !run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'),
        "no colours in a pipe"
    );
    assert!(
        run.stderr.contains(" warnings, ") && run.stderr.contains("--summary"),
        "{}",
        run.stderr
    );
}

#[test]
fn short_is_one_line_a_finding() {
    let run = Bench::new().lint(&["--message-format", "short", "--only", COMMENT]);
    assert_eq!(
        run.stdout,
        "docs/api/thing-list.md:10:33: warning[docs::json_comment]: this annotation has a comment\n"
    );
}

#[test]
fn quiet_prints_findings_alone() {
    let run = Bench::new().lint(&["--quiet"]);
    assert!(!run.stdout.is_empty());
    assert_eq!(run.stderr, "");
}

#[test]
fn json_carries_a_fingerprint() {
    let bench = Bench::new();
    let found = bench.json(&["--only", COMMENT]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["labels"][0]["line"], 10);
    let before = found[0]["fingerprint"].clone();
    bench.write("docs/api/thing-list.md", PAGE.replace("# List", "More.\r\n\n# List"));
    let after = bench.json(&["--only", COMMENT]);
    assert_eq!(after[0]["labels"][0]["line"], 12);
    assert_eq!(after[0]["fingerprint"], before);
}

#[test]
fn the_summary_counts_codes_and_agreement() {
    let bench = Bench::new();
    bench.write("docs/api/again.md", PAGE.replace("\"true\"", "true"));
    let run = bench.lint(&["--summary"]);
    assert_eq!(run.code, 0);
    let line = run.stdout.lines().find(|line| line.contains(COMMENT)).unwrap();
    assert_eq!(line.split_whitespace().take(3).collect::<Vec<_>>(), ["2", "warning", COMMENT]);
    assert!(run.stdout.contains("in 2 pages"), "{}", run.stdout);
    assert!(run.stdout.contains("URL templates"), "{}", run.stdout);
    assert!(!run.stdout.contains("-->"), "no single findings: {}", run.stdout);

    let json = bench.lint(&["--summary", "--message-format", "json"]);
    let summary: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(summary["pages"], 2);
    let counts: Vec<u64> =
        summary["codes"].as_array().unwrap().iter().map(|c| c["count"].as_u64().unwrap()).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
    assert_eq!(
        counts.iter().sum::<u64>(),
        summary["warnings"].as_u64().unwrap() + summary["notes"].as_u64().unwrap()
    );
    assert!(summary["agreement"]["templates"]["all"].is_u64());
}

#[test]
fn denied_findings_are_errors_and_fail() {
    let bench = Bench::new();
    for denied in [COMMENT, "docs", "warnings", "all"] {
        let run = bench.lint(&["--deny", denied]);
        assert_eq!(run.code, 1, "{denied}");
        assert!(run.stdout.contains(&format!("error[{COMMENT}]")), "{denied}\n{}", run.stdout);
    }
    assert_eq!(bench.lint(&["--deny", "docs::mojibake"]).code, 0);
    let run = bench.lint(&["--deny", "docs", "--warn", COMMENT]);
    assert!(run.stdout.contains(&format!("warning[{COMMENT}]")), "the narrower wins");
    assert!(run.stdout.contains("error[docs::boolean_as_text]"));
    assert_eq!(bench.lint(&["--deny", "warnings", "--summary"]).code, 1);
}

#[test]
fn allowed_findings_are_hidden_and_counted() {
    let bench = Bench::new();
    let run = bench.lint(&["--allow", COMMENT]);
    assert!(!run.stdout.contains(COMMENT) && run.stdout.contains("docs::boolean_as_text"));
    assert!(run.stderr.contains("not shown: 1 allowed"), "{}", run.stderr);
    assert_eq!(bench.lint(&["--deny", "all", "--allow", "docs", "--allow", "link"]).code, 0);
}

#[test]
fn only_and_page_narrow_what_is_shown() {
    let bench = Bench::new();
    bench.write(
        "docs/resources/thing.md",
        "# thing\n<!-- { \"blockType\": \"ignored\" } // x -->\n",
    );
    assert_eq!(bench.codes(&["--only", COMMENT]).len(), 2);
    assert_eq!(bench.codes(&["--only", COMMENT, "--page", "thing-*"]), [COMMENT]);
    assert_eq!(bench.codes(&["--only", COMMENT, "--page", "resources/*"]), [COMMENT]);
    assert_eq!(bench.codes(&["--only", COMMENT, "--page", "thing.md"]), [COMMENT]);
    assert_eq!(bench.codes(&["--only", COMMENT, "--page", "*"]).len(), 2);
    let run = bench.lint(&["--page", "thing-lst"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stdout.contains("error[config::invalid]") && run.stdout.contains("thing-list"),
        "{}",
        run.stdout
    );
}

#[test]
fn an_unknown_code_is_wrong_usage_with_the_nearest_names() {
    for option in ["--deny", "--warn", "--allow", "--only"] {
        let run = Bench::new().lint(&[option, "docs::json_coment"]);
        assert_eq!(run.code, 2, "{option}");
        assert!(run.stderr.contains(COMMENT), "{}", run.stderr);
    }
    assert_eq!(Bench::new().lint(&["--write-baseline", "b", "--only", "docs"]).code, 2);
    assert_eq!(xtask(&workspace(), &["lint", "--metadata", "m.csdl"]).code, 2);
    assert_eq!(Bench::new().lint(&["--summary", "--message-format", "sarif"]).code, 2);
}

#[test]
fn the_committed_schemas_are_clean() {
    let run = xtask(&workspace(), &["lint", "--deny", "all"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}

#[test]
fn a_run_that_cannot_look_says_so_in_every_format() {
    let bench = Bench::new();
    bench.write("m.csdl", "<a>");
    for format in ["human", "short", "json", "sarif"] {
        let run = bench.lint(&["--message-format", format, "--allow", "all"]);
        assert_eq!(run.code, 1, "{format}: nothing was held against metadata");
        let says_so = run.stderr.contains("not all pages were held");
        assert_eq!(says_so, format == "human" || format == "short", "{}", run.stderr);
    }
    let log = bench.sarif(&[]);
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert!(!log["runs"][0]["results"].as_array().unwrap().is_empty());
    let write = bench.lint(&["--write-baseline", "known.txt"]);
    assert_eq!(write.code, 1);
    assert!(!bench.path("known.txt").exists());
    bench.write("known.txt", "docs/api/thing-list.md docs::json_comment 5f1c3a90d27be481.1\n");
    let known = bench.codes(&["--baseline", "known.txt"]);
    assert!(
        !known.contains(&"config::baseline_stale".to_owned()),
        "what was not looked for is not gone"
    );
    fs::remove_file(bench.path("m.csdl")).unwrap();
    assert_eq!(bench.lint(&["--summary"]).code, 1);
}

#[test]
fn a_broken_page_is_a_finding_and_the_others_are_looked_at() {
    let bench = Bench::new();
    bench.write("docs/api/latin.md", b"# Caf\xe9\n");
    bench.write("docs/api/open.md", "# Open\n\n```http\nGET /things\n");
    let run = bench.lint(&[]);
    assert_eq!(run.code, 1);
    assert!(
        run.stdout.contains("error[source::encoding]") && run.stdout.contains("latin.md:1:6"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("error[docs::unclosed_fence]")
            && run.stdout.contains("link::unknown_member"),
        "{}",
        run.stdout
    );
    bench.lint(&["--write-baseline", "known.txt"]);
    assert_eq!(bench.lint(&["--baseline", "known.txt"]).code, 0, "known errors do not fail");
    assert_eq!(bench.lint(&["--warn", "errors"]).code, 0);
}

#[test]
#[cfg(unix)]
fn hostile_names_and_texts_steer_nothing() {
    let bench = Bench::new();
    let page = PAGE.replace("\"sise\"", "\"</script>\\u001b[31m\u{202e}\"");
    bench.write("docs/api/a\n\u{1b}[31m.md", page);
    for format in ["human", "short", "json", "sarif"] {
        let run = bench.lint(&["--message-format", format]);
        assert!(run.stdout.contains("json_comment"), "{format}");
        assert!(!run.stdout.contains(['\u{1b}', '\u{202e}', '\r']), "{format}: {}", run.stdout);
    }
    let short = bench.lint(&["--message-format", "short"]);
    assert!(short.stdout.lines().all(|line| line.contains("]: ")), "{}", short.stdout);
    bench.lint(&["--write-baseline", "known.txt"]);
    let known = bench.read("known.txt");
    assert!(
        !known.contains(['\u{1b}', '\u{202e}']) && known.contains("docs/api/a%0A%1B[31m.md"),
        "{known}"
    );
    assert_eq!(bench.lint(&["--deny", "all", "--baseline", "known.txt"]).code, 0);
}

#[test]
fn timings_name_the_passes() {
    let run = Bench::new().lint(&["--timings", "--quiet"]);
    for pass in ["read", "parse", "resolve", "merge", "judge", "show", "total"] {
        assert!(run.stderr.contains(pass), "{pass} in {}", run.stderr);
    }
}

#[test]
fn a_listener_that_leaves_changes_no_exit_code() {
    let bench = Bench::new();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["lint", "--metadata", "m.csdl", "--docs", "docs", "--deny", "all"])
        .current_dir(bench.root.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn many_findings_and_their_baseline_come_back() {
    let bench = Bench::new();
    let comments = "<!-- { \"blockType\": \"ignored\" } // x -->\n\nText.\n\n".repeat(5_000);
    bench.write("docs/api/many.md", format!("# Many\n\n{comments}"));
    bench.lint(&["--write-baseline", "known.txt"]);
    assert!(bench.read("known.txt").lines().count() > 5_000);
    assert_eq!(bench.lint(&["--deny", "all", "--baseline", "known.txt"]).code, 0);
    let all = bench.lint(&["--message-format", "short", "--page", "many", "--only", COMMENT]);
    assert_eq!(all.stdout.lines().count(), 5_000);
}

#[test]
fn the_committed_pages_are_named_from_the_working_directory() {
    let run = xtask(
        &workspace(),
        &["lint", "--target", "v1", "--show-suppressed", "--message-format", "short"],
    );
    assert!(run.stdout.lines().all(|line| line.starts_with("schemas/v1/")), "{}", run.stdout);
    assert!(Path::new(&schemas()).exists());
}
