//! What can go wrong between a builder and its answer.
//!
//! One [`Error`] for all operations. Each `Display` is one line that a log can take: no line breaks
//! from the network, no token, no address with ids in it.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, StatusCode};
use msgraph_core::ReadError;

use crate::call::Label;
use crate::credential::{CredentialError, Token, without_token};
use crate::failure::ServiceFailure;
use crate::header;
use crate::line::line;
use crate::transport::TransportError;

/// Why there is no answer, or not the expected one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The request or the client is not one that can be used; nothing was sent.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// There is no token; nothing was sent.
    #[error("no token: {}", line(&.0.to_string(), 300))]
    Credential(#[source] CredentialError),
    /// No answer came, or no whole one.
    #[error("{operation}: {source}")]
    Transport {
        /// Method and path template of the operation.
        operation: String,
        /// What the transport says.
        source: TransportError,
    },
    /// A layer of the user's failed, with an error of its own.
    #[error("a layer failed: {}", line(&.0.to_string(), 300))]
    Layer(#[source] Box<dyn StdError + Send + Sync>),
    /// The service answered with an error, in OData's envelope or not; or with 304, where a header asked for what is newer.
    #[error(transparent)]
    Service(Box<ServiceFailure>),
    /// The service points elsewhere, to where the client does not follow.
    #[error(transparent)]
    Redirect(Box<Redirect>),
    /// The service answered with success, and with something that cannot be read.
    #[error(transparent)]
    Decode(Box<DecodeFailure>),
    /// The batch that the request stands in has failed as a whole, which all of its requests share.
    #[error("in a batch: {0}")]
    Batch(#[source] Arc<Error>),
}

impl Error {
    /// The status of the answer, where there is one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Service(failure) => Some(failure.status()),
            Self::Redirect(redirect) => Some(redirect.status),
            Self::Decode(failure) => Some(failure.status),
            Self::Batch(error) => error.status(),
            Self::Usage(_) | Self::Credential(_) | Self::Transport { .. } | Self::Layer(_) => None,
        }
    }

    /// What a layer failed with: our own error where it passes one on.
    pub(crate) fn of_layer(error: Box<dyn StdError + Send + Sync>) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => *error,
            Err(error) => Self::Layer(error),
        }
    }

    /// As a value of `error.type`, where no status tells more.
    pub(crate) fn kind_name(&self) -> &'static str {
        match self {
            Self::Usage(_) => "usage",
            Self::Credential(_) => "credential",
            Self::Transport { source, .. } => source.kind().name(),
            Self::Layer(_) => "layer",
            Self::Service(_) => "service",
            Self::Redirect(_) => "redirect",
            Self::Decode(_) => "decode",
            Self::Batch(error) => error.kind_name(),
        }
    }

    /// What the service answered, if it answered with an error.
    pub fn service(&self) -> Option<&ServiceFailure> {
        match self {
            Self::Service(failure) => Some(failure),
            Self::Batch(error) => error.service(),
            _ => None,
        }
    }
}

/// Why a client cannot be built, or a request cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UsageError {
    /// The base URL is missing or not acceptable.
    #[error("the base URL cannot be used: {reason}")]
    BaseUrl {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// No credential was given to the builder.
    #[error("the client has no credential")]
    NoCredential,
    /// The default transport cannot be made on this machine.
    #[error("the HTTP transport cannot be made: {0}")]
    Transport(String),
    /// A header has a name or value that HTTP cannot carry.
    #[error("the header `{name}` is not valid")]
    InvalidHeader {
        /// Its name, as far as it can be shown.
        name: String,
    },
    /// A header is not the caller's to set.
    #[error("the header `{name}` is set by the client and cannot be given")]
    ReservedHeader {
        /// Its name.
        name: String,
    },
    /// A link of the service is not followed.
    #[error("a link of the service is not followed: {reason}")]
    Link {
        /// What is wrong with it.
        reason: String,
    },
    /// A request, or its answer, does not belong to the batch.
    #[error("the batch cannot be used so: {reason}")]
    Batch {
        /// What is wrong.
        reason: &'static str,
    },
    /// An upload cannot be made so.
    #[error("the upload cannot be made: {reason}")]
    Upload {
        /// What is wrong.
        reason: &'static str,
    },
    /// The address is too long, or no address.
    #[error("the request has no usable address: {reason}")]
    Address {
        /// What is wrong with it.
        reason: String,
    },
}

/// An answer that sends the client elsewhere, to where it does not follow: the token, what is written and what the caller
/// says of itself belong to the configured origin, and nothing goes from https to http.
#[derive(Clone)]
pub struct Redirect {
    operation: String,
    status: StatusCode,
    location: Option<String>,
    reason: &'static str,
    ids: Ids,
}

impl Redirect {
    pub(crate) fn new(
        operation: &Label,
        status: StatusCode,
        headers: &HeaderMap,
        reason: &'static str,
        token: Option<&Token>,
    ) -> Self {
        let headers = without_token(headers, token);
        Self {
            operation: operation.to_string(),
            status,
            reason,
            location: header::text(&headers, &http::header::LOCATION).map(Cow::into_owned),
            ids: Ids::of(&headers),
        }
    }

    /// The status, 300 to 399.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Where to, as answered: it may be relative, and may hold a secret in its query.
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }
}

impl fmt::Display for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}, a redirect, which is not followed: {}{}",
            self.operation, self.status, self.reason, self.ids
        )
    }
}

impl fmt::Debug for Redirect {
    /// Without the location, which may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redirect")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("reason", &self.reason)
            .field("ids", &self.ids)
            .finish_non_exhaustive()
    }
}

impl StdError for Redirect {}

/// A success whose body is not what the operation answers with.
#[derive(Debug)]
pub struct DecodeFailure {
    operation: String,
    status: StatusCode,
    reason: String,
    source: Option<ReadError>,
    ids: Ids,
}

impl DecodeFailure {
    pub(crate) fn unreadable(
        operation: &Label,
        status: StatusCode,
        headers: &HeaderMap,
        error: ReadError,
    ) -> Self {
        let reason = line(&error.to_string(), 300);
        Self::new(operation, status, headers, reason, Some(error))
    }

    pub(crate) fn unexpected(
        operation: &Label,
        status: StatusCode,
        headers: &HeaderMap,
        reason: String,
    ) -> Self {
        Self::new(operation, status, headers, reason, None)
    }

    fn new(
        operation: &Label,
        status: StatusCode,
        headers: &HeaderMap,
        reason: String,
        source: Option<ReadError>,
    ) -> Self {
        Self { operation: operation.to_string(), status, reason, source, ids: Ids::of(headers) }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Where in the body reading failed, where it is JSON at all.
    pub fn read_error(&self) -> Option<&ReadError> {
        self.source.as_ref()
    }

    /// The service's id of the exchange, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.ids.request_id.as_deref()
    }
}

impl fmt::Display for DecodeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}, and the answer cannot be read: {}{}",
            self.operation, self.status, self.reason, self.ids
        )
    }
}

impl StdError for DecodeFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|error| error as _)
    }
}

/// The ids of one exchange, for a log line and for the service's support.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ids {
    pub(crate) request_id: Option<String>,
    pub(crate) client_request_id: Option<String>,
}

impl Ids {
    /// Those of an answer's headers.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        Self {
            request_id: header::text(headers, &header::REQUEST_ID).map(Cow::into_owned),
            client_request_id: header::text(headers, &header::CLIENT_REQUEST_ID)
                .map(Cow::into_owned),
        }
    }
}

impl fmt::Display for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = [
            ("request-id", self.request_id.as_deref()),
            ("client-request-id", self.client_request_id.as_deref()),
        ];
        let mut separator = " (";
        for (name, id) in named.into_iter().filter_map(|(name, id)| Some((name, id?))) {
            write!(f, "{separator}{name} {}", line(id, 80))?;
            separator = ", ";
        }
        if separator == ", " { f.write_str(")") } else { Ok(()) }
    }
}
