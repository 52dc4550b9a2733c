//! `$expand`: what properties lead to, and what is asked of it (URL Conventions, section 5.1.3).
//!
//! Tables do not tell navigation properties from those that hold complex values, so that every property that holds
//! objects can be expanded.

use msgraph_core::{Sort, Table};

use super::cursor::Cursor;
use super::malformed::{Malformed, shown};
use super::path::{self, Name, Place, Segment};
use super::reading::{Nested, Reading};
use super::{Levels, Options};

/// A property whose objects come with what is asked for, and what is asked of them.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Expand {
    /// The type that an object has to be of to have the property: `microsoft.graph.user/manager`. The name is qualified.
    pub of: Option<String>,
    /// The name of the property on the wire.
    pub property: String,
    /// The type that the objects have to be of: `members/microsoft.graph.user`. The name is qualified.
    pub to: Option<String>,
    /// What comes of the objects.
    pub answer: Expanded,
    /// How often the property is expanded in what it leads to, where that is asked for.
    pub levels: Option<Levels>,
    /// What is asked of the objects; of one alone, no more than `$select` and `$expand`.
    pub options: Options,
}

/// What comes of expanded objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expanded {
    /// They themselves.
    Objects,
    /// Their ids: `members/$ref`.
    References,
    /// Their number: `members/$count`.
    Count,
}

pub(super) fn read<'a>(
    cursor: &mut Cursor<'a>,
    table: &'static Table,
    reading: Reading<'a>,
) -> Result<Vec<Expand>, Malformed> {
    let mut expanded: Vec<Expand> = Vec::new();
    loop {
        cursor.space();
        if cursor.peek() == Some('*') {
            return Err(cursor.fault("`*` is not supported here: the properties are to be named"));
        }
        let at = cursor.at();
        let expand = one(cursor, table, reading)?;
        if expanded.iter().any(|other| other.property == expand.property && other.of == expand.of) {
            let what = format!("{} is expanded twice", shown(&expand.property));
            return Err(Malformed::new(at, what));
        }
        expanded.push(expand);
        cursor.space();
        if !cursor.take(',') {
            return Ok(expanded);
        }
    }
}

fn one<'a>(
    cursor: &mut Cursor<'a>,
    table: &'static Table,
    reading: Reading<'a>,
) -> Result<Expand, Malformed> {
    let mut of = None;
    let mut place = Place::of(table);
    let (property, at) = loop {
        let (name, at) = path::name(cursor)?;
        let segment;
        (place, segment) = place.next(name, at)?;
        match segment {
            Segment::Property(name) => break (name, at),
            Segment::Cast(name) => of = Some(name),
        }
        cursor.expect('/')?;
    };
    let mut inner = match place.sort {
        Sort::Object(inner) => Some(inner),
        Sort::Any if !place.is_collection => None,
        _ => {
            let what = format!("{} holds no objects that can be expanded", shown(&property));
            return Err(Malformed::new(at, what));
        }
    };
    let mut to = None;
    let mut answer = Expanded::Objects;
    while answer == Expanded::Objects && cursor.take('/') {
        if cursor.peek() == Some('$') {
            answer = end(cursor, place)?;
            continue;
        }
        let (name, here) = path::name(cursor)?;
        if let Name::Property(_) = name {
            let what = "paths are not supported in `$expand`, but `a($expand=b)` is";
            return Err(Malformed::new(here, what));
        }
        let narrowed;
        (place, narrowed) = place.next(name, here)?;
        inner = if let Sort::Object(table) = place.sort { Some(table) } else { None };
        to = if let Segment::Cast(name) = narrowed { Some(name) } else { None };
    }
    let mut expand = Expand { of, property, to, answer, levels: None, options: Options::default() };
    if cursor.peek() == Some('(') {
        let Some(inner) = inner else {
            return Err(cursor.fault("an undeclared property takes no options"));
        };
        let nested = match answer {
            Expanded::Count => Nested::Count,
            Expanded::References => Nested::References,
            Expanded::Objects if place.is_collection => Nested::Objects,
            Expanded::Objects => Nested::Object,
        };
        cursor.enter()?;
        (expand.options, expand.levels) = reading.in_parentheses(cursor, inner, nested)?;
        cursor.leave();
    }
    Ok(expand)
}

/// `$ref`, or `$count` of a collection.
fn end(cursor: &mut Cursor<'_>, place: Place) -> Result<Expanded, Malformed> {
    let at = cursor.at();
    cursor.take('$');
    match cursor.name().to_ascii_lowercase().as_str() {
        "ref" => Ok(Expanded::References),
        "count" if place.is_collection => Ok(Expanded::Count),
        _ => {
            let what = "of what begins with `$`, only `$ref` and `$count` of a collection are \
                        supported";
            Err(Malformed::new(at, what))
        }
    }
}
