//! A value that is no object, alone or as a collection: `{"@odata.context": "…", "value": 3}`.
//!
//! So properties of primitive and enumeration types stand on the wire, and what operations return of these. Both
//! are objects with one declared member, so that control information stays and errors name their place.

use crate::payload::JSON;
use crate::read::read_root;
use crate::{Json, List, Member, Object, Payload, ReadError, ReadMode, Readout, Table};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

const VALUE: u16 = 0;
const NEXT_LINK: &str = "@odata.nextLink";

macro_rules! envelope {
    ($(#[$doc:meta])* $name:ident, $table:literal, $kinds:literal) => {
        $(#[$doc])*
        #[derive(PartialEq)]
        pub struct $name<T> {
            object: Object,
            member: PhantomData<fn() -> T>,
        }

        impl<T: Member> $name<T> {
            const TABLE: &'static Table = &Table {
                name: $table,
                base: None,
                derived: &[],
                is_open: true,
                is_abstract: false,
                inherited: 0,
                names: &["value"],
                kinds: T::KINDS[$kinds],
                types: T::TYPES,
            };

            /// Control information, such as `@odata.context`.
            pub fn control(&self, name: &str) -> Option<&Json> {
                self.object.control(name)
            }

            /// The object that this is on the wire.
            pub fn as_object(&self) -> &Object {
                &self.object
            }

            fn of(object: Object) -> Self {
                Self { object, member: PhantomData }
            }
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                Self { object: self.object.clone(), member: PhantomData }
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.object.fmt(f)
            }
        }

        impl<T: Member> Payload for $name<T> {
            const CONTENT_TYPE: Option<&'static str> = JSON;

            fn read(bytes: &[u8], mode: ReadMode) -> Result<Readout<Self>, ReadError> {
                Ok(read_root(bytes, Self::TABLE, mode)?.map(Self::of))
            }

            fn write(&self, out: &mut Vec<u8>) {
                self.object.write_json(Self::TABLE, out);
            }
        }
    };
}

envelope! {
    /// One value: a text, a number, a date, a member of an enumeration; or null.
    Single, "Value", 0
}

envelope! {
    /// A collection of values.
    Values, "Values", 1
}

impl<T: Member> Single<T> {
    /// This value.
    pub fn new(value: impl Into<T>) -> Self {
        let mut object = Object::new(Self::TABLE);
        object.set::<T>(VALUE, value.into());
        Self::of(object)
    }

    /// Null.
    pub fn null() -> Self {
        let mut object = Object::new(Self::TABLE);
        object.set_null(VALUE);
        Self::of(object)
    }

    /// The value; `None` where it is null, or of another type.
    pub fn value(&self) -> Option<T::Ref<'_>> {
        self.object.get::<T>(VALUE)
    }
}

impl<T: Member> From<T> for Single<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: Member> Values<T> {
    /// These values.
    pub fn new(values: impl IntoIterator<Item = T>) -> Self {
        let mut object = Object::new(Self::TABLE);
        object.set_list(VALUE, values);
        Self::of(object)
    }

    /// The values.
    pub fn value(&self) -> List<'_, T> {
        self.object.list::<T>(VALUE)
    }

    /// The address of what follows, where these are not all.
    pub fn next_link(&self) -> Option<Cow<'_, str>> {
        self.object.control(NEXT_LINK)?.as_str()
    }
}

impl<T: Member> Default for Values<T> {
    fn default() -> Self {
        Self::new([])
    }
}

impl<T: Member> FromIterator<T> for Values<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::new(items)
    }
}
