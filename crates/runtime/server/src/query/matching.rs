//! Conditions of objects in memory: a tree and an object go in, and true, false or null comes out
//! (URL Conventions, section 5.1.1.1; null in `and`, `or` and `not` is what may be either), or which part of it failed.
//!
//! Parts are evaluated from left to right, and what stands behind the part that decides is not.
//! A property that is absent is null. The tree is no deeper than the parser lets it be.

use msgraph_core::{Dynamic, Object};

use super::calling::{integer, text_of};
use super::failure::Failed;
use super::{
    Comparison, Expression, Lambda, PropertyPath, Quantifier, Root, Segment, calculate, calling,
    casting, type_name, value,
};

/// What is found, unless something failed on the way.
type Found<'a, T> = Result<T, Failed<'a>>;

/// Whether the condition holds; null does not.
pub(super) fn holds<'a>(condition: &'a Expression, item: &'a Object) -> Found<'a, bool> {
    Ok(Scope { item, variables: Vec::new() }.truth(condition)? == Some(true))
}

/// The value of an expression for an item.
pub(super) fn value_of<'a>(expression: &'a Expression, item: &'a Object) -> Found<'a, Dynamic<'a>> {
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
    fn truth(&mut self, condition: &'a Expression) -> Found<'a, Option<bool>> {
        Ok(match condition {
            Expression::And(parts) => self.decided(parts, false)?,
            Expression::Or(parts) => self.decided(parts, true)?,
            Expression::Not(part) => self.truth(part)?.map(|truth| !truth),
            Expression::Compare(one, comparison, other) => {
                Some(value::compare(&self.value(one)?, *comparison, &self.value(other)?))
            }
            Expression::Has(set, members) => value::has(&self.value(set)?, &self.value(members)?),
            Expression::In(one, list) => {
                let one = self.value(one)?;
                let is_it =
                    |literal| value::compare(&one, Comparison::Equal, &value::of_literal(literal));
                Some(list.iter().any(is_it))
            }
            Expression::InCollection(one, collection) => {
                let one = self.value(one)?;
                let is_it = |item: &Dynamic<'_>| value::compare(&one, Comparison::Equal, item);
                match self.property(collection) {
                    Dynamic::Items(items) => Some(items.iter().any(is_it)),
                    _ => Some(false),
                }
            }
            Expression::Matches(text, pattern) => {
                text_of(&self.value(text)?).map(|text| pattern.is_match(text))
            }
            Expression::IsOf(one, name) => casting::is_of(&self.value(one)?, name),
            Expression::Lambda(lambda) => Some(self.lambda(lambda)?),
            other => match self.value(other)? {
                Dynamic::Boolean(truth) => Some(truth),
                _ => None,
            },
        })
    }

    /// One part that is `deciding` decides; else one that is null leaves it open.
    fn decided(&mut self, parts: &'a [Expression], deciding: bool) -> Found<'a, Option<bool>> {
        let mut truth = Some(!deciding);
        for part in parts {
            match self.truth(part)? {
                Some(found) if found == deciding => return Ok(Some(deciding)),
                Some(_) => {}
                None => truth = None,
            }
        }
        Ok(truth)
    }

    fn lambda(&mut self, lambda: &'a Lambda) -> Found<'a, bool> {
        let is_any = lambda.quantifier == Quantifier::Any;
        let Dynamic::Items(items) = self.property(&lambda.collection) else { return Ok(!is_any) };
        let Some((variable, condition)) = &lambda.condition else { return Ok(!items.is_empty()) };
        for item in items {
            self.variables.push((variable, item));
            let truth = self.truth(condition);
            self.variables.pop();
            // One item that fulfils the condition decides `any`, and one that does not decides `all`.
            if (truth? == Some(true)) == is_any {
                return Ok(is_any);
            }
        }
        Ok(!is_any)
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

    fn value(&mut self, expression: &'a Expression) -> Found<'a, Dynamic<'a>> {
        let value = match expression {
            Expression::Literal(literal) => Some(value::of_literal(literal)),
            Expression::Property(path) => Some(self.property(path)),
            Expression::Count(path) => match self.property(path) {
                Dynamic::Items(items) => Some(integer(items.len())),
                Dynamic::Null => Some(Dynamic::Integer(0)),
                _ => None,
            },
            Expression::Call(function, arguments, position) => {
                let values: Found<'a, Vec<_>> =
                    arguments.iter().map(|one| self.value(one)).collect();
                let result = calling::call(*function, &values?);
                result.map_err(|why| Failed { why, word: function.word(), position })?
            }
            Expression::Negate(one) => calculate::negated(&self.value(one)?),
            Expression::Arithmetic(one, operator, other, position) => {
                let result =
                    calculate::arithmetic(&self.value(one)?, *operator, &self.value(other)?);
                result.map_err(|why| Failed { why, word: operator.word(), position })?
            }
            Expression::Cast(one, name) => casting::cast(self.value(one)?, name),
            condition => self.truth(condition)?.map(Dynamic::Boolean),
        };
        Ok(value.unwrap_or(Dynamic::Null))
    }
}
