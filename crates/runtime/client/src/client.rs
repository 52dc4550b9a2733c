//! A client: the base URL and the pipeline of its layers, shared by all builders.
//!
//! Every request passes [`Client::exchange`], and with it the [`pipeline`](crate::pipeline), where a token is put only on
//! a message whose scheme, host and port are those of the base URL.
//!
//! Any future of a client can be dropped while it waits: for a layer, a token, an answer, its body, or another attempt. What
//! it held is given back: a place at a layer that lets few through, the right to fetch a token, and its connection,
//! which is closed where an answer is left unread. What the service did by then is not undone.

use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use tokio::time::Instant;
use tower::{Service as _, ServiceExt as _};

use crate::batch::Batch;
use crate::body::Body;
use crate::call::Call;
use crate::client_builder::ClientBuilder;
use crate::credential::Token;
use crate::error::{Error, UsageError};
use crate::header::is_reserved;
use crate::notice;
use crate::observer::Observer;
use crate::origin::{BaseUrl, Origin};
use crate::pipeline::Exchanger;
use crate::retry::Retry;
use crate::transport::{TransportError, TransportErrorKind};
use crate::watch::Watch;

pub(crate) use crate::layers::identify::new_request_id;

/// Sends requests to one base URL. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) base_url: BaseUrl,
    pub(crate) pipeline: Exchanger,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    pub(crate) retry: Retry,
    pub(crate) redirects: u32,
    pub(crate) response_limit: usize,
    pub(crate) deadline: Option<Duration>,
}

/// An answer, and the token it was asked with, to be taken out of what is shown.
pub(crate) struct Exchange {
    pub(crate) response: http::Response<Bytes>,
    pub(crate) token: Option<Token>,
}

impl Client {
    /// A builder; base URL and credential must be given.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// The base URL, without a slash at its end.
    pub fn base_url(&self) -> &str {
        self.base().as_str()
    }

    /// The base URL in its parts.
    pub(crate) fn base(&self) -> &BaseUrl {
        &self.shared.base_url
    }

    /// Sends a request as it stands, for what no builder covers, and returns the answer of any status.
    ///
    /// The token is added if, and only if, the request's scheme, host and port are those of the base
    /// URL. Redirects are answers like all others. What the service cannot answer for now is sent again,
    /// as the client's [`Retry`] says.
    pub async fn execute(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, Error> {
        self.answered(&Call::new("", "", self.deadline()), Box::new(request)).await
    }

    /// Requests that are sent together.
    pub fn batch(&self) -> Batch {
        Batch::new(self.clone())
    }

    /// When requests are sent again; never, where a layer of the user's decides it.
    pub(crate) fn retry(&self) -> &Retry {
        &self.shared.retry
    }

    pub(crate) fn new(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    /// Whether it is this client, or a clone of it.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// The origin to which the token goes.
    pub(crate) fn origin(&self) -> &Origin {
        self.base().origin()
    }

    /// How many redirects of one request are followed.
    pub(crate) fn redirects(&self) -> u32 {
        self.shared.redirects
    }

    /// When a request that begins now has to be done.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.shared.deadline.and_then(|most| Instant::now().checked_add(most))
    }

    /// Sends `request` through the pipeline, as one of the messages of `call`.
    pub(crate) async fn exchange(
        &self,
        call: &Call,
        mut request: Box<http::Request<Bytes>>,
    ) -> Result<http::Response<Body>, Error> {
        if let Some(name) = request.headers().keys().find(|name| is_reserved(name)) {
            return Err(UsageError::ReservedHeader { name: name.to_string() }.into());
        }
        request.extensions_mut().insert(call.clone());
        let mut pipeline = self.shared.pipeline.clone();
        let response = pipeline.ready().await?.call(*request).await?;
        notice::tell(call, response.headers());
        Ok(response)
    }

    /// The whole answer to `request`, the only message of `call`, whatever its status.
    pub(crate) async fn answered(
        &self,
        call: &Call,
        request: Box<http::Request<Bytes>>,
    ) -> Result<http::Response<Bytes>, Error> {
        let method = request.method().clone();
        let work = || async {
            let response = self.exchange(call, request).await?;
            self.whole(call, &method, response).await
        };
        Ok(self.attended(call, &method, work, http::Response::status).await?.0)
    }

    /// `response` with its whole body, up to the limit.
    pub(crate) async fn whole(
        &self,
        call: &Call,
        method: &Method,
        response: http::Response<Body>,
    ) -> Result<http::Response<Bytes>, Error> {
        let (parts, body) = response.into_parts();
        match body.whole(self.shared.response_limit).await {
            Ok(bytes) => Ok(http::Response::from_parts(parts, bytes)),
            Err(source) => {
                Err(Error::Transport { operation: call.label(method).to_string(), source })
            }
        }
    }

    /// Does the `work` of `call`, up to its deadline. The observer is told how it went when the watch is dropped, after
    /// what the work watches.
    ///
    /// The work is begun and pinned here, since it is large: each function that it is handed on to would copy it.
    pub(crate) async fn attended<T, F: Future<Output = Result<T, Error>>>(
        &self,
        call: &Call,
        method: &Method,
        work: impl FnOnce() -> F,
        status: impl Fn(&T) -> StatusCode,
    ) -> Result<(T, Option<Box<Watch>>), Error> {
        let mut watch = Watch::request(self.shared.observer.as_ref(), call, method);
        let mut work = pin!(work());
        let result = match call.deadline {
            None => work.as_mut().await,
            Some(deadline) => match tokio::time::timeout_at(deadline, work.as_mut()).await {
                Ok(result) => result,
                Err(_) => {
                    let reason = "the request took longer than all its attempts may";
                    let source = TransportError::new(TransportErrorKind::Timeout, reason);
                    Err(Error::Transport { operation: call.label(method).to_string(), source })
                }
            },
        };
        if let Some(watch) = &mut watch {
            watch.ended(&result, status);
        }
        Ok((result?, watch))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}
