//! The order of names in which `rustfmt` (style edition 2024) puts `use` declarations: numbers by their
//! value, `_` before everything else. Declarations of modules are in the order of their bytes.

use std::cmp::Ordering;

/// Compares two names, neither of them raw.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let ((one, rest), (other, behind)) = match (chunk(left), chunk(right)) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(one), Some(other)) => (one, other),
        };
        match one.cmp(&other) {
            Ordering::Equal => (left, right) = (rest, behind),
            unequal => return unequal,
        }
    }
}

/// A part of a name: the variants stand in their order.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Underscore,
    Number(u128),
    Letter(char),
}

/// The first part of `text`, and what follows it.
fn chunk(text: &str) -> Option<(Part, &str)> {
    let first = text.chars().next()?;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let (number, rest) = text.split_at(digits);
        return Some((Part::Number(number.parse().unwrap_or(u128::MAX)), rest));
    }
    let rest = text.get(first.len_utf8()..).unwrap_or_default();
    let part = if first == '_' { Part::Underscore } else { Part::Letter(first) };
    Some((part, rest))
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn numbers_count_and_underscores_come_first() {
        let mut names = ["o_auth2", "o_auth_app", "windows365", "windows81", "Post", "item"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["Post", "item", "o_auth_app", "o_auth2", "windows81", "windows365"]);
    }
}
