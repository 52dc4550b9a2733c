//! Facts in words.
//!
//! In come values of the representation; out go short texts for them. Holds: texts of the inputs go
//! in as they are, and are made harmless where they are shown.

use msgraph_ir::{Capabilities, Deprecation, PageLink};
use msgraph_source::Span;

/// What is said of what may be done at a place.
pub(super) fn capabilities(said: &Capabilities) -> Vec<(&'static str, String, Span)> {
    let flags = [
        ("Insertable", said.insertable),
        ("Updatable", said.updatable),
        ("Deletable", said.deletable),
        ("Readable", said.readable),
        ("Expandable", said.expandable),
        ("Searchable", said.searchable),
        ("Filterable", said.filterable),
        ("Sortable", said.sortable),
        ("Countable", said.countable),
        ("TopSupported", said.top_supported),
        ("SkipSupported", said.skip_supported),
        ("SelectSupport", said.selectable),
        ("ChangeTracking", said.change_tracking),
        ("Upsertable", said.upsertable),
    ];
    let flags = flags
        .into_iter()
        .filter_map(|(name, said)| said.map(|(value, span)| (name, value.to_string(), span)));
    let navigability = said.navigability.iter();
    let headers = said.custom_headers.iter().map(|(term, header, required, span)| {
        let needed = if *required { "required" } else { "optional" };
        ("CustomHeaders", format!("{header}, {needed} ({term})"), *span)
    });
    flags
        .chain(navigability.map(|(value, span)| ("Navigability", value.clone(), *span)))
        .chain(headers)
        .collect()
}

pub(super) fn page(page: &PageLink) -> String {
    match &page.title {
        Some(title) => format!("{} \"{title}\"", page.page),
        None => page.page.clone(),
    }
}

pub(super) fn deprecation(deprecation: &Deprecation) -> String {
    let Deprecation { description, date, removal_date, version } = deprecation;
    let removed = removal_date.as_ref().map(|date| format!("to be removed on {date}"));
    let parts = [date.clone(), removed, version.clone(), description.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "yes".to_owned() } else { parts.join("; ") }
}
