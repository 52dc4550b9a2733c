//! The permissions an operation asks for, as its documentation states them.
//!
//! The documented table has a row for each way to sign in; each row names permissions of which one is enough,
//! least privileged first.

use std::fmt;

/// What an operation asks of a caller, for each way to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permissions {
    /// A signed-in user with a work or school account.
    pub delegated_work: Grant,
    /// A signed-in user with a personal Microsoft account.
    pub delegated_personal: Grant,
    /// An application without a user.
    pub application: Grant,
}

impl Permissions {
    /// Permissions of an operation whose documentation does not state them.
    pub const UNDOCUMENTED: Self = Self {
        delegated_work: Grant::Undocumented,
        delegated_personal: Grant::Undocumented,
        application: Grant::Undocumented,
    };
}

impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "delegated, work or school: {}; delegated, personal: {}; application: {}",
            self.delegated_work, self.delegated_personal, self.application
        )
    }
}

/// What one way to sign in needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// The documentation says nothing.
    Undocumented,
    /// This way to sign in is not supported.
    NotSupported,
    /// One of these is enough; least privileged first.
    OneOf(&'static [&'static str]),
}

impl Grant {
    /// The permissions of which one is enough; empty where none are named.
    pub const fn permissions(&self) -> &'static [&'static str] {
        match self {
            Self::OneOf(permissions) => permissions,
            Self::Undocumented | Self::NotSupported => &[],
        }
    }

    /// The permission with the least privileges.
    pub const fn least_privileged(&self) -> Option<&'static str> {
        match self.permissions() {
            [least, ..] => Some(least),
            [] => None,
        }
    }

    /// Whether a caller that holds `granted` may call. Permissions are compared without regard to ASCII case.
    /// What is undocumented allows nobody.
    pub fn allows<'a>(&self, granted: impl IntoIterator<Item = &'a str>) -> bool {
        let wanted = self.permissions();
        granted.into_iter().any(|held| wanted.iter().any(|one| one.eq_ignore_ascii_case(held)))
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undocumented => f.write_str("not documented"),
            Self::NotSupported => f.write_str("not supported"),
            Self::OneOf(permissions) => {
                for (index, permission) in permissions.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    f.write_str(permission)?;
                }
                Ok(())
            }
        }
    }
}
