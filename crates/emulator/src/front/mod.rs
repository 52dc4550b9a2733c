//! Where requests come in: noted in the log, met by faults, and handed to who answers them.
//!
//! | path | answered by |
//! |---|---|
//! | `/v1.0/…`, `/beta/…` | the routers of the generated servers |
//! | `/uploads/{id}` | the upload session, without a token: its address is the secret |
//! | `/admin/…` | [`admin`], where it was asked for |

mod admin;
mod broken;
mod faults;
mod log;
mod responses;
mod tokens;
mod uploads;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::StatusCode;
use http_body_util::BodyExt as _;
use msgraph_core::ServiceError;
use tower::ServiceExt as _;

use self::responses::{failed, retry_after};
use crate::mailbox::Mailbox;

pub(crate) use self::admin::Admin;
pub use self::faults::{Fault, Faults, HEADER, Rate, UnknownFault, UnknownRate};
pub(crate) use self::log::Log;
pub use self::log::Logged;
pub(crate) use self::tokens::Tokens;

/// All that a request may need.
#[derive(Debug)]
pub(crate) struct Front {
    pub(crate) graph: Router,
    pub(crate) mailbox: Arc<Mailbox>,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
    pub(crate) admin: Admin,
    /// The tokens of callers.
    pub(crate) callers: Tokens,
}

impl Front {
    /// The router that leads all requests here.
    pub(crate) fn router(self: Arc<Self>) -> Router {
        Router::new().fallback(move |request| {
            let front = self.clone();
            async move { front.answer(request).await }
        })
    }

    async fn answer(&self, request: Request) -> Response {
        if let Some(path) = request.uri().path().strip_prefix("/admin/")
            && self.admin.is_on
        {
            let path = path.to_owned();
            return admin::answer(self, &path, request).await;
        }
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        let number = self.log.begin(request.method(), target, request.headers());
        let response = self.with_fault(request, number).await;
        self.log.end(number, response.status());
        response
    }

    async fn with_fault(&self, request: Request, number: u64) -> Response {
        let fault = match self.faults.of(request.headers()) {
            Ok(fault) => fault,
            Err(unknown) => return failed(ServiceError::bad_request(unknown.to_string())),
        };
        match fault {
            None => self.hand_on(request, number).await,
            Some(Fault::Throttle(wait)) => {
                let error = ServiceError::new(StatusCode::TOO_MANY_REQUESTS, "Too many requests.");
                retry_after(failed(error.with_code("TooManyRequests")), wait)
            }
            Some(Fault::Unavailable(wait)) => {
                let message = "The service is not available for now.";
                let response = failed(ServiceError::new(StatusCode::SERVICE_UNAVAILABLE, message));
                match wait {
                    Some(wait) => retry_after(response, wait),
                    None => response,
                }
            }
            Some(Fault::Latency(wait)) => {
                tokio::time::sleep(wait).await;
                self.hand_on(request, number).await
            }
            Some(Fault::Truncate(bytes)) => {
                broken::cut(self.hand_on(request, number).await, bytes).await
            }
            Some(Fault::ExpireDelta) => match self.mailbox.expire_tokens().await {
                Ok(()) => self.hand_on(request, number).await,
                Err(error) => failed(error),
            },
        }
    }

    async fn hand_on(&self, request: Request, number: u64) -> Response {
        let log = self.log.clone();
        let request = request.map(|body| {
            Body::new(body.map_frame(move |frame| {
                if let Some(part) = frame.data_ref() {
                    log.body(number, part);
                }
                frame
            }))
        });
        match request.uri().path().strip_prefix("/uploads/") {
            Some(id) => {
                let id = id.to_owned();
                uploads::answer(&self.mailbox, &id, request).await
            }
            None => match self.graph.clone().oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            },
        }
    }
}
