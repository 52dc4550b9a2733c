//! The dispatcher as a service, which axum takes as it is: a handler would be cloned, boxed and wrapped for each request.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::response::Response;
use tower::Service;

use crate::dispatch::Dispatcher;
use crate::guard::Guard;

/// The service. Cheap to clone.
pub(crate) struct Serving<S, G>(Arc<Dispatcher<S, G>>);

impl<S, G> Serving<S, G> {
    pub(crate) fn new(dispatcher: Dispatcher<S, G>) -> Self {
        Self(Arc::new(dispatcher))
    }
}

impl<S, G> Clone for Serving<S, G> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S: Send + Sync + 'static, G: Guard> Service<Request> for Serving<S, G> {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let dispatcher = Arc::clone(&self.0);
        let (mut parts, mut body) = request.into_parts();
        Box::pin(async move { Ok(dispatcher.serve(&mut parts, &mut body).await) })
    }
}
