//! HTTP messages as pages show them.
//!
//! Comes in: the lines of a fenced block. Goes out: the request line or status line, the headers,
//! and where the body stands. Holds: what is not quite HTTP but can be meant in one way only is
//! read and reported; a header is `Name: value`.

use std::ops::Range;

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics, Spanned};

use crate::lines::{PageText, starts_without_case};
use crate::page::{Template, Text};
use crate::reason;

/// A message.
pub(crate) struct Message {
    pub(crate) start: StartLine,
    pub(crate) headers: Vec<(Text, Text)>,
    /// Where the body stands, without the white space around it.
    pub(crate) body: Option<Range<usize>>,
}

/// The first line of a message.
pub(crate) enum StartLine {
    Request(Template),
    Response(StatusLine),
}

/// `HTTP/1.1 201 Created`
pub(crate) struct StatusLine {
    pub(crate) status: Spanned<u16>,
    pub(crate) reason: String,
    /// Whether the version is missing.
    bare: bool,
}

const METHODS: [&str; 7] = ["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"];

/// Whether a fence with this language can show HTTP without an annotation that says so.
pub(crate) fn is_language(language: &str) -> bool {
    matches!(language, "http" | "msgraph-interactive" | "")
}

/// Reads the message in the fenced block `content`; `None` where it starts with neither a request
/// line nor a status line.
pub(crate) fn read(
    page: &PageText,
    lines: Range<usize>,
    content: Range<usize>,
    found: &mut Diagnostics,
) -> Option<Message> {
    let mut lines = page
        .visible(lines, content.clone())
        .skip_while(|line| page.str(line.clone()).trim().is_empty());
    let first = lines.next()?;
    let start = match request_line(page, first.clone()) {
        Some(request) => StartLine::Request(request),
        None => StartLine::Response(status_line(page, first.clone())?),
    };
    if let StartLine::Response(status) = &start {
        report_status(page, first, status, found);
    }
    let mut message = Message { start, headers: Vec::new(), body: None };
    let mut blank = None;
    for line in lines {
        let text = page.str(line.clone());
        if text.trim().is_empty() {
            blank = blank.or(Some(line));
            continue;
        }
        let header = header(page, line.clone());
        match (&blank, header) {
            (None, Some(header)) => message.headers.push(header),
            (None, None) if request_line(page, line.clone()).is_some() => {
                report_further(page, line, found);
            }
            (None, None) if text.trim_start().starts_with(['{', '[', '<']) => {
                report(page, line.clone(), &BODY_WITHOUT_BLANK_LINE, found);
                message.body = Some(line.start..content.end);
            }
            (None, None) => report(page, line, &HEADER_LINE, found),
            (Some(_), Some(header)) if message.headers.is_empty() => {
                blank = None;
                report(page, line, &BLANK_LINE_BEFORE_HEADERS, found);
                message.headers.push(header);
            }
            (Some(_), _) => message.body = Some(line.start..content.end),
        }
        if message.body.is_some() {
            break;
        }
    }
    message.body = message.body.map(|body| page.trim(body)).filter(|body| !body.is_empty());
    Some(message)
}

/// `METHOD URL`, where the line is one. The version may stand on either side of the URL, which may
/// hold spaces.
pub(crate) fn request_line(page: &PageText, line: Range<usize>) -> Option<Template> {
    let line = page.trim(line);
    let text = page.str(line.clone());
    let method = text.split(char::is_whitespace).next()?;
    if !METHODS.contains(&method) {
        return None;
    }
    let mut url = page.trim(line.start + method.len()..line.end);
    let version = |word: &str| starts_without_case(word, "HTTP/") && !word.contains("//");
    let first = page.str(url.clone()).split(char::is_whitespace).next()?;
    if version(first) {
        url = page.trim(url.start + first.len()..url.end);
    }
    let last = page.str(url.clone()).rsplit(char::is_whitespace).next()?;
    if version(last) {
        url = page.trim(url.start..url.end - last.len());
    }
    if url.is_empty() {
        return None;
    }
    Some(Template {
        method: page.spanned(line.start..line.start + method.len()),
        url: page.spanned(url),
    })
}

/// `HTTP/x NNN reason`, where the line is one.
pub(crate) fn status_line(page: &PageText, line: Range<usize>) -> Option<StatusLine> {
    let line = page.trim(line);
    let text = page.str(line.clone());
    let version = text.split(char::is_whitespace).next()?;
    if !starts_without_case(version, "HTTP") {
        return None;
    }
    let rest = page.trim(line.start + version.len()..line.end);
    let word = page.str(rest.clone()).split(char::is_whitespace).next()?;
    let digits = word.trim_end_matches([',', '.', ':']);
    let status: u16 = match digits.len() {
        3 => digits.parse().ok()?,
        _ => return None,
    };
    let code = rest.start..rest.start + digits.len();
    let reason = page.spanned(rest.start + word.len()..rest.end);
    (100..600).contains(&status).then(|| StatusLine {
        status: Spanned::new(status, page.span(code)),
        reason: reason.value,
        bare: !version.contains('/'),
    })
}

/// `Name: value`, where the line is one.
fn header(page: &PageText, line: Range<usize>) -> Option<(Text, Text)> {
    let text = page.str(line.clone());
    let colon = text.find(':')?;
    let name = text.get(..colon)?.trim();
    let behind = text.get(colon + 1..)?;
    let is_token = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    // A URL is no header.
    if !is_token || behind.starts_with("//") {
        return None;
    }
    let colon = line.start + colon;
    Some((page.spanned(line.start..colon), page.spanned(colon + 1..line.end)))
}

fn report_status(
    page: &PageText,
    line: Range<usize>,
    status: &StatusLine,
    found: &mut Diagnostics,
) {
    let span = page.span(page.trim(line));
    if status.bare {
        found.push(
            Diagnostic::at(codes::HTTP_VERSION, span, "a status line without a version")
                .help("write `HTTP/1.1`"),
        );
    }
    let number = status.status.value;
    let Some(usual) = reason::phrase(number) else {
        return;
    };
    if !reason::fits(number, &status.reason) {
        let message = match status.reason.is_empty() {
            true => format!("the status {number} stands without its reason"),
            false => format!("`{}` is not the reason of status {number}", status.reason),
        };
        found.push(
            Diagnostic::at(codes::REASON_PHRASE, span, message)
                .note("the number counts")
                .help(format!("write `{number} {usual}`")),
        );
    }
}

struct Finding {
    code: msgraph_source::Code,
    message: &'static str,
    help: &'static str,
}

const BODY_WITHOUT_BLANK_LINE: Finding = Finding {
    code: codes::BODY_WITHOUT_BLANK_LINE,
    message: "the body starts without a blank line above it",
    help: "put a blank line between the headers and the body",
};

const BLANK_LINE_BEFORE_HEADERS: Finding = Finding {
    code: codes::BLANK_LINE_BEFORE_HEADERS,
    message: "a blank line stands above the headers",
    help: "remove the blank line: what stands behind it is the body",
};

const HEADER_LINE: Finding = Finding {
    code: codes::HEADER_LINE,
    message: "this line is neither a header nor a body",
    help: "write a header as `Name: value`; put a blank line above a body",
};

fn report(page: &PageText, range: Range<usize>, finding: &Finding, found: &mut Diagnostics) {
    let span = page.span(page.trim(range));
    found.push(Diagnostic::at(finding.code, span, finding.message).help(finding.help));
}

fn report_further(page: &PageText, line: Range<usize>, found: &mut Diagnostics) {
    let span = page.span(page.trim(line));
    found.push(
        Diagnostic::at(codes::FURTHER_REQUEST_LINE, span, "a second request line in one example")
            .note("the first one counts")
            .help("give every request a fenced block and an annotation of its own"),
    );
}
