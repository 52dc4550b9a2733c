//! The tree of a `$filter`: what a service that asks a database walks over.
//!
//! Names in it are those of the schema, and operands are of types that go together; the parser has seen to both.

use super::{Arithmetic, Function, Literal, Pattern, Position, PropertyPath, TypeName};

/// A condition, or a part of one; shown as it is written in a filter.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Expression {
    /// A value.
    Literal(Literal),
    /// A property.
    Property(PropertyPath),
    /// The number of items of a collection: `posts/$count`.
    Count(PropertyPath),
    /// All of these; two at least.
    And(Vec<Expression>),
    /// One of these; two at least.
    Or(Vec<Expression>),
    /// Not this.
    Not(Box<Expression>),
    /// Two values, compared.
    Compare(Box<Expression>, Comparison, Box<Expression>),
    /// A set of members of an enumeration that has all of the other: `options has graph.option'reviewer'`.
    Has(Box<Expression>, Box<Expression>),
    /// A value that is one of these: `topic in ('a','b')`.
    In(Box<Expression>, Vec<Literal>),
    /// A value that is an item of a collection: `'red' in tags`.
    InCollection(Box<Expression>, PropertyPath),
    /// The same with the other sign: `-price`.
    Negate(Box<Expression>),
    /// What comes of two values: `price mul 2`; the position is the operator's.
    Arithmetic(Box<Expression>, Arithmetic, Box<Expression>, Position),
    /// A function of these arguments, as many as it takes; the position is that of its name.
    Call(Function, Vec<Expression>, Position),
    /// A text that fits a pattern: `matchespattern(topic,'^a.*e$')`.
    Matches(Box<Expression>, Pattern),
    /// Whether a value is of a type: `isof(attachments,microsoft.graph.fileAttachment)`.
    IsOf(Box<Expression>, TypeName),
    /// A value as one of another type, or null: `cast(price,Edm.Int32)`.
    Cast(Box<Expression>, TypeName),
    /// A condition of the items of a collection.
    Lambda(Lambda),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `eq`
    Equal,
    /// `ne`
    NotEqual,
    /// `lt`
    Less,
    /// `le`
    LessOrEqual,
    /// `gt`
    Greater,
    /// `ge`
    GreaterOrEqual,
}

/// A condition of the items of a collection: `posts/any(p:p/hasAttachments eq true)`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Lambda {
    /// The collection.
    pub collection: PropertyPath,
    /// For how many of its items the condition holds.
    pub quantifier: Quantifier,
    /// The name of an item, and the condition; `None` for `any()`, which holds where there is an item.
    pub condition: Option<(String, Box<Expression>)>,
}

/// For how many items a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// For one at least.
    Any,
    /// For each, if there are any.
    All,
}

impl Comparison {
    pub(super) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "eq" => Self::Equal,
            "ne" => Self::NotEqual,
            "lt" => Self::Less,
            "le" => Self::LessOrEqual,
            "gt" => Self::Greater,
            "ge" => Self::GreaterOrEqual,
            _ => return None,
        })
    }

    /// As it is written.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::NotEqual => "ne",
            Self::Less => "lt",
            Self::LessOrEqual => "le",
            Self::Greater => "gt",
            Self::GreaterOrEqual => "ge",
        }
    }

    /// Whether it asks for an order, not for equality alone.
    pub(super) fn is_of_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}
