//! Facts in the words of a row: "Read-only.", "Nullable.", "cannot be updated".
//!
//! In comes a description; out go the facts that it states in so many words. Holds: only whole
//! sentences count, so that a word in a longer one means nothing.

/// What a description states of a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Statements {
    /// "Read-only."
    pub(crate) is_read_only: bool,
    /// "It cannot be updated."
    pub(crate) is_fixed: bool,
    /// "Nullable." or "Not nullable."
    pub(crate) nullable: Option<bool>,
}

impl Statements {
    /// Reads `description`.
    pub(crate) fn read(description: &str) -> Self {
        let mut statements = Self::default();
        for sentence in description.split(['.', ';']) {
            let sentence = sentence.trim().trim_matches(['*', '`', '_', ' ']);
            match sentence.to_ascii_lowercase().as_str() {
                "read-only" | "read only" | "readonly" | "this property is read-only" => {
                    statements.is_read_only = true;
                }
                "nullable" => statements.nullable = Some(true),
                "not nullable" | "non-nullable" => statements.nullable = Some(false),
                long => statements.is_fixed |= says_fixed(long),
            }
        }
        statements
    }
}

/// Whether a sentence in lower case says that something cannot be updated, under no condition.
fn says_fixed(sentence: &str) -> bool {
    if sentence.contains("if ") || sentence.contains("unless ") {
        return false;
    }
    ["cannot be updated", "cannot be changed", "cannot be modified"].iter().any(|words| {
        sentence.split_once(words).is_some_and(|(_, behind)| !behind.contains("when "))
    })
}

#[cfg(test)]
mod tests {
    use super::Statements;

    #[test]
    fn only_whole_sentences_state_something() {
        let none = Statements::default();
        for (text, expected) in [
            (
                "The posts. Read-only. Nullable.",
                Statements { is_read_only: true, nullable: Some(true), ..none },
            ),
            ("Not nullable", Statements { nullable: Some(false), ..none }),
            ("Set on creation, but it cannot be updated.", Statements { is_fixed: true, ..none }),
            ("It cannot be changed later.", Statements { is_fixed: true, ..none }),
            ("It cannot be changed if the plan is shared.", none),
            ("It cannot be modified when the plan is shared.", none),
            ("Whether the field is read-only for members.", none),
            ("Whether the column is nullable or not.", none),
        ] {
            assert_eq!(Statements::read(text), expected, "{text}");
        }
    }
}
