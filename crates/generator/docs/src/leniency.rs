//! The leniencies of the JSON reader as findings.
//!
//! Comes in: which leniencies one text needed, and where. Goes out: one finding per kind, with the
//! first places. Holds: however often a text needs a leniency, its findings stay few.

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Code, Diagnostic, Diagnostics, Span};

/// What Newtonsoft's reader takes and strict JSON refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Leniency {
    Comment,
    TrailingComma,
    MissingComma,
    SingleQuotes,
    UnquotedName,
    RawNewline,
    WhiteSpace,
    DuplicateName,
    Entities,
    TrailingText,
}

/// How many places a finding shows.
const SHOWN: usize = 4;

impl Leniency {
    fn code(self) -> Code {
        match self {
            Self::Comment => codes::JSON_COMMENT,
            Self::TrailingComma => codes::JSON_TRAILING_COMMA,
            Self::MissingComma => codes::JSON_MISSING_COMMA,
            Self::SingleQuotes => codes::JSON_SINGLE_QUOTES,
            Self::UnquotedName => codes::JSON_UNQUOTED_NAME,
            Self::RawNewline => codes::JSON_RAW_NEWLINE,
            Self::WhiteSpace => codes::JSON_WHITE_SPACE,
            Self::DuplicateName => codes::JSON_DUPLICATE_NAME,
            Self::Entities => codes::JSON_ENTITIES,
            Self::TrailingText => codes::JSON_TRAILING_TEXT,
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::Comment => "a comment",
            Self::TrailingComma => "a comma behind the last value",
            Self::MissingComma => "no comma between two values",
            Self::SingleQuotes => "a string in single quotes",
            Self::UnquotedName => "a name without quotes",
            Self::RawNewline => "a line end inside a string",
            Self::WhiteSpace => "white space that JSON does not know",
            Self::DuplicateName => "a name twice in one object",
            Self::Entities => "`&quot;` in the place of quotes",
            Self::TrailingText => "text behind its value",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Comment => "move the comment out of the JSON",
            Self::TrailingComma => "remove the comma",
            Self::MissingComma => "add the comma",
            Self::SingleQuotes => "use double quotes",
            Self::UnquotedName => "put the name into double quotes",
            Self::RawNewline => "write the line end as `\\n`",
            Self::WhiteSpace => "use an ordinary space",
            Self::DuplicateName => "remove one of them; the last is used",
            Self::Entities => "write `\"`",
            Self::TrailingText => "remove the text; it is not read",
        }
    }
}

/// Reports the `leniencies` that a text needed; `what` names the text.
pub(crate) fn report(what: &str, mut leniencies: Vec<(Leniency, Span)>, found: &mut Diagnostics) {
    leniencies.sort();
    for same in leniencies.chunk_by(|a, b| a.0 == b.0) {
        let mut places = same.iter();
        let Some((leniency, first)) = places.next() else {
            continue;
        };
        let message = format!("{what} has {}", leniency.message());
        let mut diagnostic = Diagnostic::at(leniency.code(), *first, message);
        for (_, span) in places.by_ref().take(SHOWN - 1) {
            diagnostic = diagnostic.label(*span, "");
        }
        let more = places.count();
        if more > 0 {
            diagnostic = diagnostic.note(format!("and in {more} more places of the same text"));
        }
        found.push(diagnostic.help(leniency.help()));
    }
}
