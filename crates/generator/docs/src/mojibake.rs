//! What a wrong decoding has left in a page.
//!
//! Comes in: the page. Goes out: one finding where a no-break space has become `Â` and a no-break
//! space. Holds: prose gets an ordinary space in its place; code and JSON stay as they are.

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics};

use crate::lines::PageText;

/// How many places the finding shows.
const SHOWN: usize = 4;

/// Reports the places in `page`.
pub(crate) fn report(page: &PageText, found: &mut Diagnostics) {
    if !page.text.contains('\u{a0}') {
        return;
    }
    let mut places = page
        .text
        .match_indices("\u{c2}\u{a0}")
        .map(|(at, damaged)| page.span(at..at + damaged.len()));
    let Some(first) = places.next() else {
        return;
    };
    let message = "a no-break space that was decoded wrongly and reads `Â` now";
    let mut diagnostic = Diagnostic::at(codes::MOJIBAKE, first, message);
    for place in places.by_ref().take(SHOWN - 1) {
        diagnostic = diagnostic.label(place, "");
    }
    let more = places.count();
    if more > 0 {
        diagnostic = diagnostic.note(format!("and in {more} more places of the page"));
    }
    found.push(diagnostic.help("write an ordinary space"));
}
