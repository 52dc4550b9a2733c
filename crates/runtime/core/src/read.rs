//! Reading: bytes in, an object and the leniencies used out; or an error that names the JSON path.
//!
//! A strict reader, such as a server, refuses what does not fit its type. A lenient one, such as a client, keeps
//! it as it was and tells of it. Neither refuses what it does not know: undeclared members, control information
//! and members of enumerations are kept, as OData asks.

mod error;
mod json_path;
mod object;
mod scalar;
mod seen;
mod shape;
mod undeclared;

pub use error::{Leniency, ReadError, ReadErrorKind};
pub use json_path::JsonPath;

use crate::scan::{Fault, Scanner};
use crate::table::Declared;
use crate::value::{NO_SLOT, Value};
use crate::{Json, Object, Table};
use json_path::Path;
use object::Reader;

/// What a reader does with a value that does not fit its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadMode {
    /// It is an error. So are null where the type does not allow it and a member that comes twice.
    Strict,
    /// It is kept as it was and counted; the typed getter does not find it. Of a member that comes twice, the
    /// last one counts.
    Lenient,
}

/// What was read, and the leniencies that it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Readout<T> {
    /// What was read.
    pub value: T,
    /// The leniencies used, in the order of the text; the first 1,000 of them.
    pub leniencies: Vec<Leniency>,
    /// The number of leniencies used, those included that are not listed.
    pub leniency_count: usize,
}

impl<T> Readout<T> {
    /// A value that took no leniency.
    pub const fn new(value: T) -> Self {
        Self { value, leniencies: Vec::new(), leniency_count: 0 }
    }

    /// The same readout of another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Readout<U> {
        Readout {
            value: change(self.value),
            leniencies: self.leniencies,
            leniency_count: self.leniency_count,
        }
    }
}

/// Reads the object that `bytes` hold.
pub(crate) fn read_root(
    bytes: &[u8],
    table: &'static Table,
    mode: ReadMode,
) -> Result<Readout<Object>, ReadError> {
    let text = as_text(bytes)?;
    let mut reader = Reader::new(text, mode);
    let value = reader.root(table)?;
    Ok(Readout {
        value,
        leniency_count: reader.leniencies.count,
        leniencies: reader.leniencies.first,
    })
}

/// Reads the value that `bytes` hold as the first member of an object of `table`: on the wire it stands alone.
pub(crate) fn read_alone(
    bytes: &[u8],
    table: &'static Table,
    mode: ReadMode,
) -> Result<Readout<Object>, ReadError> {
    let text = as_text(bytes)?;
    let mut reader = Reader::new(text, mode);
    let mut value = Object::new(table);
    if let Some(declared) = table.declared_at(0) {
        value.put(0, reader.alone(&declared)?);
    }
    Ok(Readout {
        value,
        leniency_count: reader.leniencies.count,
        leniencies: reader.leniencies.first,
    })
}

/// Reads a value by the type of a member, leniently.
pub(crate) fn read_value(json: &Json, declared: &Declared) -> Value {
    let mut reader = Reader::new(json.as_text(), ReadMode::Lenient);
    match reader.member(declared, &Path::ROOT) {
        Ok(value) => value,
        // The text was JSON before, so that only its depth can be wrong here.
        Err(_) => Value::Mistyped(NO_SLOT, json.clone()),
    }
}

/// The bytes as text, checked once so that slices of it need no check.
pub(crate) fn as_text(bytes: &[u8]) -> Result<&str, ReadError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (good, _) = bytes.split_at_checked(error.valid_up_to()).unwrap_or_default();
        let good = String::from_utf8_lossy(good);
        ReadError::at(&good, good.len(), JsonPath::root(), ReadErrorKind::Syntax("text in UTF-8"))
    })
}

/// The error for a text that is no JSON.
pub(crate) fn fault_error(text: &str, fault: Fault) -> ReadError {
    ReadError::of_fault(text, fault, JsonPath::root())
}

/// Steps to the first value of a text.
fn start(scanner: &mut Scanner<'_>) {
    scanner.skip_space();
}
