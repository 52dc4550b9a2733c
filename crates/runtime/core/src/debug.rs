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
        for (slot, value) in self.members() {
            let declared = self.table().declared_at(*slot);
            let name = declared.map_or("?", |declared| declared.name);
            let table = declared.and_then(|declared| declared.enumeration());
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

struct Shown<'a> {
    value: &'a Value,
    table: Option<&'static EnumTable>,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.value, self.table) {
            (Value::Null, _) => f.write_str("null"),
            (Value::Boolean(value), _) => value.fmt(f),
            (Value::Integer(value), _) => value.fmt(f),
            (Value::Double(value), _) => value.fmt(f),
            (Value::Text(text), _) => text.fmt(f),
            (Value::Number(text), _) => f.write_str(text),
            (Value::Date(value), _) => value.fmt(f),
            (Value::DateTimeOffset(value), _) => value.fmt(f),
            (Value::TimeOfDay(value), _) => value.fmt(f),
            (Value::Duration(value), _) => value.fmt(f),
            (Value::Guid(value), _) => value.fmt(f),
            (Value::Enum(value), Some(table)) => f.write_str(value.as_str(table)),
            (Value::Flags(value), Some(table)) => f.write_str(&value.to_text(table)),
            (Value::Enum(value), None) => value.fmt(f),
            (Value::Flags(value), None) => value.fmt(f),
            (Value::Json(json) | Value::Mistyped(json), _) => json.fmt(f),
            (Value::Object(object), _) => object.fmt(f),
            (Value::Objects(objects), _) => objects.fmt(f),
            (Value::List(items), table) => {
                f.debug_list().entries(items.iter().map(|value| Shown { value, table })).finish()
            }
        }
    }
}
