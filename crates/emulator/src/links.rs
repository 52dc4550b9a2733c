//! Links that lead on: opaque to clients, and so free to say what they must.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header;
use msgraph_core::ServiceError;
use msgraph_server::{Context, Query};

/// What a link of changes says: the latest change that was seen, of which epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) epoch: i64,
    pub(crate) place: i64,
}

impl Token {
    /// The token of a request, behind either name.
    pub(crate) fn of(query: &Query) -> Result<Option<Self>, ServiceError> {
        for name in ["$deltatoken", "$skiptoken"] {
            if let Some(text) = query.get(name) {
                let message = format!("The value of {name} is none that was answered.");
                let malformed = || ServiceError::bad_request(message).with_target(name);
                return Self::read(&text).ok_or_else(malformed).map(Some);
            }
        }
        Ok(None)
    }

    pub(crate) fn text(self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}.{}", self.epoch, self.place))
    }

    fn read(text: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let (epoch, place) = text.split_once('.')?;
        Some(Self { epoch: epoch.parse().ok()?, place: place.parse().ok()? })
    }
}

/// The origin that a request was sent to, so that links lead back to it.
pub(crate) fn origin(context: &Context) -> String {
    let host = context.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    format!("http://{}", host.unwrap_or("localhost"))
}
