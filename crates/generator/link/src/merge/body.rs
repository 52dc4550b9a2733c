//! Holds an example body against the type that the metadata gives it.
//!
//! In comes the JSON of an example and what may stand there; out go the places that are not so, each
//! kept with the example (who reads it must be lenient there) and reported with both places. Light:
//! members that are missing are never a finding, since examples are cut short and creating needs
//! few. Holds: recursion and the number of findings of one body are bounded.

use msgraph_ir::{
    Api, BoundOperation, ExampleFinding, FindingKind, ItemId, ItemKind, Primitive, Property,
    TypeRef, TypeTarget,
};
use msgraph_source::{
    Code, Diagnostic, Diagnostics, Json, JsonKind, JsonMember, Span, catalogue::link as codes,
};

use super::lexical::{is_number_of, is_value, looks_like_placeholder};
use super::type_names::TypeNames;

/// Objects in objects beyond this depth are not looked at.
const DEPTH: usize = 64;
/// A body with more findings than this is not looked at any further.
const MOST: usize = 100;

/// Looks at one body.
pub(crate) struct Check<'a> {
    api: &'a Api,
    types: &'a TypeNames,
    findings: Vec<ExampleFinding>,
    diagnostics: Diagnostics,
    /// The declaration of the member that is being looked at.
    declaration: Span,
    /// What the body is: `example request`.
    what: &'static str,
}

impl<'a> Check<'a> {
    /// A look at the body `what`, whose type stands at `declaration`.
    pub(crate) fn new(
        api: &'a Api,
        types: &'a TypeNames,
        declaration: Span,
        what: &'static str,
    ) -> Self {
        Self { api, types, findings: Vec::new(), diagnostics: Vec::new(), declaration, what }
    }

    /// What was found.
    pub(crate) fn finish(self) -> (Vec<ExampleFinding>, Diagnostics) {
        (self.findings, self.diagnostics)
    }

    /// A body that is one value of `type_ref`.
    pub(crate) fn value(&mut self, json: &Json, type_ref: TypeRef) {
        self.position(json, type_ref, "$", 0);
    }

    /// An answer of `type_ref`: a collection or a primitive stands in the member `value`.
    pub(crate) fn answer(&mut self, json: &Json, type_ref: TypeRef) {
        let primitive = matches!(type_ref.target, TypeTarget::Primitive(_));
        if type_ref.target == TypeTarget::Primitive(Primitive::Stream) {
            return;
        }
        let value = json.get("value");
        match (value, type_ref.is_collection || primitive) {
            (Some(value), true) => self.position(value, type_ref, "$.value", 0),
            (None, true) => {
                let expected = if type_ref.is_collection {
                    "a collection in `value`"
                } else {
                    "an object with `value`"
                };
                self.kind(json, "$", expected);
            }
            (Some(value), false) if self.is_wrapped(json, value, type_ref) => {
                self.add(
                    FindingKind::Wrapped,
                    codes::WRAPPED_VALUE,
                    "$",
                    value.span,
                    format!("the {} wraps a single value in `value`", self.what),
                );
                self.position(value, type_ref, "$.value", 0);
            }
            (_, false) => self.position(json, type_ref, "$", 0),
        }
    }

    /// The body of an action: its parameters are the members.
    pub(crate) fn parameters(&mut self, json: &Json, bound: &BoundOperation) {
        let Some(members) = json.as_object() else {
            self.kind(json, "$", "an object with the parameters");
            return;
        };
        for member in members.iter().filter(|member| !member.name.contains('@')) {
            let path = format!("$.{}", member.name);
            let exact = bound.parameters.iter().find(|p| p.name.as_str() == member.name);
            let found = exact.or_else(|| {
                bound.parameters.iter().find(|p| p.name.as_str().eq_ignore_ascii_case(&member.name))
            });
            match found {
                Some(parameter) => {
                    self.declaration = parameter.span;
                    if exact.is_none() {
                        self.spelling(member, parameter.name.as_str(), &path);
                    }
                    self.position(&member.value, parameter.type_ref, &path, 1);
                }
                None => {
                    self.declaration = bound.span;
                    self.unknown(member, &bound.name.to_string(), &path);
                }
            }
        }
    }

    fn is_wrapped(&self, json: &Json, value: &Json, type_ref: TypeRef) -> bool {
        let alone = json.as_object().is_some_and(|members| {
            members.iter().all(|m| m.name == "value" || m.name.contains('@'))
        });
        let TypeTarget::Item(id) = type_ref.target else {
            return false;
        };
        alone && value.as_object().is_some() && self.api.property_of(id, "value").is_none()
    }

    fn position(&mut self, json: &Json, type_ref: TypeRef, path: &str, depth: usize) {
        if depth > DEPTH || self.findings.len() >= MOST {
            return;
        }
        if json.kind == JsonKind::Null {
            if type_ref.is_collection || !type_ref.is_nullable {
                self.add(
                    FindingKind::Null,
                    codes::NULL_VALUE,
                    path,
                    json.span,
                    format!("the {} has null at `{path}`, where null is not allowed", self.what),
                );
            }
            return;
        }
        if type_ref.target == TypeTarget::Json {
            return;
        }
        if !type_ref.is_collection {
            self.one(json, type_ref.target, path, depth);
            return;
        }
        let Some(elements) = json.as_array() else {
            self.kind(json, path, "an array");
            return;
        };
        let declaration = self.declaration;
        let element = TypeRef { is_collection: false, ..type_ref };
        for (index, json) in elements.iter().enumerate() {
            self.declaration = declaration;
            self.position(json, element, &format!("{path}[{index}]"), depth + 1);
        }
    }

    fn one(&mut self, json: &Json, target: TypeTarget, path: &str, depth: usize) {
        match target {
            TypeTarget::Json => {}
            TypeTarget::Primitive(primitive) => self.primitive(json, primitive, path),
            TypeTarget::Item(id) => match &self.api.items[id].kind {
                ItemKind::Entity(_) | ItemKind::Complex(_) => self.object(json, id, path, depth),
                ItemKind::TypeDefinition(definition) => {
                    self.primitive(json, definition.underlying, path);
                }
                ItemKind::Enumeration(_) => self.enumeration(json, id, path),
            },
        }
    }

    fn object(&mut self, json: &Json, declared: ItemId, path: &str, depth: usize) {
        let Some(members) = json.as_object() else {
            self.kind(json, path, "an object");
            return;
        };
        let (id, is_typed) = self.actual(members, declared, path);
        for member in members {
            if member.name.contains('@') {
                continue;
            }
            let path = format!("{path}.{}", member.name);
            let Some((property, how)) = self.member(id, is_typed, &member.name) else {
                let is_open = self.api.items[id].structured().is_some_and(|s| s.is_open);
                if !is_open {
                    self.declaration = self.api.items[id].span;
                    let name = self.api.items[id].name.to_string();
                    self.unknown(member, &name, &path);
                }
                continue;
            };
            self.declaration = property.span;
            match how {
                Found::Exact => {}
                Found::InOtherCase => self.spelling(member, property.name.as_str(), &path),
                Found::InDerived(derived) => self.add(
                    FindingKind::DerivedMember,
                    codes::DERIVED_MEMBER,
                    &path,
                    member.name_span,
                    format!(
                        "the {} has the member `{}` of `{}` in an object without `@odata.type`",
                        self.what, member.name, self.api.items[derived].name
                    ),
                ),
            }
            self.position(&member.value, property.type_ref, &path, depth + 1);
        }
    }

    /// The type of an object: the declared one, unless `@odata.type` names one derived from it.
    fn actual(&mut self, members: &[JsonMember], declared: ItemId, path: &str) -> (ItemId, bool) {
        let stated = members.iter().rev().find(|m| m.name == "@odata.type" || m.name == "@type");
        let Some(stated) = stated else {
            return (declared, false);
        };
        let name = stated.value.as_str().unwrap_or_default();
        match self.types.find(name) {
            Some(TypeTarget::Item(id)) if self.api.is_or_derives_from(id, declared) => (id, true),
            found => {
                let declared_name = &self.api.items[declared].name;
                let message = match found {
                    Some(_) => {
                        format!("the {} has `{name}` where `{declared_name}` stands", self.what)
                    }
                    None => {
                        format!("the {} names the type `{name}`, which is not declared", self.what)
                    }
                };
                self.declaration = self.api.items[declared].span;
                let path = format!("{path}['@odata.type']");
                self.add(
                    FindingKind::TypeName,
                    codes::TYPE_NAME,
                    &path,
                    stated.value.span,
                    message,
                );
                (declared, false)
            }
        }
    }

    fn member(&self, id: ItemId, is_typed: bool, name: &str) -> Option<(&'a Property, Found)> {
        let api = self.api;
        if let Some((owner, index)) = api.property_of(id, name) {
            return Some((api.property(owner, index)?, Found::Exact));
        }
        let in_other_case = api.ancestry(id).find_map(|owner| {
            let properties = &api.items[owner].structured()?.properties;
            properties.iter().find(|p| p.name.as_str().eq_ignore_ascii_case(name))
        });
        if let Some(property) = in_other_case {
            return Some((property, Found::InOtherCase));
        }
        if is_typed {
            return None;
        }
        let mut waiting: Vec<ItemId> = vec![id];
        while let Some(at) = waiting.pop() {
            let structured = api.items[at].structured()?;
            let property = structured.properties.iter().find(|p| p.name.as_str() == name);
            if let (Some(property), true) = (property, at != id) {
                return Some((property, Found::InDerived(at)));
            }
            waiting.extend(structured.derived.iter().rev());
        }
        None
    }

    fn primitive(&mut self, json: &Json, primitive: Primitive, path: &str) {
        let fits = match (&json.kind, primitive) {
            (_, Primitive::Stream | Primitive::Geo) => true,
            (JsonKind::Bool(_), Primitive::Boolean) => true,
            (JsonKind::Number(number), _) => is_number_of(primitive, number),
            (JsonKind::String(text), _) => is_value(primitive, text),
            _ => false,
        };
        if fits {
            return;
        }
        let textual = matches!(
            primitive,
            Primitive::Binary
                | Primitive::Date
                | Primitive::DateTimeOffset
                | Primitive::Duration
                | Primitive::Guid
                | Primitive::TimeOfDay
        );
        match &json.kind {
            JsonKind::String(text)
                if looks_like_placeholder(text)
                    || (textual && !text.starts_with(|c: char| c.is_ascii_digit())) =>
            {
                self.placeholder(json, text, &format!("Edm.{primitive:?}"), path);
            }
            JsonKind::String(text) if textual => self.add(
                FindingKind::ValueKind,
                codes::VALUE_KIND,
                path,
                json.span,
                format!(
                    "the {} has `{text}` at `{path}`, which is no `Edm.{primitive:?}`",
                    self.what
                ),
            ),
            _ => self.kind(json, path, &format!("an `Edm.{primitive:?}`")),
        }
    }

    fn enumeration(&mut self, json: &Json, id: ItemId, path: &str) {
        let ItemKind::Enumeration(enumeration) = &self.api.items[id].kind else {
            return;
        };
        let text = match &json.kind {
            JsonKind::String(text) => text,
            JsonKind::Number(number) if number.parse::<i64>().is_ok() => return,
            _ => {
                self.kind(json, path, "a member of an enumeration");
                return;
            }
        };
        self.declaration = self.api.items[id].span;
        let parts = text.split(',').map(str::trim);
        let mut in_other_case = None;
        for part in parts {
            let members = &enumeration.members;
            if members.iter().any(|member| member.name.as_str() == part) {
                continue;
            }
            match members.iter().find(|m| m.name.as_str().eq_ignore_ascii_case(part)) {
                Some(member) => in_other_case = Some(member.name.as_str()),
                None if looks_like_placeholder(text) => {
                    let name = self.api.items[id].name.to_string();
                    self.placeholder(json, text, &name, path);
                    return;
                }
                None => {
                    let name = &self.api.items[id].name;
                    self.add(
                        FindingKind::EnumMember,
                        codes::ENUM_MEMBER,
                        path,
                        json.span,
                        format!(
                            "the {} has `{part}` at `{path}`, which is no member of `{name}`",
                            self.what
                        ),
                    );
                    return;
                }
            }
        }
        if let Some(member) = in_other_case {
            self.add(
                FindingKind::EnumCase,
                codes::SPELLING,
                path,
                json.span,
                format!(
                    "the {} has `{text}` at `{path}`, which the metadata spells `{member}`",
                    self.what
                ),
            );
        }
    }

    fn kind(&mut self, json: &Json, path: &str, expected: &str) {
        let message = format!(
            "the {} has {} at `{path}` in place of {expected}",
            self.what,
            json.kind_name()
        );
        self.add(FindingKind::ValueKind, codes::VALUE_KIND, path, json.span, message);
    }

    fn placeholder(&mut self, json: &Json, text: &str, type_name: &str, path: &str) {
        let message =
            format!("the {} has the placeholder `{text}` for a value of `{type_name}`", self.what);
        self.add(FindingKind::Placeholder, codes::PLACEHOLDER_VALUE, path, json.span, message);
    }

    fn spelling(&mut self, member: &JsonMember, declared: &str, path: &str) {
        let message = format!("the {} spells `{declared}` as `{}`", self.what, member.name);
        self.add(FindingKind::MemberCase, codes::SPELLING, path, member.name_span, message);
    }

    fn unknown(&mut self, member: &JsonMember, owner: &str, path: &str) {
        let message = format!(
            "the {} has the member `{}`, which `{owner}` does not declare",
            self.what, member.name
        );
        self.add(
            FindingKind::UnknownMember,
            codes::UNKNOWN_MEMBER,
            path,
            member.name_span,
            message,
        );
    }

    fn add(&mut self, kind: FindingKind, code: Code, path: &str, span: Span, message: String) {
        if self.findings.len() >= MOST {
            return;
        }
        let mut found = Diagnostic::at(code, span, message).label(self.declaration, "the metadata");
        if self.findings.len() + 1 == MOST {
            found = found.note("the rest of this body is not looked at");
        }
        self.findings.push(ExampleFinding { path: path.to_owned(), kind, span });
        self.diagnostics.push(found);
    }
}

/// How a member was found.
enum Found {
    Exact,
    InOtherCase,
    InDerived(ItemId),
}
