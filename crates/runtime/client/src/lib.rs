//! What generated request builders stand on.
//!
//! A [`Client`] holds where requests go, who sends them ([`Credential`]) and over what ([`Transport`]);
//! the builders that [`builders!`] defines carry a [`Path`] down to a verb, which makes a [`Request`]
//! of an [`Operation`](msgraph_core::Operation). What holds: a token goes to the configured origin and
//! nowhere else, an id is one segment, and every failure is a typed [`Error`], whatever was answered.
#![forbid(unsafe_code)]

#[cfg(feature = "azure")]
mod azure;
mod batch;
mod batch_json;
mod body;
mod builders;
mod call;
mod client;
mod client_builder;
mod client_credentials;
mod cloud;
mod credential;
mod device_code;
mod download;
mod error;
mod expand;
mod failure;
mod header;
mod http_transport;
mod identity_service;
mod layers;
mod line;
mod notice;
mod observer;
pub mod options;
mod origin;
mod pages;
mod path;
mod pipeline;
mod query;
mod redirect;
mod request;
mod resync;
mod retry;
mod token_cache;
mod transport;
mod upload;
mod watch;

#[cfg(feature = "azure")]
pub use azure::AzureCredential;
pub use batch::{Batch, BatchAnswers, Batched, BatchedId};
pub use body::Body;
pub use call::Call;
pub use client::Client;
pub use client_builder::ClientBuilder;
pub use client_credentials::ClientCredentials;
pub use cloud::Cloud;
pub use credential::{Credential, CredentialError, InvalidToken, StaticToken, Token};
pub use device_code::{DeviceCode, DevicePrompt};
pub use download::Download;
pub use error::{DecodeFailure, Error, Redirect, UsageError};
pub use expand::Expand;
pub use failure::ServiceFailure;
pub use http_transport::HttpTransport;
pub use identity_service::IdentityError;
pub use layers::retrying::Retrying;
pub use observer::{Measurement, Observer};
pub use pages::{Items, Pages};
pub use path::{Arguments, Path};
pub use pipeline::{ExchangeLayer, Exchanger};
pub use query::{Filter, Order};
pub use request::{Raw, RawRequest, Request, Response};
pub use retry::Retry;
pub use token_cache::{TokenCache, TokenSource};
pub use transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
pub use upload::{RangeSource, Upload, UploadError, UploadProgress, UploadSource, Uploaded};

/// The models' runtime, for generated code and for implementors of operations.
pub use msgraph_core as core;
pub use msgraph_core::literal::Nullable;
