//! Types and enumerations, from schemas.
//!
//! Out goes a [`Model`], in which each type has its own members only: what `allOf` refers to is its base type, and in
//! the dialect that repeats inherited members, the base type is the one that lists it under `anyOf`.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_csdl::{EnumMember, EnumType};
use msgraph_openapi::{Additional, Document, Schema};
use msgraph_source::{Json, JsonKind, Span, Spanned};

use crate::annotations;
use crate::dialect::Dialect;
use crate::names::Names;
use crate::value::{Value, value};

/// The most base types that one after the other derives from, and the type itself.
const DEEPEST: usize = 65;

/// All types.
#[derive(Default)]
pub(crate) struct Model<'a> {
    /// Structured types, in the order of the text.
    pub(crate) types: Vec<Type<'a>>,
    /// Enumerations with their namespaces, in the order of the text.
    pub(crate) enums: Vec<(String, EnumType)>,
    /// Primitive types under another name.
    pub(crate) definitions: Vec<(Spanned<String>, Value)>,
    /// The places of the types, by name.
    pub(crate) index: BTreeMap<String, usize>,
}

/// A structured type.
pub(crate) struct Type<'a> {
    /// The qualified name.
    pub(crate) name: Spanned<String>,
    /// Its base type.
    pub(crate) base: Option<Spanned<String>>,
    /// Its own members.
    pub(crate) members: Vec<Member<'a>>,
    /// Where it is said that there may be more members.
    pub(crate) is_open: Option<Span>,
    /// Where it is said that it is a stream.
    pub(crate) has_stream: Option<Span>,
    /// The schemas that it is read from.
    pub(crate) parts: Vec<Schema<'a>>,
    /// Whether it has identity.
    pub(crate) is_entity: bool,
    /// The properties that identify it.
    pub(crate) key: Vec<Spanned<String>>,
}

/// A member of a structured type.
pub(crate) struct Member<'a> {
    /// Its name.
    pub(crate) name: Spanned<&'a str>,
    /// What it holds.
    pub(crate) value: Value,
    /// Its schema.
    pub(crate) schema: Schema<'a>,
    /// Whether it leads to entities.
    pub(crate) is_navigation: bool,
    /// Whether what it leads to lives inside of what has it.
    pub(crate) is_contained: bool,
}

impl<'a> Model<'a> {
    /// The type with this qualified name.
    pub(crate) fn get(&self, name: &str) -> Option<&Type<'a>> {
        self.types.get(*self.index.get(name)?)
    }

    /// `name` and its base types, the root of them last.
    pub(crate) fn ancestry<'m>(&'m self, name: &str) -> impl Iterator<Item = &'m Type<'a>> {
        let base = |of: &&'m Type<'a>| self.get(&of.base.as_ref()?.value);
        // Longer ones, and those without an end, are refused by the linker.
        std::iter::successors(self.get(name), base).take(DEEPEST)
    }

    /// The member of `name` or of its base types, and the type that declares it.
    pub(crate) fn member<'m>(
        &'m self,
        name: &str,
        member: &str,
    ) -> Option<(&'m Type<'a>, &'m Member<'a>)> {
        self.ancestry(name).find_map(|owner| {
            Some((owner, owner.members.iter().find(|it| it.name.value == member)?))
        })
    }
}

/// Reads the schemas of `document`.
pub(crate) fn model<'a>(document: &'a Document, names: &Names) -> Model<'a> {
    let mut model = Model::default();
    let listed = listed_bases(document, names);
    for (name, schema) in document.schemas() {
        if names.type_name(name.value) != Some(name.value) {
            continue;
        }
        let Some((namespace, simple)) = name.value.rsplit_once('.') else { continue };
        if !schema.enumeration().is_empty() {
            let name = Spanned::new(simple.to_owned(), name.span);
            model.enums.push((namespace.to_owned(), enumeration(name, schema)));
            continue;
        }
        let name = name.map(str::to_owned);
        let types = schema.types();
        if types.iter().any(|one| *one != "object") {
            model.definitions.push((name, value(document, names, schema)));
            continue;
        }
        model.index.insert(name.value.clone(), model.types.len());
        let base = listed.get(name.value.as_str()).cloned();
        model.types.push(structured(document, names, name, base, schema));
    }
    if names.dialect() == Dialect::Oasis {
        drop_inherited(&mut model);
    }
    model
}

/// The base types that list what derives from them.
fn listed_bases(document: &Document, names: &Names) -> BTreeMap<String, Spanned<String>> {
    let mut bases = BTreeMap::new();
    if names.dialect() != Dialect::Oasis {
        return bases;
    }
    for (base, schema) in
        document.schemas().filter(|(name, _)| names.type_name(name.value) == Some(name.value))
    {
        for derived in schema.any_of().filter_map(Schema::reference) {
            bases
                .entry(derived.value)
                .or_insert_with(|| Spanned::new(base.value.to_owned(), derived.span));
        }
    }
    bases
}

fn structured<'a>(
    document: &'a Document,
    names: &Names,
    name: Spanned<String>,
    listed: Option<Spanned<String>>,
    schema: Schema<'a>,
) -> Type<'a> {
    let (referred, mut parts): (Vec<_>, Vec<_>) =
        schema.all_of().partition(|part| part.reference().is_some());
    parts.insert(0, schema);
    let mut bases = referred.iter().filter_map(|part| part.reference());
    let base = listed.or_else(|| bases.next());
    let mut members: Vec<Member<'a>> = Vec::new();
    let mut known = BTreeSet::new();
    let counted: BTreeSet<&str> = parts
        .iter()
        .flat_map(|part| part.properties())
        .filter_map(|(name, _)| name.value.strip_suffix("@odata.count"))
        .collect();
    for (name, property) in parts.iter().flat_map(|part| part.properties()) {
        // Control information is the runtime's.
        if name.value.contains('@') || !known.insert(name.value) {
            continue;
        }
        let is_navigation =
            property.flag("x-ms-navigationProperty") || counted.contains(name.value);
        members.push(Member {
            name,
            value: value(document, names, property),
            schema: property,
            is_navigation,
            is_contained: false,
        });
    }
    let is_open = parts.iter().find_map(|part| match part.additional()? {
        Additional::Allowed(false) => None,
        Additional::Allowed(true) | Additional::Of(_) => Some(part.span()),
    });
    Type {
        name,
        base,
        members,
        is_open,
        has_stream: None,
        parts,
        is_entity: false,
        key: Vec::new(),
    }
}

/// Leaves each type its own members.
fn drop_inherited(model: &mut Model<'_>) {
    let inherited: Vec<BTreeSet<String>> = model
        .types
        .iter()
        .map(|one| {
            let bases = model.ancestry(&one.name.value).skip(1);
            bases.flat_map(|base| base.members.iter().map(|it| it.name.value.to_owned())).collect()
        })
        .collect();
    for (one, inherited) in model.types.iter_mut().zip(inherited) {
        one.members.retain(|member| !inherited.contains(member.name.value));
    }
}

fn enumeration(name: Spanned<String>, schema: Schema<'_>) -> EnumType {
    let flags = schema.extension("x-ms-enum-flags").or_else(|| schema.extension("x-ms-enum"));
    let flags =
        flags.and_then(|flags| flags.get("isFlags")).filter(|flags| flags.as_bool() == Some(true));
    let stated =
        schema.extension("x-ms-enum").and_then(|it| it.get("values")).and_then(Json::as_array);
    let named = stated.unwrap_or_default().iter().filter_map(|one| {
        let known = one.get("name").or_else(|| one.get("value"));
        Some((known?.as_str()?, one))
    });
    let described: BTreeMap<&str, &Json> = named.collect();
    // Most often nothing tells what members count. Those that can be joined then count a bit each.
    let mut bits = 0..i64::from(i64::BITS - 1);
    let members = schema.enumeration().iter().filter_map(|member| {
        let text = member.as_str()?;
        let stated = described.get(text);
        let description = stated.and_then(|one| one.get("description"));
        let mut bit = || if text == "none" { Some(0) } else { bits.next().map(|bit| 1 << bit) };
        let unstated = flags.and_then(|_| bit()).map(|value| Spanned::new(value, member.span));
        Some(EnumMember {
            name: Spanned::new(text.to_owned(), member.span),
            value: stated.and_then(|one| number(one.get("value")?)).or(unstated),
            annotations: description.and_then(annotations::description).into_iter().collect(),
            span: member.span,
        })
    });
    EnumType {
        underlying_type: None,
        is_flags: flags.map(|flags| Spanned::new(true, flags.span)),
        members: members.collect(),
        annotations: annotations::of_schema(schema, std::iter::once(schema)),
        span: name.span,
        name,
    }
}

fn number(value: &Json) -> Option<Spanned<i64>> {
    match &value.kind {
        JsonKind::Number(text) => Some(Spanned::new(text.parse().ok()?, value.span)),
        _ => None,
    }
}
