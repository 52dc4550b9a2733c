//! The system query options whose use a place can forbid (OData "Part 2: URL Conventions", section 5.1; the
//! vocabulary `Org.OData.Capabilities.V1`).

use msgraph_source::Span;

use crate::item::Capabilities;

/// A system query option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QueryOption {
    /// `$count`
    Count,
    /// `$expand`
    Expand,
    /// `$filter`
    Filter,
    /// `$orderby`
    OrderBy,
    /// `$search`
    Search,
    /// `$select`
    Select,
    /// `$skip`
    Skip,
    /// `$top`
    Top,
}

impl QueryOption {
    /// All of them, by name.
    pub const ALL: [Self; 8] = [
        Self::Count,
        Self::Expand,
        Self::Filter,
        Self::OrderBy,
        Self::Search,
        Self::Select,
        Self::Skip,
        Self::Top,
    ];

    /// The name in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "$count",
            Self::Expand => "$expand",
            Self::Filter => "$filter",
            Self::OrderBy => "$orderby",
            Self::Search => "$search",
            Self::Select => "$select",
            Self::Skip => "$skip",
            Self::Top => "$top",
        }
    }

    /// The option with this name, whatever the case of its letters.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|option| option.name().eq_ignore_ascii_case(name))
    }

    /// Whether it bears on one entity, too, and not on collections alone.
    pub fn bears_on_one(self) -> bool {
        matches!(self, Self::Expand | Self::Select)
    }

    /// What is said of it at a place: whether it can be used, and where that stands.
    pub fn said(self, of: &Capabilities) -> Option<(bool, Span)> {
        match self {
            Self::Count => of.countable,
            Self::Expand => of.expandable,
            Self::Filter => of.filterable,
            Self::OrderBy => of.sortable,
            Self::Search => of.searchable,
            Self::Select => of.selectable,
            Self::Skip => of.skip_supported,
            Self::Top => of.top_supported,
        }
    }
}
