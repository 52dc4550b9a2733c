//! Types out of schemas.
//!
//! A schema with members is a type; what it is made of (`allOf`) gives it its members, and so does what it may be
//! (`oneOf`, `anyOf`, the schemas of a discriminator): a value is one object, and a type a view of it, so that a view of a
//! union has the members of all that it may be. Schemas that stand where they are used are called by that place.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use msgraph_csdl::{
    Document as Metadata, EnumMember, EnumType, Property, Schema as Namespace, StructuredKind,
    StructuredType,
};
use msgraph_openapi::{Additional, Document, Schema};
use msgraph_source::{
    Diagnostic, Diagnostics, Json, JsonKind, Span, Spanned, catalogue::openapi as codes, shortened,
};

use super::NAMESPACE;
use crate::annotations;
use crate::value::{Value, primitive};

/// The deepest chain of schemas that stand for each other.
const DEEPEST: usize = 64;

/// The types that are found on the way.
pub(super) struct Types<'a> {
    document: &'a Document,
    /// The names of components that are types, by the names of the schemas.
    known: BTreeMap<String, String>,
    /// The names of types that stand where they are used, by their schemas: one that several types have is one type.
    placed: BTreeMap<*const Json, String>,
    /// What components are that have no type of their own.
    aliases: BTreeMap<String, Value>,
    /// Components that are used, and whose members are not read yet.
    waiting: Vec<(Kind, Schema<'a>, Spanned<String>)>,
    /// What schemas are, by their places: those that refer to others twice double the work with each.
    kinds: RefCell<BTreeMap<*const Json, Kind>>,
    /// All names of types that are taken, in small letters, and how many were numbered for each.
    taken: BTreeMap<String, usize>,
    structured: Vec<StructuredType>,
    enums: Vec<EnumType>,
    enum_names: BTreeSet<String>,
    diagnostics: Diagnostics,
}

/// What a schema is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// An object with members.
    Object,
    /// One of several texts.
    Enumeration,
    /// Anything else, which has no type of its own.
    Other,
}

impl<'a> Types<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            known: BTreeMap::new(),
            placed: BTreeMap::new(),
            aliases: BTreeMap::new(),
            waiting: Vec::new(),
            kinds: RefCell::new(BTreeMap::new()),
            taken: BTreeMap::new(),
            structured: Vec::new(),
            enums: Vec::new(),
            enum_names: BTreeSet::new(),
            diagnostics: Diagnostics::new(),
        }
    }

    /// Reads all components, used or not, in the order of the text.
    pub(super) fn all(&mut self) {
        for (name, _) in self.document.schemas() {
            self.component(&name.map(str::to_owned), 0);
            self.settle();
        }
    }

    /// Reads the members of what waits: one after the other, since chains of references may be long.
    fn settle(&mut self) {
        while let Some((kind, schema, name)) = self.waiting.pop() {
            match kind {
                Kind::Enumeration => self.enumeration(schema, name),
                Kind::Object | Kind::Other => self.structured(schema, name),
            }
        }
    }

    /// Whether `schema` is a value that is no object, or a list of such values.
    pub(super) fn is_of_values(&self, schema: Schema<'a>) -> bool {
        let schema = self.resolved(schema);
        match schema.items() {
            Some(items) => self.is_value(items, 0),
            None => self.is_value(schema, 0),
        }
    }

    fn is_value(&self, schema: Schema<'a>, depth: usize) -> bool {
        let schema = self.resolved(schema);
        match self.kind(schema, depth) {
            Kind::Object => false,
            Kind::Enumeration => true,
            Kind::Other if depth > DEEPEST || schema.items().is_some() => false,
            Kind::Other => {
                let alternatives = alternatives(schema);
                let mut some = alternatives.iter().filter(|one| !one.is_null());
                match schema.types().as_slice() {
                    [one] => matches!(*one, "boolean" | "integer" | "number" | "string"),
                    _ => !alternatives.is_empty() && some.all(|one| self.is_value(*one, depth + 1)),
                }
            }
        }
    }

    /// All types, as metadata declares them.
    pub(super) fn finish(mut self) -> (Metadata, Diagnostics) {
        let span = Span::start_of(self.document.root.span.file);
        self.structured.sort_by_key(|one| (one.span.start, one.name.value.clone()));
        self.enums.sort_by_key(|one| (one.span.start, one.name.value.clone()));
        let namespace = Namespace {
            namespace: Spanned::new(NAMESPACE.to_owned(), span),
            alias: None,
            structured_types: self.structured,
            enum_types: self.enums,
            type_definitions: Vec::new(),
            operations: Vec::new(),
            containers: Vec::new(),
            terms: Vec::new(),
            annotations: Vec::new(),
            own_annotations: Vec::new(),
            span,
        };
        let metadata = Metadata {
            version: Spanned::new("4.0".to_owned(), span),
            references: Vec::new(),
            schemas: vec![namespace],
            span,
        };
        (metadata, self.diagnostics)
    }

    /// What `schema` says of a value; a type that has no name is called `wanted`.
    pub(super) fn value(&mut self, schema: Schema<'a>, wanted: &str) -> Value {
        let value = self.read(schema, wanted, 0);
        self.settle();
        value
    }

    fn read(&mut self, schema: Schema<'a>, wanted: &str, depth: usize) -> Value {
        let span = schema.span();
        let any =
            Value { name: "Edm.Untyped".to_owned(), span, is_collection: false, is_nullable: true };
        if depth > DEEPEST {
            return any;
        }
        if let Some(reference) = schema.reference() {
            let value = self.component(&reference, depth + 1);
            let is_nullable = value.is_nullable || schema.is_nullable();
            return Value { span: reference.span, is_nullable, ..value };
        }
        if schema.json().get("$ref").is_some() {
            let target = Schema::of(self.document.resolve(schema.json()));
            return Value { span, ..self.read(target, wanted, depth + 1) };
        }
        let has_null = schema.enumeration().iter().any(|one| one.kind_name() == "null");
        let is_nullable = schema.is_nullable() || has_null;
        let kind = self.kind(schema, 0);
        if !matches!(kind, Kind::Other) {
            let name = self.placed(schema, &kind, wanted);
            return Value { name: qualified(&name), span, is_collection: false, is_nullable };
        }
        let types = schema.types();
        if let Some(items) = schema.items().filter(|_| types.is_empty() || types == ["array"]) {
            let item = self.read(items, &format!("{wanted} item"), depth + 1);
            return if item.is_collection { any } else { Value { is_collection: true, ..item } };
        }
        let alternatives = alternatives(schema);
        if !alternatives.is_empty() {
            let some = alternatives.iter().copied().filter(|one| !one.is_null());
            let read: Vec<Value> = some.map(|one| self.read(one, wanted, depth + 1)).collect();
            let may_be_null = is_nullable || alternatives.iter().any(|one| one.is_null());
            return match read.as_slice() {
                [one] => Value { is_nullable: one.is_nullable || may_be_null, ..one.clone() },
                [first, rest @ ..]
                    if rest.iter().all(|one| {
                        one.name == first.name && one.is_collection == first.is_collection
                    }) =>
                {
                    Value { is_nullable: first.is_nullable || may_be_null, ..first.clone() }
                }
                [] => any,
                _ => {
                    self.say_union(schema, "are not all objects");
                    any
                }
            };
        }
        let primitive = match types.as_slice() {
            ["string"] if schema.format() == Some("binary") => Some("Edm.String"),
            [one] => primitive(one, schema.format()),
            _ => None,
        };
        primitive.map_or(any, |name| Value {
            name: name.to_owned(),
            span,
            is_collection: false,
            is_nullable,
        })
    }

    /// The name of the type that `schema` is, which stands where it is used.
    fn placed(&mut self, schema: Schema<'a>, kind: &Kind, wanted: &str) -> String {
        let place = std::ptr::from_ref(schema.json());
        if let Some(name) = self.placed.get(&place) {
            return name.clone();
        }
        let name = self.claim(wanted);
        self.placed.insert(place, name.clone());
        self.declare(*kind, schema, Spanned::new(name.clone(), schema.span()));
        name
    }

    /// What the schema of `components` with this name is.
    fn component(&mut self, name: &Spanned<String>, depth: usize) -> Value {
        let Some((declared, schema)) = self.document.named_schema(&name.value) else {
            return Value {
                name: "Edm.Untyped".to_owned(),
                span: name.span,
                is_collection: false,
                is_nullable: true,
            };
        };
        let kind = self.kind(schema, 0);
        if kind == Kind::Other {
            if let Some(known) = self.aliases.get(&name.value) {
                return known.clone();
            }
            let value = self.read(schema, &name.value, depth + 1);
            self.aliases.insert(name.value.clone(), value.clone());
            return value;
        }
        let own = match self.known.get(&name.value) {
            Some(own) => own.clone(),
            None => {
                let own = self.claim(&name.value);
                self.known.insert(name.value.clone(), own.clone());
                self.declare(kind, schema, Spanned::new(own.clone(), declared.span));
                own
            }
        };
        Value {
            name: qualified(&own),
            span: name.span,
            is_collection: false,
            is_nullable: schema.is_nullable(),
        }
    }

    /// Declares a type, whose members are read later.
    fn declare(&mut self, kind: Kind, schema: Schema<'a>, name: Spanned<String>) {
        if kind == Kind::Enumeration {
            self.enum_names.insert(qualified(&name.value));
        }
        self.waiting.push((kind, schema, name));
    }

    /// What `schema` is, as far as its own words and those of what it is made of say.
    fn kind(&self, schema: Schema<'a>, depth: usize) -> Kind {
        let place = std::ptr::from_ref(schema.json());
        if let Some(&known) = self.kinds.borrow().get(&place) {
            return known;
        }
        let kind = self.kind_of(schema, depth);
        self.kinds.borrow_mut().insert(place, kind);
        kind
    }

    fn kind_of(&self, schema: Schema<'a>, depth: usize) -> Kind {
        if depth > DEEPEST {
            return Kind::Other;
        }
        let members = schema.enumeration();
        if !members.is_empty() {
            let texts = members.iter().filter(|one| one.as_str().is_some()).count();
            let nulls = members.iter().filter(|one| one.kind_name() == "null").count();
            return if texts > 0 && texts + nulls == members.len() {
                Kind::Enumeration
            } else {
                Kind::Other
            };
        }
        if schema.items().is_some() {
            return Kind::Other;
        }
        if schema.properties().next().is_some() {
            return Kind::Object;
        }
        let is_object = |this: &Self, one: Schema<'a>| {
            matches!(this.kind(this.resolved(one), depth + 1), Kind::Object)
        };
        // What is made of one thing is that thing, unless it adds to it.
        let parts: Vec<Schema<'a>> = schema.all_of().collect();
        if parts.len() > 1 && parts.iter().any(|one| is_object(self, *one)) {
            return Kind::Object;
        }
        let choices: Vec<Schema<'a>> =
            schema.one_of().chain(schema.any_of()).filter(|one| !one.is_null()).collect();
        if choices.len() > 1 && choices.iter().all(|one| is_object(self, *one)) {
            return Kind::Object;
        }
        Kind::Other
    }

    fn resolved(&self, schema: Schema<'a>) -> Schema<'a> {
        Schema::of(self.document.resolve(schema.json()))
    }

    fn structured(&mut self, schema: Schema<'a>, name: Spanned<String>) {
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

    fn enumeration(&mut self, schema: Schema<'a>, name: Spanned<String>) {
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

    fn say_union(&mut self, schema: Schema<'a>, why: &str) {
        self.diagnostics.push(
            Diagnostic::at(
                codes::UNION,
                schema.span(),
                format!("the schemas that this may follow {why}"),
            )
            .note("it is read as any JSON")
            .help("let them be objects, or one of them"),
        );
    }

    /// A name that is free; where `wanted` is taken, it is numbered.
    fn claim(&mut self, wanted: &str) -> String {
        let mut name = String::new();
        let mut is_new_word = true;
        for c in wanted.chars() {
            if c.is_alphanumeric() {
                match is_new_word {
                    true => name.extend(c.to_uppercase()),
                    false => name.push(c),
                }
            }
            is_new_word = !c.is_alphanumeric();
        }
        if name.is_empty() {
            name.push_str("Unnamed");
        }
        let mut free = name.clone();
        // Each name remembers its last number, since thousands may want the same.
        while let Some(number) = self.taken.get_mut(&free.to_lowercase()) {
            *number += 1;
            let number = *number + 1;
            let numbered = format!("{name}{number}");
            if !self.taken.contains_key(&numbered.to_lowercase()) {
                free = numbered;
                break;
            }
            free.clone_from(&name);
        }
        self.taken.insert(free.to_lowercase(), 0);
        free
    }
}

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

fn alternatives(schema: Schema<'_>) -> Vec<Schema<'_>> {
    schema.all_of().chain(schema.one_of()).chain(schema.any_of()).collect()
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

fn qualified(name: &str) -> String {
    format!("{NAMESPACE}.{name}")
}
