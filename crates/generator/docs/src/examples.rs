//! Examples: requests and responses as the page shows them.
//!
//! Comes in: blocks, annotations and sections. Goes out: the messages that annotations announce,
//! and those without annotation that stand under a heading which says what they are. Holds: of
//! the blocks that an annotation calls anything else only an ignored request is kept, for a
//! response that would have none.

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics, Span};

use crate::annotation::Annotations;
use crate::blocks::{Block, BlockKind};
use crate::body;
use crate::http::{self, Message, StartLine};
use crate::lines::PageText;
use crate::page::{Annotation, BlockType, Example, HttpRequest, HttpResponse};
use crate::pairing::{self, Role, Shown};
use crate::sections::{Section, Sections};

/// Reads and pairs the examples of a page.
pub(crate) fn read(
    page: &PageText,
    name: &str,
    blocks: &[Block],
    annotations: &Annotations,
    sections: &Sections,
    found: &mut Diagnostics,
) -> Vec<Example> {
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
        let span = page.span(block.span.clone());
        let by_heading = || {
            http::is_language(language)
                && sections.of_block(index).is_some_and(|section| shows_messages(sections, section))
        };
        let wanted = match annotation.map(|annotation| annotation.block_type) {
            Some(BlockType::Request) => Some(Wanted::Request),
            Some(BlockType::Response) => Some(Wanted::Response),
            Some(BlockType::Ignored) if by_heading() => Some(Wanted::IgnoredRequest),
            None if by_heading() => Some(Wanted::Either),
            _ => None,
        };
        let Some(wanted) = wanted else {
            continue;
        };
        let mut findings = Diagnostics::new();
        let message = http::read(page, block.lines.clone(), content.clone(), &mut findings);
        let message = message.filter(|message| wanted.fits(message));
        let Some(message) = message else {
            if matches!(wanted, Wanted::Request | Wanted::Response) {
                found.push(not_http(wanted, span));
            }
            continue;
        };
        if annotation.is_none() {
            unannotated.push(span);
        }
        shown.push(show(page, message, annotation, wanted, span, &mut findings));
        // Nobody minds how an ignored block is written.
        if wanted != Wanted::IgnoredRequest {
            found.append(&mut findings);
        }
    }
    report_unannotated(&unannotated, found);
    pairing::pair(name, shown, found)
}

/// What a block is announced to be.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Request,
    Response,
    /// A request that is to be ignored.
    IgnoredRequest,
    /// Not announced.
    Either,
}

impl Wanted {
    fn fits(self, message: &Message) -> bool {
        match self {
            Self::Request | Self::IgnoredRequest => {
                matches!(message.start, StartLine::Request(_))
            }
            Self::Response => matches!(message.start, StartLine::Response(_)),
            Self::Either => true,
        }
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

fn show(
    page: &PageText,
    message: Message,
    annotation: Option<&Annotation>,
    wanted: Wanted,
    span: Span,
    found: &mut Diagnostics,
) -> Shown {
    let Message { start, headers, body: body_range } = message;
    let what = match start {
        StartLine::Request(_) => "this request body",
        StartLine::Response(_) => "this response body",
    };
    let body = body_range.map(|range| body::read(page, range, &headers, what, found));
    let names = annotation.map_or_else(Vec::new, |annotation| annotation.names.clone());
    let place = annotation.map_or(span, |annotation| annotation.span);
    match start {
        StartLine::Request(line) => Shown::Request {
            names,
            role: match wanted {
                Wanted::IgnoredRequest => Role::Ignored,
                Wanted::Either => Role::Unannotated,
                _ => Role::Annotated,
            },
            place,
            request: HttpRequest { method: line.method, url: line.url, headers, body, span },
        },
        StartLine::Response(line) => Shown::Response {
            names,
            response: HttpResponse {
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

fn not_http(wanted: Wanted, span: Span) -> Diagnostic {
    let (what, line) = match wanted {
        Wanted::Response => ("response", "HTTP/1.1 200 OK"),
        _ => ("request", "GET https://graph.microsoft.com/v1.0/me"),
    };
    Diagnostic::at(
        codes::NOT_HTTP,
        span,
        format!("this block is announced as a {what} but does not start like one"),
    )
    .help(format!("start the block with a line like `{line}`"))
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
        "examples without annotation are told by the headings above them",
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
