//! Nothing of a body is read before the caller is known and allowed, and no body is waited for without end.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::body::Body;
use axum::body::HttpBody;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use msgraph_server::{Guard, OperationFacts, Principal, Refusal, Routes};
use support::{Echo, json, routes};
use tower::ServiceExt as _;

/// A body that never comes, and tells whether somebody waits for it.
struct Endless {
    asked: Arc<AtomicBool>,
}

impl HttpBody for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        self.asked.store(true, Ordering::SeqCst);
        Poll::Pending
    }
}

async fn answered(path: &str, token: &str, content_type: &str) -> (Response<Body>, bool) {
    let asked = Arc::new(AtomicBool::new(false));
    let request = Request::post(path)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", content_type)
        .body(Body::new(Endless { asked: Arc::clone(&asked) }))
        .expect("a request");
    let Ok(response) = routes(Echo).into_router().oneshot(request).await;
    (response, asked.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_body_is_not_read_for_who_may_not_send_it() {
    let threads = "/v1.0/groups/42/threads";
    let json = "application/json";
    for (path, token, content_type, status) in [
        (threads, "wrong", json, 401),
        ("/v1.0/elsewhere", "work", json, 404),
        ("/v1.0/groups/42/threads/1", "work", json, 405),
        (threads, "reader", json, 403),
        (threads, "work", "text/plain", 415),
    ] {
        let (response, asked) = answered(path, token, content_type).await;
        assert_eq!(response.status().as_u16(), status, "{path} {token}");
        assert!(!asked, "{path} {token}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_408() {
    let (response, asked) = answered("/v1.0/groups/42/threads", "work", "application/json").await;
    assert!(asked);
    assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT);
}

/// Lets applications do what is not documented, and is sometimes out of order.
struct Custom;

impl Guard for Custom {
    async fn authenticate(&self, bearer: &str) -> Result<Principal, Refusal> {
        match bearer {
            "down" => Err(Refusal::Unavailable),
            "broken" => panic!("the password is hunter2"),
            "work" => Ok(Principal::work("ann", ["x"])),
            _ => Ok(Principal::application("app", ["x"])),
        }
    }

    fn permits_undocumented(&self, principal: &Principal, operation: OperationFacts) -> bool {
        principal.subject == "app" && operation.path == "/groups/delta"
    }
}

#[tokio::test]
async fn a_guard_may_allow_what_is_not_documented() {
    let router = Routes::new("/v1.0", Echo, Custom)
        .operation::<support::Delta, _, _>("/groups/delta", |_, call| async move {
            let none: [String; 0] = call.path()?;
            assert!(none.is_empty());
            Ok(msgraph_core::Success(json("[]")))
        })
        .into_router();
    for (token, status) in [("app", 200), ("work", 403), ("down", 503), ("broken", 500)] {
        let request = Request::get("/v1.0/groups/delta")
            .header("authorization", format!("Bearer {token}"))
            .body(Body::empty())
            .expect("a request");
        let Ok(response) = router.clone().oneshot(request).await;
        assert_eq!(response.status().as_u16(), status, "{token}");
        let body = response.into_body().collect().await.expect("a body").to_bytes();
        assert!(!String::from_utf8_lossy(&body).contains("hunter2"));
    }
}

#[test]
fn tokens_do_not_show() {
    let guard = msgraph_server::StaticTokens::new()
        .with("s3cr3t", Principal::work("ann", ["Group.Read.All"]));
    let shown = format!("{guard:?}");
    assert!(shown.contains("ann") && !shown.contains("s3cr3t"), "{shown}");
}
