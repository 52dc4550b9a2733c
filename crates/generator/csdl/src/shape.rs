//! Walks the tags of a text before it is parsed, in one pass and without a tree.
//!
//! In comes any text; out goes the element that was open where the text ends or stops being XML, or
//! why the text is not worth parsing. Holds afterwards: no document type declaration, elements nested
//! at most [`DEPTH`] deep with at most [`ATTRIBUTES`] attributes and [`PREFIXES`] namespace declarations in
//! scope, so that parsing takes time in proportion to the text and reading may recurse.

use std::ops::Range;

use msgraph_source::catalogue::csdl::{DTD, EMPTY, HTML, NOT_XML, TOO_DEEP, TOO_MANY};
use msgraph_source::{Diagnostic, FileId, Span};

/// How deep elements may be nested; all of Graph needs thirteen.
pub(crate) const DEPTH: usize = 100;
/// How many attributes one element may have; the specification knows of about twenty.
pub(crate) const ATTRIBUTES: usize = 60;
/// How many namespace declarations may be in scope.
const PREFIXES: usize = 60;

/// What was seen of a text that may be parsed.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The innermost element that was open where the walk ended.
    pub(crate) open: Option<Range<usize>>,
    /// Whether the walk ended before the text did, which is then not XML.
    pub(crate) lost: bool,
}

/// Walks the tags of `text`.
pub(crate) fn walk(text: &str, file: FileId) -> Result<Shape, Box<Diagnostic>> {
    let body = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let start = text.len() - body.len();
    match body.chars().next() {
        None => {
            let diagnostic = Diagnostic::at(
                EMPTY,
                Span::start_of(file),
                "there is no metadata: the file is empty",
            )
            .help("write the answer to `GET <service root>/$metadata` into the file");
            return Err(Box::new(diagnostic));
        }
        Some('<') => {}
        Some(first) => {
            let span = Span::new(file, start..start + first.len_utf8());
            return Err(Box::new(not_xml(first, span)));
        }
    }
    let mut walk = Walk { text, file, at: start, open: Vec::new(), prefixes: 0, elements: 0 };
    let whole = walk.run()?;
    Ok(Shape { open: walk.open.pop().map(|element| element.tag), lost: !whole })
}

fn not_xml(first: char, span: Span) -> Diagnostic {
    let diagnostic =
        Diagnostic::at(NOT_XML, span, "this is not XML: the text does not begin with `<`");
    if matches!(first, '{' | '[') {
        diagnostic.note("it looks like JSON; CSDL is read in its XML representation").help(
            "ask the service for XML: `GET <service root>/$metadata` with `Accept: application/xml`",
        )
    } else {
        diagnostic.help("write the answer to `GET <service root>/$metadata` into the file")
    }
}

/// An element whose end tag has not come yet.
struct Open {
    tag: Range<usize>,
    name: Range<usize>,
    prefixes: usize,
}

struct Walk<'t> {
    text: &'t str,
    file: FileId,
    at: usize,
    open: Vec<Open>,
    prefixes: usize,
    elements: usize,
}

/// A start tag, after its `<`.
struct Tag {
    name: Range<usize>,
    end: usize,
    attributes: usize,
    prefixes: usize,
    is_empty: bool,
}

impl<'t> Walk<'t> {
    /// Walks to the end, or to where the text stops being XML (`false`).
    fn run(&mut self) -> Result<bool, Box<Diagnostic>> {
        while let Some(offset) = self.rest().find('<') {
            self.at += offset;
            let rest = self.rest();
            let went_on = if rest.starts_with("<!--") {
                self.skip_behind(4, "-->")
            } else if rest.starts_with("<![CDATA[") {
                self.skip_behind(9, "]]>")
            } else if rest.starts_with("<?xml ") {
                self.declaration()
            } else if rest.starts_with("<?") {
                self.skip_behind(2, "?>")
            } else if rest.starts_with("<!") {
                self.doctype()?;
                false
            } else if rest.starts_with("</") {
                self.end_tag()
            } else {
                self.start_tag()?
            };
            if !went_on {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_behind(&mut self, opening: usize, closing: &str) -> bool {
        let body = self.rest().get(opening..).unwrap_or_default();
        let found = body.find(closing);
        self.at += opening + found.unwrap_or_default() + closing.len();
        found.is_some()
    }

    fn declaration(&mut self) -> bool {
        let end = self.tag_end(self.at + 1, |_| {});
        self.at = end.unwrap_or(self.at);
        end.is_some()
    }

    fn doctype(&self) -> Result<(), Box<Diagnostic>> {
        let rest = self.rest();
        let starts_with = |prefix: &str| {
            rest.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        let line = self.at..self.at + rest.find(['>', '\n', '[']).unwrap_or(rest.len());
        if starts_with("<!doctype html") {
            return Err(self.html(line));
        }
        if starts_with("<!doctype") {
            let message = "the document type declaration is refused";
            let diagnostic = Diagnostic::at(DTD, self.span(line), message)
                .note("entities that it declares can grow without bound, or name other files")
                .help("delete the declaration; metadata of OData needs none");
            return Err(Box::new(diagnostic));
        }
        Ok(())
    }

    fn html(&self, range: Range<usize>) -> Box<Diagnostic> {
        let diagnostic =
            Diagnostic::at(HTML, self.span(range), "this is an HTML page, not metadata")
                .note("a sign-in or error page may have been saved in place of the answer")
                .help("write the answer to `GET <service root>/$metadata` into the file");
        Box::new(diagnostic)
    }

    fn end_tag(&mut self) -> bool {
        let Some(length) = self.rest().find('>') else {
            return false;
        };
        let name = self.rest().get(2..length).unwrap_or_default().trim_end();
        let closes =
            self.open.last().is_some_and(|open| self.text.get(open.name.clone()) == Some(name));
        if closes {
            self.prefixes -= self.open.pop().map_or(0, |open| open.prefixes);
            self.at += length + 1;
        }
        closes
    }

    fn start_tag(&mut self) -> Result<bool, Box<Diagnostic>> {
        let Some(tag) = self.tag() else {
            return Ok(false);
        };
        let range = self.at..tag.end;
        let name = self.text.get(tag.name.clone()).unwrap_or_default();
        if self.elements == 0 && name.eq_ignore_ascii_case("html") {
            return Err(self.html(range));
        }
        if tag.attributes > ATTRIBUTES {
            return Err(self.too_many(
                range,
                "attributes on one element",
                tag.attributes,
                ATTRIBUTES,
            ));
        }
        let prefixes = self.prefixes + tag.prefixes;
        if prefixes > PREFIXES {
            return Err(self.too_many(
                range,
                "namespace declarations in scope",
                prefixes,
                PREFIXES,
            ));
        }
        if self.open.len() >= DEPTH {
            let message = format!("elements are nested more than {DEPTH} deep");
            let diagnostic = Diagnostic::at(TOO_DEEP, self.span(range), message).help(
                "check that this is metadata of a service: all of Graph needs a depth of thirteen",
            );
            return Err(Box::new(diagnostic));
        }
        self.elements += 1;
        if !tag.is_empty {
            self.prefixes = prefixes;
            self.open.push(Open { tag: range, name: tag.name, prefixes: tag.prefixes });
        }
        self.at = tag.end;
        Ok(true)
    }

    fn too_many(
        &self,
        tag: Range<usize>,
        what: &str,
        count: usize,
        most: usize,
    ) -> Box<Diagnostic> {
        let message = format!("there are {count} {what}, and at most {most} are read");
        let shown = tag.start..tag.end.min(tag.start + 200);
        let diagnostic = Diagnostic::at(TOO_MANY, self.span(shown), message)
            .help("check that this is metadata of a service");
        Box::new(diagnostic)
    }

    fn tag(&self) -> Option<Tag> {
        let after = self.text.get(self.at + 1..)?;
        let length = after
            .find(|c: char| {
                c.is_ascii_whitespace() || matches!(c, '>' | '/' | '<' | '"' | '\'' | '=')
            })
            .filter(|&length| length > 0)?;
        let name = self.at + 1..self.at + 1 + length;
        let (mut attributes, mut prefixes) = (0, 0);
        let end = self.tag_end(name.end, |before| {
            attributes += 1;
            let word = before.trim_ascii_end();
            let from = word.rfind(|c: char| c.is_ascii_whitespace()).map_or(0, |at| at + 1);
            prefixes += usize::from(word.get(from..).is_some_and(|word| word.starts_with("xmlns")));
        })?;
        let is_empty = self.text.get(..end)?.ends_with("/>");
        Some(Tag { name, end, attributes, prefixes, is_empty })
    }

    /// The offset behind the `>` that ends the tag around `from`. Tells `each` what stands before every
    /// `=` since the last value.
    fn tag_end(&self, from: usize, mut each: impl FnMut(&str)) -> Option<usize> {
        let mut at = from;
        let mut since = from;
        loop {
            at += self.text.get(at..)?.find(['>', '<', '=', '"', '\''])?;
            match self.text.as_bytes().get(at)? {
                b'>' => return Some(at + 1),
                b'=' => {
                    each(self.text.get(since..at)?);
                    since = at + 1;
                }
                quote @ (b'"' | b'\'') => {
                    at += 1 + self.text.get(at + 1..)?.find(char::from(*quote))?;
                    since = at + 1;
                }
                // A tag inside a tag is for the parser to refuse; so is a declaration's.
                _ => return None,
            }
            at += 1;
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }
}

#[cfg(test)]
mod tests {
    use super::{DEPTH, walk};
    use msgraph_source::{FileId, SourceMap};

    fn file() -> FileId {
        SourceMap::new().add("a", "")
    }

    fn code(text: &str) -> &'static str {
        walk(text, file()).map_or_else(|error| error.code.id(), |_| "fine")
    }

    #[test]
    fn what_is_no_metadata_is_refused() {
        assert_eq!(code(" \u{feff}\r\n"), "csdl::empty");
        assert_eq!(code("{\"$Version\": \"4.0\"}"), "csdl::not_xml");
        assert_eq!(code("<!-- c --><!doctype HTML><p>"), "csdl::html");
        assert_eq!(code("<html lang='en'>"), "csdl::html");
        assert_eq!(code("<?xml version='1.0'?><!DOCTYPE a>"), "csdl::dtd");
    }

    #[test]
    fn nesting_is_bounded() {
        assert_eq!(code(&"<a b='>'>".repeat(DEPTH)), "fine");
        assert_eq!(code(&"<a>".repeat(DEPTH + 1)), "csdl::too_deep");
        assert_eq!(code(&"<a></a><b/>".repeat(1_000)), "fine");
    }

    #[test]
    fn attributes_and_prefixes_are_bounded() {
        assert_eq!(code(&format!("<a {}/>", "b = 'c=d' ".repeat(60))), "fine");
        assert_eq!(code(&format!("<a {}/>", "b = 'c=d' ".repeat(61))), "csdl::too_many");
        let declared = "<a\nxmlns:p = '1' xmlns='2'>";
        assert_eq!(code(&declared.repeat(30)), "fine");
        assert_eq!(code(&declared.repeat(31)), "csdl::too_many");
        assert_eq!(code(&format!("{declared}</a>").repeat(31)), "fine");
    }

    #[test]
    fn what_only_looks_like_a_tag_is_skipped() {
        let deep = "<a>".repeat(DEPTH + 1);
        for text in [
            format!("<a><!--{deep}--></a>"),
            format!("<a><![CDATA[{deep}]]></a>"),
            format!("<a><?p {deep}?></a>"),
            format!("<a b=\"{deep}\"/>"),
        ] {
            assert_eq!(code(&text), "fine", "{text}");
        }
    }

    #[test]
    fn the_open_element_is_known() {
        for (text, open, lost) in [
            ("<a><b>", Some(3..6), false),
            ("<a><b></a>", Some(3..6), true),
            ("<a></a >", None, false),
            ("<a <b>", None, true),
        ] {
            let shape = walk(text, file()).unwrap();
            assert_eq!((shape.open, shape.lost), (open, lost), "{text}");
        }
    }
}
