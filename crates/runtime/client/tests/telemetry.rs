//! What an observer is told of requests, without a secret and without an id.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use msgraph_client::{BoxFuture, Credential, CredentialError, Measurement, Observer, Retry, Token};
use support::{Service, answer, client, create, photo};

const CREATED: &str = "201 Created\r\nContent-Type: application/json";

/// Keeps what it is told.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<(&'static str, Measurement)>>>);

impl Observer for Told {
    fn attempt(&self, measured: &Measurement) {
        self.0.lock().expect("no panic").push(("attempt", measured.clone()));
    }
    fn request(&self, measured: &Measurement) {
        self.0.lock().expect("no panic").push(("request", measured.clone()));
    }
}

impl Told {
    fn all(&self) -> Vec<(&'static str, Measurement)> {
        self.0.lock().expect("no panic").clone()
    }

    /// What it was, its status, what went wrong, and how many messages there were before.
    fn ends(&self) -> Vec<(&'static str, Option<u16>, Option<String>, u32)> {
        let all = self.all();
        let end = |(what, measured): &(&'static str, Measurement)| {
            let status = measured.status().map(|status| status.as_u16());
            (*what, status, measured.error_type().map(str::to_owned), measured.resends())
        };
        all.iter().map(end).collect()
    }
}

#[tokio::test]
async fn an_observer_is_told_of_attempts_and_requests() {
    let refusal = answer("503 Service Unavailable\r\nRetry-After: 0", "{}");
    let service = Service::telling([refusal, answer(CREATED, r#"{"id":"7"}"#)]).await;
    let told = Told::default();
    let builder = client(&service.base_url).retry(Retry::default()).observer(told.clone());
    create(&builder.build().expect("a client")).await.expect("an answer");
    let failed = Some("503".to_owned());
    let expected = [
        ("attempt", Some(503), failed, 0),
        ("attempt", Some(201), None, 1),
        ("request", Some(201), None, 1),
    ];
    assert_eq!(told.ends(), expected);
    let sent = r#"{"topic":"Lunch"}"#.len() as u64;
    let all = told.all();
    for (what, measured) in &all {
        assert_eq!(measured.operation(), "create_conversationthread_from_group");
        assert_eq!(measured.template(), "/groups/{group-id}/threads");
        assert_eq!(measured.method(), "POST");
        let many = if *what == "request" { 2 } else { 1 };
        assert_eq!(measured.bytes_sent(), sent * many, "{what}");
    }
    assert_eq!(all[1].1.bytes_received(), 10);
    assert_eq!(all[1].1.server_address(), Some("127.0.0.1"));
    let port = service.base_url.split([':', '/']).nth(4).and_then(|port| port.parse().ok());
    assert_eq!(all[1].1.server_port(), port);
    assert_eq!((all[2].1.server_address(), all[2].1.bytes_received()), (None, 10));
}

#[tokio::test]
async fn what_goes_wrong_has_a_name() {
    for (raw, ends) in [
        ("", [("attempt", None, "transport"), ("request", None, "transport")]),
        (
            "HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n{",
            [("attempt", Some(201), "transport"), ("request", None, "transport")],
        ),
        (
            "HTTP/1.1 201 Created\r\nContent-Length: 999\r\n\r\n{",
            [("attempt", Some(201), "limit"), ("request", None, "limit")],
        ),
        (
            "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}",
            [("attempt", Some(404), "404"), ("request", Some(404), "404")],
        ),
    ] {
        let service = Service::answering(raw).await;
        let told = Told::default();
        let builder = client(&service.base_url).observer(told.clone()).response_limit(100);
        create(&builder.build().expect("a client")).await.expect_err("an error");
        let ends = ends.map(|(what, status, kind)| (what, status, Some(kind.to_owned()), 0));
        assert_eq!(told.ends(), ends, "{raw}");
    }
}

/// Never has a token.
struct Dry;

impl Credential for Dry {
    fn token(&self) -> BoxFuture<'_, Result<Token, CredentialError>> {
        Box::pin(async { Err("dry".into()) })
    }
}

#[tokio::test]
async fn what_is_not_sent_is_a_request_without_attempts() {
    let told = Told::default();
    let builder = client("https://graph.example/v1.0").credential(Dry).observer(told.clone());
    create(&builder.build().expect("a client")).await.expect_err("no token");
    assert_eq!(told.ends(), [("request", None, Some("credential".to_owned()), 0)]);
}

#[tokio::test(start_paused = true)]
async fn what_is_given_up_is_told_too() {
    let service = Service::silent().await;
    let told = Told::default();
    let client = client(&service.base_url).observer(told.clone()).build().expect("a client");
    let five = Duration::from_secs(5);
    tokio::time::timeout(five, create(&client).send()).await.expect_err("silence");
    let cancelled = Some("cancelled".to_owned());
    let ends = told.ends();
    assert_eq!(ends, [("attempt", None, cancelled.clone(), 0), ("request", None, cancelled, 0)]);
    assert!(told.all().iter().all(|(_, measured)| measured.duration() >= five / 2));
}

#[tokio::test]
async fn a_download_is_told_of_at_its_end() {
    let service = Service::answering(answer("200 OK", "0123456789")).await;
    let told = Told::default();
    let client = client(&service.base_url).observer(told.clone()).build().expect("a client");
    let mut download = photo(&client).download().await.expect("a head");
    assert!(told.all().is_empty());
    while let Some(chunk) = download.next().await {
        chunk.expect("bytes");
    }
    assert_eq!(told.ends(), [("attempt", Some(200), None, 0), ("request", Some(200), None, 0)]);
    assert!(told.all().iter().all(|(_, measured)| measured.bytes_received() == 10));
}
