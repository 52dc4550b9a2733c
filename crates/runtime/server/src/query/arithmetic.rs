//! The operators of arithmetic, and what goes together under them (URL Conventions, section 5.1.1.2).

use msgraph_core::Sort;

use super::sort::Type;

/// An operator of arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `add`
    Add,
    /// `sub`
    Sub,
    /// `mul`
    Mul,
    /// `div`, of integers an integer
    Div,
    /// `divby`, of integers a decimal number
    DivBy,
    /// `mod`, with the sign of the left operand
    Mod,
}

const WORDS: [(&str, Arithmetic); 6] = [
    ("add", Arithmetic::Add),
    ("sub", Arithmetic::Sub),
    ("mul", Arithmetic::Mul),
    ("div", Arithmetic::Div),
    ("divby", Arithmetic::DivBy),
    ("mod", Arithmetic::Mod),
];

impl Arithmetic {
    /// The operator of this name, in any case.
    pub(super) fn named(word: &str) -> Option<Self> {
        let found = WORDS.iter().find(|(own, _)| own.eq_ignore_ascii_case(word));
        found.map(|(_, operator)| *operator)
    }

    /// As it is written.
    pub(super) fn word(self) -> &'static str {
        WORDS.iter().find(|(_, own)| *own == self).map_or("", |(word, _)| word)
    }

    /// Whether it binds less than the others.
    pub(super) fn is_additive(self) -> bool {
        matches!(self, Self::Add | Self::Sub)
    }

    /// What comes of two values; `None` where they do not go together.
    pub(super) fn result(self, left: &Type, right: &Type) -> Option<Type> {
        use Sort as S;
        let (left, right) = match (left, right) {
            (Type::Null, Type::Null) => return Some(Type::Null),
            (Type::Null, Type::Of(known)) | (Type::Of(known), Type::Null) => {
                // Null may be of any type.
                let is_calculated =
                    matches!(known, S::Number | S::Duration | S::Date | S::DateTimeOffset | S::Any);
                return is_calculated.then_some(Type::Null);
            }
            (Type::Of(left), Type::Of(right)) => (*left, *right),
            _ => return None,
        };
        let result = match (left, self, right) {
            (S::Number, _, S::Number) => S::Number,
            (S::Duration, Self::Add | Self::Sub, S::Duration) => S::Duration,
            (S::DateTimeOffset, Self::Add | Self::Sub, S::Duration) => S::DateTimeOffset,
            (S::Date, Self::Add | Self::Sub, S::Duration) => S::Date,
            (S::DateTimeOffset, Self::Sub, S::DateTimeOffset) => S::Duration,
            (S::Date, Self::Sub, S::Date) => S::Duration,
            (S::Duration, Self::Mul | Self::Div | Self::DivBy, S::Number) => S::Duration,
            (S::Number, Self::Mul, S::Duration) => S::Duration,
            (S::Any, _, S::Any | S::Number | S::Duration | S::Date | S::DateTimeOffset) => S::Any,
            (S::Number | S::Duration | S::Date | S::DateTimeOffset, _, S::Any) => S::Any,
            _ => return None,
        };
        Some(Type::Of(result))
    }
}

/// Whether a value of this type has another sign.
pub(super) fn is_negated(ty: &Type) -> bool {
    matches!(ty, Type::Null | Type::Of(Sort::Number | Sort::Duration | Sort::Any))
}
