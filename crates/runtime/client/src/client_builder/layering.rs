//! What a request passes on its way: how it is sent again, and the layers of the user's, whose order the
//! [`pipeline`](crate::pipeline) tells.

use super::ClientBuilder;
use crate::pipeline::{ExchangeLayer, Retrial};
use crate::retry::Retry;

impl ClientBuilder {
    /// When requests are sent again; by default as [`Retry::default`] says.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Retrial::Built(retry);
        self
    }

    /// How requests are sent again, in place of [`Retry`]: a layer that calls what is below it once per attempt.
    pub fn retry_layer(mut self, layer: impl ExchangeLayer) -> Self {
        self.retry = Retrial::Own(Box::new(layer));
        self
    }

    /// A tower layer around all attempts of a request: it sees each request once, and each redirect that is followed. Of
    /// several the first is the outermost.
    ///
    /// It sees no token, and can neither move one nor lose it: that is put on below, where the address is the client's
    /// origin. A message that a layer makes of its own has to take the [extensions](http::Request::extensions) of the
    /// request along, in which its [`Call`](crate::Call) stands; without it there is no token.
    ///
    /// ```
    /// # use msgraph_client::{Client, Error, StaticToken};
    /// use http::{HeaderValue, Request, header};
    /// use tower::util::MapRequestLayer;
    ///
    /// # fn build() -> Result<Client, Error> {
    /// let german = MapRequestLayer::new(|mut request: Request<_>| {
    ///     request.headers_mut().insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("de"));
    ///     request
    /// });
    /// Client::builder()
    ///     .base_url("https://graph.microsoft.com/v1.0")
    ///     .credential(StaticToken::new("token"))
    ///     .layer(german)
    ///     .build()
    /// # }
    /// # build().expect("a client");
    /// ```
    pub fn layer(mut self, layer: impl ExchangeLayer) -> Self {
        self.request_layers.push(Box::new(layer));
        self
    }

    /// A tower layer around each attempt; else as [`layer`](Self::layer). Limits of how many messages are under way, or go
    /// out per second, belong here.
    pub fn attempt_layer(mut self, layer: impl ExchangeLayer) -> Self {
        self.attempt_layers.push(Box::new(layer));
        self
    }
}
