//! Names of types in `cast`, `isof` and paths: a name goes in, and what the schema knows by it comes out.
//!
//! Tables know the types that derive from each other, and no others; so a name is looked for among those that an object
//! can be of.

use std::fmt;
use std::iter;

use msgraph_core::{Object, Sort, Table};

/// The name of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TypeName {
    /// A primitive type.
    Primitive(Primitive),
    /// An entity type or a complex type, by its qualified name.
    Structured(String),
}

/// A primitive type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the `Edm` type of its name")]
#[non_exhaustive]
pub enum Primitive {
    Boolean,
    Byte,
    SByte,
    Int16,
    Int32,
    Int64,
    Single,
    Double,
    Decimal,
    String,
    Binary,
    Date,
    DateTimeOffset,
    TimeOfDay,
    Duration,
    Guid,
}

const PRIMITIVES: [(&str, Primitive); 16] = [
    ("Edm.Boolean", Primitive::Boolean),
    ("Edm.Byte", Primitive::Byte),
    ("Edm.SByte", Primitive::SByte),
    ("Edm.Int16", Primitive::Int16),
    ("Edm.Int32", Primitive::Int32),
    ("Edm.Int64", Primitive::Int64),
    ("Edm.Single", Primitive::Single),
    ("Edm.Double", Primitive::Double),
    ("Edm.Decimal", Primitive::Decimal),
    ("Edm.String", Primitive::String),
    ("Edm.Binary", Primitive::Binary),
    ("Edm.Date", Primitive::Date),
    ("Edm.DateTimeOffset", Primitive::DateTimeOffset),
    ("Edm.TimeOfDay", Primitive::TimeOfDay),
    ("Edm.Duration", Primitive::Duration),
    ("Edm.Guid", Primitive::Guid),
];

impl Primitive {
    pub(super) fn named(name: &str) -> Option<Self> {
        PRIMITIVES.iter().find(|(own, _)| *own == name).map(|(_, primitive)| *primitive)
    }

    /// What its values are compared as.
    pub(super) fn sort(self) -> Sort {
        match self {
            Self::Boolean => Sort::Boolean,
            Self::Byte | Self::SByte | Self::Int16 | Self::Int32 | Self::Int64 => Sort::Number,
            Self::Single | Self::Double | Self::Decimal => Sort::Number,
            Self::String => Sort::Text,
            Self::Binary => Sort::Binary,
            Self::Date => Sort::Date,
            Self::DateTimeOffset => Sort::DateTimeOffset,
            Self::TimeOfDay => Sort::TimeOfDay,
            Self::Duration => Sort::Duration,
            Self::Guid => Sort::Guid,
        }
    }
}

impl fmt::Display for TypeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Primitive(primitive) => {
                let found = PRIMITIVES.iter().find(|(_, own)| own == primitive);
                f.write_str(found.map_or("", |(name, _)| name))
            }
            Self::Structured(name) => f.write_str(name),
        }
    }
}

/// More levels than any schema has; a bound, should tables form a ring.
const LEVELS: usize = 64;
/// More types than derive from any; a bound, too.
const TYPES: usize = 10_000;

/// The type called `name` among those that an object of `table` can be of. The namespace may be an alias of it, which
/// has no dot, where the rest of the name is that of one type alone.
pub(super) fn find(table: &'static Table, name: &str) -> Option<&'static Table> {
    if let Some(found) = around(table).find(|known| known.name == name) {
        return Some(found);
    }
    let (alias, short) = name.rsplit_once('.')?;
    if alias.contains('.') {
        return None;
    }
    let mut found = around(table).filter(|known| known.short_name() == short);
    let only = found.next()?;
    found.all(|other| other.name == only.name).then_some(only)
}

/// A type, its base types, and those that derive from it.
fn around(table: &'static Table) -> impl Iterator<Item = &'static Table> {
    let mut open = vec![table];
    let derived = iter::from_fn(move || {
        let next = open.pop()?;
        open.extend(next.derived);
        Some(next)
    });
    bases(table).skip(1).chain(derived.take(TYPES))
}

/// A type and its base types.
pub(super) fn bases(table: &'static Table) -> impl Iterator<Item = &'static Table> {
    iter::successors(Some(table), |table| table.base).take(LEVELS)
}

/// Whether an object is of the type called `name`, or of one that derives from it.
pub(super) fn is_of(object: &Object, name: &str) -> bool {
    bases(object.table()).any(|table| table.name == name)
}
