//! Holds an example body against the type that the metadata gives it.
//!
//! In comes the JSON of an example and what may stand there; out go the places that are not so, each
//! kept with the example (who reads it must be lenient there) and reported with both places. Light:
//! members that are missing are never a finding, since examples are cut short and creating needs
//! few. Holds: recursion and the number of findings of one body are bounded, each place is told once.

use msgraph_ir::{
    Api, BoundOperation, ExampleFinding, FindingKind, ItemId, ItemKind, Property, TypeRef,
    TypeTarget,
};
use msgraph_source::{
    Code, Diagnostic, Diagnostics, Json, JsonKind, JsonMember, Span, catalogue::link as codes,
};

use super::members::MemberIndex;
use super::object_type::named;
use super::place::{Step, path, short};
use super::type_names::TypeNames;

/// Objects in objects beyond this depth are not looked at.
const DEPTH: usize = 64;
/// A body with more findings than this is not looked at any further.
const MOST: usize = 100;
/// So many members that a type does not declare are looked for elsewhere; what then still comes is
/// unknown. Real bodies have a handful.
const SEARCHES: usize = 1_000;

/// What bodies are held against.
pub(crate) struct Model<'a> {
    /// The model.
    pub(crate) api: &'a Api,
    /// Its types by name.
    pub(crate) types: &'a TypeNames,
    /// Its members by name.
    pub(crate) members: MemberIndex<'a>,
}

/// Looks at one body.
pub(crate) struct Check<'a, 'j> {
    pub(super) api: &'a Api,
    pub(super) model: &'a Model<'a>,
    findings: Vec<ExampleFinding>,
    diagnostics: Diagnostics,
    /// The declaration of the member that is being looked at.
    pub(super) declaration: Span,
    /// What the body is: `example request`.
    pub(super) what: &'static str,
    /// Where in the body the look is.
    place: Vec<Step<'j>>,
    /// How many undeclared members may still be looked for elsewhere.
    pub(super) searches: usize,
}

impl<'a, 'j> Check<'a, 'j> {
    /// A look at the body `what`, whose type stands at `declaration`.
    pub(crate) fn new(model: &'a Model<'a>, declaration: Span, what: &'static str) -> Self {
        Self {
            api: model.api,
            model,
            findings: Vec::new(),
            diagnostics: Vec::new(),
            declaration,
            what,
            place: Vec::new(),
            searches: SEARCHES,
        }
    }

    /// What was found.
    pub(crate) fn finish(self) -> (Vec<ExampleFinding>, Diagnostics) {
        (self.findings, self.diagnostics)
    }

    /// A body that is one value of `type_ref`.
    pub(crate) fn value(&mut self, json: &'j Json, type_ref: TypeRef) {
        self.position(json, type_ref);
    }

    /// An answer of `type_ref`: a collection or a primitive stands in the member `value`.
    pub(crate) fn answer(&mut self, json: &'j Json, type_ref: TypeRef) {
        let primitive = match type_ref.target {
            TypeTarget::Primitive(msgraph_ir::Primitive::Stream) => return,
            TypeTarget::Primitive(_) => true,
            TypeTarget::Item(id) => self.api.items[id].structured().is_none(),
            TypeTarget::Json => false,
        };
        let value = json.get("value");
        match value {
            Some(value) if type_ref.is_collection || primitive => {
                self.at(Step::Member("value"), |check| check.position(value, type_ref));
            }
            None if type_ref.is_collection => self.kind(json, "a collection in `value`"),
            None if primitive => self.kind(json, "an object with `value`"),
            Some(value) if self.is_wrapped(json, value, type_ref) => {
                match value.kind {
                    JsonKind::Array(_) => self.add(
                        FindingKind::ValueKind,
                        codes::VALUE_KIND,
                        value.span,
                        format!("the {} has a collection in place of a single value", self.what),
                    ),
                    _ => self.add(
                        FindingKind::Wrapped,
                        codes::WRAPPED_VALUE,
                        value.span,
                        format!("the {} wraps a single value in `value`", self.what),
                    ),
                }
                let is_collection = value.as_array().is_some();
                let type_ref = TypeRef { is_collection, ..type_ref };
                self.at(Step::Member("value"), |check| check.position(value, type_ref));
            }
            _ => self.position(json, type_ref),
        }
    }

    /// The body of an action: its parameters are the members.
    pub(crate) fn parameters(&mut self, json: &'j Json, bound: &'a BoundOperation) {
        let Some(members) = json.as_object() else {
            self.kind(json, "an object with the parameters");
            return;
        };
        for member in members.iter().filter(|member| !member.name.contains('@')) {
            if self.is_full() {
                return;
            }
            let exact = bound.parameters.iter().find(|p| p.name.as_str() == member.name);
            let found = exact.or_else(|| {
                bound.parameters.iter().find(|p| p.name.as_str().eq_ignore_ascii_case(&member.name))
            });
            self.at(Step::Member(&member.name), |check| match found {
                Some(parameter) => {
                    check.declaration = parameter.span;
                    if exact.is_none() {
                        check.parameter_case(member, parameter.name.as_str());
                    }
                    check.position(&member.value, parameter.type_ref);
                }
                None => {
                    check.declaration = bound.span;
                    check.unknown(member, &member.name, &bound.name.to_string());
                }
            });
        }
    }

    /// A link to an entity in place of the entity, or with `is_answered_collection` several of them in
    /// the member `value`.
    pub(crate) fn links(&mut self, json: &'j Json, is_answered_collection: bool) {
        if !is_answered_collection {
            let id = json.get("@odata.id").or_else(|| json.get("@id"));
            if id.and_then(Json::as_str).is_none() {
                self.kind(json, "a link, an object with `@odata.id`");
            }
            return;
        }
        let Some(links) = json.get("value").and_then(Json::as_array) else {
            self.kind(json, "a collection in `value`");
            return;
        };
        self.at(Step::Member("value"), |check| {
            for (index, link) in links.iter().enumerate() {
                check.at(Step::Element(index), |check| check.links(link, false));
            }
        });
    }

    fn is_wrapped(&self, json: &Json, value: &Json, type_ref: TypeRef) -> bool {
        let alone = json.as_object().is_some_and(|members| {
            members.iter().all(|m| m.name == "value" || m.name.contains('@'))
        });
        let TypeTarget::Item(id) = type_ref.target else {
            return false;
        };
        let holds = match &value.kind {
            JsonKind::Object(_) => true,
            JsonKind::Array(elements) => elements.iter().all(|e| e.as_object().is_some()),
            _ => false,
        };
        alone && holds && self.api.property_of(id, "value").is_none()
    }

    /// Looks at what stands one step further.
    pub(super) fn at(&mut self, step: Step<'j>, look: impl FnOnce(&mut Self)) {
        self.place.push(step);
        look(self);
        self.place.pop();
    }

    fn is_full(&self) -> bool {
        self.findings.len() >= MOST
    }

    fn position(&mut self, json: &'j Json, type_ref: TypeRef) {
        if self.place.len() > DEPTH || self.is_full() {
            return;
        }
        if json.kind == JsonKind::Null {
            if type_ref.is_collection || !type_ref.is_nullable {
                let message = format!(
                    "the {} has null at `{}`, where null is not allowed",
                    self.what,
                    self.path()
                );
                self.add(FindingKind::Null, codes::NULL_VALUE, json.span, message);
            }
            return;
        }
        if type_ref.target == TypeTarget::Json {
            return;
        }
        if !type_ref.is_collection {
            self.one(json, type_ref.target);
            return;
        }
        let Some(elements) = json.as_array() else {
            self.kind(json, "an array");
            return;
        };
        let declaration = self.declaration;
        let element = TypeRef { is_collection: false, ..type_ref };
        for (index, json) in elements.iter().enumerate() {
            if self.is_full() {
                return;
            }
            self.declaration = declaration;
            self.at(Step::Element(index), |check| check.position(json, element));
        }
    }

    fn one(&mut self, json: &'j Json, target: TypeTarget) {
        match target {
            TypeTarget::Json => {}
            TypeTarget::Primitive(primitive) => self.primitive(json, primitive),
            TypeTarget::Item(id) => match &self.api.items[id].kind {
                ItemKind::Entity(_) | ItemKind::Complex(_) => self.object(json, id),
                ItemKind::TypeDefinition(definition) => {
                    self.primitive(json, definition.underlying);
                }
                ItemKind::Enumeration(enumeration) => self.enumeration(json, id, enumeration),
            },
        }
    }

    fn object(&mut self, json: &'j Json, declared: ItemId) {
        let Some(members) = json.as_object() else {
            self.kind(json, "an object");
            return;
        };
        let id = match self.stated(members, declared) {
            Some(id) => id,
            None => self.shown(members, declared),
        };
        for member in members {
            if self.is_full() {
                return;
            }
            let Some((name, is_bind)) = named(member) else {
                continue;
            };
            self.at(Step::Member(&member.name), |check| {
                let Some((property, is_exact)) = check.member(id, name) else {
                    let item = &check.api.items[id];
                    if item.structured().is_some_and(|s| !s.is_open) {
                        check.declaration = item.span;
                        check.unknown(member, name, &item.name.to_string());
                    }
                    return;
                };
                check.declaration = property.span;
                if !is_exact {
                    check.spelling(member, name, property.name.as_str());
                }
                if is_bind {
                    check.bind(member, property);
                } else {
                    check.position(&member.value, property.type_ref);
                }
            });
        }
    }

    /// `X@odata.bind`: a link, or several, to what a navigation property is to hold.
    fn bind(&mut self, member: &'j JsonMember, property: &Property) {
        if property.navigation().is_none() {
            self.add(
                FindingKind::Bind,
                codes::BIND_PROPERTY,
                member.name_span,
                format!(
                    "the {} binds `{}`, which is no navigation property",
                    self.what, property.name
                ),
            );
            return;
        }
        let links = match (&member.value.kind, property.type_ref.is_collection) {
            (JsonKind::Array(links), true) => links.as_slice(),
            (_, true) => return self.kind(&member.value, "an array of links"),
            (_, false) => std::slice::from_ref(&member.value),
        };
        for link in links {
            let is_removed = link.kind == JsonKind::Null && !property.type_ref.is_collection;
            if link.as_str().is_none() && !is_removed {
                self.kind(link, "a link");
            }
        }
    }

    /// Where the look is, in words.
    pub(super) fn path(&self) -> String {
        path(&self.place)
    }

    pub(super) fn kind(&mut self, json: &Json, expected: &str) {
        let message = format!(
            "the {} has {} at `{}` in place of {expected}",
            self.what,
            json.kind_name(),
            self.path()
        );
        self.add(FindingKind::ValueKind, codes::VALUE_KIND, json.span, message);
    }

    fn spelling(&mut self, member: &JsonMember, name: &str, declared: &str) {
        let message = format!("the {} spells `{declared}` as `{}`", self.what, short(name));
        self.add(FindingKind::MemberCase, codes::SPELLING, member.name_span, message);
    }

    /// Parameters are read in any case, so that this is only told.
    fn parameter_case(&mut self, member: &JsonMember, declared: &str) {
        let message = format!(
            "the {} spells the parameter `{declared}` as `{}`",
            self.what,
            short(&member.name)
        );
        self.add(FindingKind::ParameterCase, codes::PARAMETER_CASE, member.name_span, message);
    }

    fn unknown(&mut self, member: &JsonMember, name: &str, owner: &str) {
        let message =
            format!("the {} has the member `{name}`, which `{owner}` does not declare", self.what);
        self.add(FindingKind::UnknownMember, codes::UNKNOWN_MEMBER, member.name_span, message);
    }

    pub(super) fn add(&mut self, kind: FindingKind, code: Code, span: Span, message: String) {
        if self.is_full() {
            return;
        }
        let mut found = Diagnostic::at(code, span, message).label(self.declaration, "the metadata");
        if self.findings.len() + 1 == MOST {
            found = found.note("the rest of this body is not looked at");
        }
        self.findings.push(ExampleFinding { path: self.path(), kind, code, span });
        self.diagnostics.push(found);
    }
}
