//! The permissions an operation asks for, as its documentation states them.
//!
//! The documented table has a row for each way to sign in; each row names permissions of which one is enough,
//! least privileged first. A few rows name sets of permissions that are needed together, or say that none is
//! needed. Whatever is not plainly allowed is refused.

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

    /// Whoever has signed in may call.
    pub const NONE_NEEDED: Self = Self {
        delegated_work: Grant::NoneNeeded,
        delegated_personal: Grant::NoneNeeded,
        application: Grant::NoneNeeded,
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
    /// Whoever has signed in this way may call.
    NoneNeeded,
    /// One of these is enough; least privileged first.
    OneOf(&'static [&'static str]),
    /// All permissions of one of these sets are enough; least privileged first.
    OneOfSets(&'static [&'static [&'static str]]),
}

impl Grant {
    /// The permissions of the least privileged caller that may call; of [`NoneNeeded`](Self::NoneNeeded) an
    /// empty set, and [`None`] where nobody may, or nobody is documented to.
    pub const fn least_privileged(&self) -> Option<&'static [&'static str]> {
        match self {
            Self::NoneNeeded => Some(&[]),
            Self::OneOf([least, ..]) => Some(std::slice::from_ref(least)),
            Self::OneOfSets([least, ..]) if !least.is_empty() => Some(least),
            Self::Undocumented | Self::NotSupported | Self::OneOf(_) | Self::OneOfSets(_) => None,
        }
    }

    /// Whether a caller that holds `granted` may call. Permissions are compared without regard to ASCII case.
    /// What is undocumented allows nobody.
    pub fn allows<'a>(&self, granted: impl IntoIterator<Item = &'a str>) -> bool {
        let mut granted = granted.into_iter();
        match self {
            Self::Undocumented | Self::NotSupported => false,
            Self::NoneNeeded => true,
            Self::OneOf(permissions) => {
                granted.any(|held| permissions.iter().any(|one| one.eq_ignore_ascii_case(held)))
            }
            Self::OneOfSets(sets) => {
                let granted: Vec<&str> = granted.collect();
                let holds = |one: &&str| granted.iter().any(|held| held.eq_ignore_ascii_case(one));
                // An empty set asks for nothing; that nothing is needed is said by `NoneNeeded` alone.
                sets.iter().any(|set| !set.is_empty() && set.iter().all(holds))
            }
        }
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undocumented => f.write_str("not documented"),
            Self::NotSupported => f.write_str("not supported"),
            Self::NoneNeeded => f.write_str("none needed"),
            Self::OneOf(permissions) => list(f, permissions, ", "),
            Self::OneOfSets(sets) => {
                for (index, set) in sets.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    list(f, set, " and ")?;
                }
                Ok(())
            }
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, names: &[&str], between: &str) -> fmt::Result {
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        f.write_str(name)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Grant;

    const LIST: Grant = Grant::OneOf(&["Thing.Read", "Thing.ReadWrite"]);
    const SETS: Grant = Grant::OneOfSets(&[&["Policy.Read", "Thing.Read"], &["Directory.Read"]]);

    #[test]
    fn one_of_a_list_is_enough() {
        assert!(LIST.allows(["thing.readwrite"]));
        assert!(!LIST.allows(["Thing.Write"]));
        assert!(!LIST.allows([]));
    }

    #[test]
    fn a_set_is_needed_as_a_whole() {
        assert!(SETS.allows(["Thing.Read", "Policy.Read", "Other.Read"]));
        assert!(SETS.allows(["directory.read"]));
        assert!(!SETS.allows(["Policy.Read"]));
        assert!(!SETS.allows(["Thing.Read", "Other.Read"]));
        assert!(!SETS.allows([]));
    }

    #[test]
    fn nothing_else_allows_anybody_but_that_none_is_needed() {
        assert!(Grant::NoneNeeded.allows([]));
        let nothing = [
            Grant::Undocumented,
            Grant::NotSupported,
            Grant::OneOf(&[]),
            Grant::OneOfSets(&[]),
            Grant::OneOfSets(&[&[]]),
        ];
        for grant in nothing {
            assert!(!grant.allows(["", "Thing.Read"]), "{grant:?}");
            assert_eq!(grant.least_privileged(), None, "{grant:?}");
        }
    }

    #[test]
    fn the_least_privileged_is_the_first() {
        assert_eq!(LIST.least_privileged(), Some(["Thing.Read"].as_slice()));
        assert_eq!(SETS.least_privileged(), Some(["Policy.Read", "Thing.Read"].as_slice()));
        assert_eq!(Grant::NoneNeeded.least_privileged(), Some([].as_slice()));
    }

    #[test]
    fn it_is_shown_as_documented() {
        assert_eq!(LIST.to_string(), "Thing.Read, Thing.ReadWrite");
        assert_eq!(SETS.to_string(), "Policy.Read and Thing.Read, Directory.Read");
        assert_eq!(Grant::NoneNeeded.to_string(), "none needed");
    }
}
