//! Parameter aliases (URL Conventions, section 5.3): `@name` stands for the value that the query gives it.
//!
//! The value is read where the alias stands, so that it is typed and bounded as if it stood there itself; what is wrong
//! in it is told of the alias. One without a value is null (Protocol, section 11.2.6.1.3).

use super::operand::of_literal;
use super::{Parser, Part};
use crate::query::Literal;
use crate::query::malformed::{Malformed, shown};

impl<'a> Parser<'_, 'a> {
    /// Reads the value of the alias that comes next by `read`, or says what stands for it where there is no value.
    pub(super) fn alias<T>(
        &mut self,
        read: impl FnOnce(&mut Parser<'_, 'a>) -> Result<T, Malformed>,
        absent: impl FnOnce(usize) -> Result<T, Malformed>,
    ) -> Result<T, Malformed> {
        let at = self.cursor.at();
        self.cursor.take('@');
        let name = self.cursor.qualified_name();
        if name.is_empty() {
            return Err(self.cursor.expected("the name of an alias"));
        }
        if name.contains('.') {
            let what = "annotations are not supported; `@name` stands for a value in the query";
            return Err(Malformed::new(at, what));
        }
        if self.alias.is_some() {
            let what = "the value of an alias does not have another alias in it";
            return Err(Malformed::new(at, what));
        }
        let mut values = self.reading.values_of(name);
        let Some(text) = values.next() else { return absent(at) };
        if values.next().is_some() {
            let what = format!("the alias {} is given twice", shown(name));
            return Err(Malformed::new(at, what));
        }
        let mut cursor = self.cursor.over(text)?;
        let mut parser = Parser::new(&mut cursor, self.table, self.reading);
        parser.alias = Some(name);
        let result = parser.nested(read);
        self.cursor.go_on_after(&cursor);
        result.map_err(|fault| fault.in_alias(&format!("@{name}"), text))
    }
}

/// A single value that an alias without a value stands for.
pub(super) fn absent(at: usize) -> Result<Part, Malformed> {
    Ok(of_literal(Literal::Null, at))
}
