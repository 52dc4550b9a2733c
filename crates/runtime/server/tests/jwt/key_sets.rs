//! Which keys of a set can verify tokens.

use msgraph_server::jwt::{Jwks, JwksError, JwtGuard};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::issuer::{ISSUER, Signer, delegated, policy, set, with, without};
use crate::service::{ask_directly, router};

#[tokio::test]
async fn a_key_that_cannot_verify_tokens_is_passed_over() {
    let signer = Signer::p256("k");
    let good = signer.public();
    let unusable = [
        json!({"kty": "oct", "kid": "k", "k": "c2VjcmV0"}),
        json!({"kty": "OKP", "kid": "k", "crv": "Ed25519", "x": good["x"]}),
        json!({"kty": "something new", "kid": "k"}),
        json!({"kty": "RSA", "kid": "k", "n": "AQAB"}),
        json!({"kty": "RSA", "kid": "k", "n": "?", "e": "AQAB"}),
        json!("k"),
        without(good.clone(), "kid"),
        with(&good, [("kid", json!(""))]),
        with(&good, [("use", json!("enc"))]),
        with(&good, [("key_ops", json!(["sign"]))]),
        with(&good, [("crv", json!("P-521"))]),
        with(&good, [("crv", json!("secp256k1"))]),
        with(&good, [("issuer", json!(7))]),
    ];
    for key in &unusable {
        let text = json!({ "keys": [key] }).to_string();
        assert!(matches!(Jwks::from_json(&text), Err(JwksError::NoKeys)), "{key}");
    }
    let all = set(unusable.into_iter().chain([good]));
    assert_eq!(format!("{all:?}"), r#"{"k"}"#);
    let router = router(JwtGuard::new(policy(), all));
    assert_eq!(ask_directly(&router, &signer.token(&delegated())).await.0, 200);
}

#[tokio::test]
async fn of_two_keys_of_one_name_the_one_that_fits_is_taken() {
    let (rsa, p256) = (Signer::rsa("k"), Signer::p256("k"));
    let router = router(JwtGuard::new(policy(), set([rsa.public(), p256.public()])));
    for signer in [rsa, p256] {
        assert_eq!(ask_directly(&router, &signer.token(&delegated())).await.0, 200);
    }
}

#[tokio::test]
async fn a_key_of_one_issuer_signs_for_no_other() {
    let signer = Signer::p256("k");
    let claims = with(&delegated(), [("tid", json!("tenant-1"))]);
    let template = "https://issuer.example/{tenantid}/v2.0";
    for (owner, claims, expected) in [
        (ISSUER, claims.clone(), 200),
        (template, claims.clone(), 200),
        (template, with(&claims, [("tid", json!("tenant-2"))]), 401),
        (template, with(&claims, [("tid", json!("{tenantid}"))]), 401),
        (template, without(claims.clone(), "tid"), 401),
        ("https://elsewhere.example/{tenantid}/v2.0", claims.clone(), 401),
        ("https://issuer.example/tenant-2/v2.0", claims.clone(), 401),
        ("", claims.clone(), 401),
    ] {
        let key = with(&signer.public(), [("issuer", json!(owner))]);
        let router = router(JwtGuard::new(policy(), set([key])));
        assert_eq!(ask_directly(&router, &signer.token(&claims)).await.0, expected, "{owner}");
    }
}

#[test]
fn what_is_no_set_of_keys_says_why() {
    for text in ["", "[]", "{}", r#"{"keys":{}}"#, "<html>"] {
        let error = Jwks::from_json(text).unwrap_err();
        assert!(error.to_string().starts_with("the text is no JSON Web Key Set: "), "{error}");
    }
    let error = Jwks::from_json(r#"{"keys":[]}"#).unwrap_err().to_string();
    assert!(error.starts_with("the set has no public RSA, P-256 or P-384 key"), "{error}");
}

proptest! {
    // Keys are made anew each time, so that a seed repeats nothing.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_set_of_any_text_is_read_without_a_panic(text: String, key in any::<String>()) {
        let _ = Jwks::from_json(&text);
        let key = Value::from(key);
        for member in ["kty", "kid", "n", "e", "x", "y", "crv", "use", "alg", "issuer"] {
            let changed = with(&Signer::p256("k").public(), [(member, key.clone())]);
            let _ = Jwks::from_json(&json!({ "keys": [changed] }).to_string());
        }
    }
}
