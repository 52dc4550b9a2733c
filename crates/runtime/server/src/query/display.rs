//! Expressions as text: a tree goes in, a filter comes out that is read as the same tree.
//!
//! Parentheses stand where the tree is not the one that the operators' precedence makes. The text is not yet encoded
//! for a URL.

use std::fmt;

use super::{Expression, Filter, Lambda, Order, PropertyPath, Quantifier};

impl fmt::Display for Filter {
    /// As it is written in a request.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.condition.fmt(f)
    }
}

impl fmt::Display for Expression {
    /// As it is written in a request.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Writer { f, variables: Vec::new() }.write(self, Tightness::Or)
    }
}

impl fmt::Display for Order {
    /// As it is written in a request.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)?;
        f.write_str(if self.is_descending() { " desc" } else { "" })
    }
}

/// How tight an expression holds together, loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tightness {
    Or,
    And,
    Equality,
    Relational,
    Additive,
    Multiplicative,
    Unary,
    Membership,
    Operand,
}

impl Tightness {
    fn of(expression: &Expression) -> Self {
        match expression {
            Expression::Or(_) => Self::Or,
            Expression::And(_) => Self::And,
            Expression::Compare(_, comparison, _) if comparison.is_of_order() => Self::Relational,
            Expression::Compare(..) => Self::Equality,
            Expression::Arithmetic(_, operator, ..) if operator.is_additive() => Self::Additive,
            Expression::Arithmetic(..) => Self::Multiplicative,
            Expression::Not(_) | Expression::Negate(_) => Self::Unary,
            Expression::Has(..) | Expression::In(..) | Expression::InCollection(..) => {
                Self::Membership
            }
            _ => Self::Operand,
        }
    }

    /// That of what stands to the right of an operator, or between two of a list.
    fn tighter(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::Equality,
            Self::Equality => Self::Relational,
            Self::Relational => Self::Additive,
            Self::Additive => Self::Multiplicative,
            Self::Multiplicative => Self::Unary,
            Self::Unary => Self::Membership,
            Self::Membership | Self::Operand => Self::Operand,
        }
    }
}

struct Writer<'f, 'b, 'e> {
    f: &'f mut fmt::Formatter<'b>,
    /// The names of the variables of the lambdas around.
    variables: Vec<&'e str>,
}

impl<'e> Writer<'_, '_, 'e> {
    /// Writes an expression that has to hold together at least so tight.
    fn write(&mut self, expression: &'e Expression, needed: Tightness) -> fmt::Result {
        let own = Tightness::of(expression);
        if own < needed {
            self.f.write_str("(")?;
            self.bare(expression, own)?;
            return self.f.write_str(")");
        }
        self.bare(expression, own)
    }

    fn bare(&mut self, expression: &'e Expression, own: Tightness) -> fmt::Result {
        match expression {
            Expression::Literal(literal) => write!(self.f, "{literal}"),
            Expression::Property(path) => self.path(path),
            Expression::Count(path) => {
                self.path(path)?;
                self.f.write_str("/$count")
            }
            Expression::Or(parts) => self.joined(parts, " or ", own.tighter()),
            Expression::And(parts) => self.joined(parts, " and ", own.tighter()),
            Expression::Not(part) => {
                self.f.write_str("not ")?;
                self.write(part, own)
            }
            Expression::Negate(part) => {
                // Else it might be read as a part of a number.
                self.f.write_str("-(")?;
                self.write(part, Tightness::Or)?;
                self.f.write_str(")")
            }
            Expression::Compare(one, comparison, other) => {
                self.binary(one, comparison.word(), other, (own, own.tighter()))
            }
            Expression::Arithmetic(one, operator, other, _) => {
                self.binary(one, operator.word(), other, (own, own.tighter()))
            }
            Expression::Has(set, members) => {
                self.binary(set, "has", members, (Tightness::Operand, Tightness::Operand))
            }
            Expression::In(one, literals) => {
                self.write(one, Tightness::Operand)?;
                let literals: Vec<String> = literals.iter().map(ToString::to_string).collect();
                write!(self.f, " in ({})", literals.join(","))
            }
            Expression::InCollection(one, collection) => {
                self.write(one, Tightness::Operand)?;
                self.f.write_str(" in ")?;
                self.path(collection)
            }
            Expression::Call(function, arguments, _) => {
                write!(self.f, "{}(", function.word())?;
                self.joined(arguments, ",", Tightness::Or)?;
                self.f.write_str(")")
            }
            Expression::Matches(text, pattern) => {
                self.f.write_str("matchespattern(")?;
                self.write(text, Tightness::Or)?;
                let quoted = msgraph_core::literal::quoted;
                write!(self.f, ",{}", quoted(pattern.as_str()))?;
                if !pattern.flags().is_empty() {
                    write!(self.f, ",{}", quoted(pattern.flags()))?;
                }
                self.f.write_str(")")
            }
            Expression::IsOf(value, name) => self.of_type("isof", value, name),
            Expression::Cast(value, name) => self.of_type("cast", value, name),
            Expression::Lambda(lambda) => self.lambda(lambda),
        }
    }

    fn path(&mut self, path: &PropertyPath) -> fmt::Result {
        self.f.write_str(&path.shown_among(&self.variables))
    }

    fn joined(
        &mut self,
        parts: &'e [Expression],
        separator: &str,
        needed: Tightness,
    ) -> fmt::Result {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.f.write_str(separator)?;
            }
            self.write(part, needed)?;
        }
        Ok(())
    }

    fn binary(
        &mut self,
        one: &'e Expression,
        word: &str,
        other: &'e Expression,
        (left, right): (Tightness, Tightness),
    ) -> fmt::Result {
        self.write(one, left)?;
        write!(self.f, " {word} ")?;
        self.write(other, right)
    }

    fn of_type(
        &mut self,
        function: &str,
        value: &'e Expression,
        name: &impl fmt::Display,
    ) -> fmt::Result {
        write!(self.f, "{function}(")?;
        self.write(value, Tightness::Or)?;
        write!(self.f, ",{name})")
    }

    fn lambda(&mut self, lambda: &'e Lambda) -> fmt::Result {
        self.path(&lambda.collection)?;
        self.f.write_str(match lambda.quantifier {
            Quantifier::Any => "/any(",
            Quantifier::All => "/all(",
        })?;
        if let Some((variable, condition)) = &lambda.condition {
            write!(self.f, "{variable}:")?;
            self.variables.push(variable);
            self.write(condition, Tightness::Or)?;
            self.variables.pop();
        }
        self.f.write_str(")")
    }
}
