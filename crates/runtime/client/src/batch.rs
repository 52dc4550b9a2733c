//! Several requests in one: `POST /$batch` (OData JSON Format 4.01, section 19).
//!
//! In come requests of any operations, raw ones too; out goes the answer of each, typed as if it had been sent alone. Holds: every request
//! has an answer or an error of its own; a service gets at most twenty at once, so that more are sent one lot after the
//! other; a request goes out only when none of those that it waits for is known to have failed.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use http::{Method, StatusCode};
use msgraph_core::{Json, Operation, Permissions, Reply, Spec, Success};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::batch_json::{Part, answers_of, body_of};
use crate::call::Label;
use crate::client::{Client, Exchange};
use crate::error::{DecodeFailure, Error, Redirect, UsageError};
use crate::path::Path;
use crate::redirect::leads_elsewhere;
use crate::request::{BodyOf, Request, Response, Sending, read};

/// How many requests a service takes at once.
const MOST: usize = 20;

/// Requests that are sent together. Made by [`Client::batch`].
///
/// ```no_run
/// # use msgraph_client::{Client, Error, Request, core::Operation};
/// # async fn both<A: Operation, B: Operation>(client: &Client, one: Request<A>, other: Request<B>) -> Result<(), Error> {
/// let mut batch = client.batch();
/// let one = batch.add(one)?;
/// let other = batch.add_after(other, [one.id()])?;
/// let mut answers = batch.send().await;
/// let (one, other) = (answers.take(one)?, answers.take(other)?);
/// # Ok(())
/// # }
/// ```
#[must_use = "a batch is not sent until `send`"]
pub struct Batch {
    client: Client,
    id: Uuid,
    parts: Vec<Part>,
}

/// A request in a batch, whatever its operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchedId {
    batch: Uuid,
    index: usize,
}

/// A request of the operation `O` in a batch: what its answer is taken with.
#[must_use = "the answer is taken with it"]
pub struct Batched<O> {
    id: BatchedId,
    method: Method,
    operation: PhantomData<fn() -> O>,
}

impl<O> Batched<O> {
    /// Which request of the batch it is, for those that have to wait for it.
    pub fn id(&self) -> BatchedId {
        self.id
    }
}

impl<O: Operation> fmt::Debug for Batched<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batched")
            .field("operation", &O::NAME)
            .field("index", &self.id.index)
            .finish()
    }
}

/// `POST /$batch`.
enum SendBatch {}

impl Operation for SendBatch {
    const SPEC: Spec = Spec {
        name: "batch",
        method: &Method::POST,
        path: "/$batch",
        permissions: Permissions::UNDOCUMENTED,
        docs: None,
    };
    type Request = Json;
    type Response = Success<Json>;
}

impl Batch {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, id: Uuid::new_v4(), parts: Vec::new() }
    }

    /// Adds a request, which is answered in any order with the others.
    ///
    /// # Errors
    /// The request is not one that can be sent, is of another client, or leads to what is not below the base URL.
    pub fn add<O: Operation, Q>(&mut self, request: Request<O, Q>) -> Result<Batched<O>, Error> {
        self.add_after(request, [])
    }

    /// Adds a request that the service takes up when those of `after` have succeeded. Where one of them fails, it is
    /// answered with 424 (Failed Dependency).
    ///
    /// # Errors
    /// As those of [`add`](Self::add); or one of `after` is of another batch.
    pub fn add_after<O: Operation, Q>(
        &mut self,
        request: Request<O, Q>,
        after: impl IntoIterator<Item = BatchedId>,
    ) -> Result<Batched<O>, Error> {
        let refused = |reason| Error::Usage(UsageError::Batch { reason });
        if !request.client().is(&self.client) {
            return Err(refused("the request is of another client"));
        }
        let after: BTreeSet<usize> = after
            .into_iter()
            .map(|id| (id.batch == self.id).then_some(id.index))
            .collect::<Option<_>>()
            .ok_or(refused("a request that it waits for is of another batch"))?;
        let message = request.into_http()?;
        let below = self.client.base().below(message.uri());
        let url = below.ok_or(refused("its address is not below the base URL"))?.to_owned();
        let index = self.parts.len();
        let method = message.method().clone();
        self.parts.push(Part { url, message, after });
        Ok(Batched { id: BatchedId { batch: self.id, index }, method, operation: PhantomData })
    }

    /// How many requests there are.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Sends the requests, at most twenty at once, and one lot after the other. Nothing is sent where there are none.
    ///
    /// A lot that the service cannot take for now is sent again as the client's [`Retry`](crate::Retry) says; a request in
    /// it that is throttled is not, and its error tells when it may be. Where a lot fails as a whole, its requests and those
    /// of later lots have that failure for their error.
    pub async fn send(self) -> BatchAnswers {
        let mut answers = BatchAnswers { batch: self.id, answers: Vec::new() };
        answers.answers.resize_with(self.parts.len(), || None);
        for first in (0..self.parts.len()).step_by(MOST) {
            let lot = first..self.parts.len().min(first + MOST);
            let span = tracing::debug_span!("msgraph.batch", first, requests = lot.len());
            if let Err(error) = self.send_lot(lot, &mut answers).instrument(span).await {
                let error = Arc::new(error);
                for answer in answers.answers.iter_mut().filter(|answer| answer.is_none()) {
                    *answer = Some(Err(Error::Batch(Arc::clone(&error))));
                }
                break;
            }
        }
        answers
    }

    /// Sends the requests of `lot`, but for those that wait for one that has failed.
    async fn send_lot(
        &self,
        lot: std::ops::Range<usize>,
        answers: &mut BatchAnswers,
    ) -> Result<(), Error> {
        let mut sent: Vec<(usize, &Part, Vec<usize>)> = Vec::new();
        for index in lot {
            let Some(part) = self.parts.get(index) else { continue };
            if part.after.iter().any(|&before| answers.has_failed(before)) {
                answers.set(index, Ok(Exchange { response: unsent(), token: None }));
                continue;
            }
            // What has been answered with success need not be waited for.
            let after = part.after.iter().copied().filter(|&before| !answers.is_there(before));
            sent.push((index, part, after.collect()));
        }
        if sent.is_empty() {
            return Ok(());
        }
        let path = Path::root(&self.client).ending("batch");
        let message = Request::<SendBatch>::new(path, body_of(&sent)).into_http()?;
        let sending = Sending::of::<SendBatch>(self.client.clone(), &message);
        let operation = sending.label.clone();
        let exchange = sending.exchange(Box::new(message)).await?;
        let token = exchange.token.clone();
        let answer = read::<SendBatch>(&operation, exchange)?;
        let mut found = answers_of(answer.body());
        for (index, ..) in sent {
            let missing = || Err("it has no answer to the request".to_owned());
            let result = match found.remove(&index).unwrap_or_else(missing) {
                Ok(response) => Ok(Exchange { response, token: token.clone() }),
                Err(reason) => Err(Error::Decode(Box::new(DecodeFailure::unexpected(
                    &operation,
                    answer.status(),
                    answer.headers(),
                    reason,
                )))),
            };
            answers.set(index, result);
        }
        Ok(())
    }
}

impl fmt::Debug for Batch {
    /// Without addresses and bodies, which are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("requests", &self.parts.len()).finish_non_exhaustive()
    }
}

/// The answers to the requests of a batch.
pub struct BatchAnswers {
    batch: Uuid,
    answers: Vec<Option<Result<Exchange, Error>>>,
}

impl BatchAnswers {
    /// The answer to a request, as if it had been sent alone.
    ///
    /// # Errors
    /// What [`Request::respond`] fails with; or the batch as a whole has failed, or is another one than that of the request.
    pub fn take<O: Operation>(
        &mut self,
        request: Batched<O>,
    ) -> Result<Response<BodyOf<O>>, Error> {
        let own = self.answers.get_mut(request.id.index).filter(|_| request.id.batch == self.batch);
        let other = Error::Usage(UsageError::Batch { reason: "the request is of another batch" });
        let exchange = own.and_then(Option::take).ok_or(other)??;
        let operation = Label::of::<O>(&request.method);
        let status = exchange.response.status();
        if leads_elsewhere(status) && !<O::Response as Reply>::is_documented(status) {
            let reason = "it answers a request of a batch";
            let (headers, token) = (exchange.response.headers(), exchange.token.as_ref());
            let redirect = Redirect::new(&operation, status, headers, reason, token);
            return Err(Error::Redirect(Box::new(redirect)));
        }
        read::<O>(&operation, exchange)
    }

    fn set(&mut self, index: usize, answer: Result<Exchange, Error>) {
        if let Some(place) = self.answers.get_mut(index) {
            *place = Some(answer);
        }
    }

    fn is_there(&self, index: usize) -> bool {
        self.answers.get(index).is_some_and(Option::is_some)
    }

    fn has_failed(&self, index: usize) -> bool {
        match self.answers.get(index) {
            Some(Some(Ok(exchange))) => !exchange.response.status().is_success(),
            Some(Some(Err(_))) => true,
            _ => false,
        }
    }
}

impl fmt::Debug for BatchAnswers {
    /// Without what was answered.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchAnswers").field("answers", &self.answers.len()).finish_non_exhaustive()
    }
}

/// The answer to a request that waits for one that failed in an earlier lot: what the service says within one.
fn unsent() -> http::Response<Bytes> {
    const BODY: &str = r#"{"error":{"code":"FailedDependency","message":"The request was not sent, since one that it waits for has failed."}}"#;
    let mut response = http::Response::new(Bytes::from_static(BODY.as_bytes()));
    *response.status_mut() = StatusCode::FAILED_DEPENDENCY;
    response
}
