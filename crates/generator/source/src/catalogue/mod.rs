//! Every code that a diagnostic can carry: one place for its name, its severity and its page.
//!
//! A code is `area::what`, the area being the crate that reports it. Its page is a Markdown file
//! beside this one, `area/what.md`: a title line, what the finding means, an example, the way out.

macro_rules! codes {
    ($area:literal: $($name:ident = $what:literal $severity:ident;)*) => {
        $(
            #[doc = concat!("`", $area, "::", $what, "`")]
            pub const $name: crate::catalogue::Code = crate::catalogue::Code(&crate::catalogue::Entry {
                id: concat!($area, "::", $what),
                severity: crate::catalogue::Severity::$severity,
                page: include_str!(concat!($area, "/", $what, ".md")),
            });
        )*
        pub(super) const ALL: &[crate::catalogue::Code] = &[$($name),*];
    };
}

pub mod config;
pub mod contract;
pub mod csdl;
pub mod docs;
pub mod emit;
pub mod link;
pub mod lock;
pub mod openapi;
pub mod output;
pub mod plan;
pub mod source;

use std::fmt;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing: the sources disagree and policy has decided.
    Note,
    /// Something was read with leniency, or could not be used.
    Warning,
    /// The run stops at the next barrier and writes nothing.
    Error,
}

impl Severity {
    /// The word that is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// An entry of the catalogue.
#[derive(Clone, Copy)]
pub struct Code(&'static Entry);

struct Entry {
    id: &'static str,
    severity: Severity,
    page: &'static str,
}

impl Code {
    /// The name, `area::what`.
    pub fn id(self) -> &'static str {
        self.0.id
    }

    /// The part of the name before `::`.
    pub fn area(self) -> &'static str {
        self.0.id.split("::").next().unwrap_or_default()
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        self.0.severity
    }

    /// The page that explains it, in Markdown.
    pub fn page(self) -> &'static str {
        self.0.page
    }

    /// The title of the page.
    pub fn title(self) -> &'static str {
        self.0.page.lines().next().unwrap_or_default().trim_start_matches('#').trim()
    }

    /// The code with this name.
    pub fn find(id: &str) -> Option<Self> {
        all().find(|code| code.id() == id)
    }
}

/// All codes, in the order of areas and of their tables.
pub fn all() -> impl Iterator<Item = Code> {
    [
        source::ALL,
        config::ALL,
        csdl::ALL,
        docs::ALL,
        link::ALL,
        plan::ALL,
        emit::ALL,
        contract::ALL,
        output::ALL,
        lock::ALL,
        openapi::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The areas that have codes, in the order of [`all`].
pub fn areas() -> Vec<&'static str> {
    let mut areas: Vec<&str> = all().map(Code::area).collect();
    areas.dedup();
    areas
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Code {}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn names_are_unique_and_pages_have_a_title_and_a_text() {
        let mut seen = std::collections::BTreeSet::new();
        for code in all() {
            assert!(seen.insert(code.id()), "{code} stands twice");
            assert!(code.page().starts_with("# "), "the page of {code} starts with its title");
            assert!(code.page().lines().count() > 4, "the page of {code} explains it");
        }
    }
}
