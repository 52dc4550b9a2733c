//! Where each fact about a name comes from.
//!
//! In come the texts of a target and a name of the wire, of Rust, or a URL; out go the things of that
//! name, each with its facts: who says it, where, and what was overruled. Holds: nothing is decided
//! here; what is told is what the representation and the plan hold.

mod find;
mod model;
mod operation;
mod texts;

use msgraph_ir::{Api, Source};
use msgraph_link::Resolver;
use msgraph_plan::{RustNames, rust_names};
use msgraph_source::{Diagnostic, Diagnostics, SourceMap, Span};

use self::find::{Query, Subject};
use crate::{Input, Settings, lint, parse};

/// More things of one name are only listed.
const MOST: usize = 12;

/// What is called by a name.
#[derive(Debug, Default)]
pub struct Trace {
    /// The things of that name with their facts, the first of them.
    pub found: Vec<Traced>,
    /// The names of the others.
    pub others: Vec<String>,
    /// Why there is nothing of that name.
    pub problem: Option<Diagnostic>,
    /// What the passes have to say of the inputs.
    pub diagnostics: Diagnostics,
}

/// A thing and its facts.
#[derive(Debug)]
pub struct Traced {
    /// What it is: `entity type`, `property`, `operation`.
    pub kind: &'static str,
    /// Its name on the wire.
    pub name: String,
    /// Its path in Rust, where it is selected.
    pub rust: Option<String>,
    /// Why it is selected.
    pub selected: Option<String>,
    /// What is known of it.
    pub facts: Vec<TracedFact>,
}

/// A fact.
#[derive(Debug)]
pub struct TracedFact {
    /// What it is about: `type`, `description`.
    pub about: String,
    /// What it says.
    pub value: String,
    /// Who says it.
    pub said_by: Source,
    /// Where; nowhere in particular for what follows from the whole of a source.
    pub span: Option<Span>,
    /// What others said instead.
    pub overruled: Vec<(Source, Span, String)>,
}

/// What everything here looks at.
struct Model<'a> {
    api: &'a Api,
    names: &'a RustNames,
    diagnostics: &'a [Diagnostic],
}

/// Traces `name` through the texts `input` of `sources`. Where there are selectors, Rust names are
/// given to what they select.
pub fn trace(sources: &SourceMap, input: &Input, settings: &Settings, name: &str) -> Trace {
    let review = lint(sources, input, &settings.version, &mut |_| {});
    let mut diagnostics = review.diagnostics;
    let Some(mut api) = review.api else {
        return Trace { diagnostics, ..Trace::default() };
    };
    let (selectors, found) = parse::selectors(&settings.selectors);
    diagnostics.extend(found);
    let mut names = RustNames::default();
    if !selectors.is_empty() {
        diagnostics.extend(msgraph_link::select(&mut api, &review.pages, &selectors));
        diagnostics.extend(msgraph_link::analyse(&mut api));
        names = rust_names(&api, &settings.options);
    }
    let model = Model { api: &api, names: &names, diagnostics: &diagnostics };
    let mut trace = match Query::new(name) {
        Query::Url { method, url } if api.service.is_none() => {
            match Resolver::new(&api).resolve(url) {
                Ok(path) => Trace { found: model.url(method, url, &path), ..Trace::default() },
                Err(error) => Trace { problem: Some(find::unresolved(&error)), ..Trace::default() },
            }
        }
        query => model.named(&query),
    };
    trace.diagnostics = diagnostics;
    trace
}

impl Model<'_> {
    fn named(&self, query: &Query<'_>) -> Trace {
        let subjects = self.find(query);
        if subjects.is_empty() {
            return Trace { problem: Some(self.nothing(query)), ..Trace::default() };
        }
        let (shown, others) = subjects.split_at(subjects.len().min(MOST));
        Trace {
            found: shown.iter().map(|&subject| self.traced(subject)).collect(),
            others: others.iter().map(|&subject| self.name(subject)).collect(),
            ..Trace::default()
        }
    }

    fn traced(&self, subject: Subject) -> Traced {
        match subject {
            Subject::Type(id) => self.item(id),
            Subject::Member(owner, index) => self.member(owner, index),
            Subject::Root(index) => self.root(index),
            Subject::Bound(id) => self.bound(id),
            Subject::Operation(id) => self.operation(id),
        }
    }
}

impl TracedFact {
    fn new(about: &str, value: impl Into<String>, said_by: Source, span: Option<Span>) -> Self {
        Self { about: about.to_owned(), value: value.into(), said_by, span, overruled: Vec::new() }
    }

    fn metadata(about: &str, value: impl Into<String>, span: Span) -> Self {
        Self::new(about, value, Source::Metadata, Some(span))
    }

    fn documents(about: &str, value: impl Into<String>, span: Span) -> Self {
        Self::new(about, value, Source::Documents, Some(span))
    }
}
