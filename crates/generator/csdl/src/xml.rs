//! Text to a tree of elements.
//!
//! In comes the text, out goes roxmltree's tree, or the one error that says where the text is not
//! XML and what to do. Holds: time and memory are in proportion to the text, whatever it is.

use msgraph_source::catalogue::csdl::{EMPTY, MALFORMED, TOO_LARGE, UNBOUND_PREFIX};
use msgraph_source::{Diagnostic, FileId, Span, shortened};
use roxmltree::{Document, Error, ParsingOptions, TextPos};

use crate::shape::{self, Shape};

/// Bytes of the largest text that is read: nearly twenty times the metadata of Graph v1.0.
const LARGEST: usize = 64 << 20;

/// The tree of `text`.
pub(crate) fn tree(text: &str, file: FileId) -> Result<Document<'_>, Box<Diagnostic>> {
    check_length(text.len(), file)?;
    let shape = shape::walk(text, file)?;
    match Document::parse_with_options(text, ParsingOptions::default()) {
        Ok(_) if shape.lost => {
            let message = "the tags of this text cannot be told apart";
            Err(Box::new(Diagnostic::at(MALFORMED, Span::start_of(file), message)))
        }
        Ok(tree) => Ok(tree),
        Err(error) => Err(Box::new(malformed(&error, text, file, &shape))),
    }
}

fn check_length(length: usize, file: FileId) -> Result<(), Box<Diagnostic>> {
    if length <= LARGEST {
        return Ok(());
    }
    let message = format!("the metadata has {length} bytes, and at most {LARGEST} are read");
    let diagnostic = Diagnostic::at(TOO_LARGE, Span::start_of(file), message)
        .help("check that this is metadata of a service");
    Err(Box::new(diagnostic))
}

/// What `error` says, where, and the way out.
fn malformed(error: &Error, text: &str, file: FileId, shape: &Shape) -> Diagnostic {
    let open = shape.open.clone().map(|range| Span::new(file, range));
    let at = |message: &str| Diagnostic::at(MALFORMED, place(text, file, error.pos()), message);
    match error {
        Error::UnknownNamespace(prefix, pos) => {
            let length = u32::try_from(prefix.len()).unwrap_or_default();
            let prefix = shortened(prefix);
            let message = format!("the prefix `{prefix}` is bound to no namespace");
            let start = place(text, file, *pos);
            let span = Span { end: start.end.max(start.start + length), ..start };
            Diagnostic::at(UNBOUND_PREFIX, span, message).help(format!(
                "declare it on this element or on one around it, as in `xmlns:{prefix}=\"…\"`"
            ))
        }
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream => {
            let end = Span::new(file, text.len()..text.len());
            let diagnostic = Diagnostic::at(MALFORMED, end, "the text ends before its elements do");
            match open {
                Some(open) => diagnostic.label(open, "this element is not closed"),
                None => diagnostic,
            }
            .help("the file may have been cut off: fetch it again, or close the element")
        }
        Error::NoRootNode => Diagnostic::at(
            EMPTY,
            place(text, file, error.pos()),
            "there is no metadata: the text has no element",
        )
        .help("write the answer to `GET <service root>/$metadata` into the file"),
        Error::UnexpectedCloseTag(expected, actual, _) => {
            let (expected, actual) = (shortened(expected), shortened(actual));
            let diagnostic = at(&format!("`</{actual}>` stands where `</{expected}>` is due"));
            match open {
                Some(open) => diagnostic.label(open, "this element is open"),
                None => diagnostic,
            }
            .help("close the elements in the reverse order of their opening")
        }
        Error::DuplicatedAttribute(name, _) => {
            let name = shortened(name);
            at(&format!("the attribute `{name}` stands twice on this element"))
                .help("delete one of them")
        }
        Error::UnknownEntityReference(name, _) => at(&format!(
            "the entity `&{};` is not known",
            shortened(name)
        ))
        .help("XML knows `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;` and numbers such as `&#233;`"),
        Error::MalformedEntityReference(_) => {
            at("this `&` begins no entity").help("write `&amp;` for the character itself")
        }
        Error::InvalidAttributeValue(_) | Error::InvalidChar(b'"' | b'\'', b'<', _) => {
            at("an attribute value holds `<`").help("write `&lt;` for the character itself")
        }
        Error::UnexpectedDeclaration(_) => {
            at("the XML declaration does not stand at the start of the text")
                .help("delete what stands before it")
        }
        Error::NonXmlChar(c, _) => {
            at(&format!("XML does not allow the character U+{:04X}", u32::from(*c)))
                .help("delete the character")
        }
        other => {
            let message = other.to_string();
            let told = message.replace(&format!(" at {}", other.pos()), "");
            at(&format!("the XML is not well-formed: {told}"))
                .help("mend the XML, or fetch the file again")
        }
    }
}

/// The character at a line and a column.
fn place(text: &str, file: FileId, pos: TextPos) -> Span {
    let line = pos.row.saturating_sub(1) as usize;
    let start = match line.checked_sub(1) {
        None => 0,
        Some(nth) => text.match_indices('\n').nth(nth).map_or(text.len(), |(at, _)| at + 1),
    };
    let rest = text.get(start..).unwrap_or_default();
    let column = pos.col.saturating_sub(1) as usize;
    match rest.char_indices().nth(column) {
        Some((at, c)) => Span::new(file, start + at..start + at + c.len_utf8()),
        None => Span::new(file, text.len()..text.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::tree;
    use msgraph_source::SourceMap;

    #[test]
    fn a_larger_text_is_refused() {
        let file = SourceMap::new().add("a", "");
        let mut text = "x".repeat(64 << 20);
        assert_eq!(tree(&text, file).unwrap_err().code.id(), "csdl::not_xml");
        text.push('x');
        assert_eq!(tree(&text, file).unwrap_err().code.id(), "csdl::too_large");
    }

    #[test]
    fn errors_stand_where_the_text_is_wrong() {
        for (text, code, place) in [
            ("<a>\n  <b>\n</a>", "csdl::malformed", "3:1"),
            ("\u{feff}<a>\n é&x;</a>", "csdl::malformed", "2:3"),
            ("<a>\n<e:b/></a>", "csdl::unbound_prefix", "2:2"),
            ("<a>\n <b", "csdl::malformed", "2:4"),
            ("<a>\n<b c='<'/></a>", "csdl::malformed", "2:7"),
        ] {
            let mut sources = SourceMap::new();
            let file = sources.add("a", text);
            let error = tree(text, file).unwrap_err();
            let position = sources.position(error.primary().unwrap());
            assert_eq!(error.code.id(), code, "{text}");
            assert_eq!(format!("{}:{}", position.line, position.column), place, "{text}");
        }
    }
}
