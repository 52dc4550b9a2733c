//! The names of the system query options, and which of them an expanded property takes (URL Conventions, sections 5.1 and
//! 5.1.3).

use super::reading::Nested;

/// The options that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Select,
    Expand,
    Filter,
    OrderBy,
    Top,
    Skip,
    Count,
    Search,
    SkipToken,
    DeltaToken,
    Format,
}

const NAMES: [(&str, Name); 11] = [
    ("$select", Name::Select),
    ("$expand", Name::Expand),
    ("$filter", Name::Filter),
    ("$orderby", Name::OrderBy),
    ("$top", Name::Top),
    ("$skip", Name::Skip),
    ("$count", Name::Count),
    ("$search", Name::Search),
    ("$skiptoken", Name::SkipToken),
    ("$deltatoken", Name::DeltaToken),
    ("$format", Name::Format),
];

impl Name {
    /// The option that `sent` names, with its `$` or without.
    pub(super) fn of(sent: &str) -> Option<Self> {
        let bare = sent.strip_prefix('$').unwrap_or(sent);
        let is_it =
            |name: &str| name.strip_prefix('$').is_some_and(|own| own.eq_ignore_ascii_case(bare));
        NAMES.iter().find(|(name, _)| is_it(name)).map(|(_, option)| *option)
    }

    /// As it is written.
    pub(super) fn name(self) -> &'static str {
        NAMES.iter().find(|(_, option)| *option == self).map_or("", |(name, _)| name)
    }

    /// Whether what a property leads to can be asked so.
    pub(super) fn is_for(self, nested: Nested) -> bool {
        match self {
            Self::SkipToken | Self::DeltaToken | Self::Format => false,
            Self::Select | Self::Expand => matches!(nested, Nested::Object | Nested::Objects),
            Self::Filter | Self::Search => nested != Nested::Object,
            Self::OrderBy | Self::Top | Self::Skip | Self::Count => {
                matches!(nested, Nested::Objects | Nested::References)
            }
        }
    }
}

/// What to write instead of an option that Graph does not have, as a part of a sentence.
pub(super) fn instead(sent: &str) -> &'static str {
    match sent.to_ascii_lowercase().as_str() {
        "$apply" => ": nothing is aggregated; `$count` counts",
        "$compute" => ": nothing is computed; `$filter` and `$orderby` take what would be",
        "$levels" => ": it stands in `$expand`, as in `a($levels=2)`",
        _ => "",
    }
}
