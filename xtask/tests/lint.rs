//! `cargo xtask lint` as its users run it: formats, filters, levels, baseline, suppressions, exit codes.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

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
fn a_baseline_hides_what_is_known_and_fails_on_what_is_new_or_gone() {
    let bench = Bench::new();
    let written = bench.lint(&["--write-baseline", "known.txt"]);
    assert_eq!((written.code, written.stdout.as_str()), (0, ""), "{}", written.stderr);
    let text = bench.read("known.txt");
    assert!(text.contains("\ndocs/api/thing-list.md docs::json_comment "), "{text}");
    let entries: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(entries.is_sorted(), "{text}");

    let gate = ["--deny", "all", "--baseline", "known.txt"];
    let clean = bench.lint(&gate);
    assert_eq!((clean.code, clean.stdout.as_str()), (0, ""), "{}", clean.stdout);
    assert!(clean.stderr.contains("in the baseline"), "{}", clean.stderr);

    // What is edited elsewhere, CRLF included, changes nothing.
    let edited = PAGE.replace("# List", "More.\n\n# List").replace('\n', "\r\n");
    bench.write("docs/api/thing-list.md", edited);
    assert_eq!(bench.lint(&gate).code, 0);

    // The same finding again is new, though an equal one is known.
    bench.write(
        "docs/api/thing-list.md",
        format!("{PAGE}\n<!-- {{ \"blockType\": \"ignored\" }} // by hand -->\n"),
    );
    let new = bench.lint(&gate);
    assert_eq!(new.code, 1);
    assert!(
        new.stdout.contains(&format!("error[{COMMENT}]"))
            && !new.stdout.contains("link::unknown_member"),
        "{}",
        new.stdout
    );

    // What is mended makes its line stale.
    bench.write("docs/api/thing-list.md", PAGE.replace(" // by hand", ""));
    let stale = bench.lint(&["--baseline", "known.txt"]);
    assert_eq!(stale.code, 1);
    let line = 1 + text.lines().position(|line| line.contains(COMMENT)).unwrap();
    assert!(stale.stdout.contains("error[config::baseline_stale]"), "{}", stale.stdout);
    assert!(stale.stdout.contains(&format!("--> known.txt:{line}:1")), "{}", stale.stdout);

    bench.lint(&["--write-baseline", "known.txt"]);
    assert_eq!(bench.lint(&gate).code, 0);
}

#[test]
fn a_baseline_holds_wherever_it_is_read_from_and_for_the_pages_that_are_read() {
    let bench = Bench::new();
    bench.write(
        "docs/resources/thing.md",
        "# thing\n<!-- { \"blockType\": \"ignored\" } // x -->\n",
    );
    bench.lint(&["--write-baseline", "ci/known.txt", "--quiet"]);
    assert!(!bench.path("ci/known.txt").exists(), "the folder is not made");
    fs::create_dir(bench.path("ci")).unwrap();
    bench.lint(&["--write-baseline", "ci/known.txt", "--quiet"]);
    assert!(bench.read("ci/known.txt").contains("\n../docs/api/thing-list.md "));
    let text = |name: &str| bench.path(name).to_str().unwrap().to_owned();
    let elsewhere = tempfile::tempdir().unwrap();
    let one_page = xtask(
        elsewhere.path(),
        &[
            "lint",
            "--metadata",
            &text("m.csdl"),
            "--docs",
            &text("docs/resources"),
            "--deny",
            "all",
            "--baseline",
            &text("ci/known.txt"),
        ],
    );
    assert_eq!(one_page.code, 0, "{}", one_page.stdout);
    fs::remove_file(bench.path("docs/resources/thing.md")).unwrap();
    let gone = bench.lint(&["--baseline", "ci/known.txt"]);
    assert_eq!(gone.code, 1);
    assert!(
        gone.stdout.contains("docs/resources/thing.md that is no longer there"),
        "{}",
        gone.stdout
    );
}

#[test]
fn filters_do_not_make_a_baseline_stale() {
    let bench = Bench::new();
    bench.lint(&["--write-baseline", "known.txt"]);
    for filter in [["--only", "docs::mojibake"], ["--allow", "docs"], ["--page", "thing-list"]] {
        let run = bench.lint(&[&["--baseline", "known.txt"][..], &filter].concat());
        assert_eq!(run.code, 0, "{filter:?}\n{}", run.stdout);
    }
}

#[test]
fn a_malformed_baseline_is_refused_at_its_lines() {
    let bench = Bench::new();
    bench.write(
        "known.txt",
        "# fine\n\na.md docs::json_comment 5f1c3a90d27be481.1\na.md docs::json_comment 5f1c3a90d27be481.1 # twice\n  what is this line\n\u{1b}[31m\n",
    );
    let run = bench.lint(&["--baseline", "known.txt"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.stdout.matches("error[config::baseline_entry]").count(), 3, "{}", run.stdout);
    for place in ["known.txt:4:1", "known.txt:5:3", "known.txt:6:1"] {
        assert!(run.stdout.contains(place), "{place} in\n{}", run.stdout);
    }
    assert!(!run.stdout.contains('\u{1b}'));
    let missing = bench.lint(&["--baseline", "nothing.txt"]);
    assert_eq!(missing.code, 1);
    assert!(missing.stdout.contains("cannot read nothing.txt"), "{}", missing.stdout);
}

#[test]
fn suppressions_accept_findings_with_a_reason() {
    let bench = Bench::new();
    bench.write(
        "s.yaml",
        "- code: docs::json_comment\n  page: docs/api/*\n  match: a comment\n  reason: It is kept by hand.\n",
    );
    let with = ["--suppressions", "s.yaml"];
    assert!(!bench.codes(&with).contains(&COMMENT.to_owned()));
    let run = bench.lint(&[&with[..], &["--deny", COMMENT]].concat());
    assert_eq!(run.code, 0, "what is accepted does not fail");
    assert!(run.stderr.contains("not shown: 1 suppressed"), "{}", run.stderr);
    let shown = ["--show-suppressed", "--only", COMMENT, "--deny", COMMENT];
    let shown = bench.lint(&[&with[..], &shown].concat());
    assert_eq!(shown.code, 0, "what is accepted does not fail, shown or not");
    assert!(shown.stdout.starts_with("warning["), "{}", shown.stdout);
    assert!(shown.stdout.contains("= note: suppressed: It is kept by hand."), "{}", shown.stdout);
    let log = bench.sarif(&[&with[..], &["--show-suppressed", "--only", COMMENT]].concat());
    let suppression = &log["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(suppression["justification"], "It is kept by hand.");
}

#[test]
fn a_suppression_that_fits_nothing_is_reported() {
    let bench = Bench::new();
    bench.write(
        "s.yaml",
        "# c\n- code: docs::mojibake\n  page: docs/api/thing-list.md\n  reason: r\n- code: docs::mojibake\n  page: m.csdl.bak\n  reason: the page is gone\n- { code: docs::mojibake, page: other.md, reason: not read }\n",
    );
    bench.write("other.md", "# Other\n");
    let run = bench.lint(&["--suppressions", "s.yaml", "--only", "docs::mojibake"]);
    assert_eq!(run.code, 0, "it is a warning");
    assert_eq!(
        run.stdout.matches("warning[config::suppression_unused]").count(),
        2,
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("s.yaml:2:1") && run.stdout.contains("s.yaml:5:1"),
        "{}",
        run.stdout
    );
    let denied = bench.lint(&["--suppressions", "s.yaml", "--deny", "config::suppression_unused"]);
    assert_eq!(denied.code, 1);
}

#[test]
fn a_suppression_without_reason_or_of_what_is_no_code_is_refused_at_its_place() {
    let bench = Bench::new();
    let good = "- code: docs::json_comment\n  page: a.md\n  reason: r\n";
    for (entry, place) in [
        ("- code: docs::json_comment\n  page: a.md\n", "s.yaml:4:"),
        ("- code: docs::json_comment\n  page: a.md\n  reason: ' '\n", "s.yaml:4:1"),
        ("- code: docs::json_coment\n  page: a.md\n  reason: r\n", "s.yaml:4:1"),
        ("- code: docs::annotation_json\n  page: a.md\n  reason: r\n", "s.yaml:4:1"),
        ("- code: docs::json_comment\n  pages: a.md\n  reason: r\n", "s.yaml:5:3"),
    ] {
        bench.write("s.yaml", format!("{good}{entry}"));
        let run = bench.lint(&["--suppressions", "s.yaml"]);
        assert_eq!(run.code, 1, "{entry}");
        assert!(run.stdout.contains("error[config::suppression]"), "{}", run.stdout);
        assert!(run.stdout.contains(place), "{place} in\n{}", run.stdout);
    }
}

#[test]
fn the_configuration_names_suppressions_that_codegen_follows_too() {
    let root = tempfile::tempdir().unwrap();
    let schemas = workspace().join("schemas");
    let yaml = format!(
        "runtime: {}\nsuppressions: s.yaml\ntargets:\n  - name: v1\n    version: v1.0\n    metadata: {schemas}/v1/metadata.csdl\n    \
         docs: [{schemas}/v1/docs]\n    select: [group-post-threads]\n    output: out\n",
        workspace().join("crates/runtime").display(),
        schemas = schemas.display(),
    );
    fs::write(root.path().join("codegen.yaml"), yaml).unwrap();
    let entry = "- code: link::deep_insert\n  page: '*/group-post-threads.md'\n  reason: r\n";
    let unused = "- code: link::deep_insert\n  page: '*/no-such-page.md'\n  reason: r\n";
    fs::write(root.path().join("s.yaml"), format!("{entry}{unused}")).unwrap();
    let run = xtask(root.path(), &["codegen", "--config", "codegen.yaml"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("link::deep_insert]"), "{}", run.stderr);
    assert!(run.stderr.contains("1 finding suppressed"), "{}", run.stderr);
    assert!(run.stderr.contains("s.yaml:4:1"), "the second entry is unused: {}", run.stderr);
    fs::write(root.path().join("s.yaml"), "- {}\n").unwrap();
    let refused = xtask(root.path(), &["codegen", "--config", "codegen.yaml"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("error[config::suppression]"), "{}", refused.stderr);
}

#[test]
fn the_committed_schemas_are_clean() {
    let run = xtask(&workspace(), &["lint", "--deny", "all"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}

/// The objects of SARIF 2.1.0 that a log of ours may hold: the keys that lead to one, the members that it
/// must have, and those that it may have.
const SARIF: &[(&str, &[&str], &[&str])] = &[
    ("", &["version", "runs"], &["$schema"]),
    (
        "runs",
        &["tool"],
        &["invocations", "columnKind", "originalUriBaseIds", "artifacts", "results"],
    ),
    ("tool", &["driver"], &[]),
    ("driver", &["name"], &["version", "rules"]),
    ("rules", &["id"], &["shortDescription", "help", "defaultConfiguration", "properties"]),
    ("shortDescription", &["text"], &[]),
    ("help", &["text"], &["markdown"]),
    ("defaultConfiguration", &[], &["level"]),
    ("properties", &[], &["tags"]),
    ("invocations", &["executionSuccessful"], &[]),
    ("originalUriBaseIds", &[], &["%SRCROOT%"]),
    ("%SRCROOT%", &[], &["description"]),
    ("description", &["text"], &[]),
    ("artifacts", &[], &["location", "length", "encoding"]),
    ("location", &[], &["uri", "uriBaseId", "index"]),
    (
        "results",
        &["message"],
        &[
            "ruleId",
            "ruleIndex",
            "level",
            "locations",
            "relatedLocations",
            "partialFingerprints",
            "suppressions",
        ],
    ),
    ("message", &["text"], &[]),
    ("locations", &[], &["physicalLocation"]),
    ("relatedLocations", &[], &["id", "physicalLocation", "message"]),
    ("physicalLocation", &["artifactLocation"], &["region"]),
    ("artifactLocation", &[], &["uri", "uriBaseId", "index"]),
    ("region", &[], &["startLine", "startColumn", "endLine", "endColumn"]),
    ("partialFingerprints", &[], &["msgraphFinding/v1"]),
    ("suppressions", &["kind"], &["status", "justification"]),
];

/// Holds that `value`, to which `key` led, is what the format allows there.
fn is_sarif(key: &str, value: &Value) {
    match value {
        Value::Object(members) => {
            let (_, required, allowed) = SARIF
                .iter()
                .find(|(name, ..)| *name == key)
                .unwrap_or_else(|| panic!("{key} is no object of the format"));
            for name in *required {
                assert!(members.contains_key(*name), "{key} has no {name}: {value}");
            }
            for (name, member) in members {
                let is_known =
                    required.contains(&name.as_str()) || allowed.contains(&name.as_str());
                assert!(is_known, "{key} has {name}");
                is_sarif(name, member);
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| is_sarif(key, element)),
        Value::Number(number) => {
            let least = u64::from(key.starts_with("start") || key.starts_with("end"));
            assert!(number.as_u64().is_some_and(|number| number >= least), "{key} is {number}");
        }
        Value::String(text) => match key {
            "level" => assert!(["error", "warning", "note"].contains(&text.as_str()), "{text}"),
            "kind" => assert_eq!(text, "external"),
            "status" => assert_eq!(text, "accepted"),
            "uri" => assert!(
                text.bytes()
                    .all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}#?".contains(&byte)),
                "{text}"
            ),
            _ => assert!(!text.is_empty(), "{key}"),
        },
        _ => {}
    }
}

#[test]
fn sarif_has_the_shape_of_the_format() {
    let bench = Bench::new();
    bench.write("docs/api/a b#ü.md", PAGE);
    bench.write("s.yaml", "- { code: link::unknown_member, page: '*', reason: r }\n");
    let accepted = ["--suppressions", "s.yaml", "--show-suppressed"];
    let written = bench.sarif(&[&accepted[..], &["--deny", COMMENT]].concat());
    is_sarif("", &written);
    let run = &written["runs"][0];
    assert_eq!(
        (&written["version"], &run["columnKind"]),
        (&"2.1.0".into(), &"unicodeCodePoints".into())
    );
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let results = run["results"].as_array().unwrap();
    let found = results.iter().find(|result| result["ruleId"] == COMMENT).unwrap();
    let rule = &run["tool"]["driver"]["rules"]
        [usize::try_from(found["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!((&rule["id"], &found["level"]), (&COMMENT.into(), &"error".into()));
    assert_eq!(rule["defaultConfiguration"]["level"], "warning");
    assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# "));
    let place = &found["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "docs/api/a%20b%23%C3%BC.md");
    assert_eq!(
        (&place["region"]["startLine"], &place["region"]["startColumn"]),
        (&10.into(), &33.into())
    );
    let index = usize::try_from(place["artifactLocation"]["index"].as_u64().unwrap()).unwrap();
    assert_eq!(run["artifacts"][index]["location"]["uri"], place["artifactLocation"]["uri"]);
    assert!(found["partialFingerprints"]["msgraphFinding/v1"].as_str().unwrap().ends_with(".1"));
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
