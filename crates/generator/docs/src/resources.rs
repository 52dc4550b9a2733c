//! `resource` blocks: a type and its JSON representation.
//!
//! Comes in: the annotations. Goes out: what those of type `resource` say. Holds: a flag that is
//! not written is `None`, not false.

use msgraph_source::Diagnostics;

use crate::annotation::{flag, text, texts};
use crate::body;
use crate::lines::PageText;
use crate::page::{Annotation, BlockType, Resource};

/// Reads the resources among `annotations`.
pub(crate) fn read(
    page: &PageText,
    annotations: &[Annotation],
    found: &mut Diagnostics,
) -> Vec<Resource> {
    annotations
        .iter()
        .filter(|annotation| annotation.block_type == BlockType::Resource)
        .map(|annotation| {
            let json = &annotation.json;
            let content = annotation.fence.as_ref().map(|fence| fence.content.range());
            Resource {
                type_name: annotation.type_name.clone(),
                base_type: text(json, "baseType", found),
                key_property: text(json, "keyProperty", found),
                open_type: flag(json, "openType", found),
                is_abstract: flag(json, "abstract", found),
                optional_properties: texts(json, "optionalProperties", false, found),
                representation: content.and_then(|content| {
                    body::read_json(page, content, "this JSON representation", found)
                }),
                span: annotation.span,
            }
        })
        .collect()
}
