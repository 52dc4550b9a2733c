//! Query options of OData: what of a collection is answered, in which order, and how much of it
//! ("OData Version 4.01. Part 2: URL Conventions", section 5.1).
//!
//! Properties are those of the schema of what is answered, so that a name that the type does not have does not compile.
//! Values in filters are literals: a text cannot end its quotes. Each option is given once; a second one would be
//! another option of the same name, which services refuse.

use std::fmt;

use msgraph_core::literal::ToLiteral;
use msgraph_core::{Operation, Queried, Schema};

use crate::expand::Expand;
use crate::request::{BodyOf, Request};

/// The properties of what an operation answers with.
type SchemaOf<O> = <BodyOf<O> as Queried>::Schema;

impl<O> Request<O>
where
    O: Operation,
    BodyOf<O>: Queried,
{
    /// Asks for these properties alone: `$select`.
    pub fn select(self, properties: impl IntoIterator<Item = SchemaOf<O>>) -> Self {
        self.query("$select", &names(properties))
    }

    /// Asks for what these properties lead to, with each of them: `$expand`.
    pub fn expand<E: Into<Expand<SchemaOf<O>>>>(
        self,
        expanded: impl IntoIterator<Item = E>,
    ) -> Self {
        let texts: Vec<String> = expanded.into_iter().map(|one| one.into().text()).collect();
        self.query("$expand", &texts.join(","))
    }

    /// Asks for what the condition holds of: `$filter`.
    pub fn filter(self, filter: Filter<SchemaOf<O>>) -> Self {
        self.query("$filter", &filter.text)
    }

    /// Asks for an order, by the first of these, then by the second: `$orderby`.
    pub fn order_by<B: Into<Order<SchemaOf<O>>>>(
        self,
        orders: impl IntoIterator<Item = B>,
    ) -> Self {
        let texts: Vec<String> = orders.into_iter().map(|one| one.into().text).collect();
        self.query("$orderby", &texts.join(","))
    }
}

impl<O: Operation> Request<O> {
    /// Asks for this many items at most; on a page where they come in pages: `$top`.
    pub fn top(self, count: u32) -> Self {
        self.query("$top", &count.to_string())
    }

    /// Leaves out this many items: `$skip`.
    pub fn skip(self, count: u32) -> Self {
        self.query("$skip", &count.to_string())
    }

    /// Asks for the number of all items, which [`Page::count`](msgraph_core::Page::count) then tells: `$count`.
    pub fn with_count(self) -> Self {
        self.query("$count", "true")
    }

    /// Searches for a text, which is one phrase: `$search`.
    pub fn search(self, phrase: &str) -> Self {
        self.query("$search", &quoted(phrase))
    }
}

/// A text as one phrase to be searched for.
pub(crate) fn quoted(phrase: &str) -> String {
    format!("\"{}\"", phrase.replace('\\', "\\\\").replace('"', "\\\""))
}

pub(crate) fn names<S: Schema>(properties: impl IntoIterator<Item = S>) -> String {
    let names: Vec<&str> = properties.into_iter().map(Schema::name).collect();
    names.join(",")
}

/// An order of items: by a property, upwards or downwards.
#[derive(Clone, PartialEq, Eq)]
pub struct Order<S> {
    pub(crate) text: String,
    of: std::marker::PhantomData<fn() -> S>,
}

impl<S: Schema> From<S> for Order<S> {
    fn from(property: S) -> Self {
        Self::upwards(property)
    }
}

impl<S: Schema> Order<S> {
    /// The smallest first.
    pub fn upwards(property: S) -> Self {
        Self { text: property.name().to_owned(), of: std::marker::PhantomData }
    }

    /// The largest first.
    pub fn downwards(property: S) -> Self {
        Self { text: format!("{} desc", property.name()), of: std::marker::PhantomData }
    }
}

impl<S> fmt::Debug for Order<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Order").field(&self.text).finish()
    }
}

/// A condition of items whose properties are those of `S`.
///
/// ```text
/// Filter::equals(Group::MailEnabled, &true).and(Filter::starts_with(Group::DisplayName, "O'Neil"))
/// mailEnabled eq true and startswith(displayName,'O''Neil')
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Filter<S> {
    pub(crate) text: String,
    binds: Binds,
    of: std::marker::PhantomData<fn() -> S>,
}

/// How strongly the parts of a condition hold together (URL Conventions, section 5.1.1.14).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binds {
    Or,
    And,
    Whole,
}

impl<S: Schema> Filter<S> {
    /// A condition as it is written, for what there is no method for. Nothing of it is quoted.
    pub fn raw(text: impl Into<String>) -> Self {
        Self::new(text.into(), Binds::Or)
    }

    /// The property is this value; null, where it is absent.
    pub fn equals(property: S, value: &dyn ToLiteral) -> Self {
        Self::compare(property, "eq", value)
    }

    /// The property is another value.
    pub fn differs(property: S, value: &dyn ToLiteral) -> Self {
        Self::compare(property, "ne", value)
    }

    /// The property is less than this value.
    pub fn less(property: S, value: &dyn ToLiteral) -> Self {
        Self::compare(property, "lt", value)
    }

    /// The property is this value or less.
    pub fn at_most(property: S, value: &dyn ToLiteral) -> Self {
        Self::compare(property, "le", value)
    }

    /// The property is more than this value.
    pub fn more(property: S, value: &dyn ToLiteral) -> Self {
        Self::compare(property, "gt", value)
    }

    /// The property is this value or more.
    pub fn at_least(property: S, value: &dyn ToLiteral) -> Self {
        Self::compare(property, "ge", value)
    }

    /// The property is one of these values.
    pub fn one_of<V: ToLiteral>(property: S, values: impl IntoIterator<Item = V>) -> Self {
        let literals: Vec<String> = values.into_iter().map(|value| literal(&value)).collect();
        Self::new(format!("{} in ({})", property.name(), literals.join(",")), Binds::Whole)
    }

    /// The text begins so.
    pub fn starts_with(property: S, text: &str) -> Self {
        Self::call("startswith", property, text)
    }

    /// The text ends so.
    pub fn ends_with(property: S, text: &str) -> Self {
        Self::call("endswith", property, text)
    }

    /// The text has this in it.
    pub fn contains(property: S, text: &str) -> Self {
        Self::call("contains", property, text)
    }

    /// One value of the collection is this one.
    pub fn any(collection: S, value: &dyn ToLiteral) -> Self {
        let text = format!("{}/any(x:x eq {})", collection.name(), literal(value));
        Self::new(text, Binds::Whole)
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let text = format!("{} and {}", self.within(Binds::And), other.within(Binds::And));
        Self::new(text, Binds::And)
    }

    /// One of the two holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let text = format!("{} or {}", self.within(Binds::Or), other.within(Binds::Or));
        Self::new(text, Binds::Or)
    }

    /// It does not hold.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::new(format!("not ({})", self.text), Binds::Whole)
    }

    fn new(text: String, binds: Binds) -> Self {
        Self { text, binds, of: std::marker::PhantomData }
    }

    fn compare(property: S, operator: &str, value: &dyn ToLiteral) -> Self {
        Self::new(format!("{} {operator} {}", property.name(), literal(value)), Binds::Whole)
    }

    fn call(function: &str, property: S, text: &str) -> Self {
        Self::new(format!("{function}({},{})", property.name(), literal(&text)), Binds::Whole)
    }

    /// The text as a part of what binds its parts so.
    fn within(&self, binds: Binds) -> String {
        if self.binds < binds { format!("({})", self.text) } else { self.text.clone() }
    }
}

impl<S> fmt::Debug for Filter<S> {
    /// Without its text: values are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter").finish_non_exhaustive()
    }
}

fn literal(value: &dyn ToLiteral) -> String {
    value.to_literal().unwrap_or_else(|| "null".to_owned())
}
