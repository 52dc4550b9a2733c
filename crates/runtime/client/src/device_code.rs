//! Signing in as a user who has a browser elsewhere: the device authorization grant (RFC 8628).
//!
//! In comes who shows a code to the user; out goes a [`TokenSource`]. The service is asked whether the user has signed in
//! as often as it says (section 3.5): again after `authorization_pending`, 5 s slower after `slow_down`, half as often
//! after each failure of the network. A refresh token, where the service gives one, is kept in memory, and used before
//! the user is asked again (RFC 6749, section 6).

use std::fmt;
use std::time::Duration;

use http::{StatusCode, Uri};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::cloud::Cloud;
use crate::credential::{CredentialError, Token};
use crate::error::UsageError;
use crate::identity_service::{AskError, Endpoint, Form, Granted, IdentityError, IdentityService};
use crate::line::line;
use crate::origin::{Origin, names_user};
use crate::token_cache::TokenSource;
use crate::transport::{BoxFuture, Transport};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// How often the service is asked where it does not say.
const USUAL_INTERVAL: Duration = Duration::from_secs(5);
/// Never more often, whatever the service says.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);
/// How much slower the service is asked after `slow_down`.
const SLOWER: Duration = Duration::from_secs(5);

/// What the user is to be told: to open the address on any device, and to enter the code there.
#[derive(Clone)]
#[non_exhaustive]
pub struct DevicePrompt {
    /// The code that the user enters.
    pub user_code: String,
    /// The address where it is entered, https.
    pub verification_uri: String,
    /// Both in one sentence, as the service puts it; made here where it does not. One line.
    pub message: String,
    /// How long the code is good from now on.
    pub expires_in: Duration,
}

impl fmt::Debug for DevicePrompt {
    /// Without the code: who has it can sign in for the user.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DevicePrompt")
            .field("verification_uri", &self.verification_uri)
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

/// A user who signs in on any device, by a code: a [`TokenSource`], to be put into a
/// [`TokenCache`](crate::TokenCache).
///
/// The request that needs a token waits until the user has signed in. A request that is given up on the way leaves the
/// next one to ask the user anew.
///
/// ```no_run
/// # use msgraph_client::{Cloud, DeviceCode, TokenCache, UsageError};
/// # fn credential() -> Result<(), UsageError> {
/// let user = DeviceCode::new(Cloud::Global, "organizations", "the app's id", |prompt| {
///     eprintln!("{}", prompt.message);
/// })?;
/// let credential = TokenCache::new(user);
/// # Ok(())
/// # }
/// ```
pub struct DeviceCode {
    service: IdentityService,
    client_id: String,
    scope: String,
    prompt: Box<dyn Fn(DevicePrompt) + Send + Sync>,
    /// A secret. Held by the one that fetches.
    refresh_token: Mutex<Option<String>>,
}

impl DeviceCode {
    /// A user of `tenant` (`organizations` and `common` are some, too) in `cloud`, who signs in to the application
    /// `client_id`; `prompt` tells the user how, and must not block.
    ///
    /// # Errors
    /// The transport cannot be made, or the tenant is no name.
    pub fn new(
        cloud: Cloud,
        tenant: &str,
        client_id: &str,
        prompt: impl Fn(DevicePrompt) + Send + Sync + 'static,
    ) -> Result<Self, UsageError> {
        let scope = format!("{} offline_access", cloud.scope());
        Self::at(cloud.authority(), tenant, client_id, &scope, prompt)
    }

    /// The same at any identity service, for any scope; `offline_access` is to be in it, so that the user is asked once.
    ///
    /// # Errors
    /// The transport cannot be made, or the tenant or the authority is none.
    pub fn at(
        authority: &str,
        tenant: &str,
        client_id: &str,
        scope: &str,
        prompt: impl Fn(DevicePrompt) + Send + Sync + 'static,
    ) -> Result<Self, UsageError> {
        Ok(Self {
            service: IdentityService::new(authority, tenant)?,
            client_id: client_id.to_owned(),
            scope: scope.to_owned(),
            prompt: Box::new(prompt),
            refresh_token: Mutex::new(None),
        })
    }

    /// With another transport than [`HttpTransport`](crate::HttpTransport). Timeouts are then its own affair.
    #[must_use]
    pub fn transport(self, transport: impl Transport) -> Self {
        Self { service: self.service.over(transport), ..self }
    }

    async fn token(&self) -> Result<(Token, Duration), CredentialError> {
        let mut refresh_token = self.refresh_token.lock().await;
        let granted = match refresh_token.as_deref() {
            Some(kept) => match self.refreshed(kept).await? {
                Some(granted) => granted,
                None => {
                    *refresh_token = None;
                    self.asked_of_user().await?
                }
            },
            None => self.asked_of_user().await?,
        };
        // A service that gives no other one leaves the old one good.
        *refresh_token = granted.refresh_token.or_else(|| refresh_token.take());
        Ok((granted.token, granted.lifetime))
    }

    /// What is granted for a refresh token; none where it is no longer good.
    async fn refreshed(&self, refresh_token: &str) -> Result<Option<Granted>, CredentialError> {
        let form = Form::new()
            .with("grant_type", "refresh_token")
            .with("client_id", &self.client_id)
            .with_secret("refresh_token", refresh_token)
            .with("scope", &self.scope);
        match self.service.ask(Endpoint::Token, &form).await {
            Ok(said) => Ok(Some(said.granted()?)),
            Err(AskError::Refused(refused)) if !is_for_now(&refused) => {
                tracing::debug!("the user is asked again: {refused}");
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn asked_of_user(&self) -> Result<Granted, CredentialError> {
        let form = Form::new().with("client_id", &self.client_id).with("scope", &self.scope);
        let said = self.service.ask(Endpoint::DeviceCode, &form).await?;
        let lacks = |what: &str| format!("the identity service gives no {what} for the device");
        let text = |name: &str| said.text(name).filter(|text| !text.is_empty());
        let device_code = text("device_code").ok_or_else(|| lacks("code"))?;
        let user_code = text("user_code").ok_or_else(|| lacks("code"))?;
        // Microsoft's first version of it has another name.
        let verification_uri = text("verification_uri").or_else(|| text("verification_url"));
        let verification_uri = verification_uri
            .filter(|uri| self.is_to_be_opened(uri))
            .ok_or_else(|| lacks("address that can be opened"))?;
        let expires_in = said.seconds("expires_in").ok_or_else(|| lacks("time"))?;
        let interval = said.seconds("interval").unwrap_or(USUAL_INTERVAL);

        let user_code = line(&user_code, 80);
        let message = text("message").unwrap_or_else(|| {
            format!("To sign in, open {verification_uri} and enter the code {user_code}.")
        });
        let message = line(&message, 1_000);
        let deadline = Instant::now() + expires_in;
        (self.prompt)(DevicePrompt { user_code, verification_uri, message, expires_in });
        self.signed_in(&device_code, interval.max(SHORTEST_INTERVAL), deadline).await
    }

    /// What is granted once the user has signed in.
    async fn signed_in(
        &self,
        device_code: &str,
        mut interval: Duration,
        deadline: Instant,
    ) -> Result<Granted, CredentialError> {
        let form = Form::new()
            .with("grant_type", GRANT)
            .with("client_id", &self.client_id)
            .with_secret("device_code", device_code);
        loop {
            let next = Instant::now() + interval;
            if next > deadline {
                return Err("the user has not signed in while the code was good".into());
            }
            tokio::time::sleep_until(next).await;
            let refused = match self.service.ask(Endpoint::Token, &form).await {
                Ok(said) => return said.granted(),
                Err(AskError::Transport(error)) => {
                    tracing::debug!("the identity service is asked less often: {error}");
                    interval = interval.saturating_mul(2);
                    continue;
                }
                Err(AskError::Refused(refused)) => refused,
            };
            match refused.code() {
                "authorization_pending" => {}
                "slow_down" => interval += SLOWER,
                _ if is_for_now(&refused) => interval = interval.saturating_mul(2),
                // `access_denied`, `expired_token`, and what no waiting changes.
                _ => return Err(refused.into()),
            }
        }
    }

    /// Whether an address can be shown to a user to be opened: https, but for one of this machine in a test; ASCII, so that
    /// nothing in it is turned; and without a user, who looks like the host.
    fn is_to_be_opened(&self, address: &str) -> bool {
        let uri = address.parse::<Uri>().ok().filter(|uri| address.is_ascii() && !names_user(uri));
        uri.and_then(|uri| Origin::of(&uri)).is_some_and(|origin| {
            origin.is_secure() || (self.service.is_clear_text() && origin.is_loopback())
        })
    }
}

/// Whether another try may be answered otherwise.
fn is_for_now(refused: &IdentityError) -> bool {
    refused.status().is_server_error() || refused.status() == StatusCode::TOO_MANY_REQUESTS
}

impl TokenSource for DeviceCode {
    fn fetch(&self) -> BoxFuture<'_, Result<(Token, Duration), CredentialError>> {
        Box::pin(self.token())
    }
}

impl fmt::Debug for DeviceCode {
    /// Without the refresh token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceCode").field("service", &self.service).finish_non_exhaustive()
    }
}
