//! A guard that lets a test in as a caller that the documentation allows.

use msgraph_core::{Grant, Operation};

use crate::guard::{Guard, OperationFacts, Refusal};
use crate::principal::{Principal, PrincipalKind};

/// The token of contract tests.
pub const TOKEN: &str = "contract";

/// Accepts [`TOKEN`] as a caller that may call one operation, and no other token.
#[derive(Debug, Clone)]
pub struct ContractGuard {
    principal: Principal,
}

/// A guard whose caller has the least permissions that `O` documents.
pub fn guard<O: Operation>() -> ContractGuard {
    let kinds = [
        PrincipalKind::DelegatedWork,
        PrincipalKind::Application,
        PrincipalKind::DelegatedPersonal,
    ];
    let permitted = kinds.into_iter().find_map(|kind| {
        let permissions = kind.grant(&O::PERMISSIONS).least_privileged()?;
        Some((kind, permissions))
    });
    let undocumented =
        || kinds.into_iter().find(|kind| kind.grant(&O::PERMISSIONS) == Grant::Undocumented);
    let principal = match permitted {
        Some((kind, permissions)) => Principal::new(kind, TOKEN, permissions.iter().copied()),
        None => {
            let kind = undocumented().unwrap_or(PrincipalKind::DelegatedWork);
            Principal::new(kind, TOKEN, [""; 0])
        }
    };
    ContractGuard { principal }
}

impl Guard for ContractGuard {
    async fn authenticate(&self, bearer: &str) -> Result<Principal, Refusal> {
        if bearer == TOKEN { Ok(self.principal.clone()) } else { Err(Refusal::InvalidToken) }
    }

    /// An operation without documented permissions has a contract all the same.
    fn permits_undocumented(&self, _: &Principal, _: OperationFacts) -> bool {
        true
    }
}
