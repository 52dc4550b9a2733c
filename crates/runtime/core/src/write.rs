//! Writing: an object as JSON, without loss of what was read.
//!
//! `@odata.type` comes first where the object is of another type than its place declares, then control
//! information, then the members in the order of the table, then undeclared members.

use crate::control::TYPE;
use crate::scan::plain_length;
use crate::value::Value;
use crate::{EnumTable, Object, Table};
use std::io::Write as _;

impl Object {
    /// The object as JSON.
    pub fn to_json(&self) -> String {
        let mut out = Vec::new();
        self.write_json(self.table(), &mut out);
        // Only UTF-8 is ever appended.
        String::from_utf8(out).unwrap_or_default()
    }

    /// Appends the object as JSON, for a place that declares the type `declared`.
    pub fn write_json(&self, declared: &'static Table, out: &mut Vec<u8>) {
        let more = self.more();
        if let Some(instead) = more.and_then(|more| more.instead.as_ref()) {
            out.extend_from_slice(instead.as_text().as_bytes());
            return;
        }
        out.push(b'{');
        let start = out.len();
        let given = more.is_some_and(|more| more.control(TYPE).is_some());
        if !given && !self.table().is_same(declared) {
            key(TYPE, start, out);
            out.extend_from_slice(b"\"#");
            out.extend_from_slice(self.table().name.as_bytes());
            out.push(b'"');
        }
        for (name, json) in more.into_iter().flat_map(|more| &more.control) {
            key(name, start, out);
            out.extend_from_slice(json.as_text().as_bytes());
        }
        for value in self.members() {
            let Some(name) = self.table().member_name(value.slot()) else {
                continue;
            };
            key(name, start, out);
            self.write_value(value, out);
        }
        for (name, json) in more.into_iter().flat_map(|more| &more.unknown) {
            key(name, start, out);
            out.extend_from_slice(json.as_text().as_bytes());
        }
        out.push(b'}');
    }

    /// Appends the value of the first member alone; null where there is none.
    pub(crate) fn write_alone(&self, _: &'static Table, out: &mut Vec<u8>) {
        match self.value(0) {
            Some(value) => self.write_value(value, out),
            None => out.extend_from_slice(b"null"),
        }
    }

    pub(crate) fn write_value(&self, value: &Value, out: &mut Vec<u8>) {
        let slot = value.slot();
        match value {
            Value::Object(_, object) => {
                let table = self.table().table_at(slot);
                object.write_json(table.unwrap_or(object.table()), out);
            }
            Value::Objects(_, objects) => {
                let table = self.table().table_at(slot);
                array(objects, out, |object, out| {
                    object.write_json(table.unwrap_or(object.table()), out);
                });
            }
            Value::List(_, items) => {
                let table = match items.first() {
                    Some(Value::Short(..) | Value::Long(..)) | None => None,
                    Some(_) => self.table().enumeration_at(slot),
                };
                array(items, out, |item, out| scalar(item, || table, out));
            }
            value => scalar(value, || self.table().enumeration_at(slot), out),
        }
    }
}

/// Appends a key, with the comma before it if it is not the first.
#[inline]
fn key(name: &str, start: usize, out: &mut Vec<u8>) {
    if out.len() > start {
        out.push(b',');
    }
    string(name, out);
    out.push(b':');
}

fn array<T>(items: &[T], out: &mut Vec<u8>, mut write: impl FnMut(&T, &mut Vec<u8>)) {
    out.push(b'[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(b']');
}

pub(crate) fn scalar(
    value: &Value,
    table: impl FnOnce() -> Option<&'static EnumTable>,
    out: &mut Vec<u8>,
) {
    match value {
        Value::Short(_, text) => string_of(text.as_bytes(), out),
        Value::Long(_, text) => string_of(text.as_bytes(), out),
        Value::Boolean(_, true) => out.extend_from_slice(b"true"),
        Value::Boolean(_, false) => out.extend_from_slice(b"false"),
        Value::Integer(_, value) => integer(*value, out),
        Value::Double(_, value) => double(*value, out),
        Value::Number(_, text) => out.extend_from_slice(text.as_bytes()),
        Value::Date(_, value) => quoted(value, out),
        Value::DateTimeOffset(_, value) => quoted(value, out),
        Value::TimeOfDay(_, value) => quoted(value, out),
        Value::Duration(_, value) => quoted(value, out),
        Value::Guid(_, value) => quoted(value, out),
        Value::Enum(_, value) => string(value.as_str(table().unwrap_or(&NO_MEMBERS)), out),
        Value::Flags(_, value) => string(&value.to_text(table().unwrap_or(&NO_MEMBERS)), out),
        Value::Json(_, json) | Value::Mistyped(_, json) => {
            out.extend_from_slice(json.as_text().as_bytes());
        }
        // Objects do not stand in lists of values.
        Value::Null(..) | Value::Object(..) | Value::Objects(..) | Value::List(..) => {
            out.extend_from_slice(b"null");
        }
    }
}

/// For a value of an enumeration in a slot that has none.
static NO_MEMBERS: EnumTable = EnumTable { name: "", members: &[], values: &[], is_flags: false };

/// Appends what is shown in plain characters, as a string.
fn quoted(value: &impl std::fmt::Display, out: &mut Vec<u8>) {
    out.push(b'"');
    // Writing to a vector does not fail.
    let _ = write!(out, "{value}");
    out.push(b'"');
}

fn integer(value: i64, out: &mut Vec<u8>) {
    // Writing a number to a vector does not fail.
    let _ = serde_json::to_writer(out, &value);
}

/// Appends a floating point number; what is not finite is a string in OData.
pub(crate) fn double(value: f64, out: &mut Vec<u8>) {
    if value.is_nan() {
        out.extend_from_slice(b"\"NaN\"");
    } else if value.is_infinite() {
        out.extend_from_slice(if value > 0.0 { b"\"INF\"" } else { b"\"-INF\"" });
    } else {
        // Writing a number to a vector does not fail.
        let _ = serde_json::to_writer(out, &value);
    }
}

/// Whether a floating point number is written as `text`.
pub(crate) fn is_written_as(value: f64, text: &str) -> bool {
    let mut out = Vec::with_capacity(32);
    double(value, &mut out);
    out == text.as_bytes()
}

/// Appends a string with its quotes.
pub(crate) fn string(text: &str, out: &mut Vec<u8>) {
    string_of(text.as_bytes(), out);
}

/// The same of the bytes of a text.
fn string_of(text: &[u8], out: &mut Vec<u8>) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    // Nearly all texts are one run that stands for itself.
    let (plain, special) = text.split_at_checked(plain_length(text)).unwrap_or((text, &[]));
    out.extend_from_slice(plain);
    if !special.is_empty() {
        escape(special, out);
    }
    out.push(b'"');
}

/// Appends what begins with a character that does not stand for itself.
#[cold]
fn escape(mut rest: &[u8], out: &mut Vec<u8>) {
    while let Some((byte, after)) = rest.split_first() {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            8 => out.extend_from_slice(b"\\b"),
            12 => out.extend_from_slice(b"\\f"),
            control => {
                let _ = write!(out, "\\u{control:04x}");
            }
        }
        let (plain, special) = after.split_at_checked(plain_length(after)).unwrap_or((after, &[]));
        out.extend_from_slice(plain);
        rest = special;
    }
}
