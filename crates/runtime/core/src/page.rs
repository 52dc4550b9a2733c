//! A page of a collection: `{"value": [...], "@odata.nextLink": "..."}`.
//!
//! A page is itself an object with one declared member, so that it is read with the same paths in its errors
//! and written without loss. Its links are opaque: they are followed, never taken apart.

use crate::one_member::{VALUE, envelope, objects, one_member};
use crate::read::read_root;
use crate::{Described, Model, Object, Queried, Type};
use std::borrow::Cow;

const NEXT_LINK: &str = "@odata.nextLink";
const DELTA_LINK: &str = "@odata.deltaLink";
const COUNT: &str = "@odata.count";

one_member! {
    /// One page of a collection of `T`: the last one, as long as it is given no link.
    ///
    /// An empty page with a [`next_link`](Self::next_link) is not the end.
    Page<T: Model> as "Page",
    kinds: b"O!", types: &[(VALUE, Type::Object(T::TABLE))], is_open: true,
    read: read_root, write: Object::write_json,
    described: |object| Some(Described::Many(object, T::TABLE.name))
}
envelope!(Page<T: Model>);
objects!(Page);

impl<T: Model> Page<T> {
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
}

impl<T: Queried> Queried for Page<T> {
    type Schema = T::Schema;
}
