//! The texts of a report, each once.
//!
//! In come texts in any number, out go their numbers: thousands of findings show the same lines of
//! the metadata and say the same help.

use std::collections::BTreeMap;

/// The number of a text.
pub(super) type TextId = usize;

/// Texts by number.
#[derive(Debug, Default)]
pub(super) struct Texts(BTreeMap<String, TextId>);

impl Texts {
    /// The number of `text`, which is a new one where the text was not seen before.
    pub(super) fn id(&mut self, text: &str) -> TextId {
        if let Some(&id) = self.0.get(text) {
            return id;
        }
        let id = self.0.len();
        self.0.insert(text.to_owned(), id);
        id
    }

    /// The texts in the order of their numbers.
    pub(super) fn list(&self) -> Vec<&str> {
        let mut list: Vec<(TextId, &str)> =
            self.0.iter().map(|(text, &id)| (id, text.as_str())).collect();
        list.sort_unstable();
        list.into_iter().map(|(_, text)| text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn a_text_has_one_number() {
        let mut texts = Texts::default();
        assert_eq!([texts.id("b"), texts.id("a"), texts.id("b")], [0, 1, 0]);
        assert_eq!(texts.list(), ["b", "a"]);
    }
}
