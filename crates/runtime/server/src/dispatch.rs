//! From a request to its answer, through all checks, in the order that the crate's documentation tells.
//!
//! Nothing of a body is read before the caller is known and allowed; whatever fails or panics on the
//! way becomes one error answer.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderValue, Method, Response, StatusCode, header, request};
use http_body_util::Full;
use msgraph_core::{Operation, Payload as _, ReadMode, ServiceError};
use tokio::sync::Semaphore;
use tracing::Instrument as _;

use crate::answer::Answer;
use crate::asked::Asked;
use crate::authorization::{authenticate, authorize};
use crate::body::{self, Arriving, Due};
use crate::call::{Call, Context};
use crate::guard::{Guard, OperationFacts};
use crate::limits::{self, Limits};
use crate::panic::caught;
use crate::principal::Principal;
use crate::query::Query;
use crate::respond::{RequestIds, internal, refusal};
use crate::signature::Argument;
use crate::site::{Address, Site};
use crate::span;
use crate::tree::{Found, Tree};

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Run<S> =
    dyn Fn(Arc<S>, Incoming, Asked) -> BoxFuture<Result<Answer, ServiceError>> + Send + Sync;

/// An operation at a path, its types erased.
pub(crate) struct Endpoint<S> {
    method: Method,
    facts: OperationFacts,
    /// Its path template, with the base.
    route: String,
    due: Due,
    run: Box<Run<S>>,
}

/// A request that passed all checks but the reading of its body's members.
pub(crate) struct Incoming {
    keys: Vec<String>,
    arguments: Vec<Argument>,
    body: Bytes,
    context: Context,
}

impl<S: Send + Sync + 'static> Endpoint<S> {
    pub(crate) fn new<O, F>(base: &str, path: &'static str, run: F) -> Self
    where
        O: Operation,
        F: Fn(Arc<S>, Incoming, Asked) -> BoxFuture<Result<Answer, ServiceError>>
            + Send
            + Sync
            + 'static,
    {
        Self {
            method: O::METHOD.clone(),
            facts: OperationFacts { name: O::NAME, path, permissions: O::PERMISSIONS },
            route: format!("{}{path}", base.trim_end_matches('/')),
            due: Due::of::<O::Request>(),
            run: Box::new(run),
        }
    }
}

/// The call that a request is, once its body is read.
pub(crate) fn read<O: Operation>(incoming: Incoming) -> Result<Call<O>, ServiceError> {
    let Incoming { keys, arguments, body, context } = incoming;
    let readout = O::Request::from_message(&context.headers, body, ReadMode::Strict);
    let readout = readout.map_err(|error| {
        ServiceError::bad_request(format!("The body cannot be read: {error}"))
            .with_target(error.path().to_string())
    })?;
    Ok(Call::new(keys, arguments, readout.value, context))
}

/// Answers the requests of one service.
pub(crate) struct Dispatcher<S, G> {
    service: Arc<S>,
    guard: G,
    pub(crate) site: Arc<Site>,
    pub(crate) limits: Limits,
    places: Semaphore,
    tree: Tree<Endpoint<S>>,
}

impl<S: Send + Sync + 'static, G: Guard> Dispatcher<S, G> {
    pub(crate) fn new(
        service: Arc<S>,
        guard: G,
        site: Site,
        limits: Limits,
        tree: Tree<Endpoint<S>>,
    ) -> Self {
        let places = Semaphore::new(limits.calls.min(Semaphore::MAX_PERMITS));
        Self { service, guard, site: Arc::new(site), limits, places, tree }
    }

    /// The answer to any request, of which parts and body are lent, as in [`respond`](Self::respond).
    pub(crate) async fn serve(
        &self,
        parts: &mut request::Parts,
        body: Arriving<'_>,
    ) -> Response<Full<Bytes>> {
        let is_head = parts.method == Method::HEAD;
        if self.site.is_liveness(&parts.method, parts.uri.path()) {
            return message(Response::default(), is_head);
        }
        let ids = RequestIds::of(&parts.headers);
        let span = span::of(parts, &ids);
        let answer = pin!(self.answer(parts, body, &ids));
        message(self.respond(&ids, answer).instrument(span).await, is_head)
    }

    /// What comes back of the answer to a request, be it an error or a panic. The current span is told of it.
    ///
    /// Pinned by the caller, and the parts of a request are lent, since the future of an answer is large, and would
    /// else be copied by each function that hands it on.
    pub(crate) async fn respond(
        &self,
        ids: &RequestIds,
        answer: Pin<&mut impl Future<Output = Result<Answer, ServiceError>>>,
    ) -> Response<Bytes> {
        let answer = caught(answer).await.unwrap_or_else(|_| {
            tracing::error!("a handler panicked");
            Err(internal())
        });
        let response = match answer {
            Ok(answer) => answer.into_response(ids, &self.site),
            Err(error) => refusal(error, ids, &self.site),
        };
        span::answered(response.status());
        response
    }

    async fn answer(
        &self,
        parts: &mut request::Parts,
        body: Arriving<'_>,
        ids: &RequestIds,
    ) -> Result<Answer, ServiceError> {
        self.limits.check_head(parts)?;
        // Held until there is an answer.
        let _place = limits::place(&self.places)?;
        let principal = authenticate(&self.guard, &parts.headers).await?;
        if self.site.is_batch(parts.uri.path()) {
            // Boxed, so that the others do not carry its room.
            return Box::pin(self.batch(parts, body, principal)).await;
        }
        self.call(parts, body, principal, ids).await
    }

    /// The answer to a request of `principal`.
    #[expect(clippy::manual_async_fn, reason = "an async function keeps its arguments twice")]
    pub(crate) fn call<'a>(
        &'a self,
        parts: &'a mut request::Parts,
        body: Arriving<'a>,
        principal: Principal,
        ids: &'a RequestIds,
    ) -> impl Future<Output = Result<Answer, ServiceError>> + Send + 'a {
        async move {
            let query = Query::new(parts.uri.query());
            let (endpoint, keys, arguments) = match self.find(parts, &query)? {
                Target::Operation { endpoint, keys, arguments } => (endpoint, keys, arguments),
                Target::Options(allow) => return Ok(Answer::options(allow)),
            };
            span::name(&parts.method, &endpoint.route, endpoint.facts.name);
            authorize(&self.guard, &principal, endpoint.facts)?;
            let body = body::read(endpoint.due, &parts.headers, body, &self.limits).await?;
            let address = Address::of(parts, Arc::clone(&self.site));
            let asked = Asked::of(parts, address.clone());
            let context = context(parts, query, principal, address, ids);
            let incoming = Incoming { keys, arguments, body, context };
            let answering = (endpoint.run)(Arc::clone(&self.service), incoming, asked);
            match self.limits.handler_time {
                Some(time) => {
                    tokio::time::timeout(time, answering).await.map_err(|_| limits::overdue())?
                }
                None => answering.await,
            }
        }
    }

    fn find(&self, parts: &request::Parts, query: &Query) -> Result<Target<'_, S>, ServiceError> {
        let found = self.tree.find(parts.uri.path(), query).map_err(|mismatch| {
            ServiceError::bad_request(mismatch.message).with_target(mismatch.target)
        })?;
        let Some(found) = found else {
            return Err(ServiceError::not_found("There is no resource at this path."));
        };
        let wanted = match parts.method {
            // A HEAD is a GET whose body is not sent.
            Method::HEAD => &Method::GET,
            ref method => method,
        };
        if let Some(endpoint) = found.here.iter().find(|endpoint| endpoint.method == *wanted) {
            let Found { keys, arguments, .. } = found;
            return Ok(Target::Operation { endpoint, keys, arguments });
        }
        let allow = allow(found.here);
        if parts.method == Method::OPTIONS {
            return Ok(Target::Options(allow));
        }
        let error = ServiceError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "The resource does not answer to this method.",
        );
        Err(error.with_header(header::ALLOW, allow))
    }
}

/// The answer as it is sent: to a HEAD it tells the length that a GET would give, where that gives any, and has no body
/// (RFC 9110, section 8.6).
fn message(mut response: Response<Bytes>, is_head: bool) -> Response<Full<Bytes>> {
    if is_head {
        let body = std::mem::take(response.body_mut());
        if !matches!(response.status(), StatusCode::NOT_MODIFIED | StatusCode::NO_CONTENT) {
            response.headers_mut().insert(header::CONTENT_LENGTH, body.len().into());
        }
    }
    response.map(Full::new)
}

/// What a request is for.
enum Target<'a, S> {
    Operation {
        endpoint: &'a Endpoint<S>,
        keys: Vec<String>,
        arguments: Vec<Argument>,
    },
    /// To know the methods of a path.
    Options(HeaderValue),
}

/// The methods of a path, each once, in the order of the routes.
fn allow<S>(endpoints: &[Endpoint<S>]) -> HeaderValue {
    let mut methods: Vec<&str> = Vec::new();
    for method in endpoints.iter().map(|endpoint| endpoint.method.as_str()).chain(["OPTIONS"]) {
        let with_head = (method == "GET").then_some("HEAD");
        for method in [Some(method), with_head].into_iter().flatten() {
            if !methods.contains(&method) {
                methods.push(method);
            }
        }
    }
    // Names of methods are always a header value.
    HeaderValue::from_str(&methods.join(", ")).unwrap_or(HeaderValue::from_static(""))
}

fn context(
    parts: &mut request::Parts,
    query: Query,
    principal: Principal,
    address: Address,
    ids: &RequestIds,
) -> Context {
    let mut headers = std::mem::take(&mut parts.headers);
    headers.remove(header::AUTHORIZATION);
    Context {
        is_read: matches!(parts.method, Method::GET | Method::HEAD),
        principal,
        headers,
        query,
        request_id: ids.request_id,
        client_request_id: ids.client_request_id.clone(),
        address,
    }
}
