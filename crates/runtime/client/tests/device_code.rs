//! A user who signs in on another device.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use msgraph_client::{
    Body, BoxFuture, Cloud, Credential as _, DeviceCode, DevicePrompt, IdentityError, TokenCache,
    Transport, TransportError, TransportErrorKind,
};
use support::{Service, answer, client, create, header};
use tokio::time::Instant;

const PENDING: Answer = Answer::Refused(r#"{"error":"authorization_pending"}"#);
const SLOW_DOWN: Answer = Answer::Refused(r#"{"error":"slow_down"}"#);
const GRANTED: Answer = Answer::Said(
    r#"{"access_token":"first","expires_in":3600,"refresh_token":"r3fr3sh-1","token_type":"Bearer"}"#,
);
const CODE: Answer = Answer::Said(
    r#"{"device_code":"d3v1c3","user_code":"ABC-123","verification_uri":"https://microsoft.com/devicelogin",
        "expires_in":900,"interval":5,"message":"Open it,\r\nenter ABC-123."}"#,
);

#[derive(Clone, Copy)]
enum Answer {
    Said(&'static str),
    Refused(&'static str),
    Unavailable,
    Broken,
}

/// An identity service without a network, on a clock that goes on when there is nothing to do.
#[derive(Clone)]
struct Identity {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    asked: Arc<Mutex<Vec<(Instant, String)>>>,
    prompts: Arc<Mutex<Vec<DevicePrompt>>>,
}

impl Identity {
    fn telling(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers = Arc::new(Mutex::new(answers.into_iter().collect()));
        Self { answers, asked: Arc::default(), prompts: Arc::default() }
    }

    fn source(&self) -> DeviceCode {
        let prompts = Arc::clone(&self.prompts);
        let prompt = move |prompt| prompts.lock().expect("no panic").push(prompt);
        DeviceCode::new(Cloud::Global, "organizations", "app", prompt)
            .expect("a source")
            .transport(self.clone())
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").iter().map(|(_, form)| form.clone()).collect()
    }

    fn prompts(&self) -> Vec<DevicePrompt> {
        self.prompts.lock().expect("no panic").clone()
    }

    /// The seconds between one question and the next.
    fn waits(&self) -> Vec<u64> {
        let asked = self.asked.lock().expect("no panic");
        let seconds = |wait: Duration| (wait.as_secs_f64() + 0.5) as u64;
        asked.windows(2).map(|pair| seconds(pair[1].0 - pair[0].0)).collect()
    }
}

impl Transport for Identity {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let form = String::from_utf8_lossy(request.body()).into_owned();
        let told = format!("{} {form}", request.uri().path());
        self.asked.lock().expect("no panic").push((Instant::now(), told));
        let answer = self.answers.lock().expect("no panic").pop_front().expect("an answer");
        let response = |status: u16, body: &'static str| {
            let response = http::Response::builder().status(status);
            Ok(response.body(Body::from(Bytes::from_static(body.as_bytes()))).expect("an answer"))
        };
        Box::pin(std::future::ready(match answer {
            Answer::Said(body) => response(200, body),
            Answer::Refused(body) => response(400, body),
            Answer::Unavailable => response(503, ""),
            Answer::Broken => Err(TransportError::new(TransportErrorKind::Timeout, "slow")),
        }))
    }
}

/// What the source says where it gives no token.
async fn refused(identity: &Identity) -> String {
    let cache = TokenCache::new(identity.source());
    cache.token().await.expect_err("no token").to_string()
}

#[tokio::test(start_paused = true)]
async fn the_user_is_told_what_to_do_once() {
    let identity = Identity::telling([CODE, PENDING, GRANTED]);
    let cache = TokenCache::new(identity.source());
    cache.token().await.expect("a token");
    cache.token().await.expect("the same token");
    let prompts = identity.prompts();
    assert_eq!(prompts.len(), 1);
    assert_eq!(prompts[0].user_code, "ABC-123");
    assert_eq!(prompts[0].verification_uri, "https://microsoft.com/devicelogin");
    assert_eq!(prompts[0].message, "Open it, enter ABC-123.");
    assert_eq!(prompts[0].expires_in, Duration::from_secs(900));
    let asked = identity.asked();
    assert_eq!(
        asked[0],
        "/organizations/oauth2/v2.0/devicecode client_id=app&\
         scope=https%3A%2F%2Fgraph%2Emicrosoft%2Ecom%2F%2Edefault%20offline%5Faccess"
    );
    assert_eq!(
        asked[1],
        "/organizations/oauth2/v2.0/token \
         grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant%2Dtype%3Adevice%5Fcode&\
         client_id=app&device_code=d3v1c3"
    );
}

#[tokio::test(start_paused = true)]
async fn a_sentence_is_made_where_the_service_has_none() {
    let code = r#"{"device_code":"d","user_code":"A","verification_uri":"https://a.example/",
        "expires_in":60}"#;
    let identity = Identity::telling([Answer::Said(code), GRANTED]);
    TokenCache::new(identity.source()).token().await.expect("a token");
    let message = &identity.prompts()[0].message;
    assert_eq!(message, "To sign in, open https://a.example/ and enter the code A.");
    assert_eq!(identity.waits(), [5], "what is usual where the service does not say");
}

#[tokio::test(start_paused = true)]
async fn the_service_is_asked_as_often_as_it_says() {
    let identity = Identity::telling([CODE, PENDING, SLOW_DOWN, PENDING, SLOW_DOWN, GRANTED]);
    TokenCache::new(identity.source()).token().await.expect("a token");
    assert_eq!(identity.waits(), [5, 5, 10, 10, 15]);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_cannot_answer_is_asked_less_often() {
    let identity = Identity::telling([CODE, Answer::Broken, Answer::Unavailable, PENDING, GRANTED]);
    TokenCache::new(identity.source()).token().await.expect("a token");
    assert_eq!(identity.waits(), [5, 10, 20, 20]);
}

#[tokio::test(start_paused = true)]
async fn an_interval_of_nothing_is_a_second() {
    let code = r#"{"device_code":"d","user_code":"A","verification_uri":"https://a.example/",
        "expires_in":60,"interval":0}"#;
    let identity = Identity::telling([Answer::Said(code), PENDING, GRANTED]);
    TokenCache::new(identity.source()).token().await.expect("a token");
    assert_eq!(identity.waits(), [1, 1]);
}

#[tokio::test(start_paused = true)]
async fn who_declines_and_who_is_late_get_no_token() {
    for code in ["access_denied", "authorization_declined", "expired_token", "invalid_grant"] {
        let body: &'static str = match code {
            "access_denied" => r#"{"error":"access_denied","error_description":"d3v1c3 is bad"}"#,
            "authorization_declined" => r#"{"error":"authorization_declined"}"#,
            "expired_token" => r#"{"error":"expired_token"}"#,
            _ => r#"{"error":"invalid_grant"}"#,
        };
        let identity = Identity::telling([CODE, PENDING, Answer::Refused(body)]);
        let error = TokenCache::new(identity.source()).token().await.expect_err("no token");
        let refused = error.downcast_ref::<IdentityError>().expect("a refusal");
        assert_eq!(refused.code(), code);
        assert!(!format!("{error} {error:?}").contains("d3v1c3"), "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_asks_when_the_code_has_ended() {
    let code = r#"{"device_code":"d","user_code":"A","verification_uri":"https://a.example/",
        "expires_in":12,"interval":5}"#;
    let identity = Identity::telling([Answer::Said(code), PENDING, PENDING]);
    assert!(refused(&identity).await.contains("while the code was good"));
    assert_eq!(identity.asked().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_cannot_be_used_is_an_error() {
    for (code, said) in [
        ("{}", "code"),
        ("<html>", "code"),
        (r#"{"device_code":"d","verification_uri":"https://a.example/","expires_in":9}"#, "code"),
        (r#"{"device_code":"d","user_code":"A","expires_in":9}"#, "address"),
        (
            r#"{"device_code":"d","user_code":"A","verification_uri":"http://a.example/","expires_in":9}"#,
            "address",
        ),
        (
            r#"{"device_code":"d","user_code":"A","verification_uri":"javascript:x","expires_in":9}"#,
            "address",
        ),
        (
            r#"{"device_code":"d","user_code":"A","verification_uri":"https://microsoft.com@a.example/","expires_in":9}"#,
            "address",
        ),
        (
            r#"{"device_code":"d","user_code":"A","verification_uri":"https://a.example/\u202ea","expires_in":9}"#,
            "address",
        ),
        (r#"{"device_code":"d","user_code":"A","verification_uri":"https://a.example/"}"#, "time"),
    ] {
        let identity = Identity::telling([Answer::Said(code)]);
        let error = refused(&identity).await;
        assert!(error.contains(said), "{code}: {error}");
        assert!(identity.prompts().is_empty(), "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_is_used_before_the_user_is_asked_again() {
    let second = r#"{"access_token":"second","expires_in":3600}"#;
    let third = r#"{"access_token":"third","expires_in":3600,"refresh_token":"r3fr3sh-2"}"#;
    let identity = Identity::telling([
        CODE,
        GRANTED,
        Answer::Said(second),
        Answer::Said(third),
        Answer::Said(second),
    ]);
    let cache = TokenCache::new(identity.source());
    for _ in 0..4 {
        cache.token().await.expect("a token");
        tokio::time::sleep(Duration::from_secs(3_600)).await;
    }
    assert_eq!(identity.prompts().len(), 1);
    let asked = identity.asked();
    assert_eq!(
        asked[2],
        "/organizations/oauth2/v2.0/token grant_type=refresh%5Ftoken&client_id=app&\
         refresh_token=r3fr3sh%2D1&\
         scope=https%3A%2F%2Fgraph%2Emicrosoft%2Ecom%2F%2Edefault%20offline%5Faccess"
    );
    // One that is not replaced stays good.
    assert!(asked[3].contains("r3fr3sh%2D1"), "{}", asked[3]);
    assert!(asked[4].contains("r3fr3sh%2D2"), "{}", asked[4]);
}

#[tokio::test(start_paused = true)]
async fn the_user_is_asked_again_where_the_refresh_token_has_ended() {
    let ended = r#"{"error":"invalid_grant","error_description":"r3fr3sh-1 has ended"}"#;
    let identity = Identity::telling([CODE, GRANTED, Answer::Refused(ended), CODE, GRANTED]);
    let cache = TokenCache::new(identity.source());
    cache.token().await.expect("a token");
    tokio::time::sleep(Duration::from_secs(3_600)).await;
    cache.token().await.expect("another token");
    assert_eq!(identity.prompts().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_failure_of_the_network_loses_no_refresh_token() {
    let identity = Identity::telling([CODE, GRANTED, Answer::Broken, Answer::Unavailable, GRANTED]);
    let cache = TokenCache::new(identity.source());
    cache.token().await.expect("a token");
    tokio::time::sleep(Duration::from_secs(3_600)).await;
    for _ in 0..2 {
        cache.token().await.expect_err("no token");
    }
    cache.token().await.expect("a token");
    assert_eq!(identity.prompts().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn nothing_secret_shows() {
    let identity = Identity::telling([CODE, GRANTED]);
    let cache = TokenCache::new(identity.source());
    cache.token().await.expect("a token");
    let source = identity.source();
    let shown = format!("{source:?} {cache:?} {:?}", identity.prompts());
    for secret in ["d3v1c3", "ABC-123", "r3fr3sh", "first"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn a_user_signs_in_over_the_network() {
    let json = "200 OK\r\nContent-Type: application/json";
    let code = r#"{"device_code":"d","user_code":"A","verification_uri":"{base}/device",
        "expires_in":60,"interval":1}"#;
    let granted = r#"{"access_token":"fresh","expires_in":3600}"#;
    let identity = Service::telling([answer(json, code), answer(json, granted)]).await;
    let authority = identity.base_url.strip_suffix("/v1.0").expect("an address");
    let source = DeviceCode::at(authority, "common", "app", "User.Read", |_| {});
    let cache = TokenCache::new(source.expect("a source"));
    let service =
        Service::answering(answer("201 Created\r\nContent-Type: application/json", "{}")).await;
    let client = client(&service.base_url).credential(cache).build().expect("a client");
    create(&client).await.expect("an answer");
    assert_eq!(header(&service.only(), "authorization"), Some("Bearer fresh"));
    let seen = identity.seen();
    assert!(seen[0].starts_with("POST /common/oauth2/v2.0/devicecode HTTP/1.1"), "{}", seen[0]);
    assert_eq!(header(&seen[1], "content-type"), Some("application/x-www-form-urlencoded"));
}
