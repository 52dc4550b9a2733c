//! What OData has to say of a body beside its members: what it is, its key, its version.
//!
//! In comes a body that an OData service answers; out goes what the address of its context, its `ETag` and its
//! `Location` are made of. Bodies that stand alone on the wire, as services have them that are no OData, have none.

use crate::Object;
use std::borrow::Cow;

/// A body that OData has a context for.
#[derive(Clone, Copy, Debug)]
pub enum Described<'a> {
    /// An object: an entity, or the value of a structured property.
    One(&'a Object),
    /// A collection of objects, with the name of the type that it declares for them.
    Many(&'a Object, &'static str),
    /// The value of a property that is no object, or several.
    Value(&'a Object),
}

impl<'a> Described<'a> {
    /// The object that the body is on the wire.
    pub const fn object(self) -> &'a Object {
        match self {
            Self::One(object) | Self::Many(object, _) | Self::Value(object) => object,
        }
    }

    /// Whether it is one entity: an object of a type that declares an `id`.
    pub fn is_entity(self) -> bool {
        matches!(self, Self::One(object) if object.table().slot(ID).is_some())
    }

    /// The key of an entity, its `id`, where it has one.
    pub fn key(self) -> Option<&'a str> {
        let Self::One(object) = self else { return None };
        object.get::<String>(object.table().slot(ID)?)
    }

    /// The version of an entity, `@odata.etag`, where it tells it.
    pub fn etag(self) -> Option<Cow<'a, str>> {
        match self {
            Self::One(object) => object.etag(),
            _ => None,
        }
    }
}

const ID: &str = "id";
