//! All options on a collection in memory, in the order that OData has for them (Protocol, section 11.2.1): filter,
//! count, order, skip, top; then expand and select on what is left.
//!
//! `$search`, tokens and `$format` are the service's: what they mean, it alone knows.

use std::cmp::Ordering;

use msgraph_core::{Model, Object, Page};

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
    pub fn apply(&self, items: impl IntoIterator<Item = M>) -> Applied<M> {
        let objects = items.into_iter().map(M::peel).collect();
        let (objects, count) = self.apply_to(objects);
        Applied { items: objects.into_iter().map(M::wrap).collect(), count }
    }

    /// What `$expand` and `$select` leave of one item, such as the answer to a request for it.
    pub fn apply_to_one(&self, item: M) -> M {
        let mut object = M::peel(item);
        self.project(&mut object);
        M::wrap(object)
    }
}

impl Options {
    /// What the options leave of a whole collection, and the number of items where `$count` asks for it.
    pub fn apply_to(&self, objects: Vec<Object>) -> (Vec<Object>, Option<i64>) {
        let (mut left, count) = self.narrow(objects);
        for object in &mut left {
            self.project(object);
        }
        (left, count)
    }

    /// The same, of which each item is whole.
    pub(super) fn narrow(&self, mut objects: Vec<Object>) -> (Vec<Object>, Option<i64>) {
        if let Some(filter) = &self.filter {
            objects.retain(|object| filter.matches_object(object));
        }
        let count = self.count.then(|| i64::try_from(objects.len()).unwrap_or(i64::MAX));
        if !self.order_by.is_empty() {
            objects.sort_by(|one, other| self.compare(one, other));
        }
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let skip = self.skip.map_or(0, size);
        let top = self.top.map_or(usize::MAX, size);
        (objects.into_iter().skip(skip).take(top).collect(), count)
    }

    /// Takes away from one object what `$expand` and `$select` do not ask for.
    pub fn project(&self, object: &mut Object) {
        project::project(object, self);
    }

    /// The order of two objects by `$orderby`; equal where there is none.
    pub fn compare(&self, one: &Object, other: &Object) -> Ordering {
        let mut orders = self.order_by.iter().map(|order| order.compare(one, other));
        orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
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
