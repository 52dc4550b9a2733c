//! Values that stand alone on the wire, as services have them that are no OData: `[{…}, {…}]`, `["a", "b"]`, `3`.
//!
//! Each is an object with one member that nobody sees, so that it is read and written as the member of an object is.

use crate::payload::JSON;
use crate::read::read_alone;
use crate::{List, Member, Model, Object, Payload, ReadError, ReadMode, Readout, Table, Type};
use bytemuck::TransparentWrapperAlloc as _;
use std::fmt;
use std::marker::PhantomData;

const VALUE: u16 = 0;

macro_rules! alone {
    ($(#[$doc:meta])* $name:ident: $bound:ident, $kinds:expr, $types:expr) => {
        $(#[$doc])*
        #[derive(PartialEq)]
        pub struct $name<T> {
            object: Object,
            of: PhantomData<fn() -> T>,
        }

        impl<T: $bound> $name<T> {
            const TABLE: &'static Table = &Table {
                name: stringify!($name),
                base: None,
                derived: &[],
                is_open: false,
                is_abstract: false,
                inherited: 0,
                names: &["value"],
                kinds: $kinds,
                types: $types,
            };

            fn of(object: Object) -> Self {
                Self { object, of: PhantomData }
            }
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                Self { object: self.object.clone(), of: PhantomData }
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.object.fmt(f)
            }
        }

        impl<T: $bound> Payload for $name<T> {
            const CONTENT_TYPE: Option<&'static str> = JSON;

            fn read(bytes: &[u8], mode: ReadMode) -> Result<Readout<Self>, ReadError> {
                Ok(read_alone(bytes, Self::TABLE, mode)?.map(Self::of))
            }

            fn write(&self, out: &mut Vec<u8>) {
                self.object.write_alone(out);
            }
        }
    };
}

alone! {
    /// An array of objects.
    Array: Model, b"O!", &[(VALUE, Type::Object(T::TABLE))]
}

alone! {
    /// One value: a text, a number, a date, a member of an enumeration; or null.
    Plain: Member, T::KINDS[0], T::TYPES
}

alone! {
    /// An array of values.
    Plains: Member, T::KINDS[1], T::TYPES
}

impl<T: Model> Array<T> {
    /// An array of these objects.
    pub fn new(items: impl IntoIterator<Item = T>) -> Self {
        let mut object = Object::new(Self::TABLE);
        object.set_objects(VALUE, items.into_iter().map(T::peel).collect());
        Self::of(object)
    }

    /// The objects.
    pub fn value(&self) -> &[T] {
        T::wrap_slice(self.object.objects(VALUE))
    }

    /// The objects, given away.
    pub fn into_value(mut self) -> Vec<T> {
        T::wrap_vec(self.object.take_objects(VALUE))
    }
}

impl<T: Model> Default for Array<T> {
    fn default() -> Self {
        Self::new([])
    }
}

impl<T: Model> FromIterator<T> for Array<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::new(items)
    }
}

impl<T: Model> IntoIterator for Array<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_value().into_iter()
    }
}

impl<'a, T: Model> IntoIterator for &'a Array<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value().iter()
    }
}

impl<T: Member> Plain<T> {
    /// This value.
    pub fn new(value: impl Into<T>) -> Self {
        let mut object = Object::new(Self::TABLE);
        object.set::<T>(VALUE, value.into());
        Self::of(object)
    }

    /// The value; `None` where it is null, or of another type.
    pub fn value(&self) -> Option<T::Ref<'_>> {
        self.object.get::<T>(VALUE)
    }
}

impl<T: Member> From<T> for Plain<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: Member> Plains<T> {
    /// An array of these values.
    pub fn new(values: impl IntoIterator<Item = T>) -> Self {
        let mut object = Object::new(Self::TABLE);
        object.set_list(VALUE, values);
        Self::of(object)
    }

    /// The values.
    pub fn value(&self) -> List<'_, T> {
        self.object.list::<T>(VALUE)
    }
}

impl<T: Member> Default for Plains<T> {
    fn default() -> Self {
        Self::new([])
    }
}

impl<T: Member> FromIterator<T> for Plains<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::new(items)
    }
}
