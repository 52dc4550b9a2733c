//! `--baseline` and `--write-baseline`: debts are hidden, and paid ones do not stay.

use super::*;

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
    let failed = bench.lint(&["--write-baseline", "ci/known.txt", "--quiet"]);
    assert!(!bench.path("ci/known.txt").exists(), "the folder is not made");
    assert_eq!(failed.code, 3);
    assert_eq!(failed.stderr, "error: cannot write ci/known.txt: entity not found\n");
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
