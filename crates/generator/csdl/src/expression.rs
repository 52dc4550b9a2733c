//! Expressions, constant and dynamic (sections 14.3 and 14.4).
//!
//! In come the elements and attributes that can state a value, out goes the expression. Nothing is
//! evaluated and no path followed. Holds: an annotation and a property value have one value, a
//! second one is an error; an operator with too few or too many operands is a warning.

use msgraph_source::catalogue::csdl::{OPERANDS, SECOND_VALUE};
use msgraph_source::{Diagnostic, Span};

use crate::annotation::annotation;
use crate::attributes::Attributes;
use crate::constant::{INLINE, Simple, simple};
use crate::document::Text;
use crate::reader::{Node, Reader, Tag};
use crate::vocabulary::{
    Annotation, ConstantKind, Expression, ExpressionKind, PropertyValue, Record,
};

/// The operators: element, least and most operands, attributes.
const OPERATORS: &[(&str, usize, usize, &[&str])] = &[
    ("Add", 2, 2, &[]),
    ("And", 2, 2, &[]),
    ("Apply", 0, usize::MAX, &["Function"]),
    ("Cast", 1, 1, TYPE),
    ("Div", 2, 2, &[]),
    ("DivBy", 2, 2, &[]),
    ("Eq", 2, 2, &[]),
    ("Ge", 2, 2, &[]),
    ("Gt", 2, 2, &[]),
    ("Has", 2, 2, &[]),
    ("If", 2, 3, &[]),
    ("In", 2, 2, &[]),
    ("IsOf", 1, 1, TYPE),
    ("LabeledElement", 1, 1, &["Name"]),
    ("Le", 2, 2, &[]),
    ("Lt", 2, 2, &[]),
    ("Mod", 2, 2, &[]),
    ("Mul", 2, 2, &[]),
    ("Ne", 2, 2, &[]),
    ("Neg", 1, 1, &[]),
    ("Not", 1, 1, &[]),
    ("Or", 2, 2, &[]),
    ("Sub", 2, 2, &[]),
    ("UrlRef", 1, 1, &[]),
];

const TYPE: &[&str] = &["Type", "MaxLength", "Precision", "Scale", "SRID", "Unicode"];

impl Attributes<'_, '_, '_> {
    /// The expressions that are written as attributes; there should be at most one.
    pub(crate) fn inline_expressions(&mut self) -> Vec<Expression> {
        let mut found = Vec::new();
        for (name, simple) in INLINE {
            if let Some(text) = self.text(name) {
                found.push(self.reader.simple(*simple, text));
            }
        }
        if let Some(url) = self.text("UrlRef") {
            found.push(url_ref(url));
        }
        found
    }
}

fn url_ref(url: Text) -> Expression {
    let span = url.span;
    let constant = ExpressionKind::Constant(ConstantKind::String, url.value);
    let kind = ExpressionKind::Dynamic {
        operator: "UrlRef".to_owned(),
        attributes: Vec::new(),
        operands: vec![Expression { kind: constant, annotations: Vec::new(), span }],
    };
    Expression { kind, annotations: Vec::new(), span }
}

/// Reads the expressions and annotations in an element.
fn content(reader: &mut Reader<'_>, node: Node<'_>) -> (Vec<Expression>, Vec<Annotation>) {
    let (mut expressions, mut annotations) = (Vec::new(), Vec::new());
    for child in node.children() {
        match reader.tag(child) {
            Some(Tag::Edm("Annotation")) => annotations.extend(annotation(reader, child)),
            Some(tag) => expressions.extend(expression(reader, child, tag)),
            None => {}
        }
    }
    (expressions, annotations)
}

/// Reads what an annotation or a property value holds: one expression and annotations.
pub(crate) fn valued(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    mut inline: Vec<Expression>,
) -> (Option<Expression>, Vec<Annotation>) {
    let (expressions, annotations) = content(reader, node);
    inline.extend(expressions);
    let mut values = inline.into_iter();
    let value = values.next();
    if let (Some(first), Some(second)) = (&value, values.next()) {
        let name = node.tag_name().name();
        let message = format!("`{name}` has a second value");
        let diagnostic = Diagnostic::at(SECOND_VALUE, second.span, message)
            .label(first.span, "this is the first, and the one that counts");
        reader.report(diagnostic.help("keep one; several values are written in a `Collection`"));
    }
    (value, annotations)
}

/// Reads the expression that an element is.
fn expression(reader: &mut Reader<'_>, node: Node<'_>, tag: Tag<'_>) -> Option<Expression> {
    let Tag::Edm(name) = tag else {
        reader.misplaced(node, &[]);
        return None;
    };
    if let Some(simple) = simple(name) {
        let span = reader.attributes(node).finish();
        let is_string = simple == Simple::Constant(ConstantKind::String);
        let text = reader.content(node, span, is_string);
        return Some(reader.simple(simple, text));
    }
    match name {
        "Record" => Some(record(reader, node)),
        "Collection" => Some(collection(reader, node)),
        "Null" => Some(null(reader, node)),
        _ => match OPERATORS.iter().find(|(operator, ..)| *operator == name) {
            Some(operator) => dynamic(reader, node, operator),
            None => {
                reader.misplaced(node, &names());
                None
            }
        },
    }
}

/// Every element that can stand where an expression can.
fn names() -> Vec<&'static str> {
    let others = ["LabeledElementReference", "Record", "Collection", "Null", "Annotation"];
    let operators = OPERATORS.iter().map(|(name, ..)| *name);
    INLINE.iter().map(|(name, _)| *name).chain(operators).chain(others).collect()
}

fn record(reader: &mut Reader<'_>, node: Node<'_>) -> Expression {
    let mut attributes = reader.attributes(node);
    let type_name = attributes.text("Type");
    let span = attributes.finish();
    let (mut values, mut annotations) = (Vec::new(), Vec::new());
    for child in node.children() {
        match reader.tag(child) {
            Some(Tag::Edm("PropertyValue")) => values.extend(property_value(reader, child)),
            Some(Tag::Edm("Annotation")) => annotations.extend(annotation(reader, child)),
            Some(_) => reader.misplaced(child, &["PropertyValue", "Annotation"]),
            None => {}
        }
    }
    let kind = ExpressionKind::Record(Record { type_name, values, annotations });
    Expression { kind, annotations: Vec::new(), span }
}

fn property_value(reader: &mut Reader<'_>, node: Node<'_>) -> Option<PropertyValue> {
    let mut attributes = reader.attributes(node);
    let property = attributes.required("Property");
    let inline = attributes.inline_expressions();
    let span = attributes.finish();
    let (value, annotations) = valued(reader, node, inline);
    Some(PropertyValue { property: property?, value, annotations, span })
}

fn collection(reader: &mut Reader<'_>, node: Node<'_>) -> Expression {
    let span = reader.attributes(node).finish();
    let mut elements = Vec::new();
    for child in node.children() {
        if let Some(tag) = reader.tag(child) {
            elements.extend(expression(reader, child, tag));
        }
    }
    Expression { kind: ExpressionKind::Collection(elements), annotations: Vec::new(), span }
}

fn null(reader: &mut Reader<'_>, node: Node<'_>) -> Expression {
    let span = reader.attributes(node).finish();
    let annotations = crate::annotation::annotations(reader, node);
    Expression { kind: ExpressionKind::Null, annotations, span }
}

fn dynamic(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    (operator, least, most, known): &(&str, usize, usize, &'static [&'static str]),
) -> Option<Expression> {
    let is_labeled = *operator == "LabeledElement";
    let mut attributes = reader.attributes(node);
    let mut taken = Vec::new();
    let mut is_whole = true;
    for name in *known {
        let value = if is_labeled { attributes.required(name) } else { attributes.text(name) };
        is_whole &= value.is_some() || !is_labeled;
        taken.extend(value.map(|value| ((*name).to_owned(), value)));
    }
    let mut operands = if is_labeled { attributes.inline_expressions() } else { Vec::new() };
    let span = attributes.finish();
    let (expressions, annotations) = content(reader, node);
    operands.extend(expressions);
    if operands.len() < *least || operands.len() > *most {
        report_operands(reader, span, operator, operands.len(), (*least, *most));
    }
    let kind =
        ExpressionKind::Dynamic { operator: (*operator).to_owned(), attributes: taken, operands };
    is_whole.then_some(Expression { kind, annotations, span })
}

fn report_operands(
    reader: &mut Reader<'_>,
    span: Span,
    operator: &str,
    count: usize,
    wanted: (usize, usize),
) {
    let (least, most) = wanted;
    let wanted = if least == most { least.to_string() } else { format!("{least} or {most}") };
    let message = format!("`{operator}` takes operands: {wanted}, and has {count}");
    let diagnostic = Diagnostic::at(OPERANDS, span, message);
    reader.report(diagnostic.help("add or remove operands; the expression is kept as written"));
}
