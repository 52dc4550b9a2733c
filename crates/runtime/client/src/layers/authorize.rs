//! Puts the token on a message, which nothing changes any more.
//!
//! Holds: the token is put on a message to the client's origin alone, as the address is now, whatever the layers above have
//! made of it; on none that has been led away; and on none that does not have its [`Call`]. No layer of a user stands
//! below: only the transport sees the token.

use std::sync::Arc;

use bytes::Bytes;
use http::header;

use crate::call::Call;
use crate::credential::Credential;
use crate::error::{Error, UsageError};
use crate::origin::BaseUrl;
use crate::redirect::TokenUse;

/// Who sends, and where to. Without a credential no message has a token.
pub(crate) struct Authorize {
    pub(crate) credential: Option<Arc<dyn Credential>>,
    pub(crate) base_url: BaseUrl,
}

impl Authorize {
    /// Puts the token on `request`, if it may have one.
    pub(crate) async fn put_on(&self, request: &mut http::Request<Bytes>) -> Result<(), Error> {
        let Some(is_at_origin) = self.base_url.is_origin_of(request.uri()) else {
            let reason = "it is no absolute http or https address".to_owned();
            return Err(UsageError::Address { reason }.into());
        };
        let call = request.extensions().get::<Call>();
        let call = call.filter(|call| call.token == TokenUse::AtOrigin && is_at_origin);
        if let (Some(call), Some(credential)) = (call, &self.credential) {
            let token = credential.token().await.map_err(Error::Credential)?;
            let value = token.header();
            call.progress.keep(token);
            request.headers_mut().insert(header::AUTHORIZATION, value);
        }
        Ok(())
    }
}
