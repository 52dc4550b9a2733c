//! What a part of a filter is, as far as the schema tells, and what goes together.

use msgraph_core::Sort;

use super::Comparison;
use super::function::Parameter;

/// What a part of a filter is.
#[derive(Debug, Clone)]
pub(super) enum Type {
    /// `null`, which goes with everything.
    Null,
    /// What the schema says.
    Of(Sort),
    /// A literal that names an enumeration.
    Enum(String),
    /// Many values of what the schema says.
    Collection(Sort),
}

impl Type {
    /// Whether it can be a condition.
    pub(super) fn is_condition(&self) -> bool {
        matches!(self, Self::Null | Self::Of(Sort::Boolean | Sort::Any))
    }

    /// Whether it can be an argument.
    pub(super) fn fits(&self, parameter: Parameter) -> bool {
        let Self::Of(sort) = self else { return matches!(self, Self::Null) };
        match parameter {
            Parameter::Text => matches!(sort, Sort::Any | Sort::Text),
            Parameter::Number => matches!(sort, Sort::Any | Sort::Number),
            Parameter::Date => matches!(sort, Sort::Any | Sort::Date | Sort::DateTimeOffset),
            Parameter::Time => matches!(sort, Sort::Any | Sort::TimeOfDay | Sort::DateTimeOffset),
            Parameter::DateTime => matches!(sort, Sort::Any | Sort::DateTimeOffset),
            Parameter::Duration => matches!(sort, Sort::Any | Sort::Duration),
        }
    }

    /// Whether the two can be compared so.
    pub(super) fn compares(&self, comparison: Comparison, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, _) | (_, Self::Null) => true,
            (Self::Of(Sort::Any), _) | (_, Self::Of(Sort::Any)) => true,
            (Self::Of(one), Self::Of(other)) => compare(*one, comparison, *other),
            // The name of the namespace may be an alias of it.
            (Self::Of(Sort::Enum(table)), Self::Enum(name))
            | (Self::Enum(name), Self::Of(Sort::Enum(table))) => last(table.name) == last(name),
            (Self::Enum(one), Self::Enum(other)) => last(one) == last(other),
            _ => false,
        }
    }

    /// In a message.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Null => "null",
            Self::Of(sort) => name(*sort),
            Self::Enum(name) => name,
            Self::Collection(_) => "a collection",
        }
    }
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn compare(one: Sort, comparison: Comparison, other: Sort) -> bool {
    match (one, other) {
        (Sort::Text, Sort::Text)
        | (Sort::Number, Sort::Number)
        | (Sort::Date | Sort::DateTimeOffset, Sort::Date | Sort::DateTimeOffset)
        | (Sort::TimeOfDay, Sort::TimeOfDay)
        | (Sort::Duration, Sort::Duration)
        | (Sort::Boolean, Sort::Boolean)
        | (Sort::Guid, Sort::Guid) => true,
        (Sort::Binary, Sort::Binary) => !comparison.is_of_order(),
        // A member may stand in quotes without its type, as OData 4.01 has it.
        (Sort::Enum(_), Sort::Text) | (Sort::Text, Sort::Enum(_)) => true,
        (Sort::Enum(one), Sort::Enum(other)) => one.name == other.name,
        _ => false,
    }
}

/// In a message.
pub(super) fn name(sort: Sort) -> &'static str {
    match sort {
        Sort::Text => "Edm.String",
        Sort::Boolean => "Edm.Boolean",
        Sort::Number => "a number",
        Sort::Binary => "Edm.Binary",
        Sort::Date => "Edm.Date",
        Sort::DateTimeOffset => "Edm.DateTimeOffset",
        Sort::TimeOfDay => "Edm.TimeOfDay",
        Sort::Duration => "Edm.Duration",
        Sort::Guid => "Edm.Guid",
        Sort::Enum(table) => table.name,
        Sort::Object(table) => table.name,
        Sort::Any => "any JSON",
    }
}
