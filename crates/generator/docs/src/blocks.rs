//! The blocks of a page.
//!
//! Comes in: the preprocessed page. Goes out: its headings, comments, fenced blocks, tables, rules
//! and texts in order. Holds: blocks do not overlap; blank and dropped lines belong to none; every
//! line is looked at a bounded number of times.

use std::ops::Range;

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics};

use crate::fences::{Fences, NoBlock};
use crate::lines::PageText;

/// A block.
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// The lines that it touches.
    pub(crate) lines: Range<usize>,
    pub(crate) span: Range<usize>,
}

/// What a block is.
pub(crate) enum BlockKind {
    /// `## Title`
    Heading { level: u8, title: Range<usize> },
    /// `<!-- … -->`, and what stands between.
    Comment { inner: Range<usize> },
    /// A fenced block; the block's lines are those between the fences.
    Fence { language: String, content: Range<usize> },
    /// A table: a header line, a delimiter line, rows.
    Table,
    /// A paragraph, list or quote: lines up to the next blank line or block.
    Text,
    /// `---`
    Rule,
}

/// Finds the blocks of `page`.
pub(crate) fn scan(page: &PageText, found: &mut Diagnostics) -> Vec<Block> {
    let mut scanner = Scanner {
        page,
        fences: Fences::new(&page.text),
        comment_end: None,
        unclosed_reported: false,
        blocks: Vec::new(),
        found,
    };
    let mut line = page.body;
    while line < page.lines.len() {
        line = if page.is_dropped(line) || page.line(line).trim().is_empty() {
            line + 1
        } else {
            scanner.block(line)
        };
    }
    scanner.blocks
}

struct Scanner<'a> {
    page: &'a PageText,
    fences: Fences,
    /// The last search for `-->`: where it began, and what it found.
    comment_end: Option<(usize, Option<usize>)>,
    unclosed_reported: bool,
    blocks: Vec<Block>,
    found: &'a mut Diagnostics,
}

impl Scanner<'_> {
    /// Takes the block that starts at `line`, and gives the line behind it.
    fn block(&mut self, line: usize) -> usize {
        let range = self.page.range(line);
        if let Some(start) = comment_start(self.page, line) {
            return self.comment(line, start);
        }
        match self.fences.at(self.page, line) {
            Some(Ok(fenced)) => {
                let next = fenced.lines.end + 1;
                self.blocks.push(Block {
                    kind: BlockKind::Fence { language: fenced.language, content: fenced.content },
                    lines: fenced.lines,
                    span: fenced.span,
                });
                return next;
            }
            Some(Err(problem)) => {
                self.report_fence(problem);
                return self.text(line, range.start);
            }
            None => {}
        }
        if let Some((level, title)) = heading(self.page, line) {
            self.push(BlockKind::Heading { level, title }, line..line + 1, range);
            return line + 1;
        }
        if is_rule(self.page.line(line)) {
            self.push(BlockKind::Rule, line..line + 1, range);
            return line + 1;
        }
        if let Some(delimiter) = self.table_delimiter(line) {
            return self.table(line, delimiter);
        }
        self.text(line, range.start)
    }

    fn comment(&mut self, line: usize, start: usize) -> usize {
        let (mut line, mut start) = (line, start);
        loop {
            let Some(inner_end) = self.find_comment_end(start + 4) else {
                self.report_comment(start);
                return self.text(line, start);
            };
            let end = inner_end + 3;
            let first = line;
            while self.page.range(line).end < end && line < self.page.lines.len() {
                line += 1;
            }
            self.push(
                BlockKind::Comment { inner: start + 4..inner_end },
                first..line + 1,
                start..end,
            );
            // Only the front is trimmed: what stands behind would be looked at once per comment.
            let line_end = self.page.range(line).end;
            let rest = self.page.str(end..line_end).trim_start();
            if rest.is_empty() {
                return line + 1;
            }
            start = line_end - rest.len();
            if !rest.starts_with("<!--") {
                return self.text(line, start);
            }
        }
    }

    /// The first `-->` at or behind `from`. Starts only grow, so that all searches of a page
    /// together read it once.
    fn find_comment_end(&mut self, from: usize) -> Option<usize> {
        if let Some((begun, end)) = self.comment_end
            && begun <= from
            && end.is_none_or(|end| end >= from)
        {
            return end;
        }
        let end = self.page.text.get(from..).and_then(|rest| rest.find("-->")).map(|at| from + at);
        self.comment_end = Some((from, end));
        end
    }

    /// A text from `start` in `line` up to the next blank line or block.
    fn text(&mut self, line: usize, start: usize) -> usize {
        let mut last = line;
        let mut next = line + 1;
        while next < self.page.lines.len() {
            if !self.page.is_dropped(next) {
                if self.page.line(next).trim().is_empty() || self.starts_block(next) {
                    break;
                }
                last = next;
            }
            next += 1;
        }
        let end = self.page.range(last).end;
        self.push(BlockKind::Text, line..last + 1, start..end);
        next
    }

    fn table(&mut self, line: usize, delimiter: usize) -> usize {
        let mut last = delimiter;
        let mut next = delimiter + 1;
        while next < self.page.lines.len() {
            if !self.page.is_dropped(next) {
                let ends = !self.page.line(next).contains('|')
                    || comment_start(self.page, next).is_some()
                    || self.fences.at(self.page, next).is_some();
                if ends {
                    break;
                }
                last = next;
            }
            next += 1;
        }
        let span = self.page.range(line).start..self.page.range(last).end;
        self.push(BlockKind::Table, line..last + 1, span);
        next
    }

    fn starts_block(&self, line: usize) -> bool {
        comment_start(self.page, line).is_some()
            || self.fences.at(self.page, line).is_some()
            || heading(self.page, line).is_some()
            || is_rule(self.page.line(line))
            || self.table_delimiter(line).is_some()
    }

    /// The delimiter line below `line`, where that is the header of a table.
    fn table_delimiter(&self, line: usize) -> Option<usize> {
        if !self.page.line(line).contains('|') {
            return None;
        }
        let next = line + 1;
        (!self.page.is_dropped(next) && is_delimiter(self.page.line(next))).then_some(next)
    }

    fn push(&mut self, kind: BlockKind, lines: Range<usize>, span: Range<usize>) {
        self.blocks.push(Block { kind, lines, span });
    }

    fn report_fence(&mut self, problem: NoBlock) {
        self.found.push(match problem {
            NoBlock::Unclosed { fence } => Diagnostic::at(
                codes::UNCLOSED_FENCE,
                self.page.span(fence),
                "this fence is never closed",
            )
            .help("close the block with a line that holds the same characters alone"),
            NoBlock::Broken { fence, end } => Diagnostic::at(
                codes::BROKEN_FENCE,
                self.page.span(fence.clone()),
                "this fence opens no block, since the same characters come again inside a line",
            )
            .label(self.page.span(end), "here")
            .help(format!("open and close the block with more than {} characters", fence.len())),
        });
    }

    fn report_comment(&mut self, start: usize) {
        if self.unclosed_reported {
            return;
        }
        // All later ones stand inside this one.
        self.unclosed_reported = true;
        let rest = self.page.str(start + 4..self.page.text.len()).trim_start();
        let head = rest.lines().take(8).collect::<Vec<_>>().join("\n");
        let is_annotation = head.starts_with('{') && !head.contains("#page.");
        let code = match is_annotation {
            true => codes::ANNOTATION_JSON,
            false => codes::UNCLOSED_COMMENT,
        };
        let what = match is_annotation {
            true => "the comment of this annotation is never closed",
            false => "this comment is never closed",
        };
        let span = self.page.span(start..start + 4);
        self.found.push(Diagnostic::at(code, span, what).help("close the comment with `-->`"));
    }
}

/// Where the comment begins that starts `line`; only an indent of up to three is one.
fn comment_start(page: &PageText, line: usize) -> Option<usize> {
    let range = page.range(line);
    let text = page.str(range.clone());
    let inner = text.trim_start_matches(' ');
    let indent = text.len() - inner.len();
    (indent <= 3 && inner.starts_with("<!--")).then_some(range.start + indent)
}

/// Level and title of a heading.
fn heading(page: &PageText, line: usize) -> Option<(u8, Range<usize>)> {
    let range = page.range(line);
    let text = page.str(range.clone());
    let inner = text.trim_start_matches(' ');
    let indent = text.len() - inner.len();
    let level = inner.bytes().take(7).take_while(|b| *b == b'#').count();
    if indent > 3 || level == 0 || level > 6 {
        return None;
    }
    let title = page.trim(range.start + indent + level..range.end);
    let kept = page.str(title.clone()).trim_end_matches('#').trim_end();
    let title = title.start..title.start + kept.len();
    let level = u8::try_from(level).ok()?;
    (!title.is_empty()).then_some((level, title))
}

fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next().filter(|c| matches!(c, '-' | '*' | '_')) else {
        return false;
    };
    let mut count = 1;
    marks.all(|mark| {
        count += 1;
        mark == first
    }) && count >= 3
}

fn is_delimiter(line: &str) -> bool {
    line.contains('|')
        && line.contains('-')
        && line.chars().all(|c| matches!(c, '|' | '-' | ':') || c.is_whitespace())
}
