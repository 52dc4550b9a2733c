//! Which tokens are accepted.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jsonwebtoken::Validation;

use super::algorithm::Algorithm;
use super::flaw::Flaw;
use super::issuer::{self, Issuer};

/// How far two clocks may differ, at most.
const LONGEST_LEEWAY: Duration = Duration::from_secs(300);

/// Which tokens are accepted: who may have issued them, for whom, how they are signed, and when they are good.
///
/// There is no policy without an issuer and an audience.
#[derive(Clone)]
pub struct TokenPolicy {
    issuers: Vec<Issuer>,
    audiences: Vec<String>,
    algorithms: BTreeSet<Algorithm>,
    leeway: Duration,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
}

impl TokenPolicy {
    /// Accepts tokens of `issuer` (`iss`) for `audience` (`aud`), each compared whole, that are signed by
    /// RS256, with a leeway of a minute.
    ///
    /// The issuer of a tenant is `https://login.microsoftonline.com/{tenant}/v2.0`; tokens of version 1.0
    /// have `https://sts.windows.net/{tenant}/`, and keys of their own. Tokens of many tenants are accepted where
    /// `issuer` is one of [`Issuer::of_tenants`].
    pub fn new(issuer: impl Into<Issuer>, audience: impl Into<String>) -> Self {
        Self {
            issuers: vec![issuer.into()],
            audiences: vec![audience.into()],
            algorithms: [Algorithm::Rs256].into(),
            leeway: Duration::from_secs(60),
            clock: Arc::new(SystemTime::now),
        }
    }

    /// Accepts tokens of `issuer`, too.
    ///
    /// Each key may sign for each of the issuers, unless it names one, as Microsoft's do. Issuers that do not
    /// answer for each other have a guard each.
    #[must_use]
    pub fn or_issuer(mut self, issuer: impl Into<Issuer>) -> Self {
        self.issuers.push(issuer.into());
        self
    }

    /// Accepts tokens for `audience`, too.
    #[must_use]
    pub fn or_audience(mut self, audience: impl Into<String>) -> Self {
        self.audiences.push(audience.into());
        self
    }

    /// Accepts these algorithms and no others, instead of RS256.
    #[must_use]
    pub fn algorithms(mut self, algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        self.algorithms = algorithms.into_iter().collect();
        self
    }

    /// For how long a token is good before its time (`nbf`) and after it (`exp`), since clocks differ: a minute
    /// by default. More than five minutes count as five.
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway.min(LONGEST_LEEWAY);
        self
    }

    /// Tells the time by `clock`, instead of the system's.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The algorithm, if it is allowed.
    pub(super) fn allowed(&self, algorithm: Algorithm) -> Result<Algorithm, Flaw> {
        self.algorithms.get(&algorithm).copied().ok_or(Flaw::Algorithm)
    }

    /// Which of the accepted issuers one is that issued for `tenant`.
    pub(super) fn issuer(&self, issuer: &str, tenant: Option<&str>) -> Result<&Issuer, Flaw> {
        issuer::find(&self.issuers, issuer, tenant)
    }

    /// What the library checks besides the signature: the audience. The issuer may be one of many, and time is told by
    /// our clock.
    pub(super) fn validation(&self, algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm.named());
        validation.set_audience(&self.audiences);
        validation.set_required_spec_claims(&["iss", "aud", "exp"]);
        validation.validate_exp = false;
        validation
    }

    /// Whether a token from `not_before` to `expires`, both after 1970, is good now (RFC 7519, 4.1.4 and 4.1.5).
    pub(super) fn in_time(&self, not_before: Duration, expires: Duration) -> Result<(), Flaw> {
        let now = (self.clock)().duration_since(UNIX_EPOCH).map_err(|_| Flaw::Clock)?;
        if now >= expires.saturating_add(self.leeway) {
            return Err(Flaw::Expired);
        }
        if now < not_before.saturating_sub(self.leeway) {
            return Err(Flaw::NotYetValid);
        }
        Ok(())
    }
}

impl fmt::Debug for TokenPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenPolicy")
            .field("issuers", &self.issuers)
            .field("audiences", &self.audiences)
            .field("algorithms", &self.algorithms)
            .field("leeway", &self.leeway)
            .finish_non_exhaustive()
    }
}
