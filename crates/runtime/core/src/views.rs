//! The macro that defines a generated crate's typed views, each trait of which is implemented once.
//!
//! The types are defined in the invoking crate and not here, so that generated code can give them inherent
//! methods: `impl View<schema::User> { … }`. References are turned into views with `bytemuck`, without unsafe
//! code on either side.

/// Defines `View<S>`, `Enum<S>` and `Flags<S>`: the types of which every model of the invoking module's crate is
/// an alias.
///
/// A generated crate calls it once, in its root. The crate has to depend on this one by the name `msgraph_core`.
///
/// Names of the inherent methods, which generated accessors therefore must not have: those documented on the
/// three types, and, within the crate, `get`, `list`, `set`, `set_list`, `view`, `view_mut`, `views`,
/// `views_mut`, `set_view`, `set_views`, `enumeration`, `set_enumeration`, `flags`, `set_flags`.
#[macro_export]
macro_rules! views {
    () => {
        /// A typed view of an object: every model is one.
        ///
        /// A view holds the members that are present and nothing else, so that absent, null and a value are told
        /// apart, and a request says exactly what was set. Models have a getter, `set_…` and `with_…` for each of
        /// their properties, and a token such as `User::DISPLAY_NAME` to ask about one by name.
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
            pub fn contains(&self, property: $crate::Property<S>) -> bool {
                self.object.contains(property.slot())
            }

            /// Whether the property is present and null.
            pub fn is_null(&self, property: $crate::Property<S>) -> bool {
                self.object.is_null(property.slot())
            }

            /// Makes the property null, which in a PATCH request clears it.
            pub fn set_null(&mut self, property: $crate::Property<S>) -> &mut Self {
                self.object.set_null(property.slot());
                self
            }

            /// With the property null, which in a PATCH request clears it.
            pub fn with_null(mut self, property: $crate::Property<S>) -> Self {
                self.set_null(property);
                self
            }

            /// Makes the property absent.
            pub fn remove(&mut self, property: $crate::Property<S>) -> &mut Self {
                self.object.remove(property.slot());
                self
            }

            /// The value of a property that does not fit its type, and was kept by a lenient reader.
            pub fn mistyped(
                &self,
                property: $crate::Property<S>,
            ) -> ::core::option::Option<&$crate::Json> {
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

        // What generated accessors are made of.
        #[allow(dead_code, missing_docs)]
        impl<S> View<S> {
            #[inline]
            pub(crate) fn get<T: $crate::Member>(
                &self,
                slot: u16,
            ) -> ::core::option::Option<T::Ref<'_>> {
                self.object.get::<T>(slot)
            }

            #[inline]
            pub(crate) fn list<T: $crate::Member>(&self, slot: u16) -> $crate::List<'_, T> {
                self.object.list::<T>(slot)
            }

            #[inline]
            pub(crate) fn set<T: $crate::Member>(&mut self, slot: u16, value: T) {
                self.object.set(slot, value);
            }

            #[inline]
            pub(crate) fn set_list<T: $crate::Member>(
                &mut self,
                slot: u16,
                values: impl ::core::iter::IntoIterator<Item = T>,
            ) {
                self.object.set_list(slot, values);
            }

            #[inline]
            pub(crate) fn view<T>(&self, slot: u16) -> ::core::option::Option<&View<T>> {
                self.object.object(slot).map($crate::private::TransparentWrapper::wrap_ref)
            }

            #[inline]
            pub(crate) fn view_mut<T>(
                &mut self,
                slot: u16,
            ) -> ::core::option::Option<&mut View<T>> {
                self.object.object_mut(slot).map($crate::private::TransparentWrapper::wrap_mut)
            }

            #[inline]
            pub(crate) fn views<T>(&self, slot: u16) -> &[View<T>] {
                $crate::private::TransparentWrapper::wrap_slice(self.object.objects(slot))
            }

            #[inline]
            pub(crate) fn views_mut<T>(&mut self, slot: u16) -> &mut [View<T>] {
                $crate::private::TransparentWrapper::wrap_slice_mut(self.object.objects_mut(slot))
            }

            #[inline]
            pub(crate) fn set_view<T>(&mut self, slot: u16, value: View<T>) {
                self.object.set_object(slot, value.object);
            }

            #[inline]
            pub(crate) fn set_views<T>(
                &mut self,
                slot: u16,
                values: impl ::core::iter::IntoIterator<Item = View<T>>,
            ) {
                let values = values.into_iter().map(|value| value.object);
                self.object.set_objects(slot, values.collect());
            }

            #[inline]
            pub(crate) fn enumeration<T: $crate::Enumeration>(
                &self,
                slot: u16,
            ) -> ::core::option::Option<&Enum<T>> {
                self.object.get::<Enum<T>>(slot)
            }

            #[inline]
            pub(crate) fn set_enumeration<T: $crate::Enumeration>(
                &mut self,
                slot: u16,
                value: Enum<T>,
            ) {
                self.object.set(slot, value);
            }

            #[inline]
            pub(crate) fn flags<T: $crate::Enumeration>(
                &self,
                slot: u16,
            ) -> ::core::option::Option<&Flags<T>> {
                self.object.get::<Flags<T>>(slot)
            }

            #[inline]
            pub(crate) fn set_flags<T: $crate::Enumeration>(&mut self, slot: u16, value: Flags<T>) {
                self.object.set(slot, value);
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

        $crate::__enums!();
    };
}

/// The part of [`views!`](crate::views!) that is about enumerations.
#[doc(hidden)]
#[macro_export]
macro_rules! __enums {
    () => {
        /// A value of an enumeration: one of its members, or a text that this version does not know.
        ///
        /// Members are constants of the alias, which can stand in patterns. There is always an arm for the rest:
        ///
        /// ```text
        /// match body.content_type() {
        ///     Some(&BodyType::Html) => …,
        ///     Some(other) => println!("{other}"),
        ///     None => …,
        /// }
        /// ```
        #[repr(transparent)]
        #[derive(PartialEq, $crate::private::bytemuck::TransparentWrapper)]
        #[bytemuck(crate = "::msgraph_core::private::bytemuck")]
        #[transparent($crate::EnumValue)]
        pub struct Enum<S> {
            value: $crate::EnumValue,
            schema: ::core::marker::PhantomData<fn() -> S>,
        }

        impl<S> Enum<S> {
            /// The member at this place of the table; for generated constants.
            pub(crate) const fn member(index: u16) -> Self {
                Self {
                    value: $crate::EnumValue::member(index),
                    schema: ::core::marker::PhantomData,
                }
            }

            fn of(value: $crate::EnumValue) -> Self {
                Self { value, schema: ::core::marker::PhantomData }
            }
        }

        impl<S: $crate::Enumeration> Enum<S> {
            /// The member of this name, in any case; else a value that keeps the text.
            pub fn from_text(text: &str) -> Self {
                Self::of($crate::EnumValue::from_text(text, S::TABLE))
            }

            /// The member with this value; else a value that keeps the digits.
            pub fn from_value(value: i64) -> Self {
                Self::of($crate::EnumValue::from_number(value, S::TABLE))
            }

            /// The text on the wire.
            pub fn as_str(&self) -> &str {
                self.value.as_str(S::TABLE)
            }

            /// The number that the schema gives to the member.
            pub fn value(&self) -> ::core::option::Option<i64> {
                self.value.value(S::TABLE)
            }

            /// Whether this is a member that this version knows.
            pub fn is_known(&self) -> bool {
                self.value.index().is_some()
            }
        }

        impl<S: $crate::Enumeration> ::core::cmp::Eq for Enum<S> {}

        impl<S> ::core::clone::Clone for Enum<S> {
            fn clone(&self) -> Self {
                Self::of(self.value.clone())
            }
        }

        impl<S: $crate::Enumeration> ::core::hash::Hash for Enum<S> {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(&self.value, state);
            }
        }

        impl<S: $crate::Enumeration> ::core::fmt::Debug for Enum<S> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl<S: $crate::Enumeration> ::core::fmt::Display for Enum<S> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl<S: $crate::Enumeration> ::core::str::FromStr for Enum<S> {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(Self::from_text(text))
            }
        }

        impl<S: $crate::Enumeration> $crate::Member for Enum<S> {
            type Ref<'a> = &'a Self;

            #[inline]
            fn find(held: $crate::private::Held<'_>) -> ::core::option::Option<&Self> {
                <$crate::EnumValue as $crate::Member>::find(held)
                    .map($crate::private::TransparentWrapper::wrap_ref)
            }

            fn hold(self) -> $crate::private::Holds {
                $crate::Member::hold(self.value)
            }
        }

        impl<S: $crate::Enumeration> $crate::private::serde::Serialize for Enum<S> {
            fn serialize<Z: $crate::private::serde::Serializer>(
                &self,
                serializer: Z,
            ) -> ::core::result::Result<Z::Ok, Z::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de, S: $crate::Enumeration> $crate::private::serde::Deserialize<'de> for Enum<S> {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::EnumValue::deserialize(S::TABLE, deserializer).map(Self::of)
            }
        }

        /// A set of the members of an enumeration whose values can be joined.
        ///
        /// Made of members with `|`, or collected from them; on the wire a comma list.
        #[repr(transparent)]
        #[derive($crate::private::bytemuck::TransparentWrapper)]
        #[bytemuck(crate = "::msgraph_core::private::bytemuck")]
        #[transparent($crate::FlagsValue)]
        pub struct Flags<S> {
            value: $crate::FlagsValue,
            schema: ::core::marker::PhantomData<fn() -> S>,
        }

        impl<S> Flags<S> {
            /// The empty set.
            pub const fn new() -> Self {
                Self { value: $crate::FlagsValue::new(), schema: ::core::marker::PhantomData }
            }

            fn of(value: $crate::FlagsValue) -> Self {
                Self { value, schema: ::core::marker::PhantomData }
            }

            /// The values of the set, each by itself: those that are known in the order of the schema.
            pub fn iter(&self) -> ::core::slice::Iter<'_, Enum<S>> {
                let values: &[Enum<S>] =
                    $crate::private::TransparentWrapper::wrap_slice(self.value.values());
                values.iter()
            }

            /// Whether the set is empty.
            pub fn is_empty(&self) -> bool {
                self.value.values().is_empty()
            }

            /// Adds a value.
            pub fn insert(&mut self, value: Enum<S>) {
                self.value.insert(value.value);
            }

            /// Takes a value away, if it is in the set by itself; tells whether it was.
            pub fn remove(&mut self, value: &Enum<S>) -> bool {
                self.value.remove(&value.value)
            }
        }

        impl<S: $crate::Enumeration> Flags<S> {
            /// The set that a comma list names.
            pub fn from_text(text: &str) -> Self {
                Self::of($crate::FlagsValue::from_text(text, S::TABLE))
            }

            /// Whether the set has this value: by itself, or because all of its bits are there.
            pub fn contains(&self, value: &Enum<S>) -> bool {
                self.value.contains(&value.value, S::TABLE)
            }

            /// The bits of all values that are known, joined.
            pub fn bits(&self) -> i64 {
                self.value.bits(S::TABLE)
            }
        }

        impl<S> ::core::default::Default for Flags<S> {
            fn default() -> Self {
                Self::new()
            }
        }

        impl<S> ::core::clone::Clone for Flags<S> {
            fn clone(&self) -> Self {
                Self::of(self.value.clone())
            }
        }

        impl<S> ::core::cmp::PartialEq for Flags<S> {
            fn eq(&self, other: &Self) -> bool {
                self.value == other.value
            }
        }

        impl<S> ::core::cmp::Eq for Flags<S> {}

        impl<S> ::core::hash::Hash for Flags<S> {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(&self.value, state);
            }
        }

        impl<S: $crate::Enumeration> ::core::fmt::Debug for Flags<S> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_set().entries(self).finish()
            }
        }

        /// The comma list on the wire.
        impl<S: $crate::Enumeration> ::core::fmt::Display for Flags<S> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(&self.value.to_text(S::TABLE))
            }
        }

        impl<S: $crate::Enumeration> ::core::str::FromStr for Flags<S> {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(Self::from_text(text))
            }
        }

        impl<S> ::core::convert::From<Enum<S>> for Flags<S> {
            fn from(value: Enum<S>) -> Self {
                let mut flags = Self::new();
                flags.insert(value);
                flags
            }
        }

        impl<S> ::core::iter::FromIterator<Enum<S>> for Flags<S> {
            fn from_iter<I: ::core::iter::IntoIterator<Item = Enum<S>>>(values: I) -> Self {
                Self::of(values.into_iter().map(|value| value.value).collect())
            }
        }

        impl<'a, S> ::core::iter::IntoIterator for &'a Flags<S> {
            type Item = &'a Enum<S>;
            type IntoIter = ::core::slice::Iter<'a, Enum<S>>;

            fn into_iter(self) -> Self::IntoIter {
                self.iter()
            }
        }

        impl<S> ::core::ops::BitOr for Enum<S> {
            type Output = Flags<S>;

            fn bitor(self, other: Self) -> Flags<S> {
                Flags::from(self) | other
            }
        }

        impl<S> ::core::ops::BitOr<Enum<S>> for Flags<S> {
            type Output = Self;

            fn bitor(mut self, value: Enum<S>) -> Self {
                self.insert(value);
                self
            }
        }

        impl<S> ::core::ops::BitOr for Flags<S> {
            type Output = Self;

            fn bitor(mut self, other: Self) -> Self {
                self |= other;
                self
            }
        }

        impl<S> ::core::ops::BitOrAssign for Flags<S> {
            fn bitor_assign(&mut self, other: Self) {
                for value in &other {
                    self.insert(::core::clone::Clone::clone(value));
                }
            }
        }

        impl<S> ::core::ops::BitOrAssign<Enum<S>> for Flags<S> {
            fn bitor_assign(&mut self, value: Enum<S>) {
                self.insert(value);
            }
        }

        impl<S: $crate::Enumeration> $crate::Member for Flags<S> {
            type Ref<'a> = &'a Self;

            #[inline]
            fn find(held: $crate::private::Held<'_>) -> ::core::option::Option<&Self> {
                <$crate::FlagsValue as $crate::Member>::find(held)
                    .map($crate::private::TransparentWrapper::wrap_ref)
            }

            fn hold(self) -> $crate::private::Holds {
                $crate::Member::hold(self.value)
            }
        }

        impl<S: $crate::Enumeration> $crate::private::serde::Serialize for Flags<S> {
            fn serialize<Z: $crate::private::serde::Serializer>(
                &self,
                serializer: Z,
            ) -> ::core::result::Result<Z::Ok, Z::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de, S: $crate::Enumeration> $crate::private::serde::Deserialize<'de> for Flags<S> {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::FlagsValue::deserialize(S::TABLE, deserializer).map(Self::of)
            }
        }
    };
}
