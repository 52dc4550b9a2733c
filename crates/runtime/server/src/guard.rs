//! Who is let in.
//!
//! There is no router without a [`Guard`]. A guard turns a bearer token into a [`Principal`], or refuses
//! it; whether the principal may do what it asks for is decided by the operation's documented
//! permissions, not here.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;

use msgraph_core::Permissions;

use crate::principal::Principal;

/// Accepts bearer tokens, or refuses them.
pub trait Guard: Send + Sync + 'static {
    /// The caller that `bearer` stands for.
    ///
    /// The token comes as it was sent: visible ASCII, nothing else is known of it. It is a secret and
    /// belongs in no log.
    fn authenticate(&self, bearer: &str)
    -> impl Future<Output = Result<Principal, Refusal>> + Send;

    /// Whether `principal` may call an operation of which no documentation says who may.
    ///
    /// Nobody, unless this is overridden.
    fn permits_undocumented(&self, principal: &Principal, operation: OperationFacts) -> bool {
        let _ = (principal, operation);
        false
    }
}

/// What decides who may call an operation.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct OperationFacts {
    /// Its name.
    pub name: &'static str,
    /// Its path template, below the base.
    pub path: &'static str,
    /// What its documentation says.
    pub permissions: Permissions,
}

/// Why a token is not accepted. What a caller is told is no more than this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// It is unknown, expired, revoked, malformed or for another audience: 401.
    #[error("the token is not valid")]
    InvalidToken,
    /// It cannot be checked now: 503.
    #[error("tokens cannot be checked at the moment")]
    Unavailable,
}

/// A guard with a fixed list of tokens, for tests and for work offline.
#[derive(Clone, Default)]
pub struct StaticTokens {
    principals: BTreeMap<String, Principal>,
}

impl StaticTokens {
    /// A guard that lets nobody in.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets `principal` in by `token`. An empty token is never accepted.
    #[must_use]
    pub fn with(mut self, token: impl Into<String>, principal: Principal) -> Self {
        self.principals.insert(token.into(), principal);
        self
    }
}

impl Guard for StaticTokens {
    async fn authenticate(&self, bearer: &str) -> Result<Principal, Refusal> {
        // Each token is compared whole, so that the time taken does not tell how much of one is right.
        let mut accepted = Err(Refusal::InvalidToken);
        for (token, principal) in &self.principals {
            if !token.is_empty() && equal_in_constant_time(token.as_bytes(), bearer.as_bytes()) {
                accepted = Ok(principal.clone());
            }
        }
        accepted
    }
}

fn equal_in_constant_time(left: &[u8], right: &[u8]) -> bool {
    let difference = left
        .iter()
        .zip(right)
        .fold(0, |difference, (left, right)| std::hint::black_box(difference | (left ^ right)));
    left.len() == right.len() && difference == 0
}

impl fmt::Debug for StaticTokens {
    /// The principals; tokens are secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.principals.values()).finish()
    }
}
