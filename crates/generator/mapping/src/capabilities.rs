//! What cannot be done, from what the paths lack.
//!
//! A converter leaves out the operations and the query options that the capabilities of a place forbid. So what a path
//! that is there does not have is forbidden, and nothing is said of paths that are not there.

use msgraph_csdl::{Annotation, Annotations};
use msgraph_source::Spanned;

use crate::annotations::{capability, custom_header, custom_headers};
use crate::sites::{Methods, Shown, Site, Sites};

/// Query options of a collection, of which one entity has `$expand` and `$select`: the parameter, the term, and the flag of
/// it.
const OPTIONS: &[(&str, &str, &str)] = &[
    ("$count", "CountRestrictions", "Countable"),
    ("$expand", "ExpandRestrictions", "Expandable"),
    ("$filter", "FilterRestrictions", "Filterable"),
    ("$orderby", "SortRestrictions", "Sortable"),
    ("$search", "SearchRestrictions", "Searchable"),
    ("$select", "SelectSupport", "Supported"),
    ("$skip", "SkipSupported", ""),
    ("$top", "TopSupported", ""),
];

/// What is forbidden at each place; `container` is the name of what holds the roots.
pub(crate) fn annotations(sites: &Sites, container: &str) -> Vec<Annotations> {
    let of = |(site, shown): (&Site, &Shown)| {
        let target = match site {
            Site::Root(name) => format!("{container}/{name}"),
            Site::Member { owner, name } => format!("{owner}/{name}"),
        };
        let said = said(shown);
        let span = said.first()?.span;
        Some(Annotations {
            target: Spanned::new(target, span),
            qualifier: None,
            annotations: said,
            span,
        })
    };
    sites.shown.iter().filter_map(of).collect()
}

fn said(shown: &Shown) -> Vec<Annotation> {
    let mut said = Vec::new();
    let mut forbid = |at: &Methods, methods: &[&str], term: &str, flag: &str| {
        if !at.any(methods) {
            said.push(capability(term, flag, false, at.span));
        }
    };
    // One of a collection, or the one that there is.
    let one = if shown.is_collection { shown.item.as_ref() } else { shown.whole.as_ref() };
    if let Some(whole) = shown.whole.as_ref().filter(|_| shown.is_collection) {
        forbid(whole, &["post"], "InsertRestrictions", "Insertable");
    }
    if let Some(one) = one {
        forbid(one, &["patch", "put"], "UpdateRestrictions", "Updatable");
        forbid(one, &["delete"], "DeleteRestrictions", "Deletable");
    }
    let read = [shown.whole.as_ref(), shown.item.as_ref()];
    if !read.into_iter().flatten().any(|at| at.any(&["get"]))
        && let Some(at) = read.into_iter().flatten().next()
    {
        forbid(at, &["get"], "ReadRestrictions", "Readable");
    }
    let Some(whole) = shown.whole.as_ref().filter(|whole| whole.any(&["get"])) else { return said };
    for (option, term, flag) in OPTIONS {
        let bears = shown.is_collection || matches!(*option, "$expand" | "$select");
        if bears && !whole.options.contains(*option) {
            said.push(capability(term, flag, false, whole.span));
        }
    }
    let headers: Vec<_> = whole
        .headers
        .iter()
        .map(|(name, (is_required, span))| custom_header(name, *is_required, *span))
        .collect();
    if !headers.is_empty() {
        said.push(custom_headers("ReadRestrictions", headers, whole.span));
    }
    said
}
