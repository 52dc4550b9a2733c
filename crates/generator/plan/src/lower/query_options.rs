//! What a request can ask for: which query options are left at its place.
//!
//! In come a place and what is answered there; out goes the type that stands for what can be asked for, where that is
//! not everything. Holds: only reading is restricted, since the terms speak of it; what a place forbids is left out,
//! but for what a page names (documents win); and the name of a set tells what it lacks.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_ir::{Api, Capabilities, Method, Operation as IrOperation, QueryOption, Site};

use super::{code, paragraph};
use crate::data::{Asking, Body, BuilderMethod, MethodKind, Node, QueryOptions};
use crate::naming::Ident;

/// The header that the directory wants with `$search` and `$count`.
const CONSISTENCY_LEVEL: &str = "ConsistencyLevel";

/// What a request of a documented operation can ask for, where it answers with `body`.
pub(super) fn documented(api: &Api, operation: &IrOperation, body: Option<&Body>) -> Asking {
    let Some(body) = body.filter(|_| operation.method == Method::Get) else {
        return Asking::default();
    };
    let said = said(api, operation.site);
    let is_named = |option| {
        operation.query_options.iter().any(|of| QueryOption::from_name(of) == Some(option))
    };
    let has_header =
        operation.headers.iter().any(|header| header.name.eq_ignore_ascii_case(CONSISTENCY_LEVEL));
    let is_left = |option| is_named(option) || !forbids(said, option);
    asking(body, is_left, has_header || may_have_header(said))
}

/// What a request that no page documents can ask for.
pub(super) fn undocumented(api: &Api, site: Site, body: &Body) -> Asking {
    let said = said(api, site);
    asking(body, |option| !forbids(said, option), may_have_header(said))
}

/// The sets that the methods of builders name, each once.
pub(super) fn option_sets(
    nodes: &BTreeMap<Node, BTreeMap<Ident, BuilderMethod>>,
) -> Vec<QueryOptions> {
    let of = |method: &BuilderMethod| match &method.kind {
        MethodKind::Verb { asking, .. } | MethodKind::UndocumentedRead { asking, .. } => {
            asking.options.clone()
        }
        _ => None,
    };
    let named = nodes.values().flat_map(BTreeMap::values).filter_map(of);
    let sets: BTreeMap<Ident, QueryOptions> = named.map(|of| (of.name.clone(), of)).collect();
    sets.into_values().collect()
}

fn asking(body: &Body, is_left: impl Fn(QueryOption) -> bool, is_eventual: bool) -> Asking {
    let (left, forbidden): (BTreeSet<QueryOption>, BTreeSet<QueryOption>) = QueryOption::ALL
        .into_iter()
        .filter(|&option| offers(body, option))
        .partition(|&of| is_left(of));
    let is_indexed = left.contains(&QueryOption::Count) || left.contains(&QueryOption::Search);
    let has_header = is_eventual && is_indexed;
    Asking {
        options: (has_header || !forbidden.is_empty()).then(|| set(&forbidden, has_header)),
        is_eventual: is_eventual && *body == Body::Count,
    }
}

/// Whether an answer is one of which a request can ask so.
fn offers(body: &Body, option: QueryOption) -> bool {
    match body {
        Body::Page(_) => true,
        Body::Object(_) => option.bears_on_one(),
        // Links have no properties.
        Body::References => matches!(
            option,
            QueryOption::Count | QueryOption::Search | QueryOption::Skip | QueryOption::Top
        ),
        _ => false,
    }
}

/// The set of what is left, named by what it lacks: `EventualNoExpand`.
fn set(forbidden: &BTreeSet<QueryOption>, is_eventual: bool) -> QueryOptions {
    let mut name = String::new();
    if is_eventual {
        name.push_str("Eventual");
    }
    for option in forbidden {
        name.push_str("No");
        name.push_str(mark(*option));
    }
    let lacking: Vec<String> = forbidden.iter().map(|option| code(option.name())).collect();
    let left = match lacking.split_last() {
        None => "All query options".to_owned(),
        Some((one, [])) => format!("All query options but {one}"),
        Some((last, others)) => format!("All query options but {} and {last}", others.join(", ")),
    };
    let header = match is_eventual {
        true => "; searching and counting are sent with `ConsistencyLevel: eventual`",
        false => "",
    };
    QueryOptions {
        name: Ident::of_stem(&name),
        docs: paragraph(&format!("{left}{header}.")),
        marks: QueryOption::ALL
            .into_iter()
            .filter(|option| !forbidden.contains(option))
            .map(mark)
            .collect(),
        is_eventual,
    }
}

/// The trait of the runtime that marks what can be asked for.
fn mark(option: QueryOption) -> &'static str {
    match option {
        QueryOption::Count => "Count",
        QueryOption::Expand => "Expand",
        QueryOption::Filter => "Filter",
        QueryOption::OrderBy => "OrderBy",
        QueryOption::Search => "Search",
        QueryOption::Select => "Select",
        QueryOption::Skip => "Skip",
        QueryOption::Top => "Top",
    }
}

/// What the metadata says of a place. What it says of a type has no part: the terms are not meant for types, and there
/// metadata contradicts itself.
fn said(api: &Api, site: Site) -> Option<&Capabilities> {
    match site {
        Site::Root(index) => api.container.roots.get(index).map(|root| &root.capabilities),
        Site::Property { owner, index } => api.property(owner, index).map(|of| &of.capabilities),
        Site::Bound(_) | Site::Segment(_) => None,
    }
}

fn forbids(said: Option<&Capabilities>, option: QueryOption) -> bool {
    said.and_then(|said| option.said(said)).is_some_and(|(is, _)| !is)
}

/// Whether reading may be sent with `ConsistencyLevel`.
fn may_have_header(said: Option<&Capabilities>) -> bool {
    said.is_some_and(|said| {
        said.custom_headers.iter().any(|(term, name, ..)| {
            term == "ReadRestrictions" && name.eq_ignore_ascii_case(CONSISTENCY_LEVEL)
        })
    })
}
