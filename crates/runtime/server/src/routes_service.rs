//! Routes as a service: all that stands between an HTTP library and the dispatcher.
//!
//! In comes a request with any body; out goes its answer, which never fails. Holds: nothing stands on the way that a request
//! would have to be wrapped, cloned or looked up for; a router of axum is made of this service, and not the other way round.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Body;
use tower::Service;

use crate::dispatch::Dispatcher;
use crate::guard::Guard;

/// Answers the requests of the routes that it was made of, and those to everything else, with 401 or 404. Cheap to clone.
///
/// Made by [`Routes::into_service`](crate::Routes::into_service). It is always ready.
pub struct RoutesService<S, G>(Arc<Dispatcher<S, G>>);

impl<S, G> RoutesService<S, G> {
    pub(crate) fn new(dispatcher: Dispatcher<S, G>) -> Self {
        Self(Arc::new(dispatcher))
    }
}

impl<S, G> Clone for RoutesService<S, G> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S, G> fmt::Debug for RoutesService<S, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RoutesService").finish_non_exhaustive()
    }
}

impl<S, G, B> Service<Request<B>> for RoutesService<S, G>
where
    S: Send + Sync + 'static,
    G: Guard,
    B: Body<Data = Bytes> + Send + Unpin + 'static,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let dispatcher = Arc::clone(&self.0);
        let (mut parts, body) = request.into_parts();
        // Why a body breaks off is nothing that its sender would need to be told.
        let mut body = body.map_err(drop);
        Box::pin(async move { Ok(dispatcher.serve(&mut parts, &mut body).await) })
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::Request;
    use http_body_util::Full;
    use hyper::body::Incoming;
    use tower::Service as _;

    use crate::{Routes, StaticTokens};

    #[test]
    fn the_future_of_an_answer_has_a_size_that_allocators_keep_at_hand() {
        let mut service = Routes::new("/v1.0", (), StaticTokens::new()).into_service();
        let answer = service.call(Request::new(Full::new(Bytes::new())));
        let with_incoming =
            size_of_val(&*answer) - size_of::<Full<Bytes>>() + size_of::<Incoming>();
        // More than this, and glibc looks for the memory of each request anew.
        assert!(with_incoming <= 1032, "{with_incoming}");
    }
}
