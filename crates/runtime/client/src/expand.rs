//! What comes with what is asked for, and what is asked of it: `$expand` ("OData Version 4.01. Part 2: URL Conventions",
//! section 5.1.3).
//!
//! Each property has options of its own, in parentheses and apart by `;`. They nest as deep as the service takes them.

use std::fmt;

use msgraph_core::Schema;

use crate::query::{Filter, Order, names, quoted};

/// A property whose entities come with what is asked for, and what is asked of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Expand<S> {
    property: &'static str,
    options: Vec<String>,
    of: std::marker::PhantomData<fn() -> S>,
}

impl<S: Schema> From<S> for Expand<S> {
    fn from(property: S) -> Self {
        Self { property: property.name(), options: Vec::new(), of: std::marker::PhantomData }
    }
}

impl<S: Schema> Expand<S> {
    /// With all that stands behind this property.
    pub fn of(property: S) -> Self {
        property.into()
    }

    /// With these properties of them alone. `T` is the schema of what the property leads to.
    pub fn select<T: Schema>(self, properties: impl IntoIterator<Item = T>) -> Self {
        let names = names(properties);
        self.option("$select", names)
    }

    /// With what these properties of them lead to.
    pub fn expand<T: Schema, E: Into<Expand<T>>>(
        self,
        expanded: impl IntoIterator<Item = E>,
    ) -> Self {
        let texts: Vec<String> = expanded.into_iter().map(|one| one.into().text()).collect();
        self.option("$expand", texts.join(","))
    }

    /// With those of them that the condition holds of.
    pub fn filter<T: Schema>(self, filter: Filter<T>) -> Self {
        self.option("$filter", filter.text)
    }

    /// With this many of them at most.
    pub fn top(self, count: u32) -> Self {
        self.option("$top", count.to_string())
    }

    /// Without this many of them, from the first on.
    pub fn skip(self, count: u32) -> Self {
        self.option("$skip", count.to_string())
    }

    /// In an order, by the first of these, then by the second.
    pub fn order_by<T: Schema, B: Into<Order<T>>>(
        self,
        orders: impl IntoIterator<Item = B>,
    ) -> Self {
        let texts: Vec<String> = orders.into_iter().map(|one| one.into().text).collect();
        self.option("$orderby", texts.join(","))
    }

    /// With the number of all of them, which stands beside the property as `…@odata.count`.
    pub fn with_count(self) -> Self {
        self.option("$count", "true".to_owned())
    }

    /// With those of them that a text is found in, which is one phrase.
    pub fn search(self, phrase: &str) -> Self {
        self.option("$search", quoted(phrase))
    }

    /// As deep as this, where the property leads to entities that have it, too.
    pub fn levels(self, levels: u32) -> Self {
        self.option("$levels", levels.to_string())
    }

    /// As deep as it goes, where the property leads to entities that have it, too.
    pub fn all_levels(self) -> Self {
        self.option("$levels", "max".to_owned())
    }

    fn option(mut self, name: &str, value: String) -> Self {
        self.options.push(format!("{name}={value}"));
        self
    }

    /// As it stands behind `$expand=`.
    pub(crate) fn text(&self) -> String {
        match self.options.as_slice() {
            [] => self.property.to_owned(),
            options => format!("{}({})", self.property, options.join(";")),
        }
    }
}

impl<S> fmt::Debug for Expand<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expand").field("property", &self.property).finish_non_exhaustive()
    }
}
