//! One request of one operation: from typed body to typed answer.
//!
//! A [`Request`] is a value; nothing is sent until it is awaited. What could not be accepted on the way
//! (a bad header, an address that is too long) is kept and returned when it is sent.

mod raw;
mod response;
mod sending;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Uri, header};
use msgraph_core::{
    Model, Operation, Page, ParameterLocation, Parameterized, Payload, Reply, parameter,
};
use tracing::Instrument as _;

use crate::client::{Client, new_request_id};
use crate::error::{Error, UsageError};
use crate::header::{CLIENT_REQUEST_ID, CONSISTENCY_LEVEL, is_reserved, text};
use crate::options::Every;
use crate::pages::{Items, Pages, lead, own_link};
use crate::path::{Path, with_cookie, with_option};

pub use raw::{Raw, RawRequest};
pub use response::Response;
pub(crate) use response::read;
pub(crate) use sending::{Sending, answered};

/// What an operation answers with.
pub(crate) type BodyOf<O> = <<O as Operation>::Response as Reply>::Body;

/// What is sent, all but `Authorization`, or why it cannot be. Boxed, since it is large and handed on often.
pub(crate) type Message = Result<Box<http::Request<Bytes>>, UsageError>;

/// A request of the operation `O`, ready to be sent: await it, or call [`send`](Self::send). `Q` stands for the
/// [query options](crate::options) that it has.
#[must_use = "a request is not sent until it is awaited"]
pub struct Request<O: Operation, Q = Every> {
    client: Client,
    message: Message,
    operation: PhantomData<fn() -> (O, Q)>,
}

impl<O: Operation, Q> Request<O, Q> {
    /// The request of `O` at `path`, with this body; `()` where there is none.
    pub fn new(path: Path, body: O::Request) -> Self {
        let client = path.client().clone();
        let message = path.into_uri().map(|uri| {
            let mut message = message(O::METHOD.clone(), uri, accepted::<BodyOf<O>>());
            *message.body_mut() = body.into_message(message.headers_mut());
            message
        });
        Self { client, message, operation: PhantomData }
    }

    /// The client, and what is sent.
    pub(crate) fn into_parts(self) -> (Client, Message) {
        (self.client, self.message)
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// With a header, replacing one of the same name. `Authorization` and the headers that frame a
    /// message are the client's own; a `client-request-id` is made where none is given.
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName> + fmt::Display,
        V: TryInto<HeaderValue>,
    {
        let shown = crate::line::line(&name.to_string(), 80);
        self.message = self.message.and_then(|mut message| {
            let (Ok(name), Ok(value)) = (name.try_into(), value.try_into()) else {
                return Err(UsageError::InvalidHeader { name: shown });
            };
            if is_reserved(&name) {
                return Err(UsageError::ReservedHeader { name: shown });
            }
            message.headers_mut().insert(name, value);
            Ok(message)
        });
        self
    }

    /// Only where the resource still has this version (`If-Match`, RFC 9110, section 13.1.1), as `etag()` of a model tells
    /// it; `*` where it exists at all. Where it has another, the service answers with 412 (Precondition Failed).
    pub fn if_match(self, etag: &str) -> Self {
        self.header(header::IF_MATCH, etag)
    }

    /// With `ConsistencyLevel: eventual`, unless that header is given: the service may answer from an index that is not up to
    /// date. Microsoft Graph wants it with `$search`, `$count` and some uses of `$filter` on objects of the directory.
    pub fn eventual(mut self) -> Self {
        if let Ok(message) = &mut self.message {
            let headers = message.headers_mut();
            headers.entry(CONSISTENCY_LEVEL).or_insert(HeaderValue::from_static("eventual"));
        }
        self
    }

    /// With a query option, e.g. `$top`, after those that are there. Name and value are encoded.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.message = self.message.and_then(|mut message| {
            *message.uri_mut() = with_option(message.uri(), name, value)?;
            Ok(message)
        });
        self
    }

    /// What would be sent, without `Authorization`, which is added last and only at the client's origin.
    pub fn into_http(self) -> Result<http::Request<Bytes>, Error> {
        Ok(*self.message?)
    }

    /// Sends the request and returns the body of its answer; what else there is in the answer,
    /// [`respond`](Self::respond) returns too.
    ///
    /// Every status of success is taken for the documented one. The body is read leniently: a member
    /// that has another type than the metadata says is kept as it is, and its accessor returns none.
    /// A redirect is an answer where it is documented, and then its body is the address; else it is
    /// followed, as [`ClientBuilder::redirects`](crate::ClientBuilder::redirects) says.
    pub fn send(self) -> impl Future<Output = Result<BodyOf<O>, Error>> + Send + 'static {
        let Self { client, message, .. } = self;
        async move { Ok(responded::<O>(client, message).await?.into_body()) }
    }

    /// The pages of the collection that the request asks for, from the one that it asks for on.
    pub fn pages<T>(self) -> Pages<O, T>
    where
        O::Response: Reply<Body = Page<T>>,
        T: Model + Send + 'static,
    {
        Pages::new(self.client, self.message)
    }

    /// The items of all pages of the collection that the request asks for.
    pub fn items<T>(self) -> Items<O, T>
    where
        O::Response: Reply<Body = Page<T>>,
        T: Model + Send + 'static,
    {
        self.pages().items()
    }

    /// The request for what `link` leads to, in place of the address that it was made with: a next link or a delta link
    /// that was stored. A link that leads away from the service is an error when the request is sent.
    pub fn resume(mut self, link: &str) -> Self {
        let uri = own_link(&self.client, link);
        self.message = self.message.and_then(|mut message| {
            lead(&mut message, uri?);
            Ok(message)
        });
        self
    }

    /// Sends the request and returns status, headers and body of its answer.
    pub fn respond(
        self,
    ) -> impl Future<Output = Result<Response<BodyOf<O>>, Error>> + Send + 'static {
        responded::<O>(self.client, self.message)
    }
}

impl<O: Parameterized, Q> Request<O, Q> {
    /// With these parameters, each in the query, in a header or in a cookie, as the operation has them. What is absent
    /// from them is left out.
    pub fn parameters(self, parameters: &O::Parameters) -> Self {
        let written = parameter::written(parameters, O::PARAMETERS);
        written.into_iter().fold(self, |request, (parameter, texts)| {
            texts.iter().fold(request, |request, text| match parameter.location {
                ParameterLocation::Query => request.query(parameter.name, text),
                ParameterLocation::Header => request.header(parameter.name, text),
                ParameterLocation::Cookie => request.cookie(parameter.name, text),
            })
        })
    }

    /// With a cookie, behind those that are there. Its value is encoded.
    fn cookie(mut self, name: &str, value: &str) -> Self {
        self.message = self.message.and_then(|mut message| {
            let before = text(message.headers(), &header::COOKIE);
            let line = with_cookie(before.as_deref(), name, value);
            let invalid = || UsageError::InvalidHeader { name: "Cookie".to_owned() };
            let line = HeaderValue::try_from(line).map_err(|_| invalid())?;
            message.headers_mut().insert(header::COOKIE, line);
            Ok(message)
        });
        self
    }
}

impl<O: Operation, Q> IntoFuture for Request<O, Q> {
    type Output = Result<BodyOf<O>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<O: Operation, Q> fmt::Debug for Request<O, Q> {
    /// Operation only: ids and bodies are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Request");
        shown.field("operation", &O::NAME);
        if let Ok(message) = &self.message {
            shown.field("method", message.method());
        }
        shown.field("path", &O::PATH).finish_non_exhaustive()
    }
}

/// A message without a body, which asks for this media type.
fn message(method: Method, uri: Uri, accepted: &'static str) -> Box<http::Request<Bytes>> {
    let mut message = Box::new(http::Request::new(Bytes::new()));
    *message.method_mut() = method;
    *message.uri_mut() = uri;
    let headers = message.headers_mut();
    // Room for those that a client sends by itself, and for more: a map that is full grows before it is asked for one.
    headers.reserve(8);
    headers.insert(header::ACCEPT, HeaderValue::from_static(accepted));
    headers.insert(CLIENT_REQUEST_ID, new_request_id());
    message
}

/// The media type that is asked for. Failures come as JSON whatever is asked for.
fn accepted<T: Payload>() -> &'static str {
    match T::CONTENT_TYPE {
        _ if T::TAKES_ANY_TYPE => "*/*",
        Some(content_type) => content_type,
        None => "application/json",
    }
}

/// The answer to what is sent, in a span.
async fn responded<O: Operation>(
    client: Client,
    message: Message,
) -> Result<Response<BodyOf<O>>, Error> {
    let message = message?;
    let sending = Sending::of::<O>(client, &message);
    let span = sending.span(&message);
    answered::<O>(sending, message).instrument(span).await
}
