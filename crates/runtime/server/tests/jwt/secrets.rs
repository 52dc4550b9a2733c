//! Nothing of a token shows.

use msgraph_server::jwt::{JwtGuard, KeySourceError};
use serde_json::json;

use crate::issuer::{Signer, delegated, policy, set, with, without};
use crate::log::Log;
use crate::service::{ask, router};
use crate::support::serve;

#[tokio::test]
async fn nothing_of_a_token_is_logged_or_answered() {
    const MARK: &str = "hunter2";
    let (log, _logging) = Log::start();
    let (signer, stranger) = (Signer::p256("k"), Signer::p256("k"));
    let address = serve(router(JwtGuard::new(policy(), set([signer.public()])))).await;
    let marked = with(&delegated(), [("name", json!(MARK))]);
    let header = with(&signer.header(), [("kid", json!(MARK))]).to_string();
    for (status, token) in [
        (200, signer.token(&marked)),
        (403, signer.token(&with(&marked, [("scp", json!(MARK))]))),
        (401, stranger.token(&marked)),
        (401, signer.token(&with(&marked, [("exp", json!(MARK))]))),
        (401, signer.token(&with(&marked, [("iss", json!(MARK))]))),
        (401, signer.token(&with(&marked, [("scp", json!([MARK]))]))),
        (401, signer.token(&without(marked.clone(), "scp"))),
        (401, signer.sign(&header, &marked.to_string())),
        (401, signer.sign(MARK, &marked.to_string())),
        (401, signer.sign(&signer.header().to_string(), MARK)),
        (401, format!("{MARK}.{MARK}.{MARK}")),
    ] {
        let answer = ask(&address, &token).await;
        assert_eq!(answer.status, status);
        let told = format!("{} {} {}", log.take(), answer.head, answer.body);
        assert!(told.contains("GET"), "{told}");
        for part in token.split('.').chain([MARK]) {
            assert!(!told.contains(part), "{part} in {told}");
        }
    }
}

#[tokio::test]
async fn a_guard_shows_its_policy_alone() {
    let guard = JwtGuard::new(policy(), set([Signer::p256("k").public()]));
    assert_eq!(
        format!("{guard:?}"),
        "JwtGuard { policy: TokenPolicy { issuers: [\"https://issuer.example/tenant-1/v2.0\"], audiences: \
         [\"api://graph.example\"], algorithms: {Rs256, Es256, Es384}, leeway: 60s, .. }, .. }"
    );
}

#[tokio::test]
async fn why_keys_cannot_be_fetched_is_logged_on_one_line() {
    let (log, _logging) = Log::start();
    let down = || async { Err(KeySourceError::from("the host is\nnot found")) };
    let address = serve(router(JwtGuard::new(policy(), down))).await;
    let answer = ask(&address, &Signer::p256("k").token(&delegated())).await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.error().1, "Access tokens cannot be checked at the moment.");
    let log = log.take();
    assert!(log.contains(r#"error="the host is\nnot found""#), "{log}");
    assert!(!answer.body.contains("host"), "{}", answer.body);
}
