//! Delta queries: items that are gone, and states that the service no longer knows.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod collection;
#[path = "../../core/tests/sample/mod.rs"]
mod sample;
mod support;

use collection::list;
use msgraph_client::{Client, Error, UsageError};
use msgraph_core::Removed;
use support::{Service, answer, client};

const JSON: &str = "200 OK\r\nContent-Type: application/json";

fn built(service: &Service) -> Client {
    client(&service.base_url).build().expect("a client")
}

fn refusal(status: &str, code: &str) -> String {
    answer(status, &format!(r#"{{"error":{{"code":"x","innerError":{{"code":"{code}"}}}}}}"#))
}

async fn refused(raw: String) -> Error {
    let service = Service::telling([raw]).await;
    let mut items = list(&built(&service)).items();
    items.next().await.expect("an answer").expect_err("a refusal")
}

#[tokio::test]
async fn items_that_are_gone_come_with_the_others() {
    let body = r#"{"value":[{"id":"1","topic":"a"},{"id":"2","@removed":{"reason":"deleted"}},
        {"@removed":{"reason":"changed"},"id":"3"}],"@odata.deltaLink":"{base}/delta?t=2"}"#;
    let service = Service::telling([answer(JSON, body)]).await;
    let mut items = list(&built(&service)).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        let item = item.expect("an item");
        found.push((item.id().unwrap_or_default().to_owned(), item.removed()));
    }
    let expected = [("1", None), ("2", Some(Removed::Deleted)), ("3", Some(Removed::Changed))];
    assert_eq!(found, expected.map(|(id, removed)| (id.to_owned(), removed)));
    let link = items.delta_link().expect("a link");
    assert!(link.ends_with("/v1.0/delta?t=2"), "{link}");
}

#[tokio::test]
async fn an_expired_state_is_told_by_its_status_or_its_code() {
    for (status, code, expired) in [
        ("410 Gone", "", true),
        ("410 Gone", "resyncRequired", true),
        ("400 Bad Request", "resyncChangesApplyDifferences", true),
        ("400 Bad Request", "resyncChangesUploadDifferences", true),
        ("404 Not Found", "syncStateNotFound", true),
        ("400 Bad Request", "syncStateInvalid", true),
        ("400 Bad Request", "badRequest", false),
        ("404 Not Found", "", false),
        ("401 Unauthorized", "tokenExpired", false),
    ] {
        let error = refused(refusal(status, code)).await;
        assert_eq!(error.is_resync_required(), expired, "{status} {code}");
    }
}

#[tokio::test]
async fn what_has_expired_is_read_anew_from_where_the_service_says() {
    let gone = "410 Gone\r\nLocation: {base}/threads/delta?token=fresh";
    let service = Service::telling([
        refusal(gone, "resyncRequired"),
        answer(JSON, r#"{"value":[{"id":"1"}],"@odata.deltaLink":"{base}/delta?t=3"}"#),
    ])
    .await;
    let client = built(&service);
    let stored = format!("{}/threads/delta?token=old", service.base_url);
    let error = list(&client).resume(&stored).items().next().await.expect("an answer");
    let error = error.expect_err("it has expired");
    let failure = error.service().expect("a refusal");
    let location = failure.resync_location().expect("a place");
    assert!(!format!("{error} {error:?}").contains("fresh"), "{error:?}");
    let mut items = list(&client).resume(location).items();
    items.next().await.expect("an item").expect("an item");
    let seen = service.seen();
    assert!(seen[1].starts_with("GET /v1.0/threads/delta?token=fresh "), "{}", seen[1]);
}

#[tokio::test]
async fn a_fresh_start_away_from_the_service_is_refused() {
    let gone = "410 Gone\r\nLocation: https://evil.example/v1.0/delta";
    let service = Service::telling([refusal(gone, "resyncRequired")]).await;
    let client = built(&service);
    let error = list(&client).items().next().await.expect("an answer").expect_err("expired");
    let location = error.service().and_then(|failure| failure.resync_location()).expect("a place");
    let error = list(&client).resume(location).await.expect_err("a foreign place");
    assert!(matches!(error, Error::Usage(UsageError::Link { .. })), "{error}");
    assert_eq!(service.seen().len(), 1);
}

#[tokio::test]
async fn the_location_of_another_refusal_is_no_fresh_start() {
    let error = refused(refusal("404 Not Found\r\nLocation: {base}/x", "itemNotFound")).await;
    assert_eq!(error.service().expect("a refusal").resync_location(), None);
}
