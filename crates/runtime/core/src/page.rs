//! A page of a collection: `{"value": [...], "@odata.nextLink": "..."}`.
//!
//! A page is itself an object with one declared member, so that it is read with the same paths in its errors
//! and written without loss. Its links are opaque: they are followed, never taken apart.

use crate::payload::JSON;
use crate::read::read_root;
use crate::{Json, Model, Object, Payload, Queried, ReadError, ReadMode, Readout, Table, Type};
use bytemuck::TransparentWrapperAlloc as _;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// One page of a collection of `T`.
///
/// An empty page with a [`next_link`](Self::next_link) is not the end.
#[derive(Clone, PartialEq)]
pub struct Page<T> {
    object: Object,
    items: PhantomData<fn() -> T>,
}

const VALUE: u16 = 0;
const NEXT_LINK: &str = "@odata.nextLink";
const DELTA_LINK: &str = "@odata.deltaLink";
const COUNT: &str = "@odata.count";

impl<T: Model> Page<T> {
    const TABLE: &'static Table = &Table {
        name: "Page",
        base: None,
        derived: &[],
        is_open: true,
        is_abstract: false,
        inherited: 0,
        names: &["value"],
        kinds: b"O!",
        types: &[(VALUE, Type::Object(T::TABLE))],
    };

    /// A page with these items: the last one, as long as it is given no link.
    pub fn new(items: impl IntoIterator<Item = T>) -> Self {
        let mut object = Object::new(Self::TABLE);
        object.set_objects(VALUE, items.into_iter().map(T::peel).collect());
        Self { object, items: PhantomData }
    }

    /// The items of this page.
    pub fn value(&self) -> &[T] {
        T::wrap_slice(self.object.objects(VALUE))
    }

    /// The items of this page, given away.
    pub fn into_value(mut self) -> Vec<T> {
        T::wrap_vec(self.object.take_objects(VALUE))
    }

    /// The address of the next page.
    pub fn next_link(&self) -> Option<Cow<'_, str>> {
        self.object.control(NEXT_LINK)?.as_str()
    }

    /// The address that tells the changes since this page, which is the last one.
    pub fn delta_link(&self) -> Option<Cow<'_, str>> {
        self.object.control(DELTA_LINK)?.as_str()
    }

    /// The number of items on all pages, where the request asked for it.
    pub fn count(&self) -> Option<i64> {
        self.object.control(COUNT)?.as_i64()
    }

    /// With the address of the next page; this takes a delta link away, since a page never has both.
    pub fn with_next_link(mut self, link: impl Into<String>) -> Self {
        self.object.remove_control(DELTA_LINK);
        self.object.set_control(NEXT_LINK, link.into());
        self
    }

    /// With the address that tells later changes; this takes a next link away, since a page never has both.
    pub fn with_delta_link(mut self, link: impl Into<String>) -> Self {
        self.object.remove_control(NEXT_LINK);
        self.object.set_control(DELTA_LINK, link.into());
        self
    }

    /// With the number of items on all pages.
    pub fn with_count(mut self, count: i64) -> Self {
        self.object.set_control(COUNT, count);
        self
    }

    /// Control information of the page, such as `@odata.context`.
    pub fn control(&self, name: &str) -> Option<&Json> {
        self.object.control(name)
    }

    /// The object that the page is on the wire.
    pub fn as_object(&self) -> &Object {
        &self.object
    }
}

impl<T: Model> Default for Page<T> {
    fn default() -> Self {
        Self::new([])
    }
}

impl<T: Model> FromIterator<T> for Page<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::new(items)
    }
}

impl<T: Model> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_value().into_iter()
    }
}

impl<'a, T: Model> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value().iter()
    }
}

impl<T> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.object.fmt(f)
    }
}

impl<T: Queried> Queried for Page<T> {
    type Schema = T::Schema;
}

impl<T: Model> Payload for Page<T> {
    const CONTENT_TYPE: Option<&'static str> = JSON;

    fn read(bytes: &[u8], mode: ReadMode) -> Result<Readout<Self>, ReadError> {
        Ok(read_root(bytes, Self::TABLE, mode)?.map(|object| Self { object, items: PhantomData }))
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.object.write_json(Self::TABLE, out);
    }
}
