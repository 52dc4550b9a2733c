//! How a token may be signed (RFC 7518, 3.1).

use jsonwebtoken as jose;

use super::jwks::KeyKind;

/// How a token may be signed: with a private key, whose public half the issuer publishes.
///
/// There is none for tokens without a signature, and none for secrets that signer and verifier share (the
/// HMACs), for which a public key could be mistaken: what has no name here cannot be allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Algorithm {
    /// RSA, PKCS #1 v1.5, SHA-256: what Microsoft's identity platform signs with.
    Rs256,
    /// RSA, PKCS #1 v1.5, SHA-384.
    Rs384,
    /// RSA, PKCS #1 v1.5, SHA-512.
    Rs512,
    /// RSA, PSS, SHA-256.
    Ps256,
    /// RSA, PSS, SHA-384.
    Ps384,
    /// RSA, PSS, SHA-512.
    Ps512,
    /// ECDSA, P-256, SHA-256.
    Es256,
    /// ECDSA, P-384, SHA-384.
    Es384,
}

impl Algorithm {
    const ALL: [Self; 8] = [
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
    ];

    /// The one that a header names, if it may be allowed at all.
    pub(super) fn of(named: jose::Algorithm) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.named() == named)
    }

    /// As the library has it.
    pub(super) fn named(self) -> jose::Algorithm {
        match self {
            Self::Rs256 => jose::Algorithm::RS256,
            Self::Rs384 => jose::Algorithm::RS384,
            Self::Rs512 => jose::Algorithm::RS512,
            Self::Ps256 => jose::Algorithm::PS256,
            Self::Ps384 => jose::Algorithm::PS384,
            Self::Ps512 => jose::Algorithm::PS512,
            Self::Es256 => jose::Algorithm::ES256,
            Self::Es384 => jose::Algorithm::ES384,
        }
    }

    /// The kind of key that it needs.
    pub(super) fn key_kind(self) -> KeyKind {
        match self {
            Self::Rs256 | Self::Rs384 | Self::Rs512 | Self::Ps256 | Self::Ps384 | Self::Ps512 => {
                KeyKind::Rsa
            }
            Self::Es256 => KeyKind::P256,
            Self::Es384 => KeyKind::P384,
        }
    }
}
