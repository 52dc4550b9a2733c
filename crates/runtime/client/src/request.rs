//! One request of one operation: from typed body to typed answer.
//!
//! A [`Request`] is a value; nothing is sent until it is awaited. What could not be accepted on the way
//! (a bad header, an address that is too long) is kept and returned when it is sent.

mod raw;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::{Pin, pin};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use msgraph_core::{
    Leniency, Model, Operation, Page, ParameterLocation, Parameterized, Payload, ReadMode, Readout,
    Reply, parameter,
};
use tracing::Instrument as _;

use crate::body::Body;
use crate::call::Call;
use crate::client::{Client, Exchange, new_request_id};
use crate::error::{DecodeFailure, Error, Redirect, UsageError};
use crate::failure::ServiceFailure;
use crate::header::{CLIENT_REQUEST_ID, CONSISTENCY_LEVEL, REQUEST_ID, is_json, is_reserved, text};
use crate::options::Every;
use crate::pages::{Items, Pages, own_link};
use crate::path::{Path, with_cookie, with_option};
use crate::redirect::{self, Leg, TokenUse};

pub use raw::RawRequest;

/// What an operation answers with.
pub(crate) type BodyOf<O> = <<O as Operation>::Response as Reply>::Body;

/// A request of the operation `O`, ready to be sent: await it, or call [`send`](Self::send). `Q` stands for the
/// [query options](crate::options) that it has.
#[must_use = "a request is not sent until it is awaited"]
pub struct Request<O: Operation, Q = Every> {
    client: Client,
    /// All but `Authorization`, or why it cannot be sent.
    message: Result<http::Request<Bytes>, UsageError>,
    operation: PhantomData<fn() -> (O, Q)>,
}

impl<O: Operation, Q> Request<O, Q> {
    /// The request of `O` at `path`, with this body; `()` where there is none.
    pub fn new(path: Path, body: O::Request) -> Self {
        let client = path.client().clone();
        let message = path.into_uri().map(|uri| {
            let mut message = http::Request::new(Bytes::new());
            *message.method_mut() = O::METHOD.clone();
            *message.uri_mut() = uri;
            *message.body_mut() = body.into_message(message.headers_mut());
            let headers = message.headers_mut();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accepted::<BodyOf<O>>()));
            headers.insert(CLIENT_REQUEST_ID, new_request_id());
            message
        });
        Self { client, message, operation: PhantomData }
    }

    /// The client, and what is sent.
    pub(crate) fn into_parts(self) -> (Client, Result<http::Request<Bytes>, UsageError>) {
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
        Ok(self.message?)
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
            *message.uri_mut() = uri?;
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
        f.debug_struct("Request")
            .field("operation", &O::NAME)
            .field("method", O::METHOD)
            .field("path", &O::PATH)
            .finish_non_exhaustive()
    }
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
    message: Result<http::Request<Bytes>, UsageError>,
) -> Result<Response<BodyOf<O>>, Error> {
    let message = message?;
    let span = tracing::debug_span!(
        "msgraph.request",
        operation = O::NAME,
        method = %O::METHOD,
        path = O::PATH,
        client_request_id = text(message.headers(), &CLIENT_REQUEST_ID),
    );
    pin!(exchange::<O>(client, message)).instrument(span).await
}

pub(crate) async fn exchange<O: Operation>(
    client: Client,
    message: http::Request<Bytes>,
) -> Result<Response<BodyOf<O>>, Error> {
    exchange_as::<O>(client, &format!("{} {}", O::METHOD, O::PATH), message).await
}

/// The same, where it is `operation` that names the request in errors.
async fn exchange_as<O: Operation>(
    client: Client,
    operation: &str,
    message: http::Request<Bytes>,
) -> Result<Response<BodyOf<O>>, Error> {
    let result = match followed::<O>(&client, operation, message).await {
        Ok(exchange) => read::<O>(operation, exchange),
        Err(error) => Err(error),
    };
    match &result {
        Ok(response) => tracing::debug!(
            status = response.status.as_u16(),
            request_id = response.request_id(),
            leniencies = response.leniencies.len(),
            "answered"
        ),
        Err(error) => tracing::debug!(%error, "failed"),
    }
    result
}

/// The answer behind all redirects that are none of the documented answers.
pub(crate) async fn followed<O: Operation>(
    client: &Client,
    operation: &str,
    message: http::Request<Bytes>,
) -> Result<Exchange, Error> {
    let call = Call::of::<O>(client.deadline());
    let work = || async {
        let (response, call) = reached::<O>(client, operation, call.clone(), message).await?;
        let response = client.whole(&call, O::METHOD, response).await?;
        Ok(Exchange { response, token: call.progress.token() })
    };
    let status = |exchange: &Exchange| exchange.response.status();
    Ok(client.attended(&call, O::METHOD, work, status).await?.0)
}

/// The answer behind all redirects that are none of the documented answers, its body still arriving; and the call as it
/// was for the last message.
pub(crate) async fn reached<O: Operation>(
    client: &Client,
    operation: &str,
    mut call: Call,
    message: http::Request<Bytes>,
) -> Result<(http::Response<Body>, Call), Error> {
    let mut leg = Leg { request: message, token: TokenUse::AtOrigin };
    let mut followed = 0;
    loop {
        call.token = leg.token;
        let response = client.exchange(&call, leg.request.clone()).await?;
        let status = response.status();
        if !status.is_redirection() || <O::Response as Reply>::is_documented(status) {
            return Ok((response, call));
        }
        let headers = response.headers();
        let next = if followed < client.redirects() {
            redirect::next(&leg, status, headers)
        } else {
            Err("it is one more than are followed")
        };
        leg = next.map_err(|reason| {
            Error::Redirect(Box::new(Redirect::new(operation, status, headers, reason)))
        })?;
        followed += 1;
        tracing::debug!(status = status.as_u16(), followed, "led elsewhere");
    }
}

pub(crate) fn read<O: Operation>(
    operation: &str,
    exchange: Exchange,
) -> Result<Response<BodyOf<O>>, Error> {
    let (parts, bytes) = exchange.response.into_parts();
    let (status, headers) = (parts.status, parts.headers);
    let is_documented = <O::Response as Reply>::is_documented(status);
    if !status.is_success() && !is_documented {
        let token = exchange.token.as_ref();
        let failure = ServiceFailure::new(operation, status, headers, &bytes, token);
        return Err(Error::Service(Box::new(failure)));
    }

    let unexpected = |reason: String| {
        let failure = DecodeFailure::unexpected(operation, status, &headers, reason);
        Error::Decode(Box::new(failure))
    };
    let readout = if BodyOf::<O>::CONTENT_TYPE.is_none() {
        // What a service sends beyond the documentation is no reason to fail what has succeeded.
        <O::Response as Reply>::read(status, &headers, Bytes::new(), ReadMode::Lenient)
    } else {
        let may_be_empty = BodyOf::<O>::TAKES_ANY_TYPE || BodyOf::<O>::MAY_BE_EMPTY;
        if bytes.is_empty() && !may_be_empty {
            return Err(unexpected("it is empty".to_owned()));
        }
        let is_json_due = !BodyOf::<O>::TAKES_ANY_TYPE
            && !bytes.is_empty()
            && BodyOf::<O>::CONTENT_TYPE.is_some_and(is_json);
        if let Some(content_type) = text(&headers, &header::CONTENT_TYPE)
            && is_json_due
            && !is_json(&content_type)
        {
            let content_type = crate::line::line(&content_type, 80);
            return Err(unexpected(format!("it is `{content_type}`, not JSON")));
        }
        <O::Response as Reply>::read(status, &headers, bytes, ReadMode::Lenient)
    };
    match readout {
        Ok(Readout { value, leniencies, .. }) => {
            Ok(Response { status, headers, body: value, leniencies })
        }
        Err(error) => {
            let failure = DecodeFailure::unreadable(operation, status, &headers, error);
            Err(Error::Decode(Box::new(failure)))
        }
    }
}

/// An answer with all that came with it.
#[derive(Debug, Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    leniencies: Vec<Leniency>,
}

impl<T> Response<T> {
    /// The status: one of success, not always the documented one.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The service's id of the exchange, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get(REQUEST_ID).and_then(|value| value.to_str().ok())
    }

    /// Where the body has other types than the metadata says.
    pub fn leniencies(&self) -> &[Leniency] {
        &self.leniencies
    }

    /// The body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body alone.
    pub fn into_body(self) -> T {
        self.body
    }
}
