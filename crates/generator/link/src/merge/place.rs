//! Where in a body something stands, as a path that is written only when there is something to say.
//!
//! In come the steps of a walk down a body; out goes `$.value[0].start`. Holds: a name that could not
//! be told from the rest of a path stands in brackets and quotes.

use std::borrow::Cow;
use std::fmt::Write;

use msgraph_source::shortened_to;

/// Longer texts of an example are cut in messages.
const LONG: usize = 60;

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
            Step::Member(name) => write!(text, "['{}']", short(name).replace('\'', "\\'")),
            Step::Element(index) => write!(text, "[{index}]"),
        };
    }
    text
}

/// The start of a text of an example, for messages.
pub(super) fn short(text: &str) -> Cow<'_, str> {
    shortened_to(text, LONG)
}

fn is_plain(name: &str) -> bool {
    (1..=LONG).contains(&name.len())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
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
