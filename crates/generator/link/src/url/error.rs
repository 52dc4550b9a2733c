//! Why a URL means nothing.

use std::ops::Range;

use msgraph_source::{Code, Diagnostic, Span, catalogue::link as codes};

use crate::names::or_list;

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
    /// A part of the path is left out: `…`.
    Elided,
    /// Nothing can follow what came before: a value, a collection of values, `$count`.
    NothingFollows,
}

impl UrlError {
    /// The code under which it is reported.
    pub fn code(&self) -> Code {
        match self.kind {
            UrlErrorKind::ForeignHost => codes::FOREIGN_HOST,
            _ => codes::UNRESOLVED_URL,
        }
    }

    /// What there is to say about it, `span` being the URL in the page. Where the text there is not
    /// the URL byte by byte, the whole of it is shown.
    pub fn diagnostic(&self, url: &str, span: Span) -> Diagnostic {
        let exact = span.range().len() == url.len();
        let place = if exact { span.slice(self.range.clone()) } else { span };
        let segment = &self.segment;
        let on = &self.standing_on;
        let message = match self.kind {
            UrlErrorKind::Empty => "the URL has no path".to_owned(),
            UrlErrorKind::ForeignHost => format!("`{segment}` is not a host of this service"),
            UrlErrorKind::Root => format!("there is no entity set or singleton `{segment}`"),
            UrlErrorKind::Member => format!("`{on}` has no member or operation `{segment}`"),
            UrlErrorKind::Elided => format!("a part of the path is left out behind `{on}`"),
            UrlErrorKind::NothingFollows => format!("`{segment}` cannot follow {on}"),
        };
        let diagnostic = Diagnostic::at(self.code(), place, message);
        match self.nearest.as_slice() {
            [] => diagnostic,
            near => diagnostic.help(format!("did you mean {}?", or_list(near))),
        }
    }
}
