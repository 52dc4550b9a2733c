//! How a client is made: what it cannot do without, and what can be said otherwise.

mod layering;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::client::{Client, Shared};
use crate::credential::Credential;
use crate::error::{Error, UsageError};
use crate::http_transport::{HttpOptions, HttpTransport};
use crate::layers::authorize::Authorize;
use crate::layers::carry::Carry;
use crate::layers::identify::Identify;
use crate::layers::sdk_version::{Features, SdkVersion};
use crate::observer::Observer;
use crate::origin::BaseUrl;
use crate::pipeline::{AnyLayer, Pipeline, Retrial};
use crate::redirect;
use crate::retry::Retry;
use crate::transport::Transport;

/// Builds a [`Client`].
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    base_url: Option<String>,
    credential: Option<Arc<dyn Credential>>,
    is_anonymous: bool,
    transport: Option<Arc<dyn Transport>>,
    observer: Option<Arc<dyn Observer>>,
    user_agent: String,
    sdk_version: bool,
    timeout: Duration,
    connect_timeout: Duration,
    deadline: Option<Duration>,
    response_limit: usize,
    allow_clear_text: bool,
    retry: Retrial,
    request_layers: Vec<AnyLayer>,
    attempt_layers: Vec<AnyLayer>,
    redirects: u32,
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            base_url: None,
            credential: None,
            is_anonymous: false,
            transport: None,
            observer: None,
            user_agent: concat!("msgraph-client/", env!("CARGO_PKG_VERSION")).to_owned(),
            sdk_version: true,
            timeout: Duration::from_secs(100),
            connect_timeout: Duration::from_secs(15),
            deadline: None,
            response_limit: 64 << 20,
            allow_clear_text: false,
            retry: Retrial::Built(Retry::default()),
            request_layers: Vec::new(),
            attempt_layers: Vec::new(),
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
        self.credential = Some(Arc::new(credential));
        self
    }

    /// No token on any request: the service asks for none, or a layer says who asks in another way. A credential that is
    /// given does not count then.
    pub fn anonymous(mut self) -> Self {
        self.is_anonymous = true;
        self
    }

    /// What carries the requests, instead of [`HttpTransport`]. The times allowed for a connection and for an answer are
    /// then its own affair.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The `User-Agent` header; by default the name and version of this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Without `SdkVersion`, the header that tells a service which library asks, and what the library does by itself: by
    /// default it stands on the first message of each request.
    pub fn without_sdk_version(mut self) -> Self {
        self.sdk_version = false;
        self
    }

    /// Who is told how requests went.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// The longest time of one attempt, from sending a request to the last byte of its answer; 100 s by default. Where the
    /// body is read as it comes ([`Request::download`](crate::Request::download)), to its head, and then from one chunk to
    /// the next.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The longest time for making a connection; 15 s by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The longest time of a request with all its attempts, the waits between them, the fetching of tokens, and redirects,
    /// to the last byte of its answer; none by default. Beyond it the request fails as one that timed out.
    /// Of a body that is read as it comes, it is the time to its head.
    pub fn deadline(mut self, longest: Duration) -> Self {
        self.deadline = Some(longest);
        self
    }

    /// The most bytes that an answer may have that is read whole; 64 MiB by default.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// How many redirects of one request are followed, where redirects are no documented answers; 5 by default.
    ///
    /// At the client's origin a request is sent again as it was, or after 303 as a GET without a body. Away
    /// from it, only a GET or a HEAD is, over https, without token, body, cookies and headers of the caller's. What is not
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
        if self.credential.is_none() && !self.is_anonymous {
            return Err(UsageError::NoCredential.into());
        }
        let credential = self.credential.filter(|_| !self.is_anonymous);
        let user_agent = HeaderValue::from_str(&self.user_agent)
            .map_err(|_| UsageError::InvalidHeader { name: "user-agent".to_owned() })?;
        let features = Features {
            redirects: self.redirects > 0,
            retry: !matches!(&self.retry, Retrial::Built(retry) if !retry.has_more(0)),
            credential: credential.is_some(),
            own_transport: self.transport.is_none(),
        };
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(HttpTransport::new(HttpOptions {
                home: base_url.with(String::new())?,
                timeout: self.timeout,
                connect_timeout: self.connect_timeout,
                clear_text: !base_url.origin().is_secure(),
            })?),
        };
        let retry = match &self.retry {
            Retrial::Built(retry) => retry.clone(),
            Retrial::Own(_) => Retry::never(),
        };
        let version = HeaderValue::try_from(features.text()).ok().filter(|_| self.sdk_version);
        let authorize = Authorize { credential, base_url: base_url.clone() };
        let pipeline = Pipeline {
            identify: Identify(user_agent),
            request_layers: self.request_layers,
            retrial: self.retry,
            sdk_version: SdkVersion(version),
            attempt_layers: self.attempt_layers,
            carry: Carry::new(authorize, transport, self.observer.clone()),
        };
        Ok(Client::new(Shared {
            base_url,
            pipeline: pipeline.into_service(),
            observer: self.observer,
            retry,
            redirects: self.redirects,
            response_limit: self.response_limit,
            deadline: self.deadline,
        }))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not yet checked, and may name a user.
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}
