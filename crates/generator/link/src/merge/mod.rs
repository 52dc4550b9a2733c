//! What the documents say, laid over what the metadata says.
//!
//! In come the linked metadata and pages; out go operations with their statuses, permissions,
//! headers, examples and words, and the words about types and members. Policy: metadata wins on
//! types, documents win on statuses, permissions, required headers and on which operations there
//! are. Holds: pages count in the order of their names, so the order in which they are given does
//! not matter; each disagreement is a diagnostic with both places.

mod body;
mod creation;
mod example;
mod facts;
pub(crate) mod lexical;
mod members;
mod object_type;
mod page;
mod parameters;
mod permissions;
mod place;
mod reach;
mod resource;
mod responses;
mod scalar;
mod status;
mod subject;
mod type_names;
mod unite;

use msgraph_docs::Page;
use msgraph_ir::{Api, PageAgreement, PageLink};
use msgraph_source::{Diagnostics, Span};
use rayon::prelude::*;

use crate::url::Resolver;
use body::Model;
use members::MemberIndex;
use page::Reading;
use resource::{Described, Documented};
use type_names::TypeNames;
use unite::Focus;

/// Lays what `pages` say onto `api`.
pub fn merge(api: &mut Api, pages: &[Page]) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let mut pages: Vec<&Page> = pages.iter().collect();
    pages.sort_by(|a, b| a.name.cmp(&b.name));
    let types = TypeNames::new(api);
    let read: Vec<(Reading, Described<'_>)> = {
        let api = &*api;
        let model = Model { api, types: &types, members: MemberIndex::new(api) };
        let resolver = Resolver::new(api);
        pages
            .par_iter()
            .map(|page| {
                let reading = page::read(&model, &resolver, page);
                let mut described = resource::check(api, &types, page);
                parameters::check(api, &types, page, &reading.operations, &mut described);
                permissions::count(page, &mut described.counts);
                (reading, described)
            })
            .collect()
    };
    let mut gaps = Vec::new();
    let mut unreached = Vec::new();
    let mut operations = Vec::new();
    let mut documented = Documented::default();
    let mut of_types = Diagnostics::new();
    for (index, (page, (reading, described))) in pages.iter().zip(read).enumerate() {
        gaps.extend(reading.gaps);
        unreached.extend(reading.unreached);
        let focus = Focus::of(page, reading.operations.len());
        operations.extend(reading.operations.into_iter().map(|operation| (focus, operation)));
        diagnostics.extend(reading.diagnostics);
        api.agreement.pages.push(PageAgreement {
            page: link(page, false),
            area: page.front_matter.area.as_ref().map(|area| area.value.clone()),
            counts: reading.counts,
        });
        if let Some(entry) = api.agreement.pages.last_mut() {
            entry.counts += described.counts;
            entry.page.is_resource = described.is_resource;
        }
        documented.add(index, &described);
        resource::lay(api, page, &described);
        of_types.extend(described.diagnostics);
    }
    api.unreached = unreached;
    facts::report_gaps(api, gaps, &mut diagnostics);
    unite::unite(api, operations, &mut diagnostics);
    diagnostics.append(&mut of_types);
    let (found, tallies) = documented.report(api);
    diagnostics.extend(found);
    for (index, tally) in tallies {
        if let Some(entry) = api.agreement.pages.get_mut(index) {
            entry.counts.members += tally;
        }
    }
    diagnostics
}

/// The link to `page`.
fn link(page: &Page, is_resource: bool) -> PageLink {
    PageLink {
        page: page.name.clone(),
        title: page.title.as_ref().map(|title| title.value.clone()),
        is_resource,
        span: page.title.as_ref().map_or(Span::start_of(page.file), |title| title.span),
    }
}

/// The words of a page under its title.
fn summary(page: &Page) -> impl Iterator<Item = &msgraph_docs::Text> {
    page.summary.iter().filter(|text| !text.value.trim().is_empty())
}
