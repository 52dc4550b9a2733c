//! An issuer of tokens, with keys made for the test.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm as Named, EncodingKey};
use msgraph_server::jwt::{Algorithm, Jwks, TokenPolicy};
use serde_json::{Value, json};

pub(crate) const ISSUER: &str = "https://issuer.example/tenant-1/v2.0";
pub(crate) const AUDIENCE: &str = "api://graph.example";
/// When all of this takes place, in seconds after 1970.
pub(crate) const NOW: u64 = 1_800_000_000;

/// Accepts what the issuer signs, by an RSA key or one of two curves, now.
pub(crate) fn policy() -> TokenPolicy {
    TokenPolicy::new(ISSUER, AUDIENCE)
        .algorithms([Algorithm::Rs256, Algorithm::Es256, Algorithm::Es384])
        .clock(now)
}

pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOW)
}

/// The claims of an application that acts for a user.
pub(crate) fn delegated() -> Value {
    json!({
        "iss": ISSUER,
        "aud": AUDIENCE,
        "exp": NOW + 3600,
        "nbf": NOW - 60,
        "tid": "tenant-1",
        "oid": "ann",
        "sub": "pairwise-ann",
        "azp": "app",
        "scp": "openid Group.Read.All",
    })
}

/// The claims of an application that acts by itself.
pub(crate) fn application() -> Value {
    with(
        &without(delegated(), "scp"),
        [
            ("idtyp", json!("app")),
            ("roles", json!(["Group.Read.All"])),
            ("oid", json!("service-principal")),
            ("sub", json!("service-principal")),
        ],
    )
}

pub(crate) fn with<const N: usize>(value: &Value, members: [(&str, Value); N]) -> Value {
    let mut value = value.clone();
    for (name, member) in members {
        value[name] = member;
    }
    value
}

pub(crate) fn without(mut value: Value, member: &str) -> Value {
    value.as_object_mut().unwrap().remove(member);
    value
}

/// A pair of keys.
pub(crate) struct Signer {
    pub(crate) id: &'static str,
    algorithm: Named,
    private: EncodingKey,
}

impl Signer {
    pub(crate) fn p256(id: &'static str) -> Self {
        Self::elliptic(id, Named::ES256, &ECDSA_P256_SHA256_FIXED_SIGNING)
    }

    pub(crate) fn p384(id: &'static str) -> Self {
        Self::elliptic(id, Named::ES384, &ECDSA_P384_SHA384_FIXED_SIGNING)
    }

    fn elliptic(id: &'static str, algorithm: Named, curve: &'static EcdsaSigningAlgorithm) -> Self {
        let der = EcdsaKeyPair::generate_pkcs8(curve, &SystemRandom::new()).unwrap();
        Self { id, algorithm, private: EncodingKey::from_ec_der(der.as_ref()) }
    }

    /// An RSA key, the same for all, since making one takes long.
    pub(crate) fn rsa(id: &'static str) -> Self {
        static DER: OnceLock<Vec<u8>> = OnceLock::new();
        let der = DER.get_or_init(|| {
            let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
            let pkcs8: Pkcs8V1Der<'_> = pair.as_der().unwrap();
            // What PKCS #8 puts around a key of this size.
            pkcs8.as_ref()[26..].to_vec()
        });
        Self { id, algorithm: Named::RS256, private: EncodingKey::from_rsa_der(der) }
    }

    /// The same key, used otherwise.
    pub(crate) fn by(self, algorithm: Named) -> Self {
        Self { algorithm, ..self }
    }

    /// The public key, as the issuer publishes it.
    pub(crate) fn public(&self) -> Value {
        let mut key =
            serde_json::to_value(Jwk::from_encoding_key(&self.private, self.algorithm).unwrap())
                .unwrap();
        key.as_object_mut().unwrap().remove("alg");
        with(&key, [("kid", json!(self.id)), ("use", json!("sig"))])
    }

    pub(crate) fn header(&self) -> Value {
        json!({"typ": "JWT", "alg": format!("{:?}", self.algorithm), "kid": self.id})
    }

    /// A token with these claims.
    pub(crate) fn token(&self, claims: &Value) -> String {
        self.sign(&self.header().to_string(), &claims.to_string())
    }

    /// A token of these texts, whatever they are.
    pub(crate) fn sign(&self, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", encoded(header), encoded(claims));
        let signature =
            jsonwebtoken::crypto::sign(message.as_bytes(), &self.private, self.algorithm).unwrap();
        format!("{message}.{signature}")
    }
}

/// A token signed with `secret`, as if it were shared.
pub(crate) fn signed_with_secret(header: &Value, claims: &Value, secret: &str) -> String {
    let message = format!("{}.{}", encoded(&header.to_string()), encoded(&claims.to_string()));
    let key = EncodingKey::from_secret(secret.as_bytes()).unwrap();
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Named::HS256).unwrap();
    format!("{message}.{signature}")
}

pub(crate) fn encoded(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// The set of these keys.
pub(crate) fn set(keys: impl IntoIterator<Item = Value>) -> Jwks {
    let keys: Vec<Value> = keys.into_iter().collect();
    Jwks::from_json(&json!({ "keys": keys }).to_string()).unwrap()
}
