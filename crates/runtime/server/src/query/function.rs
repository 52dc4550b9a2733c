//! The functions of a `$filter` (URL Conventions, sections 5.1.1.4 to 5.1.1.9): those of one
//! value. `cast`, `isof` and `matchespattern` are expressions of their own.

use msgraph_core::Sort;

use super::malformed::shown;

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
    /// `now()`, which is a literal once it has been read; so are the next two
    Now,
    /// `mindatetime()`
    MinDateTime,
    /// `maxdatetime()`
    MaxDateTime,
    /// `fractionalseconds(time)`, less than 1
    FractionalSeconds,
    /// `totaloffsetminutes(time)`, of the clock that showed the time
    TotalOffsetMinutes,
    /// `totalseconds(duration)`, with their fraction
    TotalSeconds,
    /// `round(number)`, from the middle away from zero
    Round,
    /// `floor(number)`
    Floor,
    /// `ceiling(number)`
    Ceiling,
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
    Duration,
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
            Self::Duration => "Edm.Duration",
        }
    }
}

const NAMES: [(&str, Function); 27] = [
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
    ("mindatetime", Function::MinDateTime),
    ("maxdatetime", Function::MaxDateTime),
    ("fractionalseconds", Function::FractionalSeconds),
    ("totaloffsetminutes", Function::TotalOffsetMinutes),
    ("totalseconds", Function::TotalSeconds),
    ("round", Function::Round),
    ("floor", Function::Floor),
    ("ceiling", Function::Ceiling),
];

/// Functions that are not supported, and what does their work.
const REFUSED: [(&str, &str); 7] = [
    ("substringof", "`contains` is, with the text first and its part second"),
    ("hassubset", "`any`, `all` and `in` ask about items"),
    ("hassubsequence", "`any`, `all` and `in` ask about items"),
    ("case", "`and` and `or` join conditions"),
    ("geo.distance", "places are not compared"),
    ("geo.intersects", "places are not compared"),
    ("geo.length", "places are not compared"),
];

/// Why there is no function of this name: with what to write instead, where that is known.
pub(super) fn refusal(name: &str) -> String {
    match REFUSED.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)) {
        Some((name, instead)) => format!("the function `{name}` is not supported: {instead}"),
        None => format!("no function that is supported is called {}", shown(name)),
    }
}

impl Function {
    /// The function of this name, in any case.
    pub(super) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, function)| *function)
    }

    /// As it is written.
    pub(super) fn word(self) -> &'static str {
        NAMES.iter().find(|(_, own)| *own == self).map_or("", |(name, _)| name)
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
            Self::Hour | Self::Minute | Self::Second | Self::FractionalSeconds => &[P::Time],
            Self::Date | Self::Time | Self::TotalOffsetMinutes => &[P::DateTime],
            Self::TotalSeconds => &[P::Duration],
            Self::Round | Self::Floor | Self::Ceiling => &[P::Number],
            Self::Now | Self::MinDateTime | Self::MaxDateTime => &[],
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
            Self::Hour | Self::Minute | Self::Second | Self::FractionalSeconds => Sort::Number,
            Self::TotalOffsetMinutes | Self::TotalSeconds => Sort::Number,
            Self::Round | Self::Floor | Self::Ceiling => Sort::Number,
            Self::Date => Sort::Date,
            Self::Time => Sort::TimeOfDay,
            Self::Now | Self::MinDateTime | Self::MaxDateTime => Sort::DateTimeOffset,
        }
    }
}
