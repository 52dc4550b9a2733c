//! What is answered: successes, errors in OData's envelope, and everything else that networks answer with.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use http::StatusCode;
use msgraph_client::{
    Error, Path, Request, Response, ServiceFailure, TransportError, TransportErrorKind,
};
use msgraph_core::Json;
use support::{DeleteGroup, Service, answer, client, create, json};

async fn answered(raw: impl Into<Vec<u8>>) -> Result<Response<Json>, Error> {
    let service = Service::answering(raw).await;
    let client = client(&service.base_url).build().expect("a client");
    create(&client).respond().await
}

async fn refused(raw: impl Into<Vec<u8>>) -> ServiceFailure {
    match answered(raw).await {
        Err(Error::Service(failure)) => *failure,
        other => panic!("no service failure: {other:?}"),
    }
}

const JSON: &str = "\r\nContent-Type: application/json;odata.metadata=minimal;charset=utf-8";

#[tokio::test]
async fn a_success_has_status_headers_and_body() {
    let head = format!("201 Created{JSON}\r\nrequest-id: r1");
    let response = answered(answer(&head, r#"{"id":"1"}"#)).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.request_id(), Some("r1"));
    assert!(response.leniencies().is_empty());
    assert_eq!(response.into_body(), json(r#"{"id":"1"}"#));
}

#[tokio::test]
async fn another_success_than_the_documented_one_is_a_success() {
    let response = answered(answer(&format!("200 OK{JSON}"), "{}")).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_body_that_nobody_asked_for_is_ignored() {
    let service = Service::answering(answer("200 OK", "<p>deleted</p>")).await;
    let client = client(&service.base_url).build().expect("a client");
    let path = Path::root(&client).segment("groups").key("42");
    Request::<DeleteGroup>::new(path, ()).await.expect("an answer");
}

#[tokio::test]
async fn an_odata_error_is_read_whole() {
    let body = r#"{"error":{"code":"accessDenied","message":"No.\r\nReally.","target":"topic",
        "details":[{"code":"d","message":"m","target":"t"}],
        "innerError":{"code":"lacksScope","date":"2024-01-01T00:00:00","request-id":"inner",
            "client-request-id":"c1","innerError":{"code":"deepest"}}}}"#;
    let head = format!("403 Forbidden{JSON}\r\nRetry-After: 7\r\nrequest-id: r1");
    let failure = refused(answer(&head, body)).await;
    assert_eq!(failure.status(), StatusCode::FORBIDDEN);
    assert_eq!(failure.code(), Some("accessDenied"));
    assert_eq!(failure.innermost_code(), Some("deepest"));
    assert!(failure.is("lacksScope"));
    assert_eq!(failure.message(), Some("No.\r\nReally."));
    assert_eq!(failure.target(), Some("topic"));
    assert_eq!(failure.details().len(), 1);
    assert_eq!(failure.date(), Some("2024-01-01T00:00:00"));
    assert_eq!(failure.request_id(), Some("r1"));
    assert_eq!(failure.client_request_id(), Some("c1"));
    assert_eq!(failure.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(failure.raw_body(), body);
    assert_eq!(
        Error::Service(Box::new(failure)).to_string(),
        "POST /groups/{group-id}/threads: 403 Forbidden, accessDenied, deepest: No. Really. \
         (request-id r1, client-request-id c1)"
    );
}

#[tokio::test]
async fn bodies_that_are_no_odata_errors_are_kept_as_text() {
    for (head, body, shown) in [
        (
            "502 Bad Gateway\r\nContent-Type: text/html",
            "<html>\n<h1>Bad</h1>",
            ": <html> <h1>Bad</h1>",
        ),
        ("500 Internal Server Error", "", ""),
        (
            "400 Bad Request\r\nContent-Type: application/json",
            r#"{"error":{"co"#,
            r#": {"error":{"co"#,
        ),
        ("404 Not Found\r\nContent-Type: text/plain", "not here", ": not here"),
        ("409 Conflict\r\nContent-Type: application/json", r#"["no"]"#, r#": ["no"]"#),
        (
            "409 Conflict\r\nContent-Type: application/json",
            r#"{"message":"x"}"#,
            r#": {"message":"x"}"#,
        ),
        (
            "401 Unauthorized\r\nContent-Type: application/json",
            r#"{"error":17}"#,
            r#": {"error":17}"#,
        ),
    ] {
        let failure = refused(answer(head, body)).await;
        assert_eq!(failure.code(), None, "{body}");
        assert_eq!(failure.raw_body(), body);
        let line = failure.to_string();
        let status = head.split("\r\n").next().expect("a status");
        assert_eq!(line, format!("POST /groups/{{group-id}}/threads: {status}{shown}"));
    }
}

#[tokio::test]
async fn odata_errors_of_an_odd_shape_are_read_as_far_as_they_go() {
    for body in [
        r#"{"error":{}}"#,
        r#"{"error":{"code":null,"message":{"lang":"en","value":"v"},"details":7}}"#,
        r#"{"error":{"code":5,"innererror":"x"}}"#,
        r#"{"error":"invalid_grant","error_description":"AADSTS"}"#,
    ] {
        let failure = refused(answer("400 Bad Request", body)).await;
        assert!(failure.body().is_some(), "{body}");
        assert!(!failure.to_string().contains('\n'));
    }
}

#[tokio::test]
async fn a_body_that_is_no_utf8_or_very_long_is_kept_in_part() {
    let mut raw = b"HTTP/1.1 500 Oops\r\nContent-Length: 3\r\n\r\n".to_vec();
    raw.extend_from_slice(b"a\xffb");
    assert_eq!(refused(raw).await.raw_body(), "a\u{fffd}b");

    let long = refused(answer("500 Oops", &"é".repeat(100_000))).await;
    assert_eq!(long.raw_body().len(), 16 << 10);
    assert!(long.to_string().len() < 1000, "{long}");
}

#[tokio::test]
async fn success_with_something_else_than_json_is_a_decode_error() {
    for (head, body, reason) in [
        ("201 Created\r\nContent-Type: text/html", "<p>", "it is `text/html`, not JSON"),
        ("201 Created", "", "it is empty"),
        ("204 No Content", "", "it is empty"),
    ] {
        let error = answered(answer(head, body)).await.expect_err("no JSON");
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(error.to_string().contains(reason), "{error}");
    }
    let error = answered(answer(&format!("201 Created{JSON}"), "{\"a\":")).await.expect_err("cut");
    let Error::Decode(failure) = error else { panic!("{error:?}") };
    assert!(failure.read_error().is_some());
}

#[tokio::test]
async fn an_answer_longer_than_the_limit_is_refused() {
    let long = "x".repeat(5000);
    let chunked =
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n{long}\r\n0\r\n\r\n");
    let unframed = format!("HTTP/1.0 200 OK\r\n\r\n{long}");
    let announced = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_owned();
    for raw in [answer("200 OK", &long), chunked, unframed, announced] {
        let service = Service::answering(raw).await;
        let client = client(&service.base_url).response_limit(4999).build().expect("a client");
        let error = create(&client).await.expect_err("too long");
        let Error::Transport { source, .. } = &error else { panic!("{error:?}") };
        assert_eq!(source.kind(), TransportErrorKind::Limit(4999), "{error}");
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_a_transport_error() {
    for raw in [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nContent-",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "",
    ] {
        let error = answered(raw).await.expect_err("broken off");
        assert!(matches!(error, Error::Transport { .. }), "{raw:?}: {error:?}");
        assert!(!error.to_string().contains(['\r', '\n']), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_does_not_answer_times_out() {
    let service = Service::silent().await;
    let client = client(&service.base_url).build().expect("a client");
    let error = create(&client).await.expect_err("silence");
    let Error::Transport { source, .. } = &error else { panic!("{error:?}") };
    assert_eq!(source.kind(), TransportErrorKind::Timeout, "{error}");
}

#[tokio::test]
async fn nobody_at_the_address_is_a_connect_error() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let error = create(&client(&base_url).build().expect("a client")).await.expect_err("nobody");
    let Error::Transport { source, .. } = &error else { panic!("{error:?}") };
    assert_eq!(TransportError::kind(source), TransportErrorKind::Connect, "{error}");
    assert!(!error.to_string().contains("42"), "no id in the line: {error}");
}
