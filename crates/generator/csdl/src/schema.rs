//! `Schema` (section 5).
//!
//! In comes the element, out goes the schema with everything that it declares, each kind in the
//! order of the text. A declaration that cannot be read is reported and left out.

use crate::annotation::{annotation, annotations_of_target, term};
use crate::container::container;
use crate::document::{OperationKind, Schema, StructuredKind};
use crate::enumeration::{enum_type, type_definition};
use crate::operation::operation;
use crate::reader::{Node, Reader, Tag};
use crate::structured::structured_type;

/// Reads a `Schema`.
pub(crate) fn schema(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Schema> {
    let mut attributes = reader.attributes(node);
    let namespace = attributes.required("Namespace");
    let alias = attributes.text("Alias");
    let span = attributes.finish();
    let mut structured_types = Vec::new();
    let mut enum_types = Vec::new();
    let mut type_definitions = Vec::new();
    let mut operations = Vec::new();
    let mut containers = Vec::new();
    let mut terms = Vec::new();
    let mut annotations = Vec::new();
    let mut own_annotations = Vec::new();
    for child in node.children() {
        let Some(tag) = reader.tag(child) else {
            continue;
        };
        match tag {
            Tag::Edm("EntityType") => {
                structured_types.extend(structured_type(reader, child, StructuredKind::Entity));
            }
            Tag::Edm("ComplexType") => {
                structured_types.extend(structured_type(reader, child, StructuredKind::Complex));
            }
            Tag::Edm("EnumType") => enum_types.extend(enum_type(reader, child)),
            Tag::Edm("TypeDefinition") => type_definitions.extend(type_definition(reader, child)),
            Tag::Edm("Action") => {
                operations.extend(operation(reader, child, OperationKind::Action))
            }
            Tag::Edm("Function") => {
                operations.extend(operation(reader, child, OperationKind::Function));
            }
            Tag::Edm("EntityContainer") => containers.extend(container(reader, child)),
            Tag::Edm("Term") => terms.extend(term(reader, child)),
            Tag::Edm("Annotations") => annotations.extend(annotations_of_target(reader, child)),
            Tag::Edm("Annotation") => own_annotations.extend(annotation(reader, child)),
            _ => reader.misplaced(child, EXPECTED),
        }
    }
    Some(Schema {
        namespace: namespace?,
        alias,
        structured_types,
        enum_types,
        type_definitions,
        operations,
        containers,
        terms,
        annotations,
        own_annotations,
        span,
    })
}

const EXPECTED: &[&str] = &[
    "EntityType",
    "ComplexType",
    "EnumType",
    "TypeDefinition",
    "Action",
    "Function",
    "EntityContainer",
    "Term",
    "Annotations",
    "Annotation",
];
