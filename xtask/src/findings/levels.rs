//! How bad findings are held to be in a run: `--deny`, `--warn`, `--allow`.
//!
//! The catalogue says how bad a finding is; these options say otherwise for a run. The narrower
//! one wins (a code before its area, that before all of a severity), and of equals the stricter one.
//! What stands in the way of the run itself is always an error.

use msgraph_source::{Code, Severity, catalogue::config as codes};

use crate::findings::codes::{Selector, SelectorParser};

/// Options that change how bad findings are.
#[derive(clap::Args)]
pub(crate) struct Levels {
    /// Let findings of CODE fail the run: a code, an area like `docs`, `warnings`, `notes`, or `all` (repeatable).
    #[arg(long, value_name = "CODE", value_parser = SelectorParser, hide_possible_values = true)]
    deny: Vec<Selector>,

    /// Let findings of CODE be warnings (repeatable).
    #[arg(long, value_name = "CODE", value_parser = SelectorParser, hide_possible_values = true)]
    warn: Vec<Selector>,

    /// Do not show findings of CODE, but count them (repeatable).
    #[arg(long, value_name = "CODE", value_parser = SelectorParser, hide_possible_values = true)]
    allow: Vec<Selector>,
}

impl Levels {
    /// How bad findings of `code` are; none where they are allowed.
    pub(crate) fn of(&self, code: Code) -> Option<Severity> {
        if stands_in_the_way(code) {
            return Some(code.severity());
        }
        let narrowest = |selectors: &[Selector]| {
            selectors.iter().filter(|selector| selector.covers(code)).map(|s| s.narrowness()).max()
        };
        let rules = [
            (narrowest(&self.allow), 0, None),
            (narrowest(&self.warn), 1, Some(Severity::Warning)),
            (narrowest(&self.deny), 2, Some(Severity::Error)),
        ];
        rules
            .into_iter()
            .filter(|(narrowness, ..)| narrowness.is_some())
            .max_by_key(|(narrowness, strictness, _)| (*narrowness, *strictness))
            .map_or(Some(code.severity()), |(_, _, severity)| severity)
    }
}

/// Whether findings of `code` are about the run and not about what it looked at: nothing can
/// allow, accept or leave out those.
pub(crate) fn stands_in_the_way(code: Code) -> bool {
    matches!(code.area(), "config" | "output")
        && code != codes::BASELINE_STALE
        && code != codes::SUPPRESSION_UNUSED
}

#[cfg(test)]
mod tests {
    use msgraph_source::Severity;
    use msgraph_source::catalogue::{config, docs, link};

    use super::Levels;
    use crate::findings::codes::Selector;

    #[test]
    fn the_narrower_option_wins_and_of_equals_the_stricter() {
        let levels = Levels {
            deny: vec![Selector::Code(docs::TABLE_ROW), Selector::Area("link")],
            warn: vec![Selector::Severity(Severity::Note)],
            allow: vec![Selector::Area("docs"), Selector::Area("link"), Selector::All],
        };
        assert_eq!(levels.of(docs::TABLE_ROW), Some(Severity::Error));
        assert_eq!(levels.of(docs::MOJIBAKE), None);
        assert_eq!(levels.of(docs::UNANNOTATED_EXAMPLE), None);
        assert_eq!(levels.of(link::UNKNOWN_MEMBER), Some(Severity::Error));
        assert_eq!(levels.of(config::SUPPRESSION_UNUSED), None);
        assert_eq!(levels.of(config::INVALID), Some(Severity::Error));
    }

    #[test]
    fn without_options_the_catalogue_decides() {
        let levels = Levels { deny: Vec::new(), warn: Vec::new(), allow: Vec::new() };
        assert_eq!(levels.of(docs::TABLE_ROW), Some(Severity::Warning));
        assert_eq!(levels.of(link::DEEP_INSERT), Some(Severity::Note));
    }
}
