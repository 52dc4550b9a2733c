//! Functions in a filter: their arguments, and those whose result is known when they are read.

use msgraph_core::Sort;
use msgraph_core::edm::DateTimeOffset;

use super::{Parser, Part};
use crate::query::function::{self, Function};
use crate::query::malformed::Malformed;
use crate::query::sort::Type;
use crate::query::{Expression, Literal, Pattern};

impl Parser<'_, '_> {
    /// The function called `name`, which begins at `at`; its first parenthesis comes next.
    pub(super) fn call(&mut self, name: &str, at: usize) -> Result<Part, Malformed> {
        self.cursor.expect('(')?;
        self.cursor.space();
        match name.to_ascii_lowercase().as_str() {
            "cast" => return self.cast(at),
            "isof" => return self.is_of(at),
            "matchespattern" => return self.matches_pattern(at),
            _ => {}
        }
        let Some(function) = Function::named(name) else {
            return Err(Malformed::new(at, function::refusal(name)));
        };
        let position = self.position(at);
        let arguments = self.arguments(function, name)?;
        if let (Function::Substring, Some(length)) = (function, arguments.get(2))
            && matches!(length.expression, Expression::Literal(Literal::Integer(..0)))
        {
            return Err(Malformed::new(length.at, "a length is not negative"));
        }
        let expression = match function {
            Function::Now => time(Some(self.reading.now), at)?,
            Function::MinDateTime => time("0001-01-01T00:00:00Z".parse().ok(), at)?,
            Function::MaxDateTime => time("9999-12-31T23:59:59.9999999Z".parse().ok(), at)?,
            _ => {
                let arguments = arguments.into_iter().map(|argument| argument.expression);
                Expression::Call(function, arguments.collect(), position)
            }
        };
        Ok(Part { expression, ty: Type::Of(function.result()), at })
    }

    /// The text, the pattern and the flags of `matchespattern`, behind its parenthesis.
    fn matches_pattern(&mut self, at: usize) -> Result<Part, Malformed> {
        let text = self.expression()?;
        if !text.ty.fits(function::Parameter::Text) {
            let what = format!("`matchespattern` takes Edm.String, not {}", text.ty.name());
            return Err(Malformed::new(text.at, what));
        }
        self.cursor.space();
        self.cursor.expect(',')?;
        let (pattern, start) = self.literal_text()?;
        let flags = if self.cursor.take(',') { self.literal_text()?.0 } else { String::new() };
        self.cursor.expect(')')?;
        let pattern = Pattern::new(&pattern, &flags).map_err(|what| Malformed::new(start, what))?;
        let expression = Expression::Matches(Box::new(text.expression), pattern);
        Ok(Part { expression, ty: Type::Of(Sort::Boolean), at })
    }

    /// A text that is known when it is read, and where it begins.
    fn literal_text(&mut self) -> Result<(String, usize), Malformed> {
        self.cursor.space();
        let part = self.operand()?;
        self.cursor.space();
        match part.expression {
            Expression::Literal(Literal::Text(text)) => Ok((text, part.at)),
            _ => Err(Malformed::new(part.at, "a pattern is a text in quotes, and no other value")),
        }
    }
}

fn time(time: Option<DateTimeOffset>, at: usize) -> Result<Expression, Malformed> {
    match time {
        Some(time) => Ok(Expression::Literal(Literal::DateTimeOffset(time))),
        None => Err(Malformed::new(at, "there is no such time")),
    }
}
