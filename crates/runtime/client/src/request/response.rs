//! An answer, read: in come status, headers and bytes; out comes the body of the operation's type, or why there is none.
//!
//! What is no success, and not documented, is the service's refusal. A body is read leniently, and by its media type only
//! where that is another one than the operation's.

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use msgraph_core::{Leniency, Operation, Payload, ReadMode, Readout, Reply};

use super::BodyOf;
use crate::call::Label;
use crate::client::Exchange;
use crate::credential::without_token;
use crate::error::{DecodeFailure, Error};
use crate::failure::ServiceFailure;
use crate::header::{REQUEST_ID, is_json, text};

/// An answer with all that came with it.
#[derive(Debug, Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    leniencies: Vec<Leniency>,
}

impl<T> Response<T> {
    /// The status: one of success, not always the documented one.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The service's id of the exchange, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get(REQUEST_ID).and_then(|value| value.to_str().ok())
    }

    /// Where the body has other types than the metadata says.
    pub fn leniencies(&self) -> &[Leniency] {
        &self.leniencies
    }

    /// The body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body alone.
    pub fn into_body(self) -> T {
        self.body
    }
}

/// What `exchange` answers a request of `O` with, whatever names that in errors.
pub(crate) fn read<O: Operation>(
    operation: &Label,
    exchange: Exchange,
) -> Result<Response<BodyOf<O>>, Error> {
    let (parts, bytes) = exchange.response.into_parts();
    let (status, headers) = (parts.status, parts.headers);
    let is_documented = <O::Response as Reply>::is_documented(status);
    if !status.is_success() && !is_documented {
        let token = exchange.token.as_ref();
        let failure = ServiceFailure::new(operation, status, headers, &bytes, token);
        return Err(Error::Service(Box::new(failure)));
    }

    let told = || without_token(&headers, exchange.token.as_ref());
    let unexpected = |reason: String| {
        let failure = DecodeFailure::unexpected(operation, status, &told(), reason);
        Error::Decode(Box::new(failure))
    };
    let readout = if BodyOf::<O>::CONTENT_TYPE.is_none() {
        // What a service sends beyond the documentation is no reason to fail what has succeeded.
        <O::Response as Reply>::read(status, &headers, Bytes::new(), ReadMode::Lenient)
    } else {
        let may_be_empty = BodyOf::<O>::TAKES_ANY_TYPE || BodyOf::<O>::MAY_BE_EMPTY;
        if bytes.is_empty() && !may_be_empty {
            return Err(unexpected("it is empty".to_owned()));
        }
        let is_json_due = || {
            !BodyOf::<O>::TAKES_ANY_TYPE
                && !bytes.is_empty()
                && BodyOf::<O>::CONTENT_TYPE.is_some_and(is_json)
        };
        if let Some(content_type) = text(&headers, &header::CONTENT_TYPE)
            && !is_json(&content_type)
            && is_json_due()
        {
            let content_type = crate::line::line(&content_type, 80);
            return Err(unexpected(format!("it is `{content_type}`, not JSON")));
        }
        <O::Response as Reply>::read(status, &headers, bytes, ReadMode::Lenient)
    };
    match readout {
        Ok(Readout { value, leniencies, .. }) => {
            Ok(Response { status, headers, body: value, leniencies })
        }
        Err(error) => {
            let failure = DecodeFailure::unreadable(operation, status, &told(), error);
            Err(Error::Decode(Box::new(failure)))
        }
    }
}
