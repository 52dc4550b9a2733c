//! Which tokens are accepted, and why the others are not.

use std::time::Duration;

use jsonwebtoken::Algorithm as Named;
use msgraph_server::jwt::{Algorithm, Jwks, JwtGuard, TokenPolicy};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::issuer::{
    AUDIENCE, ISSUER, NOW, Signer, delegated, encoded, now, policy, set, signed_with_secret, with,
    without,
};
use crate::log::{Log, reason};
use crate::service::{ask, ask_directly, router};
use crate::support::serve;

/// The keys of the issuer, and one that it does not have.
struct Keys {
    rsa: Signer,
    p256: Signer,
    p384: Signer,
    stranger: Signer,
}

impl Keys {
    fn new() -> Self {
        Self {
            rsa: Signer::rsa("rsa"),
            p256: Signer::p256("p256"),
            p384: Signer::p384("p384"),
            stranger: Signer::p256("p256"),
        }
    }

    fn set(&self) -> Jwks {
        let for_pss = with(&self.rsa.public(), [("kid", json!("pss")), ("alg", json!("PS256"))]);
        let of_others = with(
            &self.p256.public(),
            [("kid", json!("other")), ("issuer", json!("https://issuer.example/tenant-2/v2.0"))],
        );
        set([self.rsa.public(), self.p256.public(), self.p384.public(), for_pss, of_others])
    }

    /// A good token, with its header changed so.
    fn headed<const N: usize>(&self, members: [(&str, Value); N]) -> String {
        let header = with(&self.p256.header(), members);
        self.p256.sign(&header.to_string(), &delegated().to_string())
    }

    /// A good token, with its claims changed so.
    fn claiming<const N: usize>(&self, members: [(&str, Value); N]) -> String {
        self.p256.token(&with(&delegated(), members))
    }
}

#[tokio::test]
async fn a_good_token_is_accepted() {
    let keys = Keys::new();
    let policy = policy().or_issuer("https://second.example").or_audience("second");
    let address = serve(router(JwtGuard::new(policy, keys.set()))).await;
    let untyped = without(keys.p256.header(), "typ").to_string();
    for (case, token) in [
        ("RS256", keys.rsa.token(&delegated())),
        ("ES256", keys.p256.token(&delegated())),
        ("ES384", keys.p384.token(&delegated())),
        ("no type", keys.p256.sign(&untyped, &delegated().to_string())),
        ("an access token", keys.headed([("typ", json!("at+JWT"))])),
        ("an access token, its type in full", keys.headed([("typ", json!("application/at+jwt"))])),
        ("parameters that are not known", keys.headed([("nonce", json!("n")), ("x", json!(1))])),
        ("claims that are not known", keys.claiming([("ver", json!("2.0")), ("wids", json!([]))])),
        ("several audiences", keys.claiming([("aud", json!(["x", AUDIENCE]))])),
        ("another audience that is ours", keys.claiming([("aud", json!("second"))])),
        ("another issuer of ours", keys.claiming([("iss", json!("https://second.example"))])),
        ("no beginning", keys.p256.token(&without(delegated(), "nbf"))),
        ("a minute after its end", keys.claiming([("exp", json!(NOW - 59))])),
        ("a minute before its beginning", keys.claiming([("nbf", json!(NOW + 60))])),
        ("many groups", keys.claiming([("groups", json!("x".repeat(11 * 1024)))])),
        ("a fraction of a second", keys.claiming([("exp", json!(NOW as f64 - 59.5))])),
    ] {
        let answer = ask(&address, &token).await;
        assert_eq!(answer.status, 200, "{case}: {}", answer.body);
    }
}

#[tokio::test]
async fn any_other_token_is_refused_for_what_is_wrong_with_it() {
    let keys = Keys::new();
    let (log, _logging) = Log::start();
    let address = serve(router(JwtGuard::new(policy(), keys.set()))).await;

    let good = keys.p256.token(&delegated());
    let [head, claims, signature]: [&str; 3] =
        good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let hmac = with(&keys.rsa.header(), [("alg", json!("HS256"))]);
    let public = keys.rsa.public()["n"].as_str().unwrap().to_owned();
    let none = encoded(&with(&keys.p256.header(), [("alg", json!("none"))]).to_string());
    let twice = |member: &str| {
        let text = delegated().to_string();
        keys.p256.sign(&keys.p256.header().to_string(), &format!("{{{member},{}", &text[1..]))
    };
    let (header, text) = (keys.p256.header().to_string(), delegated().to_string());
    let two_keys = format!("{{\"kid\":\"rsa\",{}", &header[1..]);

    let unreadable = "it or its claims cannot be read";
    let no_header = "its header is not one of a signed token";
    let not_allowed = "its algorithm is not allowed";
    let no_fit = "its algorithm does not fit its key";
    let forged = "its signature is not that of its key";
    let table: Vec<(&str, String, &str)> = vec![
        ("expired", keys.claiming([("exp", json!(NOW - 60))]), "it has expired"),
        ("long expired", keys.claiming([("exp", json!(0))]), "it has expired"),
        ("not yet valid", keys.claiming([("nbf", json!(NOW + 61))]), "its time has not come"),
        ("no end", keys.p256.token(&without(delegated(), "exp")), unreadable),
        ("an end that is no time", keys.claiming([("exp", json!("tomorrow"))]), unreadable),
        ("an end before time", keys.claiming([("exp", json!(-1))]), unreadable),
        ("wrong issuer", keys.claiming([("iss", json!("x"))]), "it is of another issuer"),
        (
            "longer issuer",
            keys.claiming([("iss", json!(format!("{ISSUER}/")))]),
            "it is of another issuer",
        ),
        ("no issuer", keys.p256.token(&without(delegated(), "iss")), unreadable),
        ("several issuers", keys.claiming([("iss", json!([ISSUER]))]), unreadable),
        ("wrong audience", keys.claiming([("aud", json!("x"))]), "it is for another audience"),
        ("wrong audiences", keys.claiming([("aud", json!(["x"]))]), "it is for another audience"),
        ("no audience", keys.p256.token(&without(delegated(), "aud")), unreadable),
        ("other key", keys.stranger.token(&delegated()), forged),
        (
            "a key of its own",
            {
                let header =
                    with(&keys.stranger.header(), [("jwk", keys.stranger.public())]).to_string();
                keys.stranger.sign(&header, &text)
            },
            forged,
        ),
        ("unknown key", keys.headed([("kid", json!("x"))]), "the issuer has no such key"),
        (
            "no key",
            keys.p256.sign(&without(keys.p256.header(), "kid").to_string(), &text),
            "it names no key",
        ),
        ("empty key", keys.headed([("kid", json!(""))]), "it names no key"),
        (
            "a key of another issuer",
            keys.headed([("kid", json!("other"))]),
            "its key does not sign for its issuer",
        ),
        ("no signature", format!("{none}.{claims}."), no_header),
        ("shared secret", signed_with_secret(&hmac, &delegated(), &public), not_allowed),
        ("RS512", Signer::rsa("rsa").by(Named::RS512).token(&delegated()), not_allowed),
        ("EdDSA", keys.headed([("alg", json!("EdDSA"))]), not_allowed),
        ("ES256 by an RSA key", keys.headed([("kid", json!("rsa"))]), no_fit),
        ("ES256 by another curve", keys.headed([("kid", json!("p384"))]), no_fit),
        ("RS256 by a curve", Signer::rsa("p256").token(&delegated()), no_fit),
        ("RS256 by a key for PS256", Signer::rsa("pss").token(&delegated()), no_fit),
        (
            "another algorithm than it was signed by",
            keys.headed([("alg", json!("ES384")), ("kid", json!("p384"))]),
            forged,
        ),
        ("two parts", format!("{head}.{claims}"), no_header),
        ("five parts", format!("{good}.a.b"), no_header),
        ("no signature after the dot", format!("{head}.{claims}."), forged),
        ("a shorter signature", good[..good.len() - 6].to_owned(), forged),
        (
            "a signature that is no base64url",
            format!("{head}.{claims}.{}+=", &signature[2..]),
            unreadable,
        ),
        (
            "other claims",
            format!(
                "{head}.{}.{signature}",
                encoded(&with(&delegated(), [("oid", json!("eve"))]).to_string())
            ),
            forged,
        ),
        ("not JSON", "a.b.c".to_owned(), no_header),
        ("a header that is not JSON", keys.p256.sign("header", &text), no_header),
        ("claims that are not JSON", keys.p256.sign(&header, "claims"), unreadable),
        ("claims that are no object", keys.p256.sign(&header, "[]"), unreadable),
        ("two ends", twice("\"exp\":1"), unreadable),
        ("two grants", twice("\"scp\":\"User.Read\""), unreadable),
        ("two keys", keys.p256.sign(&two_keys, &text), no_header),
        (
            "an extension",
            keys.headed([("crit", json!(["exp"])), ("exp", json!(1))]),
            "its header has extensions that must be understood",
        ),
        (
            "an extension that changes nothing",
            keys.headed([("crit", json!(["b64"])), ("b64", json!(true))]),
            "its header has extensions that must be understood",
        ),
        ("claims that are not encoded", keys.headed([("b64", json!(false))]), no_header),
        (
            "a token to log out with",
            keys.headed([("typ", json!("logout+jwt"))]),
            "it is of another type",
        ),
        ("huge", keys.claiming([("groups", json!("x".repeat(12 * 1024)))]), "it is too long"),
    ];
    for (case, token, why) in table {
        log.take();
        let answer = ask(&address, &token).await;
        assert_eq!((answer.status, reason(&log.take())), (401, why), "{case}");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer error=\"invalid_token\""));
        assert_eq!(answer.error().1, "The access token is not valid.", "{case}");
    }
    assert_eq!(ask(&address, &good).await.status, 200);
}

#[tokio::test]
async fn only_rs256_is_allowed_unless_others_are() {
    let keys = Keys::new();
    let by = |algorithm| Signer::rsa("rsa").by(algorithm).token(&delegated());
    let plain = TokenPolicy::new(ISSUER, AUDIENCE).clock(now);
    let all = [
        (Named::RS256, Algorithm::Rs256),
        (Named::RS384, Algorithm::Rs384),
        (Named::RS512, Algorithm::Rs512),
        (Named::PS256, Algorithm::Ps256),
        (Named::PS384, Algorithm::Ps384),
        (Named::PS512, Algorithm::Ps512),
    ];
    let by_default = router(JwtGuard::new(plain.clone(), keys.set()));
    for (named, algorithm) in all {
        let expected = if algorithm == Algorithm::Rs256 { 200 } else { 401 };
        assert_eq!(ask_directly(&by_default, &by(named)).await.0, expected, "{named:?}");
        let alone = router(JwtGuard::new(plain.clone().algorithms([algorithm]), keys.set()));
        for (other, _) in all {
            let expected = if other == named { 200 } else { 401 };
            assert_eq!(ask_directly(&alone, &by(other)).await.0, expected, "{other:?}");
        }
    }
}

#[tokio::test]
async fn clocks_may_differ_by_five_minutes_at_most() {
    let keys = Keys::new();
    let hour = Duration::from_secs(3600);
    let widest = router(JwtGuard::new(policy().leeway(hour), keys.set()));
    let exact = router(JwtGuard::new(policy().leeway(Duration::ZERO), keys.set()));
    let ended = |seconds: u64| keys.claiming([("exp", json!(NOW - seconds))]);
    assert_eq!(ask_directly(&widest, &ended(299)).await.0, 200);
    assert_eq!(ask_directly(&widest, &ended(300)).await.0, 401);
    assert_eq!(ask_directly(&exact, &ended(0)).await.0, 401);
    assert_eq!(ask_directly(&exact, &keys.claiming([("exp", json!(NOW + 1))])).await.0, 200);
}

#[tokio::test]
async fn a_clock_that_cannot_be_right_is_no_reason_to_refuse_a_token() {
    let keys = Keys::new();
    let long_ago = policy().clock(|| std::time::UNIX_EPOCH - Duration::from_secs(1));
    let router = router(JwtGuard::new(long_ago, keys.set()));
    assert_eq!(ask_directly(&router, &keys.p256.token(&delegated())).await.0, 503);
}

proptest! {
    // Keys are made anew each time, so that a seed repeats nothing.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_token_with_one_character_changed_is_refused(place: prop::sample::Index, put in "[!-~]") {
        let keys = Keys::new();
        let token = keys.p256.token(&delegated());
        let at = place.index(token.len());
        prop_assume!(token[at..=at] != put);
        let changed = format!("{}{put}{}", &token[..at], &token[at + 1..]);
        prop_assert_eq!(status(&keys, &changed), 401);
    }

    #[test]
    fn a_token_of_any_parts_is_refused(head: String, claims: String, signature in "[A-Za-z0-9_-]*") {
        let token = format!("{}.{}.{signature}", encoded(&head), encoded(&claims));
        prop_assert_eq!(status(&Keys::new(), &token), 401);
    }

    #[test]
    fn signed_claims_of_any_text_are_refused(claims: String) {
        let keys = Keys::new();
        let token = keys.p256.sign(&keys.p256.header().to_string(), &claims);
        prop_assert_eq!(status(&keys, &token), 401);
    }
}

fn status(keys: &Keys, token: &str) -> u16 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let router = router(JwtGuard::new(policy(), keys.set()));
    runtime.block_on(ask_directly(&router, token)).0
}
