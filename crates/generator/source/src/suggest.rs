//! Names that a writer may have meant.

/// Those of `candidates` that resemble `name`, the nearest first, at most `most`.
///
/// Resemblance is the edit distance without regard to ASCII case, at most a third of the longer
/// name, or one name being a part of the other. Equal distances keep alphabetical order.
pub fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
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

/// Levenshtein's distance, in characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (y, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let cost = (diagonal + usize::from(x != *y)).min(*above + 1).min(left + 1);
            diagonal = *above;
            *above = cost;
            left = cost;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{edit_distance, nearest};

    #[test]
    fn distance_counts_insertions_deletions_and_substitutions() {
        for (a, b, distance) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("flaw", "lawn", 2),
        ] {
            assert_eq!(edit_distance(a, b), distance, "{a} {b}");
        }
    }

    #[test]
    fn the_nearest_comes_first_and_strangers_do_not_come() {
        let pages = ["group-list-threads", "group-post-threads", "user-get"];
        assert_eq!(nearest("group-post-thread", pages, 1), ["group-post-threads"]);
        assert_eq!(nearest("zzz", pages, 3), [""; 0]);
    }
}
