//! Signing in as an application, by a secret (RFC 6749, section 4.4).

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method, Uri, header};
use msgraph_core::Json;

use crate::credential::{CredentialError, Token};
use crate::error::UsageError;
use crate::http_transport::{HttpOptions, HttpTransport};
use crate::line::line;
use crate::origin::BaseUrl;
use crate::token_cache::TokenSource;
use crate::transport::{BoxFuture, Transport};

/// What a source of tokens says of a token at most, in bytes.
const LONGEST: usize = 1 << 20;

/// A cloud of Microsoft: where its identity service is, and its Graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cloud {
    /// The one that all use who have no other.
    Global,
    /// Of the government of the United States (L4).
    UsGovernment,
    /// Of its department of defense (L5).
    UsDefense,
    /// Of China, which 21Vianet runs.
    China,
}

impl Cloud {
    /// The address of the identity service.
    pub fn authority(self) -> &'static str {
        match self {
            Self::Global => "https://login.microsoftonline.com",
            Self::UsGovernment | Self::UsDefense => "https://login.microsoftonline.us",
            Self::China => "https://login.partner.microsoftonline.cn",
        }
    }

    /// The address of Graph, to which the version is added.
    pub fn graph(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com",
            Self::UsGovernment => "https://graph.microsoft.us",
            Self::UsDefense => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }
}

/// An application that signs in by a secret of its own: a [`TokenSource`], to be put into a
/// [`TokenCache`](crate::TokenCache).
pub struct ClientCredentials {
    uri: Uri,
    form: Bytes,
    /// To be taken out of what is shown.
    secret: String,
    transport: HttpTransport,
}

impl ClientCredentials {
    /// The application `client_id` of `tenant`, in `cloud`.
    ///
    /// # Errors
    /// The transport cannot be made, or the tenant is no name.
    pub fn new(
        cloud: Cloud,
        tenant: &str,
        client_id: &str,
        secret: &str,
    ) -> Result<Self, UsageError> {
        let scope = format!("{}/.default", cloud.graph());
        Self::at(cloud.authority(), tenant, client_id, secret, &scope)
    }

    /// The same at any identity service, for any scope.
    ///
    /// # Errors
    /// The transport cannot be made, or the tenant or the authority is none.
    pub fn at(
        authority: &str,
        tenant: &str,
        client_id: &str,
        secret: &str,
        scope: &str,
    ) -> Result<Self, UsageError> {
        let authority = BaseUrl::new(authority, false)?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if tenant.is_empty() || tenant.starts_with('.') || !tenant.chars().all(is_name) {
            let reason = "the tenant is neither an id nor a domain".to_owned();
            return Err(UsageError::Address { reason });
        }
        let uri = format!("{}/{tenant}/oauth2/v2.0/token", authority.as_str());
        let uri = uri.parse().map_err(|error: http::uri::InvalidUri| UsageError::Address {
            reason: error.to_string(),
        })?;
        let transport = HttpTransport::new(HttpOptions {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(15),
            clear_text: !authority.origin().is_secure(),
        })?;
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", client_id),
            ("client_secret", secret),
            ("scope", scope),
        ];
        let form: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", form_encode(value))).collect();
        Ok(Self { uri, form: Bytes::from(form.join("&")), secret: secret.to_owned(), transport })
    }

    async fn ask(&self) -> Result<(Token, Duration), CredentialError> {
        let mut request = http::Request::new(self.form.clone());
        *request.method_mut() = Method::POST;
        request.uri_mut().clone_from(&self.uri);
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(header::CONTENT_TYPE, form);
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(header::ACCEPT, json);
        let answer = self.transport.send(request).await?;
        let status = answer.status();
        let body = answer.into_body().whole(LONGEST).await?;
        let said: BTreeMap<String, Json> = Json::from_slice(&body)
            .ok()
            .and_then(|said| said.deserialize().ok())
            .unwrap_or_default();
        let text = |name: &str| said.get(name)?.as_str().map(|text| text.into_owned());
        if !status.is_success() {
            let code = text("error").unwrap_or_else(|| "no reason".to_owned());
            let why = text("error_description").unwrap_or_default();
            // An answer may repeat the request.
            let why = match self.secret.as_str() {
                "" => why,
                secret => why.replace(secret, "[secret]"),
            };
            return Err(line(
                &format!("the identity service refuses ({status}): {code} {why}"),
                300,
            )
            .into());
        }
        let token = text("access_token").ok_or("the identity service answers without a token")?;
        let seconds = said.get("expires_in").and_then(Json::as_i64);
        let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
        let lifetime =
            seconds.ok_or("the identity service does not say how long its token is good")?;
        Ok((Token::new(token)?, Duration::from_secs(lifetime)))
    }
}

/// A value in a form (WHATWG URL, section 5.2), all but letters and digits encoded.
fn form_encode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte.is_ascii_alphanumeric() {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

impl TokenSource for ClientCredentials {
    fn fetch(&self) -> BoxFuture<'_, Result<(Token, Duration), CredentialError>> {
        Box::pin(self.ask())
    }
}

impl fmt::Debug for ClientCredentials {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials").field("uri", &self.uri).finish_non_exhaustive()
    }
}
