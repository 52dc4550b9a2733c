//! Debug printing: like a struct, with the members that are present and no others.

use crate::value::Value;
use crate::{EnumTable, Object};
use std::fmt;

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(json) = self.stands_for() {
            return json.fmt(f);
        }
        let mut object = f.debug_struct(self.table().short_name());
        for (name, json) in self.control_information() {
            object.field(name, json);
        }
        for value in self.members() {
            let name = self.table().member_name(value.slot()).unwrap_or("?");
            let table = self.table().enumeration_at(value.slot());
            object.field(name, &Shown { value, table });
        }
        for (name, json) in self.unknown_members() {
            object.field(name, json);
        }
        object.finish()
    }
}

/// The object as JSON.
impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}

/// A value, and the enumeration that it is of.
pub(crate) struct Shown<'a> {
    pub(crate) value: &'a Value,
    pub(crate) table: Option<&'static EnumTable>,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.value, self.table) {
            (Value::Null(_), _) => f.write_str("null"),
            (Value::Boolean(_, value), _) => value.fmt(f),
            (Value::Integer(_, value), _) => value.fmt(f),
            (Value::Double(_, value), _) => value.fmt(f),
            (Value::Short(_, text), _) => text.as_str().fmt(f),
            (Value::Long(_, text), _) => text.fmt(f),
            (Value::Number(_, text), _) => f.write_str(text),
            (Value::Date(_, value), _) => value.fmt(f),
            (Value::DateTimeOffset(_, value), _) => value.fmt(f),
            (Value::TimeOfDay(_, value), _) => value.fmt(f),
            (Value::Duration(_, value), _) => value.fmt(f),
            (Value::Guid(_, value), _) => value.fmt(f),
            (Value::Enum(_, value), Some(table)) => f.write_str(value.as_str(table)),
            (Value::Flags(_, value), Some(table)) => f.write_str(&value.to_text(table)),
            (Value::Enum(_, value), None) => value.fmt(f),
            (Value::Flags(_, value), None) => value.fmt(f),
            (Value::Json(_, json) | Value::Mistyped(_, json), _) => json.fmt(f),
            (Value::Object(_, object), _) => object.fmt(f),
            (Value::Objects(_, objects), _) => objects.fmt(f),
            (Value::List(_, items), table) => {
                f.debug_list().entries(items.iter().map(|value| Shown { value, table })).finish()
            }
        }
    }
}
