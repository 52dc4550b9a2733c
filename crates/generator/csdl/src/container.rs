//! `EntityContainer` with its sets, singletons and imports (section 13).
//!
//! In comes the element, out goes the container as declared. `Extends` and the targets of bindings
//! are texts; nothing is resolved.

use crate::annotation::{annotation, annotations};
use crate::document::{
    EntityContainer, EntitySet, NavigationPropertyBinding, OperationImport, OperationKind,
    Singleton,
};
use crate::reader::{Node, Reader, Tag};
use crate::vocabulary::Annotation;

/// Reads an `EntityContainer`.
pub(crate) fn container(reader: &mut Reader<'_>, node: Node<'_>) -> Option<EntityContainer> {
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let extends = attributes.text("Extends");
    let span = attributes.finish();
    let (mut entity_sets, mut singletons, mut operation_imports) =
        (Vec::new(), Vec::new(), Vec::new());
    let mut annotations = Vec::new();
    for child in node.children() {
        match reader.tag(child) {
            Some(Tag::Edm("EntitySet")) => entity_sets.extend(entity_set(reader, child)),
            Some(Tag::Edm("Singleton")) => singletons.extend(singleton(reader, child)),
            Some(Tag::Edm("ActionImport")) => {
                operation_imports.extend(operation_import(reader, child, OperationKind::Action));
            }
            Some(Tag::Edm("FunctionImport")) => {
                operation_imports.extend(operation_import(reader, child, OperationKind::Function));
            }
            Some(Tag::Edm("Annotation")) => annotations.extend(annotation(reader, child)),
            Some(_) => reader.misplaced(child, EXPECTED),
            None => {}
        }
    }
    Some(EntityContainer {
        name: name?,
        extends,
        entity_sets,
        singletons,
        operation_imports,
        annotations,
        span,
    })
}

const EXPECTED: &[&str] =
    &["EntitySet", "Singleton", "ActionImport", "FunctionImport", "Annotation"];

fn entity_set(reader: &mut Reader<'_>, node: Node<'_>) -> Option<EntitySet> {
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let entity_type = attributes.required("EntityType");
    let include_in_service_document = attributes.boolean("IncludeInServiceDocument");
    let span = attributes.finish();
    let (bindings, annotations) = bindings(reader, node);
    Some(EntitySet {
        name: name?,
        entity_type: entity_type?,
        include_in_service_document,
        bindings,
        annotations,
        span,
    })
}

fn singleton(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Singleton> {
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let entity_type = attributes.required("Type");
    let nullable = attributes.boolean("Nullable");
    let span = attributes.finish();
    let (bindings, annotations) = bindings(reader, node);
    Some(Singleton {
        name: name?,
        entity_type: entity_type?,
        nullable,
        bindings,
        annotations,
        span,
    })
}

fn bindings(
    reader: &mut Reader<'_>,
    node: Node<'_>,
) -> (Vec<NavigationPropertyBinding>, Vec<Annotation>) {
    let (mut bindings, mut annotations) = (Vec::new(), Vec::new());
    for child in node.children() {
        match reader.tag(child) {
            Some(Tag::Edm("NavigationPropertyBinding")) => bindings.extend(binding(reader, child)),
            Some(Tag::Edm("Annotation")) => annotations.extend(annotation(reader, child)),
            Some(_) => reader.misplaced(child, &["NavigationPropertyBinding", "Annotation"]),
            None => {}
        }
    }
    (bindings, annotations)
}

fn binding(reader: &mut Reader<'_>, node: Node<'_>) -> Option<NavigationPropertyBinding> {
    let mut attributes = reader.attributes(node);
    let path = attributes.required("Path");
    let target = attributes.required("Target");
    let span = attributes.finish();
    let annotations = annotations(reader, node);
    Some(NavigationPropertyBinding { path: path?, target: target?, annotations, span })
}

fn operation_import(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    kind: OperationKind,
) -> Option<OperationImport> {
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let operation = attributes.required(match kind {
        OperationKind::Action => "Action",
        OperationKind::Function => "Function",
    });
    let entity_set = attributes.text("EntitySet");
    // The schema has it for functions alone; services write it on actions too.
    let include_in_service_document = attributes.boolean("IncludeInServiceDocument");
    let span = attributes.finish();
    let annotations = annotations(reader, node);
    Some(OperationImport {
        kind,
        name: name?,
        operation: operation?,
        entity_set,
        include_in_service_document,
        annotations,
        span,
    })
}
