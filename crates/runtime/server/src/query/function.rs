//! The functions of a `$filter` (URL Conventions, section 5.1.1.5 and following), those that Graph documents.

use msgraph_core::Sort;

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Function {
    /// `startswith(text,start)`
    StartsWith,
    /// `endswith(text,end)`
    EndsWith,
    /// `contains(text,part)`
    Contains,
    /// `tolower(text)`
    ToLower,
    /// `toupper(text)`
    ToUpper,
    /// `length(text)`, in characters
    Length,
    /// `indexof(text,part)`, in characters from 0; -1 where it is no part
    IndexOf,
    /// `substring(text,start)`, `substring(text,start,length)`, in characters from 0
    Substring,
    /// `trim(text)`
    Trim,
    /// `concat(text,text)`
    Concat,
    /// `year(date)`, as the clock of the value shows it; so are the next five
    Year,
    /// `month(date)`
    Month,
    /// `day(date)`
    Day,
    /// `hour(time)`
    Hour,
    /// `minute(time)`
    Minute,
    /// `second(time)`
    Second,
    /// `date(time)`
    Date,
    /// `time(time)`
    Time,
    /// `now()`, which is a literal once it has been read
    Now,
}

/// What an argument has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parameter {
    Text,
    Number,
    /// A date, with or without a time.
    Date,
    /// A time, with or without a date.
    Time,
    /// A date with a time.
    DateTime,
}

impl Parameter {
    /// In a message.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "Edm.String",
            Self::Number => "a number",
            Self::Date => "Edm.Date or Edm.DateTimeOffset",
            Self::Time => "Edm.TimeOfDay or Edm.DateTimeOffset",
            Self::DateTime => "Edm.DateTimeOffset",
        }
    }
}

const NAMES: [(&str, Function); 19] = [
    ("startswith", Function::StartsWith),
    ("endswith", Function::EndsWith),
    ("contains", Function::Contains),
    ("tolower", Function::ToLower),
    ("toupper", Function::ToUpper),
    ("length", Function::Length),
    ("indexof", Function::IndexOf),
    ("substring", Function::Substring),
    ("trim", Function::Trim),
    ("concat", Function::Concat),
    ("year", Function::Year),
    ("month", Function::Month),
    ("day", Function::Day),
    ("hour", Function::Hour),
    ("minute", Function::Minute),
    ("second", Function::Second),
    ("date", Function::Date),
    ("time", Function::Time),
    ("now", Function::Now),
];

impl Function {
    /// The function of this name, in any case.
    pub(super) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, function)| *function)
    }

    /// What it takes, and how many of that it needs.
    pub(super) fn parameters(self) -> (&'static [Parameter], usize) {
        use Parameter as P;
        let all: &[P] = match self {
            Self::StartsWith | Self::EndsWith | Self::Contains | Self::IndexOf | Self::Concat => {
                &[P::Text, P::Text]
            }
            Self::ToLower | Self::ToUpper | Self::Length | Self::Trim => &[P::Text],
            Self::Substring => return (&[P::Text, P::Number, P::Number], 2),
            Self::Year | Self::Month | Self::Day => &[P::Date],
            Self::Hour | Self::Minute | Self::Second => &[P::Time],
            Self::Date | Self::Time => &[P::DateTime],
            Self::Now => &[],
        };
        (all, all.len())
    }

    /// What it gives.
    pub(super) fn result(self) -> Sort {
        match self {
            Self::StartsWith | Self::EndsWith | Self::Contains => Sort::Boolean,
            Self::ToLower | Self::ToUpper | Self::Substring | Self::Trim | Self::Concat => {
                Sort::Text
            }
            Self::Length | Self::IndexOf => Sort::Number,
            Self::Year | Self::Month | Self::Day => Sort::Number,
            Self::Hour | Self::Minute | Self::Second => Sort::Number,
            Self::Date => Sort::Date,
            Self::Time => Sort::TimeOfDay,
            Self::Now => Sort::DateTimeOffset,
        }
    }
}
