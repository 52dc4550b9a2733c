//! Signing in as an application, by a secret (RFC 6749, section 4.4).

use std::fmt;
use std::time::Duration;

use crate::cloud::Cloud;
use crate::credential::{CredentialError, Token};
use crate::error::UsageError;
use crate::identity_service::{Endpoint, Form, IdentityService};
use crate::token_cache::TokenSource;
use crate::transport::{BoxFuture, Transport};

/// An application that signs in by a secret of its own: a [`TokenSource`], to be put into a
/// [`TokenCache`](crate::TokenCache).
pub struct ClientCredentials {
    service: IdentityService,
    form: Form,
}

impl ClientCredentials {
    /// The application `client_id` of `tenant`, in `cloud`.
    ///
    /// # Errors
    /// The transport cannot be made, or the tenant is no name.
    pub fn new(
        cloud: Cloud,
        tenant: &str,
        client_id: &str,
        secret: &str,
    ) -> Result<Self, UsageError> {
        Self::at(cloud.authority(), tenant, client_id, secret, &cloud.scope())
    }

    /// The same at any identity service, for any scope.
    ///
    /// # Errors
    /// The transport cannot be made, or the tenant or the authority is none.
    pub fn at(
        authority: &str,
        tenant: &str,
        client_id: &str,
        secret: &str,
        scope: &str,
    ) -> Result<Self, UsageError> {
        let form = Form::new()
            .with("grant_type", "client_credentials")
            .with("client_id", client_id)
            .with_secret("client_secret", secret)
            .with("scope", scope);
        Ok(Self { service: IdentityService::new(authority, tenant)?, form })
    }

    /// With another transport than [`HttpTransport`](crate::HttpTransport). Timeouts are then its own affair.
    #[must_use]
    pub fn transport(self, transport: impl Transport) -> Self {
        Self { service: self.service.over(transport), ..self }
    }
}

impl TokenSource for ClientCredentials {
    fn fetch(&self) -> BoxFuture<'_, Result<(Token, Duration), CredentialError>> {
        Box::pin(async {
            let granted = self.service.ask(Endpoint::Token, &self.form).await?.granted()?;
            Ok((granted.token, granted.lifetime))
        })
    }
}

impl fmt::Debug for ClientCredentials {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials").field("service", &self.service).finish_non_exhaustive()
    }
}
