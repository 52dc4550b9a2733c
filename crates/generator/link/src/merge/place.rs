//! Where in a body something stands, as a path that is written only when there is something to say.
//!
//! In come the steps of a walk down a body; out goes `$.value[0].start`. Holds: a name that could not
//! be told from the rest of a path stands in brackets and quotes.

use std::fmt::Write;

/// A step into a body.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'j> {
    /// To the member of this name.
    Member(&'j str),
    /// To the element at this index.
    Element(usize),
}

/// The path that `steps` take from the body, `$`.
pub(super) fn path(steps: &[Step<'_>]) -> String {
    let mut text = String::from("$");
    for step in steps {
        let _ = match step {
            Step::Member(name) if is_plain(name) => write!(text, ".{name}"),
            Step::Member(name) => write!(text, "['{}']", name.replace('\'', "\\'")),
            Step::Element(index) => write!(text, "[{index}]"),
        };
    }
    text
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::{Step, path};

    #[test]
    fn names_with_other_signs_stand_in_brackets() {
        let steps = [
            Step::Member("value"),
            Step::Element(2),
            Step::Member("@odata.type"),
            Step::Member("it's"),
        ];
        assert_eq!(path(&steps), "$.value[2]['@odata.type']['it\\'s']");
        assert_eq!(path(&[]), "$");
    }
}
