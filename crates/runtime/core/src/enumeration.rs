//! Values of enumerations: open, so that a member which this version does not know keeps its text.
//!
//! A value is a member's place in the table of its enumeration, or what stood on the wire instead. Flags are
//! sets of such values. Neither knows its table: the typed `Enum<S>` and `Flags<S>` of a generated crate, and
//! the engine, bring it along.

use crate::EnumTable;
use serde_core::de::{self, Deserializer};
use std::fmt;

/// A value of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumValue(Repr);

// Derived equality, as patterns need it: `Some(&BodyType::Html)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Repr {
    Member(u16),
    Text(Box<str>),
}

impl EnumValue {
    /// The member at this place of the table.
    pub const fn member(index: u16) -> Self {
        Self(Repr::Member(index))
    }

    /// The member of this name, in any case; else the text itself.
    pub fn from_text(text: &str, table: &EnumTable) -> Self {
        Self::exactly(text, table)
            .or_else(|| table.member_in_any_case(text).map(Self::member))
            .unwrap_or_else(|| Self(Repr::Text(text.into())))
    }

    /// The member of exactly this name.
    pub(crate) fn exactly(text: &str, table: &EnumTable) -> Option<Self> {
        table.member(text).map(Self::member)
    }

    /// The member with this value; else its digits, which is how OData writes a value without a member.
    pub fn from_number(value: i64, table: &EnumTable) -> Self {
        match table.member_of_value(value) {
            Some(index) => Self::member(index),
            None => Self(Repr::Text(value.to_string().into())),
        }
    }

    /// The place of the member; `None` where the value is none of them.
    pub fn index(&self) -> Option<u16> {
        match self.0 {
            Repr::Member(index) => Some(index),
            Repr::Text(_) => None,
        }
    }

    /// The text on the wire.
    pub fn as_str<'a>(&'a self, table: &EnumTable) -> &'a str {
        match &self.0 {
            Repr::Member(index) => table.name_of(*index).unwrap_or_default(),
            Repr::Text(text) => text,
        }
    }

    /// The number that the value stands for, as far as it is known.
    pub fn value(&self, table: &EnumTable) -> Option<i64> {
        match &self.0 {
            Repr::Member(index) => table.value_of(*index),
            Repr::Text(text) => text.parse().ok(),
        }
    }
}

/// A set of values of an enumeration with flags, in the order of the table; unknown ones come last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FlagsValue(Vec<EnumValue>);

impl FlagsValue {
    /// The empty set.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The set that a comma list names.
    pub fn from_text(text: &str, table: &EnumTable) -> Self {
        text.split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| EnumValue::from_text(name, table))
            .collect()
    }

    /// The values of the set.
    pub fn values(&self) -> &[EnumValue] {
        &self.0
    }

    /// Whether the set has this value: by itself, or because its bits are among those of the members it has.
    pub fn contains(&self, value: &EnumValue, table: &EnumTable) -> bool {
        if self.0.binary_search(value).is_ok() {
            return true;
        }
        // A member without bits, such as `none`, is only there by itself.
        let bits = value.value(table).unwrap_or(0);
        bits != 0 && self.bits(table) & bits == bits
    }

    /// The bits of all values that are known, joined.
    pub fn bits(&self, table: &EnumTable) -> i64 {
        self.0.iter().filter_map(|value| value.value(table)).fold(0, |bits, value| bits | value)
    }

    /// Adds a value.
    pub fn insert(&mut self, value: EnumValue) {
        if let Err(place) = self.0.binary_search(&value) {
            self.0.insert(place, value);
        }
    }

    /// Takes a value away, if the set has it by itself; tells whether it did.
    pub fn remove(&mut self, value: &EnumValue) -> bool {
        match self.0.binary_search(value) {
            Ok(place) => {
                self.0.remove(place);
                true
            }
            Err(_) => false,
        }
    }

    /// The comma list on the wire.
    pub fn to_text(&self, table: &EnumTable) -> String {
        let names: Vec<_> = self.0.iter().map(|value| value.as_str(table)).collect();
        names.join(",")
    }
}

impl FromIterator<EnumValue> for FlagsValue {
    fn from_iter<I: IntoIterator<Item = EnumValue>>(values: I) -> Self {
        // Sorted once, since inserting each at its place would be quadratic.
        let mut values: Vec<_> = values.into_iter().collect();
        values.sort_unstable();
        values.dedup();
        Self(values)
    }
}

impl EnumValue {
    /// Reads a value of the enumeration `table` with any deserializer: a name, or a number.
    ///
    /// # Errors
    /// Where there is neither.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        table: &'static EnumTable,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrNumber {
            table,
            of_text: Self::from_text,
            of_number: Self::from_number,
        })
    }
}

impl FlagsValue {
    /// Reads a set of values of the enumeration `table` with any deserializer: a comma list, or a number.
    ///
    /// # Errors
    /// Where there is neither.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        table: &'static EnumTable,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrNumber {
            table,
            of_text: Self::from_text,
            of_number: |number, table| Self::from_iter([EnumValue::from_number(number, table)]),
        })
    }
}

struct TextOrNumber<V> {
    table: &'static EnumTable,
    of_text: fn(&str, &EnumTable) -> V,
    of_number: fn(i64, &EnumTable) -> V,
}

impl<V> de::Visitor<'_> for TextOrNumber<V> {
    type Value = V;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member of an enumeration")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<V, E> {
        Ok((self.of_text)(text, self.table))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<V, E> {
        Ok((self.of_number)(value, self.table))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<V, E> {
        let value = i64::try_from(value).map_err(E::custom)?;
        Ok((self.of_number)(value, self.table))
    }
}
