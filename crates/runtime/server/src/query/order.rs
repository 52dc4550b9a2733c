//! `$orderby`: the order of what is answered (URL Conventions, section 5.1.5), by properties or by what is made of them.

use std::cmp::Ordering;

use msgraph_core::{Dynamic, Object, ServiceError, Sort, Table};

use super::cursor::Cursor;
use super::failure::Failed;
use super::malformed::Malformed;
use super::reading::Reading;
use super::sort::Type;
use super::{Expression, PropertyPath, filter, matching, value};

/// An order by one value.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Order {
    /// What is compared; mostly a property.
    pub value: Expression,
    /// Which values come first.
    pub direction: Direction,
}

/// Which values come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Null, then the smallest: `asc`.
    Ascending,
    /// The largest, and null last: `desc`.
    Descending,
}

impl Order {
    /// The property, where it is ordered by one alone.
    pub fn property(&self) -> Option<&PropertyPath> {
        match &self.value {
            Expression::Property(path) => Some(path),
            _ => None,
        }
    }

    /// The order of two objects by this value; equal where both have the same.
    ///
    /// # Errors
    /// 400 where the value cannot be evaluated for one of them, as in a [`Filter`](super::Filter).
    pub fn compare(&self, one: &Object, other: &Object) -> Result<Ordering, ServiceError> {
        let order = value::total_order(&self.value_of(one)?, &self.value_of(other)?);
        Ok(if self.is_descending() { order.reverse() } else { order })
    }

    /// What of the object is compared.
    pub(super) fn value_of<'a>(&'a self, object: &'a Object) -> Result<Dynamic<'a>, Failed<'a>> {
        matching::value_of(&self.value, object)
    }

    pub(super) fn is_descending(&self) -> bool {
        self.direction == Direction::Descending
    }
}

pub(super) fn read<'a>(
    cursor: &mut Cursor<'a>,
    table: &'static Table,
    reading: Reading<'a>,
) -> Result<Vec<Order>, Malformed> {
    let mut orders = Vec::new();
    loop {
        cursor.space();
        let at = cursor.at();
        let (value, ty) = filter::read_value(cursor, table, reading)?;
        if matches!(ty, Type::Collection(_) | Type::Of(Sort::Object(_) | Sort::Binary)) {
            return Err(Malformed::new(at, format!("there is no order of {}", ty.name())));
        }
        cursor.space();
        orders.push(Order { value, direction: direction(cursor)? });
        cursor.space();
        if !cursor.take(',') {
            return Ok(orders);
        }
    }
}

fn direction(cursor: &mut Cursor<'_>) -> Result<Direction, Malformed> {
    let direction = match cursor.peek_name().to_ascii_lowercase().as_str() {
        "asc" => Direction::Ascending,
        "desc" => Direction::Descending,
        "" => return Ok(Direction::Ascending),
        _ => return Err(cursor.expected("`asc` or `desc`")),
    };
    cursor.name();
    Ok(direction)
}
