//! What a schema is: an object with members, one of several texts, or neither.

use msgraph_openapi::Schema;

use super::types::{DEEPEST, Types};

/// What a schema is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// An object with members.
    Object,
    /// One of several texts.
    Enumeration,
    /// Anything else, which has no type of its own.
    Other,
}

impl<'a> Types<'a> {
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

    /// What `schema` is, as far as its own words and those of what it is made of say.
    pub(super) fn kind(&self, schema: Schema<'a>, depth: usize) -> Kind {
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

    pub(super) fn resolved(&self, schema: Schema<'a>) -> Schema<'a> {
        Schema::of(self.document.resolve(schema.json()))
    }
}

/// All that `schema` is made of, or may be.
pub(super) fn alternatives(schema: Schema<'_>) -> Vec<Schema<'_>> {
    schema.all_of().chain(schema.one_of()).chain(schema.any_of()).collect()
}
