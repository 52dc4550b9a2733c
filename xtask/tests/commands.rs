//! The commands as a user types them: exit codes, `--check`, formats, help.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;

use support::{schemas, tree, workspace, xtask};

#[test]
fn the_committed_output_is_up_to_date() {
    let run = xtask(&workspace(), &["codegen", "--check"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "");
}

#[test]
fn the_working_directory_does_not_matter() {
    let elsewhere = tempfile::tempdir().unwrap();
    let run = xtask(elsewhere.path(), &["codegen", "--check"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn check_names_what_is_stale_missing_orphaned_and_foreign_and_writes_nothing() {
    let root = tempfile::tempdir().unwrap();
    let config = root.path().join("codegen.yaml");
    let yaml = format!(
        "runtime: {runtime}\ntargets:\n  - name: v1\n    version: v1.0\n    metadata: {schemas}/metadata.csdl\n    \
         docs: [{schemas}/docs]\n    select: [group-post-threads]\n    output: out\n",
        runtime = workspace().join("crates/runtime").display(),
        schemas = schemas().display(),
    );
    fs::write(&config, yaml).unwrap();
    let config = config.to_str().unwrap();
    assert_eq!(xtask(root.path(), &["codegen", "--config", config]).code, 0);
    let out = root.path().join("out");
    fs::write(out.join("models/src/lib.rs"), "// @generated, but changed\n").unwrap();
    fs::remove_file(out.join("client/src/lib.rs")).unwrap();
    fs::write(out.join("server/src/old.rs"), "// @generated\n").unwrap();
    fs::write(out.join("server/src/mine.rs"), "// mine\n").unwrap();
    let before = tree(&out);

    let run = xtask(root.path(), &["codegen", "--config", config, "--check"]);
    assert_eq!(run.code, 1);
    for expected in [
        "error[output::stale]: out/models/src/lib.rs is out of date",
        "error[output::missing]: out/client/src/lib.rs is missing",
        "error[output::orphaned]: out/server/src/old.rs is no longer generated",
        "error[output::foreign_file]: out/server/src/mine.rs was not made by the generator",
        "codegen.yaml --target v1`",
    ] {
        let stderr = run.stderr.replace(&format!("{}/", root.path().display()), "");
        assert!(stderr.contains(expected), "{expected} in\n{stderr}");
    }
    assert_eq!(tree(&out), before, "a check writes nothing");

    assert_eq!(xtask(root.path(), &["codegen", "--config", config]).code, 0);
    fs::remove_file(out.join("server/src/mine.rs")).unwrap();
    assert_eq!(xtask(root.path(), &["codegen", "--config", config, "--check"]).code, 0);
}

#[test]
fn a_second_run_touches_no_file() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let generate = || {
        support::codegen(
            &schemas().join("metadata.csdl"),
            &schemas().join("docs"),
            "group-post-threads",
            &out,
        )
    };
    assert_eq!(generate().code, 0);
    let times = || {
        tree(&out)
            .into_keys()
            .map(|path| (fs::metadata(&path).unwrap().modified().unwrap(), path))
            .collect::<Vec<_>>()
    };
    let before = times();
    let second = generate();
    assert!(second.stderr.contains(" 0 files written, 0 deleted"), "{}", second.stderr);
    assert_eq!(times(), before);
}

#[test]
fn every_kind_of_selector_finds_the_operation() {
    for selector in [
        "group-post-threads",
        "group-post-*",
        "create_conversationthread_from_group",
        "POST /groups/{id}/threads",
        "POST /groups/**",
        "documented",
    ] {
        let root = tempfile::tempdir().unwrap();
        let run = support::codegen(
            &schemas().join("metadata.csdl"),
            &schemas().join("docs"),
            selector,
            &root.path().join("out"),
        );
        assert_eq!(run.code, 0, "{selector}\n{}", run.stderr);
        assert!(root.path().join("out/models/src/operations/groups.rs").exists(), "{selector}");
    }
}

#[test]
fn an_unknown_target_is_refused_with_the_known_ones() {
    let run = xtask(&workspace(), &["codegen", "--check", "--target", "v2"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("error[config::unknown_target]") && run.stderr.contains("v1"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_configuration_with_an_unknown_key_is_refused_at_its_place() {
    let root = tempfile::tempdir().unwrap();
    let config = root.path().join("codegen.yaml");
    fs::write(&config, "runtime: x\ntargets:\n  - name: v1\n    selct: [a]\n").unwrap();
    let run = xtask(root.path(), &["codegen", "--config", config.to_str().unwrap()]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("error[config::syntax]") && run.stderr.contains("codegen.yaml:4:"),
        "{}",
        run.stderr
    );
}

#[test]
fn wrong_usage_exits_with_2() {
    assert_eq!(xtask(&workspace(), &["codegen", "--out", "x"]).code, 2);
    assert_eq!(xtask(&workspace(), &["nonsense"]).code, 2);
    assert_eq!(xtask(&workspace(), &["codegen", "--metadata", "x", "--select", "y"]).code, 2);
    assert_eq!(xtask(&workspace(), &["codegen", "--metadata", "x", "--out", "y"]).code, 2);
    assert_eq!(xtask(&workspace(), &["codegen", "--version", "beta"]).code, 2);
}

#[test]
fn json_messages_are_one_object_a_line_on_standard_output() {
    let root = tempfile::tempdir().unwrap();
    let metadata = root.path().join("metadata.csdl");
    fs::write(&metadata, "<a>").unwrap();
    let run = xtask(
        root.path(),
        &[
            "codegen",
            "--metadata",
            "metadata.csdl",
            "--select",
            "x",
            "--out",
            "out",
            "--message-format",
            "json",
        ],
    );
    assert_eq!(run.code, 1);
    assert_eq!(run.stderr, "");
    assert!(run.stdout.lines().count() >= 1);
    for line in run.stdout.lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        assert!(value["code"].as_str().unwrap().contains("::"), "{line}");
        assert!(value["severity"].is_string() && value["message"].is_string(), "{line}");
    }
}

#[test]
fn messages_carry_no_colours_when_piped() {
    let run = xtask(&workspace(), &["codegen", "--check", "--target", "v2"]);
    assert!(!run.stderr.contains('\u{1b}'), "{:?}", run.stderr);
}

#[test]
fn explain_tells_of_every_code_and_suggests_for_a_wrong_one() {
    let list = xtask(&workspace(), &["explain"]);
    assert_eq!(list.code, 0);
    for line in list.stdout.lines() {
        let code = line.split_whitespace().nth(1).unwrap();
        let page = xtask(&workspace(), &["explain", code]);
        assert_eq!(page.code, 0, "{code}");
        assert!(page.stdout.contains(code) && page.stdout.lines().count() > 4, "{}", page.stdout);
    }
    let area = xtask(&workspace(), &["explain", "output"]);
    assert!(area.stdout.lines().count() > 2, "{}", area.stdout);
    assert!(area.stdout.lines().all(|line| line.contains(" output::")), "{}", area.stdout);
    let page = xtask(&workspace(), &["explain", "link::deep_insert"]);
    assert!(page.stdout.starts_with("link::deep_insert is a note.\n"), "{}", page.stdout);
    let wrong = xtask(&workspace(), &["explain", "docs::anotation_json"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.stderr.contains("docs::annotation_json"), "{}", wrong.stderr);
}

#[test]
fn ir_prints_the_representation_after_a_pass_filtered_by_name() {
    for pass in ["resolve", "merge", "select", "analyse"] {
        let run = xtask(&workspace(), &["ir", pass, "--name", "recipient"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.contains("microsoft.graph.recipient"), "{pass}: {}", run.stdout);
        assert!(!run.stdout.contains("microsoft.graph.itemBody"), "{pass}: {}", run.stdout);
    }
}

#[test]
fn timings_name_every_pass() {
    let run = xtask(&workspace(), &["codegen", "--check", "--timings"]);
    for pass in [
        "read", "parse", "resolve", "merge", "select", "analyse", "plan", "emit", "compare",
        "total",
    ] {
        assert!(run.stderr.contains(pass), "{pass} in {}", run.stderr);
    }
}

#[test]
fn completions_are_printed_for_shells() {
    for shell in ["bash", "zsh", "fish"] {
        let run = xtask(&workspace(), &["completions", shell]);
        assert_eq!(run.code, 0);
        assert!(run.stdout.contains("codegen"), "{shell}");
        assert!(run.stdout.contains("table_row"), "{shell} completes codes");
    }
}

#[test]
fn the_readme_shows_the_output_of_commands_as_it_is() {
    let readme = fs::read_to_string(workspace().join("README.md")).unwrap();
    for command in [
        &["trace", "conversationThread/topic", "--target", "v1"][..],
        &["permissions", "--kind", "delegated-work", "group-post-threads"],
    ] {
        let run = xtask(&workspace(), command);
        let text = run.stdout.trim_end();
        assert!(
            !text.is_empty() && readme.contains(text),
            "the README shows other text than\n{text}"
        );
    }
}

#[test]
fn the_readme_shows_a_message_as_it_is() {
    let readme = fs::read_to_string(workspace().join("README.md")).unwrap();
    let only = ["--page", "group-post-threads", "--only", "link::deep_insert", "--show-suppressed"];
    let run = xtask(&workspace(), &[&["lint", "--target", "v1"][..], &only].concat());
    let message = run.stdout.split("\n\n").next().unwrap();
    assert!(message.starts_with("note[link::deep_insert]"), "{message}");
    assert!(readme.contains(message), "the README shows another message than\n{message}");
}

#[test]
fn a_listener_that_leaves_does_not_leave_the_work_undone() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--select", "group-post-threads", "--metadata"])
        .arg(schemas().join("metadata.csdl"))
        .arg("--docs")
        .arg(schemas().join("docs"))
        .arg("--out")
        .arg(&out)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(out.join("server/src/lib.rs").exists());
}

#[test]
fn no_command_that_prints_fails_where_nobody_reads() {
    for arguments in [&["completions", "zsh"][..], &["explain"], &["docs", "schemas"], &["lint"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(workspace())
            .stdout(writer)
            .stderr(std::process::Stdio::piped())
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(0), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
    }
}

#[test]
fn outputs_that_overlap_are_refused() {
    let root = tempfile::tempdir().unwrap();
    let config = root.path().join("codegen.yaml");
    let target = |name: &str, out: &str| {
        format!(
            "  - {{ name: {name}, version: v1.0, metadata: a, docs: [], select: [b], output: {out} }}\n"
        )
    };
    let yaml = format!("runtime: x\ntargets:\n{}{}", target("a", "out"), target("b", "out/models"));
    fs::write(&config, yaml).unwrap();
    let run = xtask(root.path(), &["codegen", "--config", config.to_str().unwrap()]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("\"b\" writes where another one does"), "{}", run.stderr);
}

#[test]
fn a_page_in_two_folders_is_read_once() {
    let root = tempfile::tempdir().unwrap();
    let text = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let docs = schemas().join("docs");
    let run = xtask(
        root.path(),
        &[
            "codegen",
            "--metadata",
            &text(&schemas().join("metadata.csdl")),
            "--docs",
            &text(&docs),
            "--docs",
            &text(&docs.join("api")),
            "--select",
            "group-post-threads",
            "--out",
            "out",
        ],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let pages = workspace().join("generated/v1/server/tests/contract/group_post_threads.json");
    let again = root.path().join("out/server/tests/contract/group_post_threads.json");
    assert_eq!(fs::read(again).unwrap(), fs::read(pages).unwrap());
}

#[test]
fn a_folder_without_pages_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let run = support::codegen(
        &schemas().join("metadata.csdl"),
        root.path(),
        "POST /groups/{id}/threads",
        &root.path().join("out"),
    );
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("there is no page in"), "{}", run.stderr);
}

#[test]
fn messages_are_about_the_selected_pages_unless_all_are_asked_for() {
    let root = tempfile::tempdir().unwrap();
    let docs = root.path().join("docs");
    fs::create_dir(&docs).unwrap();
    fs::copy(schemas().join("docs/api/group-post-threads.md"), docs.join("group-post-threads.md"))
        .unwrap();
    fs::write(docs.join("other.md"), "# Other\n\nNothing.\n").unwrap();
    let metadata = schemas().join("metadata.csdl");
    let out = root.path().join("out");
    let arguments = [
        "codegen",
        "--metadata",
        metadata.to_str().unwrap(),
        "--docs",
        docs.to_str().unwrap(),
        "--select",
        "group-post-threads",
        "--out",
        out.to_str().unwrap(),
    ];
    let few = xtask(root.path(), &arguments);
    assert!(!few.stderr.contains("other.md"), "{}", few.stderr);
    assert!(
        few.stderr.contains("1 message about pages from which nothing is selected"),
        "{}",
        few.stderr
    );
    let all = xtask(root.path(), &[&arguments[..], &["--all-messages"]].concat());
    assert!(all.stderr.contains("other.md"), "{}", all.stderr);
}
