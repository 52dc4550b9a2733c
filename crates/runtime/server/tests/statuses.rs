//! Every status that the runtime answers with, over loopback HTTP.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::{Echo, Threads, json, read, request, routes, send, serve};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

const JSON: &str = "Content-Type: application/json";
const THREADS: &str = "POST /v1.0/groups/42/threads";

async fn echo() -> String {
    serve(routes(Echo).into_router()).await
}

#[tokio::test]
async fn a_success_has_the_documented_status_and_all_headers() {
    let address = echo().await;
    let id = "client-request-id: 7d5a1e4c-0000-4000-8000-1234567890ab";
    let answer = send(&address, &request(THREADS, &[JSON, id], r#"{"topic":"x"}"#)).await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("odata-version"), Some("4.0"));
    assert_eq!(answer.header("request-id").map(str::len), Some(36));
    assert_eq!(answer.header("client-request-id"), Some("7d5a1e4c-0000-4000-8000-1234567890ab"));
    assert_eq!(json(&answer.body), json(r#"{"group":"42","body":{"topic":"x"}}"#));

    let answer = send(&address, &request("DELETE /v1.0/groups/42/threads/1", &[], "")).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(answer.header("content-type"), None);
    assert!(answer.header("request-id").is_some());
}

#[tokio::test]
async fn a_client_request_id_that_is_no_id_is_not_told_back() {
    let address = echo().await;
    for id in ["<script>", "a b", "", &"x".repeat(65)] {
        let header = format!("client-request-id: {id}");
        let answer = send(&address, &request("GET /v1.0/groups/1/threads/2", &[&header], "")).await;
        assert_eq!((answer.status, answer.header("client-request-id")), (200, None), "{id}");
    }
}

#[tokio::test]
async fn strangers_get_401_and_learn_nothing() {
    let address = echo().await;
    let mut bodies = Vec::new();
    for line in [
        THREADS,
        "GET /v1.0/nothing",
        "PUT /v1.0/groups/42/threads",
        "GET /",
        "OPTIONS /v1.0/groups",
    ] {
        for (header, challenge) in [
            ("X: y", "Bearer"),
            ("Authorization: Basic d29yaw==", "Bearer"),
            ("Authorization: Bearer", "Bearer"),
            ("Authorization: Bearer ", "Bearer"),
            ("Authorization: Bearer wo rk", "Bearer"),
            ("Authorization: Bearer w\u{f6}rk", "Bearer"),
            ("Authorization: Bearer work\r\nAuthorization: Bearer work", "Bearer"),
            ("Authorization: Bearer wrong", "Bearer error=\"invalid_token\""),
            ("Authorization: Bearer work2", "Bearer error=\"invalid_token\""),
            ("Authorization: Bearer wor", "Bearer error=\"invalid_token\""),
        ] {
            let raw =
                format!("{line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{header}\r\n\r\n");
            let answer = send(&address, &raw).await;
            assert_eq!(answer.status, 401, "{raw}");
            assert_eq!(answer.header("www-authenticate"), Some(challenge), "{raw}");
            assert_eq!(answer.header("allow"), None);
            if challenge == "Bearer" {
                bodies.push(answer.error());
            }
        }
    }
    bodies.dedup();
    assert_eq!(
        bodies,
        [(
            "unauthorized".to_owned(),
            "An access token is needed in the Authorization header.".to_owned()
        )]
    );
}

#[tokio::test]
async fn the_scheme_has_no_case() {
    let address = echo().await;
    let raw = "GET /v1.0/groups/1/threads/2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\
               authorization: bEARER   work\r\n\r\n";
    assert_eq!(send(&address, raw).await.status, 200);
}

#[tokio::test]
async fn permissions_are_those_of_the_kind_of_principal() {
    let address = echo().await;
    let get = |token: &str, path: &str| {
        format!(
            "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n"
        )
    };
    for (token, path, message) in [
        (
            "reader",
            "/v1.0/groups/1/threads/2",
            "The access token lacks a permission; one of these is needed: \
             Group.ReadWrite.All, Directory.ReadWrite.All.",
        ),
        (
            "personal",
            "/v1.0/groups/1/threads/2",
            "The operation is not supported for this kind of account.",
        ),
        (
            "application",
            "/v1.0/groups/1/threads/2",
            "No permissions are documented that allow this operation to this kind of account.",
        ),
        (
            "work",
            "/v1.0/groups/delta",
            "No permissions are documented that allow this operation to this kind of account.",
        ),
        (
            "work",
            "/v1.0/policies",
            "The access token lacks permissions; one of these sets is needed: \
             Policy.Read.All and Group.ReadWrite.All, Group.Read.All.",
        ),
        (
            "application",
            "/v1.0/policies",
            "The access token lacks permissions; one of these sets is needed: \
             Policy.Read.All and Group.ReadWrite.All, .",
        ),
    ] {
        let answer = send(&address, &get(token, path)).await;
        assert_eq!(answer.status, 403, "{token} {path}");
        assert_eq!(answer.error(), ("forbidden".to_owned(), message.to_owned()));
        assert_eq!(answer.header("www-authenticate"), Some("Bearer error=\"insufficient_scope\""));
    }
}

#[tokio::test]
async fn a_whole_set_is_enough_and_none_may_be_needed() {
    let address = echo().await;
    for (token, status) in [("reader", 200), ("personal", 200), ("stranger", 401)] {
        let raw = format!(
            "GET /v1.0/policies HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n"
        );
        assert_eq!(send(&address, &raw).await.status, status, "{token}");
    }
}

#[tokio::test]
async fn a_path_without_operation_is_404() {
    let address = echo().await;
    for path in [
        "/",
        "/v1.0",
        "/v1.0/",
        "/beta/groups/1/threads/2",
        "/v1.0/groups/1/threads/",
        "/v1.0/groups/%ff/threads",
    ] {
        let answer = send(&address, &request(&format!("GET {path}"), &[], "")).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.error().0, "notFound");
    }
}

#[tokio::test]
async fn a_method_without_operation_is_405_with_allow() {
    let address = echo().await;
    let answer = send(&address, &request("PUT /v1.0/groups/1/threads", &[JSON], "{}")).await;
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST, GET, HEAD, OPTIONS")));
    assert_eq!(answer.error().0, "methodNotAllowed");

    let answer = send(&address, &request("OPTIONS /v1.0/groups/1/threads/2", &[], "")).await;
    assert_eq!((answer.status, answer.header("allow")), (204, Some("GET, HEAD, DELETE, OPTIONS")));
}

#[tokio::test]
async fn head_is_get_without_its_body() {
    let address = echo().await;
    let answer = send(&address, &request("HEAD /v1.0/groups/1/threads/2", &[], "")).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(answer.header("content-length"), Some("9"));
    let answer = send(&address, &request("HEAD /v1.0/groups/1/threads/missing", &[], "")).await;
    assert_eq!((answer.status, answer.body.as_str()), (404, ""));
}

#[tokio::test]
async fn a_malformed_body_is_400_and_names_the_path() {
    let address = echo().await;
    for body in ["{", "[1,]", "nonsense", "{\"a\":1}}", "\u{feff}", " "] {
        let answer = send(&address, &request(THREADS, &[JSON], body)).await;
        assert_eq!(answer.status, 400, "{body}");
        let (code, message) = answer.error();
        assert_eq!(code, "badRequest");
        assert!(message.starts_with("The body cannot be read: "), "{message}");
        let target = &serde_json::from_str::<serde_json::Value>(&answer.body).expect("JSON")["error"]
            ["target"];
        assert_eq!(target, "$", "{}", answer.body);
    }
    for headers in [&[][..], &[JSON]] {
        let answer = send(&address, &request(THREADS, headers, "")).await;
        let expected =
            ("badRequest".to_owned(), "The request needs a JSON body, and has none.".to_owned());
        assert_eq!((answer.status, answer.error()), (400, expected));
    }
}

#[tokio::test]
async fn a_body_longer_than_the_limit_is_413() {
    let address = serve(routes(Echo).body_limit(1000).into_router()).await;
    let body = |length: usize| format!("\"{}\"", "x".repeat(length - 2));
    assert_eq!(send(&address, &request(THREADS, &[JSON], &body(1000))).await.status, 201);

    let answer = send(&address, &request(THREADS, &[JSON], &body(1001))).await;
    assert_eq!(answer.status, 413);
    let message = "The body is longer than 1000 bytes.".to_owned();
    assert_eq!(answer.error(), ("payloadTooLarge".to_owned(), message));

    // Announced, and never sent.
    let raw = request(THREADS, &[JSON, "Content-Length: 999999999999", "Expect: 100-continue"], "");
    assert_eq!(send(&address, &raw).await.status, 413);

    // Not announced.
    let chunk = format!("{:x}\r\n{}\r\n", 600, "x".repeat(600));
    let raw = request(THREADS, &[JSON, "Transfer-Encoding: chunked"], "");
    let answer = send(&address, &format!("{raw}{chunk}{chunk}0\r\n\r\n")).await;
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn four_megabytes_are_the_limit_by_default() {
    let address = echo().await;
    let raw = request(THREADS, &[JSON, "Content-Length: 4194305", "Expect: 100-continue"], "");
    let answer = send(&address, &raw).await;
    assert_eq!(answer.error().1, "The body is longer than 4194304 bytes.");
}

#[tokio::test]
async fn content_that_is_no_json_is_415() {
    let address = echo().await;
    for header in [
        "X: y",
        "Content-Type: text/plain",
        "Content-Type: application/json; charset=utf-16",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: application/json\r\nContent-Type: text/plain",
        "Content-Type: application/json\r\nContent-Encoding: gzip",
    ] {
        let answer = send(&address, &request(THREADS, &[header], "{}")).await;
        assert_eq!(
            (answer.status, answer.error().0.as_str()),
            (415, "unsupportedMediaType"),
            "{header}"
        );
    }
}

#[tokio::test]
async fn a_body_where_none_is_due_is_415() {
    let address = echo().await;
    let delete = "DELETE /v1.0/groups/42/threads/1";
    for (header, body) in
        [(JSON, "{\"a\":1}"), (JSON, "[]"), ("Content-Type: text/plain", "x"), ("X: y", "{}")]
    {
        let answer = send(&address, &request(delete, &[header], body)).await;
        assert_eq!(answer.status, 415, "{body}");
    }
    for body in ["{ }\n", " "] {
        assert_eq!(send(&address, &request(delete, &[JSON], body)).await.status, 204, "{body}");
    }
}

struct Unwritten;
impl Threads for Unwritten {}

#[tokio::test]
async fn what_is_not_written_is_501() {
    let address = serve(routes(Unwritten).into_router()).await;
    let answer = send(&address, &request(THREADS, &[JSON], "{}")).await;
    let message = "The operation POST /groups/{group-id}/threads is not implemented.".to_owned();
    assert_eq!((answer.status, answer.error()), (501, ("notImplemented".to_owned(), message)));
}

#[tokio::test]
async fn a_panic_is_500_and_tells_nothing() {
    let address = echo().await;
    for thread in ["panic", "late%20panic", "odd"] {
        let answer =
            send(&address, &request(&format!("GET /v1.0/groups/1/threads/{thread}"), &[], ""))
                .await;
        let message = "The service failed to answer the request.".to_owned();
        assert_eq!(
            (answer.status, answer.error()),
            (500, ("internalServerError".to_owned(), message))
        );
        assert!(!answer.body.contains("hunter2"));
    }
    // The server goes on.
    assert_eq!(send(&address, &request("GET /v1.0/groups/1/threads/2", &[], "")).await.status, 200);
}

#[tokio::test]
async fn errors_of_a_handler_are_told_as_they_are() {
    let address = echo().await;
    let answer = send(&address, &request("GET /v1.0/groups/1/threads/missing", &[], "")).await;
    assert_eq!(
        (answer.status, answer.error()),
        (404, ("itemNotFound".to_owned(), "No thread.".to_owned()))
    );
    let answer = send(&address, &request("GET /v1.0/groups/1/threads/unauthorized", &[], "")).await;
    assert_eq!((answer.status, answer.header("www-authenticate")), (401, Some("Bearer")));
}

#[tokio::test]
async fn keys_may_stand_in_parentheses() {
    let address = echo().await;
    for (path, keys) in [
        ("/v1.0/groups('1')/threads('2')", r#"["1","2"]"#),
        ("/v1.0/groups(%27O%27%27Neil%27)/threads/2", r#"["O'Neil","2"]"#),
        ("/v1.0/groups('delta')/threads/%2E%2E", r#"["delta",".."]"#),
        ("/v1.0/groups/a%2Fb%0D%0Ac/threads('%24count')", r#"["a/b\r\nc","$count"]"#),
    ] {
        let answer = send(&address, &request(&format!("GET {path}"), &[], "")).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert_eq!(json(&answer.body), json(keys));
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_does_not_reach_the_handler() {
    let address = echo().await;
    let mut stream = TcpStream::connect(&address).await.expect("a connection");
    let raw = request(THREADS, &[JSON, "Content-Length: 20"], "");
    stream.write_all(format!("{raw}{{\"topic\"").as_bytes()).await.expect("sent");
    stream.shutdown().await.expect("shut down");
    let answer = read(stream).await;
    assert_eq!(answer.status, 400, "{answer:?}");
}

#[tokio::test]
async fn two_versions_can_be_merged() {
    let beta = routes(Unwritten).into_router();
    let merged = routes(Echo).into_router();
    let nested = msgraph_server::Router::new().nest("/graph", beta).merge(merged);
    let address = serve(nested).await;
    assert_eq!(send(&address, &request(THREADS, &[JSON], "{}")).await.status, 201);
    let nested = "POST /graph/v1.0/groups/42/threads";
    assert_eq!(send(&address, &request(nested, &[JSON], "{}")).await.status, 501);
}
