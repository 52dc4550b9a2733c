//! Operands of a filter: literals, paths of properties, functions and lambdas (ABNF, section 4).
//!
//! What comes next is told by its first character, and for a name by what stands behind it: a quote, a parenthesis, or
//! neither. A name is a variable of a lambda around it, else a property of the item.

use msgraph_core::Sort;

use super::{Parser, Part};
use crate::query::malformed::{Malformed, shown};
use crate::query::path::{Place, PropertyPath, Root, property_name};
use crate::query::sort::Type;
use crate::query::{Expression, Function, Lambda, Literal, Quantifier, literal};

impl Parser<'_, '_> {
    pub(super) fn operand(&mut self) -> Result<Part, Malformed> {
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
