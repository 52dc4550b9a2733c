//! Puts the token on a message, which nothing changes any more.
//!
//! Holds: the token is put on a message to the client's origin alone, as the address is now, whatever the layers above have
//! made of it; on none that has been led away; and on none that does not have its [`Call`]. No layer of a user stands
//! below: only the transport sees the token.

use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header;
use tower::{Layer, Service, ServiceExt as _};

use crate::body::Body;
use crate::call::Call;
use crate::credential::Credential;
use crate::error::{Error, UsageError};
use crate::origin::Origin;
use crate::redirect::TokenUse;
use crate::transport::BoxFuture;

/// The layer. Without a credential no message has a token.
#[derive(Clone)]
pub(crate) struct Authorize {
    pub(crate) credential: Option<Arc<dyn Credential>>,
    pub(crate) origin: Arc<Origin>,
}

#[derive(Clone)]
pub(crate) struct Authorized<S> {
    inner: S,
    layer: Authorize,
}

impl<S> Layer<S> for Authorize {
    type Service = Authorized<S>;

    fn layer(&self, inner: S) -> Authorized<S> {
        Authorized { inner, layer: self.clone() }
    }
}

impl<S> Service<http::Request<Bytes>> for Authorized<S>
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

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: http::Request<Bytes>) -> Self::Future {
        let Self { inner, layer: Authorize { credential, origin } } = self.clone();
        Box::pin(async move {
            let Some(target) = Origin::of(request.uri()) else {
                let reason = "it is no absolute http or https address".to_owned();
                return Err(UsageError::Address { reason }.into());
            };
            let call = request.extensions().get::<Call>();
            let call = call.filter(|call| call.token == TokenUse::AtOrigin && target == *origin);
            if let (Some(call), Some(credential)) = (call, credential) {
                let token = credential.token().await.map_err(Error::Credential)?;
                let value = token.header();
                call.progress.keep(token);
                request.headers_mut().insert(header::AUTHORIZATION, value);
            }
            inner.oneshot(request).await
        })
    }
}
