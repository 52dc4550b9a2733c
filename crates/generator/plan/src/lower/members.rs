//! Members of structured types: slots, kinds, Rust types, documentation.
//!
//! In come properties and parameters, which share [`MemberSource`]; out go rows of tables. Holds: a kind
//! letter and a Rust type are decided together, so that table and accessor agree.

use msgraph_ir::{ItemId, ItemKind, Primitive, Property, TypeRef, TypeTarget};
use msgraph_source::Span;

use super::{Lowering, code, paragraph};
use crate::data::{Member, MemberNames, Scalar, Shape};
use crate::prose::DocText;

/// A member before it has a place: what differs between a property and a parameter.
pub(super) struct MemberSource<'a> {
    pub wire: &'a str,
    pub type_ref: TypeRef,
    pub docs: DocText,
    pub deprecated: Option<String>,
    pub span: Span,
}

impl Lowering<'_> {
    /// The own members of the type `id`, the first in `slot`.
    pub(super) fn own_members(&mut self, id: ItemId, slot: u16) -> Vec<Member> {
        let api = self.api;
        let item = &api.items[id];
        let properties = item.structured().map(|s| s.properties.as_slice()).unwrap_or_default();
        let mut members = Vec::with_capacity(properties.len());
        for (index, property) in properties.iter().enumerate() {
            let place = u16::try_from(index).ok().and_then(|index| slot.checked_add(index));
            let (Some(slot), Some(names)) = (place, self.names.member(id, index).cloned()) else {
                self.not_supported(
                    property.span,
                    format!("`{}` has more members than an object has slots", item.name),
                    "take the type out of the selection",
                );
                break;
            };
            let source = MemberSource {
                wire: property.name.as_str(),
                type_ref: property.type_ref,
                docs: self.property_docs(property),
                deprecated: self.deprecation(property.deprecation.as_ref()),
                span: property.span,
            };
            members.push(self.member(source, slot, names));
        }
        members
    }

    /// The member that `source` describes.
    pub(super) fn member(
        &mut self,
        source: MemberSource<'_>,
        slot: u16,
        names: MemberNames,
    ) -> Member {
        let (letter, shape) = self.shape(source.type_ref, source.wire, source.span);
        let is_collection = source.type_ref.is_collection;
        let letter = if is_collection { letter.to_ascii_uppercase() } else { letter };
        let nullable = if source.type_ref.is_nullable { '?' } else { '!' };
        Member {
            wire: source.wire.to_owned(),
            slot,
            names,
            shape,
            is_collection,
            kind: format!("{letter}{nullable}"),
            docs: source.docs,
            deprecated: source.deprecated,
        }
    }

    /// The kind letter and the Rust type.
    fn shape(&mut self, type_ref: TypeRef, wire: &str, span: Span) -> (char, Shape) {
        match type_ref.target {
            TypeTarget::Primitive(primitive) => primitive_shape(primitive),
            TypeTarget::Json => ('j', Shape::Json),
            TypeTarget::Item(id) => {
                let Some(names) = self.names.item(id) else {
                    let name = &self.api.items[id].name;
                    self.not_supported(
                        span,
                        format!("`{wire}` is of the type `{name}`, which is not selected, and becomes any JSON"),
                        "select the type too",
                    );
                    return ('j', Shape::Json);
                };
                let path = names.path.clone();
                match &self.api.items[id].kind {
                    ItemKind::Entity(_) | ItemKind::Complex(_) => ('o', Shape::Object(path)),
                    ItemKind::Enumeration(e) if e.is_flags => ('f', Shape::Flags(path)),
                    ItemKind::Enumeration(_) => ('e', Shape::Enumeration(path)),
                    ItemKind::TypeDefinition(definition) => primitive_shape(definition.underlying),
                }
            }
        }
    }

    fn property_docs(&self, property: &Property) -> DocText {
        let described = property
            .description
            .as_ref()
            .map(|prose| self.resource_prose().text(&prose.value))
            .filter(|docs| !docs.is_empty());
        let mut docs = described.unwrap_or_else(|| {
            let kind = match (property.navigation().is_some(), property.type_ref.is_collection) {
                (true, true) => "The related entities",
                (true, false) => "The related entity",
                (false, true) => "The values of",
                (false, false) => "The value of",
            };
            paragraph(&format!("{kind} {}.", code(property.name.as_str())))
        });
        if property.is_computed {
            docs = docs.paragraph("Set by the service.");
        }
        docs
    }
}

/// The kind letter and the Rust type of a primitive type.
pub(super) fn primitive_shape(primitive: Primitive) -> (char, Shape) {
    let scalar = |letter, scalar| (letter, Shape::Scalar(scalar));
    match primitive {
        Primitive::String => ('s', Shape::Text),
        Primitive::Boolean => scalar('b', Scalar::Bool),
        Primitive::Byte => scalar('y', Scalar::U8),
        Primitive::SByte => scalar('w', Scalar::I8),
        Primitive::Int16 => scalar('h', Scalar::I16),
        Primitive::Int32 => scalar('i', Scalar::I32),
        Primitive::Int64 => scalar('l', Scalar::I64),
        Primitive::Single => scalar('r', Scalar::F32),
        Primitive::Double => scalar('d', Scalar::F64),
        Primitive::Decimal => scalar('m', Scalar::Edm("Decimal")),
        Primitive::Binary => scalar('n', Scalar::Edm("Binary")),
        Primitive::Date => scalar('a', Scalar::Edm("Date")),
        Primitive::DateTimeOffset => scalar('t', Scalar::Edm("DateTimeOffset")),
        Primitive::TimeOfDay => scalar('c', Scalar::Edm("TimeOfDay")),
        Primitive::Duration => scalar('p', Scalar::Edm("Duration")),
        Primitive::Guid => scalar('g', Scalar::Edm("Guid")),
        Primitive::Stream => scalar('x', Scalar::Edm("Binary")),
        Primitive::Geo => ('q', Shape::Json),
    }
}
