//! Names that a writer may have meant.
//!
//! In come a name that means nothing and those that would; out go the ones that resemble it. Holds: equals
//! keep alphabetical order, and names of any length take bounded time.

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
    if name.len() > LONGEST {
        return Vec::new();
    }
    let wanted = name.to_ascii_lowercase();
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = candidate.to_ascii_lowercase();
            let longer = wanted.chars().count().max(other.chars().count());
            let limit = longer / 3;
            let part = wanted.len() >= 3
                && other.len() >= 3
                && (other.contains(&wanted) || wanted.contains(&other));
            let distance = edit_distance(&wanted, &other);
            (distance <= limit || part).then_some((distance, candidate))
        })
        .collect();
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
    use super::{edit_distance, nearest};

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
    fn the_nearest_comes_first_and_strangers_do_not_come() {
        let pages = ["group-list-threads", "group-post-threads", "user-get"];
        assert_eq!(nearest("group-post-thread", pages, 1), ["group-post-threads"]);
        assert_eq!(nearest("zzz", pages, 3), [""; 0]);
        let long = "x".repeat(1_000_000);
        assert_eq!(nearest(&long, [long.as_str()], 3), [""; 0], "nobody misspells that");
    }
}
