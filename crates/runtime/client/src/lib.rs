//! What generated request builders stand on.
//!
//! A [`Client`] holds where requests go, who sends them ([`Credential`]) and over what ([`Transport`]);
//! the builders that [`builders!`] defines carry a [`Path`] down to a verb, which makes a [`Request`]
//! of an [`Operation`](msgraph_core::Operation). What holds: a token goes to the configured origin and
//! nowhere else, an id is one segment, and every failure is a typed [`Error`], whatever was answered.
#![forbid(unsafe_code)]

mod batch;
mod batch_json;
mod body;
mod builders;
mod call;
mod client;
mod client_builder;
mod client_credentials;
mod credential;
mod download;
mod error;
mod failure;
mod header;
mod http_transport;
mod layers;
mod line;
mod notice;
mod observer;
mod origin;
mod pages;
mod path;
mod pipeline;
mod query;
mod redirect;
mod request;
mod retry;
mod token_cache;
mod transport;
mod watch;

pub use batch::{Batch, BatchAnswers, Batched, BatchedId};
pub use body::Body;
pub use call::Call;
pub use client::Client;
pub use client_builder::ClientBuilder;
pub use client_credentials::{ClientCredentials, Cloud};
pub use credential::{Credential, CredentialError, InvalidToken, StaticToken, Token};
pub use download::Download;
pub use error::{DecodeFailure, Error, Redirect, UsageError};
pub use failure::ServiceFailure;
pub use http_transport::HttpTransport;
pub use layers::retrying::Retrying;
pub use observer::{Measurement, Observer};
pub use pages::{Items, Pages};
pub use path::{Arguments, Path};
pub use pipeline::Exchanger;
pub use query::{Expand, Filter, Order};
pub use request::{Request, Response};
pub use retry::Retry;
pub use token_cache::{TokenCache, TokenSource};
pub use transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// The models' runtime, for generated code and for implementors of operations.
pub use msgraph_core as core;
pub use msgraph_core::literal::Nullable;
