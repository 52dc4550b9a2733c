//! The keys of an issuer, kept while they are good and fetched anew before they end.
//!
//! In comes the name of a key; out goes a set that has it. Holds: of many at once one fetches, and the others
//! wait for it only where the key is not known, and take what it brought; names that nobody knows lead to no more
//! fetches than the [`Budget`] allows; what is known is used on where a fetch fails, up to [`TRUSTED`]. A fetch
//! runs to its end by itself, so that a caller who goes away does not break it off for the others.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::{Instant, timeout};

use super::budget::Budget;
use super::flaw::Flaw;
use super::jwks::Jwks;
use super::source::{KeySource, KeySourceError};

/// After which time keys are fetched anew, while they are used on.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);
/// After which time keys that could not be fetched anew are no longer used: they may have been revoked.
const TRUSTED: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// The longest time that a fetch may take.
const LONGEST_FETCH: Duration = Duration::from_secs(10);

pub(super) struct KeyCache<S> {
    shared: Arc<Shared<S>>,
    /// Held by the one that fetches.
    fetching: Arc<Mutex<LastFetch>>,
}

struct Shared<S> {
    source: S,
    kept: RwLock<Option<Kept>>,
    /// How many fetches have ended.
    ended: AtomicU64,
}

#[derive(Clone)]
struct Kept {
    keys: Arc<Jwks>,
    since: Instant,
}

/// How the last fetch ended, and when there may be another.
#[derive(Default)]
struct LastFetch {
    failed: bool,
    budget: Budget,
}

impl LastFetch {
    /// As if it had failed, which stays so where the fetch panics or its runtime ends.
    fn begins(&mut self) {
        self.failed = true;
        self.budget.pause(Instant::now());
    }

    fn ends(&mut self, failed: bool) {
        self.failed = failed;
        if failed {
            self.budget.give_back();
            self.budget.pause(Instant::now());
        } else {
            self.budget.resume();
        }
    }
}

impl<S: KeySource> KeyCache<S> {
    pub(super) fn new(source: S) -> Self {
        let shared = Arc::new(Shared { source, kept: RwLock::new(None), ended: AtomicU64::new(0) });
        Self { shared, fetching: Arc::default() }
    }

    /// Keys, with the one that has this name.
    pub(super) async fn with(&self, key_id: &str) -> Result<Arc<Jwks>, Flaw> {
        if let Some(kept) = self.shared.kept_with(key_id) {
            // Where it is locked somebody else fetches already.
            if kept.since.elapsed() >= FRESH
                && let Ok(mut last) = Arc::clone(&self.fetching).try_lock_owned()
                && last.budget.take(Instant::now())
            {
                tokio::spawn(fetch(Arc::clone(&self.shared), last));
            }
            return Ok(kept.keys);
        }
        let ended_before = self.shared.ended.load(Ordering::SeqCst);
        let mut last = Arc::clone(&self.fetching).lock_owned().await;
        // While this one waited, another may have fetched: for all who waited.
        if let Some(kept) = self.shared.kept_with(key_id) {
            return Ok(kept.keys);
        }
        let nobody_fetched = self.shared.ended.load(Ordering::SeqCst) == ended_before;
        let failed = if nobody_fetched && last.budget.take(Instant::now()) {
            // One that panics has failed.
            tokio::spawn(fetch(Arc::clone(&self.shared), last)).await.unwrap_or(true)
        } else {
            last.failed
        };
        match self.shared.kept_with(key_id) {
            Some(kept) => Ok(kept.keys),
            None if failed => Err(Flaw::KeysUnavailable),
            None => Err(Flaw::UnknownKey),
        }
    }
}

impl<S> Shared<S> {
    /// The keys that are kept and trusted, if the one with this name is among them.
    fn kept_with(&self, key_id: &str) -> Option<Kept> {
        // A panic elsewhere cannot leave half a set.
        let kept = self.kept.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        let good = |kept: &&Kept| kept.since.elapsed() < TRUSTED && kept.keys.has(key_id);
        kept.as_ref().filter(good).cloned()
    }
}

/// Fetches keys and keeps them; whether it failed.
async fn fetch<S: KeySource>(shared: Arc<Shared<S>>, mut last: OwnedMutexGuard<LastFetch>) -> bool {
    last.begins();
    let fetched = match timeout(LONGEST_FETCH, shared.source.fetch()).await {
        Ok(fetched) => fetched,
        Err(elapsed) => Err(KeySourceError::from(elapsed)),
    };
    let failed = match fetched {
        Ok(keys) => {
            let kept = Kept { keys: Arc::new(keys), since: Instant::now() };
            *shared.kept.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(kept);
            false
        }
        Err(error) => {
            let error = error.to_string();
            tracing::warn!(?error, "the keys that tokens are signed with cannot be fetched");
            true
        }
    };
    last.ends(failed);
    shared.ended.fetch_add(1, Ordering::SeqCst);
    failed
}
