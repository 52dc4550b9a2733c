//! The section "HTTP request": the operations that a page documents.
//!
//! Comes in: blocks, annotations and sections. Goes out: the `METHOD URL` lines, and which blocks
//! they stand in. Holds: every line of these blocks is one or is reported; what an annotation calls a
//! request or a response is an example, wherever it stands.

use std::collections::BTreeSet;

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics};

use crate::annotation::Annotations;
use crate::blocks::{Block, BlockKind};
use crate::http;
use crate::lines::PageText;
use crate::page::{BlockType, Template};
use crate::sections::Sections;

/// Reads the templates of a page.
pub(crate) fn read(
    page: &PageText,
    blocks: &[Block],
    annotations: &Annotations,
    sections: &Sections,
    found: &mut Diagnostics,
) -> (Vec<Template>, BTreeSet<usize>) {
    let mut templates = Vec::new();
    let mut taken = BTreeSet::new();
    // Sections of this kind inside each other share blocks; each block counts once.
    let mut next = 0;
    for section in sections.find(is_http_request) {
        for index in section.all.start.max(next)..section.all.end {
            let Some(block) = blocks.get(index) else {
                break;
            };
            let BlockKind::Fence { language, content } = &block.kind else {
                continue;
            };
            if !http::is_language(language) || is_message(annotations, index) {
                continue;
            }
            taken.insert(index);
            for line in page.visible(block.lines.clone(), content.clone()) {
                let line = page.trim(line);
                match http::request_line(page, line.clone()) {
                    Some(template) => templates.push(template),
                    None if line.is_empty() => {}
                    None => found.push(
                        Diagnostic::at(
                            codes::TEMPLATE_LINE,
                            page.span(line),
                            "this line of the section \"HTTP request\" is not used",
                        )
                        .help("write each operation as `METHOD /path` in a line of its own"),
                    ),
                }
            }
        }
        next = next.max(section.all.end);
    }
    (templates, taken)
}

fn is_http_request(slug: &str) -> bool {
    matches!(slug, "http-request" | "http-requests")
}

fn is_message(annotations: &Annotations, block: usize) -> bool {
    let annotation = annotations.of_block.get(block).copied().flatten();
    annotation.and_then(|annotation| annotations.list.get(annotation)).is_some_and(|annotation| {
        matches!(annotation.block_type, BlockType::Request | BlockType::Response)
    })
}
