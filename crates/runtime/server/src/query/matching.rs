//! Conditions of objects in memory: a tree and an object go in, and true, false or null comes out
//! (URL Conventions, section 5.1.1.1; null in `and`, `or` and `not` is what may be either).
//!
//! A property that is absent is null. The tree is no deeper than the parser lets it be.

use msgraph_core::{Dynamic, Object};

use super::calling::{integer, text_of};
use super::{
    Comparison, Expression, Lambda, PropertyPath, Quantifier, Root, Segment, calculate, calling,
    casting, type_name, value,
};

/// Whether the condition holds; null does not.
pub(super) fn holds(condition: &Expression, item: &Object) -> bool {
    Scope { item, variables: Vec::new() }.truth(condition) == Some(true)
}

/// The value of an expression for an item.
pub(super) fn value_of<'a>(expression: &'a Expression, item: &'a Object) -> Dynamic<'a> {
    Scope { item, variables: Vec::new() }.value(expression)
}

/// What a path leads to; null where there is nothing on the way, or what is there is of another type.
fn follow<'a>(start: Dynamic<'a>, path: &PropertyPath) -> Dynamic<'a> {
    path.segments.iter().fold(start, |value, segment| match segment {
        Segment::Property(name) => value.look_up(name),
        Segment::Cast(name) => match value {
            Dynamic::Items(mut items) => {
                items.retain(|item| is_of(item, name));
                Dynamic::Items(items)
            }
            value if is_of(&value, name) => value,
            _ => Dynamic::Null,
        },
    })
}

fn is_of(value: &Dynamic<'_>, name: &str) -> bool {
    matches!(value, Dynamic::Object(object) if type_name::is_of(object, name))
}

/// What names stand for.
struct Scope<'a> {
    item: &'a Object,
    variables: Vec<(&'a str, Dynamic<'a>)>,
}

impl<'a> Scope<'a> {
    fn truth(&mut self, condition: &'a Expression) -> Option<bool> {
        match condition {
            Expression::And(parts) => self.decided(parts, false),
            Expression::Or(parts) => self.decided(parts, true),
            Expression::Not(part) => self.truth(part).map(|truth| !truth),
            Expression::Compare(one, comparison, other) => {
                Some(value::compare(&self.value(one), *comparison, &self.value(other)))
            }
            Expression::Has(set, members) => value::has(&self.value(set), &self.value(members)),
            Expression::In(one, list) => {
                let one = self.value(one);
                let is_it =
                    |literal| value::compare(&one, Comparison::Equal, &value::of_literal(literal));
                Some(list.iter().any(is_it))
            }
            Expression::InCollection(one, collection) => {
                let one = self.value(one);
                let Dynamic::Items(items) = self.property(collection) else { return Some(false) };
                let is_it = |item: &Dynamic<'_>| value::compare(&one, Comparison::Equal, item);
                Some(items.iter().any(is_it))
            }
            Expression::Matches(text, pattern) => {
                Some(pattern.is_match(text_of(&self.value(text))?))
            }
            Expression::IsOf(one, name) => casting::is_of(&self.value(one), name),
            Expression::Lambda(lambda) => Some(self.lambda(lambda)),
            other => match self.value(other) {
                Dynamic::Boolean(truth) => Some(truth),
                _ => None,
            },
        }
    }

    /// One part that is `deciding` decides; else one that is null leaves it open.
    fn decided(&mut self, parts: &'a [Expression], deciding: bool) -> Option<bool> {
        let mut truth = Some(!deciding);
        for part in parts {
            match self.truth(part) {
                Some(found) if found == deciding => return Some(deciding),
                Some(_) => {}
                None => truth = None,
            }
        }
        truth
    }

    fn lambda(&mut self, lambda: &'a Lambda) -> bool {
        let Dynamic::Items(items) = self.property(&lambda.collection) else {
            return lambda.quantifier == Quantifier::All;
        };
        let Some((variable, condition)) = &lambda.condition else { return !items.is_empty() };
        let mut holds = |item| {
            self.variables.push((variable, item));
            let truth = self.truth(condition);
            self.variables.pop();
            truth == Some(true)
        };
        match lambda.quantifier {
            Quantifier::Any => items.into_iter().any(&mut holds),
            Quantifier::All => items.into_iter().all(&mut holds),
        }
    }

    fn property(&self, path: &PropertyPath) -> Dynamic<'a> {
        let start = match &path.root {
            Root::Item => Some(Dynamic::Object(self.item)),
            Root::Variable(name) => {
                let found = self.variables.iter().rev().find(|(own, _)| own == name);
                found.map(|(_, value)| value.clone())
            }
        };
        follow(start.unwrap_or(Dynamic::Null), path)
    }

    fn value(&mut self, expression: &'a Expression) -> Dynamic<'a> {
        match expression {
            Expression::Literal(literal) => value::of_literal(literal),
            Expression::Property(path) => self.property(path),
            Expression::Count(path) => match self.property(path) {
                Dynamic::Items(items) => integer(items.len()),
                Dynamic::Null => Dynamic::Integer(0),
                _ => Dynamic::Null,
            },
            Expression::Call(function, arguments) => {
                let values: Vec<_> = arguments.iter().map(|one| self.value(one)).collect();
                calling::call(*function, &values).unwrap_or(Dynamic::Null)
            }
            Expression::Negate(one) => {
                calculate::negated(&self.value(one)).unwrap_or(Dynamic::Null)
            }
            Expression::Arithmetic(one, operator, other) => {
                calculate::arithmetic(&self.value(one), *operator, &self.value(other))
                    .unwrap_or(Dynamic::Null)
            }
            Expression::Cast(one, name) => {
                casting::cast(self.value(one), name).unwrap_or(Dynamic::Null)
            }
            condition => self.truth(condition).map_or(Dynamic::Null, Dynamic::Boolean),
        }
    }
}
