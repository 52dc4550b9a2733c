//! A token that is kept while it is good, and fetched anew before it ends.
//!
//! In comes a [`TokenSource`]; out goes a [`Credential`]. Holds: of many requests at once one fetches, and the others wait
//! for it only where there is no good token, and share what comes of it, be it a failure; a token that is still good is
//! used where a new one cannot be had, and who could not give one is not asked again at once.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::credential::{Credential, CredentialError, Token};
use crate::line::line;
use crate::transport::BoxFuture;

/// How long before its end a token is fetched anew, at most.
const AHEAD: Duration = Duration::from_secs(300);

/// How long a source that failed is left alone, as long as there is a good token: each try lets a request wait.
const PAUSE: Duration = Duration::from_secs(10);

/// How long a token is taken to be good at most, whatever its source says: a clock does not go on for ever.
pub(crate) const LONGEST_LIFE: Duration = Duration::from_secs(30 * 24 * 3_600);

/// Gives tokens that end: an identity service, another library.
pub trait TokenSource: Send + Sync + 'static {
    /// A new token, and for how long it is good from now on.
    fn fetch(&self) -> BoxFuture<'_, Result<(Token, Duration), CredentialError>>;
}

/// The [`Credential`] that keeps the token of a source.
pub struct TokenCache<S> {
    source: S,
    kept: RwLock<Option<Kept>>,
    /// How many fetches have ended.
    ended: AtomicU64,
    /// Held by the one that fetches: how the last fetch failed, if it did.
    fetching: Mutex<Option<CredentialError>>,
}

#[derive(Clone)]
struct Kept {
    token: Token,
    /// From when on a new one is looked for.
    stale: Instant,
    /// From when on it is of no use.
    ends: Instant,
}

impl<S: TokenSource> TokenCache<S> {
    /// Nothing is fetched until a token is asked for.
    pub fn new(source: S) -> Self {
        Self {
            source,
            kept: RwLock::new(None),
            ended: AtomicU64::new(0),
            fetching: Mutex::new(None),
        }
    }

    /// The token that is kept, if it is good at `now`.
    fn good(&self, now: Instant) -> Option<Kept> {
        // A panic elsewhere cannot leave half a token.
        let kept = self.kept.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        kept.as_ref().filter(|kept| now < kept.ends).cloned()
    }

    fn keep(&self, kept: Kept) {
        *self.kept.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(kept);
    }

    async fn current(&self) -> Result<Token, CredentialError> {
        let good = self.good(Instant::now());
        let ended = self.ended.load(Ordering::Relaxed);
        let mut failure = match &good {
            Some(kept) if Instant::now() < kept.stale => return Ok(kept.token.clone()),
            // Somebody else fetches already.
            Some(kept) => match self.fetching.try_lock() {
                Ok(failure) => failure,
                Err(_) => return Ok(kept.token.clone()),
            },
            None => self.fetching.lock().await,
        };
        // While this one waited, another may have fetched.
        let now = Instant::now();
        if let Some(kept) = self.good(now).filter(|kept| now < kept.stale) {
            return Ok(kept.token);
        }
        if good.is_none()
            && let Some(error) = failure.as_ref()
            && self.ended.load(Ordering::Relaxed) != ended
        {
            return Err(error.clone());
        }
        let fetched = self.source.fetch().await;
        self.ended.fetch_add(1, Ordering::Relaxed);
        let now = Instant::now();
        *failure = fetched.as_ref().err().cloned();
        match (fetched, good.filter(|kept| now < kept.ends)) {
            (Ok((token, lifetime)), _) => {
                let lifetime = lifetime.min(LONGEST_LIFE);
                // A token of a short life is fetched anew at half of it.
                let stale = now + lifetime.saturating_sub(AHEAD.min(lifetime / 2));
                self.keep(Kept { token: token.clone(), stale, ends: now + lifetime });
                Ok(token)
            }
            (Err(error), Some(kept)) => {
                let error = line(&error.to_string(), 300);
                tracing::debug!("no new token, the old one is used on: {error}");
                self.keep(Kept { stale: now + PAUSE, ..kept.clone() });
                Ok(kept.token)
            }
            (Err(error), None) => Err(error),
        }
    }
}

impl<S: TokenSource> Credential for TokenCache<S> {
    fn token(&self) -> BoxFuture<'_, Result<Token, CredentialError>> {
        Box::pin(self.current())
    }
}

impl<C: Credential> Credential for Arc<C> {
    fn token(&self) -> BoxFuture<'_, Result<Token, CredentialError>> {
        C::token(self)
    }
}

impl<S> fmt::Debug for TokenCache<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenCache").finish_non_exhaustive()
    }
}
