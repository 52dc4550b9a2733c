//! Why a token is not accepted, for the log.
//!
//! The caller is told [`Refusal`] and no more. The texts are fixed, so that nothing of a token gets out by them.

use jsonwebtoken::errors::{Error, ErrorKind};

use crate::guard::Refusal;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Flaw {
    #[error("it is too long")]
    Length,
    #[error("its header is not one of a signed token")]
    Header,
    #[error("it is of another type")]
    Type,
    #[error("its header has extensions that must be understood")]
    CriticalHeader,
    #[error("it names no key")]
    NoKey,
    #[error("its algorithm is not allowed")]
    Algorithm,
    #[error("the issuer has no such key")]
    UnknownKey,
    #[error("its algorithm does not fit its key")]
    KeyDoesNotFit,
    #[error("its key does not sign for its issuer")]
    KeyOfAnotherIssuer,
    #[error("its signature is not that of its key")]
    Signature,
    #[error("it or its claims cannot be read")]
    Claims,
    #[error("it is of another issuer")]
    Issuer,
    #[error("it is for another audience")]
    Audience,
    #[error("it has expired")]
    Expired,
    #[error("its time has not come")]
    NotYetValid,
    #[error("it does not tell who is calling")]
    NoCaller,
    #[error("it grants nothing, or not to whom")]
    NoPermissions,
    #[error("keys cannot be fetched")]
    KeysUnavailable,
    #[error("the clock is wrong")]
    Clock,
}

impl From<Flaw> for Refusal {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::KeysUnavailable | Flaw::Clock => Self::Unavailable,
            _ => Self::InvalidToken,
        }
    }
}

impl From<Error> for Flaw {
    /// What the library found; its own words may quote the token.
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::InvalidSignature => Self::Signature,
            ErrorKind::InvalidAudience => Self::Audience,
            ErrorKind::InvalidAlgorithm => Self::Algorithm,
            ErrorKind::InvalidToken => Self::Header,
            _ => Self::Claims,
        }
    }
}
