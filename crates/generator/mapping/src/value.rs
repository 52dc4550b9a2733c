//! What a schema says of a value: its type of OData, whether there are several, and whether it may be null.
//!
//! The types of `Edm` are told by `format` ("OData to OpenAPI Mapping Version 1.0", section 4.5). Numbers that may
//! arrive as text, and references that may be null, are alternatives of which one counts.

use std::cell::Cell;

use msgraph_csdl::{Facets, TypeName};
use msgraph_openapi::{Document, Schema};
use msgraph_source::{Span, Spanned};

use crate::names::Names;

/// The longest chain of schemas that stand for each other.
const LONGEST: usize = 32;

/// The most schemas that are looked at for one value.
const MOST: usize = 1_000;

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    /// `Edm.String`, `microsoft.graph.user`.
    pub(crate) name: String,
    /// Where it is said.
    pub(crate) span: Span,
    /// Whether there are several.
    pub(crate) is_collection: bool,
    /// Whether it, or one of several, may be null.
    pub(crate) is_nullable: bool,
}

impl Value {
    /// As a type is written in metadata.
    pub(crate) fn type_name(&self) -> TypeName {
        TypeName {
            name: Spanned::new(self.name.clone(), self.span),
            is_collection: self.is_collection,
        }
    }

    /// As nullability is written in metadata, where it is the default.
    pub(crate) fn nullable(&self) -> Option<Spanned<bool>> {
        (!self.is_nullable).then(|| Spanned::new(false, self.span))
    }

    /// As facets are written in metadata.
    pub(crate) fn facets(&self) -> Facets {
        Facets { nullable: self.nullable(), ..Facets::default() }
    }

    fn one(name: &str, span: Span, is_nullable: bool) -> Self {
        Self { name: name.to_owned(), span, is_collection: false, is_nullable }
    }
}

/// What `schema` says of a value.
pub(crate) fn value(document: &Document, names: &Names, schema: Schema<'_>) -> Value {
    Reader { document, names, steps: Cell::new(0) }.read(schema, None, 0)
}

struct Reader<'a> {
    document: &'a Document,
    names: &'a Names,
    /// How many schemas were looked at.
    steps: Cell<usize>,
}

impl Reader<'_> {
    /// `format` is what is said around the schema.
    fn read(&self, schema: Schema<'_>, format: Option<&str>, depth: usize) -> Value {
        let span = schema.span();
        let any = Value::one("Edm.Untyped", span, true);
        // Schemas that refer to others twice double the work with each.
        self.steps.set(self.steps.get() + 1);
        if depth > LONGEST || self.steps.get() > MOST {
            return any;
        }
        if let Some(reference) = schema.reference() {
            if let Some(name) = self.names.type_name(&reference.value) {
                return Value::one(name, reference.span, false);
            }
            return match self.document.schema(&reference.value) {
                Some(target) => Value { span, ..self.read(target, format, depth + 1) },
                None => any,
            };
        }
        let types = schema.types();
        if let Some(items) = schema.items().filter(|_| types.is_empty() || types == ["array"]) {
            let item = self.read(items, None, depth + 1);
            return if item.is_collection { any } else { Value { is_collection: true, ..item } };
        }
        let format = schema.format().or(format);
        let alternatives: Vec<Schema<'_>> =
            schema.all_of().chain(schema.any_of()).chain(schema.one_of()).collect();
        if !alternatives.is_empty() {
            return self.alternative(schema, &alternatives, format, depth).unwrap_or(any);
        }
        match types.as_slice() {
            [one] => match primitive(one, format) {
                Some(name) => Value::one(name, span, schema.is_nullable()),
                None => any,
            },
            _ => any,
        }
    }

    /// The one of several that counts: the one that says most.
    fn alternative(
        &self,
        schema: Schema<'_>,
        alternatives: &[Schema<'_>],
        format: Option<&str>,
        depth: usize,
    ) -> Option<Value> {
        let is_nothing = |one: &Schema<'_>| {
            one.is_null() || (one.types() == ["object"] && one.properties().next().is_none())
        };
        let (nothing, some): (Vec<_>, Vec<_>) =
            alternatives.iter().copied().partition(|one| is_nothing(one));
        let may_be_nothing = nothing.iter().any(|one| one.is_null() || one.is_nullable());
        let read: Vec<Value> = some.iter().map(|one| self.read(*one, format, depth + 1)).collect();
        let mut best: Option<&Value> = None;
        for value in &read {
            if best.is_none_or(|best| weight(value) > weight(best)) {
                best = Some(value);
            }
        }
        let best = best?.clone();
        let is_nullable = schema.is_nullable() || may_be_nothing || best.is_nullable;
        Some(Value { is_nullable, ..best })
    }
}

/// How much a type says: a number more than the text that it may arrive as.
fn weight(value: &Value) -> u8 {
    match value.name.as_str() {
        "Edm.Untyped" => 0,
        "Edm.String" => 1,
        name if name.starts_with("Edm.") => 2,
        _ => 3,
    }
}

/// The primitive type of `Edm`.
pub(crate) fn primitive(kind: &str, format: Option<&str>) -> Option<&'static str> {
    Some(match (kind, format) {
        ("boolean", _) => "Edm.Boolean",
        ("string", Some("base64url" | "byte")) => "Edm.Binary",
        ("string", Some("binary")) => "Edm.Stream",
        ("string", Some("date")) => "Edm.Date",
        ("string", Some("date-time")) => "Edm.DateTimeOffset",
        ("string", Some("time")) => "Edm.TimeOfDay",
        ("string" | "number" | "integer", Some("duration")) => "Edm.Duration",
        ("string", Some("uuid")) => "Edm.Guid",
        ("number" | "integer" | "string", Some("decimal")) => "Edm.Decimal",
        ("number" | "integer" | "string", Some("int64")) => "Edm.Int64",
        ("number" | "integer", Some("int32")) => "Edm.Int32",
        ("number" | "integer", Some("int16")) => "Edm.Int16",
        ("number" | "integer", Some("int8")) => "Edm.SByte",
        ("number" | "integer", Some("uint8")) => "Edm.Byte",
        ("number", Some("float")) => "Edm.Single",
        ("number", _) => "Edm.Double",
        ("integer", _) => "Edm.Int64",
        ("string", _) => "Edm.String",
        _ => return None,
    })
}
