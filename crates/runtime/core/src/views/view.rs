//! The part of [`views!`](crate::views!) that defines `View<S>`: one object, seen as a type.

/// Defines `View<S>`, and the module `access` of what generated accessors are made of.
#[doc(hidden)]
#[macro_export]
macro_rules! __view {
    () => {
        /// A typed view of an object: every model is one.
        ///
        /// A view holds the members that are present and nothing else, so that absent, null and a value are told
        /// apart, and a request says exactly what was set. Models have a getter and `with_…` for each of their
        /// properties; one that is borrowed is changed by [`edit`](Self::edit). Their schema names the properties,
        /// such as `schema::User::DisplayName`, to ask about one.
        ///
        /// A model that derives from another dereferences to it: whatever takes a `&Entity` takes a `&User`.
        /// The other direction is [`cast`](Self::cast), which looks at the type that the object really has.
        ///
        /// Members that this version of the model does not know are kept, see [`unknown`](Self::unknown), and
        /// written again.
        #[repr(transparent)]
        #[derive($crate::private::bytemuck::TransparentWrapper)]
        #[bytemuck(crate = "::msgraph_core::private::bytemuck")]
        #[transparent($crate::Object)]
        pub struct View<S> {
            object: $crate::Object,
            schema: ::core::marker::PhantomData<fn() -> S>,
        }

        impl<S: $crate::Schema> $crate::Queried for View<S> {
            type Schema = S;
        }

        impl<S: $crate::Schema> $crate::Model for View<S> {
            const TABLE: &'static $crate::Table = S::TABLE;
        }

        impl<S: $crate::Concrete> View<S> {
            /// An object without members.
            pub const fn new() -> Self {
                Self { object: $crate::Object::new(S::TABLE), schema: ::core::marker::PhantomData }
            }
        }

        impl<S: $crate::Concrete> ::core::default::Default for View<S> {
            fn default() -> Self {
                Self::new()
            }
        }

        impl<S: $crate::Schema> View<S> {
            /// Reads an object strictly: a value that does not fit its type is an error that names its path.
            ///
            /// To read what a service sends, which may not keep to its own schema, see
            /// [`msgraph_core::read()`].
            ///
            /// # Errors
            /// What is no JSON, or does not fit the type, with its place.
            pub fn from_json(
                json: impl ::core::convert::AsRef<[u8]>,
            ) -> ::core::result::Result<Self, $crate::ReadError> {
                let readout = $crate::read::<Self>(json.as_ref(), $crate::ReadMode::Strict)?;
                ::core::result::Result::Ok(readout.value)
            }

            /// The object as JSON.
            pub fn to_json(&self) -> ::std::string::String {
                self.object.to_json()
            }

            /// Whether the property is present, be it null or a value.
            pub fn contains(&self, property: S) -> bool {
                self.object.contains(property.slot())
            }

            /// Whether the property is present and null.
            pub fn is_null(&self, property: S) -> bool {
                self.object.is_null(property.slot())
            }

            /// Makes the property null, which in a PATCH request clears it.
            pub fn set_null(&mut self, property: S) -> &mut Self {
                self.object.set_null(property.slot());
                self
            }

            /// With the property null, which in a PATCH request clears it.
            pub fn with_null(mut self, property: S) -> Self {
                self.set_null(property);
                self
            }

            /// Makes the property absent.
            pub fn remove(&mut self, property: S) -> &mut Self {
                self.object.remove(property.slot());
                self
            }

            /// The value of a property that does not fit its type, and was kept by a lenient reader.
            pub fn mistyped(&self, property: S) -> ::core::option::Option<&$crate::Json> {
                self.object.mistyped(property.slot())
            }

            /// A member that the type does not declare.
            pub fn unknown(&self, name: &str) -> ::core::option::Option<&$crate::Json> {
                self.object.unknown(name)
            }

            /// Sets a member that the type does not declare. A declared name sets that property.
            pub fn set_unknown(
                &mut self,
                name: &str,
                value: impl ::core::convert::Into<$crate::Json>,
            ) -> &mut Self {
                self.object.set_unknown(name, value);
                self
            }

            /// With a member that the type does not declare. A declared name sets that property.
            pub fn with_unknown(
                mut self,
                name: &str,
                value: impl ::core::convert::Into<$crate::Json>,
            ) -> Self {
                self.object.set_unknown(name, value);
                self
            }

            /// Control information or an annotation, such as `@odata.type` or `posts@odata.count`.
            pub fn control(&self, name: &str) -> ::core::option::Option<&$crate::Json> {
                self.object.control(name)
            }

            /// The version of the object, `@odata.etag`.
            pub fn etag(&self) -> ::core::option::Option<::std::borrow::Cow<'_, str>> {
                self.object.etag()
            }

            /// Why the object is gone, where it stands in a delta answer to say that it is; none of one that is there.
            pub fn removed(&self) -> ::core::option::Option<$crate::Removed> {
                self.object.removed()
            }

            /// Whether the object is an `M`, or of a type that derives from it.
            pub fn is<M: $crate::Model>(&self) -> bool {
                self.object.table().is_a(M::TABLE)
            }

            /// The object as an `M`, if it is one: by its `@odata.type`, not by what the place declares.
            pub fn cast<M: $crate::Model>(&self) -> ::core::option::Option<&M> {
                self.is::<M>().then(|| M::wrap_ref(&self.object))
            }

            /// The object as an `M` to be changed, if it is one.
            pub fn cast_mut<M: $crate::Model>(&mut self) -> ::core::option::Option<&mut M> {
                self.is::<M>().then(|| M::wrap_mut(&mut self.object))
            }

            /// The object as an `M`.
            ///
            /// # Errors
            /// The object unchanged, if it is no `M`.
            pub fn into_cast<M: $crate::Model>(self) -> ::core::result::Result<M, Self> {
                if self.is::<M>() {
                    ::core::result::Result::Ok(M::wrap(self.object))
                } else {
                    ::core::result::Result::Err(self)
                }
            }

            /// Changes a borrowed object as an owned one is: `user.edit(|user| user.with_department("Sales"))`.
            ///
            /// Where `change` panics, the object is left without members.
            pub fn edit(&mut self, change: impl ::core::ops::FnOnce(Self) -> Self) -> &mut Self {
                let empty = $crate::Object::new(self.object.table());
                let object = ::core::mem::replace(&mut self.object, empty);
                *self = change($crate::private::TransparentWrapper::wrap(object));
                self
            }

            /// Applies a patch: what it says is changed, what it does not say stays.
            pub fn merge(&mut self, patch: &Self) -> &mut Self {
                self.object.merge(&patch.object);
                self
            }

            /// The object under the view.
            pub const fn as_object(&self) -> &$crate::Object {
                &self.object
            }

            /// The object under the view, to be changed.
            pub const fn as_object_mut(&mut self) -> &mut $crate::Object {
                &mut self.object
            }

            /// The object under the view, given away.
            pub fn into_object(self) -> $crate::Object {
                self.object
            }

            /// The view of an object, if it is of the view's type or of one that derives from it.
            pub fn from_object(object: $crate::Object) -> ::core::option::Option<Self> {
                object
                    .table()
                    .is_a(S::TABLE)
                    .then(|| $crate::private::TransparentWrapper::wrap(object))
            }
        }

        impl<S: $crate::Derived> View<S> {
            /// The object as the type that this one derives from. It stays what it is.
            pub fn into_base(self) -> View<S::Base> {
                $crate::private::TransparentWrapper::wrap(self.object)
            }
        }

        /// What generated accessors are made of: the body of each is one call.
        ///
        /// Functions and not methods: to resolve a method of `View`, the compiler looks through the inherent
        /// implementations of all types, for each call. And one call each: of tens of thousands of bodies, the
        /// smallest is the cheapest to check.
        #[allow(dead_code, reason = "a crate may have no members of this kind")]
        pub(crate) mod access {
            use super::View;
            use $crate::Object;
            use $crate::private::TransparentWrapper;

            #[inline]
            pub(crate) fn view<V: TransparentWrapper<Object>>(
                object: &Object,
                slot: u16,
            ) -> ::core::option::Option<&V> {
                object.object(slot).map(V::wrap_ref)
            }

            #[inline]
            pub(crate) fn view_mut<V: TransparentWrapper<Object>>(
                object: &mut Object,
                slot: u16,
            ) -> ::core::option::Option<&mut V> {
                object.object_mut(slot).map(V::wrap_mut)
            }

            #[inline]
            pub(crate) fn views<V: TransparentWrapper<Object>>(object: &Object, slot: u16) -> &[V] {
                V::wrap_slice(object.objects(slot))
            }

            #[inline]
            pub(crate) fn views_mut<V: TransparentWrapper<Object>>(
                object: &mut Object,
                slot: u16,
            ) -> &mut [V] {
                V::wrap_slice_mut(object.objects_mut(slot))
            }

            #[inline]
            pub(crate) fn with<S, T: $crate::Member>(
                mut view: View<S>,
                slot: u16,
                value: T,
            ) -> View<S> {
                view.object.set(slot, value);
                view
            }

            #[inline]
            pub(crate) fn with_list<S, T: $crate::Member>(
                mut view: View<S>,
                slot: u16,
                values: impl ::core::iter::IntoIterator<Item = T>,
            ) -> View<S> {
                view.object.set_list(slot, values);
                view
            }

            #[inline]
            pub(crate) fn with_text<S>(
                view: View<S>,
                slot: u16,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> View<S> {
                with(view, slot, value.into())
            }

            #[inline]
            pub(crate) fn with_texts<S>(
                view: View<S>,
                slot: u16,
                values: impl ::core::iter::IntoIterator<
                    Item = impl ::core::convert::Into<::std::string::String>,
                >,
            ) -> View<S> {
                with_list(view, slot, values.into_iter().map(::core::convert::Into::into))
            }

            #[inline]
            pub(crate) fn with_json<S>(
                view: View<S>,
                slot: u16,
                value: impl ::core::convert::Into<$crate::Json>,
            ) -> View<S> {
                with(view, slot, value.into())
            }

            #[inline]
            pub(crate) fn with_jsons<S>(
                view: View<S>,
                slot: u16,
                values: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$crate::Json>>,
            ) -> View<S> {
                with_list(view, slot, values.into_iter().map(::core::convert::Into::into))
            }

            #[inline]
            pub(crate) fn with_flags<S, F: $crate::Member>(
                view: View<S>,
                slot: u16,
                value: impl ::core::convert::Into<F>,
            ) -> View<S> {
                with(view, slot, value.into())
            }

            #[inline]
            pub(crate) fn with_view<S, V: TransparentWrapper<Object>>(
                mut view: View<S>,
                slot: u16,
                value: V,
            ) -> View<S> {
                view.object.set_object(slot, V::peel(value));
                view
            }

            #[inline]
            pub(crate) fn with_views<S, V: TransparentWrapper<Object>>(
                mut view: View<S>,
                slot: u16,
                values: impl ::core::iter::IntoIterator<Item = V>,
            ) -> View<S> {
                let values = values.into_iter().map(V::peel);
                view.object.set_objects(slot, values.collect());
                view
            }
        }

        impl<S: $crate::Derived> ::core::ops::Deref for View<S> {
            type Target = View<S::Base>;

            #[inline]
            fn deref(&self) -> &View<S::Base> {
                $crate::private::TransparentWrapper::wrap_ref(&self.object)
            }
        }

        impl<S: $crate::Derived> ::core::ops::DerefMut for View<S> {
            #[inline]
            fn deref_mut(&mut self) -> &mut View<S::Base> {
                $crate::private::TransparentWrapper::wrap_mut(&mut self.object)
            }
        }

        impl<S> ::core::clone::Clone for View<S> {
            fn clone(&self) -> Self {
                $crate::private::TransparentWrapper::wrap(self.object.clone())
            }
        }

        impl<S> ::core::cmp::PartialEq for View<S> {
            fn eq(&self, other: &Self) -> bool {
                self.object == other.object
            }
        }

        impl<S> ::core::fmt::Debug for View<S> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.object, f)
            }
        }

        /// The object as JSON.
        impl<S> ::core::fmt::Display for View<S> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.object, f)
            }
        }

        impl<S: $crate::Schema> ::core::str::FromStr for View<S> {
            type Err = $crate::ReadError;

            fn from_str(json: &str) -> ::core::result::Result<Self, $crate::ReadError> {
                Self::from_json(json)
            }
        }

        impl<S> $crate::private::serde::Serialize for View<S> {
            fn serialize<Z: $crate::private::serde::Serializer>(
                &self,
                serializer: Z,
            ) -> ::core::result::Result<Z::Ok, Z::Error> {
                $crate::private::serde::Serialize::serialize(&self.object, serializer)
            }
        }

        impl<'de, S: $crate::Schema> $crate::private::serde::Deserialize<'de> for View<S> {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::Object::deserialize(S::TABLE, deserializer)
                    .map($crate::private::TransparentWrapper::wrap)
            }
        }
    };
}
