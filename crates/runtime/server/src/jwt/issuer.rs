//! Who may have issued a token: one issuer, or one for each tenant of a platform.
//!
//! In come the claims `iss` and `tid` of a token whose signature is right; out goes whether they are those of the
//! issuer, and whether the key has to say for whom it signs. The rules for many tenants are Microsoft's ("Access tokens
//! in the Microsoft identity platform", "Validate the issuer"): the tenant's id is a GUID, the issuer is the one of
//! that tenant, and the tenant is one of those that the service serves.

use std::collections::BTreeSet;
use std::fmt;

use msgraph_core::edm::Guid;

use super::claims::PERSONAL;
use super::flaw::Flaw;

/// The place of a tenant's id in the name of an issuer, as Microsoft's metadata has it.
pub(super) const ANY_TENANT: &str = "{tenantid}";

/// Who may have issued a token.
///
/// A text is one issuer, which is compared whole. The issuers of many tenants are asked for by
/// [`of_tenants`](Self::of_tenants).
#[derive(Clone, PartialEq, Eq)]
pub struct Issuer(Named);

#[derive(Clone, PartialEq, Eq)]
enum Named {
    Whole(String),
    /// What stands before and behind the id of the tenant.
    Tenants(String, String, Tenants),
}

/// The tenants whose tokens are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tenants {
    /// These and no others. Where there are none, no token is accepted.
    These(BTreeSet<Guid>),
    /// Every organisation, but no personal accounts.
    ///
    /// Anybody can make a tenant, with users and applications of their own: what a caller may see has to be decided
    /// by [`Principal::tenant`](crate::Identity::tenant), too.
    AnyOrganization,
    /// Every organisation, and personal accounts; see [`AnyOrganization`](Self::AnyOrganization).
    Any,
}

/// Why a text cannot be the issuer of many tenants.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "an issuer of many tenants has `{{tenantid}}` in its name once; one of a single tenant is compared whole"
)]
pub struct IssuerError;

impl Tenants {
    /// These and no others.
    pub fn these(ids: impl IntoIterator<Item = Guid>) -> Self {
        Self::These(ids.into_iter().collect())
    }

    fn has(&self, id: Guid) -> bool {
        match self {
            Self::These(ids) => ids.contains(&id),
            Self::AnyOrganization => PERSONAL.parse() != Ok(id),
            Self::Any => true,
        }
    }
}

impl Issuer {
    /// The issuers of `tenants`, which differ by the tenant's id alone: it stands for `{tenantid}` in `template`, such
    /// as `https://login.microsoftonline.com/{tenantid}/v2.0`.
    ///
    /// Of a token, `tid` has to be a GUID, one of `tenants`, and the one in `iss`. Its key has to say for whom it
    /// signs, as all keys of `https://login.microsoftonline.com/common/discovery/v2.0/keys` do: among the keys for
    /// all tenants there are some for a few.
    ///
    /// # Errors
    /// The template has no `{tenantid}`, or more than one.
    pub fn of_tenants(template: &str, tenants: Tenants) -> Result<Self, IssuerError> {
        match template.split_once(ANY_TENANT) {
            Some((before, after)) if !after.contains(ANY_TENANT) => {
                Ok(Self(Named::Tenants(before.to_owned(), after.to_owned(), tenants)))
            }
            _ => Err(IssuerError),
        }
    }

    /// Whether `issuer` is one of these, for a token of `tenant`.
    pub(super) fn is(&self, issuer: &str, tenant: Option<&str>) -> bool {
        match &self.0 {
            Named::Whole(whole) => whole == issuer,
            Named::Tenants(before, after, tenants) => tenant.is_some_and(|tenant| {
                is_of_tenant(issuer, before, tenant, after)
                    && tenant.parse().is_ok_and(|id| tenants.has(id))
            }),
        }
    }

    /// Whether a key may sign for it that does not say for whom it signs.
    pub(super) fn trusts_keys_without_issuer(&self) -> bool {
        matches!(self.0, Named::Whole(_))
    }
}

/// Whether `issuer` is the one of `tenant`, among those with these parts around the id.
pub(super) fn is_of_tenant(issuer: &str, before: &str, tenant: &str, after: &str) -> bool {
    issuer.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)) == Some(tenant)
}

impl fmt::Debug for Issuer {
    /// As it was given.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Named::Whole(whole) => whole.fmt(f),
            Named::Tenants(before, after, tenants) => {
                f.debug_tuple(&format!("{before}{ANY_TENANT}{after}")).field(tenants).finish()
            }
        }
    }
}

impl From<&str> for Issuer {
    fn from(issuer: &str) -> Self {
        issuer.to_owned().into()
    }
}

impl From<&String> for Issuer {
    fn from(issuer: &String) -> Self {
        issuer.to_owned().into()
    }
}

impl From<String> for Issuer {
    fn from(issuer: String) -> Self {
        Self(Named::Whole(issuer))
    }
}

/// Which of several issuers one of a token is.
pub(super) fn find<'i>(
    issuers: &'i [Issuer],
    issuer: &str,
    tenant: Option<&str>,
) -> Result<&'i Issuer, Flaw> {
    issuers.iter().find(|known| known.is(issuer, tenant)).ok_or(Flaw::Issuer)
}
