//! Tables: rows and cells.
//!
//! Comes in: a table block. Goes out: its header and its rows as cells with places. Holds: a row
//! has at least as many cells as it shows; an escaped pipe does not part cells; what stands behind
//! the last column belongs to the last cell, since a pipe inside a code span was forgotten to be
//! escaped more often than a cell was added.

use std::ops::Range;

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics, Span};

use crate::blocks::Block;
use crate::lines::{PageText, clean};
use crate::page::Text;

/// A table.
pub(crate) struct Table {
    /// The cells of the header without emphasis, in lower case.
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Row>,
    pub(crate) span: Span,
}

/// How many columns of a table are looked at: its readers look at each in every row.
const COLUMNS: usize = 16;

/// A row of a table.
pub(crate) struct Row {
    pub(crate) cells: Vec<Text>,
    pub(crate) span: Span,
}

impl Table {
    /// Reads the table `block`.
    pub(crate) fn read(page: &PageText, block: &Block, found: &mut Diagnostics) -> Self {
        let mut lines = page.visible(block.lines.clone(), block.span.clone());
        let header_range = lines.next().unwrap_or_default();
        let header: Vec<String> = cells(page, header_range)
            .take(COLUMNS)
            .map(|range| plain(page.str(range)).to_lowercase())
            .collect();
        // The delimiter line.
        lines.next();
        let mut rows = Vec::new();
        for range in lines {
            let range = page.trim(range);
            let mut places: Vec<Range<usize>> = cells(page, range.clone()).collect();
            if places.len() > header.len() && !header.is_empty() {
                report_row(page, range.clone(), header.len(), places.len(), found);
                let end = places.last().map_or(range.end, |last| last.end);
                places.truncate(header.len());
                if let Some(last) = places.last_mut() {
                    last.end = end;
                }
            }
            rows.push(Row {
                cells: places.into_iter().map(|place| cell(page, place)).collect(),
                span: page.span(range),
            });
        }
        Self { header, rows, span: page.span(block.span.clone()) }
    }

    /// The header of column `index`.
    pub(crate) fn column(&self, index: usize) -> &str {
        self.header.get(index).map_or("", String::as_str)
    }

    /// The first column whose header satisfies `wanted`.
    pub(crate) fn find_column(&self, wanted: impl Fn(&str) -> bool) -> Option<usize> {
        self.header.iter().position(|header| wanted(header))
    }
}

/// The places of the cells of a line.
fn cells(page: &PageText, line: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut range = page.trim(line);
    let text = page.str(range.clone());
    if text.starts_with('|') {
        range.start += 1;
    }
    let text = page.str(range.clone());
    if text.ends_with('|') && !text.ends_with("\\|") {
        range.end -= 1;
    }
    let mut next = Some(range.start);
    std::iter::from_fn(move || {
        let start = next?;
        let text = page.str(start..range.end);
        let mut escaped = false;
        let length = text.bytes().position(|byte| {
            let parts = byte == b'|' && !escaped;
            escaped = byte == b'\\' && !escaped;
            parts
        });
        next = length.map(|length| start + length + 1);
        Some(page.trim(start..length.map_or(range.end, |length| start + length)))
    })
}

fn cell(page: &PageText, place: Range<usize>) -> Text {
    let place = page.trim(place);
    let mut text = clean(page.str(place.clone())).replace("\\|", "|");
    // What was blanked in the middle leaves one space.
    while text.contains("  ") {
        text = text.replace("  ", " ");
    }
    Text::new(text, page.span(place))
}

/// A text without emphasis and code marks, and of a link its text: for names and headers.
pub(crate) fn plain(text: &str) -> String {
    let text = text.trim();
    let text = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((label, target)) if target.starts_with(['(', '[']) => label,
        _ => text,
    };
    text.trim_matches(['*', '`', ' ']).to_owned()
}

/// `text` as a name: without emphasis, code marks and link.
pub(crate) fn name(text: &Text) -> Text {
    Text::new(plain(&text.value), text.span)
}

fn report_row(
    page: &PageText,
    row: Range<usize>,
    columns: usize,
    cells: usize,
    found: &mut Diagnostics,
) {
    found.push(
        Diagnostic::at(
            codes::TABLE_ROW,
            page.span(row),
            format!("a row of {cells} cells in a table of {columns} columns"),
        )
        .note("what stands behind the last column is read as part of the last cell")
        .help("write a pipe inside a cell as `\\|`"),
    );
}
