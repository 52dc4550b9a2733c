//! How long a request may take with all that it does, and what is left of one that is given up.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::future::IntoFuture as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::StatusCode;
use msgraph_client::{
    BoxFuture, Credential, CredentialError, Error, Retry, Token, TokenCache, TokenSource,
    TransportErrorKind,
};
use support::{Service, TOKEN, answer, client, create, doing};
use tokio::io::AsyncWriteExt as _;
use tokio::sync::Semaphore;
use tokio::time::Instant;

const TEN: Duration = Duration::from_secs(10);

fn is_timeout(error: &Error) -> bool {
    matches!(error, Error::Transport { source, .. } if source.kind() == TransportErrorKind::Timeout)
}

#[tokio::test(start_paused = true)]
async fn a_request_ends_at_its_deadline() {
    let service = Service::silent().await;
    let client = client(&service.base_url).deadline(TEN).build().expect("a client");
    let before = Instant::now();
    let error = create(&client).await.expect_err("silence");
    assert!(is_timeout(&error), "{error:?}");
    assert!((TEN..TEN * 2).contains(&before.elapsed()), "{:?}", before.elapsed());
}

#[tokio::test(start_paused = true)]
async fn the_time_of_an_attempt_is_that_to_its_last_byte() {
    let base_url = doing(|mut stream| async move {
        let head = "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n";
        stream.write_all(head.as_bytes()).await.expect("a client");
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(TEN / 2).await;
        }
    })
    .await;
    let client = client(&base_url).timeout(TEN).build().expect("a client");
    let before = Instant::now();
    let error = create(&client).await.expect_err("an answer without an end");
    assert!(is_timeout(&error), "{error:?}");
    assert!((TEN..TEN * 2).contains(&before.elapsed()), "{:?}", before.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let refusal = answer("429 Too Many Requests\r\nRetry-After: 7", "{}");
    let service = Service::answering(refusal).await;
    let builder = client(&service.base_url).retry(Retry::default()).deadline(TEN);
    let before = Instant::now();
    let error = create(&builder.build().expect("a client")).await.expect_err("a refusal");
    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS), "{error:?}");
    assert_eq!(service.seen().len(), 2);
    assert!(before.elapsed() < TEN, "{:?}", before.elapsed());
}

/// Never answers.
struct Silent;

impl Credential for Silent {
    fn token(&self) -> BoxFuture<'_, Result<Token, CredentialError>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_token_counts() {
    let builder = client("https://graph.example/v1.0").credential(Silent).deadline(TEN);
    let error = create(&builder.build().expect("a client")).await.expect_err("no token");
    assert!(is_timeout(&error), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn what_is_given_up_is_not_sent_again() {
    let refusal = answer("503 Service Unavailable\r\nRetry-After: 60", "{}");
    let service = Service::answering(refusal).await;
    let client = client(&service.base_url).retry(Retry::default()).build().expect("a client");
    tokio::time::timeout(TEN, create(&client).send()).await.expect_err("a wait");
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_eq!(service.seen().len(), 1);
}

/// Says when it is asked, and answers when it may.
#[derive(Clone)]
struct Gated {
    asked: Arc<AtomicUsize>,
    comes: Arc<Semaphore>,
    may: Arc<Semaphore>,
}

impl TokenSource for Gated {
    fn fetch(&self) -> BoxFuture<'_, Result<(Token, Duration), CredentialError>> {
        Box::pin(async {
            self.asked.fetch_add(1, Ordering::SeqCst);
            self.comes.add_permits(1);
            self.may.acquire().await?.forget();
            Ok((Token::new(TOKEN)?, Duration::from_secs(3600)))
        })
    }
}

#[tokio::test]
async fn where_the_one_that_fetches_gives_up_another_fetches() {
    let json = "201 Created\r\nContent-Type: application/json";
    let service = Service::answering(answer(json, "{}")).await;
    let gate = || Arc::new(Semaphore::new(0));
    let source = Gated { asked: Arc::default(), comes: gate(), may: gate() };
    let cache = TokenCache::new(source.clone());
    let client = client(&service.base_url).credential(cache).build().expect("a client");

    let first = tokio::spawn(create(&client).into_future());
    source.comes.acquire().await.expect("the first").forget();
    let others: Vec<_> = (0..10).map(|_| tokio::spawn(create(&client).into_future())).collect();
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(source.asked.load(Ordering::SeqCst), 1, "the others wait");
    first.abort();
    source.comes.acquire().await.expect("another").forget();
    source.may.add_permits(1);
    for other in others {
        other.await.expect("no panic").expect("an answer");
    }
    assert_eq!(source.asked.load(Ordering::SeqCst), 2);
    assert_eq!(service.seen().len(), 10);
}
