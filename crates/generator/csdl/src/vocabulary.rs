//! What annotations say: terms, annotations and their expressions (section 14), with a place for every statement.

use msgraph_source::Span;

use crate::document::{Facets, Text, TypeName};

/// `Term` (section 14.1).
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// `Name`
    pub name: Text,
    /// `Type`
    pub type_name: TypeName,
    /// `BaseTerm`
    pub base_term: Option<Text>,
    /// `DefaultValue`
    pub default_value: Option<Text>,
    /// `AppliesTo`
    pub applies_to: Option<Text>,
    /// Facets.
    pub facets: Facets,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `Annotations` (section 14.2.1).
#[derive(Clone, Debug, PartialEq)]
pub struct Annotations {
    /// `Target`: a path to a model element.
    pub target: Text,
    /// `Qualifier`, for those inside that have none.
    pub qualifier: Option<Text>,
    /// What is said of the target.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// `Annotation` (section 14.3).
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// `Term`
    pub term: Text,
    /// `Qualifier`
    pub qualifier: Option<Text>,
    /// The value; `None` where the annotation is empty, which means the default of the term.
    pub value: Option<Expression>,
    /// Annotations of the annotation.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

/// A constant or dynamic expression (sections 14.3, 14.4), in attribute or in element notation.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Annotations inside the element; those of a record are in the record.
    pub annotations: Vec<Annotation>,
    /// The attribute value, the text of the element, or its start tag.
    pub span: Span,
}

/// The expressions of section 14.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    /// A constant, as written.
    Constant(ConstantKind, String),
    /// A path, as written.
    Path(PathKind, String),
    /// `Record`
    Record(Record),
    /// `Collection`
    Collection(Vec<Expression>),
    /// `Null`
    Null,
    /// `Apply`, `Cast`, `IsOf`, `If`, `And`, `Or`, `Not`, `Eq`, … `LabeledElement`, `UrlRef`: name of
    /// the element, its attributes, the expressions inside.
    Dynamic {
        /// The element, `If`.
        operator: String,
        /// `Function` of `Apply`, `Type` of `Cast` and `IsOf`, `Name` of `LabeledElement`, facets.
        attributes: Vec<(String, Text)>,
        /// The expressions inside, in order.
        operands: Vec<Expression>,
    },
}

/// The kinds of constant (section 14.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConstantKind {
    /// `Binary`
    Binary,
    /// `Bool`
    Bool,
    /// `Date`
    Date,
    /// `DateTimeOffset`
    DateTimeOffset,
    /// `Decimal`
    Decimal,
    /// `Duration`
    Duration,
    /// `EnumMember`: one or several, separated by spaces.
    EnumMember,
    /// `Float`
    Float,
    /// `Guid`
    Guid,
    /// `Int`
    Int,
    /// `String`
    String,
    /// `TimeOfDay`
    TimeOfDay,
}

/// The kinds of path (section 14.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    /// `Path`
    Value,
    /// `PropertyPath`
    Property,
    /// `NavigationPropertyPath`
    NavigationProperty,
    /// `AnnotationPath`
    Annotation,
    /// `ModelElementPath`
    ModelElement,
    /// `AnyPropertyPath`
    AnyProperty,
    /// `LabeledElementReference`
    LabeledElementReference,
}

/// `Record` (section 14.4.12).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// `Type`
    pub type_name: Option<Text>,
    /// `PropertyValue`
    pub values: Vec<PropertyValue>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
}

/// `PropertyValue`
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyValue {
    /// `Property`
    pub property: Text,
    /// The value; `None` where the element is empty.
    pub value: Option<Expression>,
    /// Annotations inside the element.
    pub annotations: Vec<Annotation>,
    /// The start tag.
    pub span: Span,
}

impl Record {
    /// The value of `property`.
    pub fn get(&self, property: &str) -> Option<&Expression> {
        self.values.iter().find(|value| value.property.value == property)?.value.as_ref()
    }
}

impl Expression {
    /// The constant, where it is a `Bool`.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.kind {
            ExpressionKind::Constant(ConstantKind::Bool, text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The constant as written, where it is a `String`.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            ExpressionKind::Constant(ConstantKind::String, text) => Some(text),
            _ => None,
        }
    }

    /// The record.
    pub fn as_record(&self) -> Option<&Record> {
        match &self.kind {
            ExpressionKind::Record(record) => Some(record),
            _ => None,
        }
    }

    /// The elements of the collection.
    pub fn as_collection(&self) -> Option<&[Expression]> {
        match &self.kind {
            ExpressionKind::Collection(elements) => Some(elements),
            _ => None,
        }
    }
}
