//! Parameters of an operation that stand beside its path and its body: in the query, in headers, in cookies.
//!
//! They are the members of one object of a generated type, so that they are typed, absent, null or repeated as members
//! are. What stands where, and how several values are told apart, is said by [`Parameter`]s, which are in the order of
//! the slots (OpenAPI 3.0.3, section 4.7.12).

use crate::read::read_root;
use crate::table::Kind;
use crate::value::Value;
use crate::write::scalar;
use crate::{Json, Model, Object, Operation, ReadError, ReadMode};

/// An operation with such parameters.
pub trait Parameterized: Operation {
    /// The object that holds them.
    type Parameters: Model;
    /// Where each stands, by its slot.
    const PARAMETERS: &'static [Parameter];
}

/// Where a parameter stands on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// How it is called.
    pub name: &'static str,
    /// Where it stands.
    pub location: ParameterLocation,
    /// What stands between several values; where it is `None`, each stands for itself under the name. A value that
    /// holds it is read as several: OpenAPI has no way to tell.
    pub separator: Option<char>,
    /// Whether a request must have it.
    pub is_required: bool,
}

impl Parameter {
    /// One in the query, that a request need not have, and of which each of several values stands for itself.
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Query)
    }

    /// One in a header, else as [`query`](Self::query).
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Header)
    }

    /// One in a cookie, else as [`query`](Self::query).
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Cookie)
    }

    const fn new(name: &'static str, location: ParameterLocation) -> Self {
        Self { name, location, separator: None, is_required: false }
    }

    /// With this between several values.
    pub const fn separated_by(self, separator: char) -> Self {
        Self { separator: Some(separator), ..self }
    }

    /// As one that a request must have.
    pub const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }
}

/// The place of a parameter in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterLocation {
    /// The query of the URL.
    Query,
    /// A header.
    Header,
    /// The header `Cookie`.
    Cookie,
}

/// The parameters that `of` has, each with its texts, not yet encoded: one, or as many as stand for themselves.
pub fn written<T: Model>(
    of: &T,
    parameters: &'static [Parameter],
) -> Vec<(&'static Parameter, Vec<String>)> {
    let object = T::peel_ref(of);
    let slots = parameters.iter().zip(0..);
    slots
        .filter_map(|(parameter, slot)| Some((parameter, texts(object, slot, parameter)?)))
        .collect()
}

/// The texts of one parameter; `None` where it is absent or null.
fn texts(object: &Object, slot: u16, parameter: &Parameter) -> Option<Vec<String>> {
    let table = object.table().enumeration_at(slot);
    let text = |value: &Value| {
        let mut out = Vec::new();
        scalar(value, || table, &mut out);
        let text = String::from_utf8(out).unwrap_or_default();
        match Json::from_slice(text.as_bytes()) {
            Ok(json) => json.as_str().map(|text| text.into_owned()).unwrap_or(text),
            Err(_) => text,
        }
    };
    let values: Vec<String> = match object.value(slot)? {
        Value::Null(_) => return None,
        Value::List(_, items) => items.iter().map(text).collect(),
        value => vec![text(value)],
    };
    match parameter.separator {
        None => Some(values),
        Some(separator) => Some(vec![values.join(separator.encode_utf8(&mut [0; 4]))]),
    }
}

/// The object of the parameters that a request has: `given` tells the texts of each, decoded.
///
/// # Errors
/// What is missing, or is no value of its type, with its name as the path.
pub fn read<T: Model>(
    parameters: &'static [Parameter],
    given: impl Fn(&Parameter) -> Vec<String>,
) -> Result<T, ReadError> {
    let mut text = Vec::from(b"{");
    for (parameter, slot) in parameters.iter().zip(0..) {
        let mut values = given(parameter);
        if values.is_empty() {
            continue;
        }
        let Some(declared) = T::TABLE.declared_at(slot) else { continue };
        if let Some(separator) = parameter.separator.filter(|_| declared.is_collection) {
            values =
                values.iter().flat_map(|text| text.split(separator)).map(str::to_owned).collect();
        }
        if text.len() > 1 {
            text.push(b',');
        }
        crate::write::string(declared.name, &mut text);
        text.push(b':');
        if declared.is_collection {
            text.push(b'[');
        }
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                text.push(b',');
            }
            let is_json = match declared.kind {
                Kind::Boolean => matches!(value.as_str(), "true" | "false"),
                Kind::Integer(_) | Kind::Int64 | Kind::Single | Kind::Double | Kind::Decimal => {
                    is_number(value)
                }
                _ => false,
            };
            match is_json {
                true => text.extend_from_slice(value.as_bytes()),
                false => crate::write::string(value, &mut text),
            }
            // Of a parameter that is one, the first counts.
            if !declared.is_collection {
                break;
            }
        }
        if declared.is_collection {
            text.push(b']');
        }
    }
    text.push(b'}');
    let read = read_root(&text, T::TABLE, ReadMode::Strict)?;
    let missing = parameters
        .iter()
        .zip(0..)
        .find(|(parameter, slot)| parameter.is_required && !read.value.contains(*slot));
    match missing {
        Some((parameter, _)) => Err(ReadError::absent(parameter.name)),
        None => Ok(T::wrap(read.value)),
    }
}

fn is_number(text: &str) -> bool {
    Json::from_slice(text.as_bytes()).is_ok()
        && text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
}
