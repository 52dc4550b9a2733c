//! Reading values that are no objects: the kind of the member says what may stand there.
//!
//! Comes in: a scanner before a value that is not null. Goes out: the value, or what stands there instead, kept
//! as it was. Leniencies of the format itself (an Int64 as text, either alphabet of base64) hold in both modes.

use super::ReadMode;
use super::error::{ReadError, ReadErrorKind};
use super::json_path::Path;
use super::object::Reader;
use crate::edm::{Binary, Date, DateTimeOffset, Duration, Guid, Text, TimeOfDay};
use crate::scan::{Found, is_number};
use crate::table::{Declared, Kind};
use crate::value::{NO_SLOT, Value};
use crate::{EnumTable, EnumValue, FlagsValue, Json};

/// A value that could not be read: what its type is called, and whether it is of the right kind.
enum Misfit {
    Mistyped(&'static str),
    Invalid(&'static str),
}

type Read = Result<Value, Misfit>;

impl Reader<'_> {
    pub(super) fn scalar(
        &mut self,
        declared: &Declared,
        path: &Path<'_>,
    ) -> Result<Value, ReadError> {
        let start = self.scanner.at();
        let found = self.ok(self.scanner.found(), path)?;
        let read = match (found, declared.kind) {
            (_, Kind::Any) => {
                let text = self.scanner.skip();
                Ok(Value::Json(NO_SLOT, Json::trusted(self.ok(text, path)?)))
            }
            (Found::String, kind) => {
                let text = self.scanner.string();
                let text = self.ok(text, path)?;
                let read = self.text(kind, &text, declared.enumeration(), path);
                self.scanner.reuse(text);
                read
            }
            (Found::Number, kind) => {
                let number = self.scanner.number();
                let number = self.ok(number, path)?;
                if matches!(kind, Kind::Enum | Kind::Flags) && number.is_integer {
                    self.forgive_spelling(path);
                }
                from_number(kind, number.text, number.is_integer, declared.enumeration())
            }
            (Found::Boolean, Kind::Boolean) => {
                let value = self.scanner.boolean();
                Ok(Value::Boolean(NO_SLOT, self.ok(value, path)?))
            }
            // A stream whose media type is that of JSON stands there as JSON.
            (_, Kind::Stream) => {
                let text = self.scanner.skip();
                Ok(Value::Json(NO_SLOT, Json::trusted(self.ok(text, path)?)))
            }
            (_, kind) => Err(Misfit::Mistyped(expected(kind))),
        };
        read.or_else(|misfit| {
            let kind = match misfit {
                Misfit::Mistyped(expected) => {
                    ReadErrorKind::Mistyped { expected, found: found.name() }
                }
                Misfit::Invalid(expected) => ReadErrorKind::Invalid { expected },
            };
            self.scanner.go_to(start);
            self.misfit(kind, path)
        })
    }

    /// Counts a leniency that holds in both modes: what is meant is certain.
    fn forgive_spelling(&mut self, path: &Path<'_>) {
        if self.mode == ReadMode::Lenient {
            self.forgive(path, ReadErrorKind::Spelling);
        }
    }

    fn text(
        &mut self,
        kind: Kind,
        text: &str,
        table: Option<&'static EnumTable>,
        path: &Path<'_>,
    ) -> Read {
        match kind {
            Kind::String | Kind::Stream => Ok(Value::text(text)),
            Kind::DateTimeOffset => {
                inline::<DateTimeOffset>(text, "Edm.DateTimeOffset", Value::DateTimeOffset)
            }
            Kind::Date => inline::<Date>(text, "Edm.Date", Value::Date),
            Kind::TimeOfDay => inline::<TimeOfDay>(text, "Edm.TimeOfDay", Value::TimeOfDay),
            Kind::Duration => inline::<Duration>(text, "Edm.Duration", Value::Duration),
            Kind::Guid => inline::<Guid>(text, "Edm.Guid", Value::Guid),
            Kind::Binary if Binary::is_valid(text) => Ok(Value::text(text)),
            Kind::Binary => Err(Misfit::Invalid("Edm.Binary")),
            // As with `IEEE754Compatible=true`.
            Kind::Int64 if is_number(text) && text.parse::<i64>().is_ok() => Ok(Value::text(text)),
            Kind::Decimal if is_number(text) => Ok(Value::text(text)),
            Kind::Single | Kind::Double => match text {
                "INF" => Ok(Value::Double(NO_SLOT, f64::INFINITY)),
                "-INF" => Ok(Value::Double(NO_SLOT, f64::NEG_INFINITY)),
                "NaN" => Ok(Value::Double(NO_SLOT, f64::NAN)),
                _ => Err(Misfit::Mistyped(expected(kind))),
            },
            Kind::Enum => {
                let table = table.ok_or(Misfit::Invalid("an enumeration"))?;
                if let Some(value) = EnumValue::exactly(text, table) {
                    return Ok(Value::Enum(NO_SLOT, value));
                }
                let value = EnumValue::from_text(text, table);
                if value.index().is_some() {
                    self.forgive_spelling(path);
                }
                Ok(Value::Enum(NO_SLOT, value))
            }
            Kind::Flags => {
                let table = table.ok_or(Misfit::Invalid("an enumeration"))?;
                Ok(Value::Flags(NO_SLOT, Box::new(FlagsValue::from_text(text, table))))
            }
            _ => Err(Misfit::Mistyped(expected(kind))),
        }
    }
}

fn from_number(
    kind: Kind,
    text: &str,
    is_integer: bool,
    table: Option<&'static EnumTable>,
) -> Read {
    let integer = || {
        if is_integer { text.parse::<i64>().ok() } else { None }
    };
    match kind {
        Kind::Integer(kind) if is_integer => integer()
            .filter(|value| kind.contains(*value))
            .map(|value| Value::Integer(NO_SLOT, value))
            .ok_or(Misfit::Invalid(kind.name())),
        Kind::Int64 if is_integer => integer()
            .map(|value| Value::Integer(NO_SLOT, value))
            .ok_or(Misfit::Invalid("Edm.Int64")),
        Kind::Decimal => Ok(Value::Number(NO_SLOT, text.into())),
        Kind::Double | Kind::Single => double(kind, text, integer()),
        Kind::Enum | Kind::Flags if is_integer => {
            let value = integer().ok_or(Misfit::Invalid("an enumeration"))?;
            let table = table.ok_or(Misfit::Invalid("an enumeration"))?;
            let value = EnumValue::from_number(value, table);
            Ok(match kind {
                Kind::Enum => Value::Enum(NO_SLOT, value),
                _ => Value::Flags(NO_SLOT, Box::new(FlagsValue::from_iter([value]))),
            })
        }
        kind => Err(Misfit::Mistyped(expected(kind))),
    }
}

/// A floating point number. An integer stays one, so that it is written without a fraction again.
fn double(kind: Kind, text: &str, integer: Option<i64>) -> Read {
    // There is no integer that is less than zero and zero.
    if let Some(integer) = integer.filter(|_| text != "-0") {
        return Ok(Value::Integer(NO_SLOT, integer));
    }
    let name = if kind == Kind::Single { "Edm.Single" } else { "Edm.Double" };
    let largest = if kind == Kind::Single { f64::from(f32::MAX) } else { f64::MAX };
    match text.parse::<f64>() {
        Ok(value) if value.abs() > largest => Err(Misfit::Invalid(name)),
        Ok(value) if crate::write::is_written_as(value, text) => Ok(Value::Double(NO_SLOT, value)),
        // An integer too long for its type, or `1.50`: keeps its digits.
        Ok(_) => Ok(Value::Number(NO_SLOT, text.into())),
        Err(_) => Err(Misfit::Invalid(name)),
    }
}

/// A value that stands in itself where its text is canonical, and else stays the text.
fn inline<T: Text>(text: &str, name: &'static str, of: impl FnOnce(u16, T) -> Value) -> Read {
    match text.parse::<T>() {
        Ok(value) if value.is_canonical(text) => Ok(of(NO_SLOT, value)),
        Ok(_) => Ok(Value::text(text)),
        Err(_) => Err(Misfit::Invalid(name)),
    }
}

/// What a kind takes, in words.
const fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::String | Kind::Stream => "a string",
        Kind::Boolean => "a boolean",
        Kind::Integer(kind) => kind.name(),
        Kind::Int64 => "Edm.Int64",
        Kind::Single => "Edm.Single",
        Kind::Double => "Edm.Double",
        Kind::Decimal => "Edm.Decimal",
        Kind::Binary => "a string (Edm.Binary)",
        Kind::Date => "a string (Edm.Date)",
        Kind::DateTimeOffset => "a string (Edm.DateTimeOffset)",
        Kind::TimeOfDay => "a string (Edm.TimeOfDay)",
        Kind::Duration => "a string (Edm.Duration)",
        Kind::Guid => "a string (Edm.Guid)",
        Kind::Enum | Kind::Flags => "a member of an enumeration",
        Kind::Any => "any value",
        Kind::Object => "an object",
    }
}
