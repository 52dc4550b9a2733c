//! Where a type is used.

use crate::item::ItemId;

/// The use of a type in a position: which, how many, and whether null is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeRef {
    /// The type, or the element type of a collection.
    pub target: TypeTarget,
    /// Whether the position holds a collection of it.
    pub is_collection: bool,
    /// Whether null is allowed: for the value, or for the elements of a collection.
    pub is_nullable: bool,
}

/// What a position can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeTarget {
    /// A primitive type.
    Primitive(Primitive),
    /// A type of the model.
    Item(ItemId),
    /// Any JSON: `Edm.Untyped`, and `microsoft.graph.Json`.
    Json,
}

/// The primitive types of OData (CSDL 4.01, section 3.3), and the abstract ones that stand for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Primitive {
    /// `Edm.Binary`
    Binary,
    /// `Edm.Boolean`
    Boolean,
    /// `Edm.Byte`
    Byte,
    /// `Edm.Date`
    Date,
    /// `Edm.DateTimeOffset`
    DateTimeOffset,
    /// `Edm.Decimal`
    Decimal,
    /// `Edm.Double`
    Double,
    /// `Edm.Duration`
    Duration,
    /// `Edm.Guid`
    Guid,
    /// `Edm.Int16`
    Int16,
    /// `Edm.Int32`
    Int32,
    /// `Edm.Int64`
    Int64,
    /// `Edm.SByte`
    SByte,
    /// `Edm.Single`
    Single,
    /// `Edm.Stream`
    Stream,
    /// `Edm.String`
    String,
    /// `Edm.TimeOfDay`
    TimeOfDay,
    /// `Edm.Geography…` and `Edm.Geometry…`: GeoJSON.
    Geo,
}

impl Primitive {
    /// The primitive type with the name `name` (`Edm.String`, or `String`).
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.strip_prefix("Edm.").unwrap_or(name);
        Some(match name {
            "Binary" => Self::Binary,
            "Boolean" => Self::Boolean,
            "Byte" => Self::Byte,
            "Date" => Self::Date,
            "DateTimeOffset" => Self::DateTimeOffset,
            "Decimal" => Self::Decimal,
            "Double" => Self::Double,
            "Duration" => Self::Duration,
            "Guid" => Self::Guid,
            "Int16" => Self::Int16,
            "Int32" => Self::Int32,
            "Int64" => Self::Int64,
            "SByte" => Self::SByte,
            "Single" => Self::Single,
            "Stream" => Self::Stream,
            "String" => Self::String,
            "TimeOfDay" => Self::TimeOfDay,
            _ if name.starts_with("Geography") || name.starts_with("Geometry") => Self::Geo,
            _ => return None,
        })
    }
}
