//! Names that a writer may have meant.
//!
//! In come a name that means nothing and those that would; out go the ones that resemble it. Holds: equals
//! keep alphabetical order, names of any length take bounded time, and so do any number of them that share
//! their [`Suggestions`].

use std::cell::Cell;

/// Nobody misspells a longer name, and comparing takes time by the product of the lengths.
const LONGEST: usize = 200;

/// Those of `candidates` that resemble `name`, the nearest first, at most `most`.
///
/// Resemblance is the edit distance without regard to ASCII case, at most a third of the longer
/// name, or one name being a part of the other. Equal distances keep alphabetical order. A name of
/// more than 200 bytes resembles nothing.
pub fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    let mut unbounded = usize::MAX;
    search(name, candidates, most, &mut unbounded)
}

/// Searches for near names of one run, which together take bounded time.
///
/// Metadata with thousands of names that mean nothing has thousands of names that could be meant, and
/// each is compared with each.
#[derive(Debug)]
pub struct Suggestions {
    /// As many pairs of characters are still compared.
    left: Cell<usize>,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self { left: Cell::new(Self::PAIRS) }
    }
}

impl Suggestions {
    /// The pairs of characters that one run compares: a tenth of a second.
    const PAIRS: usize = 20_000_000;

    /// What [`nearest`] gives; nothing as soon as the run has compared enough. The candidates are not
    /// even asked for then.
    pub fn nearest<'a>(
        &self,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
        most: usize,
    ) -> Vec<&'a str> {
        let mut left = self.left.get();
        let found = match left {
            0 => Vec::new(),
            _ => search(name, candidates, most, &mut left),
        };
        self.left.set(left);
        found
    }

    /// Whether names are no longer searched.
    pub fn is_exhausted(&self) -> bool {
        self.left.get() == 0
    }
}

/// Takes what it compares from `left`, and finds nothing where that does not suffice.
fn search<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    most: usize,
    left: &mut usize,
) -> Vec<&'a str> {
    if name.len() > LONGEST {
        return Vec::new();
    }
    let wanted = name.to_ascii_lowercase();
    let length = wanted.chars().count();
    let mut found: Vec<(usize, &str)> = Vec::new();
    for candidate in candidates {
        let other = candidate.to_ascii_lowercase();
        let other_length = other.chars().count();
        let (limit, apart) = (length.max(other_length) / 3, length.abs_diff(other_length));
        let is_part = wanted.len() >= 3
            && other.len() >= 3
            && (other.contains(&wanted) || wanted.contains(&other));
        // What has to be added to a part is the distance; no distance is less than that of the lengths.
        let is_compared = !is_part && apart <= limit;
        // Looking at a name takes time, too.
        let pairs = if is_compared { length.saturating_mul(other_length) } else { 0 };
        *left = left.saturating_sub(pairs.saturating_add(other.len()).saturating_add(16));
        if *left == 0 {
            return Vec::new();
        }
        let distance = if is_compared { edit_distance(&wanted, &other) } else { apart };
        if is_part || distance <= limit {
            found.push((distance, candidate));
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(most);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The one of `candidates` that is nearest to `name`, however far that is.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: String = name.chars().take(LONGEST).collect::<String>().to_ascii_lowercase();
    candidates
        .into_iter()
        .min_by_key(|&other| (edit_distance(&wanted, &other.to_ascii_lowercase()), other))
}

/// How many characters are inserted, deleted, replaced or swapped with their neighbour between `a`
/// and `b`.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (i, x) in a.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        let mut left = i + 1;
        next.push(left);
        let mut beside = None;
        for (j, &y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let replaced = at(&row, j) + usize::from(x != y);
            let mut cost = replaced.min(at(&row, j + 1) + 1).min(left + 1);
            if previous == Some(y) && beside == Some(x) && j > 0 {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            next.push(cost);
            left = cost;
            beside = Some(y);
        }
        before = std::mem::replace(&mut row, next);
        previous = Some(x);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Suggestions, edit_distance, nearest};

    #[test]
    fn distance_counts_insertions_deletions_substitutions_and_swaps() {
        for (a, b, distance) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("flaw", "lawn", 2),
            ("mangaer", "manager", 1),
            ("ab", "ba", 1),
        ] {
            assert_eq!(edit_distance(a, b), distance, "{a} {b}");
        }
    }

    #[test]
    fn a_run_compares_no_more_than_its_share() {
        let names: Vec<String> = (0..20_000).map(|index| format!("x{index}")).collect();
        let suggestions = Suggestions::default();
        let near = |name: &str| suggestions.nearest(name, names.iter().map(String::as_str), 1);
        assert_eq!(near("x70a"), ["x70"]);
        let searches = (0..1_000).take_while(|_| !near("x70a").is_empty()).count();
        assert!((5..500).contains(&searches), "{searches}");
        assert!(suggestions.is_exhausted());
        let unasked = std::iter::from_fn(|| panic!("nobody looks at the candidates"));
        assert!(suggestions.nearest("x", unasked, 1).is_empty());
    }

    #[test]
    fn one_search_of_long_names_ends_within_the_share() {
        let names: Vec<String> = (0..20_000).map(|index| format!("{index:0>190}")).collect();
        let suggestions = Suggestions::default();
        let looked = std::cell::Cell::new(0);
        let candidates = names.iter().map(|name| {
            looked.set(looked.get() + 1);
            name.as_str()
        });
        assert!(suggestions.nearest(&"y".repeat(190), candidates, 3).is_empty());
        assert!(looked.get() < 1_000, "{}", looked.get());
    }

    #[test]
    fn the_nearest_comes_first_and_strangers_do_not_come() {
        let pages = ["group-list-threads", "group-post-threads", "user-get"];
        assert_eq!(nearest("group-post-thread", pages, 1), ["group-post-threads"]);
        assert_eq!(nearest("zzz", pages, 3), [""; 0]);
        let long = "x".repeat(1_000_000);
        assert_eq!(nearest(&long, [long.as_str()], 3), [""; 0], "nobody misspells that");
    }
}
