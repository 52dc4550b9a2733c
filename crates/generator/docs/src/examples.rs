//! Messages: requests and responses as the page shows them.
//!
//! Comes in: blocks, annotations and sections. Goes out: the messages in the order of the text, each
//! with how the page announces it. Holds: a block that starts like a message is one, whatever its
//! annotation says, since even an example that its writer lets API Doctor ignore shows a URL; only
//! the templates of the section "HTTP request" and blocks in other languages are none.

use std::collections::BTreeSet;

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics, Span};

use crate::annotation::{Annotations, looks_like_annotation};
use crate::blocks::{Block, BlockKind};
use crate::body;
use crate::http::{self, Message, StartLine};
use crate::lines::PageText;
use crate::page::{Annotation, Announced, BlockType, HttpRequest, HttpResponse};
use crate::pairing::Shown;
use crate::sections::{Section, Sections};

/// Reads the messages of a page; `templates` are the blocks that hold its templates.
pub(crate) fn read(
    page: &PageText,
    blocks: &[Block],
    annotations: &Annotations,
    sections: &Sections,
    templates: &BTreeSet<usize>,
    found: &mut Diagnostics,
) -> Vec<Shown> {
    let mut shown = Vec::new();
    let mut unannotated: Vec<Span> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let BlockKind::Fence { language, content } = &block.kind else {
            continue;
        };
        let annotation = annotations
            .of_block
            .get(index)
            .copied()
            .flatten()
            .and_then(|annotation| annotations.list.get(annotation));
        let wanted = match annotation.map(|annotation| annotation.block_type) {
            Some(BlockType::Request) => Wanted::Request,
            Some(BlockType::Response) => Wanted::Response,
            _ if templates.contains(&index) || !http::is_language(language) => continue,
            Some(_) => Wanted::Nothing,
            None => Wanted::Either,
        };
        let mut findings = Diagnostics::new();
        let message = http::read(page, block.lines.clone(), content.clone(), &mut findings);
        let span = page.span(block.span.clone());
        let fits = message.as_ref().is_some_and(|message| wanted.fits(message));
        if !fits {
            found.extend(wanted.missed(span));
        }
        let Some(message) = message else {
            continue;
        };
        let announced = match wanted {
            Wanted::Nothing => Announced::Ignored,
            Wanted::Either => Announced::Inferred,
            _ if fits => Announced::Annotated,
            _ => Announced::Inferred,
        };
        // Where an annotation stands there that cannot be read, that has been said.
        if annotation.is_none() && !is_below_annotation(page, blocks, index) {
            unannotated.push(span);
        }
        let under_heading =
            || sections.of_block(index).is_some_and(|section| shows_messages(sections, section));
        let place = Place { announced, is_loose: wanted.is_loose(under_heading), span };
        shown.push(show(page, message, annotation, place, &mut findings));
        // Nobody minds how an ignored block is written.
        if announced != Announced::Ignored {
            found.append(&mut findings);
        }
    }
    report_unannotated(&unannotated, found);
    shown
}

/// What a block is announced to be.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Request,
    Response,
    /// Neither of them.
    Nothing,
    /// Not announced.
    Either,
}

impl Wanted {
    fn fits(self, message: &Message) -> bool {
        match self {
            Self::Request => matches!(message.start, StartLine::Request(_)),
            Self::Response => matches!(message.start, StartLine::Response(_)),
            Self::Nothing | Self::Either => true,
        }
    }

    /// Whether a response belongs only to a request that stands directly above it.
    fn is_loose(self, under_heading: impl Fn() -> bool) -> bool {
        match self {
            Self::Request | Self::Response => false,
            Self::Nothing => true,
            Self::Either => !under_heading(),
        }
    }

    /// What there is to say of a block at `span` that is not what it is announced to be.
    fn missed(self, span: Span) -> Option<Diagnostic> {
        let (what, line) = match self {
            Self::Response => ("response", "HTTP/1.1 200 OK"),
            Self::Request => ("request", "GET https://graph.microsoft.com/v1.0/me"),
            Self::Nothing | Self::Either => return None,
        };
        let message = format!("this block is announced as a {what} but does not start like one");
        Some(
            Diagnostic::at(codes::NOT_HTTP, span, message)
                .help(format!("start the block with a line like `{line}`")),
        )
    }
}

/// Whether the headings around a block without annotation say that it shows a message.
fn shows_messages(sections: &Sections, section: &Section) -> bool {
    let names_message = |section: &Section| {
        let slug = section.slug.as_str();
        slug != "request-headers"
            && slug != "request-body"
            && (slug.starts_with("request") || slug.starts_with("response"))
    };
    section.in_example || sections.around(section).any(names_message)
}

/// Whether the block directly above `index` was meant as its annotation.
fn is_below_annotation(page: &PageText, blocks: &[Block], index: usize) -> bool {
    let above = index.checked_sub(1).and_then(|above| blocks.get(above));
    above.is_some_and(|above| match &above.kind {
        BlockKind::Comment { inner } => looks_like_annotation(page.str(inner.clone())),
        _ => false,
    })
}

/// Where a message stands and how it is announced.
struct Place {
    announced: Announced,
    is_loose: bool,
    span: Span,
}

fn show(
    page: &PageText,
    message: Message,
    annotation: Option<&Annotation>,
    place: Place,
    found: &mut Diagnostics,
) -> Shown {
    let Place { announced, is_loose, span } = place;
    let Message { start, headers, body: body_range } = message;
    let what = match start {
        StartLine::Request(_) => "this request body",
        StartLine::Response(_) => "this response body",
    };
    let body = body_range.map(|range| body::read(page, range, &headers, what, found));
    let names = annotation.map_or_else(Vec::new, |annotation| annotation.names.clone());
    match start {
        StartLine::Request(line) => Shown::Request {
            names,
            announced,
            place: annotation.map_or(span, |annotation| annotation.span),
            request: HttpRequest { method: line.method, url: line.url, headers, body, span },
        },
        StartLine::Response(line) => Shown::Response {
            names,
            is_loose,
            response: HttpResponse {
                announced,
                status: line.status,
                reason: line.reason,
                headers,
                body,
                type_name: annotation.and_then(|annotation| annotation.type_name.clone()),
                is_collection: annotation.is_some_and(|annotation| annotation.is_collection),
                truncated: annotation.is_some_and(|annotation| annotation.truncated),
                span,
            },
        },
    }
}

fn report_unannotated(places: &[Span], found: &mut Diagnostics) {
    const SHOWN: usize = 3;
    let mut places = places.iter();
    let Some(first) = places.next() else {
        return;
    };
    let mut diagnostic = Diagnostic::at(
        codes::UNANNOTATED_EXAMPLE,
        *first,
        "examples without annotation are told by their first line and the headings above them",
    );
    for place in places.by_ref().take(SHOWN - 1) {
        diagnostic = diagnostic.label(*place, "");
    }
    let more = places.count();
    if more > 0 {
        diagnostic = diagnostic.note(format!("and {more} more blocks of this page"));
    }
    found.push(diagnostic.help("put an annotation with `blockType` and `name` above each block"));
}
