//! Paths of properties, such as `from/emailAddress/address`: names go in, and what the schema says of them comes out.

use std::fmt;

use msgraph_core::{Property, Sort, Table};

use super::cursor::Cursor;
use super::malformed::{Malformed, shown};
use super::{literal, type_name};

/// A property of an item, or of what one of its properties holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PropertyPath {
    /// What the path begins at.
    pub root: Root,
    /// The parts, outer ones first; empty for a variable or an item itself.
    pub segments: Vec<Segment>,
}

/// What a path begins at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// The item that is asked about: `$it`, or `$this` where it is one of an expanded property.
    Item,
    /// The variable of a lambda.
    Variable(String),
}

/// A part of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A property, by its name on the wire.
    Property(String),
    /// What was reached so far, if it is of this type; of a collection, the items that are. The name is qualified.
    Cast(String),
}

impl Segment {
    /// The name of the property.
    pub fn property(&self) -> Option<&str> {
        match self {
            Self::Property(name) => Some(name),
            Self::Cast(_) => None,
        }
    }
}

impl PropertyPath {
    /// The path as it is written where variables of these names are around it.
    pub(super) fn shown_among(&self, variables: &[&str]) -> String {
        let mut parts: Vec<&str> = Vec::new();
        match &self.root {
            Root::Variable(name) => parts.push(name),
            Root::Item => {
                let is_misread = |name: &str| {
                    variables.contains(&name)
                        || literal::keyword(name).is_some()
                        || name.eq_ignore_ascii_case("not")
                };
                let first = self.segments.first();
                if first.is_none_or(|first| first.property().is_some_and(is_misread)) {
                    parts.push("$it");
                }
            }
        }
        parts.extend(self.segments.iter().map(|segment| match segment {
            Segment::Property(name) | Segment::Cast(name) => name.as_str(),
        }));
        parts.join("/")
    }
}

impl fmt::Display for PropertyPath {
    /// As it is written in a request.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown_among(&[]))
    }
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

    /// What is reached by one part more, which begins at `at`, and that part.
    pub(super) fn next(self, name: Name<'_>, at: usize) -> Result<(Self, Segment), Malformed> {
        match name {
            Name::Property(name) => Ok((self.step(name, at)?, Segment::Property(name.to_owned()))),
            Name::Type(name) => {
                let table = self.narrowed(name, at)?;
                let place = Self { sort: Sort::Object(table), ..self };
                Ok((place, Segment::Cast(table.name.to_owned())))
            }
        }
    }

    /// What stands under `name` here; `at` is where the name begins.
    fn step(self, name: &str, at: usize) -> Result<Self, Malformed> {
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

    /// The type called `name`, which what is reached can be of; `at` is where the name begins.
    pub(super) fn narrowed(self, name: &str, at: usize) -> Result<&'static Table, Malformed> {
        let Sort::Object(table) = self.sort else {
            let what = format!("{} is not cast to {}", super::sort::name(self.sort), shown(name));
            return Err(Malformed::new(at, what));
        };
        type_name::find(table, name).ok_or_else(|| {
            let what = format!("{} is no type that derives from {}", shown(name), table.name);
            Malformed::new(at, what)
        })
    }
}

impl From<Property> for Place {
    fn from(property: Property) -> Self {
        Self { sort: property.sort, is_collection: property.is_collection }
    }
}

/// Whether objects of the type may have members that are not declared.
fn is_open(table: &'static Table) -> bool {
    type_name::bases(table).any(|table| table.is_open)
}

/// A part of a path as it is written.
#[derive(Clone, Copy)]
pub(super) enum Name<'a> {
    Property(&'a str),
    /// The name of a type has a dot.
    Type(&'a str),
}

/// A part of a path, which has to come next, and where it begins.
pub(super) fn name<'a>(cursor: &mut Cursor<'a>) -> Result<(Name<'a>, usize), Malformed> {
    let at = cursor.at();
    let name = cursor.qualified_name();
    if name.is_empty() {
        return Err(cursor.expected("the name of a property"));
    }
    cursor.count()?;
    Ok((if name.contains('.') { Name::Type(name) } else { Name::Property(name) }, at))
}

/// A path of properties that may be those of the items of a collection. It ends with one.
pub(super) fn through_collections(
    cursor: &mut Cursor<'_>,
    table: &'static Table,
) -> Result<PropertyPath, Malformed> {
    let mut place = Place::of(table);
    let mut segments = Vec::new();
    loop {
        let (name, at) = name(cursor)?;
        let segment;
        (place, segment) = Place { is_collection: false, ..place }.next(name, at)?;
        let is_property = segment.property().is_some();
        segments.push(segment);
        if !cursor.take('/') {
            if !is_property {
                return Err(cursor.expected("`/` and a property of the type"));
            }
            return Ok(PropertyPath { root: Root::Item, segments });
        }
    }
}
