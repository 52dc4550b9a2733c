//! Conditions of objects in memory: a tree and an object go in, and true, false or null comes out
//! (URL Conventions, section 5.1.1.1; null in `and`, `or` and `not` is what may be either).
//!
//! A property that is absent is null. The tree is no deeper than the parser lets it be.

use std::borrow::Cow;

use msgraph_core::edm::{Date, TimeOfDay};
use msgraph_core::{Dynamic, Object};

use super::{Comparison, Expression, Function, Lambda, PropertyPath, Quantifier, Root, value};

/// Whether the condition holds; null does not.
pub(super) fn holds(condition: &Expression, item: &Object) -> bool {
    Scope { item, variables: Vec::new() }.truth(condition) == Some(true)
}

/// The value of a property of an item; null where there is none on the way.
pub(super) fn property<'a>(item: &'a Object, path: &PropertyPath) -> Dynamic<'a> {
    follow(Dynamic::Object(item), path)
}

fn follow<'a>(start: Dynamic<'a>, path: &PropertyPath) -> Dynamic<'a> {
    path.segments.iter().fold(start, |value, name| value.look_up(name))
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
                call(*function, &values).unwrap_or(Dynamic::Null)
            }
            condition => self.truth(condition).map_or(Dynamic::Null, Dynamic::Boolean),
        }
    }
}

fn integer(value: usize) -> Dynamic<'static> {
    i64::try_from(value).map_or(Dynamic::Null, Dynamic::Integer)
}

/// What a function gives; `None`, which is null, where an argument is null.
fn call<'a>(function: Function, arguments: &[Dynamic<'a>]) -> Option<Dynamic<'a>> {
    use Function as F;
    let text = |index: usize| match arguments.get(index)? {
        Dynamic::Text(text) => Some(&**text),
        Dynamic::Enum(value, table) => Some(value.as_str(table)),
        _ => None,
    };
    let number = |index: usize| match arguments.get(index)? {
        Dynamic::Integer(number) => Some(usize::try_from(*number).unwrap_or(0)),
        _ => None,
    };
    let date = || date_of(arguments.first()?);
    let time = || time_of(arguments.first()?);
    let owned = |text: String| Dynamic::Text(Cow::Owned(text));
    Some(match function {
        F::StartsWith => Dynamic::Boolean(text(0)?.starts_with(text(1)?)),
        F::EndsWith => Dynamic::Boolean(text(0)?.ends_with(text(1)?)),
        F::Contains => Dynamic::Boolean(text(0)?.contains(text(1)?)),
        F::ToLower => owned(text(0)?.to_lowercase()),
        F::ToUpper => owned(text(0)?.to_uppercase()),
        F::Length => integer(text(0)?.chars().count()),
        F::IndexOf => {
            let (all, part) = (text(0)?, text(1)?);
            match all.find(part).and_then(|at| all.get(..at)) {
                Some(before) => integer(before.chars().count()),
                None => Dynamic::Integer(-1),
            }
        }
        F::Substring => {
            let length = if arguments.len() > 2 { number(2)? } else { usize::MAX };
            owned(text(0)?.chars().skip(number(1)?).take(length).collect())
        }
        F::Trim => owned(text(0)?.trim().to_owned()),
        F::Concat => owned([text(0)?, text(1)?].concat()),
        F::Year => Dynamic::Integer(date()?.year().into()),
        F::Month => Dynamic::Integer(date()?.month().into()),
        F::Day => Dynamic::Integer(date()?.day().into()),
        F::Hour => Dynamic::Integer(time()?.hour().into()),
        F::Minute => Dynamic::Integer(time()?.minute().into()),
        F::Second => Dynamic::Integer(time()?.second().into()),
        F::Date => Dynamic::Date(date()?),
        F::Time => Dynamic::TimeOfDay(time()?),
        F::Now => return None,
    })
}

fn date_of(value: &Dynamic<'_>) -> Option<Date> {
    match value {
        Dynamic::Date(date) => Some(*date),
        Dynamic::DateTimeOffset(value) => Some(value.date()),
        _ => None,
    }
}

fn time_of(value: &Dynamic<'_>) -> Option<TimeOfDay> {
    match value {
        Dynamic::TimeOfDay(time) => Some(*time),
        Dynamic::DateTimeOffset(value) => Some(value.time()),
        _ => None,
    }
}
