//! An error on its way to the caller, with the headers that belong to it.

use http::{HeaderName, HeaderValue};
use msgraph_core::ServiceError;

/// A service error, and maybe a header such as `Allow` or `WWW-Authenticate`.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: Box<ServiceError>,
    pub(crate) header: Option<Box<(HeaderName, HeaderValue)>>,
}

impl Failure {
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.header = Some(Box::new((name, value)));
        self
    }

    /// What a caller is told of a fault of ours: nothing.
    pub(crate) fn internal() -> Self {
        Self::from(ServiceError::internal("The service failed to answer the request."))
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        Self { error: Box::new(error), header: None }
    }
}
