//! A value that is no object, alone or as a collection: `{"@odata.context": "…", "value": 3}`.
//!
//! So properties of primitive and enumeration types stand on the wire, and what operations return of these. Control
//! information stays.

use crate::one_member::{envelope, one_member, one_value, values};
use crate::read::read_root;
use crate::{Described, Object};
use std::borrow::Cow;

const NEXT_LINK: &str = "@odata.nextLink";

one_member! {
    /// One value: a text, a number, a date, a member of an enumeration; or null.
    Single<T: Member> as "Value",
    kinds: T::KINDS[0], types: T::TYPES, is_open: true,
    read: read_root, write: Object::write_json, described: |object| Some(Described::Value(object))
}
envelope!(Single<T: Member>);
one_value!(Single);

one_member! {
    /// A collection of values.
    Values<T: Member> as "Values",
    kinds: T::KINDS[1], types: T::TYPES, is_open: true,
    read: read_root, write: Object::write_json, described: |object| Some(Described::Value(object))
}
envelope!(Values<T: Member>);
values!(Values);

impl<T: crate::Member> Values<T> {
    /// The address of what follows, where these are not all.
    pub fn next_link(&self) -> Option<Cow<'_, str>> {
        self.object.control(NEXT_LINK)?.as_str()
    }
}
