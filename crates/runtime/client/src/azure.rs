//! Credentials of Azure's own libraries: the feature `azure`.
//!
//! In comes a [`TokenCredential`], as `azure_identity` has them (a managed identity, the Azure CLI, a certificate); out go
//! a [`Credential`] and a [`TokenSource`]. Only the crate with the trait is a dependency, without its HTTP stack.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use azure_core::credentials::{AccessToken, TokenCredential};
use jiff::Timestamp;

use crate::cloud::Cloud;
use crate::credential::{Credential, CredentialError, Token};
use crate::token_cache::TokenSource;
use crate::transport::BoxFuture;

/// A credential of Azure's libraries, and the scope that it is asked for.
///
/// Those of `azure_identity` keep their tokens, so that this can be a client's credential as it is; one that keeps none is
/// put into a [`TokenCache`](crate::TokenCache).
#[derive(Clone)]
pub struct AzureCredential {
    credential: Arc<dyn TokenCredential>,
    scope: String,
}

impl AzureCredential {
    /// For the Graph of `cloud`.
    pub fn new(cloud: Cloud, credential: Arc<dyn TokenCredential>) -> Self {
        Self::with_scope(credential, cloud.scope())
    }

    /// For any scope.
    pub fn with_scope(credential: Arc<dyn TokenCredential>, scope: impl Into<String>) -> Self {
        Self { credential, scope: scope.into() }
    }

    async fn ask(&self) -> Result<AccessToken, CredentialError> {
        Ok(self.credential.get_token(&[&self.scope], None).await?)
    }
}

impl Credential for AzureCredential {
    fn token(&self) -> BoxFuture<'_, Result<Token, CredentialError>> {
        Box::pin(async { Ok(Token::new(self.ask().await?.token.secret())?) })
    }
}

impl TokenSource for AzureCredential {
    fn fetch(&self) -> BoxFuture<'_, Result<(Token, Duration), CredentialError>> {
        Box::pin(async {
            let given = self.ask().await?;
            let ends = given.expires_on.unix_timestamp();
            let left = ends.saturating_sub(Timestamp::now().as_second());
            // What has ended already is of no use, and is fetched anew.
            let left = Duration::from_secs(u64::try_from(left).unwrap_or(0));
            Ok((Token::new(given.token.secret())?, left))
        })
    }
}

impl fmt::Debug for AzureCredential {
    /// Without the credential: what it shows is its own affair.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AzureCredential").field("scope", &self.scope).finish_non_exhaustive()
    }
}
