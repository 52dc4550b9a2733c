//! Who may call an operation.
//!
//! In come the tables of permissions as the linker understood them; out go the alternatives of each kind
//! of sign-in. Holds: what pages do not say clearly is undocumented, never free for all.

/// Who may call an operation, by the kind of sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permissions {
    /// Delegated, with a work or school account.
    pub delegated_work: Grant,
    /// Delegated, with a personal Microsoft account.
    pub delegated_personal: Grant,
    /// Application.
    pub application: Grant,
}

impl Permissions {
    /// No page says who may call.
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

/// What a kind of sign-in needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant {
    /// The documents do not say.
    Undocumented,
    /// It cannot be called so.
    NotSupported,
    /// Whoever has signed in may call.
    NoneNeeded,
    /// Any one of these, from least to most privileged.
    OneOf(Vec<String>),
    /// All permissions of any one of these sets, from least to most privileged.
    OneOfSets(Vec<Vec<String>>),
}

impl Grant {
    /// The sets of permissions of which any one is enough, from least to most privileged; that no
    /// permission is needed is the empty set. None where nobody may call, or no page says who.
    pub fn alternatives(&self) -> Vec<&[String]> {
        match self {
            Self::Undocumented | Self::NotSupported => Vec::new(),
            Self::NoneNeeded => vec![&[]],
            Self::OneOf(names) => names.iter().map(std::slice::from_ref).collect(),
            Self::OneOfSets(sets) => sets.iter().map(Vec::as_slice).collect(),
        }
    }

    /// What it says in words, `A and B, C`, each permission as `shown` shows it.
    pub fn words(&self, shown: impl Fn(&str) -> String) -> String {
        let set = |set: &[String]| {
            set.iter().map(|name| shown(name)).collect::<Vec<String>>().join(" and ")
        };
        match self {
            Self::Undocumented => "not documented".to_owned(),
            Self::NotSupported => "not supported".to_owned(),
            Self::NoneNeeded => "none needed".to_owned(),
            Self::OneOf(_) | Self::OneOfSets(_) => {
                self.alternatives().into_iter().map(set).collect::<Vec<String>>().join(", ")
            }
        }
    }
}
