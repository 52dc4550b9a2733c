//! Operators between two values: how tight they bind, and what goes together under them.

use msgraph_core::Sort;

use super::Part;
use crate::query::malformed::{Malformed, shown};
use crate::query::sort::Type;
use crate::query::{Arithmetic, Comparison, Expression, Literal, Position, arithmetic};

/// How tight an operator binds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Equality,
    Relational,
    Additive,
    Multiplicative,
}

impl Level {
    pub(super) fn tighter(self) -> Option<Self> {
        match self {
            Self::Equality => Some(Self::Relational),
            Self::Relational => Some(Self::Additive),
            Self::Additive => Some(Self::Multiplicative),
            Self::Multiplicative => None,
        }
    }
}

#[derive(Clone, Copy)]
pub(super) enum Operator {
    Compare(Comparison),
    Calculate(Arithmetic),
}

impl Operator {
    /// The operator of this name, in any case.
    pub(super) fn named(word: &str) -> Option<Self> {
        let calculate = || Arithmetic::named(word).map(Self::Calculate);
        Comparison::named(&word.to_ascii_lowercase()).map(Self::Compare).or_else(calculate)
    }

    pub(super) fn level(self) -> Level {
        match self {
            Self::Compare(comparison) if comparison.is_of_order() => Level::Relational,
            Self::Compare(_) => Level::Equality,
            Self::Calculate(operator) if operator.is_additive() => Level::Additive,
            Self::Calculate(_) => Level::Multiplicative,
        }
    }

    /// The two parts with the operator between them, which stands at `at`, at `position` of the query.
    pub(super) fn join(
        self,
        left: Part,
        right: Part,
        at: usize,
        position: Position,
    ) -> Result<Part, Malformed> {
        let start = left.at;
        let (expression, ty) = match self {
            Self::Compare(comparison) => {
                let left = typed_as(left, &right.ty)?;
                let right = typed_as(right, &left.ty)?;
                compared(&left, comparison.word(), comparison, &right.ty, at)?;
                let (left, right) = (Box::new(left.expression), Box::new(right.expression));
                (Expression::Compare(left, comparison, right), Type::Of(Sort::Boolean))
            }
            Self::Calculate(operator) => {
                let left = typed_as(left, &right.ty)?;
                let right = typed_as(right, &left.ty)?;
                let word = operator.word();
                let Some(ty) = operator.result(&left.ty, &right.ty) else {
                    let (left, right) = (left.ty.name(), right.ty.name());
                    let what = format!("`{word}` does not go with {left} and {right}");
                    return Err(Malformed::new(at, what));
                };
                if operator == Arithmetic::Mod && is_zero(&right.expression) {
                    return Err(Malformed::new(right.at, "nothing is divided by zero"));
                }
                let (left, right) = (Box::new(left.expression), Box::new(right.expression));
                (Expression::Arithmetic(left, operator, right, position), ty)
            }
        };
        Ok(Part { expression, ty, at: start })
    }
}

fn is_zero(expression: &Expression) -> bool {
    match expression {
        Expression::Literal(Literal::Integer(value)) => *value == 0,
        Expression::Literal(Literal::Decimal(value)) => *value == 0.into(),
        _ => false,
    }
}

/// A text as the length of time that it stands for beside another: it needs no type in front (section 5.1.1.11.1).
pub(super) fn typed_as(part: Part, other: &Type) -> Result<Part, Malformed> {
    match (&part.expression, other) {
        (Expression::Literal(Literal::Text(text)), Type::Of(Sort::Duration)) => {
            let Ok(duration) = text.parse() else {
                let what = format!("{} is no duration", shown(text));
                return Err(Malformed::new(part.at, what));
            };
            let expression = Expression::Literal(Literal::Duration(duration));
            Ok(Part { expression, ty: Type::Of(Sort::Duration), at: part.at })
        }
        _ => Ok(part),
    }
}

/// Whether two parts can be compared by the operator that stands at `at`.
pub(super) fn compared(
    left: &Part,
    word: &str,
    comparison: Comparison,
    right: &Type,
    at: usize,
) -> Result<(), Malformed> {
    if left.ty.compares(comparison, right) {
        return Ok(());
    }
    let what = format!("`{word}` does not compare {} with {}", left.ty.name(), right.name());
    Err(Malformed::new(at, what))
}

/// The condition behind `not`.
pub(super) fn is_negated(part: Part) -> Result<Expression, Malformed> {
    if part.ty.is_condition() {
        return Ok(part.expression);
    }
    let what = format!(
        "a condition is expected, not {}; `not` binds more than what compares, so that a comparison goes into \
         parentheses",
        part.ty.name()
    );
    Err(Malformed::new(part.at, what))
}

/// A value behind a minus that stands at `at`.
pub(super) fn with_minus(part: Part, at: usize) -> Result<Part, Malformed> {
    let part = Part { at, ..part };
    if arithmetic::is_negated(&part.ty) {
        let expression = Expression::Negate(Box::new(part.expression));
        return Ok(Part { expression, ..part });
    }
    let what = format!("`-` asks for a number or a duration, not {}", part.ty.name());
    Err(Malformed::new(at, what))
}
