//! All options on a collection in memory, in the order that OData has for them (Protocol, section 11.2.1): filter,
//! count, order, skip, top; then expand and select on what is left.
//!
//! `$search`, tokens and `$format` are the service's: what they mean, it alone knows.

use std::cmp::Ordering;

use msgraph_core::{Model, Object, Page, ServiceError};

use super::{Options, QueryOptions, project};

/// What is left of a collection.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Applied<M> {
    /// The items, in order.
    pub items: Vec<M>,
    /// How many there are without `$skip` and `$top`, where `$count` asks for it.
    pub count: Option<i64>,
}

impl<M: Model> QueryOptions<M> {
    /// What the options leave of a whole collection.
    ///
    /// # Errors
    /// 400 where a filter or an order cannot be evaluated for an item, as in [`Filter::matches`](super::Filter::matches).
    pub fn apply(&self, items: impl IntoIterator<Item = M>) -> Result<Applied<M>, ServiceError> {
        let objects = items.into_iter().map(M::peel).collect();
        let (objects, count) = self.apply_to(objects)?;
        Ok(Applied { items: objects.into_iter().map(M::wrap).collect(), count })
    }

    /// What `$expand` and `$select` leave of one item, such as the answer to a request for it.
    ///
    /// # Errors
    /// As of [`apply`](Self::apply): what is expanded may have a filter and an order.
    pub fn apply_to_one(&self, item: M) -> Result<M, ServiceError> {
        let mut object = M::peel(item);
        self.project(&mut object)?;
        Ok(M::wrap(object))
    }
}

impl Options {
    /// What the options leave of a whole collection, and the number of items where `$count` asks for it.
    ///
    /// # Errors
    /// As of [`QueryOptions::apply`].
    pub fn apply_to(
        &self,
        objects: Vec<Object>,
    ) -> Result<(Vec<Object>, Option<i64>), ServiceError> {
        let (mut left, count) = self.narrow(objects)?;
        for object in &mut left {
            self.project(object)?;
        }
        Ok((left, count))
    }

    /// The same, of which each item is whole.
    pub(super) fn narrow(
        &self,
        mut objects: Vec<Object>,
    ) -> Result<(Vec<Object>, Option<i64>), ServiceError> {
        if let Some(filter) = &self.filter {
            let mut left = Vec::new();
            for object in objects {
                if filter.matches_object(&object)? {
                    left.push(object);
                }
            }
            objects = left;
        }
        let count = self.count.then(|| i64::try_from(objects.len()).unwrap_or(i64::MAX));
        self.sort(&mut objects, |object| object)?;
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let skip = self.skip.map_or(0, size);
        let top = self.top.map_or(usize::MAX, size);
        Ok((objects.into_iter().skip(skip).take(top).collect(), count))
    }

    /// Takes away from one object what `$expand` and `$select` do not ask for.
    ///
    /// # Errors
    /// As of [`QueryOptions::apply_to_one`]; what is left of the object then is not said.
    pub fn project(&self, object: &mut Object) -> Result<(), ServiceError> {
        project::project(object, self)
    }

    /// Puts items in the order of `$orderby`, by the object of each; equal ones stay as they are.
    ///
    /// # Errors
    /// As of [`Order::compare`](super::Order::compare).
    pub fn sort<T>(
        &self,
        items: &mut [T],
        object: impl Fn(&T) -> &Object,
    ) -> Result<(), ServiceError> {
        // Sorting cannot stop on the way, so that what fails is found before it. What is compared is made again each
        // time, and not kept, since the texts that `concat` makes of all items might fill the memory.
        for item in &*items {
            for order in &self.order_by {
                order.value_of(object(item))?;
            }
        }
        if !self.order_by.is_empty() {
            items.sort_by(|one, other| {
                self.compare(object(one), object(other)).unwrap_or(Ordering::Equal)
            });
        }
        Ok(())
    }

    /// The order of two objects by `$orderby`; equal where there is none.
    ///
    /// # Errors
    /// As of [`Order::compare`](super::Order::compare).
    pub fn compare(&self, one: &Object, other: &Object) -> Result<Ordering, ServiceError> {
        for order in &self.order_by {
            let order = order.compare(one, other)?;
            if order.is_ne() {
                return Ok(order);
            }
        }
        Ok(Ordering::Equal)
    }
}

impl<M: Model> From<Applied<M>> for Page<M> {
    /// The only page.
    fn from(applied: Applied<M>) -> Self {
        let page = Page::new(applied.items);
        match applied.count {
            Some(count) => page.with_count(count),
            None => page,
        }
    }
}
