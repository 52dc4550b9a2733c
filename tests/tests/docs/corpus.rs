//! Real pages, where they are at hand: counts that were measured in other ways, and the two pages
//! of "Create conversation thread" part by part.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use msgraph_docs::{BlockType, Body, MemberTableKind, Page, PermissionGrant, PermissionKind, Text};
use msgraph_source::{Diagnostics, SourceMap};
use msgraph_tests::corpus;

use crate::dump;

/// The trials.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("corpus_v1_counts", v1_counts),
        Trial::test("corpus_group_post_threads_v1", || {
            group_post_threads("docs/v1.0", "v1.0", "OK", "datetime-value")
        }),
        Trial::test("corpus_group_post_threads_beta", || {
            group_post_threads("docs/beta", "beta", "Created", "2016-10-19T10:37:00Z")
        }),
    ]
}

fn pages(folder: &Path) -> Result<Vec<PathBuf>, Failed> {
    let mut pages = Vec::new();
    for area in ["api", "resources"] {
        for entry in fs::read_dir(folder.join(area))? {
            pages.push(entry?.path());
        }
    }
    pages.sort();
    Ok(pages)
}

fn v1_counts() -> Result<(), Failed> {
    let Some(corpus) = corpus() else {
        return Ok(());
    };
    let mut sources = SourceMap::new();
    for page in pages(&corpus.join("docs/v1.0"))? {
        sources.add(&page.to_string_lossy(), fs::read_to_string(&page)?);
    }
    let mut counts = Counts::default();
    let files: Vec<_> = sources.ids().collect();
    for file in files {
        let (page, found) = msgraph_docs::parse(&sources, file);
        count(&sources, &page, &found, &mut counts);
    }
    let mut wrong = Vec::new();
    for (what, expected) in EXPECTED {
        let counted = counts.0.remove(*what).unwrap_or_default();
        if counted != *expected {
            wrong.push(format!("{what}: expected {expected}, counted {counted}"));
        }
    }
    for (what, counted) in counts.0 {
        if !what.starts_with("seen") {
            wrong.push(format!("{what}: expected none, counted {counted}"));
        }
        println!("{counted:7} {what}");
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(wrong.join("\n").into()),
    }
}

#[derive(Default)]
struct Counts(BTreeMap<String, usize>);

impl Counts {
    fn add(&mut self, what: impl Into<String>, number: usize) {
        if number > 0 {
            *self.0.entry(what.into()).or_default() += number;
        }
    }
}

fn count(sources: &SourceMap, page: &Page, found: &Diagnostics, counts: &mut Counts) {
    counts.add("pages", 1);
    for annotation in &page.annotations {
        counts.add(format!("blockType {:?}", annotation.block_type), 1);
        let bound = annotation.fence.is_some() || annotation.block_type == BlockType::Page;
        counts.add("annotations without fence", usize::from(!bound));
    }
    counts.add("templates", page.templates.len());
    counts.add("includes", page.includes.len());
    for table in &page.permissions {
        counts.add("permission tables", 1);
        for row in &table.rows {
            let grant = match row.grant {
                PermissionGrant::NotSupported => "permissions not supported",
                PermissionGrant::NoneNeeded => "permissions not needed",
                PermissionGrant::OneOf(_) => "permissions listed",
                PermissionGrant::OneOfSets(_) => "permissions needed together",
                PermissionGrant::Unreadable(_) => "permissions unreadable",
            };
            counts.add(grant, 1);
        }
    }
    for table in &page.tables {
        let what = match table.kind {
            MemberTableKind::Properties => "properties",
            MemberTableKind::Relationships => "relationships",
            MemberTableKind::Members => "members",
            MemberTableKind::Parameters => "parameters",
        };
        counts.add(format!("seen tables of {what}"), 1);
        counts.add(format!("seen rows of {what}"), table.rows.len());
    }
    counts.add("resources", page.resources.len());
    let represented = page.resources.iter().filter(|r| r.representation.is_some());
    counts.add("representations", represented.count());
    for example in &page.examples {
        counts.add("requests annotated", usize::from(example.annotated));
        counts.add("requests told by headings", usize::from(!example.annotated));
        let json = matches!(example.request.body, Some(Body::Json(_)));
        counts.add("request bodies of JSON", usize::from(json));
        for response in &example.responses {
            counts.add(format!("status {}", response.status.value), 1);
            let json = matches!(response.body, Some(Body::Json(_)));
            counts.add("response bodies of JSON", usize::from(json));
            counts.add("responses truncated", usize::from(response.truncated));
        }
    }
    for diagnostic in found {
        counts.add(diagnostic.code.id(), 1);
        let end = diagnostic.primary().map(|span| span.range().end);
        let length = sources.file(page.file).text().len();
        assert!(end.is_some_and(|end| end <= length), "{diagnostic:?}");
    }
}

/// What the pages hold. The block types and the statuses 204 and 302 are exactly what was counted
/// without this reader. Templates are one more, from a section "HTTP requests". Other statuses are
/// a little fewer, since blocks that are ignored, or that no request leads to, are not counted.
const EXPECTED: &[(&str, usize)] = &[
    ("annotations without fence", 24),
    ("blockType Example", 66),
    ("blockType Ignored", 2501),
    ("blockType Page", 1647),
    ("blockType Request", 1474),
    ("blockType Resource", 1024),
    ("blockType Response", 1606),
    ("blockType Samples", 13),
    ("docs::blank_line_before_headers", 44),
    ("docs::body_json", 7),
    ("docs::body_without_blank_line", 11),
    ("docs::boolean_as_text", 12),
    ("docs::http_version", 3),
    ("docs::json_comment", 4),
    ("docs::json_duplicate_name", 1),
    ("docs::json_missing_comma", 4),
    ("docs::json_raw_newline", 24),
    ("docs::json_single_quotes", 1),
    ("docs::json_trailing_comma", 101),
    ("docs::json_trailing_text", 1),
    ("docs::json_unquoted_name", 1),
    ("docs::json_white_space", 1),
    ("docs::no_annotations", 214),
    ("docs::not_http", 2),
    ("docs::orphan_response", 2),
    ("docs::page_annotation_json", 1),
    ("docs::permission_cell", 32),
    ("docs::permission_row", 1),
    ("docs::reason_phrase", 15),
    ("docs::repeated_request_name", 10),
    ("docs::request_without_name", 8),
    ("docs::second_response", 8),
    ("docs::table_row", 12),
    ("docs::template_line", 3),
    ("docs::unannotated_example", 957),
    ("includes", 10993),
    ("pages", 3341),
    ("permission tables", 2270),
    ("permissions listed", 4167),
    ("permissions needed together", 81),
    ("permissions not needed", 28),
    ("permissions not supported", 2499),
    ("permissions unreadable", 32),
    ("representations", 1024),
    ("request bodies of JSON", 879),
    ("requests annotated", 1474),
    ("requests told by headings", 988),
    ("resources", 1024),
    ("response bodies of JSON", 1765),
    ("responses truncated", 1427),
    ("status 200", 1543),
    ("status 201", 295),
    ("status 202", 57),
    ("status 204", 446),
    ("status 206", 1),
    ("status 207", 2),
    ("status 302", 76),
    ("status 404", 1),
    ("status 422", 2),
    ("templates", 3713),
];

fn group_post_threads(
    folder: &str,
    version: &str,
    reason: &str,
    delivered: &str,
) -> Result<(), Failed> {
    let Some(corpus) = corpus() else {
        return Ok(());
    };
    let path = corpus.join(folder).join("api/group-post-threads.md");
    let mut sources = SourceMap::new();
    let file = sources.add(&path.to_string_lossy(), fs::read_to_string(&path)?);
    let (page, found) = msgraph_docs::parse(&sources, file);

    let values =
        |texts: &[Text]| -> Vec<String> { texts.iter().map(|t| t.value.clone()).collect() };
    assert_eq!(page.name, "group-post-threads");
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let title = Some("Create conversation thread".to_owned());
    assert_eq!(text(&page.title), title);
    assert_eq!(text(&page.front_matter.title), title);
    assert_eq!(text(&page.front_matter.doc_type).as_deref(), Some("apiPageType"));
    assert_eq!(text(&page.namespace).as_deref(), Some("microsoft.graph"));
    assert_eq!(page.summary.len(), 3);
    assert_eq!(page.summary[0].value, "Start a new group conversation by first creating a thread.");
    let types: Vec<BlockType> = page.annotations.iter().map(|a| a.block_type).collect();
    let mut expected =
        vec![BlockType::Ignored, BlockType::Request, BlockType::Response, BlockType::Page];
    if version == "beta" {
        expected.insert(0, BlockType::Ignored);
        assert!(page.annotations[0].fence.is_none(), "it stands above a table");
    }
    assert_eq!(types, expected);
    assert!(page.page_annotation.is_some());

    assert_eq!(page.templates.len(), 1);
    assert_eq!(page.templates[0].method.value, "POST");
    assert_eq!(page.templates[0].url.value, "/groups/{id}/threads");

    assert_eq!(page.permissions.len(), 1);
    let rows: Vec<_> = page.permissions[0]
        .rows
        .iter()
        .map(|row| match &row.grant {
            PermissionGrant::OneOf(names) => (row.kind, values(names)),
            PermissionGrant::NotSupported | PermissionGrant::NoneNeeded => (row.kind, Vec::new()),
            PermissionGrant::OneOfSets(sets) => (row.kind, values(&sets.concat())),
            PermissionGrant::Unreadable(cell) => (row.kind, vec![cell.value.clone()]),
        })
        .collect();
    assert_eq!(
        rows,
        [
            (PermissionKind::DelegatedWork, vec!["Group.ReadWrite.All".to_owned()]),
            (PermissionKind::DelegatedPersonal, Vec::new()),
            (PermissionKind::Application, Vec::new()),
        ]
    );
    let headers: Vec<_> =
        page.request_headers.iter().map(|row| (row.name.value.as_str(), row.required)).collect();
    assert_eq!(headers, [("Authorization", true), ("Content-Type", false)]);
    assert_eq!(page.request_body.len(), 1);
    assert_eq!(page.response.len(), 1);
    assert!(page.response[0].value.contains("`201 Created`"));

    assert_eq!(page.examples.len(), 1);
    let example = &page.examples[0];
    assert!(example.annotated);
    assert_eq!(example.name.value, "create_conversationthread_from_group");
    let request = &example.request;
    assert_eq!(request.method.value, "POST");
    assert_eq!(
        request.url.value,
        format!("https://graph.microsoft.com/{version}/groups/{{id}}/threads")
    );
    assert_eq!(request.headers.len(), 1);
    let Some(Body::Json(body)) = &request.body else {
        return Err(format!("{:?}", request.body).into());
    };
    assert_eq!(
        dump::strict(body),
        "{\"topic\": \"New Conversation Thread Topic\", \"posts\": [{\"body\": {\"contentType\": \
         \"html\", \"content\": \"this is body content\"}, \"newParticipants\": [{\"emailAddress\": \
         {\"name\": \"Alex Darrow\", \"address\": \"alexd@contoso.com\"}}]}]}"
    );
    assert_eq!(example.responses.len(), 1);
    let response = &example.responses[0];
    assert_eq!(response.status.value, 201);
    assert_eq!(response.reason, reason);
    assert!(response.truncated && !response.is_collection);
    assert_eq!(text(&response.type_name).as_deref(), Some("microsoft.graph.conversationThread"));
    let Some(Body::Json(body)) = &response.body else {
        return Err(format!("{:?}", response.body).into());
    };
    let names: Vec<_> =
        body.as_object().into_iter().flatten().map(|member| member.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "toRecipients",
            "topic",
            "hasAttachments",
            "lastDeliveredDateTime",
            "uniqueSenders",
            "ccRecipients",
        ]
    );
    let date = body.get("lastDeliveredDateTime").and_then(|j| j.as_str());
    assert_eq!(date, Some(delivered));

    let codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code.id()).collect();
    match version {
        "beta" => assert_eq!(codes, ["docs::json_comment", "docs::mojibake"]),
        _ => assert_eq!(codes, ["docs::reason_phrase"]),
    }
    Ok(())
}
