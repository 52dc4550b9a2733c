//! What identifies a finding from run to run.
//!
//! In come findings in the order of their places; out goes a fingerprint for each: a hash of what it says
//! and of the words it points at, and a number that tells equals on one page apart. Holds: edits
//! elsewhere on the page change neither, nor do line ends and indentation; no line number is part of it.

use std::collections::BTreeMap;

use msgraph_source::{Diagnostic, FileId, SourceMap};
use sha2::{Digest, Sha256};

/// Characters of the words that count: those of a long line may change.
const WORDS: usize = 200;

/// The fingerprints of `diagnostics`, in their order.
pub(crate) fn fingerprints(sources: &SourceMap, diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut equals: BTreeMap<(Option<FileId>, &str, u64), u32> = BTreeMap::new();
    diagnostics
        .iter()
        .map(|diagnostic| {
            let hash = hash(sources, diagnostic);
            let file = diagnostic.primary().map(|span| span.file);
            let number = equals.entry((file, diagnostic.code.id(), hash)).or_default();
            *number += 1;
            format!("{hash:016x}.{number}")
        })
        .collect()
}

/// Whether `text` is such a fingerprint.
pub(crate) fn is_fingerprint(text: &str) -> bool {
    text.split_once('.').is_some_and(|(hash, number)| {
        hash.len() == 16
            && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            && number.parse::<u32>().is_ok_and(|parsed| parsed > 0 && parsed.to_string() == number)
    })
}

fn hash(sources: &SourceMap, diagnostic: &Diagnostic) -> u64 {
    let text = diagnostic.primary().map_or("", |span| sources.text(span));
    // What the words of a span are, its first line tells; further ones belong to its neighbours, too.
    let line = text.trim_start().lines().next().unwrap_or_default();
    let words = line.split_whitespace().flat_map(|word| word.chars().chain([' '])).take(WORDS);
    let mut hasher = Sha256::new();
    hasher.update(&diagnostic.message);
    hasher.update(b"\n");
    hasher.update(words.collect::<String>());
    let [a, b, c, d, e, f, g, h, ..] = <[u8; 32]>::from(hasher.finalize());
    // So many bytes tell the findings of one page and one code apart.
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

#[cfg(test)]
mod tests {
    use msgraph_source::catalogue::docs::MOJIBAKE;
    use msgraph_source::{Diagnostic, SourceMap, Span};

    use super::{fingerprints, is_fingerprint};

    fn of(text: &str, messages: &[&str]) -> Vec<String> {
        let mut sources = SourceMap::new();
        let file = sources.add("p.md", text);
        let at = text.find('x').unwrap();
        let found: Vec<Diagnostic> = messages
            .iter()
            .map(|message| Diagnostic::at(MOJIBAKE, Span::new(file, at..text.len()), *message))
            .collect();
        fingerprints(&sources, &found)
    }

    #[test]
    fn edits_elsewhere_change_nothing() {
        assert_eq!(of("a\n  x  y\nz", &["m"]), of("new\r\n\r\nx y\r\nother", &["m"]));
        assert_ne!(of("x y", &["m"]), of("x z", &["m"]));
        assert_ne!(of("x y", &["m"]), of("x y", &["n"]));
    }

    #[test]
    fn equals_are_numbered() {
        let found = of("x", &["m", "n", "m"]);
        assert!(found[0].ends_with(".1") && found[1].ends_with(".1") && found[2].ends_with(".2"));
        assert_eq!(found[0].split('.').next(), found[2].split('.').next());
        assert!(found.iter().all(|text| is_fingerprint(text)));
    }

    #[test]
    fn what_is_no_fingerprint_is_told() {
        for text in [
            "",
            "1",
            "5f1c3a90d27be481",
            "5f1c3a90d27be481.0",
            "5f1c3a90d27be481.01",
            "5F1C3A90D27BE481.1",
        ] {
            assert!(!is_fingerprint(text), "{text}");
        }
    }

    #[test]
    fn a_fingerprint_stays_what_it_is() {
        // As `printf 'm\nx y ' | sha256sum` prints it, cut: baselines of earlier versions stay valid.
        assert_eq!(of("x y", &["m"]), ["f2de6a8502cee209.1"]);
    }
}
