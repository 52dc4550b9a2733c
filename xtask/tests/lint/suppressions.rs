//! `schemas/suppressions.yaml` and `--suppressions`: decisions are accepted, each with its reason.

use super::*;
use crate::support::project::one_operation;

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
    one_operation(root.path());
    let yaml = format!(
        "runtime: {}\nsuppressions: s.yaml\ntargets:\n  - name: v1\n    version: v1.0\n    metadata: metadata.csdl\n    \
         docs: [docs]\n    select: [group-post-threads]\n    output: out\n",
        workspace().join("crates/runtime").display(),
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
