//! The text of a page as lines, after what API Doctor does before it looks for blocks.
//!
//! Comes in: the text as stored. Goes out: a working text of the same length, in which everything
//! that only the site's generator understands is blanked, and its lines, of which those that held
//! nothing else are marked as dropped. Holds: every offset into the working text is an offset into
//! the stored one, so that spans need no mapping; a dropped line is not a blank line.

use std::ops::Range;

use msgraph_source::{FileId, Span};

use crate::page::Text;

/// A line without its line end.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether the line is taken out before blocks are looked for.
    pub(crate) dropped: bool,
}

/// A page as the other passes see it.
pub(crate) struct PageText {
    pub(crate) file: FileId,
    /// The working text.
    pub(crate) text: String,
    pub(crate) lines: Vec<Line>,
    /// The lines between the two `---` at the top.
    pub(crate) front_matter: Option<Range<usize>>,
    /// The first line behind the front matter.
    pub(crate) body: usize,
    /// The paths of `[!INCLUDE [label](path)]`.
    pub(crate) includes: Vec<Text>,
}

impl PageText {
    /// Splits and preprocesses `source`.
    pub(crate) fn new(file: FileId, source: &str) -> Self {
        let mut page = Self {
            file,
            text: String::new(),
            lines: split(source),
            front_matter: None,
            body: 0,
            includes: Vec::new(),
        };
        page.find_front_matter(source);
        page.preprocess(source);
        page
    }

    /// The working text of `range`.
    pub(crate) fn str(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// Where line `index` stands; of a line that is not there the end of the text.
    pub(crate) fn range(&self, index: usize) -> Range<usize> {
        self.lines.get(index).map_or(self.text.len()..self.text.len(), |line| line.start..line.end)
    }

    /// The text of line `index`.
    pub(crate) fn line(&self, index: usize) -> &str {
        self.str(self.range(index))
    }

    /// Whether line `index` is taken out.
    pub(crate) fn is_dropped(&self, index: usize) -> bool {
        self.lines.get(index).is_some_and(|line| line.dropped)
    }

    /// The lines of `lines` that are not taken out, cut to `within`.
    pub(crate) fn visible(
        &self,
        lines: Range<usize>,
        within: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> + '_ {
        let end = lines.end.min(self.lines.len());
        let slice = self.lines.get(lines.start.min(end)..end).unwrap_or_default();
        slice
            .iter()
            .filter(|line| !line.dropped)
            .map(move |line| line.start.max(within.start)..line.end.min(within.end))
            .map(|range| range.start..range.end.max(range.start))
    }

    /// `range` without the white space around it.
    pub(crate) fn trim(&self, range: Range<usize>) -> Range<usize> {
        trim(&self.text, range)
    }

    /// The place `range`.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    /// The text of `range` without the white space around it, and its place.
    pub(crate) fn spanned(&self, range: Range<usize>) -> Text {
        let range = self.trim(range);
        Text::new(clean(self.str(range.clone())), self.span(range))
    }

    fn find_front_matter(&mut self, source: &str) {
        let text = |line: &Line| source.get(line.start..line.end).unwrap_or_default();
        let is_rule = |line: &Line| text(line).trim_end() == "---";
        let Some(first) = self.lines.iter().position(|l| !text(l).trim().is_empty()) else {
            return;
        };
        if !self.lines.get(first).is_some_and(is_rule) {
            return;
        }
        let rest = self.lines.get(first + 1..).unwrap_or_default();
        if let Some(length) = rest.iter().position(is_rule) {
            self.front_matter = Some(first + 1..first + 1 + length);
            self.body = first + length + 2;
        }
    }

    fn preprocess(&mut self, source: &str) {
        let mut working = source.as_bytes().to_vec();
        let last_end_of_tags =
            self.lines.iter().rposition(|l| str_of(source, l).trim_start().starts_with("[END]"));
        let mut in_tags = false;
        for (index, line) in self.lines.iter_mut().enumerate().skip(self.body) {
            let text = source.get(line.start..line.end).unwrap_or_default();
            let starts_with = |mark: &str| text.trim_start().starts_with(mark);
            let ends_tags = in_tags && starts_with("[END]");
            let starts_tags =
                starts_with("[TAGS=") && last_end_of_tags.is_some_and(|end| index < end);
            if in_tags || starts_tags || is_site_line(text) {
                blank(&mut working, line.start..line.end);
                line.dropped = true;
            } else if text.contains('[') {
                for include in includes(text) {
                    let at = |r: &Range<usize>| line.start + r.start..line.start + r.end;
                    blank(&mut working, at(&include.whole));
                    line.dropped = true;
                    let path = text.get(include.path.clone()).unwrap_or_default();
                    self.includes
                        .push(Text::new(path.to_owned(), Span::new(self.file, at(&include.path))));
                }
                if line.dropped {
                    // The line stays where it says something else.
                    let rest = working.get(line.start..line.end).unwrap_or_default();
                    line.dropped = rest.iter().all(|b| b.is_ascii_whitespace() || *b == b'>');
                }
            }
            in_tags = (in_tags || starts_tags) && !ends_tags;
        }
        // Blanking covers whole characters, so this is a move, not a copy.
        self.text = String::from_utf8(working).unwrap_or_else(|_| source.to_owned());
    }
}

/// `range` of `text` without the white space around it.
pub(crate) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// `text` with LF line ends and without what a wrong decoding made of a no-break space.
pub(crate) fn clean(text: &str) -> String {
    // Nearly all texts have neither; to look for one character is much faster than for two.
    let mut text = match text.contains('\u{a0}') {
        true => text.replace("\u{c2}\u{a0}", " "),
        false => text.to_owned(),
    };
    if text.contains('\r') {
        text = text.replace("\r\n", "\n");
    }
    text
}

fn split(source: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    while start < source.len() {
        let rest = source.get(start..).unwrap_or_default();
        let length = rest.find('\n').unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or_default();
        lines.push(Line {
            start,
            end: start + line.strip_suffix('\r').unwrap_or(line).len(),
            dropped: false,
        });
        start += length + 1;
    }
    lines
}

fn str_of<'a>(source: &'a str, line: &Line) -> &'a str {
    source.get(line.start..line.end).unwrap_or_default()
}

fn blank(text: &mut [u8], range: Range<usize>) {
    if let Some(part) = text.get_mut(range) {
        part.fill(b' ');
    }
}

/// Whether only the site's generator understands the line: an alert, a division, a video, a code
/// reference, a tab header, a zone, or a quote within a quote.
fn is_site_line(line: &str) -> bool {
    if line.starts_with(">>") || line.trim_start().starts_with(":::") {
        return true;
    }
    let inner = line.trim_start_matches([' ', '\t', '>']);
    if inner.starts_with('#') {
        let title = inner.trim_start_matches('#').trim_start();
        return title.starts_with('[') && title.contains("](#tab/");
    }
    inner.strip_prefix("[!").is_some_and(|name| {
        ["note", "tip", "warning", "important", "caution", "div", "video", "code"]
            .iter()
            .any(|word| starts_without_case(name, word))
    })
}

struct Include {
    whole: Range<usize>,
    path: Range<usize>,
}

/// The includes of a line, in its order.
fn includes(line: &str) -> Vec<Include> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = line.get(from..).and_then(|rest| rest.find("[!")) {
        let start = from + at;
        from = start + 2;
        if !starts_without_case(line.get(from..).unwrap_or_default(), "include") {
            continue;
        }
        let Some(open) = line.get(from..).and_then(|rest| rest.find("](")) else {
            break;
        };
        let path_start = from + open + 2;
        let Some(close) = line.get(path_start..).and_then(|rest| rest.find(')')) else {
            break;
        };
        let path = path_start..path_start + close;
        let after = line.get(path.end + 1..).unwrap_or_default();
        let bracket = usize::from(after.starts_with(']'));
        from = path.end + 1 + bracket;
        found.push(Include { whole: start..from, path });
    }
    found
}

/// Whether `text` starts with the ASCII word `word`, in any case.
pub(crate) fn starts_without_case(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}
