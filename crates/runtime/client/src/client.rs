//! A client: the base URL, the credential and the transport, shared by all builders.
//!
//! Every request passes [`Client::execute`], the one place where a token is put on a request, and
//! only on one whose scheme, host and port are those of the base URL.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, header};
use uuid::Uuid;

use crate::batch::Batch;
use crate::credential::{Credential, Token};
use crate::error::{Error, UsageError};
use crate::header::{CLIENT_REQUEST_ID, is_reserved};
use crate::http_transport::{HttpOptions, HttpTransport};
use crate::origin::{BaseUrl, Origin};
use crate::redirect::{self, TokenUse};
use crate::retry::{RETRY_ATTEMPT, Retry};
use crate::transport::Transport;

/// Sends requests to one base URL. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    base_url: BaseUrl,
    credential: Box<dyn Credential>,
    transport: Box<dyn Transport>,
    user_agent: HeaderValue,
    retry: Retry,
    redirects: u32,
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
        self.shared.base_url.as_str()
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
        let operation = request.method().to_string();
        Ok(self.exchange(&operation, request, TokenUse::AtOrigin).await?.response)
    }

    /// Requests that are sent together.
    pub fn batch(&self) -> Batch {
        Batch::new(self.clone())
    }

    /// Whether it is this client, or a clone of it.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// The origin to which the token goes.
    pub(crate) fn origin(&self) -> &Origin {
        self.shared.base_url.origin()
    }

    /// How many redirects of one request are followed.
    pub(crate) fn redirects(&self) -> u32 {
        self.shared.redirects
    }

    /// When requests are sent again.
    pub(crate) fn retry(&self) -> &Retry {
        &self.shared.retry
    }

    /// Sends `request`, and again where the service cannot answer it for now; `operation` names it in errors.
    pub(crate) async fn exchange(
        &self,
        operation: &str,
        request: http::Request<Bytes>,
        token: TokenUse,
    ) -> Result<Exchange, Error> {
        let mut request = request;
        // All attempts are one exchange to whoever looks for it.
        if !request.headers().contains_key(CLIENT_REQUEST_ID) {
            request.headers_mut().insert(CLIENT_REQUEST_ID, new_request_id());
        }
        let mut made = 0;
        loop {
            let mut again = request.clone();
            if made > 0 {
                again.headers_mut().insert(RETRY_ATTEMPT, HeaderValue::from(made));
            }
            let exchange = self.exchange_once(operation, again, token).await?;
            let (status, headers) = (exchange.response.status(), exchange.response.headers());
            let Some(delay) = self.shared.retry.delay(made, status, headers) else {
                return Ok(exchange);
            };
            made += 1;
            let milliseconds = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
            tracing::debug!(status = status.as_u16(), attempt = made, milliseconds, "sent again");
            tokio::time::sleep(delay).await;
        }
    }

    async fn exchange_once(
        &self,
        operation: &str,
        mut request: http::Request<Bytes>,
        token: TokenUse,
    ) -> Result<Exchange, Error> {
        if let Some(name) = request.headers().keys().find(|name| is_reserved(name)) {
            return Err(UsageError::ReservedHeader { name: name.to_string() }.into());
        }
        let Some(origin) = Origin::of(request.uri()) else {
            let reason = "it is no absolute http or https address".to_owned();
            return Err(UsageError::Address { reason }.into());
        };
        let may_have_it = token == TokenUse::AtOrigin && origin == *self.origin();
        let token = if may_have_it {
            Some(self.shared.credential.token().await.map_err(Error::Credential)?)
        } else {
            None
        };

        let headers = request.headers_mut();
        if let Some(token) = &token {
            headers.insert(header::AUTHORIZATION, token.header());
        }
        headers.entry(header::USER_AGENT).or_insert_with(|| self.shared.user_agent.clone());
        let sent = self.shared.transport.send(request).await;
        let response =
            sent.map_err(|source| Error::Transport { operation: operation.to_owned(), source })?;
        Ok(Exchange { response, token })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}

/// A GUID as a header value.
pub(crate) fn new_request_id() -> HeaderValue {
    let mut text = Uuid::encode_buffer();
    let text = Uuid::new_v4().hyphenated().encode_lower(&mut text);
    // Hexadecimal digits and hyphens are always a header value.
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

/// Builds a [`Client`].
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    base_url: Option<String>,
    credential: Option<Box<dyn Credential>>,
    transport: Option<Box<dyn Transport>>,
    user_agent: String,
    timeout: Duration,
    connect_timeout: Duration,
    response_limit: usize,
    allow_clear_text: bool,
    retry: Retry,
    redirects: u32,
}

impl ClientBuilder {
    fn new() -> Self {
        Self {
            base_url: None,
            credential: None,
            transport: None,
            user_agent: concat!("msgraph-client/", env!("CARGO_PKG_VERSION")).to_owned(),
            timeout: Duration::from_secs(100),
            connect_timeout: Duration::from_secs(15),
            response_limit: 64 << 20,
            allow_clear_text: false,
            retry: Retry::default(),
            redirects: redirect::USUAL,
        }
    }

    /// Where requests go, e.g. `https://graph.microsoft.com/v1.0`: an absolute `https` address
    /// without user, query and fragment, or an `http` one of this machine.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Who sends the requests.
    pub fn credential(mut self, credential: impl Credential) -> Self {
        self.credential = Some(Box::new(credential));
        self
    }

    /// What carries the requests, instead of [`HttpTransport`]. Timeouts and the response limit are
    /// then its own affair.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// The `User-Agent` header; by default the name and version of this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// The longest time from sending a request to the last byte of its answer; 100 s by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The longest time for making a connection; 15 s by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The most bytes that an answer may have; 64 MiB by default.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// When requests are sent again; by default as [`Retry::default`] says.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// How many redirects of one request are followed, where redirects are no documented answers; 5 by default.
    ///
    /// At the client's origin a request is sent again as it was, or after 303 as a GET without a body. Away
    /// from it, only a GET is, over https, without token, cookies and headers of the caller's. What is not
    /// followed is an [`Error::Redirect`].
    pub fn redirects(mut self, most: u32) -> Self {
        self.redirects = most;
        self
    }

    /// Allows an `http://` base URL on another machine. The token is then readable by the network.
    pub fn allow_clear_text(mut self) -> Self {
        self.allow_clear_text = true;
        self
    }

    /// The client, if all that was given can be used.
    pub fn build(self) -> Result<Client, Error> {
        let text = self.base_url.ok_or(UsageError::BaseUrl { reason: "it is missing" })?;
        let base_url = BaseUrl::new(&text, self.allow_clear_text)?;
        let credential = self.credential.ok_or(UsageError::NoCredential)?;
        let user_agent = HeaderValue::from_str(&self.user_agent)
            .map_err(|_| UsageError::InvalidHeader { name: "user-agent".to_owned() })?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Box::new(HttpTransport::new(HttpOptions {
                timeout: self.timeout,
                connect_timeout: self.connect_timeout,
                response_limit: self.response_limit,
                clear_text: !base_url.origin().is_secure(),
            })?),
        };
        let (retry, redirects) = (self.retry, self.redirects);
        let shared = Shared { base_url, credential, transport, user_agent, retry, redirects };
        Ok(Client { shared: Arc::new(shared) })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not yet checked, and may name a user.
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}
