//! Prose of pages and metadata to text that is safe and silent in a doc comment.
//!
//! [`DocText`] is the only type of text that reaches a doc comment, and [`Prose::text`] the only way
//! from inputs into it. What holds: no control characters, no bidirectional controls, no `*/`, no
//! HTML, no code that rustdoc would compile, no link that rustdoc would resolve, no list or quote
//! that wrapping has torn, lines of about 100 columns.

mod blocks;
mod inline;
mod links;
mod wrap;

pub(crate) use links::{PageKind, resource_url};

/// The lines of a doc comment, without `///`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocText {
    lines: Vec<String>,
}

/// How the prose of one place is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prose<'a> {
    /// The `view` of the documentation site: `graph-rest-1.0`.
    pub view: &'a str,
    /// The kind of page the prose stands on; relative links start there.
    pub kind: PageKind,
}

impl Prose<'_> {
    /// `markdown` made safe.
    pub(crate) fn text(self, markdown: &str) -> DocText {
        let lines = blocks::split(markdown).into_iter().enumerate().fold(
            Vec::new(),
            |mut lines, (index, block)| {
                block.write(self, index == 0, &mut lines);
                lines
            },
        );
        DocText { lines }
    }

    /// The first paragraph of `markdown` on one line, made safe.
    pub(crate) fn line(self, markdown: &str) -> String {
        let paragraph = blocks::split(markdown)
            .into_iter()
            .find_map(blocks::Block::into_paragraph)
            .unwrap_or_default();
        wrap::restore(&inline::sanitise(&paragraph, self))
    }
}

impl DocText {
    /// The lines.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Whether there is no line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Adds a paragraph that the planner itself has written, or has made of sanitised pieces.
    pub(crate) fn paragraph(mut self, text: &str) -> Self {
        if text.is_empty() {
            return self;
        }
        self.gap();
        wrap::paragraph(&wrap::protect_code(text), "", "", &mut self.lines);
        self
    }

    /// Adds lines as they are: a table or an example of the planner's own making.
    pub(crate) fn verbatim(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.gap();
        self.lines.extend(lines);
        self
    }

    /// Adds another text as further paragraphs.
    pub(crate) fn append(mut self, other: Self) -> Self {
        if !other.is_empty() {
            self.gap();
            self.lines.extend(other.lines);
        }
        self
    }

    fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

#[cfg(test)]
mod tests;
