//! Types out of schemas.
//!
//! A schema with members is a type, and so is one of several texts; the rest are values. Schemas that stand where they are
//! used are called by that place.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use msgraph_csdl::{Document as Metadata, EnumType, Schema as Namespace, StructuredType};
use msgraph_openapi::{Document, Schema};
use msgraph_source::{Diagnostic, Diagnostics, Json, Span, Spanned, catalogue::openapi as codes};

use super::NAMESPACE;
use super::kind::{Kind, alternatives};
use crate::value::{Value, primitive};

/// The deepest chain of schemas that stand for each other.
pub(super) const DEEPEST: usize = 64;

/// The types that are found on the way.
pub(super) struct Types<'a> {
    pub(super) document: &'a Document,
    /// The names of components that are types, by the names of the schemas.
    known: BTreeMap<String, String>,
    /// The names of types that stand where they are used, by their schemas: one that several types have is one type.
    placed: BTreeMap<*const Json, String>,
    /// What components are that have no type of their own.
    aliases: BTreeMap<String, Value>,
    /// Components that are used, and whose members are not read yet.
    waiting: Vec<(Kind, Schema<'a>, Spanned<String>)>,
    /// What schemas are, by their places: those that refer to others twice double the work with each.
    pub(super) kinds: RefCell<BTreeMap<*const Json, Kind>>,
    /// All names of types that are taken, in small letters, and how many were numbered for each.
    taken: BTreeMap<String, usize>,
    pub(super) structured: Vec<StructuredType>,
    pub(super) enums: Vec<EnumType>,
    enum_names: BTreeSet<String>,
    pub(super) diagnostics: Diagnostics,
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

    /// All types, as metadata declares them.
    pub(super) fn finish(mut self) -> (Metadata, Diagnostics) {
        let span = Span::start_of(self.document.root.span.file);
        self.structured.sort_by_key(|one| (one.span.start, one.name.value.clone()));
        self.enums.sort_by_key(|one| (one.span.start, one.name.value.clone()));
        let namespace = Namespace {
            structured_types: self.structured,
            enum_types: self.enums,
            ..Namespace::new(Spanned::new(NAMESPACE.to_owned(), span), span)
        };
        (Metadata::new(vec![namespace], span), self.diagnostics)
    }

    /// What `schema` says of a value; a type that has no name is called `wanted`.
    pub(super) fn value(&mut self, schema: Schema<'a>, wanted: &str) -> Value {
        let value = self.read(schema, wanted, 0);
        self.settle();
        value
    }

    pub(super) fn read(&mut self, schema: Schema<'a>, wanted: &str, depth: usize) -> Value {
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

fn qualified(name: &str) -> String {
    format!("{NAMESPACE}.{name}")
}
