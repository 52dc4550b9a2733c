//! `$orderby`: the order of what is answered (URL Conventions, section 5.1.4).

use std::cmp::Ordering;

use msgraph_core::{Object, Sort, Table};

use super::PropertyPath;
use super::cursor::Cursor;
use super::malformed::Malformed;
use super::{matching, path, sort, value};

/// An order by one property.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Order {
    /// The property.
    pub property: PropertyPath,
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
    /// The order of two objects by this property; equal where both have the same value.
    pub fn compare(&self, one: &Object, other: &Object) -> Ordering {
        let value_of = |object| matching::property(object, &self.property);
        let order = value::total_order(&value_of(one), &value_of(other));
        match self.direction {
            Direction::Ascending => order,
            Direction::Descending => order.reverse(),
        }
    }
}

pub(super) fn read(
    cursor: &mut Cursor<'_>,
    table: &'static Table,
) -> Result<Vec<Order>, Malformed> {
    let mut orders = Vec::new();
    loop {
        cursor.space();
        let at = cursor.at();
        let (property, place) = path::of_item(cursor, table)?;
        if place.is_collection {
            return Err(Malformed::new(at, "there is no order of collections"));
        }
        if matches!(place.sort, Sort::Object(_) | Sort::Binary) {
            let what = format!("there is no order of {}", sort::name(place.sort));
            return Err(Malformed::new(at, what));
        }
        let direction = if cursor.space() { direction(cursor)? } else { Direction::Ascending };
        orders.push(Order { property, direction });
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
