//! Bodies of messages.
//!
//! Comes in: where a body stands and the headers above it. Goes out: JSON where it is JSON, else
//! its text. Holds: the content type decides only whether what is no JSON is a finding.

use std::ops::Range;

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics, Json};

use crate::json::{self, Failure, Reading};
use crate::leniency;
use crate::lines::PageText;
use crate::page::{Body, Text};

/// Reads the body `range` of a message; `what` names it.
pub(crate) fn read(
    page: &PageText,
    range: Range<usize>,
    headers: &[(Text, Text)],
    what: &str,
    found: &mut Diagnostics,
) -> Body {
    let content_type = headers
        .iter()
        .find(|(name, _)| name.value.eq_ignore_ascii_case("Content-Type"))
        .map(|(_, value)| value.value.to_ascii_lowercase());
    let declared = content_type.as_ref().map(|t| t.contains("json"));
    let looks_like_json = page.str(range.clone()).starts_with(['{', '[']);
    if declared != Some(true) && !looks_like_json {
        return other(page, range);
    }
    match json::read(page.file, &page.text, range.clone()) {
        Ok(reading) => Body::Json(accept(reading, what, found)),
        Err(failure) => {
            if declared != Some(false) {
                found.push(no_json(what, &failure));
            }
            other(page, range)
        }
    }
}

/// Reads a block that holds nothing but JSON.
pub(crate) fn read_json(
    page: &PageText,
    range: Range<usize>,
    what: &str,
    found: &mut Diagnostics,
) -> Option<Json> {
    let range = page.trim(range);
    if range.is_empty() {
        return None;
    }
    match json::read(page.file, &page.text, range) {
        Ok(reading) => Some(accept(reading, what, found)),
        Err(failure) => {
            found.push(no_json(what, &failure));
            None
        }
    }
}

fn accept(reading: Reading, what: &str, found: &mut Diagnostics) -> Json {
    leniency::report(what, reading.leniencies, found);
    reading.value
}

fn other(page: &PageText, range: Range<usize>) -> Body {
    Body::Other(page.spanned(range))
}

fn no_json(what: &str, failure: &Failure) -> Diagnostic {
    let message = format!("{what} is no JSON: {}", failure.message);
    let mut diagnostic = Diagnostic::at(codes::BODY_JSON, failure.span, message);
    if let Some(suspect) = failure.suspect {
        diagnostic = diagnostic.label(suspect, "this string runs over a line end");
    }
    diagnostic.help("mend the JSON, or declare another `Content-Type`")
}
