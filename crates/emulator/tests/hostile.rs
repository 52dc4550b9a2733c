//! What hostile and clumsy clients send: each time the answer says in OData's words what is wrong, nothing hangs, and what
//! was acknowledged stays.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "hostile/administrator.rs"]
mod administrator;
#[path = "hostile/bodies.rs"]
mod bodies;
#[path = "hostile/kinds.rs"]
mod kinds;
#[path = "hostile/mutated.rs"]
mod mutated;
#[path = "hostile/options.rs"]
mod options;
#[path = "hostile/races.rs"]
mod races;
#[path = "hostile/wire.rs"]
mod wire;

use msgraph_emulator::Emulator;
use mutated::mutated;
use serde_json::{Value, json};
use wire::Wire;

const GROUP: &str = "6f0e1d52-8a4f-4c0c-9d0b-1f6a52b7c001";

/// The paths of the seeded thread and post, below a version.
async fn seeded(wire: &Wire) -> (String, String) {
    let threads = wire.get(&format!("/v1.0/groups/{GROUP}/threads")).await.json;
    let thread = threads["value"][0]["id"].as_str().unwrap().to_owned();
    let thread = format!("/groups/{GROUP}/threads/{thread}");
    let posts = wire.get(&format!("/v1.0{thread}/posts")).await.json;
    let post = posts["value"][0]["id"].as_str().unwrap();
    let post = format!("{thread}/posts/{post}");
    (thread, post)
}

const VERSIONS: [&str; 2] = ["/v1.0", "/beta"];

/// All that a post leads to.
const ALL: &str =
    "attachments,extensions,inReplyTo,singleValueExtendedProperties,multiValueExtendedProperties";

/// Reads all that there is, by both versions: what was taken in can be told again.
async fn all_is_told(wire: &Wire, after: &str) {
    lists_are_told(wire, after).await;
    let threads = wire.get(&format!("/v1.0/groups/{GROUP}/threads?$top=999")).await;
    for thread in threads.json["value"].as_array().unwrap() {
        let thread = format!("/groups/{GROUP}/threads/{}", thread["id"].as_str().unwrap());
        is_told(wire, &format!("{thread}/posts?$top=999&$expand={ALL}"), after).await;
    }
}

/// Reads all lists but those of posts.
async fn lists_are_told(wire: &Wire, after: &str) {
    for list in [
        "?$top=999&$expand=extensions",
        "/delta",
        &format!("/{GROUP}/conversations?$top=999"),
        &format!("/{GROUP}/threads?$top=999"),
    ] {
        is_told(wire, &format!("/groups{list}"), after).await;
    }
}

/// Reads what is at a path by both versions.
async fn is_told(wire: &Wire, path: &str, after: &str) {
    for version in VERSIONS {
        let told = wire.get(&format!("{version}{path}")).await;
        // What most readers cannot read is not told.
        let is_read = told.json.is_object();
        assert!(told.status == 200 && is_read, "{after:.9000} {:?}", told.json["error"]);
    }
}

fn text_post(text: &str) -> Value {
    json!({"body": {"contentType": "text", "content": text}})
}

fn full_post() -> Value {
    json!({
        "body": {"contentType": "html", "content": "<p>At noon?</p>"},
        "from": {"emailAddress": {"name": "Al", "address": "al@example.org"}},
        "newParticipants": [{"emailAddress": {"name": "Bo", "address": "bo@example.org"}}],
        "importance": "high",
        "attachments": [{"@odata.type": "#microsoft.graph.fileAttachment", "name": "a", "contentBytes": "aGk="},
            {"@odata.type": "#microsoft.graph.itemAttachment", "name": "b",
             "item": {"@odata.type": "#microsoft.graph.event", "subject": "Party"}}],
        "extensions": [{"@odata.type": "#microsoft.graph.openTypeExtension", "extensionName": "com.e", "deal": 1}],
        "singleValueExtendedProperties": [{"id": "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color", "value": "Green"}],
        "multiValueExtendedProperties": [{"id": "StringArray {66f5a359-4659-4830-9070-00047ec6ac6e} Name C", "value": ["Green"]}],
    })
}

#[tokio::test]
async fn ids_that_nobody_gave_out_lead_nowhere() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let long = "x".repeat(8_000);
    let ids = [
        "..",
        "%2e%2e",
        ".",
        "%2F",
        "a%2fb",
        "%0d%0aSet-Cookie:%20x",
        "%00",
        "%27",
        "'",
        "\"",
        "%22",
        "%5C",
        "%c3%bc",
        "%f0%9f%8c%bb",
        "%ff%fe",
        "%",
        "%zz",
        "$count",
        "$ref",
        "%24value",
        "(id='x')",
        "*",
        ";",
        "&",
        "%25",
        "'%20OR%201=1--",
        long.as_str(),
    ];
    for id in ids {
        for target in [
            format!("/v1.0/groups/{id}"),
            format!("/beta/groups/{id}/threads/{id}"),
            format!("/v1.0/groups/{GROUP}/threads/{id}/posts"),
            format!(
                "/v1.0/groups/{GROUP}/conversations/{id}/threads/{id}/posts/{id}/attachments/{id}"
            ),
            format!("/v1.0/groups/{GROUP}/extensions/{id}"),
            format!("/uploads/{id}"),
            format!("/admin/groups/{id}"),
            format!("/{id}"),
        ] {
            for method in ["GET", "DELETE", "PATCH", "PUT", "POST", "X"] {
                let answer = wire.send(method, &target, "{}").await;
                // What is no HTTP at all is refused before anybody could say more.
                let is_http = !target.contains(['"']);
                assert!(
                    answer.is_refusal() || (!is_http && answer.status == 400),
                    "{method} {target:.100} {answer:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn batches_of_wrong_kinds_are_refused() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let one = |id: &str, after: &[&str]| {
        json!({"id": id, "method": "POST", "url": format!("/groups/{GROUP}/threads"),
        "headers": {"Content-Type": "application/json"}, "dependsOn": after,
        "body": {"topic": "T", "posts": [text_post("x")]}})
    };
    for requests in [
        json!([one("1", &["2"]), one("2", &["1"])]),
        json!([one("1", &["1"])]),
        json!([one("1", &[]), one("1", &[])]),
        json!((0..21).map(|id| one(&id.to_string(), &[])).collect::<Vec<_>>()),
    ] {
        let answer =
            wire.send("POST", "/v1.0/$batch", &json!({"requests": requests}).to_string()).await;
        assert!(answer.is_refusal(), "{answer:?}");
    }
    for body in mutated(&json!({"requests": [one("1", &[]), one("2", &["1"])]})) {
        let answer = wire.send("POST", "/v1.0/$batch", &body).await;
        let parts = answer.json["responses"].as_array().cloned().unwrap_or_default();
        let fine = |part: &Value| part["status"].as_u64().is_some_and(|status| status < 500);
        assert!(
            answer.is_refusal() || (answer.status == 200 && parts.iter().all(fine)),
            "{body} {answer:?}"
        );
    }
}
