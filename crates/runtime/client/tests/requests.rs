//! What is sent: method, address, headers and body, and what is refused before anything is.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use msgraph_client::{Client, Error, Path, Request, StaticToken, UsageError};
use support::{CreateThreads, DeleteGroup, ListThreads, Service, answer, client, create, header};

fn offline() -> Client {
    client("https://graph.microsoft.com/v1.0/").build().expect("a client")
}

#[test]
fn a_request_can_be_looked_at_before_it_is_sent() {
    let request =
        create(&offline()).header("Prefer", "return=minimal").into_http().expect("a request");
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://graph.microsoft.com/v1.0/groups/42/threads");
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(request.headers()["prefer"], "return=minimal");
    assert_eq!(request.headers()["client-request-id"].len(), 36);
    assert!(!request.headers().contains_key("authorization"));
    assert_eq!(request.body(), r#"{"topic":"Lunch"}"#);
}

#[test]
fn a_version_stands_in_the_head_as_it_is() {
    let version = r#"W/"JzEtVXNlcg==""#;
    let request = create(&offline()).if_match("*").if_match(version).into_http().expect("one");
    assert_eq!(request.headers().get_all("if-match").iter().collect::<Vec<_>>(), [version]);
    let broken = create(&offline()).if_match("\"1\"\r\nAuthorization: b").into_http();
    let invalid = UsageError::InvalidHeader { name: "if-match".to_owned() };
    assert!(matches!(broken, Err(Error::Usage(error)) if error == invalid));
}

#[test]
fn a_request_without_a_body_has_no_content_type() {
    let path = Path::root(&offline()).segment("groups").key("42");
    let request = Request::<DeleteGroup>::new(path, ()).into_http().expect("a request");
    assert_eq!(request.method(), "DELETE");
    assert!(!request.headers().contains_key("content-type"));
    assert!(request.body().is_empty());
}

#[test]
fn every_request_has_an_id_of_its_own_unless_one_is_given() {
    let id = |request: Request<CreateThreads>| {
        let request = request.into_http().expect("a request");
        request.headers()["client-request-id"].to_str().expect("text").to_owned()
    };
    let client = offline();
    assert_ne!(id(create(&client)), id(create(&client)));
    assert_eq!(id(create(&client).header("client-request-id", "mine")), "mine");
}

#[test]
fn headers_that_are_not_valid_or_not_the_callers_are_refused() {
    let refused = |name: &'static str, value: &str| match create(&offline())
        .header(name, value)
        .into_http()
    {
        Err(Error::Usage(error)) => error,
        other => panic!("{name}: {other:?}"),
    };
    let invalid = |name: &str| UsageError::InvalidHeader { name: name.to_owned() };
    let reserved = |name: &str| UsageError::ReservedHeader { name: name.to_owned() };
    assert_eq!(refused("Prefer", "a\r\nAuthorization: b"), invalid("Prefer"));
    assert_eq!(refused("Pre fer\n", "a"), invalid("Pre fer"));
    for name in ["Authorization", "host", "Content-Length", "transfer-encoding"] {
        assert_eq!(refused(name, "a"), reserved(name));
    }
}

#[test]
fn an_id_is_one_segment_whatever_it_holds() {
    let client = offline();
    let address = |id: &str| {
        let path = Path::root(&client).segment("groups").key(id).segment("threads");
        let request = Request::<ListThreads>::new(path, ()).into_http().expect("a request");
        request.uri().to_string()
    };
    for (id, segment) in [
        ("42", "/42"),
        ("a/b", "/a%2Fb"),
        ("a?b#c", "/a%3Fb%23c"),
        ("a\r\nb", "/a%0D%0Ab"),
        ("", "('')"),
        (".", "('.')"),
        ("..", "('..')"),
        ("$count", "('%24count')"),
        ("delta", "('delta')"),
        ("x')/y('", "('x%27%27%29%2Fy%28%27%27')"),
    ] {
        let expected = format!("https://graph.microsoft.com/v1.0/groups{segment}/threads");
        assert_eq!(address(id), expected, "{id:?}");
    }
}

#[test]
fn a_path_is_told_from_the_base_url_on() {
    let path = Path::root(&offline());
    assert_eq!(path.as_str(), "");
    assert_eq!(path.segment("groups").key("a b").as_str(), "/groups/a%20b");
}

#[test]
fn the_path_of_an_item_is_closed_before_what_follows_it() {
    let item = Path::root(&offline()).segment("root").by_path("a/b");
    assert_eq!(item.clone().segment("children").as_str(), "/root:/a/b:/children");
    assert_eq!(item.ending("$value").as_str(), "/root:/a/b:/$value");
}

#[test]
fn a_base_url_without_a_path_is_an_address_too() {
    for base_url in ["https://graph.microsoft.com", "https://graph.microsoft.com/"] {
        let client = client(base_url).build().expect("a client");
        let address = |path: Path| {
            let request = Request::<ListThreads>::new(path, ());
            request.query("x", "1").into_http().expect("a request").uri().to_string()
        };
        assert_eq!(address(Path::root(&client)), "https://graph.microsoft.com/?x=1");
        let below = Path::root(&client).segment("groups");
        assert_eq!(below.as_str(), "/groups");
        assert_eq!(address(below), "https://graph.microsoft.com/groups?x=1");
    }
}

#[test]
fn query_options_are_encoded_once() {
    let request = create(&offline())
        .query("$filter", "name eq 'O''Neil & 50%25 +1'")
        .query("$top", "5")
        .query("a=b", "ü#");
    assert_eq!(
        request.into_http().expect("a request").uri(),
        "https://graph.microsoft.com/v1.0/groups/42/threads\
         ?$filter=name%20eq%20%27O%27%27Neil%20%26%2050%2525%20%2B1%27&$top=5&a%3Db=%C3%BC%23"
    );
}

#[test]
fn an_address_that_is_too_long_is_an_error() {
    let path = Path::root(&offline()).segment("groups").key(&"x".repeat(70_000));
    let error = Request::<ListThreads>::new(path, ()).into_http().expect_err("too long");
    assert!(matches!(error, Error::Usage(UsageError::Address { .. })), "{error}");
}

#[tokio::test]
async fn a_request_is_sent_with_its_token_and_headers() {
    let service =
        Service::answering(answer("201 Created\r\nContent-Type: application/json", "{}")).await;
    let client = client(&service.base_url).user_agent("tests/1").build().expect("a client");
    create(&client).header("Prefer", "x").await.expect("an answer");

    let sent = service.only();
    assert!(sent.starts_with("POST /v1.0/groups/42/threads HTTP/1.1\r\n"), "{sent}");
    assert_eq!(header(&sent, "authorization"), Some("Bearer s3cr3t.t0k3n-~+/="));
    assert_eq!(header(&sent, "user-agent"), Some("tests/1"));
    assert_eq!(header(&sent, "prefer"), Some("x"));
    assert!(header(&sent, "client-request-id").is_some());
    assert!(sent.ends_with("\r\n\r\n{\"topic\":\"Lunch\"}"), "{sent}");
}

#[tokio::test]
async fn the_http_library_does_not_rewrite_ids() {
    let service = Service::answering(answer("200 OK", "{}")).await;
    let client = client(&service.base_url).build().expect("a client");
    let path = Path::root(&client).segment("groups").key("..").segment("threads");
    Request::<ListThreads>::new(path, ()).await.expect("an answer");
    let sent = service.only();
    assert!(sent.starts_with("GET /v1.0/groups('..')/threads HTTP/1.1\r\n"), "{sent}");

    // What would be rewritten is not sent.
    let uri = format!("{}/groups/%2E%2E/threads", service.base_url);
    let request = http::Request::get(uri).body(bytes::Bytes::new()).expect("a request");
    let error = client.execute(request).await.expect_err("dot segments");
    assert!(matches!(error, Error::Transport { .. }), "{error}");
    assert_eq!(service.seen().len(), 1);
}

#[tokio::test]
async fn a_text_that_is_no_token_is_refused() {
    for token in ["", "a b", "a\r\nX: y", "é"] {
        let service = Service::answering(answer("200 OK", "{}")).await;
        let client = Client::builder()
            .base_url(&service.base_url)
            .credential(StaticToken::new(token))
            .build()
            .expect("a client");
        let error = create(&client).await.expect_err("no token");
        assert!(matches!(error, Error::Credential(_)), "{token:?}: {error}");
        assert!(service.seen().is_empty());
    }
}
