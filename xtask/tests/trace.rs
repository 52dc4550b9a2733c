//! `trace` as a user types it: by names of the wire, Rust paths and URLs.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;

use serde_json::Value;
use support::{Run, workspace, xtask};

fn trace(arguments: &[&str]) -> Run {
    let all: Vec<&str> = ["trace"].iter().chain(arguments).copied().collect();
    xtask(&workspace(), &all)
}

#[test]
fn a_member_is_shown_with_the_line_of_each_fact() {
    let run = trace(&["conversationThread/topic", "--target", "v1"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stderr, "");
    let lines: Vec<&str> = run.stdout.lines().map(str::trim_end).collect();
    assert_eq!(lines[0], "property microsoft.graph.conversationThread/topic (v1)");
    assert_eq!(lines[1], "  Rust         msgraph_v1_models::graph::ConversationThread::topic");
    for (line, [about, value, place]) in lines[2..].iter().zip([
        ["type", "String  ", "metadata   schemas/v1/metadata.csdl:"],
        ["nullable", "no  ", "metadata   schemas/v1/metadata.csdl:"],
        ["description", "What the thread is about.", "documents  schemas/v1/docs/resources/conv"],
        ["finding", "link::documented_mutability: ", "documents  schemas/v1/docs/resources/conv"],
    ]) {
        assert!(line.trim_start().starts_with(about), "{line}");
        assert!(line.contains(value) && line.contains(place), "{line}");
    }
    // The place is the one that an editor opens.
    let place = lines[2].rsplit(' ').next().unwrap();
    let [path, line, column] = place.split(':').collect::<Vec<_>>()[..] else { panic!("{place}") };
    let text = fs::read_to_string(workspace().join(path)).unwrap();
    let there = text.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
    let rest = &there[column.parse::<usize>().unwrap() - 1..];
    assert!(rest.starts_with("<Property Name=\"topic\""), "{rest}");
    let column = |line: &&str| line.split("schemas/").next().map(|before| before.chars().count());
    let columns: Vec<usize> =
        lines[2..].iter().filter(|line| line.contains("schemas/")).filter_map(column).collect();
    assert!(columns.windows(2).all(|pair| pair[0] == pair[1]), "aligned: {columns:?}");
}

#[test]
fn a_name_can_stand_behind_the_pages() {
    let inputs = ["--metadata", "schemas/v1/metadata.csdl", "--docs", "schemas/v1/docs"];
    let all: Vec<&str> = inputs.into_iter().chain(["conversationThread/topic"]).collect();
    let run = trace(&all);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("property microsoft.graph.conversationThread/topic"));
    let selected: Vec<&str> = inputs
        .into_iter()
        .chain(["--select", "group-post-threads", "graph::ConversationThread"])
        .collect();
    assert_eq!(trace(&selected).code, 0);
}

#[test]
fn each_form_of_a_name_leads_to_the_same_thing() {
    let of = |name: &str| {
        let run = trace(&[name, "--target", "v1"]);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        run.stdout
    };
    let member = of("conversationThread/topic");
    for name in [
        "microsoft.graph.conversationThread/topic",
        "graph.conversationThread/topic",
        "conversationThread.topic",
        "ConversationThread/Topic",
        "msgraph_v1_models::graph::ConversationThread::topic",
        "graph::ConversationThread::topic",
        "graph::schema::ConversationThread::Topic",
        "ConversationThread::with_topic",
    ] {
        assert_eq!(of(name), member, "{name}");
    }
    let operation = of("operations::groups::CreateThreads");
    assert!(operation.starts_with("operation POST /groups/{id}/threads (v1)\n"), "{operation}");
    assert_eq!(of("group-post-threads"), operation);
    assert_eq!(of("create_conversationthread_from_group"), operation);
    let url = of("POST /groups/{id}/threads");
    assert!(url.ends_with(&operation), "{url}");
    for step in
        ["entity set           groups", "navigation property  microsoft.graph.group/threads"]
    {
        assert!(url.contains(step), "{step} in\n{url}");
    }
    let absolute = of("https://graph.microsoft.com/v1.0/Groups/1/threads");
    assert!(absolute.contains("`Groups` is spelled `groups`"), "{absolute}");
    assert!(absolute.ends_with(&operation), "{absolute}");
}

#[test]
fn an_operation_tells_what_documents_and_what_metadata_say() {
    let run = trace(&["POST /groups/{id}/threads", "--target", "v1"]);
    for (about, value, source) in [
        ("request type", "microsoft.graph.conversationThread", "metadata"),
        ("response type", "microsoft.graph.conversationThread", "metadata"),
        ("status", "201 with a body", "documents"),
        ("delegated, work", "Group.ReadWrite.All", "documents"),
        ("application", "not supported", "documents"),
        ("header", "Authorization, required", "documents"),
        ("example", "create_conversationthread_from_group, clean", "documents"),
    ] {
        let found = run.stdout.lines().any(|line| {
            line.trim_start().starts_with(about) && line.contains(value) && line.contains(source)
        });
        assert!(found, "{about} {value} in\n{}", run.stdout);
    }
}

#[test]
fn a_disagreement_stands_with_the_facts_that_it_is_about() {
    let run = trace(&["conversationThread/posts", "--target", "v1"]);
    let finding = run.stdout.lines().find(|line| line.contains("finding")).unwrap();
    assert!(finding.contains("link::deep_insert"), "{finding}");
    assert!(finding.contains("schemas/v1/docs/api/conversation-post-threads.md:"), "{finding}");
}

#[test]
fn all_targets_are_looked_at_and_only_what_is_found_is_shown() {
    let run = trace(&["post/importance"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("(beta)") && !run.stdout.contains("(v1)"), "{}", run.stdout);
    let run = trace(&["bodyType/html"]);
    assert!(run.stdout.contains("(beta)") && run.stdout.contains("(v1)"), "{}", run.stdout);
    assert!(run.stdout.contains("msgraph_v1_models::graph::BodyType::Html"), "{}", run.stdout);
}

#[test]
fn programs_get_one_object_a_fact() {
    let run = trace(&["conversationThread/topic", "--target", "v1", "--message-format", "json"]);
    let facts: Vec<Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let about: Vec<&str> = facts.iter().map(|fact| fact["fact"].as_str().unwrap()).collect();
    assert_eq!(about, ["type", "nullable", "description", "finding"]);
    assert_eq!(facts[0]["source"], "metadata");
    assert_eq!(facts[0]["target"], "v1");
    assert_eq!(facts[0]["rust"], "msgraph_v1_models::graph::ConversationThread::topic");
    assert_eq!(facts[0]["file"], "schemas/v1/metadata.csdl");
    assert!(facts[0]["line"].as_u64().unwrap() > 1);
    assert_eq!(facts[2]["source"], "documents");
}

#[test]
fn a_name_that_means_nothing_is_an_error_with_the_nearest_ones() {
    for (name, help) in [
        ("conversationTread", "did you mean `conversationThread`"),
        ("conversationThread/topics", "did you mean `conversationThread/topic`"),
        ("graph::ConversationTread", "graph::ConversationThread`"),
        ("/groups/{id}/thread", "did you mean `threads`?"),
        ("/groups/thread", "did you mean `{id}/threads`?"),
        ("GET ", "a name is that of a type"),
        ("", "a name is that of a type"),
        ("::", "are known, of what is selected"),
    ] {
        let run = trace(&[name]);
        assert_eq!(run.code, 1, "{name}: {}", run.stdout);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains("error[config::unknown_name]"), "{name}: {}", run.stderr);
        assert!(run.stderr.contains(help), "{name}: {}", run.stderr);
        assert_eq!(run.stderr.matches("error[").count(), 1, "{name}: {}", run.stderr);
    }
}

/// Metadata of a thing whose member is described in both sources, and many members of one name.
fn inputs(folder: &std::path::Path) {
    let many: String = (0..20)
        .map(|at| {
            format!(r#"<ComplexType Name="c{at}"><Property Name="note" Type="Edm.String"/></ComplexType>"#)
        })
        .collect();
    let metadata = format!(
        r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>
<Property Name="size" Type="Edm.Int32"><Annotation Term="Org.OData.Core.V1.Description" String="Of the metadata."/></Property></EntityType>
{many}
<EntityContainer Name="S"><EntitySet Name="things" EntityType="graph.thing"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>"#
    );
    fs::write(folder.join("m.csdl"), metadata).unwrap();
    fs::create_dir(folder.join("docs")).unwrap();
    fs::write(
        folder.join("docs/thing.md"),
        "---\ntitle: thing\ndoc_type: resourcePageType\n---\n# thing resource type\n\nA thing.\n\n## Properties\n\n| Property | Type | Description |\n|:--|:--|:--|\n| size | Int32 | Of the \u{1b}[31mpage. |\n\n## JSON representation\n\n<!-- { \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.thing\" } -->\n```json\n{ \"size\": 1 }\n```\n",
    )
    .unwrap();
}

#[test]
fn what_was_overruled_stands_below_what_holds() {
    let root = tempfile::tempdir().unwrap();
    inputs(root.path());
    let run =
        xtask(root.path(), &["trace", "thing/size", "--metadata", "m.csdl", "--docs", "docs"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let lines: Vec<&str> = run.stdout.lines().collect();
    let at = lines.iter().position(|line| line.contains("description")).unwrap();
    assert!(lines[at].contains("documents  docs/thing.md:13:"), "{}", run.stdout);
    assert!(lines[at + 1].contains("overrules: Of the metadata."), "{}", run.stdout);
    assert!(lines[at + 1].contains("metadata   m.csdl:4:"), "{}", run.stdout);
    assert!(!run.stdout.contains('\u{1b}'), "nothing steers the terminal: {:?}", run.stdout);
    assert!(!run.stdout.contains("Rust"), "nothing is selected: {}", run.stdout);
    let run = xtask(
        root.path(),
        &[
            "trace",
            "thing/size",
            "--metadata",
            "m.csdl",
            "--docs",
            "docs",
            "--select",
            "GET /things",
        ],
    );
    assert!(run.stdout.contains("msgraph_v1_models::graph::Thing::size"), "{}", run.stdout);
}

#[test]
fn of_many_things_of_one_name_the_first_are_shown_and_the_others_listed() {
    let root = tempfile::tempdir().unwrap();
    inputs(root.path());
    let run = xtask(root.path(), &["trace", "note", "--metadata", "m.csdl", "--docs", "docs"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout.matches("property microsoft.graph.c").count(), 12, "{}", run.stdout);
    assert!(run.stdout.contains("8 more things of this name in v1:"), "{}", run.stdout);
    assert!(run.stdout.ends_with("  microsoft.graph.c19/note\n\n"), "{}", run.stdout);
}

#[test]
fn an_operation_of_another_service_is_found_by_its_name_and_by_its_url() {
    let named = trace(&["listTags", "--target", "library"]);
    assert_eq!(named.code, 0, "{}", named.stderr);
    assert!(named.stdout.starts_with("operation GET /books/{isbn}/tags (library)"));
    let url = "GET https://library.example/api/v2/books/12/tags?a=b";
    assert_eq!(trace(&[url, "--target", "library"]).stdout, named.stdout);
    let both = trace(&["/books/{isbn}/tags", "--target", "library"]);
    assert!(both.stdout.contains("operation PUT /books/{isbn}/tags"), "{}", both.stdout);
    assert_eq!(trace(&["GET /books/12/tag", "--target", "library"]).code, 1);
}
