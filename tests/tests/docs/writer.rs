//! A writer of pages: text, and where each piece of it went.
//!
//! Comes in: choices, which proptest makes and shrinks. Goes out: a text in one of the many shapes that
//! pages have, with the places of its pieces, so that what a reader makes of it is known beforehand.

use std::ops::Range;

use msgraph_docs::{Fence, Text};
use msgraph_source::{FileId, Json, JsonKind, JsonMember, SourceMap, Span};

/// JSON to be written.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(&'static str),
    String(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// A text that grows, and the choices that are left.
pub(crate) struct Writer {
    pub(crate) text: String,
    pub(crate) file: FileId,
    choices: std::vec::IntoIter<u8>,
    end: &'static str,
}

impl Writer {
    pub(crate) fn new(choices: Vec<u8>) -> Self {
        let mut writer = Self {
            text: String::new(),
            // The only file of any map has this id.
            file: SourceMap::new().add("", ""),
            choices: choices.into_iter(),
            end: "\n",
        };
        writer.end = if writer.chance() { "\r\n" } else { "\n" };
        writer
    }

    /// One of `count`; the first where no choices are left.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        usize::from(self.choices.next().unwrap_or_default()) % count.max(1)
    }

    pub(crate) fn chance(&mut self) -> bool {
        self.below(2) == 1
    }

    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    pub(crate) fn put(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    /// Writes `text`, which is read as it stands.
    pub(crate) fn put_text(&mut self, text: &str) -> Text {
        let range = self.put(text);
        Text::new(text.to_owned(), self.span(range))
    }

    pub(crate) fn end_line(&mut self) {
        self.text.push_str(self.end);
    }

    pub(crate) fn line(&mut self, text: &str) -> Range<usize> {
        let range = self.put(text);
        self.end_line();
        range
    }

    /// White space that means nothing in the middle of a line.
    pub(crate) fn space(&mut self) {
        let space = self.pick(&["", " ", "  "]);
        self.put(space);
    }

    /// Blank lines, of which the text may have none where `least` is none.
    pub(crate) fn blank(&mut self, least: usize) {
        for _ in 0..least + self.below(3) {
            let line = self.pick(&["", "  ", "\t"]);
            self.line(line);
        }
    }

    /// Words that no part of a page takes for something else.
    pub(crate) fn words(&mut self) -> String {
        let words = ["thing", "Groups", "é漢🙂", "x_y", "User.Read", "the", "of \"it\"", "a-b"];
        (0..=self.below(4)).map(|_| self.pick(&words)).collect::<Vec<_>>().join(" ")
    }

    /// A fenced block around what `content` writes, which ends its last line.
    pub(crate) fn fence<T>(
        &mut self,
        languages: &[&str],
        content: impl FnOnce(&mut Self) -> T,
    ) -> (Fence, T) {
        let indent = self.pick(&["", " ", "      "]);
        let marks = self.pick(&["```", "````", "~~~"]);
        let language = self.pick(languages);
        self.put(indent);
        let start = self.text.len();
        self.put(marks);
        self.space();
        self.put(language);
        self.space();
        self.end_line();
        let inside = self.text.len();
        let made = content(self);
        let content = self.span(inside..self.text.len());
        let indent = self.pick(&["", "  "]);
        self.put(indent);
        let close = self.put(marks);
        self.space();
        self.end_line();
        let fence =
            Fence { language: language.to_lowercase(), content, span: self.span(start..close.end) };
        (fence, made)
    }

    /// JSON with the leniencies of its readers. Strings may run over lines where `lines` allows it.
    pub(crate) fn json(&mut self, value: &Value) -> Json {
        let start = self.text.len();
        let kind = match value {
            Value::Null => self.token("null", JsonKind::Null),
            Value::Bool(value) => self.token(&value.to_string(), JsonKind::Bool(*value)),
            Value::Number(digits) => self.token(digits, JsonKind::Number((*digits).to_owned())),
            Value::String(text) => {
                self.string(text);
                JsonKind::String(text.clone())
            }
            Value::Array(elements) => {
                self.put("[");
                let written = self.list(elements, "]", |writer, element| writer.json(element));
                JsonKind::Array(written)
            }
            Value::Object(members) => {
                self.put("{");
                let written = self.list(members, "}", |writer, (name, value)| {
                    let name_span = writer.name(name);
                    writer.put(":");
                    writer.gap();
                    JsonMember { name: name.clone(), name_span, value: writer.json(value) }
                });
                JsonKind::Object(written)
            }
        };
        Json { kind, span: self.span(start..self.text.len()) }
    }

    fn token(&mut self, text: &str, kind: JsonKind) -> JsonKind {
        self.put(text);
        kind
    }

    fn list<T, U>(
        &mut self,
        elements: &[T],
        close: &str,
        write: impl Fn(&mut Self, &T) -> U,
    ) -> Vec<U> {
        let mut written = Vec::new();
        self.gap();
        for (index, element) in elements.iter().enumerate() {
            written.push(write(self, element));
            let last = index + 1 == elements.len();
            // A comma too many behind the last, or none between two in different lines.
            match (last, self.below(12)) {
                (true, 1) => drop(self.put(",")),
                (false, 1) => self.end_line(),
                (true, _) => {}
                (false, _) => drop(self.put(",")),
            }
            self.gap();
        }
        self.put(close);
        written
    }

    /// White space or a comment between two tokens.
    fn gap(&mut self) {
        match self.below(16) {
            0..9 => {}
            9 | 10 => drop(self.put(" ")),
            11 | 12 => {
                self.end_line();
                self.put("  ");
            }
            13 => {
                self.put(" // a note");
                self.end_line();
            }
            14 => drop(self.put("/* a note */")),
            _ => drop(self.put("\u{a0}")),
        }
    }

    fn name(&mut self, name: &str) -> Span {
        let start = self.text.len();
        let is_word = name.chars().all(|c| c.is_ascii_alphabetic());
        // Directly behind a name without quotes no reader takes a comment.
        let bare = is_word && self.below(8) == 1;
        match bare {
            true => drop(self.put(name)),
            false => self.string(name),
        }
        let span = self.span(start..self.text.len());
        match bare {
            true => self.space(),
            false => self.gap(),
        }
        span
    }

    fn string(&mut self, text: &str) {
        let quote = if self.below(8) == 1 { '\'' } else { '"' };
        self.text.push(quote);
        for c in text.chars() {
            match c {
                c if c == quote || c == '\\' => {
                    self.text.push('\\');
                    self.text.push(c);
                }
                // As it should be, or as it is.
                '\n' if self.chance() => self.text.push_str("\\n"),
                '\n' => self.end_line(),
                '\u{e9}' if self.chance() => self.text.push_str("\\u00e9"),
                c => self.text.push(c),
            }
        }
        self.text.push(quote);
    }

    /// A table with the columns `header` and one row per element of `rows`; gives the cells and the
    /// places of the rows, and that of the table.
    pub(crate) fn table(
        &mut self,
        header: &[&str],
        rows: &[Vec<String>],
    ) -> (Vec<(Vec<Text>, Span)>, Span) {
        let start = self.text.len();
        let borders = self.chance();
        self.row(borders, &header.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
        let delimiter = self.pick(&["---", ":--", ":-:"]);
        self.row(borders, &vec![delimiter.to_owned(); header.len()]);
        let written = rows.iter().map(|row| self.row(borders, row)).collect();
        // White space behind the last row belongs to the table, its line end does not.
        let end = self.text.trim_end_matches(['\r', '\n']).len();
        (written, self.span(start..end))
    }

    fn row(&mut self, borders: bool, cells: &[String]) -> (Vec<Text>, Span) {
        let start = self.text.len();
        let mut end = start;
        let mut written = Vec::new();
        if borders {
            self.put("|");
        }
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.put("|");
            }
            if index > 0 || borders {
                self.space();
            }
            let place = self.put(&cell.replace('|', "\\|"));
            end = place.end;
            written.push(Text::new(cell.clone(), self.span(place)));
            self.space();
        }
        if borders {
            end = self.put("|").end;
        }
        self.end_line();
        (written, self.span(start..end))
    }
}
