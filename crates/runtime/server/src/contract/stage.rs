//! Where an example is played: who calls, what is to be answered, and what the handler saw.
//!
//! In come the permissions of an operation and the documented answer; out goes what a handler was called
//! with. Holds: one example is on stage at a time, and clones share it.

use std::future::{Ready, ready};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::{HeaderName, HeaderValue, StatusCode};
use msgraph_core::{Grant, Operation, Payload, Permissions, ReadMode, Reply, ServiceError};

use crate::call::Context;
use crate::guard::{Guard, OperationFacts, Refusal};
use crate::principal::{Principal, PrincipalKind};

/// The token of contract tests.
pub const TOKEN: &str = "contract";

/// Who calls, what is to be answered, and what the handler saw.
#[derive(Debug, Clone)]
pub struct Stage {
    play: Arc<Mutex<Play>>,
}

#[derive(Debug)]
struct Play {
    principal: Principal,
    answer: Answer,
    seen: Vec<Seen>,
}

/// What a handler is to answer.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// This body, read in this mode, with these headers.
    Body(Vec<u8>, ReadMode, Vec<(String, String)>),
    /// An error with this status.
    Error(StatusCode),
}

/// What a handler was called with.
#[derive(Debug)]
pub(crate) struct Seen {
    /// Method and canonical path of the operation.
    pub(crate) operation: String,
    /// The keys of the path; none for those that the path lacks.
    pub(crate) keys: Vec<Option<String>>,
    /// The body, written again.
    pub(crate) body: Vec<u8>,
    /// The query options, decoded.
    pub(crate) query: Vec<(String, String)>,
}

/// A stage whose caller has the least permissions that `O` documents: accepts [`TOKEN`], and no other token.
pub fn guard<O: Operation>() -> Stage {
    let stage = Stage::default();
    stage.prepare(&O::PERMISSIONS, Answer::Error(StatusCode::NOT_IMPLEMENTED));
    stage
}

impl Default for Stage {
    fn default() -> Self {
        let principal = Principal::work(TOKEN, [""; 0]);
        let answer = Answer::Error(StatusCode::NOT_IMPLEMENTED);
        Self { play: Arc::new(Mutex::new(Play { principal, answer, seen: Vec::new() })) }
    }
}

impl Stage {
    fn play(&self) -> MutexGuard<'_, Play> {
        self.play.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the stage for one call.
    pub(crate) fn prepare(&self, permissions: &Permissions, answer: Answer) {
        *self.play() = Play { principal: caller(permissions), answer, seen: Vec::new() };
    }

    /// What handlers were called with.
    pub(crate) fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut self.play().seen)
    }

    /// Answers a call of `O` as the page says, and keeps what it was called with.
    pub fn answer<O: Operation>(
        &self,
        keys: Vec<Option<String>>,
        body: O::Request,
        context: Context,
    ) -> Ready<Result<O::Response, ServiceError>> {
        let mut text = Vec::new();
        body.write(&mut text);
        let answer = self.saw(O::METHOD, O::PATH, keys, text, &context);
        let answered = match answer {
            Answer::Body(text, mode, headers) => {
                let headers = headers.into_iter().filter_map(|(name, value)| {
                    Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?))
                });
                let headers = headers.collect();
                <O::Response as Reply>::Body::from_message(&headers, text.into(), mode)
                    .map(|readout| O::Response::from_body(readout.value))
                    .map_err(|error| error.to_string())
            }
            Answer::Error(status) => {
                return ready(Err(ServiceError::new(status, "As documented.")));
            }
        };
        ready(
            answered
                .map_err(|message| ServiceError::new(StatusCode::INTERNAL_SERVER_ERROR, message)),
        )
    }

    fn saw(
        &self,
        method: &http::Method,
        path: &str,
        keys: Vec<Option<String>>,
        body: Vec<u8>,
        context: &Context,
    ) -> Answer {
        let mut play = self.play();
        let query = context.query.options().collect();
        play.seen.push(Seen { operation: format!("{method} {path}"), keys, body, query });
        play.answer.clone()
    }
}

/// Whether the documented permissions allow nobody to call.
pub(crate) fn allows_nobody(permissions: &Permissions) -> bool {
    KINDS.iter().all(|kind| kind.grant(permissions) == Grant::NotSupported)
}

const KINDS: [PrincipalKind; 3] =
    [PrincipalKind::DelegatedWork, PrincipalKind::Application, PrincipalKind::DelegatedPersonal];

/// A caller with the least permissions that are documented.
fn caller(permissions: &Permissions) -> Principal {
    let permitted = KINDS.into_iter().find_map(|kind| {
        let needed = kind.grant(permissions).least_privileged()?;
        Some(Principal::new(kind, TOKEN, needed.iter().copied()))
    });
    permitted.unwrap_or_else(|| {
        let undocumented =
            KINDS.into_iter().find(|kind| kind.grant(permissions) == Grant::Undocumented);
        Principal::new(undocumented.unwrap_or(PrincipalKind::DelegatedWork), TOKEN, [""; 0])
    })
}

impl Guard for Stage {
    async fn authenticate(&self, bearer: &str) -> Result<Principal, Refusal> {
        if bearer == TOKEN { Ok(self.play().principal.clone()) } else { Err(Refusal::InvalidToken) }
    }

    /// An operation without documented permissions has a contract all the same.
    fn permits_undocumented(&self, _: &Principal, _: OperationFacts) -> bool {
        true
    }
}
