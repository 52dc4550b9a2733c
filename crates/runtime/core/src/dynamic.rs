//! Members by name: what code without types, such as a filter of a request, asks a table and an object.
//!
//! A name goes in, as it is on the wire; what the table says of it comes out ([`Property`]), or what the object holds
//! ([`Dynamic`]). A value that was kept as text, since it was not written in canonical form, comes out as what it
//! means. Undeclared members come out as the JSON that they are.

use crate::edm::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
use crate::table::{Declared, Kind};
use crate::value::Value;
use crate::{EnumTable, EnumValue, FlagsValue, Json, Object, Table};
use std::borrow::Cow;
use std::str::FromStr;

/// What a table says of one member.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Property {
    /// The name on the wire.
    pub name: &'static str,
    /// The place in objects of the type.
    pub slot: u16,
    /// Whether there are many values.
    pub is_collection: bool,
    /// Whether null is allowed; in a collection, as an item.
    pub is_nullable: bool,
    /// What one value is.
    pub sort: Sort,
}

/// What one value of a member is.
#[derive(Clone, Copy, Debug)]
pub enum Sort {
    /// `Edm.String`.
    Text,
    /// `Edm.Boolean`.
    Boolean,
    /// A number of any of its types.
    Number,
    /// `Edm.Binary`.
    Binary,
    /// `Edm.Date`.
    Date,
    /// `Edm.DateTimeOffset`.
    DateTimeOffset,
    /// `Edm.TimeOfDay`.
    TimeOfDay,
    /// `Edm.Duration`.
    Duration,
    /// `Edm.Guid`.
    Guid,
    /// One member of an enumeration, or a set of them.
    Enum(&'static EnumTable),
    /// An object.
    Object(&'static Table),
    /// Any JSON, or what has no values to compare.
    Any,
}

/// What an object holds for one member.
#[derive(Clone, Debug)]
pub enum Dynamic<'a> {
    /// Nothing: null, or absent.
    Null,
    /// `Edm.Boolean`.
    Boolean(bool),
    /// An integer of any size.
    Integer(i64),
    /// A floating point number.
    Double(f64),
    /// A number that keeps its digits.
    Decimal(Decimal),
    /// A text.
    Text(Cow<'a, str>),
    /// Bytes.
    Binary(Binary),
    /// A day.
    Date(Date),
    /// A point in time.
    DateTimeOffset(DateTimeOffset),
    /// A time of a day.
    TimeOfDay(TimeOfDay),
    /// A length of time.
    Duration(Duration),
    /// A GUID.
    Guid(Guid),
    /// A member of an enumeration.
    Enum(Cow<'a, EnumValue>, &'static EnumTable),
    /// A set of members of an enumeration.
    Flags(Cow<'a, FlagsValue>, &'static EnumTable),
    /// An object.
    Object(&'a Object),
    /// A collection.
    Items(Vec<Dynamic<'a>>),
    /// JSON that no table describes, and that is an object.
    Json(Cow<'a, Json>),
}

impl Table {
    /// What the type, or one that it derives from, says of the member `name`.
    pub fn property(&'static self, name: &str) -> Option<Property> {
        self.declared(name).map(property)
    }

    /// What the type says of its members, inherited ones first.
    pub fn properties(&'static self) -> impl Iterator<Item = Property> {
        let slots = 0..u16::try_from(self.len()).unwrap_or(u16::MAX);
        slots.filter_map(|slot| self.declared_at(slot)).map(property)
    }
}

fn property(declared: Declared) -> Property {
    let sort = match declared.kind {
        Kind::String => Sort::Text,
        Kind::Boolean => Sort::Boolean,
        Kind::Integer(_) | Kind::Int64 | Kind::Single | Kind::Double | Kind::Decimal => {
            Sort::Number
        }
        Kind::Binary => Sort::Binary,
        Kind::Date => Sort::Date,
        Kind::DateTimeOffset => Sort::DateTimeOffset,
        Kind::TimeOfDay => Sort::TimeOfDay,
        Kind::Duration => Sort::Duration,
        Kind::Guid => Sort::Guid,
        Kind::Object => declared.table().map_or(Sort::Any, Sort::Object),
        Kind::Enum | Kind::Flags => declared.enumeration().map_or(Sort::Any, Sort::Enum),
        Kind::Stream | Kind::Any => Sort::Any,
    };
    let Declared { name, slot, is_collection, is_nullable, .. } = declared;
    Property { name, slot, is_collection, is_nullable, sort }
}

impl Object {
    /// What the object holds under a name: a declared member, or one that the type does not declare.
    ///
    /// An object of a derived type answers for the members of that type too.
    pub fn look_up(&self, name: &str) -> Dynamic<'_> {
        match self.table().declared(name) {
            Some(declared) => {
                self.value(declared.slot).map_or(Dynamic::Null, |value| of_value(value, &declared))
            }
            None => self.unknown(name).map_or(Dynamic::Null, |json| of_json(Cow::Borrowed(json))),
        }
    }
}

impl<'a> Dynamic<'a> {
    /// The member of an object, or of JSON that is one; null where there is none.
    pub fn look_up(&self, name: &str) -> Dynamic<'a> {
        match self {
            Self::Object(object) => object.look_up(name),
            Self::Json(json) => {
                let found = json.members().and_then(|mut members| members.remove(name));
                found.map_or(Dynamic::Null, |json| of_json(Cow::Owned(json)))
            }
            _ => Dynamic::Null,
        }
    }

    /// Whether there is nothing.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// The items of a collection that are objects; what stands for one that is null is null.
fn of_object(object: &Object) -> Dynamic<'_> {
    match object.stands_for() {
        Some(_) => Dynamic::Null,
        None => Dynamic::Object(object),
    }
}

fn of_value<'a>(value: &'a Value, declared: &Declared) -> Dynamic<'a> {
    match value {
        Value::Null(_) => Dynamic::Null,
        Value::Boolean(_, value) => Dynamic::Boolean(*value),
        Value::Integer(_, value) => Dynamic::Integer(*value),
        Value::Double(_, value) => Dynamic::Double(*value),
        Value::Short(_, text) => of_text(text.as_str(), declared.kind),
        Value::Long(_, text) => of_text(text, declared.kind),
        Value::Number(_, text) => parsed(text, Dynamic::Decimal),
        Value::Date(_, value) => Dynamic::Date(*value),
        Value::DateTimeOffset(_, value) => Dynamic::DateTimeOffset(*value),
        Value::TimeOfDay(_, value) => Dynamic::TimeOfDay(*value),
        Value::Duration(_, value) => Dynamic::Duration(*value),
        Value::Guid(_, value) => Dynamic::Guid(*value),
        Value::Enum(_, value) => {
            let of = |table| Dynamic::Enum(Cow::Borrowed(value), table);
            declared.enumeration().map_or(Dynamic::Null, of)
        }
        Value::Flags(_, value) => {
            let of = |table| Dynamic::Flags(Cow::Borrowed(&**value), table);
            declared.enumeration().map_or(Dynamic::Null, of)
        }
        Value::Json(_, json) | Value::Mistyped(_, json) => of_json(Cow::Borrowed(json)),
        Value::Object(_, object) => of_object(object),
        Value::Objects(_, objects) => Dynamic::Items(objects.iter().map(of_object).collect()),
        Value::List(_, items) => {
            Dynamic::Items(items.iter().map(|item| of_value(item, declared)).collect())
        }
    }
}

/// A text, or a value that is kept as one.
fn of_text(text: &str, kind: Kind) -> Dynamic<'_> {
    match kind {
        Kind::Integer(_) | Kind::Int64 => parsed(text, Dynamic::Integer),
        Kind::Single | Kind::Double => match text {
            "INF" => Dynamic::Double(f64::INFINITY),
            "-INF" => Dynamic::Double(f64::NEG_INFINITY),
            _ => parsed(text, Dynamic::Double),
        },
        Kind::Decimal => parsed(text, Dynamic::Decimal),
        Kind::Binary => parsed(text, Dynamic::Binary),
        Kind::Date => parsed(text, Dynamic::Date),
        Kind::DateTimeOffset => parsed(text, Dynamic::DateTimeOffset),
        Kind::TimeOfDay => parsed(text, Dynamic::TimeOfDay),
        Kind::Duration => parsed(text, Dynamic::Duration),
        Kind::Guid => parsed(text, Dynamic::Guid),
        _ => Dynamic::Text(Cow::Borrowed(text)),
    }
}

fn parsed<'a, T: FromStr>(text: &'a str, of: impl FnOnce(T) -> Dynamic<'a>) -> Dynamic<'a> {
    text.parse().map_or(Dynamic::Text(Cow::Borrowed(text)), of)
}

fn of_json(json: Cow<'_, Json>) -> Dynamic<'_> {
    match json.as_text().bytes().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'n') | None => Dynamic::Null,
        Some(b't') => Dynamic::Boolean(true),
        Some(b'f') => Dynamic::Boolean(false),
        Some(b'"') => match json {
            Cow::Borrowed(json) => json.as_str().map_or(Dynamic::Null, Dynamic::Text),
            Cow::Owned(json) => json
                .as_str()
                .map_or(Dynamic::Null, |text| Dynamic::Text(Cow::Owned(text.into_owned()))),
        },
        Some(b'[') => {
            let items = json.items().unwrap_or_default();
            Dynamic::Items(items.into_iter().map(|item| of_json(Cow::Owned(item))).collect())
        }
        Some(b'{') => Dynamic::Json(json),
        Some(_) => match json.as_i64() {
            Some(integer) => Dynamic::Integer(integer),
            None => json.as_text().trim().parse().map_or(Dynamic::Null, Dynamic::Decimal),
        },
    }
}
