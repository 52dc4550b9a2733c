//! What is sent again, how often, and after how long.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use msgraph_client::{Body, BoxFuture, Client, Retry, StaticToken, Transport, TransportError};
use support::{Service, TOKEN, answer, client, create, header};
use tokio::time::Instant;

const CREATED: &str = "201 Created\r\nContent-Type: application/json";

fn refusal(status: &str, after: &str) -> String {
    answer(&format!("{status}\r\nRetry-After: {after}"), "{}")
}

#[tokio::test]
async fn what_is_throttled_is_sent_again_as_it_was() {
    for status in ["429 Too Many Requests", "503 Service Unavailable", "504 Gateway Timeout"] {
        let service =
            Service::telling([refusal(status, "0"), refusal(status, "0"), answer(CREATED, "{}")])
                .await;
        let client = client(&service.base_url).retry(Retry::default()).build().expect("a client");
        create(&client).await.expect("an answer");
        let seen = service.seen();
        let attempts: Vec<_> =
            seen.iter().map(|request| header(request, "retry-attempt")).collect();
        assert_eq!(attempts, [None, Some("1"), Some("2")], "{status}");
        for request in &seen {
            assert!(request.ends_with(r#"{"topic":"Lunch"}"#), "{request}");
            let id = |request| header(request, "client-request-id").map(str::to_owned);
            assert_eq!(id(request), id(&seen[0]), "all attempts are one exchange");
            assert_eq!(header(request, "authorization"), Some(format!("Bearer {TOKEN}").as_str()));
        }
    }
}

#[tokio::test]
async fn other_failures_are_not_sent_again() {
    for status in ["400 Bad Request", "404 Not Found", "409 Conflict", "500 Internal Server Error"]
    {
        let service = Service::telling([refusal(status, "0")]).await;
        let client = client(&service.base_url).retry(Retry::default()).build().expect("a client");
        create(&client).await.expect_err("a failure");
        assert_eq!(service.seen().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn the_switches_are_separate() {
    let quick = || Retry::default().attempts(1);
    for (status, retry, sent) in [
        ("429 Too Many Requests", quick().throttling(false), 1),
        ("503 Service Unavailable", quick().throttling(false), 2),
        ("429 Too Many Requests", quick().server_errors(false), 2),
        ("504 Gateway Timeout", quick().server_errors(false), 1),
        ("503 Service Unavailable", Retry::never(), 1),
    ] {
        let service = Service::telling([refusal(status, "0")]).await;
        let client = client(&service.base_url).retry(retry.clone()).build().expect("a client");
        create(&client).await.expect_err("a failure");
        assert_eq!(service.seen().len(), sent, "{status} {retry:?}");
    }
}

#[tokio::test]
async fn who_asks_for_too_long_a_wait_is_not_waited_for() {
    for after in ["181", "31536000", "99999999999999999999999", "Wed, 21 Oct 2099 07:28:00 GMT"] {
        let service = Service::telling([refusal("429 Too Many Requests", after)]).await;
        let client = client(&service.base_url).retry(Retry::default()).build().expect("a client");
        let error = create(&client).await.expect_err("a failure");
        assert!(
            error.service().and_then(|failure| failure.retry_after())
                > Some(Duration::from_secs(180))
        );
        assert_eq!(service.seen().len(), 1, "{after}");
    }
}

/// Refuses everything, and tells when.
#[derive(Clone, Default)]
struct Refusing {
    at: Arc<Mutex<Vec<Instant>>>,
    after: Option<&'static str>,
}

impl Transport for Refusing {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.at.lock().expect("no panic").push(Instant::now());
        let mut response = http::Response::builder().status(503);
        if let Some(after) = self.after {
            response = response.header("Retry-After", after);
        }
        let response = response.body(Body::default()).expect("an answer");
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// The waits between the attempts, on a clock that goes on when there is nothing to do.
async fn waits(retry: Retry, after: Option<&'static str>) -> Vec<Duration> {
    let transport = Refusing { after, ..Refusing::default() };
    let client = Client::builder()
        .base_url("https://graph.example/v1.0")
        .credential(StaticToken::new(TOKEN))
        .transport(transport.clone())
        .retry(retry);
    create(&client.build().expect("a client")).await.expect_err("a failure");
    let at = transport.at.lock().expect("no panic");
    at.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[tokio::test(start_paused = true)]
async fn waits_double_up_to_the_longest() {
    let retry = Retry::default().attempts(5).longest_delay(Duration::from_secs(20));
    let found = waits(retry, None).await;
    assert_eq!(found.len(), 5);
    for (wait, most) in found.into_iter().zip([3, 6, 12, 20, 20]) {
        let most = Duration::from_secs(most);
        // The clock of tests counts whole milliseconds.
        let range = most / 2..=most + Duration::from_millis(1);
        assert!(range.contains(&wait), "{wait:?} of {most:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_service_says_how_long() {
    let found = waits(Retry::default().attempts(2), Some("7")).await;
    assert_eq!(found.len(), 2);
    for wait in found {
        let seven = Duration::from_secs(7);
        assert!((seven..=seven + Duration::from_millis(1)).contains(&wait), "{wait:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn ten_attempts_are_the_most() {
    assert_eq!(waits(Retry::default().attempts(1_000_000), Some("0")).await.len(), 10);
}
