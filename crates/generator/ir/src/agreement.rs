//! How far the documents agree with the metadata: counts, page by page.
//!
//! The linker counts while it lays the documents over the metadata; nothing is judged here. What
//! disagrees is also a diagnostic.

use std::ops::AddAssign;

use crate::documentation::PageLink;

/// The counts of all pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// One entry a page, in the order of their names.
    pub pages: Vec<PageAgreement>,
}

/// The counts of one page.
#[derive(Clone, Debug, PartialEq)]
pub struct PageAgreement {
    /// The page.
    pub page: PageLink,
    /// The area that its front matter names: `ms.subservice` or `ms.prod`.
    pub area: Option<String>,
    /// The counts.
    pub counts: Counts,
}

/// What was held against the metadata, and how much of it agrees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// `METHOD URL` lines of the section "HTTP request"; their URL means something.
    pub templates: Tally,
    /// Templates whose URL means something; their method can be used there.
    pub methods: Tally,
    /// URLs of example requests to this service; they mean something.
    pub examples: Tally,
    /// Example requests to other hosts, which are not among `examples`.
    pub foreign_examples: usize,
    /// JSON bodies of example requests, those to other hosts included.
    pub requests: Bodies,
    /// JSON bodies of example responses with a status of 200 to 299, each once, also where it answers
    /// several requests.
    pub responses: Bodies,
    /// Those of them whose annotation names a type.
    pub typed_responses: Bodies,
    /// Rows of property and relationship tables of pages whose type is declared; the type has such
    /// a member.
    pub rows: Tally,
    /// Rows that name a member and state a type; the metadata says the same.
    pub row_types: Tally,
    /// Rows of tables of enumeration members, where it is known which enumeration; it has them.
    pub enum_rows: Tally,
    /// The members that a described type declares itself; a row of some page describes them.
    /// Counted at the first page about the type.
    pub members: Tally,
    /// Members of JSON representations; the type has them.
    pub representation: Tally,
    /// Base types, keys, and whether types are open or abstract, as resource blocks state them.
    pub type_facts: Tally,
    /// Capabilities that resource blocks state; the metadata says the same.
    pub capabilities: Tally,
    /// Rows of parameter tables on pages of actions and functions; one of them has the parameter.
    pub parameters: Tally,
    /// What permission tables say, once for each kind of sign-in and each resource that they tell
    /// apart; it could be read. "Not supported." and "None." are read as much as a list.
    pub permissions: Tally,
}

/// How many there are, and how many of them agree with the metadata.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All.
    pub all: usize,
    /// Those that agree.
    pub agreeing: usize,
}

/// How many bodies there are, and what was found in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bodies {
    /// All.
    pub all: usize,
    /// Held against a type: each value is one of the type at its place. Two notes on the envelope do not
    /// make a body unclean: a single value wrapped in `value`, and an `@odata.type` without `#`.
    pub clean: usize,
    /// Those that a diagnostic explains: held against a type, with findings, or `untyped`.
    pub explained: usize,
    /// Those of the explained ones that no type could be found for. Their diagnostic is that of the
    /// URL, which means nothing or does not take the method; or it says that nothing is to be sent or
    /// answered there.
    pub untyped: usize,
}

impl Agreement {
    /// The counts of all pages together.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        for page in &self.pages {
            total += page.counts;
        }
        total
    }
}

/// What is counted: as programs name it, and as people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The name of the field of [`Counts`].
    pub key: &'static str,
    /// Words for it.
    pub title: &'static str,
}

impl Counts {
    /// All tallies, in the order of the fields.
    pub fn tallies(&self) -> [(Counted, Tally); 12] {
        let counted = |key, title, tally| (Counted { key, title }, tally);
        [
            counted("templates", "URL templates", self.templates),
            counted("methods", "methods of these", self.methods),
            counted("examples", "URLs of example requests", self.examples),
            counted("rows", "rows of member tables", self.rows),
            counted("row_types", "types in these rows", self.row_types),
            counted("enum_rows", "rows of enumeration tables", self.enum_rows),
            counted("members", "members that a page describes", self.members),
            counted("representation", "members of JSON representations", self.representation),
            counted("type_facts", "facts about types", self.type_facts),
            counted("capabilities", "capabilities in resource blocks", self.capabilities),
            counted("parameters", "rows of parameter tables", self.parameters),
            counted("permissions", "cells of permission tables", self.permissions),
        ]
    }

    /// All counts of bodies, in the order of the fields.
    pub fn bodies(&self) -> [(Counted, Bodies); 3] {
        let counted = |key, title, bodies| (Counted { key, title }, bodies);
        [
            counted("requests", "requests", self.requests),
            counted("responses", "responses", self.responses),
            counted("typed_responses", "responses whose type is named", self.typed_responses),
        ]
    }
}

impl Tally {
    /// Counts one.
    pub fn count(&mut self, agrees: bool) {
        self.all += 1;
        self.agreeing += usize::from(agrees);
    }
}

impl Bodies {
    /// Bodies that are neither clean nor explained.
    pub fn not_held(&self) -> usize {
        self.all.saturating_sub(self.clean + self.explained)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.all += other.all;
        self.agreeing += other.agreeing;
    }
}

impl AddAssign for Bodies {
    fn add_assign(&mut self, other: Self) {
        self.all += other.all;
        self.clean += other.clean;
        self.explained += other.explained;
        self.untyped += other.untyped;
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.templates += other.templates;
        self.methods += other.methods;
        self.examples += other.examples;
        self.foreign_examples += other.foreign_examples;
        self.requests += other.requests;
        self.responses += other.responses;
        self.typed_responses += other.typed_responses;
        self.rows += other.rows;
        self.row_types += other.row_types;
        self.enum_rows += other.enum_rows;
        self.members += other.members;
        self.representation += other.representation;
        self.type_facts += other.type_facts;
        self.capabilities += other.capabilities;
        self.parameters += other.parameters;
        self.permissions += other.permissions;
    }
}
