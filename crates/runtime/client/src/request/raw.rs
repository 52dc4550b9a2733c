//! Requests of what is not generated, and answers that are not interpreted.
//!
//! In come a method and an address, below the base URL or at its origin; out comes a [`RawRequest`], which is sent as all
//! others are: with the token, again where the service cannot answer for now, over redirects, its failures typed. Holds:
//! an address at another origin is refused before anything is sent.

use std::future::Future;
use std::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Uri};
use msgraph_core::{Operation, Payload, Permissions, Spec, Success};

use super::{Request, accepted, message};
use crate::call::Call;
use crate::client::Client;
use crate::error::{Error, UsageError};

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
        let message = own_address(self, url).map(|uri| message(method, uri, accepted::<T>()));
        Request { client: self.clone(), message, operation: PhantomData }
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
    if client.base().is_own(&uri) {
        return Ok(uri);
    }
    Err(refused("it leads away from the service"))
}

/// A request of what is not generated, ready to be sent: await it. Made by [`Client::request`].
pub type RawRequest<T> = Request<Raw<T>>;

/// The operation that a [`RawRequest`] is of: whatever the caller says, answered with a `T`. Its method is that of the
/// request, and not [`METHOD`](Operation::METHOD); its address may hold ids, and is shown nowhere.
#[derive(Debug)]
pub struct Raw<T>(PhantomData<fn() -> T>);

impl<T: Payload + 'static> Operation for Raw<T> {
    const SPEC: Spec = Spec {
        name: "raw request",
        method: &Method::GET,
        path: "(raw request)",
        permissions: Permissions::UNDOCUMENTED,
        docs: None,
    };
    type Request = ();
    type Response = Success<T>;
}

impl<T: Payload + 'static, Q> Request<Raw<T>, Q> {
    /// With this body, and the media type that it has.
    pub fn body(mut self, body: impl Payload) -> Self {
        if let Ok(message) = &mut self.message {
            *message.body_mut() = body.into_message(message.headers_mut());
        }
        self
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
