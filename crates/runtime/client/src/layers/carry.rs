//! The transport, as the innermost service; each message in a span, and told to the observer.

use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use tower::Service;
use tracing::Instrument as _;

use crate::body::Body;
use crate::call::Call;
use crate::error::Error;
use crate::observer::Observer;
use crate::transport::{BoxFuture, Transport};
use crate::watch::Watch;

/// The service.
#[derive(Clone)]
pub(crate) struct Carry {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) observer: Option<Arc<dyn Observer>>,
}

impl Service<http::Request<Bytes>> for Carry {
    type Response = http::Response<Body>;
    type Error = Error;
    type Future = BoxFuture<'static, Result<http::Response<Body>, Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Bytes>) -> Self::Future {
        let Self { transport, observer } = self.clone();
        Box::pin(async move {
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
