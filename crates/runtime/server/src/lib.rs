//! What generated server stubs stand on.
//!
//! [`Routes`] makes one service of operations, a service that answers them and a [`Guard`] that
//! decides who is let in; there is none without a guard. [`serve`] puts it behind a listener. What holds of every answer:
//! a failure has OData's error envelope, a request id, and no internals.
//!
//! A request is checked in this order, and a later check is never reached before an earlier one:
//!
//! 1. Are URL (414) and headers (431) not too long, and is there a place for one more call? (503) A stranger learns nothing by
//!    that.
//! 2. Is there a bearer token, and does the guard accept it? (401; 503 where it cannot tell.) This
//!    comes first for *every* path, so that a stranger does not even learn which routes exist.
//! 3. Is there an operation at this path (404; 400 where an argument in it is not known), with this
//!    method (405)? `POST {base}/$batch` is answered by these same routes, one check of the caller for all its requests and
//!    the others for each.
//! 4. Do the operation's documented permissions allow the principal? (403)
//! 5. Is the content JSON (415), and not too long (413)? Did it come in time (408)?
//! 6. Is it JSON, of the types of the metadata, and nested no deeper than [`msgraph_core::MAX_DEPTH`]? (400, naming the JSON
//!    path.) So are keys and arguments in the path. (400, naming them.)
//! 7. The handler answers: the documented status, or an error of its own, such as that of
//!    [`Context::preconditions`] (412, 304); 501 where it is not written, 500 where it panics, 504 where it takes too long.
//!
//! Where an operation takes content (a photo, a file), its type is the caller's, and only length and time count.
//!
//! Answers are of the documented type whatever a request's `Accept` says; it can say that no context is told
//! (`odata.metadata=none`). `GET /health` is answered to anybody with an empty 200, as long as the service lives. What is no
//! HTTP, or has a head of more than a hundred headers, is refused by the HTTP library below, without an envelope.
//!
//! With the feature `jwt` there is a guard that verifies tokens by the public keys of their issuer,
//! `jwt::JwtGuard`. Any other way to know a caller is an implementation of [`Guard`].

mod answer;
mod asked;
mod authorization;
mod base;
mod batch;
mod batch_json;
mod body;
mod call;
mod connection;
mod context_url;
#[cfg(feature = "contract")]
pub mod contract;
mod dispatch;
mod guard;
#[cfg(feature = "jwt")]
pub mod jwt;
mod limits;
mod panic;
mod preconditions;
mod principal;
pub mod query;
mod respond;
mod routes;
mod routes_service;
mod serve;
mod signature;
mod site;
mod span;
mod tree;

pub use axum::Router;
pub use base::Base;
pub use call::{Call, Context};
pub use guard::{Guard, OperationFacts, Refusal, StaticTokens};
pub use msgraph_core::ServiceError;
pub use preconditions::Preconditions;
pub use principal::{Identity, Principal, PrincipalKind};
pub use query::{Query, QueryOptions};
pub use respond::RequestId;
pub use routes::{Answering, NotImplemented, Promised, Routes, answering, not_implemented};
pub use routes_service::RoutesService;
pub use serve::{Serve, serve};
