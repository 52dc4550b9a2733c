//! Where requests come in: noted in the log, met by faults, and handed to who answers them.
//!
//! | path | answered by |
//! |---|---|
//! | `/v1.0/…`, `/beta/…` | the routers of the generated servers |
//! | `/uploads/{id}` | the upload session, without a token: its address is the secret |
//! | `/admin/…` | [`admin`](crate::admin), where it was asked for |

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use http_body_util::BodyExt as _;
use msgraph_core::ServiceError;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::admin::{self, Admin};
use crate::faults::{Fault, Faults};
use crate::log::Log;
use crate::mailbox::Mailbox;
use crate::uploads;

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// All that a request may need.
#[derive(Debug)]
pub(crate) struct Front {
    pub(crate) graph: Router,
    pub(crate) mailbox: Arc<Mailbox>,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
    pub(crate) admin: Admin,
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
            Some(Fault::Truncate(bytes)) => cut(self.hand_on(request, number).await, bytes).await,
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

/// An error as an answer, in OData's envelope, with an id as the generated servers have it.
pub(crate) fn failed(mut error: ServiceError) -> Response {
    let id = Uuid::new_v4().to_string();
    error.body.inner_error.get_or_insert_default().request_id = Some(id.clone());
    let mut response = json(error.status, error.body.to_json());
    let id = HeaderValue::from_str(&id);
    response.headers_mut().extend(id.ok().map(|id| (REQUEST_ID, id)));
    response
}

/// JSON as an answer.
pub(crate) fn json(status: StatusCode, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

/// In whole seconds, rounded up: who comes back earlier would be refused again.
fn retry_after(mut response: Response, wait: Duration) -> Response {
    let seconds = u64::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u64::MAX);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// The answer, whose body breaks off behind so many bytes, although its length is told.
async fn cut(response: Response, bytes: usize) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = body.collect().await else { return Response::from_parts(parts, Body::empty()) };
    let body = body.to_bytes();
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    let rest = body.slice(..bytes.min(body.len()));
    Response::from_parts(parts, Body::new(Broken { rest: Some(rest) }))
}

/// A body that fails where it should go on.
struct Broken {
    rest: Option<Bytes>,
}

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        Poll::Ready(Some(match self.rest.take() {
            Some(rest) => Ok(http_body::Frame::data(rest)),
            None => Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof)),
        }))
    }
}
