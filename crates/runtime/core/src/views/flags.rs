//! The part of [`views!`](crate::views!) that defines `Flags<S>`: a set of members of an enumeration.

/// Defines `Flags<S>`.
#[doc(hidden)]
#[macro_export]
macro_rules! __flags {
    () => {
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

        impl<S: $crate::Enumeration> $crate::literal::ToLiteral for Flags<S> {
            fn to_literal(&self) -> ::core::option::Option<::std::string::String> {
                ::core::option::Option::Some($crate::literal::quoted(&self.value.to_text(S::TABLE)))
            }
        }

        impl<S: $crate::Enumeration> $crate::literal::FromLiteral for Flags<S> {
            fn from_literal(text: &str) -> ::core::option::Option<Self> {
                $crate::literal::member_name(text).map(|names| Self::from_text(&names))
            }
        }

        impl<S: $crate::Enumeration> $crate::Member for Flags<S> {
            type Ref<'a> = &'a Self;
            const KINDS: [&'static [u8]; 2] = [b"f?", b"F?"];
            const TYPES: &'static [(u16, $crate::Type)] = &[(0, $crate::Type::Enum(S::TABLE))];

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
