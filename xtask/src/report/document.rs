//! The document of a report.
//!
//! In comes the model, out goes HTML that needs nothing but itself. Its policy forbids every request
//! and every script and style but the two in it, which it knows by their hashes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::data;
use super::html;
use super::measure::grouped;
use super::model::Model;
use super::summary::summary;

const STYLE: &str = include_str!("assets/report.css");
const SCRIPT: &str = include_str!("assets/report.js");
const BODY: &str = include_str!("assets/report.html");

/// The page that shows `model`.
///
/// # Errors
/// The data cannot be written as JSON.
pub(crate) fn document(model: &Model) -> Result<String, serde_json::Error> {
    let summary = summary(model);
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    let findings = grouped(model.findings.len());
    Ok(filled(&[
        ("policy", &policy),
        ("style", STYLE),
        ("header", &html::header(model, &summary)),
        ("totals", &html::totals(&summary)),
        ("areas", &html::areas(&summary)),
        ("findings", &findings),
        ("codes", &html::codes(&summary)),
        ("data", &data::data(model, &summary)?),
        ("script", SCRIPT),
    ]))
}

/// The page with `parts` in the places of their names, in one pass: what a part holds is no place.
fn filled(parts: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut pieces = BODY.split("{{");
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").unwrap_or((piece, ""));
        let part = parts.iter().find(|(part, _)| *part == name).map_or("", |(_, text)| text);
        out.push_str(part);
        out.push_str(rest);
    }
    out
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::{BODY, SCRIPT, STYLE, hash};

    #[test]
    fn the_hash_is_that_of_the_standard() {
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn script_and_style_stay_in_their_elements_and_make_no_markup() {
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
        assert!(!STYLE.contains("</") && !STYLE.contains("url(") && !STYLE.contains("@import"));
        for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            assert!(!SCRIPT.contains(word), "{word}");
        }
        assert!(!BODY.contains("://") && !BODY.contains(" style="));
    }
}
