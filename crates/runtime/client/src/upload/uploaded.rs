//! The end of an upload: what a session answers when it has all bytes.

use std::fmt;

use bytes::Bytes;
use http::{Method, StatusCode, header};
use msgraph_core::undocumented::Function;
use msgraph_core::{Model, Payload};

use super::session::named;
use crate::client::Exchange;
use crate::error::Error;
use crate::request::read;

/// All is uploaded: the last answer of the session.
#[derive(Clone)]
pub struct Uploaded {
    pub(super) response: http::Response<Bytes>,
}

impl Uploaded {
    /// Its status: 200 or 201; 202 or 200 with a session that has all bytes and waits for its commitment.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// Where what was uploaded stands, if the service says it: mailboxes do, in place of an item.
    pub fn location(&self) -> Option<&str> {
        self.response.headers().get(header::LOCATION)?.to_str().ok()
    }

    /// The answer as it came.
    pub fn response(&self) -> &http::Response<Bytes> {
        &self.response
    }

    /// The item that was made or replaced; none where the service answers without one.
    ///
    /// # Errors
    /// The answer is no `T`.
    pub fn into_item<T: Model + Payload>(self) -> Result<Option<T>, Error> {
        let exchange = Exchange { response: self.response, token: None };
        Ok(read::<Function<Option<T>>>(&named(Method::PUT), exchange)?.into_body())
    }
}

impl fmt::Debug for Uploaded {
    /// Without headers and body, which may hold addresses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Uploaded").field("status", &self.status()).finish_non_exhaustive()
    }
}
