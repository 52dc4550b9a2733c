//! Constants and paths, as attributes and as elements (sections 14.3 and 14.4.1).
//!
//! In comes a text with its place, out goes the expression that it is. Constants keep their
//! spelling, blanks around them apart; booleans and numbers that are none are reported.

use msgraph_source::{Span, Spanned};

use crate::document::Text;
use crate::reader::{Node, Reader};
use crate::vocabulary::{ConstantKind, Expression, ExpressionKind, PathKind};

/// An expression whose whole content is a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Simple {
    /// A constant.
    Constant(ConstantKind),
    /// A path.
    Path(PathKind),
}

/// The expressions that can be written as attributes, by the name of attribute and element.
pub(crate) const INLINE: &[(&str, Simple)] = &[
    ("String", Simple::Constant(ConstantKind::String)),
    ("Bool", Simple::Constant(ConstantKind::Bool)),
    ("EnumMember", Simple::Constant(ConstantKind::EnumMember)),
    ("Int", Simple::Constant(ConstantKind::Int)),
    ("Date", Simple::Constant(ConstantKind::Date)),
    ("DateTimeOffset", Simple::Constant(ConstantKind::DateTimeOffset)),
    ("Decimal", Simple::Constant(ConstantKind::Decimal)),
    ("Duration", Simple::Constant(ConstantKind::Duration)),
    ("Float", Simple::Constant(ConstantKind::Float)),
    ("Guid", Simple::Constant(ConstantKind::Guid)),
    ("Binary", Simple::Constant(ConstantKind::Binary)),
    ("TimeOfDay", Simple::Constant(ConstantKind::TimeOfDay)),
    ("Path", Simple::Path(PathKind::Value)),
    ("PropertyPath", Simple::Path(PathKind::Property)),
    ("NavigationPropertyPath", Simple::Path(PathKind::NavigationProperty)),
    ("AnnotationPath", Simple::Path(PathKind::Annotation)),
    ("ModelElementPath", Simple::Path(PathKind::ModelElement)),
    ("AnyPropertyPath", Simple::Path(PathKind::AnyProperty)),
];

/// The simple expression that the element `name` holds.
pub(crate) fn simple(name: &str) -> Option<Simple> {
    if name == "LabeledElementReference" {
        return Some(Simple::Path(PathKind::LabeledElementReference));
    }
    INLINE.iter().find(|(known, _)| *known == name).map(|(_, simple)| *simple)
}

impl Reader<'_> {
    /// The expression that `text` is.
    pub(crate) fn simple(&mut self, simple: Simple, text: Text) -> Expression {
        let span = text.span;
        let kind = match simple {
            Simple::Path(kind) => ExpressionKind::Path(kind, text.value),
            Simple::Constant(kind) => ExpressionKind::Constant(kind, self.constant(kind, text)),
        };
        Expression { kind, annotations: Vec::new(), span }
    }

    fn constant(&mut self, kind: ConstantKind, text: Text) -> String {
        let value = text.value.as_str();
        let wanted = match kind {
            ConstantKind::Bool => {
                return match self.boolean(&text, "the value") {
                    Some(value) => value.to_string(),
                    None => text.value,
                };
            }
            ConstantKind::Int => (!is_integer(value)).then_some("a whole number"),
            ConstantKind::Decimal | ConstantKind::Float => {
                (!is_decimal(value)).then_some("a number")
            }
            _ => None,
        };
        if let Some(wanted) = wanted {
            self.bad_value(&text, "the value", wanted);
        }
        text.value
    }

    /// The text in an element that can hold nothing else. Blanks around it go, unless they are
    /// part of a string.
    pub(crate) fn content(&mut self, node: Node<'_>, tag: Span, is_string: bool) -> Text {
        let mut value = String::new();
        for child in node.children() {
            if let Some(text) = child.text().filter(|_| child.is_text()) {
                value.push_str(text);
            } else if child.is_element() && self.tag(child).is_some() {
                self.misplaced(child, &[]);
            }
        }
        if value.is_empty() {
            return Spanned::new(value, tag);
        }
        let start = tag.range().end;
        let raw = self.slice(start..node.range().end);
        let raw = raw.rfind("</").and_then(|end| raw.get(..end)).unwrap_or_default();
        if is_string {
            return Spanned::new(value, self.span(start..start + raw.len()));
        }
        let start = start + (raw.len() - raw.trim_ascii_start().len());
        let span = self.span(start..start + raw.trim_ascii().len());
        Spanned::new(value.trim_ascii().to_owned(), span)
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_decimal(text: &str) -> bool {
    // Rust knows more words for infinity than CSDL does.
    matches!(text, "INF" | "-INF" | "NaN")
        || (text.parse::<f64>().is_ok() && text.bytes().any(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{is_decimal, is_integer};

    #[test]
    fn numbers_are_told_from_words() {
        for text in ["0", "-17", "+3", "123456789012345678901234567890"] {
            assert!(is_integer(text) && is_decimal(text), "{text}");
        }
        for text in ["", "-", "1.5", "one", "0x1"] {
            assert!(!is_integer(text), "{text}");
        }
        for text in ["1.5", "-2e10", "INF", "-INF", "NaN"] {
            assert!(is_decimal(text), "{text}");
        }
        for text in ["", ".", "inf", "infinity", "nan", "1,5"] {
            assert!(!is_decimal(text), "{text}");
        }
    }
}
