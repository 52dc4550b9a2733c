//! The keys and arguments of a documented path, as a builder takes them and as a handler was given them.
//!
//! In come texts of the data, none where an argument is absent or null; out go values of the types that a
//! method of a builder has, and back. Holds: what is no value of its type is told, and not passed on.

use std::ops::Index;

use msgraph_core::literal::{FromLiteral, ToLiteral, quoted, unquoted};

use super::{Mismatch, Outcome};

/// The values of the parameters of a path, in its order.
#[derive(Clone, Copy, Debug)]
pub struct Keys<'a> {
    texts: &'a [Option<&'a str>],
}

impl<'a> Keys<'a> {
    pub(super) const fn new(texts: &'a [Option<&'a str>]) -> Self {
        Self { texts }
    }

    /// The text at `index`, where it is not absent.
    pub fn text(self, index: usize) -> Option<&'a str> {
        self.texts.get(index).copied().flatten()
    }

    /// The value at `index`, which is no text.
    ///
    /// # Errors
    /// A text that is no value of the type.
    pub fn value<T: FromLiteral>(self, index: usize) -> Outcome<T> {
        let absent = || Mismatch::new("the documented path lacks an argument");
        self.optional(index)?.ok_or_else(absent)
    }

    /// The value at `index`, which is no text, where it is not absent.
    ///
    /// # Errors
    /// A text that is no value of the type.
    pub fn optional<T: FromLiteral>(self, index: usize) -> Outcome<Option<T>> {
        let Some(text) = self.text(index) else { return Ok(None) };
        // The data has no quotes, which some literals need and others may not have.
        let value = T::from_literal(text).or_else(|| T::from_literal(&quoted(text)));
        let none =
            || Mismatch::new(format!("the documented argument `{text}` is none of its type"));
        value.map(Some).ok_or_else(none)
    }
}

impl<'a> Index<usize> for Keys<'a> {
    type Output = &'a str;

    /// The text at `index`; an empty one where it is absent.
    fn index(&self, index: usize) -> &&'a str {
        self.texts.get(index).and_then(Option::as_ref).unwrap_or(&"")
    }
}

/// What a handler was given for a key or an argument, as the data has it: without quotes.
pub fn given(value: &impl ToLiteral) -> Option<String> {
    let literal = value.to_literal()?;
    let text = unquoted(&literal).map(|text| text.into_owned());
    Some(text.unwrap_or(literal))
}

#[cfg(test)]
mod tests {
    use super::{Keys, given};

    #[test]
    fn values_have_the_types_of_builders() {
        let keys = Keys::new(&[Some("o'neil"), None, Some("5"), Some("x")]);
        assert_eq!((keys[0], keys[1], keys[9]), ("o'neil", "", ""));
        assert_eq!(keys.text(1), None);
        assert_eq!(keys.value::<i32>(2), Ok(5));
        assert_eq!(keys.optional::<i32>(1), Ok(None));
        assert!(keys.value::<i32>(1).is_err());
        assert!(keys.optional::<i32>(3).is_err());
    }

    #[test]
    fn what_was_given_stands_without_quotes() {
        assert_eq!(given(&"o'neil".to_owned()).as_deref(), Some("o'neil"));
        assert_eq!(given(&5).as_deref(), Some("5"));
        assert_eq!(given(&None::<String>), None);
    }
}
