//! Who calls, and what the caller may do.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use msgraph_core::{Grant, Permissions};

/// How a caller signed in: one row of a documented permission table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PrincipalKind {
    /// A user with a work or school account, through an application.
    DelegatedWork,
    /// A user with a personal account, through an application.
    DelegatedPersonal,
    /// An application by itself.
    Application,
}

impl PrincipalKind {
    /// What an operation asks of callers of this kind.
    pub fn grant(self, permissions: &Permissions) -> Grant {
        match self {
            Self::DelegatedWork => permissions.delegated_work,
            Self::DelegatedPersonal => permissions.delegated_personal,
            Self::Application => permissions.application,
        }
    }
}

/// A caller whose token was accepted. Cheap to clone, since most guards know a caller from one request to the next.
#[derive(Clone, PartialEq, Eq)]
pub struct Principal(Arc<Identity>);

/// What is known of a [`Principal`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// How the caller signed in.
    pub kind: PrincipalKind,
    /// The permissions that the token grants, e.g. `Group.ReadWrite.All`.
    pub permissions: BTreeSet<String>,
    /// Who it is: the id of the user, or of the application.
    pub subject: String,
    /// The id of the tenant in which the subject is known by its id, where the token names one.
    pub tenant: Option<String>,
}

impl Principal {
    /// A caller of `kind` with `permissions`.
    pub fn new(
        kind: PrincipalKind,
        subject: impl Into<String>,
        permissions: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self(Arc::new(Identity {
            kind,
            permissions: permissions.into_iter().map(Into::into).collect(),
            subject: subject.into(),
            tenant: None,
        }))
    }

    /// The same caller, known in `tenant`.
    #[must_use]
    pub fn with_tenant(mut self, tenant: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).tenant = Some(tenant.into());
        self
    }

    /// A user with a work or school account.
    pub fn work(
        subject: impl Into<String>,
        permissions: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self::new(PrincipalKind::DelegatedWork, subject, permissions)
    }

    /// A user with a personal account.
    pub fn personal(
        subject: impl Into<String>,
        permissions: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self::new(PrincipalKind::DelegatedPersonal, subject, permissions)
    }

    /// An application.
    pub fn application(
        subject: impl Into<String>,
        permissions: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self::new(PrincipalKind::Application, subject, permissions)
    }
}

impl Deref for Principal {
    type Target = Identity;

    fn deref(&self) -> &Identity {
        &self.0
    }
}

impl fmt::Debug for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Principal").field(&self.0).finish()
    }
}
