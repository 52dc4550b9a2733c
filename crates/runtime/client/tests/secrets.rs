//! The token goes to the configured origin and nowhere else, and shows nowhere.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use msgraph_client::{
    Body, BoxFuture, Client, Error, StaticToken, Token, Transport, TransportError, UsageError,
};
use support::{Service, TOKEN, answer, client, create, header, threads};

#[tokio::test]
async fn the_token_is_added_at_the_configured_origin_only() {
    let home = Service::answering(answer("200 OK", "{}")).await;
    let elsewhere = Service::answering(answer("200 OK", "{}")).await;
    let client = client(&home.base_url).build().expect("a client");
    let get = |url: String| http::Request::get(url).body(Bytes::new()).expect("a request");
    let other_host = elsewhere.base_url.replace("127.0.0.1", "localhost");

    client.execute(get(home.base_url.replace("v1.0", "beta/me"))).await.expect("an answer");
    client.execute(get(elsewhere.base_url.clone())).await.expect("an answer");
    client.execute(get(other_host)).await.expect("an answer");

    assert!(header(&home.only(), "authorization").is_some());
    let strangers = elsewhere.seen();
    assert_eq!(strangers.len(), 2);
    assert!(!strangers.concat().contains(TOKEN), "{strangers:?}");
    assert!(strangers.iter().all(|request| header(request, "authorization").is_none()));
}

/// Keeps what it is given.
#[derive(Clone, Default)]
struct Recorder {
    headers: Arc<Mutex<Vec<(String, bool)>>>,
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let token = request.headers().get("authorization");
        assert!(token.is_none_or(|token| token.is_sensitive()));
        let told = (request.uri().to_string(), token.is_some());
        self.headers.lock().expect("no panic").push(told);
        Box::pin(std::future::ready(Ok(http::Response::new(Body::from(Bytes::from_static(b"{}"))))))
    }
}

#[tokio::test]
async fn an_origin_is_scheme_host_and_port() {
    let recorder = Recorder::default();
    let client = client("https://graph.microsoft.com/v1.0")
        .transport(recorder.clone())
        .build()
        .expect("a client");
    for (url, carries_token) in [
        ("https://graph.microsoft.com/beta/groups", true),
        ("https://GRAPH.microsoft.com:443/", true),
        ("http://graph.microsoft.com/v1.0", false),
        ("https://graph.microsoft.com:444/v1.0", false),
        ("https://graph.microsoft.com.evil.example/v1.0", false),
        ("https://evil.example/graph.microsoft.com", false),
        ("https://graph.microsoft.com@evil.example/", false),
        ("http://graph.microsoft.com:443/", false),
    ] {
        let request = http::Request::get(url).body(Bytes::new()).expect("a request");
        client.execute(request).await.expect("an answer");
        let told = recorder.headers.lock().expect("no panic").pop().expect("a request");
        assert_eq!(told.1, carries_token, "{url}");
    }
    for url in ["/relative", "ftp://graph.microsoft.com/"] {
        let request = http::Request::get(url).body(Bytes::new()).expect("a request");
        let error = client.execute(request).await.expect_err("no address");
        assert!(matches!(error, Error::Usage(UsageError::Address { .. })), "{url}: {error}");
    }
    let request = http::Request::get("https://evil.example/")
        .header("Authorization", "Bearer mine")
        .body(Bytes::new())
        .expect("a request");
    let error = client.execute(request).await.expect_err("a token of one's own");
    assert!(matches!(error, Error::Usage(UsageError::ReservedHeader { .. })), "{error}");
}

#[test]
fn a_base_url_is_checked() {
    let built = |url: &str| client(url).build();
    for url in [
        "https://graph.microsoft.com/v1.0",
        "https://graph.microsoft.com",
        "http://localhost:4010/v1.0",
        "http://127.0.0.1/v1.0/",
        "http://127.8.8.8/",
        "http://[::1]:80/v1.0",
    ] {
        assert!(built(url).is_ok(), "{url}");
    }
    for url in [
        "",
        "graph.microsoft.com/v1.0",
        "/v1.0",
        "ftp://localhost/",
        "file:///etc/passwd",
        "https://",
        "https:///v1.0",
        "https://user@graph.microsoft.com/",
        "https://user:password@graph.microsoft.com/",
        "https://graph.microsoft.com/v1.0?x=1",
        "https://graph.microsoft.com/v1.0#x",
        "https://graph.microsoft.com/../v1.0",
        "https://graph.microsoft.com:99999/",
        "https://graph.microsoft.com:/",
        "https://graph.microsoft.com/v1.0\r\nX: y",
        "http://graph.microsoft.com/v1.0",
        "http://localhost.evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://10.0.0.1/",
        "http://[::ffff:8.8.8.8]/",
    ] {
        let error = built(url).expect_err(url);
        assert!(matches!(error, Error::Usage(UsageError::BaseUrl { .. })), "{url}: {error}");
    }
    assert!(client("http://10.0.0.1/").allow_clear_text().build().is_ok());
}

#[test]
fn a_client_needs_address_and_credential() {
    let error = Client::builder().credential(StaticToken::new("t")).build().expect_err("address");
    assert_eq!(error.to_string(), "the base URL cannot be used: it is missing");
    let error = Client::builder().base_url("https://x").build().expect_err("credential");
    assert_eq!(error.to_string(), "the client has no credential");
}

#[tokio::test]
async fn the_token_shows_in_no_debug_output_and_no_error() {
    // The service repeats what it was sent, as debugging pages of proxies do.
    let echo = format!("you sent: Authorization: Bearer {TOKEN}");
    let service = Service::answering(answer("500 Oops", &echo)).await;
    let builder = client(&service.base_url);
    let shown = format!("{builder:?}");
    let client = builder.build().expect("a client");
    let request = create(&client);
    let shown = format!("{shown} {client:?} {request:?} {:?}", threads(&client));
    let error = request.await.expect_err("echo");
    let failure = error.service().expect("a service failure");
    let credential = StaticToken::new(TOKEN);
    let token = Token::new(TOKEN).expect("a token");
    let shown =
        format!("{shown} {error} {error:?} {} {credential:?} {token:?}", failure.raw_body());
    assert!(shown.contains("you sent: Authorization: Bearer [token]"), "{shown}");
    assert!(!shown.contains(TOKEN), "{shown}");
}

#[tokio::test]
async fn a_token_that_comes_back_in_a_header_is_not_kept() {
    for status in ["500 Oops", "200 OK"] {
        let sent = format!("X-Sent: Bearer {TOKEN}\r\nX-Said: ä {TOKEN}");
        let head = format!("{status}\r\nRequest-Id: {TOKEN}\r\n{sent}");
        let service = Service::answering(answer(&head, "no JSON")).await;
        let client = client(&service.base_url).build().expect("a client");
        let error = create(&client).await.expect_err(status);
        let headers = error.service().map(|failure| failure.headers().clone());
        let shown = format!("{error} {error:?} {headers:?}");
        assert!(shown.contains("request-id [token]"), "{shown}");
        assert!(!shown.contains(TOKEN), "{shown}");
    }
}

#[tokio::test]
async fn a_token_that_comes_back_with_a_redirect_is_not_kept() {
    let head = format!("302 Found\r\nRequest-Id: {TOKEN}\r\nLocation: /at?sent={TOKEN}");
    let service = Service::answering(answer(&head, "")).await;
    let client = client(&service.base_url).redirects(0).build().expect("a client");
    let error = create(&client).await.expect_err("it is not followed");
    let Error::Redirect(redirect) = &error else { panic!("{error:?}") };
    let shown = format!("{error} {error:?} {:?}", redirect.location());
    assert!(shown.contains("request-id [token]") && shown.contains("/at?sent=[token]"), "{shown}");
    assert!(!shown.contains(TOKEN), "{shown}");
}
