//! Reads annotated documentation pages.
//!
//! A page is read line by line as API Doctor reads it, since that is the tool that the writers
//! check their pages with: preprocessing (`lines`), blocks (`blocks`), annotations and what
//! they bind to (`annotation`), and from these the parts of [`Page`], one module each. Every
//! leniency that was needed is a finding with its place; a page of ordinary shape gives none.

mod annotation;
mod blocks;
mod body;
pub mod dump;
mod examples;
mod fences;
mod front_matter;
mod headers;
mod http;
mod json;
mod leniency;
mod lines;
mod members;
mod mojibake;
mod page;
mod pairing;
mod permissions;
mod prose;
mod query;
mod reason;
mod resources;
mod sections;
mod tables;
mod templates;

pub use page::*;

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics, FileId, SourceMap, Span};

use blocks::{Block, BlockKind};
use lines::PageText;
use sections::{Section, Sections};
use tables::Table;

/// Reads the text `file` of `sources`.
///
/// Never fails: what could be read is in the page, what could not, and every leniency that was
/// needed, is a diagnostic, in the order of the text.
pub fn parse(sources: &SourceMap, file: FileId) -> (Page, Diagnostics) {
    let source = sources.file(file);
    let mut found = Diagnostics::new();
    let name = page_name(source.path());
    let text = PageText::new(file, source.text());
    let front_matter = front_matter::read(&text, &mut found);
    mojibake::report(&text, &mut found);
    let blocks = blocks::scan(&text, &mut found);
    let annotations = annotation::read(&text, &blocks, &mut found);
    let sections = Sections::new(&text, &blocks);

    let title = sections.list.iter().find(|section| section.level == 1);
    let head = match title {
        Some(title) => title.own.clone(),
        None => 0..sections.list.first().map_or(blocks.len(), heading_of),
    };
    let head = blocks.get(head).unwrap_or_default();
    let (summary, namespace) = prose::summary(&text, head);
    let prose_of = |slug: fn(&str) -> bool| {
        sections
            .find(slug)
            .flat_map(|section| {
                prose::read(&text, blocks.get(section.own.clone()).unwrap_or_default())
            })
            .collect()
    };
    let (permissions, tables) = tables_of(&text, &blocks, &sections, &mut found);
    let (templates, taken) = templates::read(&text, &blocks, &annotations, &sections, &mut found);
    let messages = examples::read(&text, &blocks, &annotations, &sections, &taken, &mut found);
    let pairing::Pairs { examples, stray } = pairing::pair(&name, messages, &mut found);
    let page = Page {
        file,
        front_matter,
        title: title.map(|title| text.spanned(sections::without_anchor(&text, &title.title))),
        namespace,
        summary,
        templates,
        permissions,
        request_headers: headers::read(&text, &blocks, &sections, &mut found),
        query_parameters: query::read(&text, &blocks, &sections, &mut found),
        request_body: prose_of(|slug| slug == "request-body"),
        response: response_prose(&text, &blocks, &sections),
        examples,
        stray_responses: stray,
        tables,
        resources: resources::read(&text, &annotations.list, &mut found),
        annotations: annotations.list,
        page_annotation: annotations.page,
        includes: text.includes,
        name,
    };
    report_page(&page, &sections, &mut found);
    // Passes go over the page one after the other, and tables are read by several.
    found.sort_by_key(|diagnostic| diagnostic.primary().map(|span| span.start));
    found.dedup();
    (page, found)
}

/// The prose of the section "Response" and of those inside it, such as "Response code".
fn response_prose(text: &PageText, blocks: &[Block], sections: &Sections) -> Vec<Text> {
    let mut prose = Vec::new();
    // The block up to which the last section "Response" reaches.
    let mut end = 0;
    for section in sections.list.iter().filter(|section| !section.in_example) {
        if section.slug == "response" {
            end = end.max(section.all.end);
        }
        if section.own.end <= end {
            prose.extend(prose::read(text, blocks.get(section.own.clone()).unwrap_or_default()));
        }
    }
    prose
}

/// The file name without `.md`, in lower case.
fn page_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    match name.strip_suffix(".md") {
        Some(stem) => stem.to_owned(),
        None => name,
    }
}

/// The block that is the heading of `section`.
fn heading_of(section: &Section) -> usize {
    section.own.start.saturating_sub(1)
}

/// The tables of permissions, and those of members.
fn tables_of(
    text: &PageText,
    blocks: &[Block],
    sections: &Sections,
    found: &mut Diagnostics,
) -> (Vec<PermissionTable>, Vec<MemberTable>) {
    let mut permissions = Vec::new();
    let mut members = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let BlockKind::Table = block.kind else {
            continue;
        };
        let section = sections.of_block(index);
        // Findings about rows count only where the table is used.
        let mut findings = Diagnostics::new();
        let table = Table::read(text, block, &mut findings);
        let subject = section
            .filter(|section| section.slug != "permissions" && section.level > 2)
            .map(|section| text.spanned(section.title.clone()))
            .or_else(|| prose::label(text, blocks.get(index.checked_sub(1)?)?));
        let granted = permissions::read(&table, subject.as_ref(), &mut findings);
        let member_table = match granted.is_empty() {
            true => members::read(text, &table, sections, section),
            false => None,
        };
        if !granted.is_empty() || member_table.is_some() {
            found.append(&mut findings);
        }
        permissions.extend(granted);
        members.extend(member_table);
    }
    (permissions, members)
}

/// What is to be said about the page as a whole.
fn report_page(page: &Page, sections: &Sections, found: &mut Diagnostics) {
    let start = page.title.as_ref().map_or(Span::start_of(page.file), |title| title.span);
    let announced = |annotation: &Annotation| annotation.block_type != BlockType::Page;
    // Where an annotation could not be read, that has been said.
    let unread = found.iter().any(Diagnostic::is_error);
    // A page of enumerations gives what its tables say, and an overview has nothing to annotate.
    let doc_type = page.front_matter.doc_type.as_ref();
    let is_overview = page.examples.is_empty()
        && doc_type.is_some_and(|it| it.value.eq_ignore_ascii_case("conceptualPageType"));
    if !unread
        && !is_overview
        && page.tables.is_empty()
        && !page.annotations.iter().any(announced)
        && page.templates.is_empty()
    {
        found.push(
            Diagnostic::at(
                codes::NO_ANNOTATIONS,
                start,
                "this page has neither an annotation nor a section \"HTTP request\"",
            )
            .help("put a comment like `<!-- { \"blockType\": \"request\", \"name\": \"get_user\" } -->` above each example"),
        );
    }
    let included =
        page.includes.iter().find(|include| include.value.to_lowercase().contains("permissions/"));
    if let Some(include) = included
        && page.permissions.is_empty()
        && sections.find(|slug| slug == "permissions").next().is_some()
    {
        found.push(
            Diagnostic::at(
                codes::PERMISSIONS_INCLUDED,
                include.span,
                "the permission table stands in another file, which is not read",
            )
            .help("copy the table into the page"),
        );
    }
}
