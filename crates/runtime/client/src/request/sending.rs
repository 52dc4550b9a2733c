//! A request on its way to its answer, over retries and redirects: what does not depend on the types of its operation.

use bytes::Bytes;
use http::StatusCode;
use msgraph_core::{Operation, Reply};
use tracing::Span;
use uuid::Uuid;

use super::{BodyOf, Response, read};
use crate::body::Body;
use crate::call::{Call, Label};
use crate::client::{Client, Exchange};
use crate::error::{Error, Redirect};
use crate::header::{CLIENT_REQUEST_ID, text};
use crate::redirect::{self, Leg, TokenUse};
use crate::transport::BoxFuture;

/// Who sends a request, and what of its operation has to be known for it.
pub(crate) struct Sending {
    pub(crate) client: Client,
    /// What names it in errors.
    pub(crate) label: Label,
    operation: &'static str,
    template: &'static str,
    /// Whether a status is one of its answers.
    is_documented: fn(StatusCode) -> bool,
}

impl Sending {
    /// That of a message of the operation `O`.
    pub(crate) fn of<O: Operation>(client: Client, message: &http::Request<Bytes>) -> Self {
        Self {
            client,
            label: Label::of::<O>(message.method()),
            operation: O::NAME,
            template: O::PATH,
            is_documented: <O::Response as Reply>::is_documented,
        }
    }

    /// The call that it is, which begins now.
    pub(crate) fn call(&self) -> Call {
        Call::new(self.operation, self.template, self.client.deadline())
    }

    /// The span of a message, without its address.
    pub(crate) fn span(&self, message: &http::Request<Bytes>) -> Span {
        tracing::debug_span!(
            "msgraph.request",
            operation = self.operation,
            method = %message.method(),
            path = self.template,
            client_request_id = text(message.headers(), &CLIENT_REQUEST_ID).as_deref(),
        )
    }

    /// The whole answer behind all redirects that are none of the documented answers.
    ///
    /// Boxed here, since it is large: it is the same code for all operations, and none has to hold it.
    pub(crate) fn exchange(
        self,
        message: Box<http::Request<Bytes>>,
    ) -> BoxFuture<'static, Result<Exchange, Error>> {
        Box::pin(async move {
            let call = self.call();
            let method = self.label.method();
            let work = || async {
                let (response, call) = self.reached(call.clone(), message).await?;
                let response = self.client.whole(&call, method, response).await?;
                Ok(Exchange { response, token: call.progress.token() })
            };
            let status = |exchange: &Exchange| exchange.response.status();
            Ok(self.client.attended(&call, method, work, status).await?.0)
        })
    }

    /// The answer behind all redirects that are none of the documented answers, its body still arriving; and the call as
    /// it was for the last message.
    pub(crate) async fn reached(
        &self,
        mut call: Call,
        message: Box<http::Request<Bytes>>,
    ) -> Result<(http::Response<Body>, Call), Error> {
        let mut leg = Leg { request: message, token: TokenUse::AtOrigin };
        let mut followed = 0;
        loop {
            call.token = leg.token;
            let kept = leg.request.clone();
            let response = self.client.exchange(&call, leg.request).await?;
            leg.request = kept;
            let status = response.status();
            if !redirect::leads_elsewhere(status) || (self.is_documented)(status) {
                return Ok((response, call));
            }
            let headers = response.headers();
            let next = if followed < self.client.redirects() {
                redirect::next(&leg, status, headers)
            } else {
                Err("it is one more than are followed")
            };
            leg = next.map_err(|reason| {
                let token = call.progress.token();
                let redirect = Redirect::new(&self.label, status, headers, reason, token.as_ref());
                Error::Redirect(Box::new(redirect))
            })?;
            followed += 1;
            tracing::debug!(status = status.as_u16(), followed, "led elsewhere");
        }
    }
}

/// The answer to a message of the operation `O`, read.
pub(crate) async fn answered<O: Operation>(
    sending: Sending,
    message: Box<http::Request<Bytes>>,
) -> Result<Response<BodyOf<O>>, Error> {
    let label = sending.label.clone();
    let exchange = sending.exchange(message).await;
    let result = exchange.and_then(|exchange| read::<O>(&label, exchange));
    match &result {
        Ok(response) => tracing::debug!(
            status = response.status().as_u16(),
            // What is no id may be anything that the service has seen, such as the token.
            request_id = response.request_id().filter(|id| Uuid::try_parse(id).is_ok()),
            leniencies = response.leniencies().len(),
            "answered"
        ),
        Err(error) => tracing::debug!(%error, "failed"),
    }
    result
}
