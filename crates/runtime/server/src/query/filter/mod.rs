//! `$filter`: a condition that what is answered fulfils (URL Conventions, section 5.1.1; ABNF, section 4).
//!
//! One text goes in, one tree comes out whose names are those of the schema. From loosest to tightest: `or`, `and`,
//! `not`, comparisons, operands.
//!
//! A lambda within another has to ask about the items of the outer one, so that a condition takes time in proportion
//! to the size of an item, not to a power of it.

mod operand;

use msgraph_core::edm::DateTimeOffset;
use msgraph_core::{Model, Object, Sort, Table};

use super::cursor::Cursor;
use super::malformed::Malformed;
use super::path::Place;
use super::sort::Type;
use super::{Comparison, Expression, Literal, matching};

/// A condition of what is answered.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Filter {
    /// The condition as a tree.
    pub condition: Expression,
}

impl Filter {
    /// Whether the condition holds of a model; null, which is neither, does not hold.
    pub fn matches<M: Model>(&self, model: &M) -> bool {
        self.matches_object(M::peel_ref(model))
    }

    /// The same for an object.
    pub fn matches_object(&self, object: &Object) -> bool {
        matching::holds(&self.condition, object)
    }
}

/// Reads a condition of objects of a type.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    table: &'static Table,
    now: DateTimeOffset,
) -> Result<Filter, Malformed> {
    let mut parser = Parser { cursor, table, now, variables: Vec::new() };
    parser.cursor.space();
    let condition = parser.condition()?;
    Ok(Filter { condition })
}

/// A part of a condition and what it is.
struct Part {
    expression: Expression,
    ty: Type,
    /// Where it begins.
    at: usize,
}

struct Parser<'p, 'a> {
    cursor: &'p mut Cursor<'a>,
    table: &'static Table,
    now: DateTimeOffset,
    /// The variables of the lambdas around.
    variables: Vec<(&'a str, Place)>,
}

impl<'a> Parser<'_, 'a> {
    fn condition(&mut self) -> Result<Expression, Malformed> {
        let part = self.or()?;
        is_condition(part)
    }

    fn or(&mut self) -> Result<Part, Malformed> {
        self.joined("or", Self::and, Expression::Or)
    }

    fn and(&mut self) -> Result<Part, Malformed> {
        self.joined("and", Self::not, Expression::And)
    }

    /// Parts with a word between them, as one list, so that a long one is not a deep one.
    fn joined(
        &mut self,
        word: &str,
        part: impl Fn(&mut Self) -> Result<Part, Malformed>,
        of: impl FnOnce(Vec<Expression>) -> Expression,
    ) -> Result<Part, Malformed> {
        let first = part(self)?;
        if !self.takes_word(word) {
            return Ok(first);
        }
        let at = first.at;
        let mut parts = vec![is_condition(first)?];
        loop {
            self.cursor.count()?;
            parts.push(is_condition(part(self)?)?);
            if !self.takes_word(word) {
                return Ok(Part { expression: of(parts), ty: Type::Of(Sort::Boolean), at });
            }
        }
    }

    /// Takes the operator `word` if it comes next, and the space around it.
    fn takes_word(&mut self, word: &str) -> bool {
        self.cursor.space();
        let is_next = self.cursor.peek_name().eq_ignore_ascii_case(word);
        if is_next {
            self.cursor.name();
            self.cursor.space();
        }
        is_next
    }

    fn not(&mut self) -> Result<Part, Malformed> {
        let at = self.cursor.at();
        if !self.takes_word("not") {
            return self.comparison();
        }
        self.cursor.count()?;
        let part = self.nested(Self::not)?;
        let expression = Expression::Not(Box::new(is_condition(part)?));
        Ok(Part { expression, ty: Type::Of(Sort::Boolean), at })
    }

    fn comparison(&mut self) -> Result<Part, Malformed> {
        let left = self.operand()?;
        self.cursor.space();
        let at = self.cursor.at();
        let word = self.cursor.peek_name().to_ascii_lowercase();
        let start = left.at;
        let expression = match word.as_str() {
            "add" | "sub" | "mul" | "div" | "divby" | "mod" => {
                return Err(self.cursor.fault("arithmetic is not supported"));
            }
            "in" => {
                self.takes_word("in");
                let list = self.list(&left, at)?;
                Expression::In(Box::new(left.expression), list)
            }
            "has" => {
                self.takes_word("has");
                let right = self.operand()?;
                compared(&left, "has", Comparison::Equal, &right, at)?;
                if !matches!(left.ty, Type::Of(Sort::Enum(_) | Sort::Any) | Type::Null) {
                    let what = format!("`has` asks for an enumeration, not {}", left.ty.name());
                    return Err(Malformed::new(left.at, what));
                }
                Expression::Has(Box::new(left.expression), Box::new(right.expression))
            }
            word => {
                let Some(comparison) = Comparison::named(word) else { return Ok(left) };
                self.takes_word(word);
                let right = self.operand()?;
                compared(&left, word, comparison, &right, at)?;
                let (left, right) = (Box::new(left.expression), Box::new(right.expression));
                Expression::Compare(left, comparison, right)
            }
        };
        self.cursor.count()?;
        Ok(Part { expression, ty: Type::Of(Sort::Boolean), at: start })
    }

    /// The literals behind `in`; none at all are a list too, of which nothing is one.
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
            compared(left, "in", Comparison::Equal, &right, at)?;
            match right.expression {
                Expression::Literal(literal) => literals.push(literal),
                _ => return Err(Malformed::new(right.at, "a literal is expected in a list")),
            }
            self.cursor.space();
            if !self.cursor.take(',') {
                self.expect_sign(')', "`,` or `)`")?;
                return Ok(literals);
            }
        }
    }

    fn expect_sign(&mut self, sign: char, what: &str) -> Result<(), Malformed> {
        if self.cursor.take(sign) { Ok(()) } else { Err(self.cursor.expected(what)) }
    }

    /// Reads what stands one level deeper.
    fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Malformed>,
    ) -> Result<T, Malformed> {
        self.cursor.enter()?;
        let result = read(self);
        self.cursor.leave();
        result
    }
}

fn is_condition(part: Part) -> Result<Expression, Malformed> {
    if part.ty.is_condition() {
        return Ok(part.expression);
    }
    let what = format!("a condition is expected, not {}", part.ty.name());
    Err(Malformed::new(part.at, what))
}

/// Whether two parts can be compared by the operator that stands at `at`.
fn compared(
    left: &Part,
    word: &str,
    comparison: Comparison,
    right: &Part,
    at: usize,
) -> Result<(), Malformed> {
    if left.ty.compares(comparison, &right.ty) {
        return Ok(());
    }
    let what = format!("`{word}` does not compare {} with {}", left.ty.name(), right.ty.name());
    Err(Malformed::new(at, what))
}
