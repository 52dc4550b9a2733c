//! Tokens that are kept, fetched anew, and fetched by a secret.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use msgraph_client::{
    BoxFuture, ClientCredentials, Cloud, Credential, CredentialError, Error, IdentityError, Token,
    TokenCache, TokenSource,
};
use support::{Service, answer, client, create, header};

/// Gives a token of a minute's delay and a life, numbered; fails behind the first ones.
#[derive(Clone)]
struct Source {
    fetched: Arc<AtomicUsize>,
    life: Duration,
    delay: Duration,
    good: usize,
}

impl Source {
    fn new(life: u64) -> Self {
        Self {
            fetched: Arc::default(),
            life: Duration::from_secs(life),
            delay: Duration::from_secs(1),
            good: usize::MAX,
        }
    }

    fn fetched(&self) -> usize {
        self.fetched.load(Ordering::SeqCst)
    }
}

impl TokenSource for Source {
    fn fetch(&self) -> BoxFuture<'_, Result<(Token, Duration), CredentialError>> {
        Box::pin(async {
            tokio::time::sleep(self.delay).await;
            let number = self.fetched.fetch_add(1, Ordering::SeqCst);
            if number >= self.good {
                return Err("the source is dry".into());
            }
            Ok((Token::new(format!("token{number}"))?, self.life))
        })
    }
}

async fn pass(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn a_token_is_kept_until_shortly_before_it_ends() {
    let source = Source::new(3_600);
    let cache = TokenCache::new(source.clone());
    for (wait, fetched) in [(0, 1), (0, 1), (3_290, 1), (20, 2), (0, 2)] {
        pass(wait).await;
        cache.token().await.expect("a token");
        assert_eq!(source.fetched(), fetched, "after {wait} s more");
    }
}

#[tokio::test(start_paused = true)]
async fn many_that_wait_fetch_once() {
    let source = Source::new(3_600);
    let cache = Arc::new(TokenCache::new(source.clone()));
    let waiting: Vec<_> = (0..50)
        .map(|_| {
            let cache = Arc::clone(&cache);
            tokio::spawn(async move { cache.token().await.expect("a token") })
        })
        .collect();
    for one in waiting {
        one.await.expect("no panic");
    }
    assert_eq!(source.fetched(), 1);
}

#[tokio::test(start_paused = true)]
async fn many_that_wait_share_a_failure_and_who_comes_later_tries_anew() {
    let source = Source { good: 0, ..Source::new(3_600) };
    let cache = Arc::new(TokenCache::new(source.clone()));
    let began = tokio::time::Instant::now();
    let waiting: Vec<_> = (0..10)
        .map(|_| {
            let cache = Arc::clone(&cache);
            tokio::spawn(async move { cache.token().await.expect_err("no token").to_string() })
        })
        .collect();
    for one in waiting {
        assert_eq!(one.await.expect("no panic"), "the source is dry");
    }
    assert_eq!((source.fetched(), began.elapsed().as_secs()), (1, 1));
    cache.token().await.expect_err("no token");
    assert_eq!(source.fetched(), 2);
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_where_there_is_a_good_token() {
    let source = Source::new(3_600);
    let cache = Arc::new(TokenCache::new(source.clone()));
    cache.token().await.expect("a token");
    pass(3_400).await;
    let slow = Arc::clone(&cache);
    let fetching = tokio::spawn(async move { slow.token().await.map(|_| ()).is_ok() });
    tokio::task::yield_now().await;
    let before = tokio::time::Instant::now();
    cache.token().await.expect("a token");
    assert_eq!(before.elapsed(), Duration::ZERO);
    assert!(fetching.await.expect("no panic"));
    assert_eq!(source.fetched(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_good_token_is_used_where_there_is_no_new_one() {
    let source = Source { good: 1, ..Source::new(3_600) };
    let cache = TokenCache::new(source.clone());
    cache.token().await.expect("a token");
    pass(3_400).await;
    cache.token().await.expect("the old token");
    pass(300).await;
    let error = cache.token().await.expect_err("it has ended");
    assert_eq!(error.to_string(), "the source is dry");
    assert_eq!(source.fetched(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_source_that_fails_is_left_alone_for_a_while() {
    let source = Source { good: 1, ..Source::new(3_600) };
    let cache = TokenCache::new(source.clone());
    cache.token().await.expect("a token");
    pass(3_400).await;
    for (wait, fetched) in [(0, 2), (0, 2), (5, 2), (10, 3), (0, 3)] {
        pass(wait).await;
        cache.token().await.expect("the old token");
        assert_eq!(source.fetched(), fetched, "after {wait} s more");
    }
}

/// Gives one token, and then fails in two lines.
struct Broken(Source);

impl TokenSource for Broken {
    fn fetch(&self) -> BoxFuture<'_, Result<(Token, Duration), CredentialError>> {
        Box::pin(async {
            self.0.fetch().await.map_err(|_| CredentialError::from("it is\r\nWARN forged"))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_source_fails_with_is_one_line_of_a_log() {
    let log = support::log::Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let cache = TokenCache::new(Broken(Source { good: 1, ..Source::new(3_600) }));
    cache.token().await.expect("a token");
    pass(3_400).await;
    cache.token().await.expect("the old token");
    assert!(log.text().contains("it is WARN forged"), "{}", log.text());
    assert!(!log.text().contains('\r'), "{}", log.text());
}

#[tokio::test(start_paused = true)]
async fn one_that_gives_up_leaves_the_others_a_token() {
    let source = Source::new(3_600);
    let cache = Arc::new(TokenCache::new(source.clone()));
    let given_up = tokio::time::timeout(Duration::from_millis(10), cache.token()).await;
    assert!(given_up.is_err());
    cache.token().await.expect("a token");
}

#[tokio::test(start_paused = true)]
async fn a_short_life_is_used_by_half() {
    let source = Source::new(60);
    let cache = TokenCache::new(source.clone());
    for (wait, fetched) in [(0, 1), (29, 1), (2, 2)] {
        pass(wait).await;
        cache.token().await.expect("a token");
        assert_eq!(source.fetched(), fetched, "after {wait} s more");
    }
}

#[tokio::test(start_paused = true)]
async fn a_life_that_no_clock_can_count_is_cut() {
    let source = Source { life: Duration::MAX, ..Source::new(0) };
    let cache = TokenCache::new(source.clone());
    cache.token().await.expect("a token");
    pass(29 * 24 * 3_600).await;
    cache.token().await.expect("the same token");
    assert_eq!(source.fetched(), 1);
    pass(24 * 3_600).await;
    cache.token().await.expect("another token");
    assert_eq!(source.fetched(), 2);
}

fn identity(service: &Service) -> ClientCredentials {
    let authority = service.base_url.strip_suffix("/v1.0").expect("an address");
    let scope = "https://graph.microsoft.com/.default";
    ClientCredentials::at(authority, "contoso.onmicrosoft.com", "app&1", "s=cr3t +&", scope)
        .expect("a source")
}

#[tokio::test]
async fn an_application_signs_in_by_its_secret() {
    let json = "200 OK\r\nContent-Type: application/json";
    let body = r#"{"token_type":"Bearer","expires_in":3599,"access_token":"fresh"}"#;
    let identity_service = Service::answering(answer(json, body)).await;
    let cache = TokenCache::new(identity(&identity_service));
    let service =
        Service::answering(answer("201 Created\r\nContent-Type: application/json", "{}")).await;
    let client = client(&service.base_url).credential(cache).build().expect("a client");
    create(&client).await.expect("an answer");
    create(&client).await.expect("an answer");
    let asked = identity_service.only();
    assert!(
        asked.starts_with("POST /contoso.onmicrosoft.com/oauth2/v2.0/token HTTP/1.1"),
        "{asked}"
    );
    assert_eq!(header(&asked, "content-type"), Some("application/x-www-form-urlencoded"));
    assert!(asked.ends_with(
        "grant_type=client%5Fcredentials&client_id=app%261&client_secret=s%3Dcr3t%20%2B%26&scope=https%3A%2F%2Fgraph%2Emicrosoft%2Ecom%2F%2Edefault"
    ), "{asked}");
    for request in service.seen() {
        assert_eq!(header(&request, "authorization"), Some("Bearer fresh"));
    }
}

#[tokio::test]
async fn what_the_identity_service_refuses_is_told_without_the_secret() {
    for (status, body, said) in [
        (
            "401 Unauthorized",
            r#"{"error":"invalid_client","error_description":"s=cr3t +& is\r\nwrong"}"#,
            "invalid_client [secret] is",
        ),
        ("200 OK", "{}", "without a token"),
        ("200 OK", r#"{"access_token":"a"}"#, "how long"),
        ("200 OK", r#"{"access_token":"a\r\nb","expires_in":1}"#, "visible ASCII"),
        ("500 Internal Server Error", "<html>", "no reason"),
    ] {
        let service = Service::answering(answer(
            &format!("{status}\r\nContent-Type: application/json"),
            body,
        ))
        .await;
        let client = client(&service.base_url).credential(TokenCache::new(identity(&service)));
        let error = create(&client.build().expect("a client")).await.expect_err("no token");
        assert!(matches!(error, Error::Credential(_)), "{error:?}");
        assert!(error.to_string().contains(said), "{error}");
        if let Error::Credential(cause) = &error
            && let Some(refused) = cause.downcast_ref::<IdentityError>()
        {
            assert!(status.starts_with(refused.status().as_str()));
            assert!(said.contains(refused.code()));
        }
        assert!(!format!("{error} {error:?}").contains("s=cr3t"), "{error:?}");
        assert!(!error.to_string().contains('\n'));
    }
}

#[test]
fn clouds_have_their_own_addresses() {
    let all = [Cloud::Global, Cloud::UsGovernment, Cloud::UsDefense, Cloud::China];
    for cloud in all {
        let credentials = ClientCredentials::new(cloud, "t-1", "a", "hidden").expect("a source");
        assert!(!format!("{credentials:?}").contains("hidden"));
        assert!(cloud.graph().starts_with("https://") && cloud.authority().starts_with("https://"));
    }
    for tenant in ["", "..", "a/b", "a?b", "a b", "é"] {
        assert!(ClientCredentials::new(Cloud::Global, tenant, "a", "b").is_err(), "{tenant}");
    }
}
