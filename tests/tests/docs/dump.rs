//! The dump of a page: the object holds what the outline shows, and neither steers a terminal.

use libtest_mimic::{Failed, Trial};
use msgraph_docs::dump;
use msgraph_source::SourceMap;
use serde_json::{Value, json};

/// The trials.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("object_has_every_field", object_has_every_field),
        Trial::test("object_of_a_page", object_of_a_page),
        Trial::test("dumps_are_harmless", dumps_are_harmless),
    ]
}

fn shown(text: &str) -> Result<(String, String, Value), Failed> {
    let mut sources = SourceMap::new();
    let file = sources.add("api/any-page.md", text);
    let (page, _) = msgraph_docs::parse(&sources, file);
    let line = dump::json(&sources, &page);
    let value = serde_json::from_str(&line)?;
    Ok((dump::outline(&sources, &page), line, value))
}

fn object_has_every_field() -> Result<(), Failed> {
    let (outline, _, value) = shown("")?;
    assert_eq!(outline, "api/any-page.md\n");
    assert_eq!(
        value,
        json!({
            "path": "api/any-page.md",
            "name": "any-page",
            "front_matter":
                { "title": null, "description": null, "doc_type": null, "area": null, "other": [] },
            "title": null,
            "namespace": null,
            "summary": [],
            "blocks": [],
            "page_annotation": null,
            "templates": [],
            "permissions": [],
            "request_headers": [],
            "query_parameters": { "names": [], "text": [] },
            "request_body": [],
            "response": [],
            "examples": [],
            "stray_responses": [],
            "tables": [],
            "resources": [],
            "includes": [],
        })
    );
    Ok(())
}

const PAGE: &str = r##"---
title: "Get a"
ms.date: x
---
# Get a
## HTTP request
```http
GET /a/{id}
```
## Permissions
|Permission type|Permissions|
|:--|:--|
|Application|A.B and C.D|
## Example
<!-- { "blockType": "request", "name": ["get_a"] } -->
```http
GET /a/1
Accept: text/plain

hello
```
<!-- { "blockType": "response", "truncated": true, "@odata.type": "Collection(x.a)" } -->
```http
HTTP/1.1 200 OK

{ "n": 1.50, "n": [true, null] }
```
"##;

fn object_of_a_page() -> Result<(), Failed> {
    let (_, line, value) = shown(PAGE)?;
    assert!(line.contains(r#""json":{"n":1.50,"n":[true,null]}"#), "as written: {line}");
    let fence = |line: u32| json!({ "language": "http", "line": line, "column": 1 });
    let type_name = json!({ "text": "x.a", "line": 22, "column": 67 });
    let expected = json!({
        "front_matter": {
            "title": { "text": "Get a", "line": 2, "column": 8 },
            "description": null,
            "doc_type": null,
            "area": null,
            "other": [{ "key": "ms.date", "value": "x" }],
        },
        "blocks": [
            { "kind": "request", "names": [{ "text": "get_a", "line": 15, "column": 41 }],
              "type": null, "is_collection": false, "truncated": false, "fence": fence(16),
              "line": 15, "column": 1 },
            { "kind": "response", "names": [], "type": type_name, "is_collection": true,
              "truncated": true, "fence": fence(23), "line": 22, "column": 1 },
        ],
        "templates": [{ "method": "GET", "url": "/a/{id}", "line": 8, "column": 1 }],
        "permissions": [{ "subject": null, "line": 11, "column": 1, "rows": [
            { "kind": "application", "grant": "one_of", "line": 13, "column": 1, "alternatives": [[
                { "text": "A.B", "line": 13, "column": 14 },
                { "text": "C.D", "line": 13, "column": 22 },
            ]] },
        ] }],
        "examples": [{
            "name": "get_a", "announced": "annotated", "line": 15, "column": 41,
            "request": {
                "method": "GET", "url": "/a/1", "line": 17, "column": 1,
                "headers":
                    [{ "name": "Accept", "value": "text/plain", "line": 18, "column": 1 }],
                "body": { "text": "hello", "line": 20, "column": 1 },
            },
            "responses": [{
                "announced": "annotated", "status": 200, "reason": "OK", "type": type_name,
                "is_collection": true, "truncated": true, "headers": [],
                "body": { "json": { "n": [true, null] }, "line": 26, "column": 1 },
                "line": 24, "column": 10,
            }],
        }],
    });
    for (field, expected) in expected.as_object().into_iter().flatten() {
        assert_eq!(&value[field], expected, "{field}");
    }
    Ok(())
}

fn dumps_are_harmless() -> Result<(), Failed> {
    let page = PAGE.replace("Get a", "Get \u{1b}[31m\u{202e} a").replace("hello", "\u{9b}1m\rx");
    let (outline, line, value) = shown(&page)?;
    for text in [&outline, &line] {
        let steers = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
        assert!(!text.contains(steers), "{text:?}");
    }
    assert_eq!(value["title"]["text"], "Get \u{1b}[31m\u{202e} a");
    Ok(())
}
