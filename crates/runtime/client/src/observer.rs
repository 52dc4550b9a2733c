//! What is measured of requests, for metrics of any kind.
//!
//! An [`Observer`] is told of each message when its answer is read or given up, and of each request when that is done.
//! What it is told has neither addresses nor ids in it: each value is one of few, and can be an attribute of a metric.

use std::time::Duration;

use http::uri::Authority;
use http::{Method, StatusCode};

use crate::call::Call;

/// Is told how requests went. Its methods are called where the request runs: they return at once, and do not panic.
///
/// OpenTelemetry's `http.client.request.duration` is a histogram over attempts, in seconds:
///
/// ```
/// use msgraph_client::{Measurement, Observer};
///
/// # struct KeyValue;
/// # impl KeyValue { fn new<V>(_: &'static str, _: V) -> Self { Self } }
/// # struct Histogram;
/// # impl Histogram { fn record(&self, _: f64, _: &[KeyValue]) {} }
/// struct Metrics {
///     // meter.f64_histogram("http.client.request.duration").with_unit("s").build()
///     duration: Histogram,
/// }
///
/// impl Observer for Metrics {
///     fn attempt(&self, measured: &Measurement) {
///         let mut attributes = vec![
///             KeyValue::new("http.request.method", measured.method().to_string()),
///             KeyValue::new("url.template", measured.template()),
///         ];
///         if let Some(host) = measured.server_address() {
///             attributes.push(KeyValue::new("server.address", host.to_owned()));
///         }
///         if let Some(port) = measured.server_port() {
///             attributes.push(KeyValue::new("server.port", i64::from(port)));
///         }
///         if let Some(status) = measured.status() {
///             let status = i64::from(status.as_u16());
///             attributes.push(KeyValue::new("http.response.status_code", status));
///         }
///         if let Some(error) = measured.error_type() {
///             attributes.push(KeyValue::new("error.type", error.to_owned()));
///         }
///         self.duration.record(measured.duration().as_secs_f64(), &attributes);
///     }
/// }
/// ```
pub trait Observer: Send + Sync + 'static {
    /// A message was sent, and its answer was read, failed, or was given up.
    fn attempt(&self, measured: &Measurement) {
        let _ = measured;
    }

    /// A request is done, with all its attempts, waits and redirects.
    fn request(&self, measured: &Measurement) {
        let _ = measured;
    }
}

/// How a message, or a request with all its messages, went.
#[derive(Debug, Clone)]
pub struct Measurement {
    pub(crate) operation: &'static str,
    pub(crate) template: &'static str,
    pub(crate) method: Method,
    pub(crate) authority: Option<Authority>,
    pub(crate) port: Option<u16>,
    pub(crate) status: Option<StatusCode>,
    pub(crate) failure: Option<&'static str>,
    pub(crate) duration: Duration,
    pub(crate) resends: u32,
    pub(crate) sent: u64,
    pub(crate) received: u64,
}

impl Measurement {
    pub(crate) fn of(call: &Call, method: &Method) -> Self {
        Self {
            operation: call.operation(),
            template: call.template(),
            method: method.clone(),
            authority: None,
            port: None,
            status: None,
            failure: None,
            duration: Duration::ZERO,
            resends: 0,
            sent: 0,
            received: 0,
        }
    }

    /// The name of the operation; empty where the request is of none.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The path of the operation with the names of its parameters; empty where the request is of none.
    pub fn template(&self) -> &'static str {
        self.template
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The host that the message was sent to; none for a request as a whole, which may have been led from one to another.
    pub fn server_address(&self) -> Option<&str> {
        self.authority.as_ref().map(Authority::host)
    }

    /// The port that the message was sent to.
    pub fn server_port(&self) -> Option<u16> {
        self.port
    }

    /// The status of the answer, where one came.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// What went wrong: the number of a status of 400 and above, or one of `connect`, `timeout`, `limit`, `transport`,
    /// `credential`, `usage`, `redirect`, `decode`, `layer`, and `cancelled` where nobody waited for the answer.
    pub fn error_type(&self) -> Option<&str> {
        let status = self.status.as_ref().filter(|status| status.as_u16() >= 400);
        self.failure.or(status.map(StatusCode::as_str))
    }

    /// From sending to the end of the answer's body.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// How many messages of the same request were sent before this one; of a request, all but the first.
    pub fn resends(&self) -> u32 {
        self.resends
    }

    /// The bytes of the request's body.
    pub fn bytes_sent(&self) -> u64 {
        self.sent
    }

    /// The bytes of the answer's body, after decompression.
    pub fn bytes_received(&self) -> u64 {
        self.received
    }
}
