//! `EnumType` and `TypeDefinition` (sections 10 and 11).
//!
//! In come the elements, out go the types as declared. Values of members are those written; what a
//! member without one counts is for the resolver to say.

use crate::annotation::{annotation, annotations};
use crate::document::{EnumMember, EnumType, TypeDefinition};
use crate::reader::{Node, Reader, Tag};

/// Reads an `EnumType`.
pub(crate) fn enum_type(reader: &mut Reader<'_>, node: Node<'_>) -> Option<EnumType> {
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let underlying_type = attributes.text("UnderlyingType");
    let is_flags = attributes.boolean("IsFlags");
    let span = attributes.finish();
    let (mut members, mut annotations) = (Vec::new(), Vec::new());
    for child in node.children() {
        match reader.tag(child) {
            Some(Tag::Edm("Member")) => members.extend(member(reader, child)),
            Some(Tag::Edm("Annotation")) => annotations.extend(annotation(reader, child)),
            Some(_) => reader.misplaced(child, &["Member", "Annotation"]),
            None => {}
        }
    }
    Some(EnumType { name: name?, underlying_type, is_flags, members, annotations, span })
}

fn member(reader: &mut Reader<'_>, node: Node<'_>) -> Option<EnumMember> {
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let value = attributes.number("Value");
    let span = attributes.finish();
    let annotations = annotations(reader, node);
    Some(EnumMember { name: name?, value, annotations, span })
}

/// Reads a `TypeDefinition`.
pub(crate) fn type_definition(reader: &mut Reader<'_>, node: Node<'_>) -> Option<TypeDefinition> {
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let underlying_type = attributes.required("UnderlyingType");
    let facets = attributes.facets();
    let span = attributes.finish();
    let annotations = annotations(reader, node);
    Some(TypeDefinition {
        name: name?,
        underlying_type: underlying_type?,
        facets,
        annotations,
        span,
    })
}
