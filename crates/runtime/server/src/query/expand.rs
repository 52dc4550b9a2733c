//! `$expand`: what properties lead to, and what is asked of it (URL Conventions, section 5.1.2).
//!
//! Tables do not tell navigation properties from those that hold complex values, so that every property that holds
//! objects can be expanded.

use msgraph_core::{Property, Sort, Table};

use super::Options;
use super::cursor::Cursor;
use super::malformed::{Malformed, shown};
use super::options::Reading;
use super::path::{Place, property_name};

/// A property whose objects come with what is asked for, and what is asked of them.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Expand {
    /// The name of the property on the wire.
    pub property: String,
    /// What is asked of the objects; of one alone, no more than `$select` and `$expand`.
    pub options: Options,
}

pub(super) fn read(
    cursor: &mut Cursor<'_>,
    table: &'static Table,
    reading: Reading,
) -> Result<Vec<Expand>, Malformed> {
    let mut expanded: Vec<Expand> = Vec::new();
    loop {
        cursor.space();
        if cursor.peek() == Some('*') {
            return Err(cursor.fault("`*` is not supported here: the properties are to be named"));
        }
        let (name, at) = property_name(cursor)?;
        let place = Place::of(table).step(name, at)?;
        if expanded.iter().any(|other| other.property == name) {
            return Err(Malformed::new(at, format!("{} is expanded twice", shown(name))));
        }
        let inner = match (table.property(name), place.sort) {
            (Some(Property { sort: Sort::Object(inner), .. }), _) => Some(inner),
            (None, Sort::Any) => None,
            _ => {
                let what = format!("{} holds no objects that can be expanded", shown(name));
                return Err(Malformed::new(at, what));
            }
        };
        if cursor.peek() == Some('/') {
            return Err(cursor.fault("paths are not supported in `$expand`, but `a($expand=b)` is"));
        }
        let mut options = Options::default();
        if cursor.peek() == Some('(') {
            let Some(inner) = inner else {
                return Err(cursor.fault("an undeclared property takes no options"));
            };
            cursor.enter()?;
            options = in_parentheses(cursor, inner, reading)?;
            cursor.leave();
        }
        expanded.push(Expand { property: name.to_owned(), options });
        cursor.space();
        if !cursor.take(',') {
            return Ok(expanded);
        }
    }
}

/// Options with `;` between them.
fn in_parentheses(
    cursor: &mut Cursor<'_>,
    table: &'static Table,
    reading: Reading,
) -> Result<Options, Malformed> {
    cursor.expect('(')?;
    let mut reader = reading.of_nested(table);
    loop {
        cursor.space();
        let at = cursor.at();
        let has_dollar = cursor.take('$');
        let name = cursor.name();
        if name.is_empty() {
            return Err(cursor.expected("an option such as `$select`"));
        }
        cursor.space();
        cursor.expect('=')?;
        let sent = if has_dollar { format!("${name}") } else { name.to_owned() };
        reader.nested(&sent, at, cursor)?;
        cursor.space();
        if cursor.take(')') {
            return Ok(reader.options);
        }
        if !cursor.take(';') {
            return Err(cursor.expected("`;` or `)`"));
        }
    }
}
