//! The status codes that a page's prose states: "returns a `201 Created` response code".
//!
//! In come the paragraphs of the section "Response"; out go the codes, each once, with their places.
//! Holds: a number counts only where it stands as a code does, in front of its reason phrase or alone
//! in back-quotes.

use msgraph_docs::Text;
use msgraph_source::Spanned;

/// First words of the reason phrases that pages use.
const REASONS: &[&str] = &[
    "OK",
    "Ok",
    "Created",
    "Accepted",
    "No",
    "Success",
    "Partial",
    "Multi-Status",
    "Found",
    "Not",
    "See",
    "Bad",
    "Unauthorized",
    "Forbidden",
    "Conflict",
    "Precondition",
    "Unprocessable",
];

/// The codes in the order of the text.
pub(crate) fn statuses(paragraphs: &[Text]) -> Vec<Spanned<u16>> {
    let mut found: Vec<Spanned<u16>> = Vec::new();
    for paragraph in paragraphs {
        let text = paragraph.value.as_str();
        // Where the text is not the source byte by byte, the paragraph is the best place there is.
        let exact = paragraph.span.range().len() == text.len();
        for (at, status) in codes(text) {
            if found.iter().all(|known| known.value != status) {
                let span = if exact { paragraph.span.slice(at..at + 3) } else { paragraph.span };
                found.push(Spanned::new(status, span));
            }
        }
    }
    found
}

fn codes(text: &str) -> impl Iterator<Item = (usize, u16)> + '_ {
    let bytes = text.as_bytes();
    bytes.windows(3).enumerate().filter_map(move |(at, digits)| {
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        let after = bytes.get(at + 3);
        let bounded = before.is_none_or(|b| !b.is_ascii_alphanumeric() && !b".-#/".contains(b))
            && after.is_none_or(|b| !b.is_ascii_alphanumeric());
        let status: u16 = std::str::from_utf8(digits).ok()?.parse().ok()?;
        let rest = text.get(at + 3..)?;
        let quoted = before == Some(&b'`') && after == Some(&b'`');
        let phrase = rest.trim_start_matches([',', '-', ' ', '`', '*']);
        let has_reason = REASONS.iter().any(|reason| {
            phrase
                .strip_prefix(reason)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        }) || phrase.starts_with("response code")
            || phrase.starts_with("status code");
        (bounded && (quoted || has_reason) && (100..600).contains(&status)).then_some((at, status))
    })
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn a_number_counts_only_where_it_stands_as_a_code() {
        for (text, expected) in [
            ("returns a `201 Created` response code and a post", &[201][..]),
            ("returns `200, OK` response code", &[200]),
            ("returns a 204 No Content response code.", &[204]),
            ("returns `202` response code", &[202]),
            ("either `200 OK` or `404 Not Found`", &[200, 404]),
            ("at most 100 results, 200 items, RFC 7231", &[]),
            ("`999 OK` and `2011 Created`", &[]),
            ("größer als 200 Ok", &[200]),
            ("", &[]),
        ] {
            let found: Vec<u16> = codes(text).map(|(_, status)| status).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
