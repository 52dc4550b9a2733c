//! Annotations: comments that hold a JSON object, and the fences that they announce.
//!
//! Comes in: the blocks. Goes out: the annotations, each with the fenced block that directly
//! follows it, and the page annotation. Holds: a comment, a table, a heading or a text between
//! breaks the bond, blank lines do not; keys are matched without regard to case and of duplicates
//! the last counts.

use std::ops::Range;

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics, Json, JsonKind, Span, nearest};

use crate::blocks::{Block, BlockKind};
use crate::http;
use crate::json::{self, Failure, Reading};
use crate::leniency;
use crate::lines::{PageText, starts_without_case};
use crate::page::{Annotation, BlockType, Fence, Text};

/// The annotations of a page.
pub(crate) struct Annotations {
    pub(crate) list: Vec<Annotation>,
    pub(crate) page: Option<Json>,
    /// For every block the annotation that announces it.
    pub(crate) of_block: Vec<Option<usize>>,
}

/// The names of the block types in the order of API Doctor, which also reads their numbers.
const BLOCK_TYPES: [(&str, BlockType); 10] = [
    ("unknown", BlockType::Unknown),
    ("resource", BlockType::Resource),
    ("request", BlockType::Request),
    ("response", BlockType::Response),
    ("ignored", BlockType::Ignored),
    ("example", BlockType::Example),
    ("samples", BlockType::Samples),
    ("simulatedResponse", BlockType::SimulatedResponse),
    ("testParams", BlockType::TestParams),
    ("permissions", BlockType::Permissions),
];

/// Reads and binds the annotations among `blocks`.
pub(crate) fn read(page: &PageText, blocks: &[Block], found: &mut Diagnostics) -> Annotations {
    let mut annotations =
        Annotations { list: Vec::new(), page: None, of_block: vec![None; blocks.len()] };
    for (index, block) in blocks.iter().enumerate() {
        let BlockKind::Comment { inner } = &block.kind else {
            if let BlockKind::Text = block.kind {
                report_indented(page, block, found);
            }
            continue;
        };
        let next = blocks.get(index + 1).filter(|next| next.kind.is_fence());
        let inner = page.trim(inner.clone());
        let Some(json) = read_json(page, inner, next.is_some(), found) else {
            continue;
        };
        let span = page.span(block.span.clone());
        let mut annotation = interpret(json, span, found);
        if annotation.block_type == BlockType::Page {
            annotations.page = Some(annotation.json.clone());
        } else {
            if let (Some(fence), Some(bound)) = (next, annotations.of_block.get_mut(index + 1)) {
                bind(page, &mut annotation, fence);
                *bound = Some(annotations.list.len());
            }
            if !blocks.get(index + 1).is_some_and(|next| is_lost_fence(page, next)) {
                report_unbound(&annotation, found);
            }
        }
        annotations.list.push(annotation);
    }
    annotations
}

impl BlockKind {
    fn is_fence(&self) -> bool {
        matches!(self, Self::Fence { .. })
    }
}

/// The JSON object of a comment, where it holds one.
fn read_json(
    page: &PageText,
    inner: Range<usize>,
    before_fence: bool,
    found: &mut Diagnostics,
) -> Option<Json> {
    let text = page.str(inner.clone());
    if !text.starts_with('{') {
        return None;
    }
    let reading = json::read(page.file, &page.text, inner.clone()).or_else(|failure| {
        json::read_entities(page.file, &page.text, inner.clone()).unwrap_or(Err(failure))
    });
    match reading {
        Ok(Reading { value, leniencies }) => {
            leniency::report("this annotation", leniencies, found);
            Some(value)
        }
        Err(failure) => {
            if before_fence || looks_like_annotation(text) {
                found.push(no_json(page, inner, &failure));
            }
            None
        }
    }
}

/// Whether a comment that could not be read was meant as an annotation.
pub(crate) fn looks_like_annotation(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["blocktype", "#page.", "@odata.type"].iter().any(|mark| lower.contains(mark))
}

fn no_json(page: &PageText, inner: Range<usize>, failure: &Failure) -> Diagnostic {
    let code = match page.str(inner.clone()).contains("#page.") {
        true => codes::PAGE_ANNOTATION_JSON,
        false => codes::ANNOTATION_JSON,
    };
    let mut diagnostic = Diagnostic::at(
        code,
        failure.span,
        format!("this annotation is no JSON: {}", failure.message),
    );
    if let Some(suspect) = failure.suspect {
        diagnostic = diagnostic.label(suspect, "this string runs over a line end");
    }
    if page.text.get(inner.end..).is_some_and(|rest| rest.starts_with("-->"))
        && failure.span.range().end + 1 >= inner.end
    {
        diagnostic = diagnostic.note("the comment ends at the first `-->`, even inside a string");
    }
    diagnostic.help("mend the JSON between `<!--` and `-->`")
}

/// What the keys of an annotation say.
fn interpret(json: Json, span: Span, found: &mut Diagnostics) -> Annotation {
    let kind = member(&json, "type").and_then(Json::as_str);
    let is_page = kind.is_some_and(|kind| starts_without_case(kind, "#page."));
    let block_type = match is_page {
        true => BlockType::Page,
        false => block_type(&json, found),
    };
    let mut annotation = Annotation {
        block_type,
        names: Vec::new(),
        type_name: None,
        is_collection: false,
        truncated: false,
        span,
        fence: None,
        json,
    };
    if is_page {
        return annotation;
    }
    let json = &annotation.json;
    annotation.names = texts(json, "name", true, found);
    let (type_name, is_collection) = type_of(json, found);
    annotation.is_collection = is_collection || flag(json, "isCollection", found).unwrap_or(false);
    annotation.type_name = type_name;
    annotation.truncated = flag(json, "truncated", found).unwrap_or(false);
    annotation
}

/// `@type`, else `@odata.type`, without `#` and `Collection(…)`; and whether that was there.
fn type_of(json: &Json, found: &mut Diagnostics) -> (Option<Text>, bool) {
    let Some(written) = text(json, "@type", found).or_else(|| text(json, "@odata.type", found))
    else {
        return (None, false);
    };
    let bare = written.value.trim().trim_start_matches('#');
    match bare.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')')) {
        Some(element) => {
            let element = element.trim_start_matches('#').to_owned();
            (Some(Text::new(element, written.span)), true)
        }
        None => (Some(Text::new(bare.to_owned(), written.span)), false),
    }
}

fn block_type(json: &Json, found: &mut Diagnostics) -> BlockType {
    let Some(value) = member(json, "blockType") else {
        return BlockType::Unknown;
    };
    let known = match &value.kind {
        JsonKind::String(name) => {
            BLOCK_TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim()))
        }
        JsonKind::Number(number) => {
            number.parse::<usize>().ok().and_then(|number| BLOCK_TYPES.get(number))
        }
        _ => None,
    };
    if let Some((_, block_type)) = known {
        return *block_type;
    }
    let written = value.as_str().unwrap_or_default();
    let names = BLOCK_TYPES.iter().map(|(name, _)| *name);
    let message = match value.as_str() {
        Some(name) => format!("there is no block type `{name}`"),
        None => format!("a block type is a name, not {}", value.kind_name()),
    };
    found.push(Diagnostic::at(codes::BLOCK_TYPE, value.span, message).help(
        match nearest(written, names, 1).first() {
            Some(name) => format!("did you mean `{name}`?"),
            None => "the usual ones are `request`, `response`, `resource`, `ignored`".into(),
        },
    ));
    BlockType::Ignored
}

fn bind(page: &PageText, annotation: &mut Annotation, fence: &Block) {
    let BlockKind::Fence { language, content } = &fence.kind else {
        return;
    };
    if annotation.block_type == BlockType::Unknown {
        annotation.block_type = infer(page, annotation, fence, language);
    }
    annotation.fence = Some(Fence {
        language: language.clone(),
        content: page.span(content.clone()),
        span: page.span(fence.span.clone()),
    });
}

/// What API Doctor takes a block for whose annotation does not say.
fn infer(page: &PageText, annotation: &Annotation, fence: &Block, language: &str) -> BlockType {
    if language == "json" {
        return match annotation.type_name {
            Some(_) => BlockType::Resource,
            None => BlockType::Unknown,
        };
    }
    let BlockKind::Fence { content, .. } = &fence.kind else {
        return BlockType::Unknown;
    };
    let mut lines = page
        .visible(fence.lines.clone(), content.clone())
        .filter(|line| !page.str(line.clone()).trim().is_empty());
    let Some(first) = lines.next() else {
        return BlockType::Unknown;
    };
    if http::request_line(page, first.clone()).is_some() {
        let mut others = lines.peekable();
        let more = others.peek().is_some();
        return match more && others.all(|line| http::request_line(page, line).is_some()) {
            true => BlockType::Samples,
            false => BlockType::Request,
        };
    }
    match http::status_line(page, first).is_some() {
        true => BlockType::Response,
        false => BlockType::Unknown,
    }
}

/// The member `name` in any case, of several the last.
pub(crate) fn member<'j>(json: &'j Json, name: &str) -> Option<&'j Json> {
    let member = json.as_object()?.iter().rev();
    member
        .into_iter()
        .find(|member| member.name.eq_ignore_ascii_case(name))
        .map(|member| &member.value)
}

/// The text `name`; null is as good as absent.
pub(crate) fn text(json: &Json, name: &str, found: &mut Diagnostics) -> Option<Text> {
    let value = member(json, name)?;
    match &value.kind {
        JsonKind::String(text) => Some(Text::new(text.clone(), value.span)),
        JsonKind::Null => None,
        _ => {
            report_value(value, name, "a string", found);
            None
        }
    }
}

/// The flag `name`, which may be written as a text.
pub(crate) fn flag(json: &Json, name: &str, found: &mut Diagnostics) -> Option<bool> {
    let value = member(json, name)?;
    let as_text = |text: &str| match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    match &value.kind {
        JsonKind::Bool(flag) => Some(*flag),
        JsonKind::Null => None,
        JsonKind::String(text) => {
            let flag = as_text(text.trim());
            match flag {
                Some(flag) => found.push(
                    Diagnostic::at(
                        codes::BOOLEAN_AS_TEXT,
                        value.span,
                        format!("`{name}` is written as a text"),
                    )
                    .help(format!("write {flag} without quotes")),
                ),
                None => report_value(value, name, "true or false", found),
            }
            flag
        }
        _ => {
            report_value(value, name, "true or false", found);
            None
        }
    }
}

/// The list `name`; a lone text counts as a list of one, which is a finding unless `or_one`.
pub(crate) fn texts(json: &Json, name: &str, or_one: bool, found: &mut Diagnostics) -> Vec<Text> {
    let Some(value) = member(json, name) else {
        return Vec::new();
    };
    match &value.kind {
        JsonKind::Null => Vec::new(),
        JsonKind::String(text) => {
            if !or_one {
                report_value(value, name, "a list of strings", found);
            }
            vec![Text::new(text.clone(), value.span)]
        }
        JsonKind::Array(elements) => elements
            .iter()
            .filter_map(|element| match &element.kind {
                JsonKind::String(text) => Some(Text::new(text.clone(), element.span)),
                _ => {
                    report_value(element, name, "a list of strings", found);
                    None
                }
            })
            .collect(),
        _ => {
            report_value(value, name, "a string", found);
            Vec::new()
        }
    }
}

fn report_value(value: &Json, name: &str, wanted: &str, found: &mut Diagnostics) {
    found.push(
        Diagnostic::at(
            codes::ANNOTATION_VALUE,
            value.span,
            format!("`{name}` is {wanted}, not {}", value.kind_name()),
        )
        .help(format!("write {wanted}")),
    );
}

/// Whether a text is what is left of a fenced block that has no end, which has been reported.
fn is_lost_fence(page: &PageText, block: &Block) -> bool {
    let text = page.str(block.span.clone()).trim_start();
    matches!(block.kind, BlockKind::Text) && (text.starts_with("```") || text.starts_with("~~~"))
}

fn report_unbound(annotation: &Annotation, found: &mut Diagnostics) {
    let what = match annotation.block_type {
        BlockType::Request => "request",
        BlockType::Response => "response",
        BlockType::Resource => "resource",
        _ => return,
    };
    if annotation.fence.is_none() {
        found.push(
            Diagnostic::at(
                codes::UNBOUND_ANNOTATION,
                annotation.span,
                format!("this annotation of a {what} has no fenced block directly below"),
            )
            .help("put the annotation directly above its fence; blank lines may stand between"),
        );
    }
}

/// An annotation that is indented by four or more is code, not a comment.
fn report_indented(page: &PageText, block: &Block, found: &mut Diagnostics) {
    for line in page.visible(block.lines.clone(), block.span.clone()) {
        let text = page.str(line.clone());
        if text.trim_start().starts_with("<!--")
            && text.starts_with(['\t', ' '])
            && looks_like_annotation(text)
        {
            found.push(
                Diagnostic::at(
                    codes::INDENTED_ANNOTATION,
                    page.span(page.trim(line)),
                    "this annotation is indented too far to be a comment",
                )
                .help("indent it by three spaces at most"),
            );
        }
    }
}
