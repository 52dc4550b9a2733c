//! Real pages, where they are at hand: counts that were measured in other ways, pages without any
//! annotation, damaged pages, and the two pages of "Create conversation thread" part by part.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use msgraph_docs::{Announced, BlockType, Body, PermissionGrant, PermissionKind, Text, dump};
use msgraph_source::SourceMap;
use msgraph_tests::corpus;

use crate::{counts, damage};

/// The trials.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("corpus_v1_counts", counts::hold),
        Trial::test("corpus_intune_pages_give_examples", intune_pages_give_examples),
        Trial::test("corpus_damaged_pages_are_read", damage::pages_are_read),
        Trial::test("corpus_group_post_threads_v1", || {
            group_post_threads("docs/v1.0", "v1.0", "OK", "datetime-value")
        }),
        Trial::test("corpus_group_post_threads_beta", || {
            group_post_threads("docs/beta", "beta", "Created", "2016-10-19T10:37:00Z")
        }),
    ]
}

/// The pages of v1.0 in the order of their paths, where they are at hand.
pub(crate) fn v1() -> Result<Option<SourceMap>, Failed> {
    let Some(corpus) = corpus() else {
        return Ok(None);
    };
    let mut sources = SourceMap::new();
    for page in pages(&corpus.join("docs/v1.0"))? {
        sources.add(&page.to_string_lossy(), fs::read_to_string(&page)?);
    }
    Ok(Some(sources))
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

/// The pages of Intune have no annotation at all: headings say what is an example.
fn intune_pages_give_examples() -> Result<(), Failed> {
    let Some(sources) = v1()? else {
        return Ok(());
    };
    let mut count = 0;
    for file in sources.ids() {
        let path = sources.file(file).path();
        if !path.contains("/api/intune-") {
            continue;
        }
        count += 1;
        let (page, _) = msgraph_docs::parse(&sources, file);
        let inferred = !page.examples.is_empty()
            && page.examples.iter().all(|example| {
                example.announced == Announced::Inferred
                    && example.responses.len() == 1
                    && example.responses.iter().all(|r| r.announced == Announced::Inferred)
            });
        if !inferred || page.templates.is_empty() || page.permissions.is_empty() {
            return Err(format!("{path}: {}", dump::outline(&sources, &page)).into());
        }
    }
    assert_eq!(count, 788);
    Ok(())
}

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
    assert_eq!(example.announced, Announced::Annotated);
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
        "{\"topic\":\"New Conversation Thread Topic\",\"posts\":[{\"body\":{\"contentType\":\"html\",\
         \"content\":\"this is body content\"},\"newParticipants\":[{\"emailAddress\":{\"name\":\
         \"Alex Darrow\",\"address\":\"alexd@contoso.com\"}}]}]}"
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
