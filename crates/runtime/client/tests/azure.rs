//! Credentials of Azure's libraries.

#![cfg(feature = "azure")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use azure_core::time::OffsetDateTime;
use msgraph_client::{
    AzureCredential, Cloud, Credential as _, Error, TokenCache, TokenSource as _,
};
use support::{Service, answer, client, create, header};

/// Gives numbered tokens of a life, and keeps the scopes that it is asked for.
#[derive(Debug, Default)]
struct Fake {
    scopes: Mutex<Vec<String>>,
    life: i64,
    says: Option<&'static str>,
    fails: bool,
}

#[async_trait]
impl TokenCredential for Fake {
    async fn get_token(
        &self,
        scopes: &[&str],
        _: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        let mut asked = self.scopes.lock().expect("no panic");
        asked.push(scopes.join(" "));
        if self.fails {
            let kind = azure_core::error::ErrorKind::Credential;
            return Err(azure_core::Error::with_message(kind, "nobody\nis signed in"));
        }
        let token = self.says.map_or_else(|| format!("token{}", asked.len()), str::to_owned);
        let now = OffsetDateTime::now_utc().unix_timestamp();
        let ends = OffsetDateTime::from_unix_timestamp(now + self.life).expect("a time");
        Ok(AccessToken::new(token, ends))
    }
}

fn created() -> String {
    answer("201 Created\r\nContent-Type: application/json", "{}")
}

#[tokio::test]
async fn a_credential_of_azure_is_asked_for_the_scope_of_the_cloud() {
    for (cloud, scope) in [
        (Cloud::Global, "https://graph.microsoft.com/.default"),
        (Cloud::China, "https://microsoftgraph.chinacloudapi.cn/.default"),
    ] {
        let fake = Arc::new(Fake { life: 3_600, ..Fake::default() });
        let service = Service::answering(created()).await;
        let credential = AzureCredential::new(cloud, fake.clone());
        let client = client(&service.base_url).credential(credential).build().expect("a client");
        create(&client).await.expect("an answer");
        assert_eq!(header(&service.only(), "authorization"), Some("Bearer token1"));
        assert_eq!(*fake.scopes.lock().expect("no panic"), [scope]);
    }
}

#[tokio::test]
async fn a_token_of_azure_is_kept_as_long_as_it_is_good() {
    let fake = Arc::new(Fake { life: 3_600, ..Fake::default() });
    let credential = AzureCredential::with_scope(fake.clone(), "mine");
    let (_, life) = credential.fetch().await.expect("a token");
    let hour = Duration::from_secs(3_600);
    assert!((hour - Duration::from_secs(60)..=hour).contains(&life), "{life:?}");
    let cache = TokenCache::new(credential);
    for _ in 0..3 {
        cache.token().await.expect("a token");
    }
    assert_eq!(*fake.scopes.lock().expect("no panic"), ["mine", "mine"]);
}

#[tokio::test]
async fn a_token_that_has_ended_has_no_life() {
    let fake = Arc::new(Fake { life: -10, ..Fake::default() });
    let (_, life) = AzureCredential::new(Cloud::Global, fake).fetch().await.expect("a token");
    assert_eq!(life, Duration::ZERO);
}

#[tokio::test]
async fn what_azure_refuses_is_told_on_one_line() {
    for fake in
        [Fake { fails: true, ..Fake::default() }, Fake { says: Some("a\r\nb"), ..Fake::default() }]
    {
        let credential = AzureCredential::new(Cloud::Global, Arc::new(fake));
        let service = Service::answering(created()).await;
        let client = client(&service.base_url).credential(credential).build().expect("a client");
        let error = create(&client).await.expect_err("no token");
        assert!(matches!(error, Error::Credential(_)), "{error:?}");
        assert!(!error.to_string().contains('\n'), "{error}");
        assert!(service.seen().is_empty());
    }
}

#[tokio::test]
async fn a_credential_of_azure_shows_its_scope_alone() {
    let fake = Arc::new(Fake { life: 3_600, says: Some("s3cr3t"), ..Fake::default() });
    let credential = AzureCredential::with_scope(fake, "mine");
    credential.token().await.expect("a token");
    assert_eq!(format!("{credential:?}"), r#"AzureCredential { scope: "mine", .. }"#);
}
