//! Statements of OpenAPI as annotations of the vocabularies `Core` and `Capabilities`.

use msgraph_csdl::{Annotation, ConstantKind, Expression, ExpressionKind, PropertyValue, Record};
use msgraph_openapi::Schema;
use msgraph_source::{Json, Span, Spanned};

const CORE: &str = "Org.OData.Core.V1";
const CAPABILITIES: &str = "Org.OData.Capabilities.V1";

/// What the schemas of one thing say of it: a description, that it is deprecated, that only the service sets it.
pub(crate) fn of_schema<'a>(
    named: Schema<'a>,
    parts: impl Iterator<Item = Schema<'a>> + Clone,
) -> Vec<Annotation> {
    let described = parts.clone().find_map(|part| part.json().get("description"));
    let mut said: Vec<Annotation> = described.and_then(description).into_iter().collect();
    let deprecated = std::iter::once(named).chain(parts).find(|part| part.flag("deprecated"));
    said.extend(deprecated.map(|part| deprecation(part.json())));
    let computed = named.json().get("readOnly").filter(|it| it.as_bool() == Some(true));
    said.extend(computed.map(|computed| annotation(CORE, "Computed", None, computed.span)));
    said
}

/// `Description`
pub(crate) fn description(text: &Json) -> Option<Annotation> {
    let value = constant(ConstantKind::String, text.as_str()?, text.span);
    Some(annotation(CORE, "Description", Some(value), text.span))
}

/// `OptionalParameter`
pub(crate) fn optional(span: Span) -> Annotation {
    annotation(CORE, "OptionalParameter", None, span)
}

/// `Revisions`, of what is deprecated; `x-ms-deprecation` tells since when and until when.
pub(crate) fn deprecation(of: &Json) -> Annotation {
    let said = of.get("x-ms-deprecation");
    let stated = of.get("deprecated").unwrap_or(of).span;
    let kind =
        constant(ConstantKind::EnumMember, "Org.OData.Core.V1.RevisionKind/Deprecated", stated);
    let texts = [
        ("Date", "date", ConstantKind::Date),
        ("Description", "description", ConstantKind::String),
        ("RemovalDate", "removalDate", ConstantKind::Date),
        ("Version", "version", ConstantKind::String),
    ];
    let mut values = vec![property("Kind", kind)];
    values.extend(texts.into_iter().filter_map(|(name, member, kind)| {
        let text = said?.get(member)?;
        Some(property(name, constant(kind, text.as_str()?, text.span)))
    }));
    let revision = record(values, stated);
    let revisions = Expression {
        kind: ExpressionKind::Collection(vec![revision]),
        annotations: Vec::new(),
        span: stated,
    };
    annotation(CORE, "Revisions", Some(revisions), stated)
}

/// `AlternateKeys`: each a list of properties.
pub(crate) fn alternate_keys(keys: &[Vec<Spanned<String>>]) -> Option<Annotation> {
    let span = keys.first()?.first()?.span;
    let collection = |elements| Expression {
        kind: ExpressionKind::Collection(elements),
        annotations: Vec::new(),
        span,
    };
    let keys = keys.iter().map(|parts| {
        let parts = parts.iter().map(|name| {
            let constant = constant(ConstantKind::String, &name.value, name.span);
            record(vec![property("Name", constant)], name.span)
        });
        record(vec![property("Key", collection(parts.collect()))], span)
    });
    Some(annotation(CORE, "AlternateKeys", Some(collection(keys.collect())), span))
}

/// A term of `Capabilities` whose value has one flag.
pub(crate) fn capability(term: &str, flag: &str, value: bool, span: Span) -> Annotation {
    let value = constant(ConstantKind::Bool, if value { "true" } else { "false" }, span);
    let value = match flag {
        "" => value,
        _ => record(vec![property(flag, value)], span),
    };
    annotation(CAPABILITIES, term, Some(value), span)
}

/// A header that reading takes.
pub(crate) fn custom_header(name: &str, is_required: bool, span: Span) -> Expression {
    let required = if is_required { "true" } else { "false" };
    record(
        vec![
            property("Name", constant(ConstantKind::String, name, span)),
            property("Required", constant(ConstantKind::Bool, required, span)),
        ],
        span,
    )
}

/// A term of `Capabilities` that lists headers.
pub(crate) fn custom_headers(term: &str, headers: Vec<Expression>, span: Span) -> Annotation {
    let headers =
        Expression { kind: ExpressionKind::Collection(headers), annotations: Vec::new(), span };
    let value = record(vec![property("CustomHeaders", headers)], span);
    annotation(CAPABILITIES, term, Some(value), span)
}

fn annotation(vocabulary: &str, term: &str, value: Option<Expression>, span: Span) -> Annotation {
    Annotation {
        term: Spanned::new(format!("{vocabulary}.{term}"), span),
        qualifier: None,
        value,
        annotations: Vec::new(),
        span,
    }
}

fn constant(kind: ConstantKind, text: &str, span: Span) -> Expression {
    Expression {
        kind: ExpressionKind::Constant(kind, text.to_owned()),
        annotations: Vec::new(),
        span,
    }
}

fn record(values: Vec<PropertyValue>, span: Span) -> Expression {
    let record = Record { values, ..Record::default() };
    Expression { kind: ExpressionKind::Record(record), annotations: Vec::new(), span }
}

fn property(name: &str, value: Expression) -> PropertyValue {
    let span = value.span;
    PropertyValue {
        property: Spanned::new(name.to_owned(), span),
        value: Some(value),
        annotations: Vec::new(),
        span,
    }
}
