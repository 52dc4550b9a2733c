//! What is traced of a request: a span with the names that OpenTelemetry gives to HTTP servers.
//!
//! Of the path only its template is told, since keys are personal data; `server.address` is a host that was checked. Costs
//! nothing where nobody listens.

use http::{Method, request};
use tracing::Span;
use tracing::field::Empty;

use crate::respond::RequestIds;
use crate::site;

/// The span of a request, whose operation is not known yet.
pub(crate) fn of(parts: &request::Parts, ids: &RequestIds) -> Span {
    let span = tracing::info_span!(
        "msgraph.serve",
        otel.kind = "server",
        otel.name = Empty,
        otel.status_code = Empty,
        http.request.method = method(&parts.method),
        http.route = Empty,
        http.response.status_code = Empty,
        server.address = Empty,
        msgraph.operation = Empty,
        request_id = ids.request_id.as_str(),
        client_request_id = ids.client_request_id,
    );
    if !span.is_disabled()
        && let Some(host) = site::host(&parts.uri, &parts.headers)
        && let Ok(host) = host.to_str()
    {
        // Without the port, which may stand behind an address of version 6.
        let port = host.rfind(':').filter(|_| !host.ends_with(']'));
        span.record("server.address", port.and_then(|at| host.get(..at)).unwrap_or(host));
    }
    span
}

/// Tells which operation it is, by its template.
pub(crate) fn name(method: &Method, route: &str, operation: &str) {
    let span = Span::current();
    if !span.is_disabled() {
        span.record("otel.name", format_args!("{method} {route}"));
        span.record("http.route", route);
        span.record("msgraph.operation", operation);
    }
}

/// Tells how it was answered.
pub(crate) fn answered(status: http::StatusCode) {
    let span = Span::current();
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
}

/// A method that nobody knows is not told, as it is the caller's text.
fn method(method: &Method) -> &str {
    const KNOWN: [Method; 9] = [
        Method::GET,
        Method::POST,
        Method::PATCH,
        Method::PUT,
        Method::DELETE,
        Method::HEAD,
        Method::OPTIONS,
        Method::TRACE,
        Method::CONNECT,
    ];
    if KNOWN.contains(method) { method.as_str() } else { "_OTHER" }
}
