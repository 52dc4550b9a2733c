//! What resource pages say of types and their members.
//!
//! In come a page's resource blocks and tables; out go counts, findings, and words for types, members
//! and members of enumerations. Policy: metadata wins on types and facets; the words of the documents
//! are taken before those of the metadata. Holds: checking only reads the model, so that pages are
//! checked on all cores; the words are laid onto it afterwards, page by page.

mod enumerations;
mod members;
mod prose;
mod representation;
mod statements;
mod undocumented;
mod words;
mod written_type;

use msgraph_docs::{MemberTableKind, Page};
use msgraph_ir::{Api, Counts, ItemId, TypeTarget};
use msgraph_source::{Diagnostic, Diagnostics, Span, catalogue::link as codes};

use super::type_names::TypeNames;
use super::{link, summary};
pub(crate) use members::code_of;
pub(crate) use undocumented::Documented;
pub(crate) use words::{Place, Words};
pub(crate) use written_type::{Verdict, WrittenType};

/// What a page says of types.
#[derive(Default)]
pub(crate) struct Described<'p> {
    /// Whether it is a page about a type.
    pub(crate) is_resource: bool,
    /// How much of it agrees with the metadata.
    pub(crate) counts: Counts,
    /// What there is to say.
    pub(crate) diagnostics: Diagnostics,
    /// Its words.
    pub(crate) words: Vec<Words<'p>>,
    /// The type that the page as a whole is about.
    subject: Option<ItemId>,
    /// Structured types that a table is about, and where the page names them.
    tabled: Vec<(ItemId, Span)>,
    /// Enumerations that a table is about, and the table.
    enumerations: Vec<(ItemId, Span)>,
}

/// What a page is held against.
pub(crate) struct Checking<'a> {
    pub(crate) api: &'a Api,
    pub(crate) types: &'a TypeNames,
    /// The namespace that names without one belong to first.
    pub(crate) namespace: &'a str,
}

/// Holds what `page` says of types against `api`.
pub(crate) fn check<'p>(api: &Api, types: &TypeNames, page: &'p Page) -> Described<'p> {
    let mut described = Described::default();
    if page.resources.is_empty() && page.tables.is_empty() {
        return described;
    }
    let namespace = page.namespace.as_ref().map_or("microsoft.graph", |text| text.value.trim());
    let mut checking = Checking { api, types, namespace };
    let mut blocks: Vec<(ItemId, Span)> = Vec::new();
    // A resource is read from an annotation, in the same order.
    let mut annotations = page.annotations.iter();
    for resource in &page.resources {
        let annotation = annotations.find(|annotation| annotation.span == resource.span);
        let Some(stated) = &resource.type_name else {
            continue;
        };
        let id = match types.find(&stated.value) {
            Some(TypeTarget::Item(id)) => id,
            Some(_) => continue,
            None => {
                described.diagnostics.push(
                    Diagnostic::at(
                        codes::RESOURCE_TYPE,
                        stated.span,
                        format!("the page describes `{}`, which is not declared", stated.value),
                    )
                    .help("correct the name, or remove the page: what it says is not used"),
                );
                continue;
            }
        };
        checking.namespace = api.items[id].name.namespace.as_str();
        statements::check(&checking, id, resource, annotation, &mut described);
        representation::check(&checking, id, resource, &mut described);
        blocks.push((id, stated.span));
    }
    described.subject = blocks.first().map(|&(id, _)| id);
    if let Some(id) = described.subject {
        checking.namespace = api.items[id].name.namespace.as_str();
    }
    described.is_resource = !page.resources.is_empty();
    tables(&checking, &blocks, page, &mut described);
    if described.subject.is_none() {
        described.subject = enumerations::subject(&checking, page);
        described.is_resource |= described.subject.is_some();
    }
    if let Some(id) = described.subject
        && let Some(text) = summary(page).next()
    {
        described.words.push(Words { place: Place::Item(id), text });
    }
    described
}

/// Holds the tables of `page` against the types of its `blocks`.
fn tables<'p>(
    checking: &Checking<'_>,
    blocks: &[(ItemId, Span)],
    page: &'p Page,
    described: &mut Described<'p>,
) {
    let has_rows = page.tables.iter().any(|table| {
        matches!(table.kind, MemberTableKind::Properties | MemberTableKind::Relationships)
            && !table.rows.is_empty()
    });
    if let Some(&(subject, span)) = blocks.first()
        && has_rows
    {
        members::check(checking, subject, &page.tables, described);
        described.tabled.push((subject, span));
    }
    let about = match blocks.first() {
        Some(&(id, _)) => Some(id),
        None => enumerations::subject(checking, page),
    };
    for table in page.tables.iter().filter(|table| table.kind == MemberTableKind::Members) {
        enumerations::check(checking, about, table, described);
    }
}

/// Lays the words of a page onto `api`.
pub(crate) fn lay(api: &mut Api, page: &Page, described: &Described<'_>) {
    if let Some(id) = described.subject
        && api.items[id].page.is_none()
    {
        api.items[id].page = Some(link(page, true));
    }
    for words in &described.words {
        words.lay(api);
    }
}

/// Some names, quoted, and how many more there are.
fn names(names: &[&str]) -> String {
    const MOST: usize = 8;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    match (names.len().saturating_sub(MOST), shown.as_slice()) {
        (0, [most @ .., last]) if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        (0, _) => shown.join(", "),
        (more, _) => format!("{} and {more} more", shown.join(", ")),
    }
}
