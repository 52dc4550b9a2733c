//! Scopes: names that must differ from each other. A wanted name comes in, a free one goes out.

use std::collections::BTreeMap;

/// The names taken in one scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// Each name with the next number to try behind it.
    taken: BTreeMap<String, u32>,
}

impl Scope {
    /// A scope in which `reserved` are taken.
    pub(crate) fn with(reserved: &[&str]) -> Self {
        let mut scope = Self::default();
        for name in reserved {
            scope.reserve(name);
        }
        scope
    }

    /// A scope of modules, whose names are also those of files.
    pub(crate) fn files() -> Self {
        Self::with(super::reserved::FILES)
    }

    /// Takes `name`, whoever wants it.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.taken.entry(name.to_owned()).or_insert(2);
    }

    /// Whether `name` is free.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains_key(name)
    }

    /// Takes `wanted`, or where it is taken `wanted_2`, `wanted_3` and so on.
    pub(crate) fn claim(&mut self, wanted: &str) -> String {
        self.claim_group(wanted, "_", |stem| vec![stem.to_owned()])
    }

    /// Takes all names that `group` makes of a stem: of `wanted`, or, where one of them is taken, of
    /// `wanted` with a number behind `glue`. Gives the stem.
    pub(crate) fn claim_group(
        &mut self,
        wanted: &str,
        glue: &str,
        group: impl Fn(&str) -> Vec<String>,
    ) -> String {
        // `self_2`: two underscores in a row are no snake case.
        let glue = if wanted.ends_with('_') { "" } else { glue };
        let mut stem = wanted.to_owned();
        let mut number = self.taken.get(wanted).copied().unwrap_or(2);
        let mut names = group(&stem);
        while !names.iter().all(|name| self.is_free(name)) {
            stem = format!("{wanted}{glue}{number}");
            number = number.saturating_add(1);
            names = group(&stem);
        }
        for name in names {
            self.reserve(&name);
        }
        self.taken.insert(wanted.to_owned(), number);
        stem
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut scope = Scope::with(&["new"]);
        assert_eq!(scope.claim("topic"), "topic");
        assert_eq!(scope.claim("topic"), "topic_2");
        assert_eq!(scope.claim("topic"), "topic_3");
        assert_eq!(scope.claim("new"), "new_2");
    }

    #[test]
    fn a_group_stays_together() {
        let group = |stem: &str| vec![stem.to_owned(), format!("with_{stem}")];
        let mut scope = Scope::with(&["with_list"]);
        assert_eq!(scope.claim_group("list", "_", group), "list_2");
        assert_eq!(scope.claim_group("with_list_2", "_", group), "with_list_2_2");
    }
}
