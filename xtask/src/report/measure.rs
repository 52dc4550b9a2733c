//! What is counted on a page, in the order and with the names under which it is shown.
//!
//! In come the counts of the pipeline, out goes a list of [`Measure`]s, and the share of all that was
//! held against the metadata and agrees.

use msgraph_pipeline::{Bodies, Counted, Counts, Tally};

/// One thing that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// What is counted.
    what: Counted,
    /// Words for it.
    pub(super) label: String,
    /// Those that agree.
    pub(super) agree: usize,
    /// Those that do not.
    pub(super) differ: usize,
    /// Those that could not be held against anything.
    pub(super) not_held: usize,
}

/// How many of how many agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    /// Those that agree.
    pub(super) agree: usize,
    /// All that were held against the metadata.
    pub(super) held: usize,
}

/// The measures of `counts`: of URLs, then of bodies, then of tables and blocks.
pub(super) fn measures(counts: &Counts) -> Vec<Measure> {
    let mut measures: Vec<Measure> =
        counts.tallies().into_iter().map(|(what, it)| tally(what, it)).collect();
    let behind_urls =
        measures.iter().position(|it| it.what.key == "examples").map_or(0, |at| at + 1);
    let bodies = counts.bodies().into_iter().map(|(what, it)| bodies(what, it));
    measures.splice(behind_urls..behind_urls, bodies);
    measures
}

fn tally(what: Counted, tally: Tally) -> Measure {
    let differ = tally.all.saturating_sub(tally.agreeing);
    let label = capitalised(what.title);
    Measure { what, label, agree: tally.agreeing, differ, not_held: 0 }
}

fn bodies(what: Counted, bodies: Bodies) -> Measure {
    Measure {
        what,
        label: format!("Bodies of {}", what.title),
        agree: bodies.clean,
        differ: bodies.explained.saturating_sub(bodies.untyped),
        not_held: bodies.not_held() + bodies.untyped,
    }
}

impl Measure {
    /// All of them.
    pub(super) fn all(&self) -> usize {
        self.agree + self.differ + self.not_held
    }

    /// When one of them counts as agreeing.
    pub(super) fn agrees_when(&self) -> &'static str {
        match self.what.key {
            "templates" => "the URL resolves to a place in the model",
            "methods" => "the method can be used at that place",
            "examples" => "the URL resolves",
            "requests" | "responses" | "typed_responses" => {
                "every value is one of the type at its place"
            }
            "rows" => "the type has such a member",
            "row_types" => "the metadata gives the member the same type",
            "enum_rows" => "the enumeration has the member",
            "members" => {
                "a row describes it; not part of the agreement, since pages need not tell all"
            }
            "representation" => "the type has the member",
            "type_facts" => "base type, key or openness is that of the metadata",
            "capabilities" => "the metadata states the same",
            "parameters" => "the action or function has the parameter",
            "permissions" => "the cell can be read",
            _ => "",
        }
    }

    /// Whether they are things that pages state, and not among those of another measure.
    pub(super) fn counts(&self) -> bool {
        !matches!(self.what.key, "typed_responses" | "members")
    }

    /// The share that agrees.
    pub(super) fn share(&self) -> Share {
        Share { agree: self.agree, held: self.agree + self.differ }
    }
}

impl Share {
    /// The share over all measures of `counts`.
    pub(super) fn of(counts: &Counts) -> Self {
        let mut share = Self::default();
        for measure in measures(counts).iter().filter(|measure| measure.counts()) {
            share.agree += measure.agree;
            share.held += measure.agree + measure.differ;
        }
        share
    }

    /// Thousandths, rounded down: what is not whole never shows as whole.
    pub(super) fn thousandths(self) -> Option<usize> {
        (self.agree * 1000).checked_div(self.held)
    }

    /// `98.6 %`, or a dash where nothing was held against the metadata.
    pub(super) fn percent(self) -> String {
        match self.thousandths() {
            None => "–".to_owned(),
            Some(1000) => "100 %".to_owned(),
            Some(part) => format!("{}.{} %", part / 10, part % 10),
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `3,341`
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Share, grouped, measures};
    use msgraph_pipeline::{Bodies, Counts, Tally};

    #[test]
    fn a_share_counts_each_thing_once_and_leaves_out_what_was_not_held() {
        let body = Bodies { all: 6, clean: 2, explained: 3, untyped: 2 };
        let counts = Counts {
            templates: Tally { all: 4, agreeing: 3 },
            responses: body,
            typed_responses: body,
            ..Counts::default()
        };
        assert_eq!(Share::of(&counts), Share { agree: 5, held: 7 });
        let responses = measures(&counts).into_iter().find(|it| it.what.key == "responses");
        assert_eq!(responses.map(|it| (it.agree, it.differ, it.not_held)), Some((2, 1, 3)));
    }

    #[test]
    fn every_measure_says_when_it_agrees() {
        let measures = measures(&Counts::default());
        let silent: Vec<_> = measures.iter().filter(|it| it.agrees_when().is_empty()).collect();
        assert!(silent.is_empty(), "{silent:?}");
        assert_eq!(measures.len(), 15);
    }

    #[test]
    fn percent_rounds_down() {
        let shown = |agree, held| Share { agree, held }.percent();
        assert_eq!(shown(9_999, 10_000), "99.9 %");
        assert_eq!([shown(3, 3), shown(0, 3), shown(0, 0)], ["100 %", "0.0 %", "–"]);
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
