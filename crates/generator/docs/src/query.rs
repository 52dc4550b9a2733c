//! The section "Optional query parameters".
//!
//! Comes in: such a section. Goes out: its prose and the parameters that it names. Holds: each
//! name stands once, in the order of the text; whether the text recommends or refuses a parameter
//! is not judged.

use std::collections::BTreeSet;
use std::ops::Range;

use msgraph_source::Diagnostics;

use crate::blocks::{Block, BlockKind};
use crate::lines::PageText;
use crate::page::{QueryParameters, Text};
use crate::prose;
use crate::sections::Sections;
use crate::tables::{Table, name};

/// Reads the query parameters of a page.
pub(crate) fn read(
    page: &PageText,
    blocks: &[Block],
    sections: &Sections,
    found: &mut Diagnostics,
) -> QueryParameters {
    let mut parameters = QueryParameters::default();
    let mut seen = BTreeSet::new();
    for section in sections.find(is_query_parameters) {
        let blocks = blocks.get(section.own.clone()).unwrap_or_default();
        parameters.text.extend(prose::read(page, blocks));
        for block in blocks {
            let names = match block.kind {
                BlockKind::Text => options(page, block.span.clone()),
                BlockKind::Table => named_in(&Table::read(page, block, found)),
                _ => continue,
            };
            let new = names.into_iter().filter(|name| seen.insert(name.value.clone()));
            parameters.names.extend(new);
        }
    }
    parameters
}

fn is_query_parameters(slug: &str) -> bool {
    matches!(slug, "optional-query-parameters" | "query-parameters" | "query-parameter")
        || slug.starts_with("odata-query-parameters")
}

/// The system query options in a text: `$` and the lower-case letters behind it.
fn options(page: &PageText, range: Range<usize>) -> Vec<Text> {
    let text = page.str(range.clone());
    text.match_indices('$')
        .filter_map(|(at, _)| {
            let rest = text.get(at + 1..)?;
            let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            let start = range.start + at;
            (length > 1).then(|| page.spanned(start..start + 1 + length))
        })
        .map(|name| name.map(|name| name.to_ascii_lowercase()))
        .collect()
}

/// The names in the first column of a table of parameters.
fn named_in(table: &Table) -> Vec<Text> {
    let header = table.column(0);
    if !["name", "parameter", "property"].iter().any(|word| header.contains(word)) {
        return Vec::new();
    }
    table
        .rows
        .iter()
        .filter_map(|row| row.cells.first())
        .map(name)
        .filter(|name| !name.value.is_empty() && !name.value.contains(char::is_whitespace))
        .collect()
}
