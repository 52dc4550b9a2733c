//! A guard that verifies tokens: JSON Web Tokens (RFC 7519), signed by an issuer whose public keys are known.
//!
//! In comes a bearer token; out goes the [`Principal`] that it stands for. Holds: a token is accepted only
//! if the issuer signed it, by an algorithm that is allowed and fits the key, for this audience and this time
//! (RFC 8725). Nothing that a token brings along is trusted before: a key, or a link to one, in its header
//! is not even looked at. What is refused is told to the caller as [`Refusal`] says, and to the log without
//! a word of the token.
//!
//! Claims are read as Microsoft's identity platform writes them: `scp` has the permissions of an
//! application that acts for a user, `roles` those of an application that acts by itself. Tokens that it
//! issues for Microsoft Graph itself can be verified by nobody else; a server of one's own is an audience of
//! its own.
//!
//! Each request is checked by itself: a token is good until it ends, whatever happened to the account since.

mod algorithm;
mod budget;
mod cache;
mod claims;
mod flaw;
mod header;
mod issuer;
mod jwks;
mod policy;
mod source;

use std::fmt;

use jsonwebtoken::crypto::{CryptoProvider, aws_lc};

pub use algorithm::Algorithm;
pub use issuer::{Issuer, IssuerError, Tenants};
pub use jwks::{Jwks, JwksError};
pub use policy::TokenPolicy;
pub use source::{KeySource, KeySourceError};

use crate::guard::{Guard, Refusal};
use crate::principal::Principal;
use cache::KeyCache;
use claims::Claims;
use flaw::Flaw;
use header::Header;

/// Lets in who has a token that `policy` accepts and one of the keys has signed.
///
/// ```
/// use msgraph_server::jwt::{Jwks, JwtGuard, KeySourceError, TokenPolicy};
///
/// let issuer = "https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0";
/// let policy = TokenPolicy::new(issuer, "6e74172b-be56-4843-9ff4-e66a39bb12e3");
/// let keys = || async {
///     let text = fetch("https://login.microsoftonline.com/common/discovery/v2.0/keys").await?;
///     Ok(Jwks::from_json(&text)?)
/// };
/// let guard = JwtGuard::new(policy, keys);
/// # async fn fetch(_: &str) -> Result<String, KeySourceError> { unreachable!() }
/// ```
///
/// Keys are fetched when the first token comes, and kept. After a day they are fetched anew, while those that are
/// known are used on. A token that names another key makes one fetch, for which all such tokens wait: a key is good as
/// soon as it is published. There are at most three such fetches at once and then one in thirty seconds, so that
/// forged tokens are no load on the issuer. Where a fetch fails the next may begin ten seconds later, the keys that
/// are known are used on for three days, and a token of any other key is answered by 503. A fetch that takes longer
/// than ten seconds has failed.
///
/// By default a token is accepted of one issuer, and so of one tenant. A service of many tenants says which:
///
/// ```
/// use msgraph_server::jwt::{Issuer, Tenants, TokenPolicy};
///
/// let tenants = Tenants::these(["8eaef023-2b34-4da1-9baa-8bc8c9d6a490".parse()?]);
/// let issuer = Issuer::of_tenants("https://login.microsoftonline.com/{tenantid}/v2.0", tenants)?;
/// let policy = TokenPolicy::new(issuer, "6e74172b-be56-4843-9ff4-e66a39bb12e3");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The ids of users and applications are told apart by their tenants alone; the principal has both.
pub struct JwtGuard<S> {
    policy: TokenPolicy,
    keys: KeyCache<S>,
}

impl<S: KeySource> JwtGuard<S> {
    /// A guard that accepts tokens by `policy` and has its keys from `keys`: a fixed [`Jwks`], or an async
    /// function that fetches one.
    pub fn new(policy: TokenPolicy, keys: S) -> Self {
        // Where a program has two providers of cryptography and chose none, the library would panic at the
        // first token. That a choice was made elsewhere is no error.
        if CryptoProvider::try_get_default().is_none() {
            let _ = aws_lc::DEFAULT_PROVIDER.install_default();
        }
        Self { policy, keys: KeyCache::new(keys) }
    }

    async fn verify(&self, token: &str) -> Result<Principal, Flaw> {
        let header = Header::of(token)?;
        let algorithm = self.policy.allowed(header.algorithm)?;
        let keys = self.keys.with(&header.key_id).await?;
        let key = keys.find(&header.key_id, algorithm)?;
        let validation = self.policy.validation(algorithm);
        let claims = jsonwebtoken::decode::<Claims>(token, key.verifier(), &validation)?.claims;
        let issuer = self.policy.issuer(claims.issuer(), claims.tenant())?;
        if !key.signs_for(issuer, claims.issuer(), claims.tenant()) {
            return Err(Flaw::KeyOfAnotherIssuer);
        }
        self.policy.in_time(claims.not_before()?, claims.expires()?)?;
        claims.principal()
    }
}

impl<S: KeySource> Guard for JwtGuard<S> {
    async fn authenticate(&self, bearer: &str) -> Result<Principal, Refusal> {
        self.verify(bearer).await.map_err(|flaw| {
            tracing::debug!(reason = %flaw, "a token was not accepted");
            flaw.into()
        })
    }
}

impl<S> fmt::Debug for JwtGuard<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JwtGuard").field("policy", &self.policy).finish_non_exhaustive()
    }
}
