//! Sends a request again where the service cannot answer it for now, as [`Retry`] says.
//!
//! The answer of a status decides, never a broken connection. The body of an answer that is not the last one is not read.
//! A wait that would end behind the request's deadline is not begun: the answer is returned, and says how long to wait.

use std::task::{Context, Poll};

use bytes::Bytes;
use http::HeaderValue;
use tokio::time::Instant;
use tower::{Layer, Service, ServiceExt as _};

use crate::body::Body;
use crate::call::Call;
use crate::error::Error;
use crate::retry::{RETRY_ATTEMPT, Retry};
use crate::transport::BoxFuture;

impl<S> Layer<S> for Retry {
    type Service = Retrying<S>;

    fn layer(&self, inner: S) -> Retrying<S> {
        Retrying { inner, retry: self.clone() }
    }
}

/// The service that [`Retry`] makes, as a layer, of the one below it.
#[derive(Debug, Clone)]
pub struct Retrying<S> {
    inner: S,
    retry: Retry,
}

impl<S> Service<http::Request<Bytes>> for Retrying<S>
where
    S: Service<http::Request<Bytes>, Response = http::Response<Body>, Error = Error>
        + Clone
        + Send
        + 'static,
    S::Future: Send,
{
    type Response = http::Response<Body>;
    type Error = Error;
    type Future = BoxFuture<'static, Result<http::Response<Body>, Error>>;

    /// Always: each attempt waits until what is below is ready.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: http::Request<Bytes>) -> Self::Future {
        let Self { mut inner, retry } = self.clone();
        Box::pin(async move {
            let deadline = request.extensions().get::<Call>().and_then(|call| call.deadline);
            let mut made = 0;
            loop {
                let again = retry.has_more(made).then(|| Box::new(request.clone()));
                let response = inner.ready().await?.call(request).await?;
                let status = response.status();
                let delay = retry.delay(made, status, response.headers()).filter(|delay| {
                    deadline.is_none_or(|deadline| {
                        deadline.saturating_duration_since(Instant::now()) > *delay
                    })
                });
                let (Some(again), Some(delay)) = (again, delay) else {
                    return Ok(response);
                };
                drop(response);
                made += 1;
                let milliseconds = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
                tracing::debug!(
                    status = status.as_u16(),
                    attempt = made,
                    milliseconds,
                    "sent again"
                );
                tokio::time::sleep(delay).await;
                request = *again;
                request.headers_mut().insert(RETRY_ATTEMPT, HeaderValue::from(made));
            }
        })
    }
}
