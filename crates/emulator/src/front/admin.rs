//! What a test in another language may ask of the emulator itself, below `/admin`, where that was asked for.
//!
//! Every request needs the token of the administrator, which is another one than that of callers: what a page in a browser
//! can make a browser send is not enough.
//!
//! | request | does |
//! |---|---|
//! | `GET /admin/requests` | the log of the last 10,000 requests, as far as they have 16 MiB together; `DELETE` forgets it |
//! | `POST /admin/faults` `["throttle=2", …]` | faults for the next requests; `DELETE` forgets them |
//! | `POST /admin/tokens` `{"kind", "subject", "permissions"}` | a token for a caller; `kind` is `delegatedWork`, `delegatedPersonal` or `application` |
//! | `PUT /admin/groups/{id}` | makes or changes a group; `DELETE` takes it away |
//! | `GET /admin/snapshot` | all that there is; `PUT` puts it back |
//! | `POST /admin/reset` | begins anew |
//! | `POST /admin/delta/expire` | makes all tokens of changes void |

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use http_body_util::{BodyExt as _, Limited};
use msgraph_core::ServiceError;
use msgraph_server::{Guard as _, Principal, PrincipalKind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::faults::Fault;
use super::responses::{empty, failed, json};
use super::{Front, Tokens};
use crate::document::Document;
use crate::mailbox::Snapshot;

/// The longest body: a snapshot is one.
const LONGEST: usize = 256 << 20;

/// Whether the emulator is administered over HTTP, and by whom.
#[derive(Debug)]
pub(crate) struct Admin {
    pub(crate) is_on: bool,
    /// The administrator's.
    pub(crate) guard: Tokens,
    /// Whether there are groups where it begins anew.
    pub(crate) is_seeded: bool,
}

/// A caller, as a test describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Caller {
    kind: CallerKind,
    subject: String,
    #[serde(default)]
    permissions: Vec<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
enum CallerKind {
    DelegatedWork,
    DelegatedPersonal,
    Application,
}

impl From<CallerKind> for PrincipalKind {
    fn from(kind: CallerKind) -> Self {
        match kind {
            CallerKind::DelegatedWork => Self::DelegatedWork,
            CallerKind::DelegatedPersonal => Self::DelegatedPersonal,
            CallerKind::Application => Self::Application,
        }
    }
}

/// The answer to a request below `/admin/`.
pub(super) async fn answer(front: &Front, path: &str, request: Request) -> Response {
    let answered = match authorize(&front.admin.guard, request.headers()).await {
        Ok(()) => act(front, path, request).await,
        Err(error) => Err(error),
    };
    answered.unwrap_or_else(failed)
}

async fn authorize(guard: &Tokens, headers: &HeaderMap) -> Result<(), ServiceError> {
    let said = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    // The name of a scheme may be written in any case (RFC 9110, section 11.1).
    let bearer = said
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"));
    let known = guard.authenticate(bearer.map_or("", |(_, token)| token.trim_start())).await;
    known.map(drop).map_err(|_| {
        ServiceError::unauthorized("The token of the administrator is needed here.")
            .with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    })
}

async fn act(front: &Front, path: &str, request: Request) -> Result<Response, ServiceError> {
    let (parts, body) = request.into_parts();
    let mailbox = &front.mailbox;
    match (&parts.method, path) {
        (&Method::GET, "requests") => return shown(&front.log.all()),
        (&Method::DELETE, "requests") => front.log.clear(),
        (&Method::POST, "faults") => {
            let texts: Vec<String> = read(body).await?;
            let faults: Result<Vec<Fault>, _> = texts.iter().map(|text| text.parse()).collect();
            front.faults.inject(faults.map_err(|error| {
                ServiceError::bad_request(format!("In the list of faults: {error}."))
            })?);
        }
        (&Method::DELETE, "faults") => front.faults.clear(),
        (&Method::POST, "tokens") => {
            let Caller { kind, subject, permissions } = read(body).await?;
            let principal = Principal::new(kind.into(), subject, permissions);
            return shown(&json!({"token": front.callers.make(principal)}));
        }
        (&Method::GET, "snapshot") => return shown(&mailbox.snapshot().await?),
        (&Method::PUT, "snapshot") => {
            let snapshot: Snapshot = read(body).await?;
            mailbox.restore(&snapshot).await?;
        }
        (&Method::POST, "reset") => mailbox.reset(front.admin.is_seeded).await?,
        (&Method::POST, "delta/expire") => mailbox.expire_tokens().await?,
        (method, path) => match (method, path.strip_prefix("groups/")) {
            (&Method::PUT, Some(id)) if is_id(id) => {
                let group: Document = read(body).await?;
                mailbox.put_group(id, group).await?;
            }
            (&Method::DELETE, Some(id)) if is_id(id) => mailbox.remove_group(id).await?,
            _ => return Err(ServiceError::not_found("The administrator can do nothing here.")),
        },
    }
    Ok(empty(StatusCode::NO_CONTENT))
}

/// Whether a text can be the id of a group as it stands.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn shown(value: &impl Serialize) -> Result<Response, ServiceError> {
    let text = serde_json::to_string(value).map_err(|error| {
        tracing::error!(%error, "an answer cannot be written");
        ServiceError::internal("The answer cannot be written.")
    })?;
    Ok(json(StatusCode::OK, text))
}

async fn read<T: DeserializeOwned>(body: Body) -> Result<T, ServiceError> {
    let body = Limited::new(body, LONGEST).collect().await;
    let bytes: Bytes = body
        .map_err(|_| ServiceError::bad_request("The body is too long, or did not arrive whole."))?
        .to_bytes();
    serde_json::from_slice(&bytes)
        .map_err(|error| ServiceError::bad_request(format!("The body cannot be read: {error}.")))
}
