//! What a token claims, and the principal that follows from it.
//!
//! In come the claims of a token whose signature, issuer and audience are right. Holds of a principal: what it
//! may do was granted to it in the role that it acts in. An application that acts for a user has `scp`; the
//! user's `roles` beside it are no permissions. One that acts by itself has `roles` and no `scp`; it is told
//! from a user by `idtyp`, or where that is absent by `oid` and `sub` being the same ("Protected web API:
//! Verify scopes and app roles", Microsoft). A token that has neither grants nothing, as one that was made
//! to sign in with, and is no access token.

use std::time::Duration;

use serde::Deserialize;

use super::flaw::Flaw;
use crate::principal::{Principal, PrincipalKind};

/// The tenant of all personal accounts ("Access token claims reference", Microsoft).
pub(super) const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// The claims that count. One that comes twice is refused by the derived code.
#[derive(Deserialize)]
pub(super) struct Claims {
    iss: String,
    exp: f64,
    nbf: Option<f64>,
    sub: Option<String>,
    oid: Option<String>,
    tid: Option<String>,
    appid: Option<String>,
    azp: Option<String>,
    idtyp: Option<String>,
    scp: Option<String>,
    roles: Option<Vec<String>>,
}

impl Claims {
    pub(super) fn issuer(&self) -> &str {
        &self.iss
    }

    pub(super) fn tenant(&self) -> Option<&str> {
        self.tid.as_deref()
    }

    /// When the token ends, after 1970.
    pub(super) fn expires(&self) -> Result<Duration, Flaw> {
        time(self.exp)
    }

    /// When the token begins, after 1970.
    pub(super) fn not_before(&self) -> Result<Duration, Flaw> {
        time(self.nbf.unwrap_or_default())
    }

    pub(super) fn principal(self) -> Result<Principal, Flaw> {
        let tenant = self.tid.clone();
        let principal = self.subject()?;
        Ok(match tenant {
            Some(tenant) => principal.with_tenant(tenant),
            None => principal,
        })
    }

    fn subject(self) -> Result<Principal, Flaw> {
        let scopes: Vec<&str> =
            self.scp.iter().flat_map(|scopes| scopes.split(' ')).filter(present).collect();
        if !scopes.is_empty() {
            if self.idtyp.as_deref() == Some("app") {
                return Err(Flaw::NoPermissions);
            }
            let kind = match self.tid.as_deref() {
                Some(PERSONAL) => PrincipalKind::DelegatedPersonal,
                _ => PrincipalKind::DelegatedWork,
            };
            let subject = first([&self.oid, &self.sub])?;
            return Ok(Principal::new(kind, subject, scopes));
        }
        let roles: Vec<&str> =
            self.roles.iter().flatten().map(String::as_str).filter(present).collect();
        if roles.is_empty() || !self.is_of_application() {
            return Err(Flaw::NoPermissions);
        }
        let subject = first([&self.appid, &self.azp, &self.oid])?;
        Ok(Principal::application(subject, roles))
    }

    /// Whether the subject of a token without scopes is an application.
    fn is_of_application(&self) -> bool {
        match self.idtyp.as_deref() {
            Some(kind) => kind == "app",
            None => self.oid.is_some() && self.oid == self.sub,
        }
    }
}

/// A moment, in seconds after 1970, which may have a fraction (RFC 7519, 2).
fn time(seconds: f64) -> Result<Duration, Flaw> {
    Duration::try_from_secs_f64(seconds).map_err(|_| Flaw::Claims)
}

fn present(text: &&str) -> bool {
    !text.is_empty()
}

fn first<const N: usize>(ids: [&Option<String>; N]) -> Result<&str, Flaw> {
    ids.into_iter().flatten().map(String::as_str).find(present).ok_or(Flaw::NoCaller)
}
