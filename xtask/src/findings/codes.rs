//! Codes of diagnostics on the command line.
//!
//! In comes what a user typed: a code, an area, all of one severity, or all; out goes a [`Selector`]. What
//! names nothing is refused with the names that resemble it, and shells complete the names.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::error::ErrorKind;
use msgraph_source::{Code, Severity, catalogue, nearest};

/// Some of the codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Selector {
    /// All of them.
    All,
    /// Those of a severity: `warnings`, `notes`.
    Severity(Severity),
    /// Those of an area: `docs`.
    Area(&'static str),
    /// One: `docs::annotation_json`.
    Code(Code),
}

/// Names of more than one code that are no areas.
const SEVERITIES: [(&str, Severity); 3] =
    [("errors", Severity::Error), ("warnings", Severity::Warning), ("notes", Severity::Note)];

impl Selector {
    fn parse(text: &str) -> Result<Self, String> {
        if text == "all" {
            return Ok(Self::All);
        }
        if let Some((_, severity)) = SEVERITIES.iter().find(|(name, _)| *name == text) {
            return Ok(Self::Severity(*severity));
        }
        if let Some(area) = catalogue::areas().into_iter().find(|area| *area == text) {
            return Ok(Self::Area(area));
        }
        Code::find(text).map(Self::Code).ok_or_else(|| unknown(text, names()))
    }

    /// Whether `code` is one of them.
    pub(crate) fn covers(self, code: Code) -> bool {
        match self {
            Self::All => true,
            Self::Severity(severity) => code.severity() == severity,
            Self::Area(area) => code.area() == area,
            Self::Code(wanted) => code == wanted,
        }
    }

    /// How narrow it is: a code is narrower than its area, and that than all of a severity.
    pub(crate) fn narrowness(self) -> u8 {
        match self {
            Self::All => 0,
            Self::Severity(_) => 1,
            Self::Area(_) => 2,
            Self::Code(_) => 3,
        }
    }
}

/// What [`Selector`] can be made of.
fn names() -> Vec<&'static str> {
    let severities = SEVERITIES.iter().map(|(name, _)| *name);
    ["all"].into_iter().chain(severities).chain(areas_and_codes()).collect()
}

/// The areas, and the codes.
fn areas_and_codes() -> impl Iterator<Item = &'static str> {
    catalogue::areas().into_iter().chain(catalogue::all().map(Code::id))
}

/// That there is no code `text`, with those of `names` that resemble it.
pub(crate) fn unknown(text: &str, names: impl IntoIterator<Item = &'static str>) -> String {
    let near = nearest(text, names, 3);
    if near.is_empty() {
        return format!("there is no code {text:?}; `cargo xtask explain` lists all");
    }
    format!("there is no code {text:?}; did you mean {}?", near.join(" or "))
}

/// Reads a [`Selector`].
#[derive(Clone)]
pub(crate) struct SelectorParser;

impl TypedValueParser for SelectorParser {
    type Value = Selector;

    fn parse_ref(
        &self,
        command: &clap::Command,
        _: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Selector, clap::Error> {
        Selector::parse(&value.to_string_lossy()).map_err(|message| {
            clap::Error::raw(ErrorKind::InvalidValue, format!("{message}\n")).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(names().into_iter().map(PossibleValue::new)))
    }
}

/// Takes any text, but lets shells complete the names of areas and codes.
#[derive(Clone)]
pub(crate) struct NameParser;

impl TypedValueParser for NameParser {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(areas_and_codes().map(PossibleValue::new)))
    }
}
