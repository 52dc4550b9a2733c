//! The public keys of an issuer: a JSON Web Key Set (RFC 7517).
//!
//! In comes its text; out go the keys that can verify a token. Others are passed over, as the RFC has it
//! (section 5): they are of another use or kind, have no name, or cannot be read.

use std::fmt;

use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{
    AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::algorithm::Algorithm;
use super::flaw::Flaw;
use super::issuer::{ANY_TENANT, Issuer, is_of_tenant};

/// The public keys of an issuer. There is at least one.
#[derive(Clone)]
pub struct Jwks {
    keys: Vec<Key>,
}

/// Why a text is no set of keys.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JwksError {
    /// It is not JSON, or not of this form.
    #[error("the text is no JSON Web Key Set: {0}")]
    Malformed(#[source] serde_json::Error),
    /// No key in it is one that a token could be verified by.
    #[error("the set has no public RSA, P-256 or P-384 key with a key id (`kid`) for signatures")]
    NoKeys,
}

/// What a key is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyKind {
    Rsa,
    P256,
    P384,
}

#[derive(Clone)]
pub(super) struct Key {
    id: String,
    kind: KeyKind,
    /// The only algorithm that it is for, where it says so.
    algorithm: Option<KeyAlgorithm>,
    /// The only issuer that it signs for, where it says so.
    issuer: Option<String>,
    verifier: DecodingKey,
}

impl Jwks {
    /// The keys of a set, as `jwks_uri` of an issuer answers.
    ///
    /// # Errors
    /// The text is no set, or has no key that a token could be verified by.
    pub fn from_json(text: &str) -> Result<Self, JwksError> {
        let document: Document<'_> = serde_json::from_str(text).map_err(JwksError::Malformed)?;
        let keys: Vec<Key> = document.keys.into_iter().filter_map(Key::of).collect();
        if keys.is_empty() { Err(JwksError::NoKeys) } else { Ok(Self { keys }) }
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.keys.iter().any(|key| key.id == id)
    }

    /// The key of this name that `algorithm` is used with.
    pub(super) fn find(&self, id: &str, algorithm: Algorithm) -> Result<&Key, Flaw> {
        let mut named = self.keys.iter().filter(|key| key.id == id).peekable();
        if named.peek().is_none() {
            return Err(Flaw::UnknownKey);
        }
        named.find(|key| key.fits(algorithm)).ok_or(Flaw::KeyDoesNotFit)
    }
}

impl fmt::Debug for Jwks {
    /// The names of the keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.keys.iter().map(|key| &key.id)).finish()
    }
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    keys: Vec<&'a RawValue>,
}

/// A key, and what Microsoft adds to it.
#[derive(Deserialize)]
struct Entry {
    issuer: Option<String>,
    #[serde(flatten)]
    key: Jwk,
}

impl Key {
    fn of(text: &RawValue) -> Option<Self> {
        let Entry { issuer, key } = serde_json::from_str(text.get()).ok()?;
        let kind = match &key.algorithm {
            AlgorithmParameters::RSA(_) => KeyKind::Rsa,
            AlgorithmParameters::EllipticCurve(curve) => match curve.curve {
                EllipticCurve::P256 => KeyKind::P256,
                EllipticCurve::P384 => KeyKind::P384,
                _ => return None,
            },
            _ => return None,
        };
        let verifier = DecodingKey::from_jwk(&key).ok()?;
        let common = key.common;
        let is_for_signatures =
            common.public_key_use.is_none_or(|used| used == PublicKeyUse::Signature)
                && common.key_operations.is_none_or(|may| may.contains(&KeyOperations::Verify));
        let id = common.key_id.filter(|id| !id.is_empty() && is_for_signatures)?;
        Some(Self { id, kind, algorithm: common.key_algorithm, issuer, verifier })
    }

    pub(super) fn verifier(&self) -> &DecodingKey {
        &self.verifier
    }

    /// Whether the key is of the kind that `algorithm` needs, and is not for another one.
    fn fits(&self, algorithm: Algorithm) -> bool {
        self.kind == algorithm.key_kind()
            && self.algorithm.is_none_or(|only| only == KeyAlgorithm::from(algorithm.named()))
    }

    /// Whether the key may sign for `issuer`, with a token of `tenant` ("Validate the issuer", Microsoft): the keys
    /// of personal accounts lie beside those of organisations, and sign for nobody else. `accepted` is the one of the
    /// policy that the issuer is.
    pub(super) fn signs_for(&self, accepted: &Issuer, issuer: &str, tenant: Option<&str>) -> bool {
        let Some(own) = &self.issuer else { return accepted.trusts_keys_without_issuer() };
        match own.split_once(ANY_TENANT) {
            None => own == issuer,
            Some((before, after)) => {
                tenant.is_some_and(|tenant| is_of_tenant(issuer, before, tenant, after))
            }
        }
    }
}
