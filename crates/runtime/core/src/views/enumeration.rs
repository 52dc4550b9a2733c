//! The part of [`views!`](crate::views!) that defines `Enum<S>`: one member of an open enumeration.

/// Defines `Enum<S>`.
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

        /// The member at this place of the table; for generated constants.
        pub(crate) const fn member<S>(index: u16) -> Enum<S> {
            Enum { value: $crate::EnumValue::member(index), schema: ::core::marker::PhantomData }
        }

        impl<S> Enum<S> {
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

        impl<S: $crate::Enumeration> $crate::literal::ToLiteral for Enum<S> {
            fn to_literal(&self) -> ::core::option::Option<::std::string::String> {
                ::core::option::Option::Some($crate::literal::quoted(self.as_str()))
            }
        }

        impl<S: $crate::Enumeration> $crate::literal::FromLiteral for Enum<S> {
            fn from_literal(text: &str) -> ::core::option::Option<Self> {
                $crate::literal::member_name(text).map(|name| Self::from_text(&name))
            }
        }

        impl<S: $crate::Enumeration> $crate::Member for Enum<S> {
            type Ref<'a> = &'a Self;
            const KINDS: [&'static [u8]; 2] = [b"e?", b"E?"];
            const TYPES: &'static [(u16, $crate::Type)] = &[(0, $crate::Type::Enum(S::TABLE))];

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
    };
}
