//! The builders that a generated client is made of.
//!
//! [`builders!`](crate::builders) defines them in the invoking crate, since inherent methods can only
//! be written where a type is defined. Each is a path and two markers: what is there (`T`), and by
//! which entity set or navigation property it was reached (`S`), so that what a site does not allow
//! has no method.

/// Defines `Collection<T, S>`, `Item<T, S>`, `Bound<T, S>` and the ends of paths `Count<T, S>`, `Value<T, S>`,
/// `Ref<T, S>` and `Refs<T, S>` in the invoking module, which is to be the root of the crate: its modules can use what is private here.
///
/// The generated methods are made of these functions, which stand beside the types: a call of an inherent method
/// would make the compiler look through all of the thousands that the types have.
///
/// | Function | Goes to |
/// |---|---|
/// | `step(path, "threads")` | one segment deeper: a navigation property, a bound operation |
/// | `key(path, id, &["delta"])` | an entity of a collection that has operations which an id could be taken for |
/// | `end(path, "$count")` | the end of a path |
/// | `at(path)` | a path that is made of arguments: a call, an alternate key, the path of an item |
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

        /// A builder, which is no more than its path.
        trait Place: Sized {
            fn at(path: $crate::Path) -> Self;
        }

        // Which of these a generated crate needs depends on its selection.
        #[allow(dead_code)]
        fn at<P: Place>(path: $crate::Path) -> P {
            P::at(path)
        }

        #[allow(dead_code)]
        fn end<P: Place>(path: $crate::Path, name: &str) -> P {
            P::at(path.ending(name))
        }

        #[allow(dead_code)]
        fn step<P: Place>(path: $crate::Path, name: &str) -> P {
            P::at(path.segment(name))
        }

        #[allow(dead_code)]
        fn key<P: Place>(path: $crate::Path, id: &str, operations: &[&str]) -> P {
            P::at(path.key_beside(id, operations))
        }
    };

    (@define $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[must_use = "a builder sends nothing until one of its verbs is called and awaited"]
        pub struct $name<T, S> {
            path: $crate::Path,
            marker: ::core::marker::PhantomData<fn() -> (T, S)>,
        }

        impl<T, S> Place for $name<T, S> {
            fn at(path: $crate::Path) -> Self {
                Self { path, marker: ::core::marker::PhantomData }
            }
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
    };
}

/// Defines `Segment<T>` in the invoking module, which is to be the root of the crate: what is at the end of a path of a
/// service that is no OData, where `T` stands for the path.
///
/// | Function | Goes to |
/// |---|---|
/// | `step(path, "pets")` | one segment deeper, by its name |
/// | `parameter(path, "42")` | one segment deeper, by the value of its parameter |
#[macro_export]
macro_rules! segments {
    () => {
        /// A path: what can be done at its end, and what leads on from there.
        #[must_use = "a builder sends nothing until one of its verbs is called and awaited"]
        pub struct Segment<T> {
            path: $crate::Path,
            marker: ::core::marker::PhantomData<fn() -> T>,
        }

        impl<T> ::core::clone::Clone for Segment<T> {
            fn clone(&self) -> Self {
                Self { path: self.path.clone(), marker: ::core::marker::PhantomData }
            }
        }

        impl<T> ::core::fmt::Debug for Segment<T> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_tuple("Segment").field(&self.path).finish()
            }
        }

        // Which of these a generated crate needs depends on its selection.
        #[allow(dead_code)]
        fn step<T>(path: $crate::Path, name: &str) -> Segment<T> {
            Segment { path: path.segment(name), marker: ::core::marker::PhantomData }
        }

        #[allow(dead_code)]
        fn parameter<T>(path: $crate::Path, value: &str) -> Segment<T> {
            Segment { path: path.parameter(value), marker: ::core::marker::PhantomData }
        }
    };
}

/// Defines the verbs that the metadata allows and no page documents, beside [`builders!`].
///
/// A site says which of them it has by implementing the traits of the module `undocumented` for its marker; where a
/// verb is documented, the builder has a method of its own and the site no such mark. What is neither has no method.
#[macro_export]
macro_rules! undocumented {
    () => {
        /// An entity type, by its marker.
        pub trait Entity {
            /// Its type in the models.
            type Model: $crate::core::Model;
        }

        /// An entity type that derives from `T`, by its marker.
        #[diagnostic::on_unimplemented(
            message = "`{Self}` does not derive from `{T}`, or is not compiled",
            note = "a cast leads to types that derive from that of the builder"
        )]
        pub trait DerivesFrom<T>: Entity {}

        /// The site `S` behind a cast: what is there can be read.
        #[derive(Debug)]
        pub enum Cast<S> {
            #[doc(hidden)]
            Site(::core::convert::Infallible, ::core::marker::PhantomData<S>),
        }

        impl<T, S> undocumented::List<T> for Cast<S> {}
        impl<T, S> undocumented::Get<T> for Cast<S> {}
        impl<T, S> undocumented::Count<T> for Cast<S> {}

        fn cast<D: Entity, P: Place>(path: $crate::Path) -> P {
            step(path, <D::Model as $crate::core::Model>::TABLE.name)
        }

        impl<T, S: undocumented::Cast<T>> Collection<T, S> {
            /// Those of the collection that are of a derived type `D`: `.cast::<resources::User>()`. They can be
            /// listed and counted, and lead to all that `D` has. No page documents this cast.
            pub fn cast<D: DerivesFrom<T>>(self) -> Collection<D, Cast<S>> {
                cast::<D, _>(self.path)
            }
        }

        impl<T, S: undocumented::Cast<T>> Item<T, S> {
            /// The entity as one of a derived type `D`: `.cast::<resources::User>()`. It can be read, is not found
            /// where it is of another type, and leads to all that `D` has. No page documents this cast.
            pub fn cast<D: DerivesFrom<T>>(self) -> Item<D, Cast<S>> {
                cast::<D, _>(self.path)
            }
        }

        /// Marks of sites: which verbs the metadata allows there, though no page documents them.
        pub mod undocumented {
            $crate::undocumented! { @mark
                /// A collection of `T` that can be listed.
                List
                /// A collection of `T` in which one can be created.
                Create
                /// A `T` that can be read.
                Get
                /// A `T` that can be changed.
                Update
                /// A `T` that can be deleted.
                Delete
                /// A collection of `T` that can be counted.
                Count
                /// Each `T` that may be of a derived type, and can be read as such.
                Cast
                /// A stream of a `T` that can be read.
                Read
                /// A stream of a `T` that can be replaced.
                Write
            }
        }

        impl<T: Entity, S: undocumented::List<T>> Collection<T, S> {
            /// Lists the entities of the collection, page by page. No page documents this call.
            pub fn get(self) -> $crate::Request<$crate::core::undocumented::List<T::Model>> {
                $crate::Request::new(self.path, ())
            }
        }

        impl<T: Entity, S: undocumented::Create<T>> Collection<T, S> {
            /// Creates an entity in the collection. No page documents this call.
            pub fn post(
                self,
                body: T::Model,
            ) -> $crate::Request<$crate::core::undocumented::Create<T::Model>> {
                $crate::Request::new(self.path, body)
            }
        }

        impl<T, S: undocumented::Count<T>> Count<T, S> {
            /// Counts the entities of the collection. No page documents this call.
            pub fn get(self) -> $crate::Request<$crate::core::undocumented::Function<$crate::core::Count>> {
                $crate::Request::new(self.path, ())
            }
        }

        impl<T, S: undocumented::Read<T>> Value<T, S> {
            /// Reads the stream. No page documents this call.
            pub fn get(self) -> $crate::Request<$crate::core::undocumented::Function<$crate::core::Content>> {
                $crate::Request::new(self.path, ())
            }
        }

        impl<T, S: undocumented::Write<T>> Value<T, S> {
            /// Replaces the stream. No page documents this call.
            pub fn put(
                self,
                body: $crate::core::Content,
            ) -> $crate::Request<$crate::core::undocumented::Replace<$crate::core::Content>> {
                $crate::Request::new(self.path, body)
            }
        }

        impl<T: Entity, S: undocumented::Get<T>> Item<T, S> {
            /// Reads the entity. No page documents this call.
            pub fn get(self) -> $crate::Request<$crate::core::undocumented::Get<T::Model>> {
                $crate::Request::new(self.path, ())
            }
        }

        impl<T: Entity, S: undocumented::Update<T>> Item<T, S> {
            /// Changes what `body` has of the entity. No page documents this call, and so none says whether the
            /// changed entity is answered.
            pub fn patch(
                self,
                body: T::Model,
            ) -> $crate::Request<$crate::core::undocumented::Update<T::Model>> {
                $crate::Request::new(self.path, body)
            }
        }

        impl<T: Entity, S: undocumented::Delete<T>> Item<T, S> {
            /// Deletes the entity. No page documents this call.
            pub fn delete(self) -> $crate::Request<$crate::core::undocumented::Delete> {
                $crate::Request::new(self.path, ())
            }
        }
    };

    (@mark $($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            message = "this is neither documented nor allowed by the metadata here",
            note = "the builder has the verbs that a page documents or the metadata allows at this site"
        )]
        pub trait $name<T> {}
    )*};
}
