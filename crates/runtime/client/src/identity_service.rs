//! The identity service: a form goes in, a JSON object or a refusal comes out (RFC 6749, sections 4 and 5; RFC 8628).
//!
//! The one place that asks it, for all ways of signing in. Holds: what is secret in a form shows in no error, though the
//! answer repeats it; no redirect is followed; a tenant is one segment of the address.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode, Uri, header};
use msgraph_core::Json;

use crate::credential::{CredentialError, Token};
use crate::error::UsageError;
use crate::http_transport::{HttpOptions, HttpTransport};
use crate::line::line;
use crate::origin::BaseUrl;
use crate::token_cache::LONGEST_LIFE;
use crate::transport::{Transport, TransportError};

/// What a source of tokens says of a token at most, in bytes.
const LONGEST: usize = 1 << 20;

/// The identity service of one tenant.
pub(crate) struct IdentityService {
    authority: BaseUrl,
    token: Uri,
    device_code: Uri,
    transport: Box<dyn Transport>,
}

/// Where a form goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Token,
    DeviceCode,
}

impl IdentityService {
    /// That of `tenant` at `authority`.
    pub(crate) fn new(authority: &str, tenant: &str) -> Result<Self, UsageError> {
        let authority = BaseUrl::new(authority, false)?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if tenant.is_empty() || tenant.starts_with('.') || !tenant.chars().all(is_name) {
            let reason = "the tenant is neither an id nor a domain".to_owned();
            return Err(UsageError::Address { reason });
        }
        let endpoint = |name: &str| {
            let uri = format!("{}/{tenant}/oauth2/v2.0/{name}", authority.as_str());
            uri.parse().map_err(|error: http::uri::InvalidUri| UsageError::Address {
                reason: error.to_string(),
            })
        };
        let transport = HttpTransport::new(HttpOptions {
            home: endpoint("token")?,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(15),
            clear_text: !authority.origin().is_secure(),
        })?;
        Ok(Self {
            token: endpoint("token")?,
            device_code: endpoint("devicecode")?,
            authority,
            transport: Box::new(transport),
        })
    }

    /// The same over another transport.
    pub(crate) fn over(self, transport: impl Transport) -> Self {
        Self { transport: Box::new(transport), ..self }
    }

    /// Whether it is one of this machine, asked in clear text.
    pub(crate) fn is_clear_text(&self) -> bool {
        !self.authority.origin().is_secure()
    }

    /// What the service answers to a form.
    pub(crate) async fn ask(&self, endpoint: Endpoint, form: &Form) -> Result<Said, AskError> {
        let mut request = http::Request::new(Bytes::from(form.text.clone()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = match endpoint {
            Endpoint::Token => self.token.clone(),
            Endpoint::DeviceCode => self.device_code.clone(),
        };
        let encoding = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(header::CONTENT_TYPE, encoding);
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(header::ACCEPT, json);
        let answer = self.transport.send(request).await.map_err(AskError::Transport)?;
        let (parts, body) = answer.into_parts();
        let said = Said::read(&body.whole(LONGEST).await.map_err(AskError::Transport)?);
        if parts.status.is_success() {
            return Ok(said);
        }
        // An answer may repeat the request; a code is a name, which a short secret must not break.
        let is_name =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let code = said.text("error").unwrap_or_else(|| "no reason".to_owned());
        Err(AskError::Refused(IdentityError {
            status: parts.status,
            code: if is_name(&code) { code } else { form.redact(&code) },
            message: form.redact(&said.text("error_description").unwrap_or_default()),
        }))
    }
}

impl fmt::Debug for IdentityService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IdentityService").field(&self.token).finish()
    }
}

/// Names and values as they are sent, and which of the values are secret.
#[derive(Clone, Default)]
pub(crate) struct Form {
    text: String,
    secrets: Vec<String>,
}

impl Form {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text.push_str(name);
        self.text.push('=');
        form_encode(&mut self.text, value);
        self
    }

    /// With a value that is taken out of what is shown.
    pub(crate) fn with_secret(mut self, name: &str, value: &str) -> Self {
        if !value.is_empty() {
            // As it is, and as the form has it.
            let mut encoded = String::new();
            form_encode(&mut encoded, value);
            self.secrets.extend([value.to_owned(), encoded]);
        }
        self.with(name, value)
    }

    fn redact(&self, text: &str) -> String {
        self.secrets
            .iter()
            .fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "[secret]"))
    }
}

/// A value in a form (WHATWG URL, section 5.2), all but letters and digits encoded.
fn form_encode(out: &mut String, value: &str) {
    for byte in value.bytes() {
        match byte.is_ascii_alphanumeric() {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
}

/// What the identity service says: the members of a JSON object, none of which can be relied on.
pub(crate) struct Said(BTreeMap<String, Json>);

/// A token that was granted.
pub(crate) struct Granted {
    pub(crate) token: Token,
    pub(crate) lifetime: Duration,
    /// A secret that later gets another token.
    pub(crate) refresh_token: Option<String>,
}

impl Said {
    fn read(body: &[u8]) -> Self {
        let said = Json::from_slice(body).ok().and_then(|said| said.deserialize().ok());
        Self(said.unwrap_or_default())
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        Some(self.0.get(name)?.as_str()?.into_owned())
    }

    pub(crate) fn seconds(&self, name: &str) -> Option<Duration> {
        let seconds = u64::try_from(self.0.get(name)?.as_i64()?).ok()?;
        Some(Duration::from_secs(seconds).min(LONGEST_LIFE))
    }

    /// The token that it grants.
    pub(crate) fn granted(&self) -> Result<Granted, CredentialError> {
        let token =
            self.text("access_token").ok_or("the identity service answers without a token")?;
        let lifetime = self
            .seconds("expires_in")
            .ok_or("the identity service does not say how long its token is good")?;
        let refresh_token = self.text("refresh_token").filter(|token| !token.is_empty());
        Ok(Granted { token: Token::new(token)?, lifetime, refresh_token })
    }
}

/// Why the identity service has nothing to say.
pub(crate) enum AskError {
    Transport(TransportError),
    Refused(IdentityError),
}

impl From<AskError> for CredentialError {
    /// The one or the other, to be found by its own type.
    fn from(error: AskError) -> Self {
        match error {
            AskError::Transport(error) => error.into(),
            AskError::Refused(error) => error.into(),
        }
    }
}

/// The identity service refuses to give a token: found in an [`Error::Credential`](crate::Error::Credential) by
/// `downcast_ref`.
#[derive(Clone)]
pub struct IdentityError {
    status: StatusCode,
    code: String,
    message: String,
}

impl IdentityError {
    /// The status of its answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The code, e.g. `invalid_client` (RFC 6749, section 5.2).
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What is wrong, for people; empty where the service does not say it.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for IdentityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, code, message } = self;
        let whole = format!("the identity service refuses ({status}): {code} {message}");
        f.write_str(&line(&whole, 300))
    }
}

impl fmt::Debug for IdentityError {
    /// As it is displayed: on one line, and not too long.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityError({self})")
    }
}

impl StdError for IdentityError {}
