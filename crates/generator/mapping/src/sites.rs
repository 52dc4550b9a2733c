//! What paths show of the model: its roots, its keys, what is bound, and what can be done where.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_source::{Span, Spanned};

use crate::operations::Bound;

/// All that the paths show.
#[derive(Default)]
pub(crate) struct Sites {
    /// Entity sets and singletons, in the order of the text.
    pub(crate) roots: Vec<Root>,
    /// The places of the roots, by name.
    pub(crate) root_index: BTreeMap<String, usize>,
    /// Actions and functions.
    pub(crate) operations: Vec<Bound>,
    /// What can be done at each place.
    pub(crate) shown: BTreeMap<Site, Shown>,
    /// The keys by which items are named, by the type there.
    pub(crate) keys: BTreeMap<String, Vec<Spanned<String>>>,
    /// Other keys, by the type.
    pub(crate) alternate_keys: BTreeMap<String, Vec<Vec<Spanned<String>>>>,
    /// Types whose entities are streams.
    pub(crate) streams: BTreeMap<String, Span>,
    /// Types that stand where only entities do.
    pub(crate) entities: BTreeSet<String>,
}

/// An entity set or a singleton.
pub(crate) struct Root {
    /// Its name.
    pub(crate) name: Spanned<String>,
    /// The type.
    pub(crate) type_name: Spanned<String>,
    /// Whether it is a set.
    pub(crate) is_collection: bool,
}

/// A place of the model.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Site {
    /// An entity set or a singleton.
    Root(String),
    /// A member of a type.
    Member {
        /// The type that declares it.
        owner: String,
        /// Its name.
        name: String,
    },
}

/// What the paths to a place show.
#[derive(Default)]
pub(crate) struct Shown {
    /// What can be done with all of it: with the collection, or with the one that there is.
    pub(crate) whole: Option<Methods>,
    /// What can be done with one of a collection.
    pub(crate) item: Option<Methods>,
    /// Whether it is a collection.
    pub(crate) is_collection: bool,
}

/// What can be done at a path; where several lead to a place, at any of them.
pub(crate) struct Methods {
    /// The first of the paths.
    pub(crate) span: Span,
    /// The methods, in small letters.
    pub(crate) methods: BTreeSet<String>,
    /// The query options of `get`.
    pub(crate) options: BTreeSet<String>,
    /// The headers of `get`, and whether each must be sent.
    pub(crate) headers: BTreeMap<String, (bool, Span)>,
    /// Whether all of `get` is deprecated.
    pub(crate) is_deprecated: bool,
}

impl Methods {
    /// Whether one of `methods` is there.
    pub(crate) fn any(&self, methods: &[&str]) -> bool {
        methods.iter().any(|method| self.methods.contains(*method))
    }
}
