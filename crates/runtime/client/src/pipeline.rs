//! The layers that a request passes, put together.
//!
//! From the outside in: who asks ([`Identify`]), the user's layers for a request, retrying, the library's version
//! ([`SdkVersion`]), the user's layers for an attempt, the token ([`Authorize`]), the transport ([`Carry`]). What a layer
//! adds, one below it can change or take off; but for the token, below which there is none. Redirects stand above all.

use std::error::Error as StdError;

use bytes::Bytes;
use tower::util::BoxCloneSyncService;
use tower::{Layer, Service, ServiceBuilder, ServiceExt as _};

use crate::body::Body;
use crate::error::Error;
use crate::layers::authorize::Authorize;
use crate::layers::carry::Carry;
use crate::layers::identify::Identify;
use crate::layers::sdk_version::SdkVersion;

/// What is below a layer: a service that takes a request and gives the answer, whose body is still arriving.
pub type Exchanger = BoxCloneSyncService<http::Request<Bytes>, http::Response<Body>, Error>;

/// A tower layer that can stand in the pipeline: one whose service takes a request and gives an answer with any body.
///
/// Implemented for every such layer; its errors are ours, or become [`Error::Layer`].
pub trait ExchangeLayer: Send + Sync + 'static {
    /// The layer's service around `inner`.
    fn around(&self, inner: Exchanger) -> Exchanger;
}

impl<L, B> ExchangeLayer for L
where
    L: Layer<Exchanger> + Send + Sync + 'static,
    L::Service:
        Service<http::Request<Bytes>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    <L::Service as Service<http::Request<Bytes>>>::Error: Into<Box<dyn StdError + Send + Sync>>,
    <L::Service as Service<http::Request<Bytes>>>::Future: Send + 'static,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    fn around(&self, inner: Exchanger) -> Exchanger {
        let service = self.layer(inner);
        let service = service.map_response(|response: http::Response<B>| response.map(Body::new));
        Exchanger::new(service.map_err(|error| Error::of_layer(error.into())))
    }
}

/// A layer of whatever type.
pub(crate) type AnyLayer = Box<dyn ExchangeLayer>;

/// The parts of the pipeline.
pub(crate) struct Pipeline {
    pub(crate) identify: Identify,
    pub(crate) request_layers: Vec<AnyLayer>,
    pub(crate) retry: AnyLayer,
    pub(crate) sdk_version: SdkVersion,
    pub(crate) attempt_layers: Vec<AnyLayer>,
    pub(crate) authorize: Authorize,
    pub(crate) carry: Carry,
}

impl Pipeline {
    /// The whole of it.
    pub(crate) fn into_service(self) -> Exchanger {
        let sending = ServiceBuilder::new().layer(self.authorize).service(self.carry);
        let attempt = wrapped(Exchanger::new(sending), &self.attempt_layers);
        let attempt = Exchanger::new(self.sdk_version.layer(attempt));
        let request = wrapped(self.retry.around(attempt), &self.request_layers);
        Exchanger::new(self.identify.layer(request))
    }
}

/// `inner` within the layers, of which the first is the outermost.
fn wrapped(inner: Exchanger, layers: &[AnyLayer]) -> Exchanger {
    layers.iter().rev().fold(inner, |inner, layer| layer.around(inner))
}
