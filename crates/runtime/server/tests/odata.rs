//! What OData asks of answers: contexts, addresses, versions, preferences; over loopback HTTP.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(
    unreachable_pub,
    clippy::wrong_self_convention,
    reason = "the sample is public, and named as the metadata names it"
)]

#[path = "../../core/tests/sample/mod.rs"]
mod sample;
mod support;

use msgraph_core::{
    Array, Created, Grant, Operation, Page, Permissions, Plain, Preferred, Reference, Single, Spec,
    Success, Values,
};
use msgraph_server::{Base, Principal, Routes, StaticTokens};
use sample::graph::{ConversationThread, ItemBody};
use support::{Answer, request, send, serve};

const ANYONE: Permissions =
    Permissions { delegated_work: Grant::NoneNeeded, ..Permissions::UNDOCUMENTED };

macro_rules! operations {
    ($($name:ident, $method:ident $path:literal, $request:ty => $response:ty;)*) => {$(
        enum $name {}

        impl Operation for $name {
            const SPEC: Spec = Spec {
                name: stringify!($name),
                method: &http::Method::$method,
                path: $path,
                permissions: ANYONE,
                docs: None,
            };
            type Request = $request;
            type Response = $response;
        }
    )*};
}

operations! {
    Create, POST "/groups/{group-id}/threads", ConversationThread => Created<ConversationThread>;
    List, GET "/groups/{group-id}/threads", () => Success<Page<ConversationThread>>;
    Delta, GET "/groups/{group-id}/threads/delta", () => Success<Page<ConversationThread>>;
    Get, GET "/groups/{group-id}/threads/{thread-id}", () => Success<ConversationThread>;
    Update, PATCH "/groups/{group-id}/threads/{thread-id}", ConversationThread => Preferred<ConversationThread>;
    Body, GET "/groups/{group-id}/threads/{thread-id}/body", () => Success<ItemBody>;
    Topic, GET "/groups/{group-id}/threads/{thread-id}/topic", () => Success<Single<String>>;
    Senders, GET "/groups/{group-id}/threads/{thread-id}/senders", () => Success<Values<String>>;
    Owners, GET "/groups/{group-id}/owners/$ref", () => Success<Page<Reference>>;
    Copy, POST "/groups/{group-id}/threads/{thread-id}/copy", () => Success<ConversationThread>;
    Recent, GET "/groups/{group-id}/recent(days={days})", () => Success<Page<ConversationThread>>;
    Names, GET "/names", () => Success<Array<ConversationThread>>;
    Age, GET "/age", () => Success<Plain<i32>>;
}

fn routes() -> Routes<(), StaticTokens> {
    routes_at(Base::new("/v1.0"))
}

fn routes_at(base: Base) -> Routes<(), StaticTokens> {
    let guard = StaticTokens::new().with("work", Principal::work("ann", ["Any"]));
    let thread = |text: &str| ConversationThread::from_json(text).expect("a thread");
    Routes::new(base, (), guard)
        .operation::<Create, _, _>(Create::PATH, |_, call| async move { Ok(Created(call.body)) })
        .operation::<List, _, _>(List::PATH, move |_, _| async move {
            Ok(Success(Page::new([thread(r#"{"id":"1"}"#)]).with_count(1)))
        })
        .operation::<Delta, _, _>(Delta::PATH, move |_, _| async move {
            let removed = thread(r#"{"id":"1","@removed":{"reason":"deleted"},"more":1}"#);
            Ok(Success(Page::new([removed]).with_delta_link("https://graph.example/delta?token=1")))
        })
        .operation::<Get, _, _>(Get::PATH, move |_, call| async move {
            let [_, id] = call.path()?;
            let thread = match id.as_str() {
                "own" => thread(r#"{"@odata.context":"https://graph.example/own","id":"own"}"#),
                "empty" => ConversationThread::new(),
                "odd" => thread(r#"{"@odata.etag":"no tag","id":"odd"}"#),
                "split" => thread(r#"{"@odata.etag":"\"a\r\nX: y\"","id":"split"}"#),
                _ => thread(r#"{"@odata.etag":"W/\"7\"","id":"7","topic":"Lunch"}"#),
            };
            call.context.preconditions().check(thread.etag().as_deref())?;
            Ok(Success(thread))
        })
        .operation::<Update, _, _>(Update::PATH, move |_, call| async move {
            call.context.preconditions().check(Some("W/\"7\""))?;
            Ok(call.body.with_unknown("@odata.etag", "W/\"8\"").into())
        })
        .operation::<Body, _, _>(Body::PATH, |_, _| async {
            Ok(Success(ItemBody::new().with_content("x")))
        })
        .operation::<Topic, _, _>(Topic::PATH, |_, _| async { Ok(Success(Single::new("x"))) })
        .operation::<Senders, _, _>(Senders::PATH, |_, _| async {
            Ok(Success(Values::new(["x".to_owned()])))
        })
        .operation::<Owners, _, _>(Owners::PATH, |_, _| async {
            Ok(Success(Page::new([Reference::new("https://graph.example/users/1")])))
        })
        .operation::<Copy, _, _>(Copy::PATH, move |_, _| async move {
            Ok(Success(thread(r#"{"id":"8"}"#)))
        })
        .operation::<Recent, _, _>(Recent::PATH, |_, _| async { Ok(Success(Page::new([]))) })
        .operation::<Names, _, _>(Names::PATH, move |_, _| async move {
            Ok(Success(Array::new([thread("{}")])))
        })
        .operation::<Age, _, _>(Age::PATH, |_, _| async { Ok(Success(Plain::new(3))) })
}

const JSON: &str = "Content-Type: application/json";
const CREATE: &str = "POST /v1.0/groups/42/threads";
const UPDATE: &str = "PATCH /v1.0/groups/42/threads/7";

async fn answered(line: &str, headers: &[&str], body: &str) -> Answer {
    let address = serve(routes().into_router()).await;
    send(&address, &request(line, headers, body)).await
}

fn context(answer: &Answer) -> Option<String> {
    let body: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    Some(body.get("@odata.context")?.as_str()?.to_owned())
}

#[tokio::test]
async fn each_answer_tells_its_context() {
    let address = serve(routes().into_router()).await;
    for (line, fragment) in [
        ("GET /v1.0/groups/42/threads", "groups('42')/threads"),
        ("GET /v1.0/groups/42/threads/7", "groups('42')/threads/$entity"),
        ("GET /v1.0/groups('42')/threads('7')", "groups('42')/threads/$entity"),
        ("GET /v1.0/groups(%2742%27)/threads/7", "groups(%2742%27)/threads/$entity"),
        (
            "GET /v1.0/groups/O'N%27a%2Fb%22\"/threads",
            "groups('O%27%27N%27%27a%2Fb%22%22')/threads",
        ),
        ("GET /v1.0/groups/42/threads/7/body", "groups('42')/threads('7')/body"),
        ("GET /v1.0/groups/42/threads/7/topic", "groups('42')/threads('7')/topic"),
        ("GET /v1.0/groups/42/threads/7/senders", "groups('42')/threads('7')/senders"),
        ("GET /v1.0/groups/42/threads/delta", "groups('42')/threads/$delta"),
        ("GET /v1.0/groups/42/threads/microsoft.graph.delta()", "groups('42')/threads/$delta"),
        ("GET /v1.0/groups/42/owners/$ref", "Collection($ref)"),
        ("POST /v1.0/groups/42/threads/7/copy", "microsoft.graph.conversationThread"),
        ("GET /v1.0/groups/42/recent(days=3)", "Collection(microsoft.graph.conversationThread)"),
    ] {
        let answer = send(&address, &request(line, &[], "")).await;
        let expected = format!("http://localhost/v1.0/$metadata#{fragment}");
        assert_eq!(context(&answer), Some(expected), "{line}: {}", answer.body);
        assert!(answer.body.starts_with("{\"@odata.context\""), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_context_of_its_own_stays_and_none_is_told_where_none_is_wanted() {
    let answer = answered("GET /v1.0/groups/42/threads/own", &[], "").await;
    assert_eq!(answer.body, r#"{"@odata.context":"https://graph.example/own","id":"own"}"#);
    let none = "Accept: application/json;odata.metadata=none";
    let answer = answered("GET /v1.0/groups/42/threads/empty", &[none], "").await;
    assert_eq!(answer.body, "{}");
    let answer = answered("GET /v1.0/groups/42/threads/empty", &[], "").await;
    assert_eq!(
        answer.body,
        r#"{"@odata.context":"http://localhost/v1.0/$metadata#groups('42')/threads/$entity"}"#
    );
}

#[tokio::test]
async fn a_service_behind_a_proxy_goes_by_its_public_url_and_by_nothing_that_was_forwarded() {
    let router = routes().public_url("https://graph.example/api/").into_router();
    let address = serve(router).await;
    let forwarded = ["X-Forwarded-Host: evil.example", "Forwarded: host=evil.example", JSON];
    let answer = send(&address, &request(CREATE, &forwarded, r#"{"id":"7"}"#)).await;
    let base = "https://graph.example/api/v1.0";
    assert_eq!(context(&answer), Some(format!("{base}/$metadata#groups('42')/threads/$entity")));
    assert_eq!(answer.header("location"), Some(&*format!("{base}/groups/42/threads/7")));
    let answer = answered(CREATE, &forwarded, r#"{"id":"7"}"#).await;
    assert!(!format!("{}{}", answer.head, answer.body).contains("evil"));
}

#[tokio::test]
async fn a_host_that_is_none_is_not_told_back() {
    let address = serve(routes().into_router()).await;
    for host in ["a\"b", "a b", "", "ann@example"] {
        let raw = format!(
            "GET /v1.0/groups/42/threads HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Authorization: Bearer work\r\n\r\n"
        );
        let answer = send(&address, &raw).await;
        assert_eq!(
            context(&answer).as_deref(),
            Some("/v1.0/$metadata#groups('42')/threads"),
            "{host}"
        );
    }
}

#[tokio::test]
async fn what_is_created_has_an_address() {
    let address = serve(routes().into_router()).await;
    for (body, location) in [
        (r#"{"id":"7"}"#, Some("http://localhost/v1.0/groups/42/threads/7")),
        (r#"{"id":"a/b\r\n"}"#, Some("http://localhost/v1.0/groups/42/threads/a%2Fb%0D%0A")),
        (r#"{"id":"delta"}"#, Some("http://localhost/v1.0/groups/42/threads('delta')")),
        ("{}", None),
    ] {
        let answer = send(&address, &request(CREATE, &[JSON], body)).await;
        assert_eq!((answer.status, answer.header("location")), (201, location), "{body}");
    }
}

#[tokio::test]
async fn the_version_of_an_entity_is_its_etag() {
    let answer = answered("GET /v1.0/groups/42/threads/7", &[], "").await;
    assert_eq!(answer.header("etag"), Some("W/\"7\""));
    for id in ["odd", "split"] {
        let answer = answered(&format!("GET /v1.0/groups/42/threads/{id}"), &[], "").await;
        assert_eq!((answer.status, answer.header("etag"), answer.header("x")), (200, None, None));
    }
}

#[tokio::test]
async fn nothing_comes_back_of_what_was_written_where_that_is_preferred() {
    let minimal = "Prefer: return=minimal";
    let answer = answered(CREATE, &[JSON, minimal], r#"{"id":"7","@odata.etag":"\"1\""}"#).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    let location = Some("http://localhost/v1.0/groups/42/threads/7");
    assert_eq!((answer.header("location"), answer.header("odata-entityid")), (location, location));
    assert_eq!(answer.header("preference-applied"), Some("return=minimal"));
    assert_eq!((answer.header("etag"), answer.header("content-type")), (Some("\"1\""), None));

    let answer = answered(UPDATE, &[JSON, minimal], "{}").await;
    assert_eq!((answer.status, answer.header("preference-applied")), (204, Some("return=minimal")));
    assert_eq!((answer.header("etag"), answer.header("odata-entityid")), (Some("W/\"8\""), None));

    let whole = "Prefer: return=representation, include-unknown-enum-members";
    let answer = answered(UPDATE, &[JSON, whole], "{}").await;
    assert_eq!(
        (answer.status, answer.header("preference-applied")),
        (200, Some("return=representation"))
    );
    assert!(answer.head.contains("preference-applied: include-unknown-enum-members"), "{answer:?}");

    // What is read comes back, and so does what an action gives.
    for line in ["GET /v1.0/groups/42/threads/7", "POST /v1.0/groups/42/threads/7/copy"] {
        let answer = answered(line, &[minimal], "").await;
        assert_eq!((answer.status, answer.header("preference-applied")), (200, None), "{line}");
    }
}

#[tokio::test]
async fn a_handler_answers_the_version_that_the_request_is_meant_for() {
    let get = "GET /v1.0/groups/42/threads/7";
    let answer = answered(get, &["If-None-Match: W/\"7\""], "").await;
    assert_eq!((answer.status, answer.body.as_str()), (304, ""));
    assert_eq!((answer.header("etag"), answer.header("content-type")), (Some("W/\"7\""), None));
    assert_eq!(answered(get, &["If-None-Match: W/\"6\""], "").await.status, 200);
    // A HEAD is told no length of what it has already: a cache would take it for that of the content.
    let head = "HEAD /v1.0/groups/42/threads/7";
    let answer = answered(head, &["If-None-Match: W/\"7\""], "").await;
    assert_eq!((answer.status, answer.header("content-length")), (304, None));
    assert_ne!(answered(head, &[], "").await.header("content-length"), None);

    assert_eq!(answered(UPDATE, &[JSON, "If-Match: W/\"7\""], "{}").await.status, 200);
    let answer = answered(UPDATE, &[JSON, "If-Match: W/\"6\""], "{}").await;
    assert_eq!((answer.status, answer.error().0.as_str()), (412, "preconditionFailed"));
    let answer = answered(UPDATE, &[JSON, "If-Match: 7"], "{}").await;
    assert_eq!((answer.status, answer.error().0.as_str()), (400, "badRequest"));
}

#[tokio::test]
async fn changes_lose_nothing_on_their_way() {
    let answer = answered("GET /v1.0/groups/42/threads/delta", &[], "").await;
    let body: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(body["@odata.deltaLink"], "https://graph.example/delta?token=1");
    let expected = serde_json::json!([{"id": "1", "@removed": {"reason": "deleted"}, "more": 1}]);
    assert_eq!(body["value"], expected);
}

#[tokio::test]
async fn what_is_no_odata_is_told_nothing_of_it() {
    let address = serve(routes_at(Base::new("/v1.0").without_odata()).into_router()).await;
    let minimal = "Prefer: return=minimal";
    let answer = send(&address, &request(CREATE, &[JSON, minimal], r#"{"id":"7"}"#)).await;
    assert_eq!((answer.status, answer.body.as_str()), (201, r#"{"id":"7"}"#));
    for header in ["odata-version", "location", "preference-applied"] {
        assert_eq!(answer.header(header), None, "{header}");
    }
    // Nor is a value that stands alone, in any service.
    let answer = answered("GET /v1.0/names", &[], "").await;
    assert_eq!(answer.body, "[{}]");
    assert_eq!(answered("GET /v1.0/age", &[], "").await.body, "3");
}
