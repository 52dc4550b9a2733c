//! Why a URL means nothing.
//!
//! In comes where the walk ended; out goes a diagnostic with the segment, what the walk stood on, the
//! nearest names, and what to do. Holds: texts of the URL are shown shortened.

use std::ops::Range;

use msgraph_source::{Code, Diagnostic, Span, catalogue::link as codes, or_list, shortened};

/// A URL that means nothing in the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlError {
    /// What is the matter.
    pub kind: UrlErrorKind,
    /// The segment at which the walk ended.
    pub segment: String,
    /// Where the segment stands in the URL.
    pub range: Range<usize>,
    /// What the walk stood on: `the service root`, `microsoft.graph.group`.
    pub standing_on: String,
    /// Names that the segment may have meant.
    pub nearest: Vec<String>,
    /// What else helps.
    pub note: Option<String>,
}

/// In which way a URL means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UrlErrorKind {
    /// There is no path in it.
    Empty,
    /// It is the URL of another service.
    ForeignHost,
    /// Nothing at the service root has this name.
    Root,
    /// The type has no such member, and no operation of this name is bound to it.
    Member,
    /// A placeholder stands for the name of a member, and members differ in their types.
    MemberPlaceholder,
    /// A word behind a collection resembles a name too much to be a key.
    Word,
    /// The type has no such property to be addressed by.
    KeyProperty,
    /// A part of the path is left out: `…`.
    Elided,
    /// Nothing can follow what came before: a value, a collection of values, `$count`.
    NothingFollows,
}

impl UrlErrorKind {
    /// Its name, for counts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::ForeignHost => "foreign host",
            Self::Root => "unknown root",
            Self::Member => "unknown member",
            Self::MemberPlaceholder => "member placeholder",
            Self::Word => "word that resembles a name",
            Self::KeyProperty => "unknown key property",
            Self::Elided => "elided",
            Self::NothingFollows => "nothing follows",
        }
    }
}

impl UrlError {
    /// The code under which it is reported.
    pub fn code(&self) -> Code {
        match self.kind {
            UrlErrorKind::ForeignHost => codes::FOREIGN_HOST,
            _ => codes::UNRESOLVED_URL,
        }
    }

    /// What is the matter, in words.
    pub fn message(&self) -> String {
        let segment = shortened(&self.segment);
        let on = &self.standing_on;
        match self.kind {
            UrlErrorKind::Empty => "the URL has no path".to_owned(),
            UrlErrorKind::ForeignHost => format!("`{segment}` is not a host of this service"),
            UrlErrorKind::Root => format!("there is no entity set or singleton `{segment}`"),
            UrlErrorKind::Member => format!("`{on}` has no member or operation `{segment}`"),
            UrlErrorKind::MemberPlaceholder => {
                format!("`{segment}` cannot stand for a member of `{on}`: their types differ")
            }
            UrlErrorKind::Word if self.nearest.is_empty() => {
                format!("`{on}` has no operation `{segment}`, which does not read like a key")
            }
            UrlErrorKind::Word => {
                format!("`{segment}` behind `{on}` resembles a name too much to be a key")
            }
            UrlErrorKind::KeyProperty => {
                format!("`{on}` cannot be addressed by `{segment}`: it has no such property")
            }
            UrlErrorKind::Elided => format!("a part of the path is left out behind `{on}`"),
            UrlErrorKind::NothingFollows => format!("`{segment}` cannot follow {on}"),
        }
    }

    /// What there is to say about it, `span` being the URL in the page. Where the text there is not
    /// the URL byte by byte, the whole of it is shown.
    pub fn diagnostic(&self, url: &str, span: Span) -> Diagnostic {
        let exact = span.range().len() == url.len();
        let place = if exact { span.slice(self.range.clone()) } else { span };
        let mut diagnostic = Diagnostic::at(self.code(), place, self.message());
        if let Some(note) = &self.note {
            diagnostic = diagnostic.note(note.clone());
        }
        diagnostic.help(self.way_out())
    }

    /// What a writer can do about it.
    pub fn way_out(&self) -> String {
        let segment = shortened(&self.segment);
        match (self.kind, self.nearest.as_slice()) {
            (UrlErrorKind::Word, near) => {
                let meant = match near {
                    [] => "correct the name.".to_owned(),
                    near => format!("did you mean {}?", or_list(near)),
                };
                format!("{meant} A key that reads like this stands in parentheses: `('{segment}')`")
            }
            (_, near @ [_, ..]) => format!("did you mean {}?", or_list(near)),
            (UrlErrorKind::Empty, []) => {
                "write the path behind the host and the version".to_owned()
            }
            (UrlErrorKind::ForeignHost, []) => {
                "nothing is to be done where another service is meant".to_owned()
            }
            (UrlErrorKind::Elided, []) => {
                "write the path in full: one level of nesting stands for all".to_owned()
            }
            (UrlErrorKind::MemberPlaceholder, []) => {
                "write one URL for each member that is meant".to_owned()
            }
            (UrlErrorKind::NothingFollows, []) => format!("end the path before `{segment}`"),
            (UrlErrorKind::Root | UrlErrorKind::Member | UrlErrorKind::KeyProperty, []) => {
                "correct the URL, or use the metadata of the version that the page was written for"
                    .to_owned()
            }
        }
    }
}
