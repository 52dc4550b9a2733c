//! The members of types.
//!
//! A value is one object, and a type a view of it: the members of a type are those of its schema, of all that the schema is
//! made of, and of all that it may be.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_csdl::{EnumMember, EnumType, Property, StructuredKind, StructuredType};
use msgraph_openapi::{Additional, Schema};
use msgraph_source::{
    Diagnostic, Json, JsonKind, Span, Spanned, catalogue::openapi as codes, shortened,
};

use super::types::{DEEPEST, Types};
use crate::annotations;
use crate::value::Value;

/// What is gathered of a type.
#[derive(Default)]
struct Members<'a> {
    /// Each member with all that is said of it.
    members: Vec<(Spanned<String>, Vec<Schema<'a>>)>,
    /// The places of the members, by name.
    index: BTreeMap<&'a str, usize>,
    is_open: Option<Span>,
    seen: BTreeSet<*const Json>,
}

impl<'a> Types<'a> {
    /// Reads the members of the type `name`.
    pub(super) fn structured(&mut self, schema: Schema<'a>, name: Spanned<String>) {
        let mut found = Members::default();
        self.gather(schema, false, &mut found, 0);
        let mut properties: Vec<Property> = Vec::new();
        for (member, schemas) in found.members {
            let wanted = format!("{} {}", name.value, member.value);
            let mut values: Vec<Value> = Vec::new();
            let mut first = None;
            for one in &schemas {
                let value = match first {
                    // The same words twice are the same type.
                    Some((known, ref value)) if same(known, *one) => Value::clone(value),
                    _ => self.read(*one, &wanted, 0),
                };
                first.get_or_insert((*one, value.clone()));
                values.push(value);
            }
            let Some(mut value) = values.first().cloned() else { continue };
            if values
                .iter()
                .any(|other| other.name != value.name || other.is_collection != value.is_collection)
            {
                let message = format!(
                    "`{}` of `{}` is of several types",
                    shortened(&member.value),
                    shortened(&name.value)
                );
                self.diagnostics.push(
                    Diagnostic::at(codes::UNION, member.span, message)
                        .note("it is read as any JSON")
                        .help("give it one type in all schemas that the value may follow"),
                );
                value = Value {
                    name: "Edm.Untyped".to_owned(),
                    is_collection: false,
                    is_nullable: true,
                    ..value
                };
            }
            value.is_nullable = values.iter().any(|value| value.is_nullable);
            let said =
                schemas.first().map(|one| annotations::of_schema(*one, schemas.iter().copied()));
            properties.push(Property {
                type_name: value.type_name(),
                facets: value.facets(),
                default_value: None,
                annotations: said.unwrap_or_default(),
                span: member.span,
                name: member,
            });
        }
        self.structured.push(StructuredType {
            kind: StructuredKind::Complex,
            base: None,
            is_abstract: None,
            is_open: found.is_open.map(|span| Spanned::new(true, span)),
            has_stream: None,
            key: Vec::new(),
            properties,
            navigation_properties: Vec::new(),
            annotations: annotations::of_schema(schema, std::iter::once(schema)),
            span: name.span,
            name,
        });
    }

    /// Gathers the members of `schema`, of what it is made of, and of what it may be.
    fn gather(&self, schema: Schema<'a>, is_part: bool, found: &mut Members<'a>, depth: usize) {
        let schema = self.resolved(schema);
        if depth > DEEPEST || !found.seen.insert(std::ptr::from_ref(schema.json())) {
            return;
        }
        for part in schema.all_of() {
            self.gather(part, true, found, depth + 1);
        }
        for (name, property) in schema.properties() {
            let at = found.index.get(name.value).and_then(|&at| found.members.get_mut(at));
            match at {
                Some((_, schemas)) => schemas.push(property),
                None => {
                    found.index.insert(name.value, found.members.len());
                    found.members.push((name.map(str::to_owned), vec![property]));
                }
            }
        }
        for choice in schema.one_of().chain(schema.any_of()) {
            self.gather(choice, is_part, found, depth + 1);
        }
        // What is made of a schema is one of those that this may be, and not all of them.
        let discriminator = schema.discriminator().filter(|_| !is_part);
        for target in discriminator.into_iter().flat_map(|(_, mapping)| mapping) {
            let name = target.value.as_str().unwrap_or_default();
            let name = name.strip_prefix("#/components/schemas/").unwrap_or(name);
            if let Some(target) = self.document.schema(name) {
                self.gather(target, false, found, depth + 1);
            }
        }
        found.is_open = found.is_open.or(match schema.additional() {
            Some(Additional::Allowed(true) | Additional::Of(_)) => Some(schema.span()),
            Some(Additional::Allowed(false)) | None => None,
        });
    }

    /// Reads the texts of the enumeration `name`.
    pub(super) fn enumeration(&mut self, schema: Schema<'a>, name: Spanned<String>) {
        let mut members: Vec<EnumMember> = Vec::new();
        let mut known = BTreeSet::new();
        for member in schema.enumeration() {
            let Some(text) = member.as_str().filter(|text| known.insert(*text)) else { continue };
            members.push(EnumMember {
                name: Spanned::new(text.to_owned(), member.span),
                value: None,
                annotations: Vec::new(),
                span: member.span,
            });
        }
        self.enums.push(EnumType {
            underlying_type: None,
            is_flags: None,
            members,
            annotations: annotations::of_schema(schema, std::iter::once(schema)),
            span: name.span,
            name,
        });
    }
}

/// Whether two schemas say the same in the same words.
fn same(one: Schema<'_>, other: Schema<'_>) -> bool {
    std::ptr::eq(one.json(), other.json()) || bare(one.json()) == bare(other.json())
}

/// The words of a schema, without their places.
fn bare(json: &Json) -> String {
    match &json.kind {
        JsonKind::Null => "null".to_owned(),
        JsonKind::Bool(value) => value.to_string(),
        JsonKind::Number(text) => text.clone(),
        JsonKind::String(text) => format!("{text:?}"),
        JsonKind::Array(elements) => {
            format!("[{}]", elements.iter().map(bare).collect::<Vec<_>>().join(","))
        }
        JsonKind::Object(members) => {
            let members = members.iter().filter(|member| member.name != "description");
            let texts = members.map(|member| format!("{:?}:{}", member.name, bare(&member.value)));
            format!("{{{}}}", texts.collect::<Vec<_>>().join(","))
        }
    }
}
