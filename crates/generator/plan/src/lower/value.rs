//! Documented JSON to expressions: `ConversationThread::new().with_topic("…")`.
//!
//! A member that the metadata does not declare is put in by name. An object that cannot be made member
//! by member (control information, a derived type) is read from its JSON. What does not fit its type is
//! collected as a JSON path.

use msgraph_ir::{BoundId, Enumeration, ItemId, ItemKind, TypeRef, TypeTarget};
use msgraph_source::{Json, JsonKind};

use super::Lowering;
use super::members::primitive_shape;
use crate::data::{MemberNames, Scalar, Shape, TypePath, Value, WithCall};
use crate::json::{self, Fit};

/// A structured type: of the model, or the parameters of an action.
#[derive(Clone, Copy, Debug)]
pub(super) enum Owner {
    Item(ItemId),
    Parameters(BoundId),
}

/// Deeper JSON is not taken for an example.
const DEPTH: usize = 48;

impl Lowering<'_> {
    /// The object `json` of the type `owner`, whose place is `path`, as an expression.
    pub(super) fn object_value(&self, owner: Owner, path: &TypePath, json: &Json) -> Value {
        let whole = || Value::FromJson(path.clone(), json::compact(json));
        let Some(members) = json.as_object() else {
            return whole();
        };
        let mut calls = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let is_repeated = members.iter().skip(index + 1).any(|later| later.name == member.name);
            if member.name.contains('@') || is_repeated || !self.is_concrete(owner) {
                return whole();
            }
            let declared = self.lookup(owner, &member.name);
            let is_null = matches!(member.value.kind, JsonKind::Null);
            calls.push(match declared {
                Some((_, names)) if is_null => WithCall::Null(path.clone(), names.variant),
                Some((type_ref, names)) => match self.value(type_ref, &member.value) {
                    Some(value) => WithCall::Member(names.with, value),
                    None => WithCall::Unknown(member.name.clone(), any_value(&member.value)),
                },
                None => WithCall::Unknown(member.name.clone(), any_value(&member.value)),
            });
        }
        Value::Object(path.clone(), calls)
    }

    /// `json` in a position of the type `type_ref`; none where no expression makes it.
    fn value(&self, type_ref: TypeRef, json: &Json) -> Option<Value> {
        if type_ref.is_collection {
            let elements = json.as_array()?;
            let one = TypeRef { is_collection: false, ..type_ref };
            let values: Option<Vec<Value>> =
                elements.iter().map(|element| self.value(one, element)).collect();
            // An empty array has no type of its own where the member takes anything that becomes it.
            let takes_any = match type_ref.target {
                TypeTarget::Primitive(primitive) => primitive_shape(primitive).1 == Shape::Text,
                TypeTarget::Json => true,
                TypeTarget::Item(_) => false,
            };
            return values.map(|values| match values.as_slice() {
                [] if takes_any => Value::NoTexts,
                _ => Value::Array(values),
            });
        }
        match type_ref.target {
            TypeTarget::Json if matches!(json.kind, JsonKind::Null) => None,
            TypeTarget::Json => Some(any_value(json)),
            TypeTarget::Primitive(primitive) => {
                primitive_value(&primitive_shape(primitive).1, json)
            }
            TypeTarget::Item(id) => {
                let path = self.names.item(id)?.path.clone();
                match &self.api.items[id].kind {
                    ItemKind::Entity(_) | ItemKind::Complex(_) => {
                        json.as_object()?;
                        Some(self.object_value(Owner::Item(id), &path, json))
                    }
                    ItemKind::TypeDefinition(definition) => {
                        primitive_value(&primitive_shape(definition.underlying).1, json)
                    }
                    ItemKind::Enumeration(enumeration) => {
                        self.enumeration_value(id, enumeration, path, json.as_str()?)
                    }
                }
            }
        }
    }

    fn enumeration_value(
        &self,
        id: ItemId,
        enumeration: &Enumeration,
        path: TypePath,
        text: &str,
    ) -> Option<Value> {
        let known = enumeration.members.iter().position(|member| member.name.as_str() == text);
        if enumeration.is_flags {
            return Some(Value::ConstantText(path, text.to_owned()));
        }
        match known {
            Some(index) => Some(Value::Constant(path, self.names.constant(id, index)?.clone())),
            None => Some(Value::ConstantText(path, text.to_owned())),
        }
    }

    fn is_concrete(&self, owner: Owner) -> bool {
        match owner {
            Owner::Item(id) => self.api.items[id].structured().is_some_and(|s| !s.is_abstract),
            Owner::Parameters(_) => true,
        }
    }

    /// The declared member `wire`, own or inherited.
    pub(super) fn lookup(&self, owner: Owner, wire: &str) -> Option<(TypeRef, MemberNames)> {
        match owner {
            Owner::Item(id) => self.api.ancestry(id).find_map(|id| {
                let properties = &self.api.items[id].structured()?.properties;
                let index = properties.iter().position(|p| p.name.as_str() == wire)?;
                let names = self.names.member(id, index)?.clone();
                Some((properties.get(index)?.type_ref, names))
            }),
            Owner::Parameters(id) => {
                let parameters = &self.api.bound[id].parameters;
                let index = parameters.iter().position(|p| p.name.as_str() == wire)?;
                let names = self.parameter_names.get(&id)?.get(index)?.clone();
                Some((parameters.get(index)?.type_ref, names))
            }
        }
    }

    /// The JSON paths of what does not fit the type `owner` in `json`, which is an object of it.
    pub(super) fn misfits(&self, owner: Owner, json: &Json) -> Vec<String> {
        let mut misfits = Vec::new();
        self.check_object(owner, json, "$", 0, &mut misfits);
        misfits
    }

    fn check_object(
        &self,
        owner: Owner,
        json: &Json,
        at: &str,
        depth: usize,
        out: &mut Vec<String>,
    ) {
        let Some(members) = json.as_object().filter(|_| depth < DEPTH) else {
            out.push(at.to_owned());
            return;
        };
        let owner = self.stated_type(owner, json);
        for (index, member) in members.iter().enumerate() {
            let at = format!("{at}.{}", member.name);
            if members.iter().skip(index + 1).any(|later| later.name == member.name) {
                out.push(at);
            } else if let Some((type_ref, _)) = self.lookup(owner, &member.name) {
                self.check(type_ref, &member.value, &at, depth + 1, out);
            }
        }
    }

    /// The type that `@odata.type` names, where it is a selected one.
    pub(super) fn stated_type(&self, owner: Owner, json: &Json) -> Owner {
        let stated = json.get("@odata.type").and_then(Json::as_str);
        let Some(stated) = stated.map(|name| name.trim_start_matches('#')) else {
            return owner;
        };
        let found = self.api.selection.items.keys().copied().find(|&id| {
            let name = &self.api.items[id].name;
            stated.rsplit_once('.').is_some_and(|(namespace, last)| {
                name.namespace.as_str() == namespace && name.name.as_str() == last
            })
        });
        found.map_or(owner, Owner::Item)
    }

    fn check(&self, type_ref: TypeRef, json: &Json, at: &str, depth: usize, out: &mut Vec<String>) {
        if type_ref.is_collection {
            let one = TypeRef { is_collection: false, ..type_ref };
            match json.as_array() {
                Some(elements) => {
                    for (index, element) in elements.iter().enumerate() {
                        self.check(one, element, &format!("{at}[{index}]"), depth, out);
                    }
                }
                None => out.push(at.to_owned()),
            }
            return;
        }
        if matches!(json.kind, JsonKind::Null) {
            if !type_ref.is_nullable {
                out.push(at.to_owned());
            }
            return;
        }
        let fits = match type_ref.target {
            TypeTarget::Json => true,
            TypeTarget::Primitive(primitive) => json::fits(primitive, json) != Fit::Not,
            TypeTarget::Item(id) => match &self.api.items[id].kind {
                ItemKind::Entity(_) | ItemKind::Complex(_) => {
                    self.check_object(Owner::Item(id), json, at, depth, out);
                    return;
                }
                ItemKind::TypeDefinition(d) => json::fits(d.underlying, json) != Fit::Not,
                ItemKind::Enumeration(enumeration) => fits_enumeration(enumeration, json),
            },
        };
        if !fits {
            out.push(at.to_owned());
        }
    }
}

/// Whether the text is a member, or none of them in any case: a member in another case is written back
/// in its own.
fn fits_enumeration(enumeration: &Enumeration, json: &Json) -> bool {
    json.as_str().is_some_and(|text| {
        let mut members = enumeration.members.iter().map(|member| member.name.as_str());
        !text.is_empty()
            && (members.clone().any(|name| name == text)
                || !members.any(|name| name.eq_ignore_ascii_case(text)))
    })
}

/// A primitive value; none where it does not fit, or is not written back as it stands.
fn primitive_value(shape: &Shape, json: &Json) -> Option<Value> {
    match (shape, &json.kind) {
        (Shape::Json, JsonKind::Null) => None,
        (Shape::Json, _) => Some(any_value(json)),
        (_, kind) => scalar_value(shape, kind),
    }
}

/// A value of a type that is not any JSON; none where it does not fit, or is not written back as it
/// stands.
pub(super) fn scalar_value(shape: &Shape, kind: &JsonKind) -> Option<Value> {
    match (shape, kind) {
        (Shape::Text, JsonKind::String(text)) => Some(Value::Text(text.clone())),
        (Shape::Scalar(Scalar::Bool), JsonKind::Bool(value)) => {
            Some(Value::Literal(value.to_string(), Scalar::Bool))
        }
        (Shape::Scalar(scalar @ (Scalar::F32 | Scalar::F64)), JsonKind::Number(number)) => {
            let finite = number.parse::<f64>().is_ok_and(f64::is_finite) && json::is_number(number);
            let is_whole = number.bytes().all(|b| b.is_ascii_digit() || b == b'-');
            let literal = if is_whole { format!("{number}.0") } else { number.clone() };
            finite.then_some(Value::Literal(literal, *scalar))
        }
        (Shape::Scalar(Scalar::Edm("Decimal")), JsonKind::Number(number)) => {
            json::is_number(number).then(|| Value::Parsed("Decimal", number.clone()))
        }
        (Shape::Scalar(Scalar::Edm(name)), JsonKind::String(text)) => {
            let fit = json::fits_edm(name, text);
            (fit == Fit::Canonical).then(|| Value::Parsed(name, text.clone()))
        }
        (Shape::Scalar(scalar), JsonKind::Number(number)) => {
            json::fits_integer(*scalar, number).then(|| Value::Literal(number.clone(), *scalar))
        }
        _ => None,
    }
}

/// Any JSON.
fn any_value(json: &Json) -> Value {
    match &json.kind {
        JsonKind::String(text) => Value::Text(text.clone()),
        JsonKind::Bool(value) => Value::Literal(value.to_string(), Scalar::Bool),
        _ => Value::Json(json::compact(json)),
    }
}
