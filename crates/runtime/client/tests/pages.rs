//! Collections over their next links.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod collection;
#[path = "../../core/tests/sample/mod.rs"]
mod sample;
mod support;

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use collection::list;
use futures_core::Stream as _;
use http::Method;
use msgraph_client::{Error, UsageError};
use msgraph_core::Page;
use sample::graph::ConversationThread;
use support::{Service, TOKEN, answer, client, header, json};

fn page(ids: &[&str], link: &str) -> String {
    let items: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    let body = format!(r#"{{"value":[{}]{link}}}"#, items.join(","));
    answer("200 OK\r\nContent-Type: application/json", &body)
}

fn next(path: &str) -> String {
    format!(r#","@odata.nextLink":"{{base}}{path}""#)
}

/// The ids of all items, and why there are no more.
async fn all(service: &Service) -> (Vec<String>, Option<Error>) {
    let client = client(&service.base_url).build().expect("a client");
    let mut items = list(&client).items();
    let mut ids = Vec::new();
    loop {
        match items.next().await {
            Some(Ok(item)) => ids.push(item.id().unwrap_or_default().to_owned()),
            Some(Err(error)) => return (ids, Some(error)),
            None => return (ids, None),
        }
    }
}

#[tokio::test]
async fn items_go_on_over_pages_that_are_empty() {
    let service = Service::telling([
        page(&["1", "2"], &next("/x?$skiptoken=a%2Fb")),
        page(&[], &next("/x?$skiptoken=c")),
        page(&["3"], ""),
    ])
    .await;
    let (ids, error) = all(&service).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, ["1", "2", "3"]);
    let seen = service.seen();
    let lines: Vec<&str> = seen.iter().filter_map(|request| request.lines().next()).collect();
    // Links are opaque: they are sent as they came.
    assert_eq!(lines[1], "GET /v1.0/x?$skiptoken=a%2Fb HTTP/1.1");
    assert_eq!(lines[2], "GET /v1.0/x?$skiptoken=c HTTP/1.1");
}

#[tokio::test]
async fn headers_go_with_every_page() {
    let service = Service::telling([page(&["1"], &next("/x")), page(&["2"], "")]).await;
    let client = client(&service.base_url).build().expect("a client");
    let mut pages = list(&client).header("ConsistencyLevel", "eventual").pages();
    while let Some(page) = pages.next().await {
        page.expect("a page");
    }
    for request in service.seen() {
        assert_eq!(header(&request, "consistencylevel"), Some("eventual"));
        assert_eq!(header(&request, "authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    }
    // Each page is a request, and has an id of its own.
    let seen = service.seen();
    let ids: Vec<_> = seen.iter().map(|request| header(request, "client-request-id")).collect();
    assert!(ids[0].is_some() && ids[1].is_some() && ids[0] != ids[1], "{ids:?}");
}

#[tokio::test]
async fn a_link_that_leads_back_is_an_error() {
    for link in ["/x", "/groups/42/threads"] {
        let service =
            Service::telling([page(&["1"], &next("/x")), page(&["2"], &next(link))]).await;
        let (ids, error) = all(&service).await;
        assert_eq!(ids, ["1", "2"], "{link}");
        assert!(matches!(error, Some(Error::Usage(UsageError::Link { .. }))), "{error:?}");
        assert_eq!(service.seen().len(), 2);
    }
}

#[tokio::test]
async fn a_link_that_leads_away_is_not_followed() {
    let elsewhere = Service::telling([page(&["3"], "")]).await;
    let host = elsewhere.base_url.strip_prefix("http://").expect("an address");
    for link in [
        elsewhere.base_url.clone(),
        format!("https://{host}"),
        format!("http://user@{host}"),
        "https://graph.example.com/x".to_owned(),
        "//graph.example.com/x".to_owned(),
        "/relative".to_owned(),
        String::new(),
        "http://[".to_owned(),
    ] {
        let service =
            Service::telling([page(&["1"], &format!(r#","@odata.nextLink":"{link}""#))]).await;
        let (ids, error) = all(&service).await;
        assert_eq!(ids, ["1"], "{link}");
        let error = error.expect("an error");
        assert!(matches!(error, Error::Usage(UsageError::Link { .. })), "{link} {error:?}");
        assert!(!error.to_string().contains("example.com"), "a link may hold a secret: {error}");
    }
    assert!(elsewhere.seen().is_empty(), "nothing is sent elsewhere");
}

#[tokio::test]
async fn a_link_that_names_a_user_is_not_followed() {
    let service = Service::telling([page(&["1"], "")]).await;
    let client = client(&service.base_url).build().expect("a client");
    let link = service.base_url.replace("http://", "http://user:password@");
    let error = list(&client).resume(&link).await.expect_err("a user");
    assert!(matches!(error, Error::Usage(UsageError::Link { .. })), "{error:?}");
    assert!(service.seen().is_empty(), "{:?}", service.seen());
}

#[tokio::test]
async fn what_is_left_can_be_stored_and_taken_up() {
    let service =
        Service::telling([page(&["1"], &next("/x?$skiptoken=a")), page(&["2"], "")]).await;
    let client = client(&service.base_url).build().expect("a client");
    let mut pages = list(&client).pages();
    pages.next().await.expect("a page").expect("a page");
    let stored = pages.next_link().expect("something is left");
    drop(pages);
    let mut items = list(&client).resume(&stored).items();
    let item = items.next().await.expect("an item").expect("an item");
    assert_eq!(item.id(), Some("2"));
    assert!(items.next().await.is_none());
    let away = list(&client).resume("https://graph.example.com/x").await;
    assert!(matches!(away, Err(Error::Usage(UsageError::Link { .. }))));
    assert_eq!(service.seen().len(), 2);
}

#[tokio::test]
async fn the_last_page_of_a_delta_query_tells_where_to_go_on() {
    let delta = r#","@odata.deltaLink":"{base}/delta?$deltatoken=t""#;
    let service = Service::telling([page(&["1"], &next("/x")), page(&["2"], delta)]).await;
    let client = client(&service.base_url).build().expect("a client");
    let mut items = list(&client).items();
    assert_eq!(items.delta_link(), None);
    while let Some(item) = items.next().await {
        item.expect("an item");
    }
    assert_eq!(
        items.delta_link(),
        Some(format!("{}/delta?$deltatoken=t", service.base_url).as_str())
    );
}

#[tokio::test]
async fn what_an_action_gives_goes_on_by_get() {
    let pages = [page(&["1"], &next("/x")), page(&["2"], ""), page(&["2"], "")];
    let service = Service::telling(pages).await;
    let client = client(&service.base_url).build().expect("a client");
    let ask =
        |url: &str| client.request::<Page<ConversationThread>>(Method::POST, url).body(json("{}"));
    let mut items = ask("/search").items();
    while let Some(item) = items.next().await {
        item.expect("an item");
    }
    let stored = format!("{}/x", service.base_url);
    ask("/search").resume(&stored).await.expect("a page");
    let seen = service.seen();
    assert!(seen[0].starts_with("POST /v1.0/search HTTP/1.1"), "{seen:?}");
    for request in &seen[1..] {
        assert!(request.starts_with("GET /v1.0/x HTTP/1.1"), "{request}");
        assert!(header(request, "content-type").is_none() && !request.ends_with("{}"), "{request}");
        assert!(header(request, "accept").is_some(), "{request}");
    }
}

#[tokio::test]
async fn an_error_ends_the_pages() {
    let gone = answer(
        "410 Gone\r\nContent-Type: application/json",
        r#"{"error":{"code":"syncStateNotFound","message":"Begin again."}}"#,
    );
    let service = Service::telling([page(&["1"], &next("/x")), gone]).await;
    let client = client(&service.base_url).build().expect("a client");
    let mut pages = list(&client).pages();
    pages.next().await.expect("a page").expect("a page");
    let error = pages.next().await.expect("an error").expect_err("an error");
    assert_eq!(error.status(), Some(http::StatusCode::GONE));
    assert!(pages.next().await.is_none());
    assert_eq!(pages.next_link(), None);
}

#[tokio::test]
async fn nothing_is_sent_until_a_page_is_asked_for() {
    let service = Service::telling([page(&["1"], "")]).await;
    let client = client(&service.base_url).build().expect("a client");
    drop(list(&client).items());
    let mut items = pin!(list(&client).items());
    // A poll that is given up leaves a stream that goes on.
    let mut context = Context::from_waker(Waker::noop());
    assert!(matches!(items.as_mut().poll_next(&mut context), Poll::Pending));
    assert_eq!(items.next().await.expect("an item").expect("an item").id(), Some("1"));
    assert_eq!(service.seen().len(), 1);
}

#[tokio::test]
async fn who_stops_waiting_for_a_page_loses_none() {
    let service = Service::telling([page(&["1"], &next("/more")), page(&["2"], "")]).await;
    let client = client(&service.base_url).build().expect("a client");
    let mut pages = list(&client).pages();
    for _ in 0..2 {
        tokio::select! {
            biased;
            page = pages.next() => panic!("too early: {page:?}"),
            () = std::future::ready(()) => {}
        }
        pages.next().await.expect("a page").expect("an answer");
    }
    assert!(pages.next().await.is_none());
    assert_eq!(service.seen().len(), 2);
}
