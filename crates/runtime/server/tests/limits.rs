//! Requests that are too much, or wrong, over raw TCP: each is answered with its error, and none breaks the server.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(
    unreachable_pub,
    clippy::wrong_self_convention,
    reason = "the sample is public, and named as the metadata names it"
)]

#[path = "../../core/tests/sample/mod.rs"]
mod sample;
mod support;

use std::sync::Arc;
use std::time::Duration;

use msgraph_core::{Created, Json, MAX_DEPTH, Operation as _, ServiceError, Success};
use msgraph_server::{Context, Principal, Routes, StaticTokens};
use sample::operations::groups::CreateThreads;
use support::{Answer, Echo, Threads, json, read, request, routes, send, serve};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::sync::Notify;

const JSON: &str = "Content-Type: application/json";
const THREADS: &str = "POST /v1.0/groups/42/threads";
const GET: &str = "GET /v1.0/groups/1/threads/2";

/// Creates threads of the sample's model, which is read strictly.
async fn strict() -> String {
    let guard = StaticTokens::new().with("work", Principal::work("ann", ["Group.ReadWrite.All"]));
    let routes = Routes::new("/v1.0", (), guard);
    let routes = routes
        .operation::<CreateThreads, _, _>(CreateThreads::PATH, |_, call| async move {
            Ok(Created(call.body))
        });
    serve(routes.into_router()).await
}

#[track_caller]
fn is_error(answer: &Answer, status: u16, code: &str, of: &str) {
    let of = of.chars().take(80).collect::<String>();
    assert_eq!((answer.status, answer.error().0.as_str()), (status, code), "{of}: {answer:?}");
}

#[tokio::test]
async fn json_of_the_wrong_kind_is_400() {
    let address = strict().await;
    let deep =
        |levels: usize| format!(r#"{{"more":{}{}}}"#, "[".repeat(levels), "]".repeat(levels));
    let (deepest, too_deep) = (deep(MAX_DEPTH - 1), deep(MAX_DEPTH));
    assert_eq!(send(&address, &request(THREADS, &[JSON], &deepest)).await.status, 201);
    let (very_deep, open) = (deep(10_000), "[".repeat(10_000));
    let objects = "{\"a\":".repeat(10_000);
    for body in [
        "null",
        "true",
        "17",
        "\"text\"",
        "[]",
        "[{}]",
        "{\"topic\":1}",
        "{\"topic\":true}",
        "{\"topic\":[]}",
        "{\"topic\":{}}",
        "{\"topic\":null}",
        "{\"posts\":{}}",
        "{\"posts\":null}",
        "{\"posts\":[1]}",
        "{\"posts\":[[]]}",
        "{\"topic\":\"a\",\"topic\":\"b\"}",
        "{\"lastDeliveredDateTime\":\"noon\"}",
        "{\"lastDeliveredDateTime\":\"2018-02-30T00:00:00Z\"}",
        "{\"lastDeliveredDateTime\":\"2018-01-31\"}",
        "{\"lastDeliveredDateTime\":1517360523}",
        "{\"topic\":\"\\ud800\"}",
        "{\"topic\":\"a\nb\"}",
        "{\"topic\":\"a",
        "{'topic':'a'}",
        "{\"topic\":NaN}",
        "{\"a\":1,}",
        "{} {}",
        "\u{0}",
        &too_deep,
        &very_deep,
        &open,
        &objects,
    ] {
        is_error(&send(&address, &request(THREADS, &[JSON], body)).await, 400, "badRequest", body);
    }
}

#[tokio::test]
async fn a_body_that_is_no_text_is_400() {
    let address = strict().await;
    for body in [&b"{\"topic\":\"\xff\"}"[..], b"\xff\xfe{\0}\0", b"{\"topic\":\"\xed\xa0\x80\"}"] {
        let mut stream = TcpStream::connect(&address).await.expect("a connection");
        let length = format!("Content-Length: {}", body.len());
        stream.write_all(request(THREADS, &[JSON, &length], "").as_bytes()).await.expect("sent");
        stream.write_all(body).await.expect("sent");
        is_error(&read(stream).await, 400, "badRequest", &String::from_utf8_lossy(body));
    }
}

#[tokio::test]
async fn a_body_in_pieces_is_read_as_one() {
    let address = serve(routes(Echo).into_router()).await;
    let chunked = "Transfer-Encoding: chunked";
    let head = request(THREADS, &[JSON, chunked], "");
    let answer =
        send(&address, &format!("{head}4\r\n{{\"to\r\n6\r\npic\":1\r\n1\r\n}}\r\n0\r\n\r\n")).await;
    let body = r#"{"group":"42","body":{"topic":1}}"#;
    assert_eq!((answer.status, answer.body.as_str()), (201, body));
}

#[tokio::test]
async fn ids_are_data_and_broken_ones_lead_nowhere() {
    let address = serve(routes(Echo).into_router()).await;
    for (id, seen) in [
        ("%2e%2e", ".."),
        ("..%2f..", "../.."),
        ("%2F", "/"),
        ("%0d%0aX:y", "\r\nX:y"),
        ("'", "'"),
        ("%27%27", "''"),
        ("%00", "\0"),
        ("%25", "%"),
        ("%F0%9F%98%80", "\u{1f600}"),
        ("%E2%80%AE", "\u{202e}"),
    ] {
        let answer =
            send(&address, &request(&format!("GET /v1.0/groups/1/threads/{id}"), &[], "")).await;
        let keys = Json::from(vec![Json::from("1"), Json::from(seen)]);
        assert_eq!((answer.status, json(&answer.body)), (200, keys), "{id}");
        assert_eq!(answer.header("x"), None);
    }
    for id in ["..", ".", "", "%", "%2", "%zz", "%ff", "%c0%af", "%ed%a0%80", "$count", "%24count"]
    {
        let answer =
            send(&address, &request(&format!("GET /v1.0/groups/1/threads/{id}"), &[], "")).await;
        is_error(&answer, 404, "notFound", id);
    }
}

#[tokio::test]
async fn a_url_longer_than_the_limit_is_414_and_next_links_are_shorter() {
    let address = serve(routes(Echo).into_router()).await;
    let url = |length: usize| {
        let line = format!("{GET}?$skiptoken=");
        format!("{line}{}", "x".repeat(length - (line.len() - "GET ".len())))
    };
    for length in [9_000, 16_384] {
        assert_eq!(send(&address, &request(&url(length), &[], "")).await.status, 200, "{length}");
    }
    is_error(&send(&address, &request(&url(16_385), &[], "")).await, 414, "uriTooLong", "");
    let address = serve(routes(Echo).url_limit(50).into_router()).await;
    assert_eq!(send(&address, &request(&url(50), &[], "")).await.status, 200);
    let answer = send(&address, &request(&url(51), &[], "")).await;
    assert_eq!(answer.error().1, "The URL is longer than 50 bytes.");
}

#[tokio::test]
async fn more_headers_than_the_limit_are_431() {
    let address = serve(routes(Echo).into_router()).await;
    let header = |length: usize| format!("X-Long: {}", "x".repeat(length));
    assert_eq!(send(&address, &request(GET, &[&header(30_000)], "")).await.status, 200);
    let one = header(33_000);
    let part = header(1_000);
    let many = vec![part.as_str(); 40];
    for headers in [&[one.as_str()][..], &many] {
        let answer = send(&address, &request(GET, headers, "")).await;
        is_error(&answer, 431, "requestHeaderFieldsTooLarge", "");
    }
    // Before anybody is asked who calls.
    let raw = request(GET, &[&one], "").replace("Bearer work", "Bearer wrong");
    assert_eq!(send(&address, &raw).await.status, 431);
    // What the HTTP library does not read has no envelope.
    let flood: Vec<String> = (0..500).map(|index| format!("X-{index}: y")).collect();
    let flood: Vec<&str> = flood.iter().map(String::as_str).collect();
    assert_eq!(send(&address, &request(GET, &flood, "")).await.status, 431);
}

#[tokio::test]
async fn a_hundred_megabytes_are_refused_before_they_have_come() {
    let address = serve(routes(Echo).into_router()).await;
    let announced = request(THREADS, &[JSON, "Content-Length: 104857600"], "");
    is_error(&send(&address, &announced).await, 413, "payloadTooLarge", "");

    let mut stream = TcpStream::connect(&address).await.expect("a connection");
    let raw = request(THREADS, &[JSON, "Transfer-Encoding: chunked"], "");
    stream.write_all(raw.as_bytes()).await.expect("sent");
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 16, "x".repeat(1 << 16));
    let mut sent = 0;
    // Up to the end, or to where the server no longer listens.
    while sent < 1600 && stream.write_all(chunk.as_bytes()).await.is_ok() {
        sent += 1;
    }
    assert!(sent < 1600, "all of it was read");
    // The server goes on.
    assert_eq!(send(&address, &request(GET, &[], "")).await.status, 200);
}

/// A handler that tells when it is called, and answers when it is let.
#[derive(Clone, Default)]
struct Held {
    called: Arc<Notify>,
    let_go: Arc<Notify>,
}

impl Threads for Held {
    async fn get(&self, _: String, _: String, _: Context) -> Result<Success<Json>, ServiceError> {
        self.called.notify_one();
        self.let_go.notified().await;
        Ok(Success(json("1")))
    }
}

#[tokio::test]
async fn a_request_too_many_is_503_and_told_when_to_come_again() {
    let held = Held::default();
    let address = serve(routes(held.clone()).concurrency_limit(1).into_router()).await;
    let mut first = TcpStream::connect(&address).await.expect("a connection");
    first.write_all(request(GET, &[], "").as_bytes()).await.expect("sent");
    held.called.notified().await;
    let answer = send(&address, &request("GET /v1.0/policies", &[], "")).await;
    is_error(&answer, 503, "serviceUnavailable", "");
    assert_eq!(answer.header("retry-after"), Some("1"));
    // Who asks whether it lives is answered all the same.
    let health = "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    assert_eq!(send(&address, health).await.status, 200);
    held.let_go.notify_one();
    assert_eq!(read(first).await.status, 200);
    assert_eq!(send(&address, &request("GET /v1.0/nothing", &[], "")).await.status, 404);
}

#[tokio::test]
async fn a_body_that_does_not_arrive_takes_a_place_until_408() {
    let routes = routes(Echo).concurrency_limit(1).body_timeout(Duration::from_millis(300));
    let address = serve(routes.into_router()).await;
    let mut slow = TcpStream::connect(&address).await.expect("a connection");
    let raw = request(THREADS, &[JSON, "Content-Length: 20", "Expect: 100-continue"], "");
    slow.write_all(raw.as_bytes()).await.expect("sent");
    // That the server asks for the body tells that it waits for it.
    let mut asked = [0; 25];
    tokio::io::AsyncReadExt::read_exact(&mut slow, &mut asked).await.expect("100 Continue");
    is_error(&send(&address, &request(GET, &[], "")).await, 503, "serviceUnavailable", "");
    is_error(&read(slow).await, 408, "requestTimeout", "");
    assert_eq!(send(&address, &request(GET, &[], "")).await.status, 200);
}

#[tokio::test]
async fn a_handler_that_takes_too_long_is_504() {
    let routes = routes(Held::default()).handler_timeout(Duration::from_millis(20));
    let address = serve(routes.into_router()).await;
    is_error(&send(&address, &request(GET, &[], "")).await, 504, "gatewayTimeout", "");
}
