//! Paths of properties, such as `from/emailAddress/address`: names go in, and what the schema says of them comes out.

use msgraph_core::{Property, Sort, Table};

use super::cursor::Cursor;
use super::malformed::{Malformed, shown};

/// A property of an item, or of what one of its properties holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PropertyPath {
    /// What the path begins at.
    pub root: Root,
    /// The names on the wire, outer ones first; empty for a variable itself.
    pub segments: Vec<String>,
}

/// What a path begins at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// The item that is asked about, `$it`.
    Item,
    /// The variable of a lambda.
    Variable(String),
}

impl Root {
    pub(super) fn is_variable(&self, name: &str) -> bool {
        matches!(self, Self::Variable(own) if own == name)
    }
}

/// What a name leads to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) sort: Sort,
    pub(super) is_collection: bool,
}

impl Place {
    /// What is known of what no schema describes.
    const OPEN: Self = Self { sort: Sort::Any, is_collection: false };

    pub(super) fn of(table: &'static Table) -> Self {
        Self { sort: Sort::Object(table), is_collection: false }
    }

    /// Whether it may be a collection.
    pub(super) fn has_items(self) -> bool {
        self.is_collection || matches!(self.sort, Sort::Any)
    }

    /// What stands under `name` here; `at` is where the name begins.
    pub(super) fn step(self, name: &str, at: usize) -> Result<Self, Malformed> {
        if self.is_collection {
            let what = "behind a collection, `any`, `all` or `$count` is expected";
            return Err(Malformed::new(at, what));
        }
        match self.sort {
            Sort::Object(table) => match table.property(name) {
                Some(property) => Ok(property.into()),
                None if is_open(table) => Ok(Self::OPEN),
                None => {
                    let what = format!("{} is no property of {}", shown(name), table.name);
                    Err(Malformed::new(at, what))
                }
            },
            Sort::Any => Ok(Self::OPEN),
            sort => {
                let what = format!("{} has no properties", super::sort::name(sort));
                Err(Malformed::new(at, what))
            }
        }
    }
}

impl From<Property> for Place {
    fn from(property: Property) -> Self {
        Self { sort: property.sort, is_collection: property.is_collection }
    }
}

/// Whether objects of the type may have members that are not declared.
fn is_open(table: &'static Table) -> bool {
    /// More levels than any schema has; a bound, should tables form a ring.
    const LEVELS: usize = 64;
    std::iter::successors(Some(table), |table| table.base).take(LEVELS).any(|table| table.is_open)
}

/// A name of a property, which has to come next, and where it begins.
pub(super) fn property_name<'a>(cursor: &mut Cursor<'a>) -> Result<(&'a str, usize), Malformed> {
    let at = cursor.at();
    let name = cursor.name();
    if name.is_empty() {
        return Err(cursor.expected("the name of a property"));
    }
    if cursor.peek() == Some('.') {
        return Err(Malformed::new(at, "casts and names with a namespace are not supported"));
    }
    cursor.count()?;
    Ok((name, at))
}

/// A path of properties; with what stands there.
pub(super) fn of_item(
    cursor: &mut Cursor<'_>,
    table: &'static Table,
) -> Result<(PropertyPath, Place), Malformed> {
    read(cursor, table, |place| place)
}

/// A path of properties that may be those of the items of a collection.
pub(super) fn through_collections(
    cursor: &mut Cursor<'_>,
    table: &'static Table,
) -> Result<PropertyPath, Malformed> {
    let of_items = |place| Place { is_collection: false, ..place };
    read(cursor, table, of_items).map(|(path, _)| path)
}

fn read(
    cursor: &mut Cursor<'_>,
    table: &'static Table,
    entered: impl Fn(Place) -> Place,
) -> Result<(PropertyPath, Place), Malformed> {
    let mut place = Place::of(table);
    let mut segments = Vec::new();
    loop {
        let (name, at) = property_name(cursor)?;
        place = entered(place).step(name, at)?;
        segments.push(name.to_owned());
        if !cursor.take('/') {
            return Ok((PropertyPath { root: Root::Item, segments }, place));
        }
    }
}
