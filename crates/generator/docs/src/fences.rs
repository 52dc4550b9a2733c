//! Fences: where a fenced block starts and ends.
//!
//! Comes in: a page and a line. Goes out: the fenced block that the line opens, or why it opens
//! none. Holds: API Doctor's rule, which differs from CommonMark: a block ends at the first
//! occurrence of the very characters that opened it, and there is no block where that occurrence
//! is not alone on its line. The ends are found ahead for the whole page, in linear time.

use std::ops::Range;

use crate::lines::PageText;

/// A fenced block.
pub(crate) struct Fenced {
    pub(crate) language: String,
    /// The lines between the fences.
    pub(crate) lines: Range<usize>,
    pub(crate) content: Range<usize>,
    pub(crate) span: Range<usize>,
}

/// Why a line that starts with a fence opens no block.
pub(crate) enum NoBlock {
    /// The fence never comes again.
    Unclosed { fence: Range<usize> },
    /// It comes again, but not alone on its line.
    Broken { fence: Range<usize>, end: Range<usize> },
}

/// The runs of at least three backticks or tildes of a page.
pub(crate) struct Fences {
    backticks: Vec<Run>,
    tildes: Vec<Run>,
}

struct Run {
    start: usize,
    length: usize,
    /// The next run that is at least as long.
    next: Option<usize>,
}

impl Fences {
    /// Finds the runs of `text`.
    pub(crate) fn new(text: &str) -> Self {
        Self { backticks: runs(text, '`'), tildes: runs(text, '~') }
    }

    /// What the fence at the start of line `line` opens; `None` where there is no fence.
    pub(crate) fn at(&self, page: &PageText, line: usize) -> Option<Result<Fenced, NoBlock>> {
        let range = page.range(line);
        let text = page.str(range.clone());
        let inner = text.trim_start();
        let start = range.start + (text.len() - inner.len());
        let mark = inner.chars().next()?;
        let runs = match mark {
            '`' => &self.backticks,
            '~' => &self.tildes,
            _ => return None,
        };
        let index = runs.binary_search_by_key(&start, |run| run.start).ok()?;
        let run = runs.get(index)?;
        let fence = start..start + run.length;
        let info = inner.get(run.length..).unwrap_or_default().trim();
        if info.contains(mark) {
            return None;
        }
        let Some(end) = run.next.and_then(|next| runs.get(next)) else {
            return Some(Err(NoBlock::Unclosed { fence }));
        };
        let last = page.lines.partition_point(|line| line.end <= end.start);
        let last_range = page.range(last);
        let close = end.start..end.start + run.length;
        let alone = page.str(last_range.start..close.start).trim().is_empty()
            && page.str(close.end..last_range.end).trim().is_empty();
        if !alone {
            return Some(Err(NoBlock::Broken { fence, end: close }));
        }
        let language: String = info
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .map(|c| c.to_ascii_lowercase())
            .collect();
        Some(Ok(Fenced {
            language,
            lines: line + 1..last,
            content: page.range(line + 1).start..last_range.start,
            span: fence.start..close.end,
        }))
    }
}

fn runs(text: &str, mark: char) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while let Some(offset) = text.get(at..).and_then(|rest| rest.find(mark)) {
        let start = at + offset;
        let length =
            text.get(start..).map_or(0, |rest| rest.chars().take_while(|c| *c == mark).count());
        if length >= 3 {
            runs.push(Run { start, length, next: None });
        }
        at = start + length;
    }
    // From the end: the stack holds the runs that are longer than all before them.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (index, run) in runs.iter_mut().enumerate().rev() {
        while open.last().is_some_and(|(_, length)| *length < run.length) {
            open.pop();
        }
        run.next = open.last().map(|(next, _)| *next);
        open.push((index, run.length));
    }
    runs
}
