//! Literals: values as OData writes them into URLs, as the arguments of functions and as keys in parentheses.
//!
//! A value becomes text that is not yet percent-encoded, and is read from text that no longer is: texts stand in
//! quotes, with those within doubled; everything else stands bare. A collection is a JSON array, which a URL can
//! only hold behind a parameter alias.

use crate::edm::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
use std::borrow::Cow;

/// A value that can be written into a URL.
pub trait ToLiteral {
    /// The literal; `None` where the value is absent, so that the argument is left out.
    fn to_literal(&self) -> Option<String>;
}

/// A value that can be read from a URL.
pub trait FromLiteral: Sized {
    /// The value that `text` is a literal of; `None` where it is none.
    fn from_literal(text: &str) -> Option<Self>;
}

/// A value that is written as `null` where there is none, not left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nullable<T>(pub Option<T>);

impl<T: ToLiteral> ToLiteral for Nullable<T> {
    fn to_literal(&self) -> Option<String> {
        Some(self.0.to_literal().unwrap_or_else(|| "null".to_owned()))
    }
}

impl<T: ToLiteral> ToLiteral for Option<T> {
    fn to_literal(&self) -> Option<String> {
        self.as_ref().and_then(ToLiteral::to_literal)
    }
}

impl<T: ToLiteral + ?Sized> ToLiteral for &T {
    fn to_literal(&self) -> Option<String> {
        (**self).to_literal()
    }
}

impl<T: FromLiteral> FromLiteral for Option<T> {
    fn from_literal(text: &str) -> Option<Self> {
        if text == "null" { Some(None) } else { T::from_literal(text).map(Some) }
    }
}

impl ToLiteral for str {
    fn to_literal(&self) -> Option<String> {
        Some(quoted(self))
    }
}

impl ToLiteral for String {
    fn to_literal(&self) -> Option<String> {
        Some(quoted(self))
    }
}

impl FromLiteral for String {
    fn from_literal(text: &str) -> Option<Self> {
        unquoted(text).map(Cow::into_owned)
    }
}

/// A JSON array of texts: `["a","b"]`.
impl ToLiteral for [String] {
    fn to_literal(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }
}

impl ToLiteral for Vec<String> {
    fn to_literal(&self) -> Option<String> {
        self.as_slice().to_literal()
    }
}

impl FromLiteral for Vec<String> {
    fn from_literal(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

/// `text` in quotes, those within doubled.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// What stands in the quotes of `literal`; `None` where it is not one text in quotes.
pub fn unquoted(literal: &str) -> Option<Cow<'_, str>> {
    let inner = literal.strip_prefix('\'')?.strip_suffix('\'')?;
    if !inner.contains('\'') {
        return Some(Cow::Borrowed(inner));
    }
    // A quote that is not doubled ends the literal, so that what follows it is none.
    (!inner.replace("''", "").contains('\'')).then(|| Cow::Owned(inner.replace("''", "'")))
}

/// The name of an enumeration's member: in quotes, with the type in front of them or not, or bare.
pub fn member_name(literal: &str) -> Option<Cow<'_, str>> {
    if let Some(quote) = literal.find('\'') {
        let is_type = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let (type_name, text) = literal.split_at_checked(quote)?;
        return unquoted(text).filter(|_| type_name.chars().all(is_type));
    }
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | ',' | '-');
    (!literal.is_empty() && literal.chars().all(is_name)).then_some(Cow::Borrowed(literal))
}

/// The arguments in parentheses, each with its name, which is empty where the value stands alone; `None` where a
/// quote does not close. A comma in quotes separates nothing.
pub fn arguments(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut parts = Vec::new();
    let mut is_quoted = false;
    let (mut start, mut equals) = (0, None);
    let mut part = |start: usize, equals: Option<usize>, end: usize| {
        let name = equals.map_or("", |at| text.get(start..at).unwrap_or_default());
        let value = text.get(equals.map_or(start, |at| at + 1)..end).unwrap_or_default();
        parts.push((name.trim(), value.trim()));
    };
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\'' => is_quoted = !is_quoted,
            b'=' if !is_quoted && equals.is_none() => equals = Some(at),
            b',' if !is_quoted => {
                part(start, equals, at);
                (start, equals) = (at + 1, None);
            }
            _ => {}
        }
    }
    if is_quoted {
        return None;
    }
    if !text.trim().is_empty() {
        part(start, equals, text.len());
    }
    Some(parts)
}

/// `duration'PT1H'` and `binary'…'` may stand without the name of their type.
fn bare_or_named<'a>(literal: &'a str, name: &str) -> Cow<'a, str> {
    let behind = literal
        .get(..name.len())
        .filter(|start| start.eq_ignore_ascii_case(name))
        .and_then(|_| literal.get(name.len()..));
    behind.and_then(unquoted).unwrap_or(Cow::Borrowed(literal))
}

macro_rules! bare {
    ($($name:ty),*) => {$(
        impl ToLiteral for $name {
            fn to_literal(&self) -> Option<String> {
                Some(self.to_string())
            }
        }

        impl FromLiteral for $name {
            fn from_literal(text: &str) -> Option<Self> {
                // Rust reads a plus sign, which no literal but an exponent or an offset has in front.
                if text.starts_with('+') { None } else { text.parse().ok() }
            }
        }
    )*};
}
bare!(bool, u8, i8, i16, i32, i64, Date, DateTimeOffset, TimeOfDay, Guid, Decimal);

macro_rules! float {
    ($($name:ty),*) => {$(
        impl ToLiteral for $name {
            fn to_literal(&self) -> Option<String> {
                Some(match *self {
                    <$name>::INFINITY => "INF".to_owned(),
                    <$name>::NEG_INFINITY => "-INF".to_owned(),
                    value => value.to_string(),
                })
            }
        }

        impl FromLiteral for $name {
            fn from_literal(text: &str) -> Option<Self> {
                match text {
                    "INF" => Some(<$name>::INFINITY),
                    "-INF" => Some(<$name>::NEG_INFINITY),
                    "NaN" => Some(<$name>::NAN),
                    _ if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                        text.parse().ok().filter(|value: &$name| value.is_finite())
                    }
                    _ => None,
                }
            }
        }
    )*};
}
float!(f32, f64);

macro_rules! named {
    ($($name:ty, $word:literal;)*) => {$(
        impl ToLiteral for $name {
            fn to_literal(&self) -> Option<String> {
                Some(format!("{}'{self}'", $word))
            }
        }

        impl FromLiteral for $name {
            fn from_literal(text: &str) -> Option<Self> {
                bare_or_named(text, $word).parse().ok()
            }
        }
    )*};
}
named! {
    Duration, "duration";
    Binary, "binary";
}

#[cfg(test)]
mod tests {
    use super::{FromLiteral, Nullable, ToLiteral, arguments, member_name};
    use crate::edm::{Date, DateTimeOffset, Duration};

    #[test]
    fn texts_stand_in_quotes() {
        for (text, literal) in [("D7", "'D7'"), ("", "''"), ("o'neil", "'o''neil'"), ("'", "''''")]
        {
            assert_eq!(text.to_literal().as_deref(), Some(literal));
            assert_eq!(String::from_literal(literal).as_deref(), Some(text));
        }
        for broken in ["D7", "'D7", "D7'", "'a'b'", "'", "null"] {
            assert_eq!(String::from_literal(broken), None, "{broken}");
        }
    }

    #[test]
    fn other_values_stand_bare() {
        let date: Date = "2017-09-01".parse().expect("a date");
        assert_eq!(date.to_literal().as_deref(), Some("2017-09-01"));
        assert_eq!(Date::from_literal("2017-09-01"), Some(date));
        assert_eq!(Date::from_literal("'2017-09-01'"), None);
        let time = "2017-06-05T10:00:00Z";
        assert_eq!(DateTimeOffset::from_literal(time).to_literal().as_deref(), Some(time));
        assert_eq!(i32::from_literal("-5"), Some(-5));
        assert_eq!(i32::from_literal("+5"), None);
        assert_eq!(i32::from_literal("5.0"), None);
        assert_eq!(bool::from_literal("true"), Some(true));
        assert_eq!(f64::from_literal("-INF"), Some(f64::NEG_INFINITY));
        assert_eq!(f64::from_literal("inf"), None);
    }

    #[test]
    fn a_duration_may_say_what_it_is() {
        let hour = Duration::from_literal("PT1H").expect("a duration");
        assert_eq!(hour.to_literal().as_deref(), Some("duration'PT1H'"));
        assert_eq!(Duration::from_literal("duration'PT1H'"), Some(hour));
    }

    #[test]
    fn nothing_is_left_out_or_null() {
        assert_eq!(None::<i32>.to_literal(), None);
        assert_eq!(Nullable(None::<i32>).to_literal().as_deref(), Some("null"));
        assert_eq!(Nullable(Some(5)).to_literal().as_deref(), Some("5"));
        assert_eq!(Option::<i32>::from_literal("null"), Some(None));
        assert_eq!(Option::<i32>::from_literal("x"), None);
    }

    #[test]
    fn a_collection_is_an_array() {
        let texts = vec!["a".to_owned(), "\"b'".to_owned()];
        let literal = texts.to_literal().expect("a literal");
        assert_eq!(literal, r#"["a","\"b'"]"#);
        assert_eq!(Vec::<String>::from_literal(&literal), Some(texts));
        assert_eq!(Vec::<String>::from_literal("[1]"), None);
    }

    #[test]
    fn members_are_read_in_every_spelling() {
        for literal in ["reviewer", "'reviewer'", "microsoft.graph.options'reviewer'"] {
            assert_eq!(member_name(literal).as_deref(), Some("reviewer"), "{literal}");
        }
        for broken in ["", "'a", "a b", "@x", "a-b c'd'"] {
            assert_eq!(member_name(broken), None, "{broken}");
        }
    }

    #[test]
    fn arguments_are_cut_at_commas_outside_of_quotes() {
        let parts = arguments("a='x''y,z=1', b=5,c=@p");
        assert_eq!(parts, Some(vec![("a", "'x''y,z=1'"), ("b", "5"), ("c", "@p")]));
        assert_eq!(arguments("'id'"), Some(vec![("", "'id'")]));
        assert_eq!(arguments(" "), Some(vec![]));
        assert_eq!(arguments("a='x"), None);
        assert_eq!(arguments("a=1,"), Some(vec![("a", "1"), ("", "")]));
    }
}
