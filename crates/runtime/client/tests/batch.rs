//! Batches: what is sent together, and what each request gets for its answer.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use http::{Method, StatusCode};
use msgraph_client::{Batch, BatchAnswers, Batched, Client, Error, Path, Request, UsageError};
use msgraph_core::{Content, Json, Operation, Permissions, Spec, Success};
use support::{
    CreateThreads, DeleteGroup, ListThreads, Service, TOKEN, answer, client, create, header, json,
    threads,
};

/// `GET /me/photo/$value`.
enum GetPhoto {}

impl Operation for GetPhoto {
    const SPEC: Spec = Spec {
        name: "get_photo",
        method: &Method::GET,
        path: "/me/photo/$value",
        permissions: Permissions::UNDOCUMENTED,
        docs: None,
    };
    type Request = ();
    type Response = Success<Content>;
}

/// `PUT /me/photo/$value`.
enum PutPhoto {}

impl Operation for PutPhoto {
    const SPEC: Spec = Spec {
        name: "put_photo",
        method: &Method::PUT,
        path: "/me/photo/$value",
        permissions: Permissions::UNDOCUMENTED,
        docs: None,
    };
    type Request = Content;
    type Response = Success<()>;
}

fn list(client: &Client) -> Request<ListThreads> {
    Request::new(threads(client), ())
}

fn photo(client: &Client) -> Path {
    Path::root(client).segment("me").segment("photo").ending("value")
}

/// A service that answers batches with these answers, one batch after the other.
async fn answering<'a>(batches: impl IntoIterator<Item = &'a str>) -> (Service, Client) {
    let answers = batches.into_iter().map(|responses| {
        let body = format!(r#"{{"responses":[{responses}]}}"#);
        answer("200 OK\r\nContent-Type: application/json", &body)
    });
    let service = Service::telling(answers).await;
    let client = client(&service.base_url).build().expect("a client");
    (service, client)
}

/// The body of a batch that was sent.
fn sent(request: &str) -> Json {
    json(request.split_once("\r\n\r\n").expect("a body").1)
}

fn count(request: &str) -> usize {
    request.matches(r#""method":"#).count()
}

/// The answers to `many` requests that list threads.
async fn listed(client: &Client, many: usize) -> (BatchAnswers, Vec<Batched<ListThreads>>) {
    let mut batch = client.batch();
    let handles = (0..many).map(|_| batch.add(list(client)).expect("a request")).collect();
    (batch.send().await, handles)
}

#[tokio::test]
async fn requests_are_sent_as_one_and_answered_each() {
    let (service, client) =
        answering([r#"{"id":"2","status":201,"headers":{"request-id":"r2"},"body":{"id":"t"}},
           {"id":"3","status":204},
           {"id":"1","status":200,"body":{"value":[]}}"#])
        .await;
    let mut batch = client.batch();
    let all = batch.add(list(&client)).expect("a request");
    let request = create(&client).header("client-request-id", "c2");
    let made = batch.add_after(request, [all.id()]).expect("a request");
    let group = Path::root(&client).segment("groups").key("4 2/..");
    let gone = batch.add(Request::<DeleteGroup>::new(group, ())).expect("a request");
    let mut answers = batch.send().await;

    let made = answers.take::<CreateThreads>(made).expect("an answer");
    assert_eq!((made.status(), made.request_id()), (StatusCode::CREATED, Some("r2")));
    assert_eq!(made.into_body(), json(r#"{"id":"t"}"#));
    assert_eq!(answers.take(all).expect("an answer").into_body(), json(r#"{"value":[]}"#));
    answers.take(gone).expect("an answer");

    let request = service.only();
    assert!(request.starts_with("POST /v1.0/$batch HTTP/1.1\r\n"), "{request}");
    assert!(header(&request, "authorization").is_some());
    let body = sent(&request);
    assert!(!body.as_text().contains(TOKEN));
    let parts: std::collections::BTreeMap<String, Vec<std::collections::BTreeMap<String, Json>>> =
        body.deserialize().expect("requests");
    let parts = &parts["requests"];
    let text = |index: usize, name: &str| parts[index].get(name).map(|of| of.as_text().to_owned());
    assert_eq!(text(0, "url").as_deref(), Some(r#""/groups/42/threads""#));
    assert_eq!(text(2, "url").as_deref(), Some(r#""/groups/4%202%2F..""#));
    assert_eq!(text(1, "method").as_deref(), Some(r#""POST""#));
    assert_eq!(text(1, "dependsOn").as_deref(), Some(r#"["1"]"#));
    assert_eq!(text(1, "body").as_deref(), Some(r#"{"topic":"Lunch"}"#));
    assert!(text(1, "headers").expect("headers").contains(r#""client-request-id":"c2""#));
    assert_eq!((text(0, "dependsOn"), text(0, "body")), (None, None));
}

#[tokio::test]
async fn a_service_gets_twenty_at_once() {
    let one = |id: usize| format!(r#"{{"id":"{id}","status":200,"body":{{"at":{id}}}}}"#);
    let lots = [1..21, 21..41, 41..46].map(|lot| lot.map(one).collect::<Vec<_>>().join(","));
    let (service, client) = answering(lots.iter().map(String::as_str)).await;
    let (mut answers, handles) = listed(&client, 45).await;
    for (handle, at) in handles.into_iter().zip(1..) {
        let body = answers.take(handle).expect("an answer").into_body();
        assert_eq!(body, json(&format!(r#"{{"at":{at}}}"#)));
    }
    assert_eq!(service.seen().iter().map(|of| count(of)).collect::<Vec<_>>(), [20, 20, 5]);
}

#[tokio::test]
async fn nothing_is_sent_where_there_is_nothing() {
    let (service, client) = answering([""]).await;
    assert!(client.batch().is_empty());
    client.batch().send().await;
    assert!(service.seen().is_empty());
}

#[tokio::test]
async fn each_request_has_its_own_error() {
    let throttled =
        format!(r#"{{"error":{{"code":"TooManyRequests","message":"not with {TOKEN}"}}}}"#);
    let first = format!(
        r#"{{"id":"1","status":429,"headers":{{"Retry-After":"7"}},"body":{throttled}}},
           {{"id":"2","status":302,"headers":{{"Location":"https://evil.example/"}}}},
           {{"id":"4","status":200,"body":{{}}}},{{"id":"4","status":201,"body":{{}}}},
           {{"id":"5","status":9}},{{"id":"6","status":200,"headers":{{"a b":"c"}}}},
           {{"id":"7","status":200,"headers":{{"Content-Type":"image/png"}},"body":"?"}},
           {{"id":"08","status":200,"body":{{}}}},{{"id":"0","status":200}},{{"status":200}},7"#
    );
    let (_service, client) = answering([first.as_str()]).await;
    let (mut answers, handles) = listed(&client, 8).await;
    let mut errors = handles.into_iter().map(|of| answers.take(of).expect_err("an error"));

    let Some(Error::Service(failure)) = errors.next() else { panic!("no failure") };
    assert_eq!(failure.retry_after(), Some(std::time::Duration::from_secs(7)));
    assert!(failure.is("TooManyRequests") && !format!("{failure} {failure:?}").contains(TOKEN));
    assert!(matches!(errors.next(), Some(Error::Redirect(_))));
    let reasons: Vec<String> = errors.map(|error| error.to_string()).collect();
    for (reason, told) in reasons.iter().zip([
        "no answer to the request",
        "two answers",
        "no status",
        "headers that are none",
        "a body that its type does not stand for",
        "no answer to the request",
    ]) {
        assert!(reason.contains(told), "{reason}");
    }
    assert_eq!(reasons.len(), 6);
}

#[tokio::test]
async fn content_stands_in_base64_and_text_in_itself() {
    let (service, client) = answering([
        r#"{"id":"1","status":200,"headers":{"Content-Type":"image/png"},"body":"_-8="},
           {"id":"2","status":200},
           {"id":"3","status":200,"headers":{"content-type":"Text/plain"},"body":"abcd"}"#,
    ])
    .await;
    let mut batch = client.batch();
    let got = batch.add(Request::<GetPhoto>::new(photo(&client), ())).expect("a request");
    let content = Content::new("image/png", vec![0xff, 0xef]);
    let put = batch.add(Request::<PutPhoto>::new(photo(&client), content)).expect("a request");
    let told = batch.add(Request::<GetPhoto>::new(photo(&client), ())).expect("a request");
    let mut answers = batch.send().await;
    assert_eq!(answers.take(told).expect("an answer").into_body().bytes(), b"abcd");
    assert_eq!(answers.take(got).expect("an answer").into_body().bytes(), [0xff, 0xef]);
    answers.take(put).expect("an answer");
    let body = sent(&service.only());
    assert!(body.as_text().contains(r#""body":"_-8=""#), "{body}");
    assert!(body.as_text().contains(r#""content-type":"image/png""#), "{body}");
}

#[tokio::test]
async fn what_waits_for_a_failure_of_an_earlier_lot_is_not_sent() {
    let answers: Vec<String> = (1..21)
        .map(|id| {
            format!(r#"{{"id":"{id}","status":{},"body":{{}}}}"#, if id == 1 { 404 } else { 200 })
        })
        .collect();
    let last = r#"{"id":"21","status":200,"body":{}}"#;
    let (service, client) = answering([answers.join(",").as_str(), last]).await;
    let mut batch: Batch = client.batch();
    let ids: Vec<_> = (0..20).map(|_| batch.add(list(&client)).expect("a request").id()).collect();
    let sent_on = batch.add_after(list(&client), [ids[1]]).expect("a request");
    let behind = batch.add_after(list(&client), [ids[0]]).expect("a request");
    let further = batch.add_after(list(&client), [behind.id()]).expect("a request");
    let mut answers = batch.send().await;

    answers.take(sent_on).expect("an answer");
    for handle in [behind, further] {
        let error = answers.take(handle).expect_err("not sent");
        assert_eq!(error.status(), Some(StatusCode::FAILED_DEPENDENCY));
        assert_eq!(error.service().and_then(|of| of.code()), Some("FailedDependency"));
    }
    let seen = service.seen();
    assert_eq!((seen.len(), count(&seen[1])), (2, 1));
    // That it succeeded is known, and an id of another lot says nothing to the service.
    assert!(!seen[1].contains("dependsOn"));
}

#[tokio::test]
async fn a_lot_that_fails_is_the_error_of_all_that_were_not_answered() {
    let answers: Vec<String> =
        (1..21).map(|id| format!(r#"{{"id":"{id}","status":200,"body":{{}}}}"#)).collect();
    let first = format!(r#"{{"responses":[{}]}}"#, answers.join(","));
    let service = Service::telling([
        answer("200 OK\r\nContent-Type: application/json", &first),
        answer("400 Bad Request", r#"{"error":{"code":"BadRequest","message":"no"}}"#),
    ]);
    let service = service.await;
    let client = client(&service.base_url).build().expect("a client");
    let (mut answers, handles) = listed(&client, 41).await;
    for (handle, index) in handles.into_iter().zip(0..) {
        match answers.take(handle) {
            Ok(_) => assert!(index < 20, "{index}"),
            Err(error) => {
                assert!(index >= 20 && matches!(error, Error::Batch(_)), "{index}: {error:?}");
                assert_eq!(error.service().and_then(|of| of.code()), Some("BadRequest"));
            }
        }
    }
    assert_eq!(service.seen().len(), 2);
}

#[tokio::test]
async fn an_answer_keeps_its_digits() {
    let number = "123456789012345678901234567890.10";
    let answer = format!(
        r#"{{"id":"1","status":200,"headers":{{"Content-Type":"application/json"}},"body":{{"n":{number}}}}}"#
    );
    let (_service, client) = answering([answer.as_str()]).await;
    let mut batch = client.batch();
    let handle = batch.add(client.request::<Json>(Method::GET, "/me")).expect("a request");
    let me = batch.send().await.take(handle).expect("an answer");
    assert_eq!(me.into_body().as_text(), format!(r#"{{"n":{number}}}"#));
}

#[tokio::test]
async fn an_answer_that_is_no_batch_answers_nothing() {
    for body in ["{}", r#"{"responses":7}"#, "[]", r#"{"responses":[]}"#] {
        let service = Service::answering(answer("200 OK", body)).await;
        let client = client(&service.base_url).build().expect("a client");
        let (mut answers, mut handles) = listed(&client, 1).await;
        let error = answers.take(handles.remove(0)).expect_err("no answer");
        assert!(matches!(error, Error::Decode(_)), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn what_belongs_elsewhere_is_refused() {
    let (service, client) = answering([""]).await;
    let refused = |error: Error, told: &str| {
        assert!(matches!(&error, Error::Usage(UsageError::Batch { .. })), "{error:?}");
        assert!(error.to_string().contains(told), "{error}");
    };
    let other = support::client(&service.base_url).build().expect("a client");
    let mut batch = client.batch();
    refused(batch.add(list(&other)).expect_err("refused"), "another client");
    let beta = service.base_url.replace("v1.0", "beta/groups");
    refused(batch.add(list(&client).resume(&beta)).expect_err("refused"), "base URL");
    let beyond = format!("{}0/groups", service.base_url);
    refused(batch.add(list(&client).resume(&beyond)).expect_err("refused"), "base URL");
    let stranger = client.batch().add(list(&client)).expect("a request");
    let after = [stranger.id()];
    refused(batch.add_after(list(&client), after).expect_err("refused"), "another batch");
    assert!(service.seen().is_empty());
    let (mut answers, _own) = listed(&client, 1).await;
    refused(answers.take(stranger).expect_err("refused"), "another batch");
}

#[tokio::test]
async fn a_raw_request_can_stand_in_a_batch() {
    let refusal = r#"{"id":"1","status":409,"body":{"error":{"code":"nameAlreadyExists"}}},
           {"id":"2","status":200,"body":{"city":"Kiel"}}"#;
    let (service, client) = answering([refusal]).await;
    let mut batch = client.batch();
    let request = client.request::<()>(Method::PATCH, "/me?x=1").body(json(r#"{"city":"Ulm"}"#));
    let changed = batch.add(request).expect("a request");
    let read = client.request::<Json>(Method::GET, "/me").query("$select", "city");
    let read = batch.add(read).expect("a request");
    let mut answers = batch.send().await;

    let error = answers.take(changed).expect_err("a refusal");
    assert!(error.to_string().starts_with("PATCH (raw request): 409 "), "{error}");
    assert_eq!(answers.take(read).expect("an answer").into_body(), json(r#"{"city":"Kiel"}"#));
    let sent = sent(&service.only());
    let sent = sent.as_text();
    assert!(sent.contains(r#""body":{"city":"Ulm"}"#), "{sent}");
    assert!(sent.contains(r#""method":"PATCH","url":"/me?x=1""#), "{sent}");
    assert!(sent.contains(r#""method":"GET","url":"/me?$select=city""#), "{sent}");
}

#[tokio::test]
async fn an_address_at_the_origin_is_below_the_base_url_however_both_are_spelled() {
    let (service, _) = answering([r#"{"id":"1","status":200,"body":{"a":1}}"#]).await;
    let shouted = service.base_url.replace("http://", "HTTP://");
    let client = client(&shouted).build().expect("a client");
    let mut batch = client.batch();
    let one = batch.add(list(&client)).expect("a request");
    let found = batch.send().await.take(one).expect("an answer");
    assert_eq!(found.body().to_string(), r#"{"a":1}"#);
    assert!(service.only().contains(r#""url":"/groups/42/threads""#), "{}", service.only());
}

#[tokio::test]
async fn what_is_not_modified_is_no_redirect_in_a_batch_either() {
    let (_service, client) = answering([r#"{"id":"1","status":304}"#]).await;
    let mut batch = client.batch();
    let one = batch.add(list(&client)).expect("a request");
    let error = batch.send().await.take(one).expect_err("it is known");
    assert_eq!(error.service().map(|failure| failure.status().as_u16()), Some(304), "{error}");
}
