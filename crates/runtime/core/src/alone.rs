//! Values that stand alone on the wire, as services have them that are no OData: `[{…}, {…}]`, `["a", "b"]`, `3`.
//!
//! The member that holds the value is seen by nobody.

use crate::one_member::{VALUE, objects, one_member, one_value, values};
use crate::read::read_alone;
use crate::{Object, Type};

one_member! {
    /// An array of objects.
    Array<T: Model> as "Array",
    kinds: b"O!", types: &[(VALUE, Type::Object(T::TABLE))], is_open: false,
    read: read_alone, write: Object::write_alone, described: |_| None
}
objects!(Array);

one_member! {
    /// One value: a text, a number, a date, a member of an enumeration; or null.
    Plain<T: Member> as "Plain",
    kinds: T::KINDS[0], types: T::TYPES, is_open: false,
    read: read_alone, write: Object::write_alone, described: |_| None
}
one_value!(Plain);

one_member! {
    /// An array of values.
    Plains<T: Member> as "Plains",
    kinds: T::KINDS[1], types: T::TYPES, is_open: false,
    read: read_alone, write: Object::write_alone, described: |_| None
}
values!(Plains);
