//! When keys are fetched, and when they are not.

use std::future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use msgraph_server::Router;
use msgraph_server::jwt::{Jwks, JwtGuard, KeySource, KeySourceError};
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::advance;

use crate::issuer::{Signer, delegated, policy, set, with};
use crate::service::{ask_directly, router};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// An issuer whose keys change, that may be slow or out of order, and counts how often it is asked.
#[derive(Clone)]
struct Remote(Arc<State>);

struct State {
    published: Mutex<Published>,
    asked: AtomicUsize,
    /// One answer is given for each permit.
    answers: Semaphore,
}

enum Published {
    Keys(Jwks),
    Failure,
    Panic,
}

impl KeySource for Remote {
    async fn fetch(&self) -> Result<Jwks, KeySourceError> {
        self.0.asked.fetch_add(1, Ordering::SeqCst);
        self.0.answers.acquire().await?.forget();
        match &*self.published() {
            Published::Keys(keys) => Ok(keys.clone()),
            Published::Failure => Err("out of order".into()),
            Published::Panic => panic!("a bug"),
        }
    }
}

impl Remote {
    /// Answers at once.
    fn new(published: Published) -> Self {
        Self::slow(published, Semaphore::MAX_PERMITS)
    }

    /// Answers so often, and then waits.
    fn slow(published: Published, answers: usize) -> Self {
        Self(Arc::new(State {
            published: Mutex::new(published),
            asked: AtomicUsize::new(0),
            answers: Semaphore::new(answers),
        }))
    }

    fn published(&self) -> MutexGuard<'_, Published> {
        self.0.published.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn publish(&self, published: Published) {
        *self.published() = published;
    }

    fn answer(&self) {
        self.0.answers.add_permits(1);
    }

    fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }

    fn router(&self) -> Router {
        router(JwtGuard::new(policy(), self.clone()))
    }
}

fn keys(signers: &[&Signer]) -> Published {
    Published::Keys(set(signers.iter().map(|signer| signer.public())))
}

async fn status(router: &Router, signer: &Signer) -> u16 {
    ask_directly(router, &signer.token(&delegated())).await.0
}

/// The status for a token that names a key which nobody has.
async fn forged(router: &Router, signer: &Signer, key: usize) -> u16 {
    let header = with(&signer.header(), [("kid", json!(format!("forged-{key}")))]);
    ask_directly(router, &signer.sign(&header.to_string(), &delegated().to_string())).await.0
}

/// Lets all others run until they wait.
async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn keys_are_fetched_when_the_first_token_comes_and_kept() {
    let signer = Signer::p256("k");
    let remote = Remote::new(keys(&[&signer]));
    let router = remote.router();
    assert_eq!(remote.asked(), 0);
    for _ in 0..10 {
        assert_eq!(status(&router, &signer).await, 200);
        advance(MINUTE).await;
    }
    assert_eq!(remote.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn many_that_wait_share_one_fetch() {
    let signer = Signer::p256("k");
    let remote = Remote::slow(keys(&[&signer]), 0);
    let router = remote.router();
    let mut waiting = JoinSet::new();
    for _ in 0..50 {
        let (router, token) = (router.clone(), signer.token(&delegated()));
        waiting.spawn(async move { ask_directly(&router, &token).await.0 });
    }
    settle().await;
    assert_eq!(remote.asked(), 1);
    remote.answer();
    assert_eq!(waiting.join_all().await, [200; 50]);
    assert_eq!(remote.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_goes_away_does_not_break_off_the_fetch() {
    let signer = Signer::p256("k");
    let remote = Remote::slow(keys(&[&signer]), 0);
    let router = remote.router();
    let gone = tokio::spawn({
        let (router, token) = (router.clone(), signer.token(&delegated()));
        async move { ask_directly(&router, &token).await.0 }
    });
    settle().await;
    gone.abort();
    remote.answer();
    assert_eq!(status(&router, &signer).await, 200);
    assert_eq!(remote.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_key_is_good_as_soon_as_it_is_published() {
    let signers = [Signer::p256("first"), Signer::p256("second"), Signer::p256("third")];
    let remote = Remote::new(keys(&[&signers[0]]));
    let router = remote.router();
    for (index, signer) in signers.iter().enumerate() {
        remote.publish(keys(&[signer]));
        assert_eq!(status(&router, signer).await, 200, "{}", signer.id);
        assert_eq!(remote.asked(), index + 1);
    }
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_fetch_takes_what_it_brought() {
    let signer = Signer::p256("k");
    let remote = Remote::slow(keys(&[&signer]), 1);
    let router = remote.router();
    assert_eq!(status(&router, &signer).await, 200);
    let mut waiting = JoinSet::new();
    for key in 0..50 {
        let header = with(&signer.header(), [("kid", json!(format!("forged-{key}")))]);
        let token = signer.sign(&header.to_string(), &delegated().to_string());
        let router = router.clone();
        waiting.spawn(async move { ask_directly(&router, &token).await.0 });
    }
    settle().await;
    for _ in 0..50 {
        remote.answer();
    }
    assert_eq!(waiting.join_all().await, [401; 50]);
    assert_eq!(remote.asked(), 2, "one fetch for all of them");
}

#[tokio::test(start_paused = true)]
async fn forged_key_names_make_three_fetches_and_then_one_in_thirty_seconds() {
    let signer = Signer::p256("k");
    let remote = Remote::new(keys(&[&signer]));
    let router = remote.router();
    for second in 0..600 {
        for key in 0..5 {
            assert_eq!(forged(&router, &signer, key).await, 401);
        }
        assert_eq!(remote.asked(), 3 + second / 30, "after {second} s");
        advance(SECOND).await;
    }
    let asked = remote.asked();
    let new = Signer::p256("new");
    remote.publish(keys(&[&new]));
    assert_eq!(status(&router, &new).await, 200, "a forged name cannot keep a key out");
    assert_eq!(remote.asked(), asked + 1);
}

#[tokio::test(start_paused = true)]
async fn an_hour_of_quiet_allows_no_more_than_three_fetches_at_once() {
    let signer = Signer::p256("k");
    let remote = Remote::new(keys(&[&signer]));
    let router = remote.router();
    assert_eq!(status(&router, &signer).await, 200);
    advance(60 * MINUTE).await;
    for key in 0..20 {
        assert_eq!(forged(&router, &signer, key).await, 401);
    }
    assert_eq!(remote.asked(), 1 + 3);
}

#[tokio::test(start_paused = true)]
async fn a_failing_issuer_is_asked_once_in_ten_seconds() {
    let signer = Signer::p256("k");
    let remote = Remote::new(Published::Failure);
    let router = remote.router();
    for second in 0..300 {
        assert_eq!(forged(&router, &signer, second).await, 503);
        assert_eq!(remote.asked(), 1 + second / 10, "after {second} s");
        advance(SECOND).await;
    }
    remote.publish(keys(&[&signer]));
    assert_eq!(status(&router, &signer).await, 200);
}

#[tokio::test(start_paused = true)]
async fn keys_that_are_known_are_used_on_where_a_fetch_fails() {
    let (known, new) = (Signer::p256("known"), Signer::p256("new"));
    let remote = Remote::new(keys(&[&known]));
    let router = remote.router();
    assert_eq!(status(&router, &known).await, 200);
    remote.publish(Published::Failure);
    advance(5 * MINUTE).await;
    assert_eq!(status(&router, &new).await, 503);
    assert_eq!(status(&router, &known).await, 200);
    assert_eq!(remote.asked(), 2);
    advance(3 * DAY - 5 * MINUTE - SECOND).await;
    assert_eq!(status(&router, &known).await, 200);
    settle().await;
    advance(SECOND).await;
    assert_eq!(status(&router, &known).await, 503, "they may have been revoked");
}

#[tokio::test(start_paused = true)]
async fn after_a_day_keys_are_fetched_anew_and_nobody_waits() {
    let (old, new) = (Signer::p256("old"), Signer::p256("new"));
    let remote = Remote::slow(keys(&[&old]), 1);
    let router = remote.router();
    assert_eq!(status(&router, &old).await, 200);
    advance(DAY - SECOND).await;
    assert_eq!(status(&router, &old).await, 200);
    assert_eq!(remote.asked(), 1);

    advance(SECOND).await;
    remote.publish(keys(&[&new]));
    for _ in 0..3 {
        assert_eq!(status(&router, &old).await, 200);
        settle().await;
    }
    assert_eq!(remote.asked(), 2);
    remote.answer();
    settle().await;
    assert_eq!(status(&router, &new).await, 200);
    remote.answer();
    assert_eq!(status(&router, &old).await, 401, "it is no longer published");
    assert_eq!(remote.asked(), 3, "it may have been published again");
}

#[tokio::test(start_paused = true)]
async fn keys_that_cannot_be_fetched_anew_are_asked_for_once_in_ten_seconds() {
    let signer = Signer::p256("k");
    let remote = Remote::new(keys(&[&signer]));
    let router = remote.router();
    assert_eq!(status(&router, &signer).await, 200);
    remote.publish(Published::Failure);
    advance(DAY).await;
    for second in 0..30 {
        assert_eq!(status(&router, &signer).await, 200);
        settle().await;
        assert_eq!(remote.asked(), 2 + second / 10, "after {second} s");
        advance(SECOND).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_fetch_that_does_not_end_has_failed() {
    let signer = Signer::p256("k");
    let endless = || future::pending::<Result<Jwks, KeySourceError>>();
    let router = router(JwtGuard::new(policy(), endless));
    let before = tokio::time::Instant::now();
    assert_eq!(status(&router, &signer).await, 503);
    assert!(before.elapsed() < 11 * SECOND, "{:?}", before.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_source_that_panics_has_failed_and_is_asked_again() {
    let signer = Signer::p256("k");
    let remote = Remote::new(Published::Panic);
    let router = remote.router();
    assert_eq!(status(&router, &signer).await, 503);
    assert_eq!(status(&router, &signer).await, 503);
    assert_eq!(remote.asked(), 1);
    remote.publish(keys(&[&signer]));
    advance(10 * SECOND).await;
    assert_eq!(status(&router, &signer).await, 200);
}
