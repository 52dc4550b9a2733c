//! Literals in a filter ("OData ABNF Construction Rules", section 7): one text goes in, one value comes out.

use std::fmt;

use msgraph_core::edm::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
use msgraph_core::{Json, Sort};

use super::cursor::Cursor;
use super::malformed::{Malformed, shown};

/// A value that stands in a filter.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// `5`
    Integer(i64),
    /// `1.50`, and what is too long to be an integer
    Decimal(Decimal),
    /// `INF`, `-INF`, `NaN`
    Double(f64),
    /// `'O''Neil'`
    Text(String),
    /// `2024-05-01`
    Date(Date),
    /// `2024-05-01T12:00:00Z`; what `now()` stood for, too
    DateTimeOffset(DateTimeOffset),
    /// `12:00:00`
    TimeOfDay(TimeOfDay),
    /// `duration'PT1H'`
    Duration(Duration),
    /// `3fa85f64-5717-4562-b3fc-2c963f66afa6`
    Guid(Guid),
    /// `binary'T0RhdGE'`
    Binary(Binary),
    /// `microsoft.graph.importance'high'`
    Enum {
        /// The qualified name of the type.
        type_name: String,
        /// The member, or a comma list of members.
        member: String,
    },
}

impl fmt::Display for Literal {
    /// As it is written in a filter, not yet encoded for a URL.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = msgraph_core::literal::quoted;
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => value.fmt(f),
            Self::Integer(value) => value.fmt(f),
            Self::Decimal(value) => value.fmt(f),
            Self::Double(value) if value.is_nan() => f.write_str("NaN"),
            Self::Double(value) if value.is_infinite() => {
                f.write_str(if *value > 0.0 { "INF" } else { "-INF" })
            }
            Self::Double(value) => value.fmt(f),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Date(value) => value.fmt(f),
            Self::DateTimeOffset(value) => value.fmt(f),
            Self::TimeOfDay(value) => value.fmt(f),
            Self::Duration(value) => write!(f, "duration'{value}'"),
            Self::Guid(value) => value.fmt(f),
            Self::Binary(value) => write!(f, "binary'{value}'"),
            Self::Enum { type_name, member } => write!(f, "{type_name}{}", quoted(member)),
        }
    }
}

/// A text in quotes, which has to come next; quotes in it are doubled.
pub(super) fn quoted(cursor: &mut Cursor<'_>) -> Result<String, Malformed> {
    let start = cursor.at();
    cursor.expect('\'')?;
    let mut text = String::new();
    loop {
        text.push_str(cursor.take_while(|c| c != '\''));
        if !cursor.take('\'') {
            return Err(Malformed::new(start, "the text that begins here has no closing `'`"));
        }
        if !cursor.take('\'') {
            return Ok(text);
        }
        text.push('\'');
    }
}

/// What begins with a digit or a sign: a number, a date, a time, a GUID.
pub(super) fn bare(cursor: &mut Cursor<'_>) -> Result<Literal, Malformed> {
    let start = cursor.at();
    let word = cursor.take_while(|c| c.is_ascii_alphanumeric() || "+-.:_".contains(c));
    bare_word(word).ok_or_else(|| {
        let what = format!("{} is no number, date, time or GUID", shown(word));
        Malformed::new(start, what)
    })
}

fn bare_word(word: &str) -> Option<Literal> {
    if word == "-INF" {
        return Some(Literal::Double(f64::NEG_INFINITY));
    }
    // A plus says nothing; nothing but a number has one in front.
    let number =
        word.strip_prefix('+').filter(|rest| !rest.starts_with(['+', '-'])).unwrap_or(word);
    if let Ok(integer) = number.parse() {
        return Some(Literal::Integer(integer));
    }
    let decimal = number.parse().or_else(|_| without_zeros(number).parse());
    let decimal = decimal.ok().map(Literal::Decimal);
    decimal
        .or_else(|| word.parse().ok().map(Literal::Guid))
        .or_else(|| word.parse().ok().map(Literal::DateTimeOffset))
        .or_else(|| word.parse().ok().map(Literal::Date))
        .or_else(|| word.parse().ok().map(Literal::TimeOfDay))
}

/// A number without zeros in front of it, which a filter may have and JSON may not.
fn without_zeros(word: &str) -> String {
    let (sign, digits) = match word.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", word),
    };
    let significant = digits.trim_start_matches('0');
    let zero = if significant.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    if significant.len() == digits.len() {
        word.to_owned()
    } else {
        [sign, zero, significant].concat()
    }
}

/// A text as JSON has it, which has to come next.
pub(super) fn json_text(cursor: &mut Cursor<'_>) -> Result<String, Malformed> {
    let start = cursor.at();
    let rest = cursor.rest();
    let mut is_escaped = true;
    let end = rest.char_indices().find_map(|(at, c)| {
        let is_end = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end.then_some(at + 1)
    });
    let json = end.and_then(|end| rest.get(..end)?.parse::<Json>().ok());
    let text = json.as_ref().and_then(|json| json.as_str());
    match (end, text) {
        (Some(end), Some(text)) => {
            cursor.go_to(start + end);
            Ok(text.into_owned())
        }
        _ => Err(Malformed::new(start, "the text that begins here is no text of JSON")),
    }
}

/// A text of JSON as the value that it stands for where a value of `sort` is due.
pub(super) fn of_json_text(text: &str, sort: Sort) -> Option<Literal> {
    match sort {
        Sort::Date => text.parse().ok().map(Literal::Date),
        Sort::DateTimeOffset => text.parse().ok().map(Literal::DateTimeOffset),
        Sort::TimeOfDay => text.parse().ok().map(Literal::TimeOfDay),
        Sort::Duration => text.parse().ok().map(Literal::Duration),
        Sort::Guid => text.parse().ok().map(Literal::Guid),
        Sort::Binary => text.parse().ok().map(Literal::Binary),
        _ => Some(Literal::Text(text.to_owned())),
    }
}

/// A GUID that begins with a letter, where one comes next.
pub(super) fn guid(cursor: &mut Cursor<'_>) -> Option<Literal> {
    const LENGTH: usize = 36;
    let guid = cursor.rest().get(..LENGTH)?.parse().ok().map(Literal::Guid)?;
    let behind = cursor.at() + LENGTH;
    cursor.go_to(behind);
    Some(guid)
}

/// A word that is a value.
pub(super) fn keyword(word: &str) -> Option<Literal> {
    Some(match word {
        "null" => Literal::Null,
        "true" => Literal::Boolean(true),
        "false" => Literal::Boolean(false),
        "INF" => Literal::Double(f64::INFINITY),
        "NaN" => Literal::Double(f64::NAN),
        _ => return None,
    })
}

/// What stands in quotes behind the name of a type, which begins at `start`; the first quote comes next.
pub(super) fn named(
    cursor: &mut Cursor<'_>,
    start: usize,
    type_name: &str,
) -> Result<Literal, Malformed> {
    let text = quoted(cursor)?;
    let invalid = |what: &str| Malformed::new(start, format!("{} is no {what}", shown(&text)));
    match type_name.to_ascii_lowercase().as_str() {
        "duration" => text.parse().map(Literal::Duration).map_err(|_| invalid("duration")),
        "binary" => text.parse().map(Literal::Binary).map_err(|_| invalid("base64 text")),
        _ if type_name.contains('.') => {
            Ok(Literal::Enum { type_name: type_name.to_owned(), member: text })
        }
        _ => {
            let what = format!("values of {} cannot be read", shown(type_name));
            Err(Malformed::new(start, what))
        }
    }
}
