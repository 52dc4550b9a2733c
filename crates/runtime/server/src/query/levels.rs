//! `$levels`: how often a property that leads to its like is expanded (URL Conventions, section 5.1.3.1).

use std::num::NonZeroU32;

use super::cursor::Cursor;
use super::malformed::Malformed;

/// How often a property is expanded in what it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Levels {
    /// So often; once is no recursion.
    Number(NonZeroU32),
    /// As often as the service can: `max`.
    Max,
}

impl Levels {
    /// The levels that are left one level deeper; `None` where there is none.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Number(number) => NonZeroU32::new(number.get() - 1).map(Self::Number),
            Self::Max => Some(Self::Max),
        }
    }
}

pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Levels, Malformed> {
    cursor.space();
    let at = cursor.at();
    let word = cursor.take_while(|c| c.is_ascii_alphanumeric());
    if word.eq_ignore_ascii_case("max") {
        return Ok(Levels::Max);
    }
    let number = word.parse().map(Levels::Number);
    number.map_err(|_| Malformed::new(at, "a number from 1 or `max` is expected"))
}
