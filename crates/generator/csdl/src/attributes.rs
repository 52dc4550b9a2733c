//! The attributes of one element, taken by name.
//!
//! In comes an element, out go its attribute values with their places, as texts, booleans, numbers,
//! type names and facets. Holds once `finish` is called: every attribute was taken, or counted as
//! one of another namespace, or reported; a required one that is absent or empty was reported too.

use std::str::FromStr;

use msgraph_source::catalogue::csdl::{BAD_VALUE, MISSING_ATTRIBUTE, SPELLING, UNKNOWN_ATTRIBUTE};
use msgraph_source::{Diagnostic, Span, Spanned, shortened};
use roxmltree::Attribute;

use crate::document::{Facets, Text, TypeName};
use crate::reader::{EDM, EDMX, Node, Reader, meant};

/// Attributes that wait to be taken.
pub(crate) struct Attributes<'r, 't, 'a> {
    pub(crate) reader: &'r mut Reader<'t>,
    node: Node<'a>,
    /// One bit for each attribute; `shape` sees to it that they suffice.
    taken: u64,
    /// The names that were asked for: what could have been meant by one that is unknown.
    asked: Vec<&'static str>,
}

impl<'r, 't, 'a> Attributes<'r, 't, 'a> {
    pub(crate) fn new(reader: &'r mut Reader<'t>, node: Node<'a>) -> Self {
        Self { reader, node, taken: 0, asked: Vec::with_capacity(12) }
    }

    /// The value of `name`, or its default.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<Text> {
        self.asked.push(name);
        let (index, attribute) =
            self.node.attributes().enumerate().find(|(_, attribute)| {
                attribute.namespace().is_none() && attribute.name() == name
            })?;
        self.taken |= 1 << index;
        let span = value_span(self.reader, &attribute);
        Some(Spanned::new(attribute.value().to_owned(), span))
    }

    /// The value of `name`, which must be there.
    pub(crate) fn required(&mut self, name: &'static str) -> Option<Text> {
        let element = self.node.tag_name().name();
        match self.text(name) {
            Some(text) if text.value.is_empty() => {
                let message = format!("`{name}` of `{element}` is empty");
                let diagnostic = Diagnostic::at(BAD_VALUE, text.span, message);
                self.reader.report(diagnostic.note(LEFT_OUT).help("fill it in"));
                None
            }
            None => {
                let message = format!("`{element}` has no `{name}`");
                let span = self.reader.start_tag(self.node);
                let diagnostic = Diagnostic::at(MISSING_ATTRIBUTE, span, message);
                self.reader.report(diagnostic.note(LEFT_OUT).help(format!("add `{name}=\"…\"`")));
                None
            }
            text => text,
        }
    }

    /// `true` or `false`.
    pub(crate) fn boolean(&mut self, name: &'static str) -> Option<Spanned<bool>> {
        let text = self.text(name)?;
        let value = self.reader.boolean(&text, &format!("`{name}`"))?;
        Some(Spanned::new(value, text.span))
    }

    /// A whole number.
    pub(crate) fn number<T: FromStr>(&mut self, name: &'static str) -> Option<Spanned<T>> {
        let text = self.text(name)?;
        match text.value.parse().or_else(|_| text.value.trim_ascii().parse()) {
            Ok(value) => Some(Spanned::new(value, text.span)),
            Err(_) => {
                self.bad(name, &text, "a whole number in range");
                None
            }
        }
    }

    /// The value of `name`, which must be a whole number or one of `words`.
    fn number_or(&mut self, name: &'static str, words: &[&str], wanted: &str) -> Option<Text> {
        let text = self.text(name)?;
        let value = text.value.as_str();
        if value.parse::<u64>().is_ok() || words.contains(&value) {
            return Some(text);
        }
        self.bad(name, &text, wanted);
        None
    }

    /// The value of `name`, which must be one of `words`.
    pub(crate) fn one_of(&mut self, name: &'static str, words: &[&str]) -> Option<Text> {
        let text = self.required(name)?;
        if words.contains(&text.value.as_str()) {
            return Some(text);
        }
        self.left_out(name, &text, &format!("one of `{}`", words.join("`, `")));
        None
    }

    fn left_out(&mut self, name: &str, text: &Text, wanted: &str) {
        let diagnostic = not_wanted(text, &format!("`{name}`"), wanted);
        self.reader.report(diagnostic.note(LEFT_OUT));
    }

    fn bad(&mut self, name: &str, text: &Text, wanted: &str) {
        self.reader.bad_value(text, &format!("`{name}`"), wanted);
    }

    /// The type named by `Type`, which must be there.
    pub(crate) fn type_name(&mut self) -> Option<TypeName> {
        let text = self.required("Type")?;
        let Some(rest) = text.value.strip_prefix("Collection(") else {
            return Some(TypeName { name: text, is_collection: false });
        };
        let Some(inner) = rest.strip_suffix(')').filter(|inner| !inner.is_empty()) else {
            self.left_out("Type", &text, "a type, or `Collection(…)` around one");
            return None;
        };
        // Where a value is longer in the text than read, it holds entities, and has no inner places.
        let start = "Collection(".len();
        let span = if text.span.range().len() == text.value.len() {
            text.span.slice(start..start + inner.len())
        } else {
            text.span
        };
        Some(TypeName { name: Spanned::new(inner.to_owned(), span), is_collection: true })
    }

    /// The facets, `Nullable` apart.
    pub(crate) fn facets(&mut self) -> Facets {
        Facets {
            nullable: None,
            max_length: self.number_or("MaxLength", &["max"], "a number or `max`"),
            precision: self.number("Precision"),
            scale: self.number_or(
                "Scale",
                &["variable", "floating"],
                "a number, `variable` or `floating`",
            ),
            srid: self.number_or("SRID", &["variable"], "a number or `variable`"),
            unicode: self.boolean("Unicode"),
        }
    }

    /// The facets, `Nullable` included.
    pub(crate) fn nullable_facets(&mut self) -> Facets {
        let nullable = self.boolean("Nullable");
        Facets { nullable, ..self.facets() }
    }

    /// Reports what was not taken; gives the start tag.
    pub(crate) fn finish(self) -> Span {
        let element = self.node.tag_name().name();
        for (index, attribute) in self.node.attributes().enumerate() {
            if self.taken & (1 << index) != 0 {
                continue;
            }
            let span = self.reader.span(attribute.range());
            match attribute.namespace() {
                Some(namespace) if namespace != EDM && namespace != EDMX => {
                    self.reader.foreign_attribute(span, namespace);
                }
                namespace => self.reader.report_with(UNKNOWN_ATTRIBUTE, |_| {
                    let name = shortened(attribute.name());
                    let message = format!("`{element}` has no attribute `{name}`");
                    let help = match meant(attribute.name(), &self.asked) {
                        Some(meant) if namespace.is_some() => {
                            format!("write `{meant}` without a prefix")
                        }
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None if self.asked.is_empty() => "delete the attribute".to_owned(),
                        None => format!("`{element}` knows `{}`", self.asked.join("`, `")),
                    };
                    Diagnostic::at(UNKNOWN_ATTRIBUTE, span, message).help(help)
                }),
            }
        }
        self.reader.start_tag(self.node)
    }
}

const LEFT_OUT: &str = "the element is left out";

impl Reader<'_> {
    /// `true` or `false`; other spellings with a warning.
    pub(crate) fn boolean(&mut self, text: &Text, what: &str) -> Option<bool> {
        let value = match text.value.as_str() {
            "true" => return Some(true),
            "false" => return Some(false),
            other => match other.trim_ascii() {
                "1" => true,
                "0" => false,
                word if word.eq_ignore_ascii_case("true") => true,
                word if word.eq_ignore_ascii_case("false") => false,
                _ => {
                    self.bad_value(text, what, "`true` or `false`");
                    return None;
                }
            },
        };
        let message = format!("{what} is spelt `{}`", shortened(&text.value));
        let diagnostic = Diagnostic::at(SPELLING, text.span, message);
        self.report(diagnostic.help(format!("write `{value}`, as it is read")));
        Some(value)
    }

    /// Says that `text` is not what is `wanted`.
    pub(crate) fn bad_value(&mut self, text: &Text, what: &str, wanted: &str) {
        self.report(not_wanted(text, what, wanted));
    }
}

fn not_wanted(text: &Text, what: &str, wanted: &str) -> Diagnostic {
    let value = shortened(&text.value);
    let message = format!("{what} is `{value}`, which is not {wanted}");
    Diagnostic::at(BAD_VALUE, text.span, message).help(format!("write {wanted}"))
}

/// Where the value stands, without its quotes.
fn value_span(reader: &Reader<'_>, attribute: &Attribute<'_, '_>) -> Span {
    // The parser keeps the lengths of name and equals sign in few bits; the quotes are sure.
    let range = attribute.range();
    let end = range.end.saturating_sub(1);
    let quote = reader.slice(end..range.end).chars().next().unwrap_or('"');
    let before = reader.slice(range.start..end);
    let start = before.find(quote).map_or(end, |at| range.start + at + 1);
    reader.span(start..end)
}
