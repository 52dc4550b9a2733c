//! The layers that a request passes, put together.
//!
//! From the outside in: who asks ([`Identify`]), the user's layers for a request, retrying, the library's version
//! ([`SdkVersion`]), the user's layers for an attempt, the token and the transport ([`Carry`]). What a layer
//! adds, one below it can change or take off; but for the token, below which there is none. Redirects stand above all.

use std::error::Error as StdError;

use bytes::Bytes;
use tower::util::{BoxCloneSyncService, Either};
use tower::{Layer, Service, ServiceExt as _};

use crate::body::Body;
use crate::error::Error;
use crate::layers::carry::Carry;
use crate::layers::identify::Identify;
use crate::layers::sdk_version::SdkVersion;
use crate::retry::Retry;

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

/// How requests are sent again.
pub(crate) enum Retrial {
    Built(Retry),
    /// As a layer of the user's does.
    Own(AnyLayer),
}

/// The parts of the pipeline.
pub(crate) struct Pipeline {
    pub(crate) identify: Identify,
    pub(crate) request_layers: Vec<AnyLayer>,
    pub(crate) retrial: Retrial,
    pub(crate) sdk_version: SdkVersion,
    pub(crate) attempt_layers: Vec<AnyLayer>,
    pub(crate) carry: Carry,
}

impl Pipeline {
    /// The whole of it. Its type is erased once, and before each layer of the user's, whose type is unknown.
    pub(crate) fn into_service(self) -> Exchanger {
        let attempt = self.sdk_version.layer(wrapped(self.carry, &self.attempt_layers));
        let request = match self.retrial {
            Retrial::Built(retry) => Either::Left(retry.layer(attempt)),
            Retrial::Own(layer) => Either::Right(layer.around(Exchanger::new(attempt))),
        };
        Exchanger::new(self.identify.layer(wrapped(request, &self.request_layers)))
    }
}

/// `inner` within the layers, of which the first is the outermost; itself where there are none.
fn wrapped<S>(inner: S, layers: &[AnyLayer]) -> Either<S, Exchanger>
where
    S: Service<http::Request<Bytes>, Response = http::Response<Body>, Error = Error>
        + Clone
        + Send
        + Sync
        + 'static,
    S::Future: Send,
{
    match layers {
        [] => Either::Left(inner),
        layers => Either::Right(
            layers.iter().rev().fold(Exchanger::new(inner), |inner, layer| layer.around(inner)),
        ),
    }
}
