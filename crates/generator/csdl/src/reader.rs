//! What every part of the reader stands on: which vocabulary an element is of, and what is said.
//!
//! In come nodes of the tree, out go names of CSDL elements and diagnostics. Holds: an element, an
//! attribute or a text that CSDL has no place for is reported; those of other namespaces, which the
//! specification allows, are counted in one note. However bad the text, the findings are few
//! enough to be read, and the rest is counted.

use std::ops::Range;

use msgraph_source::catalogue::csdl::{
    FOREIGN, MISSING_ELEMENT, MORE_ERRORS, MORE_WARNINGS, REPEATED_ELEMENT, STRAY_TEXT,
    UNKNOWN_ELEMENT, VERSION,
};
use msgraph_source::{Code, Diagnostic, Diagnostics, FileId, Severity, Span, nearest, shortened};

use crate::attributes::Attributes;

pub(crate) type Node<'a> = roxmltree::Node<'a, 'a>;

/// The namespace of `edmx:Edmx`.
pub(crate) const EDMX: &str = "http://docs.oasis-open.org/odata/ns/edmx";
/// The namespace of `Schema` and all inside.
pub(crate) const EDM: &str = "http://docs.oasis-open.org/odata/ns/edm";

/// Findings of one severity that are kept; the others are counted.
const MOST: usize = 500;

/// An element of CSDL, by its local name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag<'a> {
    /// An element of `EDMX`.
    Edmx(&'a str),
    /// An element of `EDM`.
    Edm(&'a str),
}

/// Reads one text.
pub(crate) struct Reader<'t> {
    text: &'t str,
    file: FileId,
    diagnostics: Diagnostics,
    errors: usize,
    warnings: usize,
    foreign: Foreign,
}

#[derive(Default)]
struct Foreign {
    elements: usize,
    attributes: usize,
    first: Option<(Span, String)>,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str, file: FileId) -> Self {
        Self {
            text,
            file,
            diagnostics: Diagnostics::new(),
            errors: 0,
            warnings: 0,
            foreign: Foreign::default(),
        }
    }

    /// Says `diagnostic`.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        if self.keeps(diagnostic.code) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Counts a finding; whether it is to be shown.
    fn keeps(&mut self, code: Code) -> bool {
        let count = match code.severity() {
            Severity::Error => &mut self.errors,
            _ => &mut self.warnings,
        };
        *count += 1;
        *count <= MOST
    }

    /// Says what `diagnostic` makes, if it is to be shown: for those that take time to make.
    pub(crate) fn report_with(&mut self, code: Code, diagnostic: impl FnOnce(&Self) -> Diagnostic) {
        if self.keeps(code) {
            let diagnostic = diagnostic(self);
            self.diagnostics.push(diagnostic);
        }
    }

    /// All that was said, in the order of the text.
    pub(crate) fn finish(mut self) -> Diagnostics {
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.primary().map(|span| span.start));
        if let Some((span, name)) = self.foreign.first {
            let (elements, attributes) = (self.foreign.elements, self.foreign.attributes);
            let message = format!(
                "what is of other namespaces is not read (elements: {elements}, attributes: {attributes})"
            );
            let label = format!("the first is of `{}`", shortened(&name));
            self.diagnostics.push(Diagnostic::new(FOREIGN, message).label(span, label));
        }
        let start = Span::start_of(self.file);
        let mut more = |code, count: usize, what: &str| {
            if let Some(more) = count.checked_sub(MOST).filter(|&more| more > 0) {
                let message = format!("{more} more {what} of this text are not shown");
                let diagnostic = Diagnostic::at(code, start, message);
                self.diagnostics.push(diagnostic.help("mend those that are shown, and run again"));
            }
        };
        more(MORE_ERRORS, self.errors, "errors");
        more(MORE_WARNINGS, self.warnings, "warnings");
        self.diagnostics
    }

    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    /// The text at `range`.
    pub(crate) fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// The start tag of an element.
    pub(crate) fn start_tag(&self, node: Node<'_>) -> Span {
        let Range { start, end } = node.range();
        let attributes = node.attributes().next_back();
        let mut at = attributes.map_or(start, |last| last.range().end);
        loop {
            let rest = self.slice(at..end);
            match rest.find(['>', '"', '\'']).map(|found| (found, rest.as_bytes().get(found))) {
                Some((found, Some(b'>'))) => return self.span(start..at + found + 1),
                Some((found, Some(quote))) => {
                    let value = self.slice(at + found + 1..end);
                    let length = value.find(char::from(*quote)).unwrap_or(value.len());
                    at += found + 1 + length + 1;
                }
                _ => return self.span(start..end),
            }
        }
    }

    /// The attributes of an element, to be taken by name.
    pub(crate) fn attributes<'r, 'a>(&'r mut self, node: Node<'a>) -> Attributes<'r, 't, 'a> {
        Attributes::new(self, node)
    }

    /// The CSDL element that `node` is. `None` if it is none; what is to be said of it then is said.
    pub(crate) fn tag<'a>(&mut self, node: Node<'a>) -> Option<Tag<'a>> {
        if node.is_text() {
            self.stray_text(node);
        }
        if !node.is_element() {
            return None;
        }
        let name = node.tag_name().name();
        match node.tag_name().namespace() {
            Some(EDM) => Some(Tag::Edm(name)),
            Some(EDMX) => Some(Tag::Edmx(name)),
            None => {
                let message = format!("`{}` is in no namespace", shortened(name));
                let diagnostic = Diagnostic::at(UNKNOWN_ELEMENT, self.start_tag(node), message);
                self.report(diagnostic.help(format!("declare the namespace: `xmlns=\"{EDM}\"`")));
                None
            }
            Some(namespace) => {
                match old_version(namespace) {
                    Some(version) => self.other_version(node, version),
                    None => {
                        self.foreign.elements += 1;
                        self.note_foreign(node.range().start, self.start_tag(node), namespace);
                    }
                }
                None
            }
        }
    }

    /// Counts an attribute of another vocabulary.
    pub(crate) fn foreign_attribute(&mut self, span: Span, namespace: &str) {
        self.foreign.attributes += 1;
        self.note_foreign(span.range().start, span, namespace);
    }

    fn note_foreign(&mut self, start: usize, span: Span, namespace: &str) {
        let first = self.foreign.first.as_ref();
        if first.is_none_or(|(first, _)| start < first.range().start) {
            self.foreign.first = Some((span, namespace.to_owned()));
        }
    }

    /// Says that `node` is of a version of CSDL that is not read.
    pub(crate) fn other_version(&mut self, node: Node<'_>, version: &str) {
        let message = format!("this is {version}, and only CSDL 4.0 and 4.01 are read");
        let diagnostic = Diagnostic::at(VERSION, self.start_tag(node), message);
        self.report(diagnostic.help("ask the service for the metadata of its OData V4 endpoint"));
    }

    fn stray_text(&mut self, node: Node<'_>) {
        if node.text().is_none_or(|text| text.trim_ascii().is_empty()) {
            return;
        }
        // The parser joins a text and the sections behind it, and has the place of the first.
        let range = node.range();
        let raw = self.slice(range.clone());
        let blanks = raw.len() - raw.trim_ascii_start().len();
        let range = match raw.trim_ascii().len() {
            0 => range,
            length => range.start + blanks..range.start + blanks + length,
        };
        let parent = node.parent_element().map_or("", |parent| parent.tag_name().name());
        let message = format!("`{}` holds no text", shortened(parent));
        let diagnostic = Diagnostic::at(STRAY_TEXT, self.span(range), message);
        self.report(diagnostic.help("delete the text, or make it a comment: `<!-- … -->`"));
    }

    /// Says that `node` does not belong where it stands.
    pub(crate) fn misplaced(&mut self, node: Node<'_>, expected: &[&str]) {
        self.report_with(UNKNOWN_ELEMENT, |reader| {
            let name = node.tag_name().name();
            let parent = node.parent_element();
            let parent = shortened(parent.map_or("", |parent| parent.tag_name().name()));
            let message = format!("`{}` does not belong in `{parent}`", shortened(name));
            let help = match meant(name, expected) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None if expected.is_empty() => format!("`{parent}` holds no elements"),
                None if expected.len() > 12 => {
                    "an expression or `Annotation` can stand here".to_owned()
                }
                None => format!("`{parent}` holds `{}`", expected.join("`, `")),
            };
            Diagnostic::at(UNKNOWN_ELEMENT, reader.start_tag(node), message).help(help)
        });
    }

    /// Says that `node` has no `wanted` inside.
    pub(crate) fn missing_element(&mut self, node: Node<'_>, wanted: &str) {
        let name = node.tag_name().name();
        let message = format!("`{name}` holds no `{wanted}`");
        let diagnostic = Diagnostic::at(MISSING_ELEMENT, self.start_tag(node), message);
        self.report(diagnostic.help(format!("add the `{wanted}`, or fetch the file again")));
    }

    /// Says that `node` stands where the one at `first` already does.
    pub(crate) fn repeated(&mut self, node: Node<'_>, first: Span) {
        let name = node.tag_name().name();
        let message = format!("a second `{name}` stands in one element");
        let diagnostic = Diagnostic::at(REPEATED_ELEMENT, self.start_tag(node), message)
            .label(first, "this is the first, and the one that counts");
        self.report(diagnostic.help("delete one of them"));
    }

    /// Fills `slot` with `value`, or says that the element at `node` repeats what stands there.
    pub(crate) fn once<T>(
        &mut self,
        slot: &mut Option<T>,
        node: Node<'_>,
        value: Option<T>,
        place: impl Fn(&T) -> Span,
    ) {
        match slot {
            Some(first) => {
                let first = place(first);
                self.repeated(node, first);
            }
            None => *slot = value,
        }
    }
}

/// The one of `expected` that resembles `name`.
pub(crate) fn meant<'e>(name: &str, expected: &[&'e str]) -> Option<&'e str> {
    // No name of CSDL is longer than thirty characters; what is, resembles none.
    if name.len() > 60 {
        return None;
    }
    nearest(name, expected.iter().copied(), 1).first().copied()
}

/// The version of CSDL or of its wrapper that `namespace` belongs to, if it is an old one.
pub(crate) fn old_version(namespace: &str) -> Option<&'static str> {
    let rest = namespace.strip_prefix("http://schemas.microsoft.com/ado/")?;
    match rest {
        "2006/04/edm" => Some("CSDL 1.0"),
        "2007/05/edm" => Some("CSDL 1.1"),
        "2008/01/edm" => Some("CSDL 1.2"),
        "2008/09/edm" => Some("CSDL 2.0"),
        "2009/11/edm" => Some("CSDL 3.0"),
        _ if rest.ends_with("/edm") || rest.ends_with("/edmx") => Some("CSDL of OData V1 to V3"),
        _ => None,
    }
}
