//! The traits that generated markers implement, and the tokens of properties.
//!
//! A marker is an empty enum that stands for a type of the schema; it carries a table and says what may be done
//! with the type. [`Model`] joins a typed view with its table; the macro [`views!`](crate::views!) implements it.

use crate::{EnumTable, Object, Table};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// A structured type of the schema: an entity type or a complex type.
pub trait Schema: 'static {
    /// The members of the type.
    const TABLE: &'static Table;
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
/// The marker derives `PartialEq`, which is what lets members stand in patterns: `Some(&BodyType::Html)`.
pub trait Enumeration: PartialEq + 'static {
    /// The members of the enumeration.
    const TABLE: &'static EnumTable;
}

/// A typed view of an [`Object`]; implemented for `View<S>` by [`views!`](crate::views!).
pub trait Model: bytemuck::TransparentWrapper<Object> + Sized + 'static {
    /// The type whose members the view shows.
    const TABLE: &'static Table;
}

/// The token of a property of the type that `S` stands for: for `$select` and the like, and to ask an object
/// whether it holds the property.
pub struct Property<S> {
    name: &'static str,
    slot: u16,
    schema: PhantomData<fn() -> S>,
}

impl<S> Property<S> {
    /// The token of the property `name`, whose place in the table of `S` is `slot`.
    pub const fn new(name: &'static str, slot: u16) -> Self {
        Self { name, slot, schema: PhantomData }
    }

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The place of the property in the table of its type, inherited members first.
    pub const fn slot(self) -> u16 {
        self.slot
    }
}

impl<S> Clone for Property<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Property<S> {}

impl<S> PartialEq for Property<S> {
    fn eq(&self, other: &Self) -> bool {
        self.slot == other.slot && self.name == other.name
    }
}

impl<S> Eq for Property<S> {}

impl<S> Hash for Property<S> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl<S> fmt::Debug for Property<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Property").field(&self.name).finish()
    }
}

/// The name on the wire.
impl<S> fmt::Display for Property<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl<S> AsRef<str> for Property<S> {
    fn as_ref(&self) -> &str {
        self.name
    }
}
