//! The part of a source text that a diagnostic shows.
//!
//! In come a text and the byte ranges of labels in it; out goes a text with the same lines from the
//! first label to the last, and the ranges in it. Lines that no label is near are empty, long
//! lines are cut around their labels, and what is left is harmless to look at. Ranges may be
//! anything: they are cut to the text and to whole characters.

use std::ops::Range;

use super::visible;
use crate::source_map::SourceFile;

/// What is shown of one source text.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// The number of its first line.
    pub first_line: usize,
    /// The lines.
    pub text: String,
    /// The labels' ranges in `text`, in the order given.
    pub ranges: Vec<Range<usize>>,
}

/// Characters of a line that are shown uncut.
const LONG: usize = 160;
/// Characters that are shown on each side of a label's ends in a longer line.
const AROUND: usize = 50;
/// Lines beside a label's that are shown if they lie between labels.
const NEAR: usize = 2;

/// Shows the `ranges` of `file`.
pub fn excerpt(file: &SourceFile, ranges: &[Range<usize>]) -> Excerpt {
    let text = &**file.text();
    let ranges: Vec<Range<usize>> = ranges.iter().map(|range| fit(text, range)).collect();
    let first = ranges.iter().map(|range| range.start).min().unwrap_or(0);
    let last = ranges.iter().map(|range| range.end).max().unwrap_or(0);
    let from = line_start(text, first);
    let to = line_end(text, last);

    let mut ends: Vec<usize> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
    ends.sort_unstable();
    ends.dedup();

    let mut builder = Builder { text: String::new(), places: Vec::new() };
    let lines = lines(text, from..to);
    let touched: Vec<bool> = lines.iter().map(|line| line.touched(&ends)).collect();
    for (index, line) in lines.iter().enumerate() {
        let near = touched
            .get(index.saturating_sub(NEAR)..(index + NEAR + 1).min(touched.len()))
            .is_some_and(|around| around.contains(&true));
        if near {
            builder.line(text, line, &ends);
        }
        if index + 1 < lines.len() {
            builder.text.push('\n');
        }
    }
    // An empty last line would not count as one.
    let is_unfinished = builder.text.ends_with('\n');
    let ranges =
        ranges.iter().map(|range| builder.place(range.start)..builder.place(range.end)).collect();
    if is_unfinished {
        builder.text.push(' ');
    }
    Excerpt { first_line: file.line(from), text: builder.text, ranges }
}

/// The range cut to the text and to whole characters.
fn fit(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    let end = text.ceil_char_boundary(range.end).max(start);
    start..end
}

fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
}

fn line_end(text: &str, offset: usize) -> usize {
    text.get(offset..).and_then(|after| after.find('\n')).map_or(text.len(), |at| offset + at)
}

/// The bytes of a line without its end, and where the next one starts.
struct Line {
    content: Range<usize>,
    next: usize,
}

impl Line {
    /// Whether one of the sorted `ends` lies in the line.
    fn touched(&self, ends: &[usize]) -> bool {
        let at = ends.partition_point(|&end| end < self.content.start);
        ends.get(at).is_some_and(|&end| end < self.next || end <= self.content.end)
    }
}

fn lines(text: &str, range: Range<usize>) -> Vec<Line> {
    let mut start = range.start;
    text.get(range)
        .unwrap_or_default()
        .split('\n')
        .map(|line| {
            let content = line.strip_suffix('\r').unwrap_or(line);
            let found =
                Line { content: start..start + content.len(), next: start + line.len() + 1 };
            start = found.next;
            found
        })
        .collect()
}

/// The excerpt as it grows, and where the ends of labels came to lie in it.
struct Builder {
    text: String,
    /// Offset in the source and offset in the excerpt, in ascending order.
    places: Vec<(usize, usize)>,
}

impl Builder {
    fn line(&mut self, text: &str, line: &Line, ends: &[usize]) {
        let content = text.get(line.content.clone()).unwrap_or_default();
        let first = ends.partition_point(|&end| end < line.content.start);
        let behind = ends.partition_point(|&end| end < line.next);
        let here = ends.get(first..behind).unwrap_or_default();
        let mut shown_to = line.content.start;
        for part in shown_parts(text, content, line.content.start, here) {
            if part.start > shown_to {
                self.text.push('…');
            }
            for (index, c) in text.get(part.clone()).unwrap_or_default().char_indices() {
                self.note(part.start + index, ends);
                match c {
                    '\t' => self.text.push_str("    "),
                    _ => visible::push(&mut self.text, c),
                }
            }
            shown_to = part.end;
            self.note(shown_to, ends);
        }
        if shown_to < line.content.end {
            self.text.push('…');
        }
        // An end of a label behind the carriage return shows at the end of the line.
        for end in here.iter().filter(|&&end| end > line.content.end) {
            self.places.push((*end, self.text.len()));
        }
    }

    fn note(&mut self, offset: usize, ends: &[usize]) {
        if ends.binary_search(&offset).is_ok() {
            self.places.push((offset, self.text.len()));
        }
    }

    fn place(&self, offset: usize) -> usize {
        let at = self.places.partition_point(|&(from, _)| from < offset);
        self.places.get(at).map_or(self.text.len(), |&(_, to)| to)
    }
}

/// The whole line, or of a long one what lies around the `ends`, merged and in order.
fn shown_parts(text: &str, content: &str, start: usize, ends: &[usize]) -> Vec<Range<usize>> {
    let whole = start..start + content.len();
    if content.chars().nth(LONG).is_none() {
        return vec![whole];
    }
    let mut parts: Vec<Range<usize>> = Vec::new();
    let anchors = if ends.is_empty() { &[start][..] } else { ends };
    for &anchor in anchors {
        let anchor = anchor.min(whole.end);
        let before = text.get(whole.start..anchor).unwrap_or_default();
        let after = text.get(anchor..whole.end).unwrap_or_default();
        let from = before
            .char_indices()
            .rev()
            .nth(AROUND - 1)
            .map_or(whole.start, |(at, _)| whole.start + at);
        let to = after.char_indices().nth(AROUND).map_or(whole.end, |(at, _)| anchor + at);
        match parts.last_mut() {
            Some(last) if from <= last.end => last.end = last.end.max(to),
            _ => parts.push(from..to),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::excerpt;
    use crate::source_map::{SourceFile, SourceMap};

    fn file(text: &str) -> SourceFile {
        let mut sources = SourceMap::new();
        let id = sources.add("a", text);
        sources.file(id).clone()
    }

    fn shown(text: &str, range: std::ops::Range<usize>) -> (usize, String, String) {
        let excerpt = excerpt(&file(text), &[range]);
        let part = excerpt.text[excerpt.ranges[0].clone()].to_owned();
        (excerpt.first_line, excerpt.text, part)
    }

    #[test]
    fn a_label_shows_its_lines() {
        let found = shown("one\r\ntwo\r\nthree\r\n", 5..8);
        assert_eq!(found, (2, "two".into(), "two".into()));
    }

    #[test]
    fn lines_far_from_labels_are_empty() {
        let text = "a\nb\nc\nd\ne\nf\ng\nh";
        let excerpt = excerpt(&file(text), &[0..1, 14..15]);
        assert_eq!(excerpt.text, "a\nb\nc\n\n\nf\ng\nh");
        assert_eq!(&excerpt.text[excerpt.ranges[1].clone()], "h");
    }

    #[test]
    fn tabs_and_controls_move_the_range() {
        let found = shown("\t\x1bx", 2..3);
        assert_eq!(found, (1, "    ␛x".into(), "x".into()));
    }

    #[test]
    fn a_long_line_is_cut_around_the_label() {
        let text = format!("{}needle{}", "a".repeat(1_000_000), "b".repeat(1_000_000));
        let (_, line, part) = shown(&text, 1_000_000..1_000_006);
        assert_eq!(part, "needle");
        assert!(line.starts_with("…a") && line.ends_with("b…") && line.chars().count() < 120);
    }

    #[test]
    fn a_long_label_is_cut_in_its_middle() {
        let text = "x".repeat(10_000);
        let (_, line, part) = shown(&text, 100..9_900);
        assert!(line.chars().count() < 250, "{line}");
        assert_eq!(part.matches('…').count(), 1);
    }

    #[test]
    fn ranges_that_do_not_fit_are_cut() {
        assert_eq!(shown("ü", 1..900).2, "ü");
        assert_eq!(shown("", 5..9), (1, String::new(), String::new()));
        assert_eq!(shown("a\n", 2..2), (2, String::new(), String::new()));
    }
}
