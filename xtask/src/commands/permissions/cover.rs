//! The least-privileged permissions that cover a list of needs.
//!
//! In come needs, each a list of alternatives from least to most privileged, each alternative a set
//! of permissions; out goes one set of permissions that covers all of them. The rule: of the sets of
//! which no permission can be spared, the one with the lowest sum of ranks, then with the fewest
//! permissions, then the first by name. The rank of a need is the place of its first alternative
//! that the set covers. Holds: needs that share no permission are looked at apart; a search that
//! grows too large ends in a greedy answer, which says so; the order of the needs does not matter.

use std::collections::{BTreeMap, BTreeSet};

/// What one operation needs: any one of these sets.
pub(super) type Need = Vec<BTreeSet<String>>;

/// The answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cover {
    /// The permissions, by name.
    pub(super) permissions: BTreeSet<String>,
    /// Whether they are known to be the best by the rule.
    pub(super) is_least: bool,
}

/// Alternatives that a search looks at before it gives up. What it looks at for one set of
/// permissions are the alternatives of all needs, so that it is neither long nor deep.
const MOST_ALTERNATIVES: usize = 2_000_000;

/// The least-privileged permissions that cover `needs`.
pub(super) fn cover(needs: &[Need]) -> Cover {
    cover_within(needs, MOST_ALTERNATIVES)
}

fn cover_within(needs: &[Need], most: usize) -> Cover {
    let mut cover = Cover { permissions: BTreeSet::new(), is_least: true };
    for needs in parts(needs) {
        let mut search = Search { needs: &needs, seen: BTreeSet::new(), left: most, best: None };
        let is_whole = search.from(&BTreeSet::new());
        let permissions = match search.best.filter(|_| is_whole) {
            Some((_, _, permissions)) => permissions,
            None => {
                cover.is_least = false;
                greedy(&needs)
            }
        };
        cover.permissions.extend(permissions);
    }
    cover
}

/// The first alternative of `need` that `permissions` cover, and its rank.
pub(super) fn covered<'n>(
    need: &'n Need,
    permissions: &BTreeSet<String>,
) -> Option<(usize, &'n BTreeSet<String>)> {
    need.iter().enumerate().find(|(_, set)| set.is_subset(permissions))
}

/// The needs in groups that share no permission: each need once, with how often it is there.
fn parts(needs: &[Need]) -> Vec<Vec<(&Need, usize)>> {
    let mut counted: BTreeMap<&Need, usize> = BTreeMap::new();
    for need in needs.iter().filter(|need| !need.is_empty()) {
        *counted.entry(need).or_default() += 1;
    }
    let needs: Vec<(&Need, usize)> = counted.into_iter().collect();
    // Of each need one with which it shares a permission, in the end the first of its group.
    let mut leaders: Vec<usize> = (0..needs.len()).collect();
    let mut first_with: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, (need, _)) in needs.iter().enumerate() {
        for name in need.iter().flatten() {
            let other = *first_with.entry(name).or_insert(index);
            let (one, other) = (leader(&mut leaders, index), leader(&mut leaders, other));
            if let Some(of) = leaders.get_mut(one.max(other)) {
                *of = one.min(other);
            }
        }
    }
    let mut parts: BTreeMap<usize, Vec<(&Need, usize)>> = BTreeMap::new();
    for (index, need) in needs.into_iter().enumerate() {
        parts.entry(leader(&mut leaders, index)).or_default().push(need);
    }
    let mut parts: Vec<_> = parts.into_values().collect();
    for part in &mut parts {
        // Few alternatives first: they leave the search the least choice.
        part.sort_by_key(|(need, _)| (need.len(), *need));
    }
    parts
}

/// The first of the group of need `index`.
fn leader(leaders: &mut [usize], mut index: usize) -> usize {
    while let Some(&next) = leaders.get(index).filter(|next| **next != index) {
        // The way is halved for whoever comes next.
        let further = leaders.get(next).copied().unwrap_or(next);
        if let Some(of) = leaders.get_mut(index) {
            *of = further;
        }
        index = further;
    }
    index
}

/// A search through all covers of which no permission can be spared, and some others.
struct Search<'n> {
    needs: &'n [(&'n Need, usize)],
    seen: BTreeSet<BTreeSet<String>>,
    /// Alternatives that may still be looked at.
    left: usize,
    /// Ranks, number, permissions.
    best: Option<(usize, usize, BTreeSet<String>)>,
}

impl Search<'_> {
    /// Looks at what can be added to `permissions`. A need that they cover asks for nothing more, since
    /// every cover is reached through the alternatives that it covers itself.
    ///
    /// Says whether there was time to look at all.
    fn from(&mut self, permissions: &BTreeSet<String>) -> bool {
        if self.seen.contains(permissions) {
            return true;
        }
        let cost: usize = self.needs.iter().map(|(need, _)| need.len()).sum();
        let Some(left) = self.left.checked_sub(cost) else {
            return false;
        };
        self.left = left;
        self.seen.insert(permissions.clone());
        let open = self.needs.iter().find(|(need, _)| covered(need, permissions).is_none());
        let Some((need, _)) = open else {
            self.end(permissions);
            return true;
        };
        need.iter().all(|set| self.from(&permissions.union(set).cloned().collect()))
    }

    fn end(&mut self, permissions: &BTreeSet<String>) {
        if without_spared(self.needs, permissions) != *permissions {
            return;
        }
        let ranks = self.needs.iter().filter_map(|(need, count)| {
            covered(need, permissions).map(|(rank, _)| rank.saturating_mul(*count))
        });
        let found = (ranks.sum(), permissions.len(), permissions.clone());
        if self.best.as_ref().is_none_or(|best| found < *best) {
            self.best = Some(found);
        }
    }
}

/// `permissions` without those that `needs` are covered without, looked at by name.
fn without_spared(needs: &[(&Need, usize)], permissions: &BTreeSet<String>) -> BTreeSet<String> {
    let mut needs_of: BTreeMap<&str, Vec<&Need>> = BTreeMap::new();
    for (need, _) in needs {
        let names: BTreeSet<&String> = need.iter().flatten().collect();
        for name in names.into_iter().filter(|name| permissions.contains(*name)) {
            needs_of.entry(name).or_default().push(need);
        }
    }
    let mut rest = permissions.clone();
    for (name, needs) in needs_of {
        let Some(own) = rest.take(name) else { continue };
        if needs.iter().any(|need| covered(need, &rest).is_none()) {
            rest.insert(own);
        }
    }
    rest
}

/// The least privileged alternative of each need, without what the others make superfluous.
fn greedy(needs: &[(&Need, usize)]) -> BTreeSet<String> {
    let mut permissions: BTreeSet<String> = BTreeSet::new();
    for (need, _) in needs {
        if covered(need, &permissions).is_none() {
            permissions.extend(need.first().into_iter().flatten().cloned());
        }
    }
    without_spared(needs, &permissions)
}

#[cfg(test)]
mod tests {
    use super::{BTreeSet, Need, cover, cover_within};

    /// `"A+B C"`: A and B together, or C.
    fn need(text: &str) -> Need {
        text.split(' ').map(|set| set.split('+').map(str::to_owned).collect()).collect()
    }

    fn least(needs: &[&str]) -> Vec<String> {
        let needs: Vec<Need> = needs.iter().map(|text| need(text)).collect();
        let found = cover(&needs);
        assert!(found.is_least);
        found.permissions.into_iter().collect()
    }

    #[test]
    fn the_least_privileged_alternative_is_taken() {
        assert_eq!(least(&["Read Write All"]), ["Read"]);
    }

    #[test]
    fn what_another_operation_needs_anyway_is_enough() {
        assert_eq!(least(&["Read Write", "Write"]), ["Write"]);
        assert_eq!(least(&["Basic Read", "Read Write"]), ["Read"]);
    }

    #[test]
    fn two_little_permissions_are_better_than_one_large_one() {
        assert_eq!(least(&["A All", "B All"]), ["A", "B"]);
    }

    #[test]
    fn of_equal_ranks_the_fewest_and_then_the_first_by_name_are_taken() {
        assert_eq!(least(&["A+B Z", "C"]), ["A", "B", "C"]);
        assert_eq!(least(&["B A", "A B"]), ["A"]);
        assert_eq!(least(&["A+C B", "B A+C"]), ["B"]);
    }

    #[test]
    fn sets_are_taken_whole() {
        assert_eq!(least(&["A+B C", "A"]), ["A", "B"]);
        assert_eq!(least(&["A+B C", "C"]), ["C"]);
    }

    #[test]
    fn a_rank_counts_for_each_operation() {
        // Y costs one operation 1, X would cost two of them 1 each.
        assert_eq!(least(&["Y X", "Y X", "X Y"]), ["Y"]);
    }

    #[test]
    fn nothing_needed_adds_nothing() {
        assert_eq!(least(&[]), [""; 0]);
        let free: Need = vec![BTreeSet::new()];
        assert!(cover(&[free]).permissions.is_empty());
    }

    #[test]
    fn a_search_that_grows_too_large_says_so_and_still_covers() {
        let names = |number: usize| format!("A{number} B{number} C{number} All");
        let needs: Vec<Need> = (0..40).map(|number| need(&names(number))).collect();
        let found = cover_within(&needs, 100);
        assert!(!found.is_least);
        assert_eq!(found.permissions.len(), 40);
        let reversed: Vec<Need> = needs.iter().rev().cloned().collect();
        assert_eq!(cover_within(&reversed, 100), found);
    }

    #[test]
    fn greedy_answers_have_nothing_to_spare() {
        let needs: Vec<Need> = ["Read Write", "Write All"].map(need).to_vec();
        let found = cover_within(&needs, 0);
        assert_eq!(found.permissions, BTreeSet::from(["Write".to_owned()]));
    }
}
