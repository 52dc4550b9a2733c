//! Damaged pages: cut at any place, with bytes changed, or made of nothing but chance.
//!
//! What is damaged is chosen by a generator with a fixed start, so that a failure comes again.

use libtest_mimic::Failed;
use msgraph_docs::dump;
use msgraph_source::SourceMap;

use crate::corpus;

/// The trial over all pages of v1.0.
pub(crate) fn pages_are_read() -> Result<(), Failed> {
    let Some(sources) = corpus::v1()? else {
        return Ok(());
    };
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for file in sources.ids() {
        let text = sources.file(file).text();
        for damaged in [cut(text, &mut chance), bent(text, &mut chance)] {
            read(&damaged)?;
        }
    }
    Ok(())
}

/// Bytes that mean something in a page, for a better chance to hurt.
const MARKS: &[u8] = b"`~<!->{}[]\"':,|#\n\r\\/*& \x00\xff";

/// The start of `text` up to some place.
fn cut(text: &str, chance: &mut Chance) -> Vec<u8> {
    let end = chance.below(text.len() + 1);
    text.as_bytes().get(..end).unwrap_or_default().to_vec()
}

/// `text` with some bytes changed, taken out or doubled.
fn bent(text: &str, chance: &mut Chance) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=chance.below(12) {
        let at = chance.below(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
        let mark = MARKS.get(chance.below(MARKS.len())).copied().unwrap_or_default();
        match chance.below(3) {
            0 if !bytes.is_empty() => bytes[at] = mark,
            1 if !bytes.is_empty() => drop(bytes.remove(at)),
            _ => bytes.insert(at, mark),
        }
    }
    bytes
}

/// Reads and shows a page; its findings lie in its text.
fn read(bytes: &[u8]) -> Result<(), Failed> {
    let mut sources = SourceMap::new();
    let text = String::from_utf8_lossy(bytes);
    let file = sources.add("damaged.md", text.as_ref());
    let (page, found) = msgraph_docs::parse(&sources, file);
    for label in found.iter().flat_map(|diagnostic| &diagnostic.labels) {
        if text.get(label.span.range()).is_none() {
            return Err(format!("{found:?} in {text}").into());
        }
    }
    dump::outline(&sources, &page);
    let object: Result<serde_json::Value, _> = serde_json::from_str(&dump::json(&sources, &page));
    object.map(drop).map_err(|error| format!("{error} in {text}").into())
}

/// Numbers that look like chance: xorshift.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % limit.max(1)
    }
}
