//! `cast` and `isof` in a filter (URL Conventions, section 5.1.1.9): of the item, or of a value.
//!
//! The name of a type may stand in quotes, as Graph's own examples have it.

use msgraph_core::Sort;

use super::{Parser, Part};
use crate::query::malformed::{Malformed, shown};
use crate::query::path::{Place, PropertyPath, Root};
use crate::query::sort::Type;
use crate::query::{Expression, Primitive, TypeName, literal};

impl Parser<'_, '_> {
    /// The arguments of `cast`, which begins at `at`.
    pub(super) fn cast(&mut self, at: usize) -> Result<Part, Malformed> {
        let (value, name, sort) = self.value_and_type(at)?;
        let expression = Expression::Cast(Box::new(value), name);
        Ok(Part { expression, ty: Type::Of(sort), at })
    }

    /// The arguments of `isof`, which begins at `at`.
    pub(super) fn is_of(&mut self, at: usize) -> Result<Part, Malformed> {
        let (value, name, _) = self.value_and_type(at)?;
        let expression = Expression::IsOf(Box::new(value), name);
        Ok(Part { expression, ty: Type::Of(Sort::Boolean), at })
    }

    /// What is asked about, the type, and what its values are; with the closing parenthesis.
    fn value_and_type(&mut self, at: usize) -> Result<(Expression, TypeName, Sort), Malformed> {
        let start = self.cursor.at();
        let is_type_alone = self.type_name().is_ok() && self.cursor.peek() == Some(')');
        self.cursor.go_to(start);
        let value = if is_type_alone {
            let path = PropertyPath { root: Root::Item, segments: Vec::new() };
            let ty = Type::Of(Sort::Object(self.table));
            Part { expression: Expression::Property(path), ty, at }
        } else {
            let value = self.expression()?;
            self.cursor.space();
            self.cursor.expect(',')?;
            self.cursor.space();
            value
        };
        let (name, here) = self.type_name()?;
        self.cursor.expect(')')?;
        let (name, sort) = known(&name, here, &value)?;
        Ok((value.expression, name, sort))
    }

    /// The name of a type, and where it begins.
    fn type_name(&mut self) -> Result<(String, usize), Malformed> {
        let at = self.cursor.at();
        let name = match self.cursor.peek() {
            Some('\'') => literal::quoted(self.cursor)?,
            _ => self.cursor.qualified_name().to_owned(),
        };
        if name.is_empty() {
            return Err(self.cursor.expected("the name of a type"));
        }
        self.cursor.space();
        Ok((name, at))
    }
}

/// The type called `name`, which begins at `at`, for a value that may be of it.
fn known(name: &str, at: usize, value: &Part) -> Result<(TypeName, Sort), Malformed> {
    if let Some(primitive) = Primitive::named(name) {
        if let Type::Of(Sort::Object(table)) = value.ty {
            let what = format!("{} is no primitive type, and not cast to one", table.name);
            return Err(Malformed::new(value.at, what));
        }
        return Ok((TypeName::Primitive(primitive), primitive.sort()));
    }
    if let Type::Of(sort @ Sort::Object(_)) = value.ty {
        let table = Place { sort, is_collection: false }.narrowed(name, at)?;
        return Ok((TypeName::Structured(table.name.to_owned()), Sort::Object(table)));
    }
    let what = format!("{} is no type that {} is cast to", shown(name), value.ty.name());
    Err(Malformed::new(at, what))
}
