//! Batches: several requests in one, over loopback HTTP; and the client of this project against them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use msgraph_client::{Client, Path, Request, StaticToken};
use msgraph_core::{Content, Grant, Json, Operation, Permissions, Spec, Success};
use msgraph_server::{Principal, Routes, StaticTokens};
use serde_json::{Value, json};
use support::{CreateThread, DeleteThread, Echo, GetThread, request, routes, send, serve};

const BATCH: &str = "POST /v1.0/$batch";
const JSON: &str = "Content-Type: application/json";

async fn sent(token: &str, requests: Value) -> support::Answer {
    let address = serve(routes(Echo).into_router()).await;
    let raw = request(BATCH, &[JSON], &json!({ "requests": requests }).to_string());
    send(&address, &raw.replace("Bearer work", &format!("Bearer {token}"))).await
}

/// The answers by their ids.
async fn answers(token: &str, requests: Value) -> impl Fn(&str) -> Value {
    let answer = sent(token, requests).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    let body: Value = serde_json::from_str(&answer.body).expect("JSON");
    move |id: &str| {
        let all = body["responses"].as_array().expect("answers");
        let mut own = all.iter().filter(|answer| answer["id"] == id);
        let found = own.next().unwrap_or_else(|| panic!("no answer to {id}: {body}"));
        assert_eq!(own.next(), None, "two answers to {id}");
        found.clone()
    }
}

fn get(id: &str, url: &str) -> Value {
    json!({ "id": id, "method": "GET", "url": url })
}

#[tokio::test]
async fn each_request_is_answered_as_if_it_was_sent_alone() {
    let trace = "7d5a1e4c-0000-4000-8000-1234567890ab";
    let answer = answers(
        "work",
        json!([
            { "id": "create", "method": "POST", "url": "/groups/42/threads",
              "headers": { "Content-Type": "application/json", "client-request-id": trace },
              "body": { "topic": "x" } },
            get("get", "groups/1/threads/2?$select=id"),
            get("missing", "/groups/1/threads/missing"),
            get("panic", "/groups/1/threads/panic"),
            { "id": "delete", "method": "delete", "url": "/groups/1/threads/2" },
            { "id": "put", "method": "PUT", "url": "/groups/1/threads/2" },
            { "id": "head", "method": "HEAD", "url": "/groups/1/threads/2" },
            get("nothing", "/nothing"),
        ]),
    )
    .await;
    let create = answer("create");
    assert_eq!(create["status"], 201);
    assert_eq!(create["body"], json!({ "group": "42", "body": { "topic": "x" } }));
    assert_eq!(create["headers"]["client-request-id"], trace);
    assert_eq!(create["headers"]["content-type"], "application/json");
    assert_eq!(answer("get")["body"], json!(["1", "2"]));
    for (id, status, code) in [
        ("missing", 404, "itemNotFound"),
        ("panic", 500, "internalServerError"),
        ("put", 405, "methodNotAllowed"),
        ("nothing", 404, "notFound"),
    ] {
        let answer = answer(id);
        assert_eq!(
            (&answer["status"], &answer["body"]["error"]["code"]),
            (&json!(status), &json!(code))
        );
        let own = &answer["body"]["error"]["innerError"]["request-id"];
        assert_eq!(own, &answer["headers"]["request-id"]);
    }
    for (id, status) in [("delete", 204), ("head", 200)] {
        assert_eq!((answer(id)["status"].as_i64(), answer(id).get("body")), (Some(status), None));
    }
    let id = |id: &str| answer(id)["headers"]["request-id"].clone();
    assert_ne!(id("get"), id("create"));
}

#[tokio::test]
async fn a_body_keeps_its_digits() {
    let address = serve(routes(Echo).into_router()).await;
    let number = "123456789012345678901234567890.10";
    let headers = r#"{"Content-Type":"application/json"}"#;
    let body = format!(
        r#"{{"requests":[{{"id":"1","method":"POST","url":"/groups/42/threads","headers":{headers},"body":{{"n":{number}}}}}]}}"#
    );
    let answer = send(&address, &request(BATCH, &[JSON], &body)).await;
    assert!(answer.body.contains(&format!(r#"{{"n":{number}}}"#)), "{}", answer.body);
}

#[tokio::test]
async fn the_caller_is_known_once_and_permissions_are_asked_for_each() {
    let of_its_own = json!({ "Authorization": "bearer work" });
    let answer = answers(
        "reader",
        json!([
            get("policies", "/policies"),
            { "id": "thread", "method": "GET", "url": "/groups/1/threads/2", "headers": of_its_own },
        ]),
    )
    .await;
    assert_eq!(answer("policies")["status"], 200);
    assert_eq!(answer("thread")["status"], 403);
    assert_eq!(sent("stranger", json!([])).await.status, 401);
}

#[tokio::test]
async fn a_request_waits_for_others_and_is_not_sent_where_one_failed() {
    let after = |id: &str, after: &[&str], url: &str| {
        let mut request = get(id, url);
        request["dependsOn"] = json!(after);
        request
    };
    let answer = answers(
        "work",
        json!([
            after("first", &["last"], "/groups/1/threads/2"),
            after("in vain", &["failing", "first"], "/groups/1/threads/2"),
            after("in vain, too", &["in vain"], "/groups/1/threads/2"),
            get("failing", "/groups/1/threads/missing"),
            get("last", "/groups/1/threads/2"),
        ]),
    )
    .await;
    for (id, status) in
        [("first", 200), ("last", 200), ("failing", 404), ("in vain", 424), ("in vain, too", 424)]
    {
        assert_eq!(answer(id)["status"], status, "{id}");
    }
    assert_eq!(answer("in vain")["body"]["error"]["code"], "failedDependency");
}

#[tokio::test]
async fn a_batch_that_is_none_fails_as_a_whole() {
    let many: Vec<Value> = (0..21).map(|id| get(&id.to_string(), "/policies")).collect();
    let after = |id: &str, after: Value| {
        let mut request = get(id, "/policies");
        request["dependsOn"] = after;
        request
    };
    for (requests, target) in [
        (json!(null), "$.requests"),
        (json!({}), "$.requests"),
        (json!([1]), "$.requests"),
        (json!(many), "$.requests"),
        (json!([{ "method": "GET", "url": "/" }]), "$.requests[0].id"),
        (json!([get("1", "/"), { "id": 2 }]), "$.requests[1].id"),
        (json!([get("", "/")]), "$.requests[0].id"),
        (json!([get("1", "/"), get("1", "/")]), "$.requests[1].id"),
        (json!([after("1", json!(["2"]))]), "$.requests[0].dependsOn"),
        (json!([after("1", json!("1"))]), "$.requests[0].dependsOn"),
        (json!([after("1", json!(["1"]))]), "$.requests"),
        (json!([after("1", json!(["2"])), after("2", json!(["1"]))]), "$.requests"),
    ] {
        let answer = sent("work", requests.clone()).await;
        let body: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!((answer.status, &body["error"]["target"]), (400, &json!(target)), "{requests}");
    }
    let address = serve(routes(Echo).into_router()).await;
    for (body, status) in [("{", 400), ("[]", 400), ("", 400), ("{\"requests\":[]}", 200)] {
        assert_eq!(send(&address, &request(BATCH, &[JSON], body)).await.status, status, "{body}");
    }
    let answer = send(&address, &request("GET /v1.0/$batch", &[], "")).await;
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST, OPTIONS")));
    assert_eq!(
        send(&address, &request(BATCH, &["Content-Type: text/plain"], "{}")).await.status,
        415
    );
}

#[tokio::test]
async fn what_is_wrong_with_one_request_is_its_own_error() {
    let with = |id: &str, member: &str, value: Value| {
        let mut request = get(id, "/policies");
        request[member] = value;
        request
    };
    let answer = answers(
        "reader",
        json!([
            get("good", "/policies"),
            get("absolute", "https://evil.example/v1.0/policies"),
            get("host", "//evil.example/v1.0/policies"),
            get("scheme", "file:policies"),
            get("version", "http://localhost/beta/policies"),
            get("nested", "/$batch"),
            get("nested, encoded", "%24batch?x"),
            with("no url", "url", json!(7)),
            get("spaces", "/a b"),
            get("long", &"x".repeat(20_000)),
            with("method", "method", json!("G T")),
            with("headers", "headers", json!({ "a b": "c" })),
            with("lines", "headers", json!({ "a": "b\r\nc: d" })),
            with("group", "atomicityGroup", json!("g")),
            with("body", "body", json!({ "a": 1 })),
        ]),
    )
    .await;
    assert_eq!(answer("good")["status"], 200);
    for (id, status, target) in [
        ("absolute", 400, json!("url")),
        ("host", 400, json!("url")),
        ("scheme", 400, json!("url")),
        ("version", 400, json!("url")),
        ("nested", 400, json!("url")),
        ("nested, encoded", 400, json!("url")),
        ("no url", 400, json!("url")),
        ("spaces", 400, json!("url")),
        ("long", 414, Value::Null),
        ("method", 400, json!("method")),
        ("headers", 400, json!("headers")),
        ("lines", 400, json!("headers")),
        ("group", 400, json!("atomicityGroup")),
        ("body", 415, Value::Null),
    ] {
        let answer = answer(id);
        let error = &answer["body"]["error"];
        assert_eq!(
            (&answer["status"], &error["target"]),
            (&json!(status), &target),
            "{id}: {answer}"
        );
    }
}

#[tokio::test]
async fn a_url_may_be_whole_where_it_leads_here() {
    let answer = answers(
        "reader",
        json!([
            get("relative", "policies"),
            get("path", "/v1.0/policies"),
            get("whole", "http://localhost/v1.0/policies"),
        ]),
    )
    .await;
    for id in ["relative", "path", "whole"] {
        assert_eq!(answer(id)["status"], 200, "{id}");
    }
}

enum PutPhoto {}

impl Operation for PutPhoto {
    const SPEC: Spec = Spec {
        name: "put_photo",
        method: &http::Method::PUT,
        path: "/photo/$value",
        permissions: Permissions { delegated_work: Grant::NoneNeeded, ..Permissions::UNDOCUMENTED },
        docs: None,
    };
    type Request = Content;
    type Response = Success<Content>;
}

/// Answers with the content that it got.
async fn photos() -> String {
    let guard = StaticTokens::new().with("work", Principal::work("ann", ["Any"]));
    let routes = Routes::new("/v1.0", (), guard);
    let routes = routes.operation::<PutPhoto, _, _>(PutPhoto::PATH, |_, call| async move {
        Ok(Success(call.body))
    });
    serve(routes.into_router()).await
}

#[tokio::test]
async fn content_stands_in_base64url_and_text_as_it_is() {
    let address = photos().await;
    let put = |id: &str, of: &str, body: &str| {
        json!({ "id": id, "method": "PUT", "url": "/photo/$value",
                "headers": { "Content-Type": of }, "body": body })
    };
    let requests = json!({ "requests": [
        put("image", "image/png", "_-8A"),
        put("text", "text/plain", "w6k"),
        put("none", "image/png", "a b"),
    ] });
    let answer = send(&address, &request(BATCH, &[JSON], &requests.to_string())).await;
    let body: Value = serde_json::from_str(&answer.body).expect("JSON");
    let answers = body["responses"].as_array().expect("answers");
    assert_eq!((&answers[0]["body"], &answers[0]["status"]), (&json!("_-8A"), &json!(200)));
    assert_eq!(answers[1]["body"], "\u{e9}");
    assert_eq!(
        (&answers[2]["status"], &answers[2]["body"]["error"]["target"]),
        (&json!(400), &json!("body"))
    );
}

async fn client(address: String) -> Client {
    Client::builder()
        .base_url(format!("http://{address}/v1.0"))
        .credential(StaticToken::new("work"))
        .build()
        .expect("a client")
}

fn threads(client: &Client) -> Path {
    Path::root(client).segment("groups").key("a/b").segment("threads")
}

#[tokio::test]
async fn the_client_gets_its_answers() {
    let client = client(serve(routes(Echo).into_router()).await).await;
    let mut batch = client.batch();
    let topic = support::json(r#"{"topic":"x"}"#);
    let create = Request::<CreateThread>::new(threads(&client), topic.clone());
    let create = batch.add(create).expect("added");
    let missing = Request::<GetThread>::new(threads(&client).key("missing"), ());
    let missing = batch.add_after(missing, [create.id()]).expect("added");
    let delete = Request::<DeleteThread>::new(threads(&client).key("1"), ());
    let vain = batch.add_after(delete, [missing.id()]).expect("added");
    let delete = Request::<DeleteThread>::new(threads(&client).key(".."), ());
    let delete = batch.add(delete).expect("added");
    let many: Vec<_> = (0..25)
        .map(|_| {
            batch.add(Request::<GetThread>::new(threads(&client).key("1"), ())).expect("added")
        })
        .collect();
    let mut answers = batch.send().await;
    let created: Json = answers.take(create).expect("created").into_body();
    assert_eq!(created, support::json(r#"{"group":"a/b","body":{"topic":"x"}}"#));
    let error = answers.take(missing).expect_err("missing");
    assert_eq!(
        error.service().and_then(|failure| failure.code().map(str::to_owned)).as_deref(),
        Some("itemNotFound")
    );
    assert_eq!(answers.take(vain).expect_err("in vain").status().map(|of| of.as_u16()), Some(424));
    assert_eq!(answers.take(delete).expect("deleted").status().as_u16(), 204);
    for one in many {
        assert_eq!(
            answers.take(one).expect("an answer").into_body(),
            support::json(r#"["a/b","1"]"#)
        );
    }
}

#[tokio::test]
async fn the_client_gets_its_content_back() {
    let client = client(photos().await).await;
    let mut batch = client.batch();
    let photo = |content: Content| {
        Request::<PutPhoto>::new(Path::root(&client).segment("photo").ending("value"), content)
    };
    let image = batch.add(photo(Content::new("image/png", vec![0, 255, 10]))).expect("added");
    let text = batch.add(photo(Content::from("\u{e9}"))).expect("added");
    let mut answers = batch.send().await;
    assert_eq!(answers.take(image).expect("an image").into_body().bytes(), [0, 255, 10]);
    assert_eq!(answers.take(text).expect("a text").into_body().bytes(), "\u{e9}".as_bytes());
}
