//! `Action` and `Function` (section 12).
//!
//! In come the elements, out go the operations, overloads apart, parameters in order. Whether the
//! first parameter is the binding parameter is said by `IsBound`.

use crate::annotation::{annotation, annotations};
use crate::document::{Operation, OperationKind, Parameter, ReturnType};
use crate::reader::{Node, Reader, Tag};

/// Reads an `Action` or a `Function`.
pub(crate) fn operation(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    kind: OperationKind,
) -> Option<Operation> {
    let is_function = kind == OperationKind::Function;
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let is_bound = attributes.boolean("IsBound");
    let is_composable = is_function.then(|| attributes.boolean("IsComposable")).flatten();
    let entity_set_path = attributes.text("EntitySetPath");
    let span = attributes.finish();
    let (mut parameters, mut returned, mut annotations) = (Vec::new(), None, Vec::new());
    let mut returns = false;
    for child in node.children() {
        match reader.tag(child) {
            Some(Tag::Edm("Parameter")) => parameters.extend(parameter(reader, child)),
            Some(Tag::Edm("ReturnType")) => {
                returns = true;
                let read = return_type(reader, child);
                reader.once(&mut returned, child, read, |first| first.span);
            }
            Some(Tag::Edm("Annotation")) => annotations.extend(annotation(reader, child)),
            Some(_) => reader.misplaced(child, &["Parameter", "ReturnType", "Annotation"]),
            None => {}
        }
    }
    if is_function && !returns {
        reader.missing_element(node, "ReturnType");
    }
    Some(Operation {
        kind,
        name: name?,
        is_bound,
        is_composable,
        entity_set_path,
        parameters,
        return_type: returned,
        annotations,
        span,
    })
}

fn parameter(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Parameter> {
    let mut attributes = reader.attributes(node);
    let name = attributes.required("Name");
    let type_name = attributes.type_name();
    let facets = attributes.nullable_facets();
    let span = attributes.finish();
    let annotations = annotations(reader, node);
    Some(Parameter { name: name?, type_name: type_name?, facets, annotations, span })
}

fn return_type(reader: &mut Reader<'_>, node: Node<'_>) -> Option<ReturnType> {
    let mut attributes = reader.attributes(node);
    let type_name = attributes.type_name();
    let facets = attributes.nullable_facets();
    let span = attributes.finish();
    let annotations = annotations(reader, node);
    Some(ReturnType { type_name: type_name?, facets, annotations, span })
}
