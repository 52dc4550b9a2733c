//! Who calls, and whether the operation allows it.
//!
//! Reads the one `Authorization` header, asks the guard, and holds the principal against the documented
//! permissions. What is not documented is allowed to nobody, unless the guard says otherwise.

use http::{HeaderMap, HeaderValue, StatusCode, header};
use msgraph_core::{Grant, ServiceError};

use crate::guard::{Guard, OperationFacts, Refusal};
use crate::principal::Principal;

/// The principal behind the headers of a request.
pub(crate) async fn authenticate<G: Guard>(
    guard: &G,
    headers: &HeaderMap,
) -> Result<Principal, ServiceError> {
    let Some(bearer) = bearer(headers) else {
        return Err(challenge(
            "Bearer",
            ServiceError::unauthorized("An access token is needed in the Authorization header."),
        ));
    };
    guard.authenticate(bearer).await.map_err(|refusal| match refusal {
        Refusal::InvalidToken => challenge(
            "Bearer error=\"invalid_token\"",
            ServiceError::unauthorized("The access token is not valid."),
        ),
        Refusal::Unavailable => ServiceError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Access tokens cannot be checked at the moment.",
        ),
    })
}

/// The token of the only `Authorization` header, where that is a bearer's.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (value, None) = (values.next()?, values.next()) else {
        return None;
    };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    let token = token.trim_start_matches(' ');
    let valid = scheme.eq_ignore_ascii_case("Bearer")
        && !token.is_empty()
        && token.bytes().all(|byte| byte.is_ascii_graphic());
    valid.then_some(token)
}

/// Whether `principal` may call the operation.
pub(crate) fn authorize<G: Guard>(
    guard: &G,
    principal: &Principal,
    operation: OperationFacts,
) -> Result<(), ServiceError> {
    let grant = principal.kind.grant(&operation.permissions);
    let held = principal.permissions.iter().map(String::as_str);
    let message = match grant {
        _ if grant.allows(held) => return Ok(()),
        Grant::Undocumented if guard.permits_undocumented(principal, operation) => return Ok(()),
        Grant::Undocumented => {
            "No permissions are documented that allow this operation to this kind of account."
                .to_owned()
        }
        Grant::NotSupported => {
            "The operation is not supported for this kind of account.".to_owned()
        }
        Grant::NoneNeeded => return Ok(()),
        Grant::OneOf(_) => {
            format!("The access token lacks a permission; one of these is needed: {grant}.")
        }
        Grant::OneOfSets(_) => {
            format!("The access token lacks permissions; one of these sets is needed: {grant}.")
        }
    };
    Err(challenge("Bearer error=\"insufficient_scope\"", ServiceError::forbidden(message)))
}

fn challenge(challenge: &'static str, error: ServiceError) -> ServiceError {
    error.with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
}
