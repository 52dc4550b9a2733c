//! The builders that a generated client is made of.
//!
//! [`builders!`](crate::builders) defines them in the invoking crate, since inherent methods can only
//! be written where a type is defined. Each is a path and two markers: what is there (`T`), and by
//! which entity set or navigation property it was reached (`S`), so that what a site does not allow
//! has no method.

/// Defines `Collection<T, S>`, `Item<T, S>`, `Bound<T, S>` and the ends of paths `Count<T, S>`, `Value<T, S>`,
/// `Ref<T, S>` and `Refs<T, S>` in the invoking module, which is to be the root of the crate: its modules can
/// use the private methods.
///
/// The generated methods are made of these:
///
/// | On | Method | Goes to |
/// |---|---|---|
/// | `Collection` | `key(id)`, `key_beside(id, &["delta"])` | `Item<T, S>`; the latter where the collection has operations that an id could be taken for |
/// | `Item` | `collection("threads")`, `item("inReplyTo")` | a navigation property |
/// | all | `bound("reply")` | a bound operation |
/// | all | `request(body)` | a [`Request`](crate::Request) of the address so far |
/// | all | `at(path)` | a place: the start of a path, or its end, such as `Count` at `path.ending("$count")` |
#[macro_export]
macro_rules! builders {
    () => {
        $crate::builders! { @define
            /// A collection of `T`, reached through the site `S`.
            Collection
        }
        $crate::builders! { @define
            /// One `T`, reached through the site `S`.
            Item
        }
        $crate::builders! { @define
            /// An operation `S` that is bound to a `T`.
            Bound
        }
        $crate::builders! { @define
            /// How many `T` there are at the site `S`.
            Count
        }
        $crate::builders! { @define
            /// The media stream of a `T` at the site `S`; or the value of its property `S`, which is
            /// no entity.
            Value
        }
        $crate::builders! { @define
            /// The link to the `T` at the site `S`, in place of the entity.
            Ref
        }
        $crate::builders! { @define
            /// The links to each `T` of the collection at the site `S`, in place of the entities.
            Refs
        }

        // Which of these a generated crate needs depends on its selection.
        #[allow(dead_code)]
        impl<T, S> Collection<T, S> {
            fn key(self, id: &str) -> Item<T, S> {
                Item::at(self.path.key(id))
            }

            fn key_beside(self, id: &str, operations: &[&str]) -> Item<T, S> {
                Item::at(self.path.key_beside(id, operations))
            }
        }

        #[allow(dead_code)]
        impl<T, S> Item<T, S> {
            fn collection<U, N>(self, name: &'static str) -> Collection<U, N> {
                Collection::at(self.path.segment(name))
            }

            fn item<U, N>(self, name: &'static str) -> Item<U, N> {
                Item::at(self.path.segment(name))
            }
        }
    };

    (@define $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[must_use = "a builder sends nothing until one of its verbs is called and awaited"]
        pub struct $name<T, S> {
            path: $crate::Path,
            marker: ::core::marker::PhantomData<fn() -> (T, S)>,
        }

        impl<T, S> ::core::clone::Clone for $name<T, S> {
            fn clone(&self) -> Self {
                Self { path: self.path.clone(), marker: ::core::marker::PhantomData }
            }
        }

        impl<T, S> ::core::fmt::Debug for $name<T, S> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_tuple(::core::stringify!($name)).field(&self.path).finish()
            }
        }

        #[allow(dead_code)]
        impl<T, S> $name<T, S> {
            fn at(path: $crate::Path) -> Self {
                Self { path, marker: ::core::marker::PhantomData }
            }

            fn bound<O>(self, name: &'static str) -> Bound<T, O> {
                Bound::at(self.path.segment(name))
            }

            fn request<O: $crate::core::Operation>(self, body: O::Request) -> $crate::Request<O> {
                $crate::Request::new(self.path, body)
            }
        }
    };
}
