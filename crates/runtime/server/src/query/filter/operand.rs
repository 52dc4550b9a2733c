//! Operands of a filter: literals, paths of properties, functions and lambdas (ABNF, section 4).
//!
//! What comes next is told by its first character, and for a name by what stands behind it: a quote, a parenthesis, or
//! neither. A name is a variable of a lambda around it, else a property of the item.

use msgraph_core::Sort;

use super::{Parser, Part, alias};
use crate::query::malformed::Malformed;
use crate::query::path::{Name, Place, Root};
use crate::query::sort::Type;
use crate::query::{Expression, Literal, function, literal};

impl Parser<'_, '_> {
    /// One value.
    pub(super) fn operand(&mut self) -> Result<Part, Malformed> {
        let part = self.any_operand()?;
        match part.ty {
            Type::Collection(_) => {
                let what =
                    "a collection is compared with `any`, `all` or `$count`: `/` is expected";
                Err(self.cursor.fault(what))
            }
            _ => Ok(part),
        }
    }

    /// One value, or many.
    pub(super) fn any_operand(&mut self) -> Result<Part, Malformed> {
        self.cursor.count()?;
        let at = self.cursor.at();
        match self.cursor.peek() {
            Some('(') => self.nested(Self::parenthesized),
            Some('\'') => {
                literal::quoted(self.cursor).map(|text| of_literal(Literal::Text(text), at))
            }
            Some('0'..='9' | '-' | '+') => {
                literal::bare(self.cursor).map(|literal| of_literal(literal, at))
            }
            Some('@') => self.alias(|parser| parser.any_operand_alone(), alias::absent),
            Some('$') => self.item(at),
            _ => match literal::guid(self.cursor) {
                Some(guid) => Ok(of_literal(guid, at)),
                None => self.named(at),
            },
        }
    }

    /// The whole value of an alias.
    fn any_operand_alone(&mut self) -> Result<Part, Malformed> {
        self.cursor.space();
        let part = self.expression()?;
        self.cursor.end()?;
        Ok(part)
    }

    fn parenthesized(&mut self) -> Result<Part, Malformed> {
        self.cursor.expect('(')?;
        self.cursor.space();
        let part = self.expression()?;
        self.cursor.space();
        self.expect_sign(')', "an operator or `)`")?;
        Ok(part)
    }

    /// What begins with a name: a literal, a function, a path.
    fn named(&mut self, at: usize) -> Result<Part, Malformed> {
        let name = self.cursor.qualified_name();
        match self.cursor.peek() {
            _ if name.is_empty() => {
                Err(self.cursor.expected("a property, a literal or a function"))
            }
            Some('\'') => {
                let literal = literal::named(self.cursor, at, name)?;
                Ok(of_literal(literal, at))
            }
            Some('(') => self.nested(|parser| parser.call(name, at)),
            _ if name.contains('.') => {
                if self.cursor.peek() != Some('/') {
                    return Err(self.cursor.expected("`/` and a property of the type"));
                }
                self.path(Root::Item, Place::of(self.table), Some((Name::Type(name), at)), at)
            }
            _ => {
                if let Some(literal) = literal::keyword(name) {
                    return Ok(of_literal(literal, at));
                }
                let variable = self.variables.iter().rev().find(|(own, _)| *own == name);
                if let Some((name, place)) = variable {
                    let (root, place) = (Root::Variable((*name).to_owned()), *place);
                    return self.path(root, place, None, at);
                }
                self.path(Root::Item, Place::of(self.table), Some((Name::Property(name), at)), at)
            }
        }
    }

    /// What begins with `$it`, or with `$this`, which is the same where it stands for an expanded object.
    fn item(&mut self, at: usize) -> Result<Part, Malformed> {
        self.cursor.take('$');
        let what = match self.cursor.name() {
            "this" => return self.path(Root::Item, Place::of(self.table), None, at),
            "it" if !self.reading.is_nested => {
                return self.path(Root::Item, Place::of(self.table), None, at);
            }
            "it" => "`$it` is what the URL names, which is not at hand here; `$this` is the item",
            _ => "of what begins with `$`, only `$it` and `$this` are supported",
        };
        Err(Malformed::new(at, what))
    }

    /// The arguments of a function that takes values, in its parentheses.
    pub(super) fn arguments(
        &mut self,
        function: function::Function,
        name: &str,
    ) -> Result<Vec<Part>, Malformed> {
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
            let argument = self.expression()?;
            if !argument.ty.fits(*parameter) {
                let what =
                    format!("`{name}` takes {}, not {}", parameter.name(), argument.ty.name());
                return Err(Malformed::new(argument.at, what));
            }
            arguments.push(argument);
            self.cursor.space();
        }
        self.cursor.expect(')')?;
        Ok(arguments)
    }
}

/// A literal that begins at `at`.
pub(super) fn of_literal(literal: Literal, at: usize) -> Part {
    let ty = match &literal {
        Literal::Null => Type::Null,
        Literal::Enum { type_name, .. } => Type::Enum(type_name.clone()),
        Literal::Boolean(_) => Type::Of(Sort::Boolean),
        Literal::Integer(_) | Literal::Decimal(_) | Literal::Double(_) => Type::Of(Sort::Number),
        Literal::Text(_) => Type::Of(Sort::Text),
        Literal::Date(_) => Type::Of(Sort::Date),
        Literal::DateTimeOffset(_) => Type::Of(Sort::DateTimeOffset),
        Literal::TimeOfDay(_) => Type::Of(Sort::TimeOfDay),
        Literal::Duration(_) => Type::Of(Sort::Duration),
        Literal::Guid(_) => Type::Of(Sort::Guid),
        Literal::Binary(_) => Type::Of(Sort::Binary),
    };
    Part { expression: Expression::Literal(literal), ty, at }
}
