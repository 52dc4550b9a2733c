//! Arguments on paths: which Rust types hold them, and whether they have to be given.
//!
//! In come the parameters of functions and the parts of alternate keys. What no URL can hold, such as an
//! entity, has no argument.

use msgraph_ir::{Api, BoundParameter, ItemKind, TypeRef, TypeTarget, WireName};

use super::members::primitive_shape;
use super::paths::Walk;
use crate::data::{ArgumentType, Need, PathArgument, PathParameter, PathValue, Shape};
use crate::naming::{Case, LOCALS, Names, Scope, claim};

/// Whether an argument has to be given.
pub(super) fn need(parameter: &BoundParameter) -> Need {
    match (parameter.is_optional, parameter.type_ref.is_nullable) {
        (true, _) => Need::Optional,
        (false, true) => Need::Nullable,
        (false, false) => Need::Required,
    }
}

/// A walk that knows these arguments alone; none where no URL can hold one of them.
pub(super) fn given<'p>(
    api: &Api,
    names: &Names,
    arguments: impl Iterator<Item = (&'p WireName, TypeRef, Need)>,
) -> Option<Walk> {
    let mut scope = Scope::with(LOCALS);
    let parameters = arguments.map(|(name, of, need)| {
        let of = argument_type(api, names, of)?;
        let value = PathValue::Argument(PathArgument { name: name.to_string(), of, need });
        let name_of = claim(&mut scope, name.as_str(), Case::Snake);
        Some(PathParameter { wire: name.to_string(), name: name_of, is_optional: false, value })
    });
    Some(Walk { parameters: parameters.collect::<Option<_>>()?, ..Walk::default() })
}

/// The type of an argument; none where no URL can hold one.
pub(super) fn argument_type(api: &Api, names: &Names, of: TypeRef) -> Option<ArgumentType> {
    let primitive = match of.target {
        TypeTarget::Primitive(primitive) => primitive,
        TypeTarget::Json => return None,
        TypeTarget::Item(id) => match &api.items[id].kind {
            ItemKind::Entity(_) | ItemKind::Complex(_) => return None,
            ItemKind::TypeDefinition(definition) => definition.underlying,
            ItemKind::Enumeration(_) if of.is_collection => return None,
            ItemKind::Enumeration(_) => {
                return names.item(id).map(|names| ArgumentType::Enumeration(names.path.clone()));
            }
        },
    };
    match (primitive_shape(primitive).1, of.is_collection) {
        (Shape::Text, false) => Some(ArgumentType::Text),
        (Shape::Text, true) => Some(ArgumentType::Texts),
        (Shape::Scalar(scalar), false) => Some(ArgumentType::Scalar(scalar)),
        _ => None,
    }
}
