//! Requests of what is not generated, and answers that are not interpreted.
//!
//! In come a method and an address, below the base URL or at its origin; out comes a [`RawRequest`], which is sent as all
//! others are: with the token, again where the service cannot answer for now, over redirects, its failures typed. Holds:
//! an address at another origin is refused before anything is sent.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Uri};
use msgraph_core::undocumented::Function;
use msgraph_core::{Operation, Payload};
use tracing::Instrument as _;

use super::{Request, Response, Sending, accepted, answered, message, span};
use crate::call::{Call, Label};
use crate::client::Client;
use crate::error::{Error, UsageError};
use crate::origin::Origin;

/// What stands for its path where the address is not shown.
const RAW: &str = "(raw request)";

impl Client {
    /// A request that no builder covers, whose answer is read as a `T`: a model, a page of them, [`Json`], [`Content`],
    /// `()`, any [`Payload`].
    ///
    /// The address is one below the base URL, such as `/me/messages?$top=5`, or an absolute one at its origin. It is sent as
    /// it stands: what is to be encoded in it, the caller has encoded ([`msgraph_core::path::encode`]).
    ///
    /// ```no_run
    /// # use msgraph_client::{Client, Error, core::Json};
    /// # async fn ask(client: &Client) -> Result<(), Error> {
    /// let me: Json = client.request(http::Method::GET, "/me").query("$select", "id").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// [`Json`]: msgraph_core::Json
    /// [`Content`]: msgraph_core::Content
    pub fn request<T: Payload + 'static>(&self, method: Method, url: &str) -> RawRequest<T> {
        let message =
            own_address(self, url).map(|uri| message(method.clone(), uri, accepted::<T>()));
        let operation = std::marker::PhantomData;
        RawRequest { method, request: Request { client: self.clone(), message, operation } }
    }
}

/// The address that `url` is: below the base URL of `client`, or at its origin.
fn own_address(client: &Client, url: &str) -> Result<Uri, UsageError> {
    let refused = |reason: &str| UsageError::Address { reason: reason.to_owned() };
    let is_scheme = |text: &str| !text.is_empty() && !text.contains(['/', '?', '#']);
    if !url.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme)) {
        let slash = if url.is_empty() || url.starts_with(['/', '?']) { "" } else { "/" };
        let whole = format!("{}{slash}{url}", client.base_url());
        return whole.parse().map_err(|_| refused("what stands behind the base URL is none"));
    }
    let uri: Uri = url.parse().map_err(|_| refused("it is none"))?;
    let names_user = uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
    match Origin::of(&uri) {
        Some(origin) if origin == *client.origin() && !names_user => Ok(uri),
        _ => Err(refused("it leads away from the service")),
    }
}

/// A request of what is not generated, ready to be sent: await it. Made by [`Client::request`].
#[must_use = "a request is not sent until it is awaited"]
pub struct RawRequest<T: Payload + 'static> {
    method: Method,
    request: Request<Function<T>>,
}

impl<T: Payload + 'static> RawRequest<T> {
    /// With this body, and the media type that it has.
    pub fn body(mut self, body: impl Payload) -> Self {
        if let Ok(message) = &mut self.request.message {
            *message.body_mut() = body.into_message(message.headers_mut());
        }
        self
    }

    /// With a header; see [`Request::header`].
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName> + fmt::Display,
        V: TryInto<HeaderValue>,
    {
        self.request = self.request.header(name, value);
        self
    }

    /// With a query option, after those that are there. Name and value are encoded.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.query(name, value);
        self
    }

    /// What would be sent, without `Authorization`; see [`Request::into_http`].
    ///
    /// # Errors
    /// What makes it none that can be sent.
    pub fn into_http(self) -> Result<http::Request<Bytes>, Error> {
        self.request.into_http()
    }

    /// Sends the request and returns the body of its answer, read leniently; every status of success counts.
    pub fn send(self) -> impl Future<Output = Result<T, Error>> + Send + 'static {
        let responding = self.respond();
        async move { Ok(responding.await?.into_body()) }
    }

    /// Sends the request and returns status, headers and body of its answer.
    pub fn respond(self) -> impl Future<Output = Result<Response<T>, Error>> + Send + 'static {
        // Its address may hold ids, which are nothing for a log.
        let label = Label::new(self.method, RAW);
        let Request { client, message, .. } = self.request;
        async move {
            let message = message?;
            let span = span("raw request", None, &message);
            let mut sending = Sending::of::<Function<T>>(client);
            sending.label = label;
            answered::<Function<T>>(sending, message).instrument(span).await
        }
    }

    /// Sends the request and returns the answer of any status; see [`Request::send_raw`].
    pub fn send_raw(
        self,
    ) -> impl Future<Output = Result<http::Response<Bytes>, Error>> + Send + 'static {
        let Request { client, message, .. } = self.request;
        async move { uninterpreted(&client, "", RAW, message?).await }
    }
}

impl<T: Payload + 'static> IntoFuture for RawRequest<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<T: Payload + 'static> fmt::Debug for RawRequest<T> {
    /// The method only: addresses, headers and bodies are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest").field("method", &self.method).finish_non_exhaustive()
    }
}

impl<O: Operation, Q> Request<O, Q> {
    /// Sends the request and returns the answer of any status as it came, which nothing interprets: a refusal and a redirect
    /// are answers, too.
    ///
    /// What the service cannot answer for now is sent again, as the client's [`Retry`](crate::Retry) says. Where an answer that is no
    /// success repeats the token, it is taken out.
    pub fn send_raw(
        self,
    ) -> impl Future<Output = Result<http::Response<Bytes>, Error>> + Send + 'static {
        let Self { client, message, .. } = self;
        async move { uninterpreted(&client, O::NAME, O::PATH, message?).await }
    }
}

async fn uninterpreted(
    client: &Client,
    operation: &'static str,
    template: &'static str,
    message: Box<http::Request<Bytes>>,
) -> Result<http::Response<Bytes>, Error> {
    let call = Call::new(operation, template, client.deadline());
    let mut response = client.answered(&call, message).await?;
    if let Some(token) = call.progress.token().filter(|_| !response.status().is_success()) {
        token.redact_answer(&mut response);
    }
    tracing::debug!(status = response.status().as_u16(), "answered, and not interpreted");
    Ok(response)
}
