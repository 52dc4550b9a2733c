//! The innermost service: puts the token on a message, and gives it to the transport; each message in a span, and told to
//! the observer.
//!
//! Both in one service, since no layer of a user's stands between them.

use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use tower::Service;
use tracing::Instrument as _;

use crate::body::Body;
use crate::call::Call;
use crate::error::Error;
use crate::layers::authorize::Authorize;
use crate::observer::Observer;
use crate::transport::{BoxFuture, Transport};
use crate::watch::Watch;

/// The service.
#[derive(Clone)]
pub(crate) struct Carry(Arc<Shared>);

struct Shared {
    authorize: Authorize,
    transport: Arc<dyn Transport>,
    observer: Option<Arc<dyn Observer>>,
}

impl Carry {
    pub(crate) fn new(
        authorize: Authorize,
        transport: Arc<dyn Transport>,
        observer: Option<Arc<dyn Observer>>,
    ) -> Self {
        Self(Arc::new(Shared { authorize, transport, observer }))
    }
}

impl Service<http::Request<Bytes>> for Carry {
    type Response = http::Response<Body>;
    type Error = Error;
    type Future = BoxFuture<'static, Result<http::Response<Body>, Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: http::Request<Bytes>) -> Self::Future {
        let shared = Arc::clone(&self.0);
        Box::pin(async move {
            let Shared { authorize, transport, observer } = &*shared;
            authorize.put_on(&mut request).await?;
            let call = request.extensions().get::<Call>().cloned();
            // A layer that makes messages of its own takes part in nothing.
            let call = call.unwrap_or_else(|| Call::new("", "", None));
            let method = request.method().clone();
            let mut watch = Watch::attempt(observer.as_ref(), &call, &request);
            let sending = transport.send(request);
            let sent = match &watch {
                Some(watch) => sending.instrument(watch.span().clone()).await,
                None => sending.await,
            };
            match sent {
                Ok(response) => {
                    if let Some(watch) = &mut watch {
                        watch.answered(response.status());
                    }
                    Ok(response.map(|body| body.watched(watch)))
                }
                Err(source) => {
                    if let Some(watch) = &mut watch {
                        watch.failed(source.kind().name());
                    }
                    Err(Error::Transport { operation: call.label(&method).to_string(), source })
                }
            }
        })
    }
}
