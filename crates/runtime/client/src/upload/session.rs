//! One exchange with a session: to its address alone, without a token, and over no redirect.

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode, Uri, header};

use super::{Upload, UploadError};
use crate::call::{Call, Label};
use crate::client::Client;
use crate::error::{Error, Redirect, UsageError};
use crate::failure::ServiceFailure;
use crate::origin::{Origin, names_user};
use crate::redirect::{TokenUse, leads_elsewhere};

/// What stands for the path of a session, which is a secret.
const SESSION: &str = "(upload session)";

/// The address of a session, if what is sent there stays unread on the way.
pub(super) fn session_address(client: &Client, upload_url: &str) -> Result<Uri, UsageError> {
    let refused = |reason| UsageError::Upload { reason };
    let uri: Uri = upload_url.parse().map_err(|_| refused("the session has no address"))?;
    if names_user(&uri) {
        return Err(refused("the address of the session names a user"));
    }
    let origin = Origin::of(&uri).ok_or(refused("the session has no address"))?;
    let base = client.origin();
    let is_on_machine = !base.is_secure() && base.is_loopback() && origin.is_loopback();
    if !origin.is_secure() && !is_on_machine {
        return Err(refused("the address of the session is in clear text"));
    }
    Ok(uri)
}

impl Upload {
    /// Sends a request to the session, without a token.
    pub(super) async fn exchange(
        &self,
        method: Method,
        range: Option<(Bytes, String)>,
    ) -> Result<http::Response<Bytes>, UploadError> {
        let mut request = Box::new(http::Request::new(Bytes::new()));
        *request.method_mut() = method;
        *request.uri_mut() = self.address.clone().map_err(Error::from)?;
        if let Some((bytes, range)) = range {
            *request.body_mut() = bytes;
            let headers = request.headers_mut();
            let content = HeaderValue::from_static("application/octet-stream");
            headers.insert(header::CONTENT_TYPE, content);
            let invalid = || UsageError::InvalidHeader { name: "Content-Range".to_owned() };
            let range = HeaderValue::try_from(range).map_err(|_| Error::from(invalid()))?;
            headers.insert(header::CONTENT_RANGE, range);
        }
        let mut call = Call::new("", SESSION, self.client.deadline());
        call.token = TokenUse::Never;
        Ok(self.client.answered(&call, request).await?)
    }

    /// The answer, if it is one of success.
    pub(super) fn accepted(
        &self,
        method: Method,
        response: http::Response<Bytes>,
    ) -> Result<http::Response<Bytes>, UploadError> {
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let operation = named(method);
        let (parts, body) = response.into_parts();
        if leads_elsewhere(status) {
            let reason = "an upload is not led elsewhere";
            let redirect = Redirect::new(&operation, status, &parts.headers, reason, None);
            return Err(Error::Redirect(Box::new(redirect)).into());
        }
        let body = self.without_address(&body);
        let failure = ServiceFailure::new(&operation, status, parts.headers, body.as_bytes(), None);
        let error = Error::Service(Box::new(failure));
        match status {
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(UploadError::Gone(Box::new(error))),
            _ => Err(error.into()),
        }
    }

    /// What a refusal says, which may repeat the address.
    fn without_address(&self, body: &[u8]) -> String {
        let mut text = String::from_utf8_lossy(body).into_owned();
        if let Ok(uri) = &self.address {
            let relative = uri.path_and_query().map(|rest| rest.as_str()).unwrap_or_default();
            for secret in [uri.to_string().as_str(), relative] {
                if secret.len() > 1 {
                    text = text.replace(secret, "[upload url]");
                }
            }
        }
        text
    }
}

/// What names a request in errors.
pub(super) fn named(method: Method) -> Label {
    Label::new(method, SESSION)
}
