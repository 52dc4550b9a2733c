//! What is known of a request on its way through the layers: an extension of each message.
//!
//! Holds: a message without its [`Call`] gets no token. A layer that makes a message of its own has to take the extensions
//! along, and one that forgets it loses the token instead of sending it somewhere.

use std::fmt;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use http::Method;
use msgraph_core::Operation;
use tokio::time::Instant;

use crate::credential::Token;
use crate::redirect::TokenUse;

/// What a request is of, for layers: they find it in its extensions.
#[derive(Clone)]
pub struct Call {
    operation: &'static str,
    template: &'static str,
    pub(crate) token: TokenUse,
    /// Whether the body of its answer is read as it comes.
    pub(crate) is_streamed: bool,
    pub(crate) deadline: Option<Instant>,
    pub(crate) progress: Arc<Progress>,
}

/// What names a request in errors: `POST /groups/{group-id}`.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    method: Method,
    /// Empty where there is nothing to be said of it.
    path: &'static str,
}

/// What has become of a request so far, over all its attempts and redirects.
#[derive(Default)]
pub(crate) struct Progress {
    token: Mutex<Option<Token>>,
    attempts: AtomicU32,
    sent: AtomicU64,
    received: AtomicU64,
}

impl Call {
    pub(crate) fn new(
        operation: &'static str,
        template: &'static str,
        deadline: Option<Instant>,
    ) -> Self {
        let progress = Arc::default();
        let (token, is_streamed) = (TokenUse::AtOrigin, false);
        Self { operation, template, token, is_streamed, deadline, progress }
    }

    /// This call, the body of whose answer is read as it comes.
    pub(crate) fn streamed(self) -> Self {
        Self { is_streamed: true, ..self }
    }

    /// The name of the operation; empty where the request is of none.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The path of the operation with the names of its parameters, such as `/groups/{group-id}`; empty where the request
    /// is of none.
    pub fn template(&self) -> &'static str {
        self.template
    }

    /// How many messages have been sent for the request so far: attempts, and those behind redirects.
    pub fn attempts(&self) -> u32 {
        self.progress.attempts.load(Ordering::Relaxed)
    }

    /// What names it in errors.
    pub(crate) fn label(&self, method: &Method) -> Label {
        Label::new(method.clone(), self.template)
    }
}

impl Label {
    pub(crate) fn new(method: Method, path: &'static str) -> Self {
        Self { method, path }
    }

    /// That of a request of the operation `O`, which has this method.
    pub(crate) fn of<O: Operation>(method: &Method) -> Self {
        Self::new(method.clone(), O::PATH)
    }

    pub(crate) fn method(&self) -> &Method {
        &self.method
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.path.is_empty() { "" } else { " " };
        write!(f, "{}{space}{}", self.method, self.path)
    }
}

impl Progress {
    /// Keeps the token that the last message was sent with, to be taken out of what is shown.
    pub(crate) fn keep(&self, token: Token) {
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
    }

    pub(crate) fn token(&self) -> Option<Token> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Counts a message of this length, and tells how many there were before.
    pub(crate) fn send(&self, length: usize) -> u32 {
        self.sent.fetch_add(length as u64, Ordering::Relaxed);
        self.attempts.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) fn receive(&self, length: usize) {
        self.received.fetch_add(length as u64, Ordering::Relaxed);
    }

    pub(crate) fn bytes(&self) -> (u64, u64) {
        (self.sent.load(Ordering::Relaxed), self.received.load(Ordering::Relaxed))
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation)
            .field("template", &self.template)
            .finish_non_exhaustive()
    }
}
