//! What is logged of requests: spans and events, without a secret and without an id.
//!
//! A program of its own: each test here has a subscriber, and a thread without one could settle that nobody wants a span.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use msgraph_client::Retry;
use support::log::Log;
use support::{Service, TOKEN, answer, client, create};

const CREATED: &str = "201 Created\r\nContent-Type: application/json";

#[tokio::test]
async fn spans_have_the_names_of_opentelemetry() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let refusal = answer("503 Service Unavailable\r\nRetry-After: 0", "{}");
    let service = Service::telling([refusal, answer(CREATED, "{}")]).await;
    let builder = client(&service.base_url).retry(Retry::default());
    create(&builder.build().expect("a client")).query("$top", "5").await.expect("an answer");
    drop(guard);

    let lines = log.own_lines();
    let spans: Vec<_> = lines.iter().filter(|line| line.contains("msgraph.http")).collect();
    let log = lines.join("\n");
    assert_eq!(spans.len(), 2, "{log}");
    for field in [
        r#"otel.name=POST /groups/{group-id}/threads"#,
        r#"otel.kind="client""#,
        r#"http.request.method="POST""#,
        r#"url.template="/groups/{group-id}/threads""#,
        r#"server.address="127.0.0.1""#,
        "server.port=",
        "http.response.status_code=",
    ] {
        assert!(spans.iter().all(|span| span.contains(field)), "{field}: {log}");
    }
    assert!(spans[0].contains(r#"error.type="503""#) && !spans[0].contains("resend"), "{log}");
    assert!(spans[1].contains("resend_count=1") && !spans[1].contains("error.type"), "{log}");
    for secret in [TOKEN, "Lunch", "/groups/42", "$top", "http://"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[tokio::test]
async fn the_end_of_an_operation_is_told_without_the_address() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let head = format!(
        "{CREATED}\r\nDeprecation: @1688169599\r\nSunset: Sun, 30 Jun 2024 23:59:59 GMT\r\n\
         Link: <https://docs.example/end?user=42>; rel=\"deprecation\""
    );
    let service = Service::answering(answer(&head, "{}")).await;
    create(&client(&service.base_url).build().expect("a client")).await.expect("an answer");
    drop(guard);

    let lines = log.own_lines();
    let event = lines.iter().find(|line| line.contains("to end this operation"));
    let event = event.expect("an event");
    for field in [
        r#"operation="create_conversationthread_from_group""#,
        r#"url.template="/groups/{group-id}/threads""#,
        r#"deprecation="@1688169599""#,
        r#"sunset="Sun, 30 Jun 2024 23:59:59 GMT""#,
        r#"link="https://docs.example/end""#,
    ] {
        assert!(event.contains(field), "{field}: {event}");
    }
    assert!(!event.contains("42"), "{event}");
}

#[tokio::test]
async fn the_log_tells_the_operation_and_no_secret() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let echo = format!("\n{TOKEN}");
    let service = Service::answering(answer("500 Oops\r\nrequest-id: r1", &echo)).await;
    let client = client(&service.base_url).build().expect("a client");
    create(&client).await.expect_err("echo");
    drop(guard);

    let log = log.text();
    assert!(log.contains("create_conversationthread_from_group"), "{log}");
    assert!(log.contains("path=\"/groups/{group-id}/threads\""), "{log}");
    assert!(log.contains("request-id r1"), "{log}");
    assert!(!log.contains(TOKEN), "{log}");
    assert!(!log.contains("Lunch"), "{log}");
}

#[tokio::test]
async fn the_id_of_an_answer_is_told_where_it_is_one() {
    const ID: &str = "7f2c0d14-9f0a-4b0e-8f2f-9d0c8f6b1a11";
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let with = |id: &str| answer(&format!("{CREATED}\r\nrequest-id: {id}"), "{}");
    let service = Service::telling([with(ID), with(TOKEN)]).await;
    let client = client(&service.base_url).build().expect("a client");
    create(&client).await.expect("an answer");
    create(&client).await.expect("an answer");
    drop(guard);

    let log = log.text();
    assert!(log.contains(ID), "{log}");
    assert!(!log.contains(TOKEN), "{log}");
}
