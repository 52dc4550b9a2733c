//! A message, or a request with all its messages, while it is under way: a span, and what an observer is told of it.
//!
//! It tells when it is dropped, so that what is given up is told too. The span has the names of OpenTelemetry's semantic
//! conventions for HTTP clients, and neither address nor id.

use std::sync::Arc;

use http::{Method, StatusCode, uri::Authority};
use tokio::time::Instant;
use tracing::Span;
use tracing::field::Empty;

use crate::call::Call;
use crate::error::Error;
use crate::observer::{Measurement, Observer};

/// What tells, when dropped, how it went.
pub(crate) struct Watch {
    observer: Option<Arc<dyn Observer>>,
    span: Span,
    started: Instant,
    /// Whether it is over one message; else over the request as a whole.
    is_attempt: bool,
    call: Call,
    measured: Measurement,
}

impl Watch {
    /// Over one message. None where nobody wants to know.
    pub(crate) fn attempt(
        observer: Option<&Arc<dyn Observer>>,
        call: &Call,
        request: &http::Request<bytes::Bytes>,
    ) -> Option<Box<Self>> {
        let length = request.body().len();
        let resends = call.progress.send(length);
        let authority = request.uri().authority();
        let secure = request.uri().scheme() == Some(&http::uri::Scheme::HTTPS);
        let port = || {
            authority.map(|authority| authority.port_u16().unwrap_or(if secure { 443 } else { 80 }))
        };
        let span = tracing::info_span!(
            "msgraph.http",
            "otel.name" = %call.label(request.method()),
            "otel.kind" = "client",
            "http.request.method" = request.method().as_str(),
            "url.template" = call.template(),
            "server.address" = authority.map(Authority::host),
            "server.port" = port(),
            "http.request.resend_count" = (resends > 0).then_some(resends),
            "http.response.status_code" = Empty,
            "error.type" = Empty,
        );
        if observer.is_none() && span.is_disabled() {
            return None;
        }
        let measured = Measurement {
            authority: authority.cloned(),
            port: port(),
            resends,
            sent: length as u64,
            ..Measurement::of(call, request.method())
        };
        Some(Box::new(Self::new(observer, span, true, call, measured)))
    }

    /// Over a request with all its messages. None where there is no observer.
    pub(crate) fn request(
        observer: Option<&Arc<dyn Observer>>,
        call: &Call,
        method: &Method,
    ) -> Option<Box<Self>> {
        observer?;
        let measured = Measurement::of(call, method);
        Some(Box::new(Self::new(observer, Span::none(), false, call, measured)))
    }

    fn new(
        observer: Option<&Arc<dyn Observer>>,
        span: Span,
        is_attempt: bool,
        call: &Call,
        measured: Measurement,
    ) -> Self {
        let (observer, call) = (observer.cloned(), call.clone());
        Self { observer, span, started: Instant::now(), is_attempt, call, measured }
    }

    pub(crate) fn span(&self) -> &Span {
        &self.span
    }

    /// An answer has come, with this status.
    pub(crate) fn answered(&mut self, status: StatusCode) {
        self.span.record("http.response.status_code", status.as_u16());
        self.measured.status = Some(status);
    }

    /// Bytes of the answer's body have come.
    pub(crate) fn received(&mut self, length: usize) {
        self.measured.received += length as u64;
        self.call.progress.receive(length);
    }

    /// It went wrong in this way.
    pub(crate) fn failed(&mut self, kind: &'static str) {
        self.measured.failure = Some(kind);
    }

    /// It ended so, as a whole.
    pub(crate) fn ended<T>(
        &mut self,
        result: &Result<T, Error>,
        status: impl Fn(&T) -> StatusCode,
    ) {
        match result {
            Ok(answer) => self.answered(status(answer)),
            Err(error) => {
                self.measured.status = error.status();
                if error.service().is_none() {
                    self.failed(error.kind_name());
                }
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let measured = &mut self.measured;
        if measured.status.is_none() && measured.failure.is_none() {
            measured.failure = Some("cancelled");
        }
        if let Some(kind) = measured.error_type() {
            self.span.record("error.type", kind);
        }
        measured.duration = self.started.elapsed();
        let Some(observer) = &self.observer else { return };
        if self.is_attempt {
            observer.attempt(measured);
        } else {
            measured.resends = self.call.attempts().saturating_sub(1);
            (measured.sent, measured.received) = self.call.progress.bytes();
            observer.request(measured);
        }
    }
}
