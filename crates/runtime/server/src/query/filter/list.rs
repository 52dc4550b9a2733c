//! What stands behind a value without a comparison: `has` with members, `in` with a list or a collection.
//!
//! A list is literals in parentheses, or a JSON array of them, in which dates and their like are texts.

use msgraph_core::Sort;

use super::operand::of_literal;
use super::operator::{compared, typed_as};
use super::{Parser, Part};
use crate::query::malformed::{Malformed, shown};
use crate::query::sort::Type;
use crate::query::{Comparison, Expression, Literal, literal};

impl Parser<'_, '_> {
    /// A value, with what is asked of it by `has` or `in`.
    pub(super) fn membership(&mut self) -> Result<Part, Malformed> {
        let left = self.operand()?;
        self.cursor.space();
        let at = self.cursor.at();
        let start = left.at;
        let expression = match self.cursor.peek_name().to_ascii_lowercase().as_str() {
            "in" => {
                self.takes_word("in");
                self.among(left, at)?
            }
            "has" => {
                self.takes_word("has");
                let right = self.operand()?;
                compared(&left, "has", Comparison::Equal, &right.ty, at)?;
                if !matches!(left.ty, Type::Of(Sort::Enum(_) | Sort::Any) | Type::Null) {
                    let what = format!("`has` asks for an enumeration, not {}", left.ty.name());
                    return Err(Malformed::new(left.at, what));
                }
                Expression::Has(Box::new(left.expression), Box::new(right.expression))
            }
            _ => return Ok(left),
        };
        self.cursor.count()?;
        Ok(Part { expression, ty: Type::Of(Sort::Boolean), at: start })
    }

    /// What a value is one of, behind `in`, which stands at `at`.
    fn among(&mut self, left: Part, at: usize) -> Result<Expression, Malformed> {
        let literals = match self.cursor.peek() {
            Some('(') => self.list(&left, at)?,
            Some('[') => self.array(&left, at)?,
            Some('@') => {
                // What the value is compared with stands in another text.
                return self.alias(
                    |parser| {
                        parser.cursor.space();
                        let expression = parser.among(left, 0)?;
                        parser.cursor.end()?;
                        Ok(expression)
                    },
                    |at| Err(Malformed::new(at, "the alias has no value, and a list is expected")),
                );
            }
            _ => return self.collection(left, at),
        };
        Ok(Expression::In(Box::new(left.expression), literals))
    }

    fn collection(&mut self, left: Part, at: usize) -> Result<Expression, Malformed> {
        let start = self.cursor.at();
        let right = self.any_operand()?;
        let (Type::Collection(sort) | Type::Of(sort @ Sort::Any)) = right.ty else {
            return Err(Malformed::new(start, "a list in parentheses or a collection is expected"));
        };
        let Expression::Property(collection) = right.expression else {
            return Err(Malformed::new(start, "a list in parentheses or a collection is expected"));
        };
        self.is_of_innermost(&collection.root, start)?;
        compared(&left, "in", Comparison::Equal, &Type::Of(sort), at)?;
        Ok(Expression::InCollection(Box::new(left.expression), collection))
    }

    /// Literals in parentheses; none at all are a list too, of which nothing is one.
    fn list(&mut self, left: &Part, at: usize) -> Result<Vec<Literal>, Malformed> {
        self.cursor.expect('(')?;
        self.cursor.space();
        let mut literals = Vec::new();
        if self.cursor.take(')') {
            return Ok(literals);
        }
        loop {
            self.cursor.space();
            let right = self.operand()?;
            literals.push(one_of(left, right, at)?);
            self.cursor.space();
            if !self.cursor.take(',') {
                self.expect_sign(')', "`,` or `)`")?;
                return Ok(literals);
            }
        }
    }

    /// Literals as JSON has them.
    fn array(&mut self, left: &Part, at: usize) -> Result<Vec<Literal>, Malformed> {
        self.cursor.expect('[')?;
        self.cursor.space();
        let mut literals = Vec::new();
        if self.cursor.take(']') {
            return Ok(literals);
        }
        loop {
            self.cursor.space();
            let start = self.cursor.at();
            let right = if self.cursor.peek() == Some('"') {
                self.cursor.count()?;
                let text = literal::json_text(self.cursor)?;
                let sort = if let Type::Of(sort) = left.ty { sort } else { Sort::Any };
                let Some(literal) = literal::of_json_text(&text, sort) else {
                    let what = format!("{} is no {}", shown(&text), left.ty.name());
                    return Err(Malformed::new(start, what));
                };
                of_literal(literal, start)
            } else {
                self.operand()?
            };
            literals.push(one_of(left, right, at)?);
            self.cursor.space();
            if !self.cursor.take(',') {
                self.expect_sign(']', "`,` or `]`")?;
                return Ok(literals);
            }
        }
    }
}

/// A literal of a list behind `in`, which stands at `at`.
fn one_of(left: &Part, right: Part, at: usize) -> Result<Literal, Malformed> {
    let right = typed_as(right, &left.ty)?;
    compared(left, "in", Comparison::Equal, &right.ty, at)?;
    match right.expression {
        Expression::Literal(literal) => Ok(literal),
        _ => Err(Malformed::new(right.at, "a literal is expected in a list")),
    }
}
