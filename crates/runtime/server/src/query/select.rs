//! `$select`: the properties that are asked for (URL Conventions, section 5.1.3).

use msgraph_core::Table;

use super::PropertyPath;
use super::cursor::Cursor;
use super::malformed::Malformed;
use super::path;

/// The properties that are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Select {
    /// Whether all that are declared are: `*`.
    pub all: bool,
    /// Those that are named; one of an object stands for that part of the object alone.
    pub properties: Vec<PropertyPath>,
}

pub(super) fn read(cursor: &mut Cursor<'_>, table: &'static Table) -> Result<Select, Malformed> {
    let mut select = Select::default();
    loop {
        cursor.space();
        if cursor.take('*') {
            select.all = true;
        } else {
            select.properties.push(path::through_collections(cursor, table)?);
        }
        cursor.space();
        if cursor.peek() == Some('(') {
            let what = "options are not supported in `$select`, but `a/b` is for a part of a";
            return Err(cursor.fault(what));
        }
        if !cursor.take(',') {
            return Ok(select);
        }
    }
}
