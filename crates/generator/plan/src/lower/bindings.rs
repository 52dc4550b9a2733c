//! A nested value to a series of `let`s and a flat value: what a person writes, and what stays legible
//! however deep the documented body is.

use crate::data::{Value, WithCall};
use crate::naming::{Case, Ident, Scope, claim};

/// A value, with what it is made of named before it.
#[derive(Default)]
pub(super) struct Bindings {
    scope: Scope,
    bound: Vec<(Ident, Value)>,
}

impl Bindings {
    /// Bindings that leave `reserved` to others.
    pub(super) fn beside(reserved: &[&str]) -> Self {
        Self { scope: Scope::with(reserved), bound: Vec::new() }
    }

    /// `value` without objects in objects.
    pub(super) fn flatten(mut self, value: Value) -> (Vec<(Ident, Value)>, Value) {
        let value = self.inside(value);
        (self.bound, value)
    }

    /// `value`, its parts bound.
    fn inside(&mut self, value: Value) -> Value {
        match value {
            Value::Object(path, calls) => {
                let calls = calls
                    .into_iter()
                    .map(|call| match call {
                        WithCall::Member(name, value) => WithCall::Member(name, self.part(value)),
                        WithCall::Unknown(wire, value) => WithCall::Unknown(wire, self.part(value)),
                        WithCall::Null(path, variant) => WithCall::Null(path, variant),
                    })
                    .collect();
                Value::Object(path, calls)
            }
            Value::Array(values) => {
                Value::Array(values.into_iter().map(|value| self.part(value)).collect())
            }
            Value::Payload(name, value) => Value::Payload(name, Box::new(self.inside(*value))),
            other => other,
        }
    }

    /// `value` where it stands inside of another one.
    fn part(&mut self, value: Value) -> Value {
        let value = self.inside(value);
        let name = match &value {
            Value::Object(path, calls) if !calls.is_empty() => path.name.bare(),
            Value::FromJson(path, _) => path.name.bare(),
            Value::Json(_) => "json",
            Value::Array(values) if values.len() > 1 => "values",
            _ => return value,
        };
        let name = claim(&mut self.scope, name, Case::Snake);
        self.bound.push((name.clone(), value));
        Value::Local(name)
    }
}
