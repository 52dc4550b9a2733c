//! The traits that the generated schema of each type implements.
//!
//! The schema of a structured type is an enum of its properties; it carries the type's table and says what may be
//! done with the type. [`Model`] joins a typed view with its table; the macro [`views!`](crate::views!) implements
//! it.

use crate::{EnumTable, Object, Table};

/// A structured type of the schema, an entity type or a complex type: as a value, one of its properties.
///
/// An enum and not constants: a constant costs the compiler a body to check, and the whole of Graph has 17,000
/// properties, inherited ones counted where they are inherited.
pub trait Schema: Sized + 'static {
    /// The members of the type.
    const TABLE: &'static Table;

    /// The place of the property in the table, inherited ones first.
    fn slot(self) -> u16;

    /// The name of the property on the wire.
    fn name(self) -> &'static str {
        Self::TABLE.member_name(self.slot()).unwrap_or_default()
    }
}

/// A type that derives from another.
pub trait Derived: Schema {
    /// The type it derives from directly.
    type Base: Schema;
}

/// A type that is not abstract, so that objects of it can be made.
pub trait Concrete: Schema {}

/// An enumeration of the schema, with or without flags.
///
/// Its schema derives `PartialEq`, which is what lets members stand in patterns: `Some(&BodyType::Html)`.
pub trait Enumeration: PartialEq + 'static {
    /// The members of the enumeration.
    const TABLE: &'static EnumTable;
}

/// What answers with values of one type, of which a request can choose properties; implemented for `View<S>` by
/// [`views!`](crate::views!), and for collections of these.
pub trait Queried {
    /// The properties of the type.
    type Schema: Schema;
}

/// A typed view of an [`Object`]; implemented for `View<S>` by [`views!`](crate::views!).
pub trait Model: bytemuck::TransparentWrapper<Object> + Sized + 'static {
    /// The type whose members the view shows.
    const TABLE: &'static Table;

    /// The object under the view.
    fn as_object(&self) -> &Object {
        Self::peel_ref(self)
    }

    /// The object under the view, to be changed.
    fn as_object_mut(&mut self) -> &mut Object {
        Self::peel_mut(self)
    }
}
