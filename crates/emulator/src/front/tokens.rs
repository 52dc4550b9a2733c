//! Who may do what: tokens that the emulator makes, each for a caller with permissions.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use msgraph_server::{Guard, Principal, Refusal, StaticTokens};
use uuid::Uuid;

/// Tokens and who they stand for; clones share them.
#[derive(Clone, Default)]
pub(crate) struct Tokens {
    known: Arc<RwLock<StaticTokens>>,
}

impl Tokens {
    /// A new token for a caller.
    pub(crate) fn make(&self, principal: Principal) -> String {
        let token = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        self.accept(&token, principal);
        token
    }

    /// Lets a caller in by this token.
    pub(crate) fn accept(&self, token: &str, principal: Principal) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        *known = known.clone().with(token, principal);
    }
}

impl Guard for Tokens {
    async fn authenticate(&self, bearer: &str) -> Result<Principal, Refusal> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).clone();
        known.authenticate(bearer).await
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.known.read().unwrap_or_else(PoisonError::into_inner).fmt(f)
    }
}
