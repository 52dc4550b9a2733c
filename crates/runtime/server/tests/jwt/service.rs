//! A service that tells who is calling.

use axum::body::Body;
use http::Request;
use http_body_util::BodyExt as _;
use msgraph_core::{Grant, Json, Operation, Permissions, Spec, Success};
use msgraph_server::jwt::{JwtGuard, KeySource};
use msgraph_server::{Router, Routes};
use serde_json::json;
use tower::ServiceExt as _;

use crate::support::{self, Answer};

enum WhoAmI {}

impl Operation for WhoAmI {
    const SPEC: Spec = Spec {
        name: "WhoAmI",
        method: &http::Method::GET,
        path: "/who",
        permissions: Permissions {
            delegated_work: Grant::OneOf(&["Group.Read.All"]),
            delegated_personal: Grant::OneOf(&["User.Read"]),
            application: Grant::OneOf(&["Group.Read.All"]),
        },
        docs: None,
    };
    type Request = ();
    type Response = Success<Json>;
}

pub(crate) fn router<S: KeySource>(guard: JwtGuard<S>) -> Router {
    Routes::new("/v1.0", (), guard)
        .operation::<WhoAmI, _, _>("/who", |_, call| async move {
            let principal = call.context.principal;
            let told =
                json!([format!("{:?}", principal.kind), principal.subject, principal.permissions,]);
            Ok(Success(support::json(&told.to_string())))
        })
        .into_router()
}

/// The answer over loopback.
pub(crate) async fn ask(address: &str, token: &str) -> Answer {
    let request = format!(
        "GET /v1.0/who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n"
    );
    support::send(address, &request).await
}

/// Status and body, without a network: where time is paused nothing may wait for one.
pub(crate) async fn ask_directly(router: &Router, token: &str) -> (u16, String) {
    let request = Request::get("/v1.0/who")
        .header("authorization", format!("Bearer {token}"))
        .body(Body::empty())
        .unwrap();
    let Ok(response) = router.clone().oneshot(request).await;
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}
