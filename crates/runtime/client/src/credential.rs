//! Who sends a request.
//!
//! A [`Credential`] gives a [`Token`] for each request; how it gets and keeps one is its own affair.
//! A token is checked when made, so that it can be nothing but one header value, and never shows in
//! `Debug`, `Display` or a log.

use std::error::Error as StdError;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use crate::transport::BoxFuture;

/// Why a credential has no token: any error, of which all that waited for the same token get a copy.
///
/// It dereferences to the error that it was made of, as in `error.downcast_ref::<IdentityError>()`.
#[derive(Clone)]
pub struct CredentialError(Arc<dyn StdError + Send + Sync>);

impl<E: Into<Box<dyn StdError + Send + Sync>>> From<E> for CredentialError {
    fn from(error: E) -> Self {
        Self(error.into().into())
    }
}

impl Deref for CredentialError {
    type Target = dyn StdError + Send + Sync;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Gives the bearer token of each request.
pub trait Credential: Send + Sync + 'static {
    /// A token that is valid now.
    fn token(&self) -> BoxFuture<'_, Result<Token, CredentialError>>;
}

/// A bearer token: visible ASCII, never shown.
#[derive(Clone)]
pub struct Token {
    header: HeaderValue,
}

/// A text that cannot be a bearer token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a bearer token is one or more visible ASCII characters, without spaces or line breaks")]
pub struct InvalidToken;

const SCHEME: &str = "Bearer ";

impl Token {
    /// The token with this text.
    pub fn new(text: impl AsRef<str>) -> Result<Self, InvalidToken> {
        let text = text.as_ref();
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidToken);
        }
        let mut header =
            HeaderValue::try_from(format!("{SCHEME}{text}")).map_err(|_| InvalidToken)?;
        header.set_sensitive(true);
        Ok(Self { header })
    }

    /// The value of the `Authorization` header, marked as sensitive.
    pub(crate) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    /// Takes the token out of a text that came back from the service: an answer that echoes the
    /// request's headers must not bring it into an error or a log.
    pub(crate) fn redact(&self, text: &str) -> String {
        let token = self.header.to_str().ok().and_then(|value| value.strip_prefix(SCHEME));
        match token {
            Some(token) => text.replace(token, "[token]"),
            None => text.to_owned(),
        }
    }

    /// What is left of bytes that came back with the token in them; none of others, be they text or not.
    fn redacted(&self, bytes: &[u8]) -> Option<String> {
        let text = String::from_utf8_lossy(bytes);
        Some(self.redact(&text)).filter(|redacted| *redacted != text)
    }

    /// Takes the token out of headers that came back.
    pub(crate) fn redact_headers(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            let redacted = self.redacted(value.as_bytes());
            if let Some(redacted) = redacted.and_then(|text| HeaderValue::try_from(text).ok()) {
                *value = redacted;
            }
        }
    }

    /// Takes the token out of the headers and the body of an answer.
    pub(crate) fn redact_answer(&self, answer: &mut http::Response<Bytes>) {
        self.redact_headers(answer.headers_mut());
        if let Some(redacted) = self.redacted(answer.body()) {
            *answer.body_mut() = redacted.into();
        }
    }
}

/// Headers that came back, without the token that was sent.
pub(crate) fn without_token(headers: &HeaderMap, token: Option<&Token>) -> HeaderMap {
    let mut headers = headers.clone();
    if let Some(token) = token {
        token.redact_headers(&mut headers);
    }
    headers
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token([hidden])")
    }
}

/// A token that was got elsewhere and does not change.
///
/// A text that cannot be a token is reported with the first request.
#[derive(Debug, Clone)]
pub struct StaticToken {
    token: Result<Token, InvalidToken>,
}

impl StaticToken {
    /// The credential that always gives this token.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self { token: Token::new(text) }
    }
}

impl From<Token> for StaticToken {
    fn from(token: Token) -> Self {
        Self { token: Ok(token) }
    }
}

impl Credential for StaticToken {
    fn token(&self) -> BoxFuture<'_, Result<Token, CredentialError>> {
        let token = self.token.clone().map_err(CredentialError::from);
        Box::pin(std::future::ready(token))
    }
}
