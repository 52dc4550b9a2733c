//! What stands for one value, in an envelope or alone: an object whose only declared member is that value.
//!
//! So errors name their place, and reading and writing are those of every object. The macros here give such a type what all
//! of its kind have; what differs on the wire is said where it is defined.

/// The slot of the value.
pub(crate) const VALUE: u16 = 0;

/// The type `$name<T>`, with its table, and how it is read and written.
macro_rules! one_member {
    (
        $(#[$doc:meta])* $name:ident<T: $bound:ident> as $wire:literal,
        kinds: $kinds:expr, types: $types:expr, is_open: $is_open:literal,
        read: $read:path, write: $write:expr, described: $described:expr
    ) => {
        $(#[$doc])*
        #[derive(PartialEq)]
        pub struct $name<T> {
            object: $crate::Object,
            of: ::std::marker::PhantomData<fn() -> T>,
        }

        impl<T: $crate::$bound> $name<T> {
            const TABLE: &'static $crate::Table = &$crate::Table {
                name: $wire,
                base: None,
                derived: &[],
                is_open: $is_open,
                is_abstract: false,
                inherited: 0,
                names: &["value"],
                kinds: $kinds,
                types: $types,
            };

            fn of(object: $crate::Object) -> Self {
                Self { object, of: ::std::marker::PhantomData }
            }
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                Self { object: self.object.clone(), of: ::std::marker::PhantomData }
            }
        }

        impl<T> ::std::fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.object.fmt(f)
            }
        }

        impl<T: $crate::$bound> $crate::Payload for $name<T> {
            const CONTENT_TYPE: Option<&'static str> = $crate::payload::JSON;

            fn read(
                bytes: &[u8],
                mode: $crate::ReadMode,
            ) -> Result<$crate::Readout<Self>, $crate::ReadError> {
                Ok($read(bytes, Self::TABLE, mode)?.map(Self::of))
            }

            fn write(&self, out: &mut Vec<u8>) {
                let write: fn(&$crate::Object, &'static $crate::Table, &mut Vec<u8>) = $write;
                write(&self.object, Self::TABLE, out);
            }

            fn described(&self) -> Option<$crate::Described<'_>> {
                let described: fn(&$crate::Object) -> Option<$crate::Described<'_>> = $described;
                described(&self.object)
            }
        }
    };
}

/// What an envelope has beside its value.
macro_rules! envelope {
    ($name:ident<T: $bound:ident>) => {
        impl<T: $crate::$bound> $name<T> {
            /// Control information, such as `@odata.context`.
            pub fn control(&self, name: &str) -> Option<&$crate::Json> {
                self.object.control(name)
            }

            /// The object that this is on the wire.
            pub fn as_object(&self) -> &$crate::Object {
                &self.object
            }
        }
    };
}

/// One value.
macro_rules! one_value {
    ($name:ident) => {
        impl<T: $crate::Member> $name<T> {
            /// This value.
            pub fn new(value: impl Into<T>) -> Self {
                let mut object = $crate::Object::new(Self::TABLE);
                object.set::<T>($crate::one_member::VALUE, value.into());
                Self::of(object)
            }

            /// Null.
            pub fn null() -> Self {
                let mut object = $crate::Object::new(Self::TABLE);
                object.set_null($crate::one_member::VALUE);
                Self::of(object)
            }

            /// The value; `None` where it is null, or of another type.
            pub fn value(&self) -> Option<T::Ref<'_>> {
                self.object.get::<T>($crate::one_member::VALUE)
            }
        }

        impl<T: $crate::Member> From<T> for $name<T> {
            fn from(value: T) -> Self {
                Self::new(value)
            }
        }
    };
}

/// Several values.
macro_rules! values {
    ($name:ident) => {
        impl<T: $crate::Member> $name<T> {
            /// These values.
            pub fn new(values: impl IntoIterator<Item = T>) -> Self {
                let mut object = $crate::Object::new(Self::TABLE);
                object.set_list($crate::one_member::VALUE, values);
                Self::of(object)
            }

            /// The values.
            pub fn value(&self) -> $crate::List<'_, T> {
                self.object.list::<T>($crate::one_member::VALUE)
            }
        }

        $crate::one_member::collected!($name<T: Member>);
    };
}

/// Several objects.
macro_rules! objects {
    ($name:ident) => {
        impl<T: $crate::Model> $name<T> {
            /// These objects.
            pub fn new(items: impl IntoIterator<Item = T>) -> Self {
                let mut object = $crate::Object::new(Self::TABLE);
                let items = items.into_iter().map(T::peel).collect();
                object.set_objects($crate::one_member::VALUE, items);
                Self::of(object)
            }

            /// The objects.
            pub fn value(&self) -> &[T] {
                T::wrap_slice(self.object.objects($crate::one_member::VALUE))
            }

            /// The objects, given away.
            pub fn into_value(mut self) -> Vec<T> {
                use ::bytemuck::TransparentWrapperAlloc as _;
                T::wrap_vec(self.object.take_objects($crate::one_member::VALUE))
            }
        }

        $crate::one_member::collected!($name<T: Model>);

        impl<T: $crate::Model> IntoIterator for $name<T> {
            type Item = T;
            type IntoIter = ::std::vec::IntoIter<T>;

            fn into_iter(self) -> Self::IntoIter {
                self.into_value().into_iter()
            }
        }

        impl<'a, T: $crate::Model> IntoIterator for &'a $name<T> {
            type Item = &'a T;
            type IntoIter = ::std::slice::Iter<'a, T>;

            fn into_iter(self) -> Self::IntoIter {
                self.value().iter()
            }
        }
    };
}

/// What is made of any number.
macro_rules! collected {
    ($name:ident<T: $bound:ident>) => {
        impl<T: $crate::$bound> Default for $name<T> {
            fn default() -> Self {
                Self::new([])
            }
        }

        impl<T: $crate::$bound> FromIterator<T> for $name<T> {
            fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
                Self::new(items)
            }
        }
    };
}

pub(crate) use {collected, envelope, objects, one_member, one_value, values};
