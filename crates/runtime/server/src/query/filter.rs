//! `$filter`: a condition that what is answered fulfils (URL Conventions, section 5.1.1; ABNF, section 4).
//!
//! One text goes in, one tree comes out whose names are those of the schema. From loosest to tightest: `or`, `and`,
//! `not`, comparisons, operands.
//!
//! A lambda within another has to ask about the items of the outer one, so that a condition takes time in proportion
//! to the size of an item, not to a power of it.

use msgraph_core::edm::DateTimeOffset;
use msgraph_core::{Model, Object, Sort, Table};

use super::cursor::Cursor;
use super::malformed::{Malformed, shown};
use super::path::{Place, PropertyPath, Root, property_name};
use super::sort::Type;
use super::{Comparison, Expression, Function, Lambda, Literal, Quantifier, literal, matching};

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

    fn operand(&mut self) -> Result<Part, Malformed> {
        self.cursor.count()?;
        let at = self.cursor.at();
        let of_literal = |literal: Literal| {
            let ty = type_of(&literal);
            Part { expression: Expression::Literal(literal), ty, at }
        };
        match self.cursor.peek() {
            Some('(') => self.nested(Self::parenthesized),
            Some('\'') => literal::quoted(self.cursor).map(Literal::Text).map(of_literal),
            Some('0'..='9' | '-' | '+') => literal::bare(self.cursor).map(of_literal),
            Some('@') => Err(self.cursor.fault("parameter aliases are not supported")),
            Some('$') => self.path_of_item(at),
            _ => match literal::guid(self.cursor) {
                Some(guid) => Ok(of_literal(guid)),
                None => self.named(at),
            },
        }
    }

    fn parenthesized(&mut self) -> Result<Part, Malformed> {
        self.cursor.expect('(')?;
        self.cursor.space();
        let part = self.or()?;
        self.cursor.space();
        self.expect_sign(')', "an operator or `)`")?;
        Ok(part)
    }

    /// What begins with a name: a literal, a function, a path.
    fn named(&mut self, at: usize) -> Result<Part, Malformed> {
        let name = self.cursor.name();
        if name.is_empty() {
            return Err(self.cursor.expected("a property, a literal or a function"));
        }
        if matches!(self.cursor.peek(), Some('.' | '\'')) {
            self.cursor.go_to(at);
            let type_name = self.cursor.take_while(|c| c.is_alphanumeric() || c == '_' || c == '.');
            if self.cursor.peek() != Some('\'') {
                let what = "casts and names with a namespace are not supported";
                return Err(Malformed::new(at, what));
            }
            let literal = literal::named(self.cursor, at, type_name)?;
            let ty = type_of(&literal);
            return Ok(Part { expression: Expression::Literal(literal), ty, at });
        }
        if self.cursor.peek() == Some('(') {
            let Some(function) = Function::named(name) else {
                let what = format!("no function that is supported is called {}", shown(name));
                return Err(Malformed::new(at, what));
            };
            return self.nested(|parser| parser.call(function, name, at));
        }
        if let Some(literal) = literal::keyword(name) {
            let ty = type_of(&literal);
            return Ok(Part { expression: Expression::Literal(literal), ty, at });
        }
        if let Some((name, place)) = self.variables.iter().rev().find(|(own, _)| *own == name) {
            let (root, place) = (Root::Variable((*name).to_owned()), *place);
            return self.path(root, Vec::new(), place, at);
        }
        let place = Place::of(self.table).step(name, at)?;
        self.path(Root::Item, vec![name.to_owned()], place, at)
    }

    /// What begins with `$it`.
    fn path_of_item(&mut self, at: usize) -> Result<Part, Malformed> {
        self.cursor.take('$');
        if self.cursor.name() != "it" || self.cursor.peek() != Some('/') {
            return Err(Malformed::new(at, "of what begins with `$`, only `$it/` is supported"));
        }
        self.path(Root::Item, Vec::new(), Place::of(self.table), at)
    }

    /// The rest of a path, behind its first name.
    fn path(
        &mut self,
        root: Root,
        mut segments: Vec<String>,
        mut place: Place,
        at: usize,
    ) -> Result<Part, Malformed> {
        while self.cursor.take('/') {
            if self.cursor.rest().starts_with('$') {
                let here = self.cursor.at();
                self.cursor.take('$');
                if !self.cursor.name().eq_ignore_ascii_case("count") || !place.has_items() {
                    let what =
                        "of what begins with `$`, only `$count` of a collection is supported";
                    return Err(Malformed::new(here, what));
                }
                let expression = Expression::Count(PropertyPath { root, segments });
                return Ok(Part { expression, ty: Type::Of(Sort::Number), at });
            }
            let (name, here) = property_name(self.cursor)?;
            if self.cursor.peek() == Some('(') {
                let quantifier = match name.to_ascii_lowercase().as_str() {
                    "any" => Quantifier::Any,
                    "all" => Quantifier::All,
                    _ => return Err(Malformed::new(here, "`any` or `all` is expected")),
                };
                if !place.has_items() {
                    let what = format!("`{name}` asks for a collection");
                    return Err(Malformed::new(here, what));
                }
                if self.variables.last().is_some_and(|(own, _)| !root.is_variable(own)) {
                    let what = "a lambda in a lambda has to ask about the inner variable";
                    return Err(Malformed::new(at, what));
                }
                let collection = PropertyPath { root, segments };
                let item = Place { is_collection: false, ..place };
                return self.nested(|parser| {
                    let condition = parser.lambda(quantifier, item)?;
                    let lambda = Lambda { collection, quantifier, condition };
                    let expression = Expression::Lambda(lambda);
                    Ok(Part { expression, ty: Type::Of(Sort::Boolean), at })
                });
            }
            place = place.step(name, here)?;
            segments.push(name.to_owned());
        }
        if place.is_collection {
            let what = "a collection is compared with `any`, `all` or `$count`: `/` is expected";
            return Err(self.cursor.fault(what));
        }
        let expression = Expression::Property(PropertyPath { root, segments });
        Ok(Part { expression, ty: Type::Of(place.sort), at })
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

    /// The arguments of a function, in its parentheses.
    fn call(&mut self, function: Function, name: &str, at: usize) -> Result<Part, Malformed> {
        self.cursor.expect('(')?;
        self.cursor.space();
        let (parameters, needed) = function.parameters();
        let mut arguments = Vec::new();
        while let Some(parameter) = parameters.get(arguments.len()) {
            if arguments.len() >= needed && self.cursor.peek() == Some(')') {
                break;
            }
            if !arguments.is_empty() {
                self.cursor.expect(',')?;
                self.cursor.space();
            }
            let argument = self.operand()?;
            if !argument.ty.fits(*parameter) {
                let what =
                    format!("`{name}` takes {}, not {}", parameter.name(), argument.ty.name());
                return Err(Malformed::new(argument.at, what));
            }
            arguments.push(argument.expression);
            self.cursor.space();
        }
        self.cursor.expect(')')?;
        let expression = match function {
            Function::Now => Expression::Literal(Literal::DateTimeOffset(self.now)),
            _ => Expression::Call(function, arguments),
        };
        Ok(Part { expression, ty: Type::Of(function.result()), at })
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

fn type_of(literal: &Literal) -> Type {
    Type::Of(match literal {
        Literal::Null => return Type::Null,
        Literal::Enum { type_name, .. } => return Type::Enum(type_name.clone()),
        Literal::Boolean(_) => Sort::Boolean,
        Literal::Integer(_) | Literal::Decimal(_) | Literal::Double(_) => Sort::Number,
        Literal::Text(_) => Sort::Text,
        Literal::Date(_) => Sort::Date,
        Literal::DateTimeOffset(_) => Sort::DateTimeOffset,
        Literal::TimeOfDay(_) => Sort::TimeOfDay,
        Literal::Duration(_) => Sort::Duration,
        Literal::Guid(_) => Sort::Guid,
        Literal::Binary(_) => Sort::Binary,
    })
}
