//! Where the parser's positions, which count characters, stand in the text, whose places count bytes.

use msgraph_source::{FileId, Span};

/// Every so many characters the bytes before them are noted.
const STEP: usize = 64;

/// The places of one text.
pub(crate) struct Places<'t> {
    text: &'t str,
    file: FileId,
    /// The first byte of each `STEP`th character; empty where each character is one byte.
    steps: Vec<usize>,
    /// The bytes before `text`: a byte order mark.
    skipped: usize,
}

impl<'t> Places<'t> {
    /// The places of `text`, which stands in its file behind `skipped` bytes.
    pub(crate) fn new(text: &'t str, file: FileId, skipped: usize) -> Self {
        let steps = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect()
        };
        Self { text, file, steps, skipped }
    }

    /// The place from one character to another.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let (start, end) = (self.byte(start), self.byte(end));
        Span::new(self.file, start..end.max(start))
    }

    fn byte(&self, character: usize) -> usize {
        let length = self.text.len();
        let byte = if self.steps.is_empty() {
            character.min(length)
        } else {
            let step = self.steps.get(character / STEP).copied().unwrap_or(length);
            let rest = self.text.get(step..).unwrap_or_default();
            let within = rest.char_indices().nth(character % STEP);
            within.map_or(length, |(byte, _)| step + byte)
        };
        byte + self.skipped
    }
}
