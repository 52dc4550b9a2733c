//! Requests of what is not generated, and answers that nothing interprets.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use http::{Method, StatusCode};
use msgraph_client::{Client, Error, Retry, UsageError};
use msgraph_core::{Content, Json};
use support::{Service, TOKEN, answer, client, create, header, json};

const JSON: &str = "200 OK\r\nContent-Type: application/json";

fn built(base_url: &str) -> Client {
    client(base_url).build().expect("a client")
}

/// Where a request to `url` would go.
fn address(client: &Client, url: &str) -> Result<String, Error> {
    let request = client.request::<Json>(Method::GET, url).into_http()?;
    Ok(request.uri().to_string())
}

#[test]
fn an_address_is_one_below_the_base_url_or_at_its_origin() {
    let client = built("https://graph.example/v1.0");
    for (url, whole) in [
        ("/me", "https://graph.example/v1.0/me"),
        ("me/messages?$top=5", "https://graph.example/v1.0/me/messages?$top=5"),
        ("", "https://graph.example/v1.0"),
        ("?x=1", "https://graph.example/v1.0?x=1"),
        ("/search?q=http://a", "https://graph.example/v1.0/search?q=http://a"),
        ("//evil.example/me", "https://graph.example/v1.0//evil.example/me"),
        ("https://graph.example/beta/me", "https://graph.example/beta/me"),
        ("https://GRAPH.example:443/beta", "https://GRAPH.example:443/beta"),
    ] {
        assert_eq!(address(&client, url).expect(url), whole);
    }
    for url in [
        "https://evil.example/v1.0/me",
        "http://graph.example/v1.0/me",
        "https://graph.example:444/me",
        "https://user@graph.example/me",
        "ftp://graph.example/me",
        "/a b",
        "/a\r\nX: y",
    ] {
        let error = address(&client, url).expect_err(url);
        assert!(matches!(error, Error::Usage(UsageError::Address { .. })), "{url}: {error}");
        assert!(!error.to_string().contains("evil"), "{error}");
    }
}

#[tokio::test]
async fn a_raw_request_is_sent_as_the_caller_says() {
    let service = Service::answering(answer(JSON, r#"{"id":"7"}"#)).await;
    let client = built(&service.base_url);
    let answered: Json = client
        .request(Method::PATCH, "/me")
        .query("$select", "a b")
        .header("Prefer", "return=representation")
        .body(json(r#"{"city":"Kiel"}"#))
        .await
        .expect("an answer");
    assert_eq!(answered, json(r#"{"id":"7"}"#));
    let seen = service.only();
    assert!(seen.starts_with("PATCH /v1.0/me?$select=a%20b HTTP/1.1\r\n"), "{seen}");
    assert_eq!(header(&seen, "authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert_eq!(header(&seen, "content-type"), Some("application/json"));
    assert_eq!(header(&seen, "accept"), Some("application/json"));
    assert_eq!(header(&seen, "prefer"), Some("return=representation"));
    assert!(header(&seen, "client-request-id").is_some());
    assert!(seen.ends_with(r#"{"city":"Kiel"}"#), "{seen}");
}

#[tokio::test]
async fn a_raw_answer_is_any_payload() {
    let service = Service::answering(answer("200 OK\r\nContent-Type: image/png", "png")).await;
    let client = built(&service.base_url);
    let photo = client.request::<Content>(Method::GET, "/me/photo/$value").respond().await;
    let photo = photo.expect("an answer");
    assert_eq!(photo.status(), StatusCode::OK);
    assert_eq!(photo.body().media_type(), Some("image/png"));
    assert_eq!(header(&service.only(), "accept"), Some("*/*"));
    client.request::<()>(Method::DELETE, "/me/photo").await.expect("no body is looked at");
}

#[tokio::test]
async fn a_raw_request_is_sent_again_and_over_redirects() {
    let service = Service::telling([
        answer("503 Service Unavailable\r\nRetry-After: 0", ""),
        answer("307 Temporary Redirect\r\nLocation: {base}/there", ""),
        answer(JSON, "{}"),
    ])
    .await;
    let client = client(&service.base_url).retry(Retry::default()).build().expect("a client");
    client.request::<Json>(Method::GET, "/here").await.expect("an answer");
    let seen = service.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen[2].starts_with("GET /v1.0/there "), "{}", seen[2]);
}

#[tokio::test]
async fn a_raw_refusal_is_typed_and_names_no_address() {
    let body = r#"{"error":{"code":"itemNotFound","message":"No."}}"#;
    let service = Service::answering(answer("404 Not Found", body)).await;
    let request = built(&service.base_url).request::<Json>(Method::GET, "/users/ada");
    let shown = r#"Request { operation: "raw request", method: GET, path: "(raw request)", .. }"#;
    assert_eq!(format!("{request:?}"), shown);
    let error = request.await.expect_err("a refusal");
    assert!(error.service().is_some_and(|failure| failure.is("itemNotFound")));
    assert_eq!(error.to_string(), "GET (raw request): 404 Not Found, itemNotFound: No.");
}

#[tokio::test]
async fn send_raw_gives_what_came_whatever_it_is() {
    for status in ["200 OK", "302 Found", "404 Not Found", "500 Internal Server Error"] {
        let head = format!("{status}\r\nLocation: https://elsewhere.example/\r\nX-Own: 1");
        let service = Service::answering(answer(&head, "<p>")).await;
        let client = built(&service.base_url);
        for response in [
            create(&client).send_raw().await,
            client.request::<Json>(Method::GET, "/me").send_raw().await,
        ] {
            let response = response.expect("an answer");
            assert!(status.starts_with(response.status().as_str()), "{status}");
            assert_eq!(response.headers()["x-own"], "1");
            assert_eq!(response.body().as_ref(), b"<p>");
        }
        assert_eq!(service.seen().len(), 2, "{status}");
    }
}

#[tokio::test]
async fn send_raw_takes_the_token_out_of_what_is_repeated() {
    let head = format!("400 Bad Request\r\nX-Echo: Bearer {TOKEN}");
    let service = Service::answering(answer(&head, &format!("you sent {TOKEN}!"))).await;
    let response = create(&built(&service.base_url)).send_raw().await.expect("an answer");
    assert_eq!(response.body().as_ref(), b"you sent [token]!");
    assert_eq!(response.headers()["x-echo"], "Bearer [token]");
    assert!(!format!("{response:?}").contains(TOKEN));
}

#[tokio::test]
async fn send_raw_is_sent_again_as_all_requests_are() {
    let service = Service::telling([
        answer("429 Too Many Requests\r\nRetry-After: 0", ""),
        answer("201 Created", ""),
    ])
    .await;
    let client = client(&service.base_url).retry(Retry::default()).build().expect("a client");
    let response = create(&client).send_raw().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::CREATED);
}
