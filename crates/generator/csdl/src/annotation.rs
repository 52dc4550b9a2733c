//! `Term`, `Annotations` and `Annotation` (sections 14.1 to 14.3).
//!
//! In come the elements, out go terms and annotations, each annotation with its one value. Targets
//! and names of terms are texts. Annotations may hold annotations; `shape` has bounded how deep.

use crate::expression::valued;
use crate::reader::{Node, Reader, Tag};
use crate::vocabulary::{Annotation, Annotations, Term};

/// Reads a `Term`.
pub(crate) fn term(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Term> {
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let type_name = attributes.type_name();
    let base_term = attributes.text("BaseTerm");
    let default_value = attributes.text("DefaultValue");
    let applies_to = attributes.text("AppliesTo");
    let facets = attributes.nullable_facets();
    let span = attributes.finish();
    let annotations = annotations(reader, node);
    Some(Term {
        name: name?,
        type_name: type_name?,
        base_term,
        default_value,
        applies_to,
        facets,
        annotations,
        span,
    })
}

/// Reads `Annotations`: what is said of a target from elsewhere.
pub(crate) fn annotations_of_target(
    reader: &mut Reader<'_>,
    node: Node<'_>,
) -> Option<Annotations> {
    let mut attributes = reader.attributes(node);
    let target = attributes.required("Target");
    let qualifier = attributes.text("Qualifier");
    let span = attributes.finish();
    let annotations = annotations(reader, node);
    Some(Annotations { target: target?, qualifier, annotations, span })
}

/// Reads the `Annotation`s in an element that can hold nothing else.
pub(crate) fn annotations(reader: &mut Reader<'_>, node: Node<'_>) -> Vec<Annotation> {
    let mut annotations = Vec::new();
    for child in node.children() {
        match reader.tag(child) {
            Some(Tag::Edm("Annotation")) => annotations.extend(annotation(reader, child)),
            Some(_) => reader.misplaced(child, &["Annotation"]),
            None => {}
        }
    }
    annotations
}

/// Reads an `Annotation`.
pub(crate) fn annotation(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Annotation> {
    let mut attributes = reader.attributes(node);
    let term = attributes.required("Term");
    let qualifier = attributes.text("Qualifier");
    let inline = attributes.inline_expressions();
    let span = attributes.finish();
    let (value, annotations) = valued(reader, node, inline);
    Some(Annotation { term: term?, qualifier, value, annotations, span })
}

impl Reader<'_> {
    /// Says what stands in an element that can hold nothing.
    pub(crate) fn no_children(&mut self, node: Node<'_>) {
        for child in node.children() {
            if self.tag(child).is_some() {
                self.misplaced(child, &[]);
            }
        }
    }
}
