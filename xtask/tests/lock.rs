//! `codegen.lock`: what it records, what `--check` tells from it, and that it is trusted with nothing else.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;

use support::project::{PAGE, POST, Project};
use support::{tree, workspace, xtask};

const LOCK: &str = "out/codegen.lock";

#[track_caller]
fn holds(text: &str, expected: &[&str]) {
    for part in expected {
        assert!(text.contains(part), "{part:?} in\n{text}");
    }
}

/// Generates, and gives the files of the output that are others than before.
fn changed_by_generating(project: &Project) -> BTreeSet<String> {
    let before = tree(&project.path("out"));
    let run = project.codegen(&[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let after = tree(&project.path("out"));
    let all: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let differing = all.into_iter().filter(|path| before.get(*path) != after.get(*path));
    let out = project.path("out");
    differing.map(|path| path.strip_prefix(&out).unwrap().to_str().unwrap().to_owned()).collect()
}

fn set(files: &[&str]) -> BTreeSet<String> {
    files.iter().map(|file| (*file).to_owned()).collect()
}

#[test]
fn check_names_the_page_that_changed_and_the_operation_it_touches() {
    let project = Project::new();
    project.edit(PAGE, "| Group.ReadWrite.All  ", "| Group.ReadWrite.Any  ");
    holds(
        &project.check(1),
        &[
            "error[lock::input_changed]: docs/api/group-post-threads.md changed since the last run",
            "it touches POST /groups/{id}/threads (operations::groups::CreateThreads; tested in \
             server/tests/contract/group_post_threads.json)",
            "run `cargo xtask codegen --config codegen.yaml --target v1`",
            "error[output::stale]: out/models/src/operations/groups.rs is out of date",
            "error[output::stale]: out/codegen.lock is out of date",
        ],
    );
}

#[test]
fn only_the_files_of_its_items_change_with_a_page() {
    let project = Project::new();
    project.edit(POST, "Whether the post has at least", "True where the post has at least");
    let files = changed_by_generating(&project);
    assert_eq!(files, set(&["codegen.lock", "models/src/graph/post.rs"]));

    project.edit(PAGE, "\"topic\": \"New Conversation", "\"topic\": \"Another Conversation");
    let files = changed_by_generating(&project);
    assert_eq!(
        files,
        set(&[
            // Which shows how the operation is called.
            "client/src/builders/conversation_thread.rs",
            "codegen.lock",
            "server/tests/contract/group_post_threads.json",
        ])
    );
}

#[test]
fn a_run_tells_what_its_changes_touched() {
    let project = Project::new();
    project.edit(POST, "Whether the post has at least", "True where the post has at least");
    let run = project.codegen(&[]);
    holds(
        &run.stderr,
        &[
            "out: 2 files written, 0 deleted, ",
            "  docs/resources/post.md changed since the last run: microsoft.graph.post (graph::Post)",
        ],
    );
}

#[test]
fn a_change_that_is_not_used_leaves_all_but_the_lock() {
    let project = Project::new();
    project.edit(PAGE, "A thread with one post, addressed", "A tread with one post, addressed");
    holds(
        &project.check(1),
        &[
            "docs/api/group-post-threads.md changed since the last run",
            "it touches no type and no operation that is generated",
            "the generated code stays as it is; only codegen.lock does not",
            "out: 1 of ",
        ],
    );
    assert_eq!(changed_by_generating(&project), set(&["codegen.lock"]));
    project.check(0);
}

#[test]
fn a_page_without_a_part_in_the_output_may_come_change_and_go() {
    let project = Project::new();
    for text in ["# Other\n\nNothing.\n", "# Other\n\nNothing else.\n"] {
        fs::write(project.path("docs/other.md"), text).unwrap();
        project.check(0);
    }
    fs::remove_file(project.path("docs/other.md")).unwrap();
    project.check(0);
}

#[test]
fn pages_that_come_and_go_are_named() {
    let project = Project::new();
    fs::rename(project.path(POST), project.path("docs/posts.md")).unwrap();
    holds(
        &project.check(1),
        &[
            "error[lock::input_added]: docs/posts.md has a part in the output that it had not",
            "error[lock::input_removed]: docs/resources/post.md has no part in the output any more",
            "it touches microsoft.graph.post (graph::Post)",
        ],
    );
}

#[test]
fn metadata_touches_what_differs_and_no_page_explains() {
    let project = Project::new();
    project.edit("metadata.csdl", "<Property Name=\"isLocked\"", "<Property Name=\"isSealed\"");
    project.edit(POST, "Whether the post has at least", "True where the post has at least");
    let said = project.check(1);
    let metadata =
        said.split("\n\n").find(|it| it.contains("metadata.csdl changed since")).unwrap();
    holds(metadata, &["touches microsoft.graph.conversationThread (graph::ConversationThread)\n"]);
    let page = said.split("\n\n").find(|it| it.contains("post.md changed since")).unwrap();
    holds(page, &["touches microsoft.graph.post (graph::Post)\n"]);
}

#[test]
fn what_metadata_forbids_at_the_place_of_an_operation_touches_it() {
    let project = Project::new();
    project.edit(
        "metadata.csdl",
        "<NavigationProperty Name=\"threads\" Type=\"Collection(graph.conversationThread)\" \
         ContainsTarget=\"true\"/>\n        <Annotation",
        "<NavigationProperty Name=\"threads\" Type=\"Collection(graph.conversationThread)\" \
         ContainsTarget=\"true\"><Annotation Term=\"Org.OData.Capabilities.V1.ReadRestrictions\"><Record>\
         <PropertyValue Property=\"Readable\" Bool=\"false\"/></Record></Annotation>\
         </NavigationProperty>\n        <Annotation",
    );
    holds(&project.check(1), &["touches POST /groups/{id}/threads (operations::groups::"]);
}

#[test]
fn the_configuration_is_an_input() {
    let project = Project::new();
    project.configure("docs: [docs]", "group-post-threads, type microsoft.graph.fileAttachment");
    holds(
        &project.check(1),
        &[
            "error[lock::configuration_changed]: `select` of out was `group-post-threads` and is \
             `group-post-threads, type microsoft.graph.fileAttachment`",
            "it touches microsoft.graph.fileAttachment (new; graph::FileAttachment)",
        ],
    );
    assert!(changed_by_generating(&project).contains("models/src/graph/file_attachment.rs"));
    project.configure("docs: [docs]", "group-post-threads");
    holds(&project.check(1), &["microsoft.graph.fileAttachment (no longer generated)"]);
}

#[test]
fn edited_output_is_told_from_changed_input() {
    let project = Project::new();
    let file = "out/models/src/lib.rs";
    fs::write(project.path(file), project.text(file) + "\n// mine\n").unwrap();
    holds(
        &project.check(1),
        &["out/models/src/lib.rs is out of date", "though no input changed: they were edited"],
    );
}

#[test]
fn line_ends_of_a_checkout_change_nothing() {
    let project = Project::new();
    for name in ["metadata.csdl", PAGE, POST, "docs/resources/conversationthread.md"] {
        let text = project.text(name).replace('\n', "\r\n");
        fs::write(project.path(name), format!("\u{feff}{text}")).unwrap();
    }
    project.check(0);
}

#[test]
fn a_tree_without_a_lock_gets_one() {
    let project = Project::new();
    fs::remove_file(project.path(LOCK)).unwrap();
    project.edit(PAGE, "A thread with one post, addressed", "A tread with one post, addressed");
    let said = project.check(1);
    holds(&said, &["error[output::missing]: out/codegen.lock is missing", "out: 1 of "]);
    assert!(!said.contains("lock::"), "nothing is guessed: {said}");
    assert_eq!(changed_by_generating(&project), set(&["codegen.lock"]));
    project.check(0);
}

#[test]
fn a_lock_that_cannot_be_read_is_written_anew() {
    let project = Project::new();
    let good = project.text(LOCK);
    let (mark, rest) = good.split_once(",\n").unwrap();
    let deep = format!("{mark},\n\"format\": {}", "[".repeat(100_000));
    for text in [
        format!("{mark}\n"),
        format!("{mark},\n<<<<<<< ours\n{rest}=======\n{rest}>>>>>>> theirs\n"),
        good.replace("\"format\": 1", "\"format\": \"one\""),
        good.replace("\"0.1.0\"", "\"new\""),
        good.replace("\"inputs\":", "\"imports\":"),
        good.replacen("\"sha256\": ", "\"sha256\": [", 1),
        good.replacen("\"format\": 1,", "\"format\": 1, \"format\": 1,", 1),
        deep.replace("\"format\"", "\"deep\""),
        deep,
    ] {
        assert_ne!(text, good);
        fs::write(project.path(LOCK), &text).unwrap();
        holds(&project.check(1), &["warning[lock::malformed]: out/codegen.lock cannot be read: "]);
        assert_eq!(changed_by_generating(&project), set(&["codegen.lock"]), "{text:.200}");
        assert_eq!(project.text(LOCK), good);
    }
    fs::write(project.path(LOCK), [mark.as_bytes(), b"\n\xff\xfe"].concat()).unwrap();
    holds(&project.check(1), &["warning[lock::malformed]"]);
    assert_eq!(changed_by_generating(&project), set(&["codegen.lock"]));
}

#[test]
fn the_output_of_a_newer_generator_is_left_alone() {
    let project = Project::new();
    let good = project.text(LOCK);
    for (from, to) in [
        ("\"format\": 1", "\"format\": 2, \"more\": \"of it\""),
        ("\"0.1.0\"", "\"0.10.0\""),
        ("\"0.1.0\"", "\"1.0.0-rc.1\""),
    ] {
        fs::write(project.path(LOCK), good.replace(from, to)).unwrap();
        project.edit(PAGE, "thread", "tread");
        let before = tree(&project.path("out"));
        holds(&project.check(1), &["error[lock::newer]: out was generated by version "]);
        assert_eq!(project.codegen(&[]).code, 1);
        assert_eq!(tree(&project.path("out")), before);
    }
    fs::remove_file(project.path(LOCK)).unwrap();
    assert_eq!(project.codegen(&[]).code, 0);
}

#[test]
fn the_output_of_an_older_generator_is_brought_up_to_date() {
    let project = Project::new();
    fs::write(project.path(LOCK), project.text(LOCK).replace("\"0.1.0\"", "\"0.0.9\"")).unwrap();
    holds(
        &project.check(1),
        &["error[lock::generator_changed]: out was generated by version 0.0.9, and this is 0.1.0"],
    );
    assert_eq!(changed_by_generating(&project), set(&["codegen.lock"]));
}

#[test]
fn a_lock_by_hand_is_foreign() {
    let project = Project::new();
    fs::write(project.path(LOCK), "{ \"format\": 1 }\n").unwrap();
    holds(&project.check(1), &["error[output::foreign_file]: out/codegen.lock was not made"]);
    assert_eq!(project.codegen(&[]).code, 1);
    assert_eq!(project.text(LOCK), "{ \"format\": 1 }\n");
}

#[test]
fn a_lock_is_a_file_and_no_link_or_folder() {
    let project = Project::new();
    fs::remove_file(project.path(LOCK)).unwrap();
    fs::create_dir(project.path(LOCK)).unwrap();
    let run = project.codegen(&[]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    holds(&run.stderr, &["error[output::io]", "codegen.lock"]);
    fs::remove_dir(project.path(LOCK)).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(project.path("metadata.csdl"), project.path(LOCK)).unwrap();
        let run = project.codegen(&[]);
        holds(&run.stderr, &["error[output::unsafe_path]: codegen.lock is a symbolic link"]);
    }
}

#[test]
fn what_a_lock_names_is_neither_read_nor_deleted() {
    let project = Project::new();
    let mine = project.path("mine.rs");
    fs::write(&mine, "// @generated\n").unwrap();
    let absolute = mine.to_str().unwrap();
    let hash = "0".repeat(64);
    let entries: String = ["../mine.rs", "../../../../etc/passwd", absolute, "models/src/lib.rs"]
        .iter()
        .map(|path| format!("{{ \"path\": \"{path}\", \"sha256\": \"{hash}\" }},"))
        .collect();
    let evil = "{ \"path\": \"\\u001b[31m\\u202e\", \"sha256\": \"\" },";
    let lock = project.text(LOCK);
    let lock = lock.replace("\"inputs\": [", &format!("\"inputs\": [{entries}{evil}"));
    fs::write(project.path(LOCK), lock).unwrap();
    let said = project.check(1);
    holds(&said, &["mine.rs has no part in the output any more", "out: 1 of "]);
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said:?}");
    let run = project.codegen(&[]);
    assert_eq!(run.code, 0);
    assert!(!run.stderr.contains('\u{1b}') && !run.stderr.contains('\u{202e}'), "{:?}", run.stderr);
    assert_eq!(fs::read_to_string(mine).unwrap(), "// @generated\n");
    project.check(0);
}

#[test]
fn programs_are_told_as_people_are() {
    let project = Project::new();
    project.edit(PAGE, "| Group.ReadWrite.All  ", "| Group.ReadWrite.Any  ");
    let run = project.codegen(&["--check", "--message-format", "json", "--timings"]);
    let lines: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["code"] == "lock::input_changed"), "{}", run.stdout);
    let timings = lines.last().unwrap();
    assert_eq!(timings["event"], "timings");
    assert!(timings["passes"].as_array().unwrap().iter().any(|pass| pass["pass"] == "emit"));
    assert!(timings["total_ms"].is_number());
}

#[test]
fn the_readme_shows_what_check_says() {
    let root = tempfile::tempdir().unwrap();
    support::project::copy(&workspace().join("schemas"), &root.path().join("schemas"));
    let arguments = ["codegen", "--config", "schemas/codegen.yaml", "--target", "v1"];
    assert_eq!(xtask(root.path(), &arguments).code, 0);
    let page = root.path().join("schemas/v1").join(PAGE);
    let text = fs::read_to_string(&page).unwrap();
    fs::write(page, text.replacen("| Group.ReadWrite.All  ", "| Group.ReadWrite.Any  ", 1))
        .unwrap();
    let run = xtask(root.path(), &[&arguments[..], &["--check"]].concat());
    let said = run.stderr.replace(" --config schemas/codegen.yaml", "");
    let shown = said.split("\n\n").find(|it| it.starts_with("error[lock::")).unwrap();
    let next = said.split("\n\n").find(|it| it.starts_with("error[output::")).unwrap();
    let shown = format!("{shown}\n\n{}\n", next.lines().next().unwrap());
    let readme = fs::read_to_string(workspace().join("README.md")).unwrap();
    assert!(readme.contains(&shown), "the README shows another message than\n{shown}");
}
