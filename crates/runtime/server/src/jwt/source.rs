//! Where the public keys of an issuer are had from.

use std::error::Error;
use std::future::{self, Future};

use super::jwks::Jwks;

/// Why keys could not be fetched. It is logged, and goes no further.
pub type KeySourceError = Box<dyn Error + Send + Sync>;

/// Gives the public keys of an issuer.
///
/// Any async function that takes nothing and gives a [`Jwks`] is one, and so is a `Jwks`, which gives itself.
pub trait KeySource: Send + Sync + 'static {
    /// All keys that are good now.
    ///
    /// It is called seldom, and never twice at once. Over a network it must be secure: who answers decides who is
    /// let in.
    fn fetch(&self) -> impl Future<Output = Result<Jwks, KeySourceError>> + Send;
}

impl<F, R> KeySource for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Jwks, KeySourceError>> + Send,
{
    fn fetch(&self) -> impl Future<Output = Result<Jwks, KeySourceError>> + Send {
        self()
    }
}

impl KeySource for Jwks {
    fn fetch(&self) -> impl Future<Output = Result<Jwks, KeySourceError>> + Send {
        future::ready(Ok(self.clone()))
    }
}
