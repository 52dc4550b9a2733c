//! `permissions`: what it prints of operations, and how it ends.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;
use std::path::Path;

use support::{Run, schemas, workspace, xtask};

/// A page with `rows` of a permission table and one template.
fn page(folder: &Path, name: &str, rows: &str, template: &str) {
    let text = format!(
        "# {name}\n\n## Permissions\n\n|Permission type|Permissions (from least to most privileged)|\n\
         |:--|:--|\n{rows}\n\n## HTTP request\n\n<!-- {{ \"blockType\": \"ignored\" }} -->\n```http\n{template}\n```\n\n\
         ## Response\n\n`200 OK`\n"
    );
    fs::write(folder.join(format!("{name}.md")), text).unwrap();
}

/// Pages about threads in a folder of their own.
fn pages() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    page(
        at,
        "thread-list",
        "|Delegated (work or school account)|Thread.Read, Thread.Write|\n\
         |Delegated (personal Microsoft account)|None.|\n\
         |Application|Thread.Read.All and Policy.Read, Directory.Read.All|",
        "GET /groups/{id}/threads",
    );
    page(
        at,
        "thread-create",
        "|Delegated (work or school account)|Thread.Write, Directory.Write.All|\n\
         |Delegated (personal Microsoft account)|Not supported.|\n\
         |Application|Thread.Write.All|",
        "POST /groups/{id}/threads",
    );
    page(
        at,
        "thread-get",
        "|Delegated (work or school account)|Thread.Read, Other.Read and More.Read|\n\
         |Delegated (personal Microsoft account)|Thread.Read|",
        "GET /groups/{id}/threads/{id}",
    );
    folder
}

/// Runs the command over the pages of `folder`.
fn permissions(folder: &Path, arguments: &[&str]) -> Run {
    let metadata = schemas().join("metadata.csdl");
    let mut all = vec!["permissions", "--metadata", metadata.to_str().unwrap(), "--docs", "."];
    all.extend(arguments);
    xtask(folder, &all)
}

#[test]
fn what_a_list_of_operations_needs_is_printed_with_its_places() {
    let folder = pages();
    let run = permissions(folder.path(), &["thread-list", "POST /groups/{group}/threads"]);
    assert_eq!(run.stderr, "");
    assert_eq!(
        run.stdout,
        "\
2 operations of v1 (v1.0)

Delegated, work or school account: Thread.Write
  GET  /groups/{id}/threads  Thread.Write  thread-list.md:7
  POST /groups/{id}/threads  Thread.Write  thread-create.md:7

Delegated, personal account: none needed; 1 of 2 not supported
  GET  /groups/{id}/threads  none needed    thread-list.md:8
  POST /groups/{id}/threads  not supported  thread-create.md:8

Application: Policy.Read, Thread.Read.All, Thread.Write.All
  GET  /groups/{id}/threads  Policy.Read and Thread.Read.All  thread-list.md:9
  POST /groups/{id}/threads  Thread.Write.All                 thread-create.md:9
"
    );
    assert_eq!(run.code, 0);
}

#[test]
fn what_is_not_documented_is_told_and_ends_with_1() {
    let folder = pages();
    let run = permissions(folder.path(), &["--kind", "delegated-work", "--", "thread-*"]);
    assert_eq!(
        run.stdout,
        "\
3 operations of v1 (v1.0)

Delegated, work or school account: Thread.Write; 1 of 3 not documented
  GET  /groups/{id}/threads       Thread.Write    thread-list.md:7
  POST /groups/{id}/threads       Thread.Write    thread-create.md:7
  GET  /groups/{id}/threads/{id}  not documented  thread-get.md:7
"
    );
    assert!(run.stderr.contains("warning[docs::permission_cell]"), "{}", run.stderr);
    assert_eq!(run.code, 1);
    let run = permissions(folder.path(), &["--kind", "delegated-personal", "--", "thread-*"]);
    assert_eq!(run.code, 0, "what is asked for is documented");
    let run = permissions(folder.path(), &["--", "PATCH /groups/{id}/threads/{id}"]);
    assert!(run.stdout.contains("not documented"), "{}", run.stdout);
    assert_eq!(run.code, 1, "no page documents it");
}

#[test]
fn programs_get_one_line_a_kind_of_sign_in() {
    let folder = pages();
    let run = permissions(
        folder.path(),
        &["--message-format", "json", "--", "thread-list", "thread-create"],
    );
    assert_eq!(run.stderr, "");
    let lines: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[2],
        serde_json::json!({
            "target": "v1",
            "version": "v1.0",
            "kind": "application",
            "permissions": ["Policy.Read", "Thread.Read.All", "Thread.Write.All"],
            "is_least": true,
            "operations": [
                {
                    "method": "GET",
                    "path": "/groups/{id}/threads",
                    "page": "thread-list",
                    "answer": "permissions",
                    "permissions": ["Policy.Read", "Thread.Read.All"],
                    "file": "thread-list.md",
                    "line": 9,
                },
                {
                    "method": "POST",
                    "path": "/groups/{id}/threads",
                    "page": "thread-create",
                    "answer": "permissions",
                    "permissions": ["Thread.Write.All"],
                    "file": "thread-create.md",
                    "line": 9,
                },
            ],
        })
    );
    assert_eq!(lines[1]["operations"][0]["answer"], "none_needed");
    assert_eq!(lines[1]["operations"][1]["answer"], "not_supported");
}

#[test]
fn names_that_mean_nothing_are_told_with_suggestions() {
    let folder = pages();
    for (name, expected) in [
        ("thread-lst", "did you mean `thread-list`"),
        ("GET /group/{id}/threads", "did you mean `groups`?"),
        ("type microsoft.graph.post", "names no operation"),
        ("/groups", "a path needs a method in front"),
    ] {
        let run = permissions(folder.path(), &["--", name, "thread-list"]);
        assert!(run.stderr.contains(expected), "{name}\n{}", run.stderr);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{name}");
    }
    assert_eq!(permissions(folder.path(), &["--kind", "guest", "--", "thread-list"]).code, 2);
    assert_eq!(permissions(folder.path(), &[]).code, 2);
}

#[test]
fn the_committed_targets_are_asked_where_no_inputs_are_named() {
    let run = xtask(
        &workspace(),
        &["permissions", "--kind", "delegated-work", "create_conversationthread_from_group"],
    );
    assert_eq!(
        run.stdout,
        "\
1 operation of v1 (v1.0)

Delegated, work or school account: Group.ReadWrite.All
  POST /groups/{id}/threads  Group.ReadWrite.All  schemas/v1/docs/api/group-post-threads.md:26

1 operation of beta (beta)

Delegated, work or school account: Group.ReadWrite.All
  POST /groups/{id}/threads  Group.ReadWrite.All  schemas/beta/docs/api/group-post-threads.md:28
"
    );
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}
