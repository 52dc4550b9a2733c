//! `$filter`: a condition that what is answered fulfils (URL Conventions, section 5.1.1; ABNF, section 4).
//!
//! One text goes in, one tree comes out whose names are those of the schema. From loosest to tightest, as section
//! 5.1.1.14 has it: `or`; `and`; `eq ne`; `gt ge lt le`; `add sub`; `mul div divby mod`; `not` and `-`; `has` and `in`;
//! operands. Those of one line are read from left to right. The same expressions are those of `$orderby`.
//!
//! A lambda within another has to ask about the items of the outer one, so that a condition takes time in proportion
//! to the size of an item, not to a power of it.

mod alias;
mod call;
mod list;
mod operand;
mod operator;
mod path;
mod types;

use msgraph_core::{Model, Object, ServiceError, Sort, Table};

use super::cursor::Cursor;
use super::malformed::Malformed;
use super::path::Place;
use super::reading::Reading;
use super::sort::Type;
use super::{Expression, Position, matching};
use operator::{Level, Operator};

/// A condition of what is answered.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Filter {
    /// The condition as a tree.
    pub condition: Expression,
}

impl Filter {
    /// Whether the condition holds of a model; null, which is neither, does not hold.
    ///
    /// # Errors
    /// 400 where the condition cannot be evaluated for it, since it divides by zero or makes what is too large; the
    /// message says at which character.
    pub fn matches<M: Model>(&self, model: &M) -> Result<bool, ServiceError> {
        self.matches_object(M::peel_ref(model))
    }

    /// The same for an object.
    ///
    /// # Errors
    /// As of [`matches`](Self::matches).
    pub fn matches_object(&self, object: &Object) -> Result<bool, ServiceError> {
        Ok(matching::holds(&self.condition, object)?)
    }
}

/// Reads a condition of objects of a type.
pub(super) fn read<'a>(
    cursor: &mut Cursor<'a>,
    table: &'static Table,
    reading: Reading<'a>,
) -> Result<Filter, Malformed> {
    let mut parser = Parser::new(cursor, table, reading);
    parser.cursor.space();
    let condition = parser.condition()?;
    Ok(Filter { condition })
}

/// Reads a value of objects of a type, and what it is.
pub(super) fn read_value<'a>(
    cursor: &mut Cursor<'a>,
    table: &'static Table,
    reading: Reading<'a>,
) -> Result<(Expression, Type), Malformed> {
    let part = Parser::new(cursor, table, reading).expression()?;
    Ok((part.expression, part.ty))
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
    reading: Reading<'a>,
    /// The variables of the lambdas around.
    variables: Vec<(&'a str, Place)>,
    /// The name of the parameter alias whose value is read, if it is one.
    alias: Option<&'a str>,
}

impl<'p, 'a> Parser<'p, 'a> {
    fn new(cursor: &'p mut Cursor<'a>, table: &'static Table, reading: Reading<'a>) -> Self {
        Self { cursor, table, reading, variables: Vec::new(), alias: None }
    }

    fn condition(&mut self) -> Result<Expression, Malformed> {
        let part = self.expression()?;
        is_condition(part)
    }

    /// A value, or a condition.
    fn expression(&mut self) -> Result<Part, Malformed> {
        self.joined("or", Self::and, Expression::Or)
    }

    fn and(&mut self) -> Result<Part, Malformed> {
        self.joined("and", |parser| parser.chain(Level::Equality), Expression::And)
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

    /// Operands with operators of one level between them. Each operator but the first makes the tree deeper.
    fn chain(&mut self, level: Level) -> Result<Part, Malformed> {
        let operand = |parser: &mut Self| match level.tighter() {
            Some(tighter) => parser.chain(tighter),
            None => parser.unary(),
        };
        let mut left = operand(self)?;
        let mut operators = 0;
        loop {
            self.cursor.space();
            let at = self.cursor.at();
            let operator = Operator::named(self.cursor.peek_name());
            let Some(operator) = operator.filter(|operator| operator.level() == level) else {
                break;
            };
            if operators > 0 {
                self.cursor.enter()?;
            }
            operators += 1;
            self.cursor.count()?;
            self.cursor.name();
            self.cursor.space();
            let position = self.position(at);
            let right = operand(self)?;
            left = operator.join(left, right, at, position)?;
        }
        for _ in 1..operators {
            self.cursor.leave();
        }
        Ok(left)
    }

    /// What has `not` or a minus in front.
    fn unary(&mut self) -> Result<Part, Malformed> {
        let at = self.cursor.at();
        if self.takes_word("not") {
            self.cursor.count()?;
            let part = self.nested(Self::unary)?;
            let expression = Expression::Not(Box::new(operator::is_negated(part)?));
            return Ok(Part { expression, ty: Type::Of(Sort::Boolean), at });
        }
        if !self.is_minus() {
            return self.membership();
        }
        self.cursor.take('-');
        self.cursor.space();
        self.cursor.count()?;
        let part = self.nested(Self::unary)?;
        operator::with_minus(part, at)
    }

    /// Whether a minus comes next that does not belong to a number.
    fn is_minus(&self) -> bool {
        let Some(behind) = self.cursor.rest().strip_prefix('-') else { return false };
        let name = behind.split(|c: char| !c.is_alphanumeric() && c != '_').next();
        !behind.starts_with(|c: char| c.is_ascii_digit()) && name != Some("INF")
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

    fn expect_sign(&mut self, sign: char, what: &str) -> Result<(), Malformed> {
        if self.cursor.take(sign) { Ok(()) } else { Err(self.cursor.expected(what)) }
    }

    /// Where the byte `at` is, for messages about what has been read.
    fn position(&mut self, at: usize) -> Position {
        let name = match self.alias {
            Some(name) => format!("@{name}").into(),
            None => self.reading.option.into(),
        };
        Position::new(name, self.cursor.character(at))
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
