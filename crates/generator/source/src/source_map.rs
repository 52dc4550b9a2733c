//! The texts of a run.

use std::sync::{Arc, LazyLock, OnceLock};

use crate::catalogue::source::{ENCODING, TOO_LARGE};
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Span};

/// A source text with its name.
#[derive(Clone, Debug)]
pub struct SourceFile {
    path: String,
    text: Arc<str>,
    /// Where the lines begin; asked for where there is something to say of the text.
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters stand before each block of the text; counted where a line is long.
    characters: OnceLock<Vec<u32>>,
}

/// The bytes of a block.
const BLOCK: usize = 512;

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The character in the line.
    pub column: u32,
}

impl SourceFile {
    fn new(path: String, text: Arc<str>) -> Self {
        Self { path, text, line_starts: OnceLock::new(), characters: OnceLock::new() }
    }

    /// The name under which the text was added, with `/` between folders.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The line of a byte offset, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|&start| start as usize <= offset)
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0)
                .chain(ends.map(|end| u32::try_from(end).unwrap_or(u32::MAX)))
                .collect()
        })
    }

    /// Line and column of a byte offset; an offset behind the text counts as its end.
    pub fn position(&self, offset: u32) -> Position {
        let line_starts = self.line_starts();
        let line = line_starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = line_starts.get(line).map_or(0, |&start| start as usize);
        let mut end = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(start..end).unwrap_or_default();
        let column = match before.len() > BLOCK {
            // Many places in one long line would count it again and again.
            true => self.characters_before(end).saturating_sub(self.characters_before(start)),
            false => before.chars().count(),
        };
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(1);
        Position { line: count(line), column: count(column) }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let begins = |bytes: &[u8]| bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
        let blocks = self.characters.get_or_init(|| {
            let mut sum = 0;
            let before = |block: &[u8]| {
                let before = sum;
                sum += u32::try_from(begins(block)).unwrap_or(u32::MAX);
                before
            };
            self.text.as_bytes().chunks(BLOCK).map(before).collect()
        });
        let block = (offset / BLOCK).min(blocks.len().saturating_sub(1));
        let known = blocks.get(block).map_or(0, |&known| known as usize);
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        known + begins(rest)
    }
}

/// All texts of a run. Adding gives the id under which spans name the text.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// A map without texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `text` under the name `path`, whose `\` become `/`.
    pub fn add(&mut self, path: &str, text: impl Into<Arc<str>>) -> FileId {
        self.files.push(SourceFile::new(path.replace('\\', "/"), text.into()));
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// Adds the text that `bytes` hold as UTF-8, as [`add`](Self::add) does.
    ///
    /// # Errors
    /// Bytes that are not UTF-8, and more of them than a [`Span`] can count. What of the bytes is
    /// text is kept, for the message to show the place.
    pub fn add_bytes(&mut self, path: &str, bytes: Vec<u8>) -> Result<FileId, Diagnostic> {
        check_length(path, bytes.len())?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(self.add(path, text)),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let file = self.add(path, String::from_utf8_lossy(error.as_bytes()));
                let wrong = offset..offset + char::REPLACEMENT_CHARACTER.len_utf8();
                Err(not_utf8(path, error.as_bytes(), offset).label(Span::new(file, wrong), ""))
            }
        }
    }

    /// The text with this id. An id of another map gives the empty text.
    pub fn file(&self, id: FileId) -> &SourceFile {
        static NONE: LazyLock<SourceFile> =
            LazyLock::new(|| SourceFile::new(String::new(), Arc::from("")));
        self.files.get(id.0 as usize).unwrap_or(&NONE)
    }

    /// The ids of all texts, in the order of adding.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..u32::try_from(self.files.len()).unwrap_or(u32::MAX)).map(FileId)
    }

    /// The text at `span`; empty where the span does not fit the text.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// Where `span` starts.
    pub fn position(&self, span: Span) -> Position {
        self.file(span.file).position(span.start)
    }
}

fn check_length(path: &str, length: usize) -> Result<(), Diagnostic> {
    match u32::try_from(length) {
        Ok(_) => Ok(()),
        Err(_) => {
            let most = u32::MAX;
            let message =
                format!("`{path}` has {length} bytes, more than the {most} that can be read");
            Err(Diagnostic::new(TOO_LARGE, message).help("check that this is the file you meant"))
        }
    }
}

fn not_utf8(path: &str, bytes: &[u8], offset: usize) -> Diagnostic {
    let before = bytes.get(..offset).unwrap_or_default();
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
    let byte = bytes.get(offset).copied().unwrap_or_default();
    let message =
        format!("`{path}` is not UTF-8: byte 0x{byte:02X} at offset {offset}, in line {line}");
    let diagnostic = Diagnostic::new(ENCODING, message);
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => diagnostic
            .note("the byte order mark is that of UTF-16")
            .help("convert the file from UTF-16 to UTF-8"),
        _ => diagnostic.help("convert the file to UTF-8"),
    }
}

#[cfg(test)]
mod tests {
    use super::{SourceMap, check_length};
    use crate::catalogue::source::TOO_LARGE;

    #[test]
    fn bytes_that_are_utf8_are_added() {
        let mut sources = SourceMap::new();
        let file = sources.add_bytes("a\\b", "\u{feff}é".into()).unwrap();
        assert_eq!(sources.file(file).path(), "a/b");
        assert_eq!(&**sources.file(file).text(), "\u{feff}é");
    }

    #[test]
    fn other_bytes_are_refused_with_their_place() {
        let error = SourceMap::new().add_bytes("p", b"ab\nc\xe9d".to_vec()).unwrap_err();
        assert_eq!(error.message, "`p` is not UTF-8: byte 0xE9 at offset 4, in line 2");
        let cut = SourceMap::new().add_bytes("p", b"\xc3".to_vec()).unwrap_err();
        assert!(cut.message.contains("offset 0"), "{}", cut.message);
    }

    #[test]
    fn columns_of_a_long_line_count_characters() {
        let mut sources = SourceMap::new();
        let line = "aé漢🙂".repeat(2000);
        let file = sources.add("p", format!("first\n{line}\n"));
        for (characters, (offset, _)) in line.char_indices().enumerate() {
            let offset = u32::try_from(6 + offset).unwrap();
            let position = sources.file(file).position(offset);
            assert_eq!((position.line, position.column as usize), (2, characters + 1));
        }
    }

    #[test]
    fn utf_16_is_recognised() {
        let error = SourceMap::new().add_bytes("p", b"\xff\xfe<\0".to_vec()).unwrap_err();
        assert_eq!(error.notes, ["the byte order mark is that of UTF-16"]);
    }

    #[test]
    fn more_than_a_span_can_count_is_refused() {
        assert_eq!(check_length("p", 4_294_967_295), Ok(()));
        let error = check_length("p", 4_294_967_296).unwrap_err();
        assert_eq!((error.code, error.code.id()), (TOO_LARGE, "source::too_large"));
    }
}
