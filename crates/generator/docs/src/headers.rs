//! The section "Request headers".
//!
//! Comes in: the tables of such a section. Goes out: its rows. Holds: a header is required where
//! its row says so and does not say the opposite.

use msgraph_source::Diagnostics;

use crate::blocks::{Block, BlockKind};
use crate::lines::PageText;
use crate::page::{HeaderRow, Text};
use crate::sections::Sections;
use crate::tables::{Table, name};

/// Reads the tables of request headers of a page.
pub(crate) fn read(
    page: &PageText,
    blocks: &[Block],
    sections: &Sections,
    found: &mut Diagnostics,
) -> Vec<HeaderRow> {
    let mut rows = Vec::new();
    for section in sections.find(is_request_headers) {
        for block in blocks.get(section.own.clone()).unwrap_or_default() {
            if let BlockKind::Table = block.kind {
                rows.extend(header_rows(&Table::read(page, block, found)));
            }
        }
    }
    rows
}

fn is_request_headers(slug: &str) -> bool {
    matches!(
        slug,
        "request-headers" | "request-header" | "optional-request-headers" | "http-request-headers"
    )
}

fn header_rows(table: &Table) -> impl Iterator<Item = HeaderRow> + '_ {
    // Of `Name | Type | Description` the last column says most; `Header | Value` has but one.
    let description = table
        .find_column(|header| header.contains("description"))
        .unwrap_or(table.header.len().saturating_sub(1).max(1));
    let requirement = table.find_column(|header| header.starts_with("required"));
    table.rows.iter().filter_map(move |row| {
        let first = row.cells.first().filter(|cell| !cell.value.is_empty())?;
        let cell = |index: usize| row.cells.get(index).cloned();
        let description = cell(description).unwrap_or_else(|| Text::new(String::new(), row.span));
        let required = requirement.and_then(cell).is_some_and(|cell| is_yes(&cell.value))
            || row.cells.iter().skip(1).any(|cell| says_required(&cell.value));
        Some(HeaderRow { name: name(first), description, required, span: row.span })
    })
}

fn is_yes(cell: &str) -> bool {
    ["yes", "y", "true"].iter().any(|yes| cell.trim().eq_ignore_ascii_case(yes))
}

/// Whether a text says "Required", as a word and not as "Not required" or "Required if".
fn says_required(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let mut words = lower
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .peekable();
    let mut previous = "";
    while let Some(word) = words.next() {
        let negated = matches!(previous, "not" | "isn't" | "if" | "when" | "as");
        let conditional = matches!(
            words.peek().copied().unwrap_or_default(),
            "if" | "when" | "for" | "only" | "to" | "unless"
        );
        if word == "required" && !negated && !conditional {
            return true;
        }
        previous = word;
    }
    false
}
