//! References: links to entities in place of the entities, as `$ref` reads and writes them.
//!
//! On the wire a reference is an object that holds nothing but `@odata.id`, an address that is opaque here. It is
//! a model, so that a [`Page`](crate::Page) of references is a page like others.

use crate::{Model, Object, Table};
use std::borrow::Cow;

const ID: &str = "@odata.id";

/// A link to an entity: `{"@odata.id": "https://…/directoryObjects/42"}`.
#[repr(transparent)]
#[derive(Clone, PartialEq, bytemuck::TransparentWrapper)]
pub struct Reference {
    object: Object,
}

impl Reference {
    /// The link to the entity at this address.
    pub fn new(id: impl Into<String>) -> Self {
        let mut object = Object::new(Self::TABLE);
        object.set_control(ID, id.into());
        Self { object }
    }

    /// The address of the entity; none where the object holds none.
    pub fn id(&self) -> Option<Cow<'_, str>> {
        self.object.control(ID)?.as_str()
    }

    /// The object that the reference is on the wire.
    pub fn as_object(&self) -> &Object {
        &self.object
    }
}

impl Model for Reference {
    const TABLE: &'static Table = &Table {
        name: "Reference",
        base: None,
        derived: &[],
        is_open: true,
        is_abstract: false,
        inherited: 0,
        names: &[],
        kinds: b"",
        types: &[],
    };
}

impl From<&str> for Reference {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}

impl From<String> for Reference {
    fn from(id: String) -> Self {
        Self::new(id)
    }
}

impl std::fmt::Debug for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.object.fmt(f)
    }
}
