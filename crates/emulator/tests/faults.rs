//! Faults on demand, the log of requests, and what the administrator may do.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::time::Duration;

use msgraph_client::core::{Bytes, Content, Method};
use msgraph_emulator::{Emulator, FAULT_HEADER, Fault, GARDENERS, Principal};
use msgraph_v1_client::runtime::Retry;
use msgraph_v1_client::{Client, Error, Graph, StaticToken};
use serde_json::{Value, json};
use support::{client, graph, post, status, thread, topics};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What the administrator's door answers.
async fn admin(
    emulator: &Emulator,
    token: &str,
    method: Method,
    path: &str,
    body: Option<Value>,
) -> (u16, Value) {
    let client = client(emulator.url(), token);
    let body = body.map(|body| body.to_string()).unwrap_or_default();
    let request = http::Request::builder()
        .method(method)
        .uri(format!("{}/admin/{path}", emulator.url()))
        .body(Bytes::from(body))
        .unwrap();
    let response = client.execute(request).await.unwrap();
    let json = serde_json::from_slice(response.body()).unwrap_or_default();
    (response.status().as_u16(), json)
}

#[tokio::test]
async fn a_throttled_client_comes_back_and_is_answered() {
    let emulator = Emulator::start().await.unwrap();
    emulator
        .faults()
        .inject([Fault::Throttle(Duration::ZERO), Fault::Unavailable(Some(Duration::ZERO))]);
    let client = Client::builder()
        .base_url(emulator.v1())
        .credential(StaticToken::new(emulator.token()))
        .retry(Retry::default().first_delay(Duration::ZERO));
    let graph = Graph::with_client(client.build().unwrap());
    assert_eq!(graph.groups().get().await.unwrap().value().len(), 3);
    let answered: Vec<_> = emulator.requests().iter().map(|request| request.status).collect();
    assert_eq!(answered, [Some(429), Some(503), Some(200)]);
}

#[tokio::test]
async fn a_request_asks_for_a_fault_by_a_header() {
    let emulator = Emulator::start().await.unwrap();
    let graph = graph(&emulator);
    let failing = |fault: &'static str| graph.groups().get().header("emulator-fault", fault);
    let throttled = failing("throttle=7").await.unwrap_err();
    let failure = throttled.service().unwrap();
    assert_eq!(failure.retry_after(), Some(Duration::from_secs(7)));
    assert!(failure.is("TooManyRequests") && failure.request_id().is_some());
    let soon = failing("throttle=500ms").await.unwrap_err();
    let wait = soon.service().unwrap().retry_after();
    assert_eq!(wait, Some(Duration::from_secs(1)), "not before it may come back");
    assert!(matches!(failing("truncate=10").await, Err(Error::Transport { .. })));
    assert_eq!(failing("latency=1ms").await.unwrap().value().len(), 3);
    let unknown = failing("earthquake").await.unwrap_err();
    assert_eq!(status(&unknown).map(|status| status.as_u16()), Some(400));
}

#[tokio::test]
async fn an_answer_that_breaks_off_has_a_head_and_a_beginning() {
    let emulator = Emulator::start().await.unwrap();
    let client = client(emulator.v1(), emulator.token());
    for bytes in ["10", "0"] {
        let request = client.request::<Content>(Method::GET, "/groups");
        let request = request.header(FAULT_HEADER, format!("truncate={bytes}"));
        let mut download = request.download().await.unwrap();
        assert!(download.length().is_some_and(|length| length > 10));
        if bytes == "10" {
            assert_eq!(download.next().await.unwrap().unwrap().len(), 10);
        }
        assert!(matches!(download.next().await, Some(Err(Error::Transport { .. }))));
    }
}

#[tokio::test]
async fn who_is_no_administrator_is_told_how_one_signs_in() {
    let emulator = Emulator::builder().admin(true).start().await.unwrap();
    let ask = http::Request::get(format!("{}/admin/requests", emulator.url()));
    let client = client(emulator.url(), emulator.token());
    let refused = client.execute(ask.body(Bytes::new()).unwrap()).await.unwrap();
    assert_eq!(refused.status(), 401);
    assert_eq!(refused.headers().get("www-authenticate").unwrap(), "Bearer");
}

#[tokio::test]
async fn the_scheme_of_an_administrators_token_is_written_in_any_case() {
    let emulator = Emulator::builder().admin(true).start().await.unwrap();
    let status = async |authorization: String| {
        let url = emulator.url();
        let address = url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "GET /admin/requests HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Authorization: {authorization}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer[9..12].parse::<u16>().unwrap()
    };
    for (scheme, wanted) in [("Bearer", 200), ("bearer", 200), ("BEARER ", 200), ("Basic", 401)] {
        let said = format!("{scheme} {}", emulator.admin_token());
        assert_eq!(status(said).await, wanted, "{scheme}");
    }
}

#[tokio::test]
async fn what_comes_faster_than_the_rate_is_throttled() {
    let rate = "2/3600s".parse().unwrap();
    let emulator = Emulator::builder().throttled(rate).start().await.unwrap();
    let graph = graph(&emulator);
    graph.groups().get().await.unwrap();
    graph.groups().get().await.unwrap();
    let refused = graph.groups().get().await.unwrap_err();
    assert_eq!(status(&refused).map(|status| status.as_u16()), Some(429));
}

#[tokio::test]
async fn the_log_has_what_came_and_no_token() {
    let emulator = Emulator::start().await.unwrap();
    let threads = graph(&emulator).groups().by_group_id(GARDENERS).threads();
    threads.post(thread("Logged")).await.unwrap();
    let requests = emulator.requests();
    let [logged] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!((logged.method.as_str(), logged.status), ("POST", Some(201)));
    assert_eq!(logged.target, format!("/v1.0/groups/{GARDENERS}/threads"));
    let body: Value = serde_json::from_str(&logged.body).unwrap();
    assert_eq!(body["topic"], "Logged");
    assert!(!format!("{logged:?}").contains(emulator.token()));
}

#[tokio::test]
async fn the_administrator_is_one_only_where_asked_for_and_by_a_token_of_its_own() {
    let plain = Emulator::start().await.unwrap();
    let token = plain.admin_token().to_owned();
    assert_eq!(admin(&plain, &token, Method::GET, "requests", None).await.0, 401);
    let emulator = Emulator::builder().admin(true).start().await.unwrap();
    assert_eq!(admin(&emulator, emulator.token(), Method::GET, "requests", None).await.0, 401);
    let own = admin(&emulator, emulator.admin_token(), Method::GET, "requests", None).await;
    assert_eq!(own, (200, json!([])));
    assert_eq!(admin(&emulator, emulator.admin_token(), Method::GET, "nothing", None).await.0, 404);
}

#[tokio::test]
async fn the_administrator_makes_callers_groups_and_faults() {
    let emulator = Emulator::builder().admin(true).start().await.unwrap();
    let token = emulator.admin_token();
    let caller =
        json!({"kind": "application", "subject": "job", "permissions": ["Group.Read.All"]});
    let (made, caller) = admin(&emulator, token, Method::POST, "tokens", Some(caller)).await;
    assert_eq!(made, 200);
    let reader = Graph::with_client(client(emulator.v1(), caller["token"].as_str().unwrap()));
    assert_eq!(reader.groups().get().await.unwrap().value().len(), 3);

    let group = json!({"displayName": "Walkers"});
    assert_eq!(admin(&emulator, token, Method::PUT, "groups/42", Some(group)).await.0, 204);
    let group = reader.groups().by_group_id("42").get().await.unwrap();
    assert_eq!((group.id(), group.display_name()), (Some("42"), Some("Walkers")));
    assert_eq!(admin(&emulator, token, Method::DELETE, "groups/42", None).await.0, 204);
    assert_eq!(admin(&emulator, token, Method::DELETE, "groups/42", None).await.0, 404);

    let faults = json!(["unavailable"]);
    assert_eq!(admin(&emulator, token, Method::POST, "faults", Some(faults)).await.0, 204);
    assert!(reader.groups().get().await.is_err());
    assert!(reader.groups().get().await.is_ok());
    let (refused, error) =
        admin(&emulator, token, Method::POST, "faults", Some(json!(["x"]))).await;
    assert_eq!((refused, &error["error"]["code"]), (400, &json!("badRequest")));
}

#[tokio::test]
async fn a_snapshot_brings_back_what_there_was() {
    let emulator = Emulator::start().await.unwrap();
    let graph = graph(&emulator);
    let threads = || graph.groups().by_group_id(GARDENERS).threads();
    threads().post(thread("Before")).await.unwrap();
    let snapshot = emulator.snapshot().await.unwrap();
    threads().post(thread("After")).await.unwrap();
    emulator.restore(&snapshot).await.unwrap();
    assert_eq!(topics(&graph).await, ["Seeds for spring", "Before"]);
    assert_eq!(emulator.snapshot().await.unwrap(), snapshot);
    emulator.reset().await.unwrap();
    assert_eq!(topics(&graph).await, ["Seeds for spring"]);
}

#[tokio::test]
async fn a_broken_snapshot_changes_nothing() {
    let emulator = Emulator::start().await.unwrap();
    let orphan = json!({"entities": [
        {"kind": "post", "key": "p", "parent": "nowhere", "document": {"id": "p"}},
    ]});
    let snapshot = serde_json::from_value(orphan).unwrap();
    assert_eq!(emulator.restore(&snapshot).await.unwrap_err().status.as_u16(), 400);
    assert_eq!(topics(&graph(&emulator)).await, ["Seeds for spring"]);
}

#[tokio::test]
async fn a_caller_may_do_what_the_permissions_of_its_token_allow() {
    let emulator = Emulator::start().await.unwrap();
    let as_caller = |caller: Principal| {
        let token = emulator.token_for(caller);
        Graph::with_client(client(emulator.v1(), &token)).groups().by_group_id(GARDENERS).threads()
    };
    let reader = Principal::work("bo", ["Group.Read.All"]);
    as_caller(reader.clone()).get().await.unwrap();
    let refused = as_caller(reader).post(thread("No")).await.unwrap_err();
    assert_eq!(status(&refused).map(|status| status.as_u16()), Some(403));
    // The page allows no application to create threads.
    let job = Principal::application("job", ["Group.ReadWrite.All"]);
    let refused = as_caller(job).post(thread("No")).await.unwrap_err();
    assert_eq!(status(&refused).map(|status| status.as_u16()), Some(403));
    let writer = Principal::work("bo@example.org", ["Group.ReadWrite.All"]);
    let written = as_caller(writer).post(thread("Yes").with_posts([post("Hi")])).await.unwrap();
    assert_eq!(written.unique_senders().iter().collect::<Vec<_>>(), ["bo@example.org"]);
}
