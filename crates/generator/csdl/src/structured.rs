//! `EntityType` and `ComplexType` with their keys and properties (sections 6 to 9).
//!
//! In come the elements, out go the types as declared, nothing inherited. A property without a name
//! or a type is reported and left out; the type remains.

use crate::annotation::{annotation, annotations};
use crate::document::{
    NavigationProperty, OnDelete, Property, PropertyRef, ReferentialConstraint, StructuredKind,
    StructuredType,
};
use crate::reader::{Node, Reader, Tag};

/// Reads an `EntityType` or a `ComplexType`.
pub(crate) fn structured_type(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    kind: StructuredKind,
) -> Option<StructuredType> {
    let is_entity = kind == StructuredKind::Entity;
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let base = attributes.text("BaseType");
    let is_abstract = attributes.boolean("Abstract");
    let is_open = attributes.boolean("OpenType");
    let has_stream = is_entity.then(|| attributes.boolean("HasStream")).flatten();
    let span = attributes.finish();

    let mut key = None;
    let (mut properties, mut navigation_properties, mut annotations) =
        (Vec::new(), Vec::new(), Vec::new());
    for child in node.children() {
        match reader.tag(child) {
            Some(Tag::Edm("Property")) => properties.extend(property(reader, child)),
            Some(Tag::Edm("NavigationProperty")) => {
                navigation_properties.extend(navigation_property(reader, child));
            }
            Some(Tag::Edm("Annotation")) => annotations.extend(annotation(reader, child)),
            Some(Tag::Edm("Key")) if is_entity => {
                let place = reader.start_tag(child);
                let read = key.is_none().then(|| (property_refs(reader, child), place));
                reader.once(&mut key, child, read, |first| first.1);
            }
            Some(_) if is_entity => {
                reader.misplaced(child, &["Key", "Property", "NavigationProperty", "Annotation"]);
            }
            Some(_) => reader.misplaced(child, &["Property", "NavigationProperty", "Annotation"]),
            None => {}
        }
    }
    Some(StructuredType {
        kind,
        name: name?,
        base,
        is_abstract,
        is_open,
        has_stream,
        key: key.map_or_else(Vec::new, |(key, _)| key),
        properties,
        navigation_properties,
        annotations,
        span,
    })
}

fn property_refs(reader: &mut Reader<'_>, node: Node<'_>) -> Vec<PropertyRef> {
    reader.attributes(node).finish();
    let mut refs = Vec::new();
    let mut found = false;
    for child in node.children() {
        match reader.tag(child) {
            Some(Tag::Edm("PropertyRef")) => {
                found = true;
                refs.extend(property_ref(reader, child));
            }
            Some(_) => reader.misplaced(child, &["PropertyRef"]),
            None => {}
        }
    }
    if !found {
        reader.missing_element(node, "PropertyRef");
    }
    refs
}

fn property_ref(reader: &mut Reader<'_>, node: Node<'_>) -> Option<PropertyRef> {
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let alias = attributes.text("Alias");
    let span = attributes.finish();
    reader.no_children(node);
    Some(PropertyRef { name: name?, alias, span })
}

fn property(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Property> {
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let type_name = attributes.type_name();
    let facets = attributes.nullable_facets();
    let default_value = attributes.text("DefaultValue");
    let span = attributes.finish();
    let annotations = annotations(reader, node);
    Some(Property { name: name?, type_name: type_name?, facets, default_value, annotations, span })
}

fn navigation_property(reader: &mut Reader<'_>, node: Node<'_>) -> Option<NavigationProperty> {
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let type_name = attributes.type_name();
    let nullable = attributes.boolean("Nullable");
    let partner = attributes.text("Partner");
    let contains_target = attributes.boolean("ContainsTarget");
    let span = attributes.finish();
    let (mut referential_constraints, mut delete, mut annotations) = (Vec::new(), None, Vec::new());
    for child in node.children() {
        match reader.tag(child) {
            Some(Tag::Edm("ReferentialConstraint")) => {
                referential_constraints.extend(referential_constraint(reader, child));
            }
            Some(Tag::Edm("OnDelete")) => {
                let read = on_delete(reader, child);
                reader.once(&mut delete, child, read, |first| first.span);
            }
            Some(Tag::Edm("Annotation")) => annotations.extend(annotation(reader, child)),
            Some(_) => {
                reader.misplaced(child, &["ReferentialConstraint", "OnDelete", "Annotation"])
            }
            None => {}
        }
    }
    Some(NavigationProperty {
        name: name?,
        type_name: type_name?,
        nullable,
        partner,
        contains_target,
        referential_constraints,
        on_delete: delete,
        annotations,
        span,
    })
}

fn referential_constraint(
    reader: &mut Reader<'_>,
    node: Node<'_>,
) -> Option<ReferentialConstraint> {
    let mut attributes = reader.attributes(node);
    let property = attributes.required("Property");
    let referenced_property = attributes.required("ReferencedProperty");
    let span = attributes.finish();
    let annotations = annotations(reader, node);
    Some(ReferentialConstraint {
        property: property?,
        referenced_property: referenced_property?,
        annotations,
        span,
    })
}

fn on_delete(reader: &mut Reader<'_>, node: Node<'_>) -> Option<OnDelete> {
    let mut attributes = reader.attributes(node);
    let action = attributes.one_of("Action", &["Cascade", "None", "SetNull", "SetDefault"]);
    let span = attributes.finish();
    let annotations = annotations(reader, node);
    Some(OnDelete { action: action?, annotations, span })
}
