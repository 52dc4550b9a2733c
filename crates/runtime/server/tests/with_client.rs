//! The client of this project against the server of this project, over loopback HTTP.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use msgraph_client::{Client, Error, Path, Request, StaticToken};
use msgraph_core::Json;
use support::{CreateThread, DeleteThread, Echo, GetThread, json, routes, serve};

async fn client(token: &str) -> Client {
    let address = serve(routes(Echo).into_router()).await;
    Client::builder()
        .base_url(format!("http://{address}/v1.0"))
        .credential(StaticToken::new(token))
        .build()
        .expect("a client")
}

fn thread(client: &Client, group: &str, thread: &str) -> Path {
    Path::root(client).segment("groups").key(group).segment("threads").key(thread)
}

#[tokio::test]
async fn an_id_stays_one_segment_through_client_and_server() {
    let client = client("work").await;
    let longest = "x".repeat(8000);
    for id in [
        "42",
        "",
        ".",
        "..",
        "...",
        "a/b",
        "a\\b",
        "/",
        "//",
        "$count",
        "$value",
        "delta",
        "DELTA",
        "delta()",
        "microsoft.graph.delta",
        "x')/threads('y",
        "('x')",
        "'",
        "O'Neil",
        "%2F",
        "%",
        "a b+c",
        "a?b=c&d#e",
        "a;b=c",
        "\r\nX: y",
        "\u{0}",
        "ünïcödé \u{202e}",
        "{id}",
        "*",
        "*path",
        "AAQkAGRjYjk1YWM0LTEyM2MtNDYyYS1iYmZiLTM2ZjU3YjBmNjE0NwAQAIPPRbrvVU1GtLm0b7_B2Y4=",
        "ann@contoso.example",
        longest.as_str(),
    ] {
        let keys = [Json::from(id), Json::from(id)];
        let request = Request::<GetThread>::new(thread(&client, id, id), ());
        let answer = request.await.unwrap_or_else(|error| panic!("{id:?}: {error}"));
        assert_eq!(answer, Json::from(keys.to_vec()), "{id:?}");
    }
}

#[tokio::test]
async fn a_request_without_a_body_gets_none() {
    let client = client("work").await;
    let request = Request::<DeleteThread>::new(thread(&client, "1", "2"), ());
    let response = request.respond().await.expect("an answer");
    assert_eq!(response.status().as_u16(), 204);
}

#[tokio::test]
async fn a_refusal_is_one_typed_error() {
    let client = client("reader").await;
    let request = Request::<GetThread>::new(thread(&client, "1", "2"), ())
        .header("client-request-id", "b3a5d1a8-0000-4000-8000-000000000000");
    let error = request.await.expect_err("no permission");
    let failure = error.service().expect("a service failure");
    assert_eq!(failure.code(), Some("forbidden"));
    let id = failure.request_id().expect("an id");
    assert_eq!(
        error.to_string(),
        format!(
            "GET /groups/{{group-id}}/threads/{{thread-id}}: 403 Forbidden, forbidden: \
             The access token lacks a permission; one of these is needed: Group.ReadWrite.All, \
             Directory.ReadWrite.All. (request-id {id}, \
             client-request-id b3a5d1a8-0000-4000-8000-000000000000)"
        )
    );
}

#[tokio::test]
async fn a_body_that_is_too_long_is_told_to_the_client() {
    let client = client("work").await;
    for length in [(4 << 20) + 1, 7 << 20] {
        let path = Path::root(&client).segment("groups").key("1").segment("threads");
        let body = json(&format!("\"{}\"", "x".repeat(length)));
        let error = Request::<CreateThread>::new(path, body).await.expect_err("too long");
        assert_eq!(error.status(), Some(http::StatusCode::PAYLOAD_TOO_LARGE), "{error}");
    }
    // The client can go on.
    let request = Request::<GetThread>::new(thread(&client, "1", "2"), ());
    let answer: Result<Json, Error> = request.await;
    assert!(answer.is_ok(), "{answer:?}");
}
