//! Paths in a filter, and what may stand at their end: `$count`, `any`, `all`.

use msgraph_core::Sort;

use super::{Parser, Part};
use crate::query::malformed::{Malformed, shown};
use crate::query::path::{Name, Place, PropertyPath, Root, Segment, name};
use crate::query::sort::Type;
use crate::query::{Expression, Lambda, Quantifier};

impl Parser<'_, '_> {
    /// A path that begins at `at`: `first` has been read, and what comes next may be `/`.
    pub(super) fn path(
        &mut self,
        root: Root,
        mut place: Place,
        first: Option<(Name<'_>, usize)>,
        at: usize,
    ) -> Result<Part, Malformed> {
        let mut segments: Vec<Segment> = Vec::new();
        if let Some((name, here)) = first {
            let segment;
            (place, segment) = place.next(name, here)?;
            segments.push(segment);
        }
        while self.cursor.take('/') {
            if self.cursor.rest().starts_with('$') {
                self.count_of_items(place)?;
                let expression = Expression::Count(PropertyPath { root, segments });
                return Ok(Part { expression, ty: Type::Of(Sort::Number), at });
            }
            let (name, here) = name(self.cursor)?;
            if let Name::Property(name) = name
                && self.cursor.peek() == Some('(')
            {
                let quantifier = quantifier(name, here)?;
                if !place.has_items() {
                    let what = format!("`{name}` asks for a collection");
                    return Err(Malformed::new(here, what));
                }
                self.is_of_innermost(&root, at)?;
                let collection = PropertyPath { root, segments };
                let item = Place { is_collection: false, ..place };
                return self.nested(|parser| {
                    let condition = parser.lambda(quantifier, item)?;
                    let lambda = Lambda { collection, quantifier, condition };
                    let expression = Expression::Lambda(lambda);
                    Ok(Part { expression, ty: Type::Of(Sort::Boolean), at })
                });
            }
            let segment;
            (place, segment) = place.next(name, here)?;
            segments.push(segment);
        }
        let ty =
            if place.is_collection { Type::Collection(place.sort) } else { Type::Of(place.sort) };
        Ok(Part { expression: Expression::Property(PropertyPath { root, segments }), ty, at })
    }

    /// `$count`, which has to come next and to ask about a collection.
    fn count_of_items(&mut self, place: Place) -> Result<(), Malformed> {
        let at = self.cursor.at();
        self.cursor.take('$');
        if !self.cursor.name().eq_ignore_ascii_case("count") || !place.has_items() {
            let what = "of what begins with `$`, only `$count` of a collection is supported";
            return Err(Malformed::new(at, what));
        }
        if self.cursor.peek() == Some('(') {
            let what = "`$count` takes no options here; `any` asks for items of a condition";
            return Err(self.cursor.fault(what));
        }
        Ok(())
    }

    /// Whether what begins at `root` may be gone through: within a lambda, what belongs to its item.
    pub(super) fn is_of_innermost(&self, root: &Root, at: usize) -> Result<(), Malformed> {
        if self.variables.last().is_some_and(|(own, _)| !root.is_variable(own)) {
            let what = "a lambda in a lambda has to ask about the inner variable";
            return Err(Malformed::new(at, what));
        }
        Ok(())
    }

    /// The variable and the condition of a lambda, in its parentheses.
    fn lambda(
        &mut self,
        quantifier: Quantifier,
        item: Place,
    ) -> Result<Option<(String, Box<Expression>)>, Malformed> {
        self.cursor.expect('(')?;
        self.cursor.space();
        if quantifier == Quantifier::Any && self.cursor.take(')') {
            return Ok(None);
        }
        let at = self.cursor.at();
        let variable = self.cursor.name();
        if variable.is_empty() {
            return Err(self.cursor.expected("the name of a variable"));
        }
        if self.variables.iter().any(|(own, _)| *own == variable) {
            let what = format!("the variable {} is in use", shown(variable));
            return Err(Malformed::new(at, what));
        }
        self.cursor.space();
        self.cursor.expect(':')?;
        self.cursor.space();
        self.variables.push((variable, item));
        let condition = self.condition();
        self.variables.pop();
        let condition = condition?;
        self.cursor.space();
        self.expect_sign(')', "an operator or `)`")?;
        Ok(Some((variable.to_owned(), Box::new(condition))))
    }
}

fn quantifier(name: &str, at: usize) -> Result<Quantifier, Malformed> {
    match name.to_ascii_lowercase().as_str() {
        "any" => Ok(Quantifier::Any),
        "all" => Ok(Quantifier::All),
        _ => Err(Malformed::new(at, "`any` or `all` is expected")),
    }
}
