//! The lines of the sources that a finding is about.
//!
//! In come the labels of a diagnostic, out go [`Place`]s: a file, a line and a column, the lines there
//! and the marked columns in them. Labels that lie close together share a place. Long lines are cut
//! around their marks and what could steer a terminal or a page is made visible, as on a terminal.

use std::ops::Range;

use msgraph_source::{FileId, Label, SourceMap, render};
use serde::Serialize;
use serde::ser::{SerializeTuple, Serializer};

use super::texts::{TextId, Texts};

/// Labels of a finding that are shown.
pub(super) const MOST_LABELS: usize = 20;
/// Lines between two labels that still share a place.
const CLOSE: u32 = 6;
/// Bytes of a label that are marked.
const LONGEST_LABEL: usize = 2_000;
/// Characters of what a label says.
const LONGEST_TEXT: usize = 600;

/// Lines of one file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The file, by its number in the report.
    pub(super) file: usize,
    /// The line of the first label that was given.
    pub(super) line: u32,
    /// Its column.
    pub(super) column: u32,
    /// Numbers and texts of the lines.
    pub(super) lines: Vec<(usize, TextId)>,
    /// What is marked in them.
    pub(super) marks: Vec<Mark>,
}

/// Marked columns of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The index of the line in its place.
    pub(super) line: usize,
    /// UTF-16 units, as scripts count them.
    pub(super) columns: Range<usize>,
    /// Whether it belongs to the primary label.
    pub(super) is_primary: bool,
    /// What is to be seen there.
    pub(super) text: Option<TextId>,
}

/// The places of `labels`; `number` tells the numbers of files.
pub(super) fn places(
    sources: &SourceMap,
    labels: &[Label],
    number: &mut dyn FnMut(FileId) -> usize,
    texts: &mut Texts,
) -> Vec<Place> {
    let shown = labels.get(..labels.len().min(MOST_LABELS)).unwrap_or_default();
    clusters(sources, shown)
        .into_iter()
        .map(|labels| place(sources, &labels, number, texts))
        .collect()
}

/// A label and its number among those of the finding.
type Numbered<'a> = (usize, &'a Label);

/// The labels by file in the order of first mention, within a file by line, those close to each
/// other together.
fn clusters<'a>(sources: &SourceMap, labels: &'a [Label]) -> Vec<Vec<Numbered<'a>>> {
    let mut files: Vec<(FileId, Vec<Numbered<'a>>)> = Vec::new();
    for label in labels.iter().enumerate() {
        match files.iter_mut().find(|(file, _)| *file == label.1.span.file) {
            Some((_, labels)) => labels.push(label),
            None => files.push((label.1.span.file, vec![label])),
        }
    }
    let mut clusters: Vec<Vec<Numbered<'a>>> = Vec::new();
    for (file, mut labels) in files {
        let line = |offset: u32| sources.file(file).position(offset).line;
        labels.sort_by_key(|(_, label)| label.span.start);
        let mut last: Option<u32> = None;
        for label in labels {
            let (first, end) = (line(label.1.span.start), line(end_of(label.1)));
            match clusters.last_mut() {
                Some(cluster) if last.is_some_and(|last| first <= last.saturating_add(CLOSE)) => {
                    cluster.push(label);
                }
                _ => clusters.push(vec![label]),
            }
            last = Some(last.unwrap_or(0).max(end));
        }
    }
    clusters
}

fn end_of(label: &Label) -> u32 {
    u32::try_from(range(label).end).unwrap_or(u32::MAX)
}

/// The bytes of `label`, or of a long one the first.
fn range(label: &Label) -> Range<usize> {
    let range = label.span.range();
    range.start..range.end.min(range.start.saturating_add(LONGEST_LABEL))
}

fn place(
    sources: &SourceMap,
    labels: &[Numbered<'_>],
    number: &mut dyn FnMut(FileId) -> usize,
    texts: &mut Texts,
) -> Place {
    let Some((_, first)) = labels.iter().min_by_key(|(index, _)| *index) else {
        return Place { file: 0, line: 0, column: 0, lines: Vec::new(), marks: Vec::new() };
    };
    let file = sources.file(first.span.file);
    let position = sources.position(first.span);
    let ranges: Vec<Range<usize>> = labels.iter().map(|(_, label)| range(label)).collect();
    let excerpt = render::excerpt(file, &ranges);
    let mut place = Place {
        file: number(first.span.file),
        line: position.line,
        column: position.column,
        lines: Vec::new(),
        marks: Vec::new(),
    };
    let all: Vec<&str> = excerpt.text.split('\n').collect();
    let mut start = 0;
    for (index, &line) in all.iter().enumerate() {
        let end = start + line.len();
        let neighbour =
            |at: Option<usize>| at.and_then(|at| all.get(at)).is_none_or(|l| l.is_empty());
        // Empty lines in a row stand for lines that are far from every label.
        let is_far = line.is_empty()
            && all.len() > 1
            && (neighbour(index.checked_sub(1)) || neighbour(Some(index + 1)));
        if !is_far {
            let shown = place.lines.len();
            place.lines.push((excerpt.first_line + index, texts.id(line)));
            for ((number, label), range) in labels.iter().zip(&excerpt.ranges) {
                let touches = range.start <= end && range.end >= start;
                // The end of a line is no part of what goes on in the next one.
                let is_mere_end =
                    range.start < range.end && (range.start == end || range.end == start);
                if !touches || is_mere_end && !line.is_empty() {
                    continue;
                }
                let column = |offset: usize| {
                    let before = line.get(..offset.clamp(start, end) - start).unwrap_or(line);
                    before.encode_utf16().count()
                };
                let is_last = range.end <= end;
                place.marks.push(Mark {
                    line: shown,
                    columns: column(range.start)..column(range.end),
                    is_primary: *number == 0,
                    text: (is_last && !label.message.is_empty())
                        .then(|| texts.id(&render::line(&label.message, LONGEST_TEXT))),
                });
            }
        }
        start = end + 1;
    }
    place
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(5)?;
        tuple.serialize_element(&self.file)?;
        tuple.serialize_element(&self.line)?;
        tuple.serialize_element(&self.column)?;
        tuple.serialize_element(&self.lines)?;
        tuple.serialize_element(&self.marks)?;
        tuple.end()
    }
}

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let columns = &self.columns;
        let text = self.text.and_then(|text| i64::try_from(text).ok()).unwrap_or(-1);
        let primary = u8::from(self.is_primary);
        (self.line, columns.start, columns.end, primary, text).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, places};
    use crate::report::texts::Texts;
    use msgraph_source::{Label, SourceMap, Span};

    /// The places as texts: the lines with their numbers and marks.
    fn shown(text: &str, ranges: &[(usize, usize)]) -> Vec<Vec<String>> {
        let mut sources = SourceMap::new();
        let file = sources.add("p", text);
        let labels: Vec<Label> = ranges
            .iter()
            .map(|&(start, end)| Label {
                span: Span::new(file, start..end),
                message: "here".into(),
            })
            .collect();
        let mut texts = Texts::default();
        let places = places(&sources, &labels, &mut |_| 0, &mut texts);
        let texts = texts.list();
        let line = |place: &Place, index: usize, number: usize, text: usize| {
            let marks: Vec<String> = place
                .marks
                .iter()
                .filter(|mark| mark.line == index)
                .map(|mark| {
                    format!("{:?}{}", mark.columns, if mark.text.is_some() { "!" } else { "" })
                })
                .collect();
            format!("{number} {} [{}]", texts[text], marks.join(" "))
        };
        let lines = |place: &Place| {
            let lines = place.lines.iter().enumerate();
            lines.map(|(index, &(number, text))| line(place, index, number, text)).collect()
        };
        places.iter().map(lines).collect()
    }

    #[test]
    fn a_label_marks_its_columns() {
        assert_eq!(shown("one\ntwo three\n", &[(8, 13)]), [["2 two three [4..9!]"]]);
        assert_eq!(shown("🙂 x\n", &[(5, 6)]), [["1 🙂 x [3..4!]"]], "UTF-16 units");
        assert_eq!(shown("ab", &[(1, 1)]), [["1 ab [1..1!]"]]);
    }

    #[test]
    fn a_label_over_lines_says_its_text_at_its_end() {
        assert_eq!(
            shown("ab\ncd\nef", &[(1, 7)]),
            [["1 ab [1..2]", "2 cd [0..2]", "3 ef [0..1!]"]]
        );
    }

    #[test]
    fn labels_close_to_each_other_share_a_place() {
        let text = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\n";
        let found = shown(text, &[(4, 5), (0, 1), (26, 27)]);
        assert_eq!(
            found,
            vec![vec!["1 a [0..1!]", "2 b []", "3 c [0..1!]"], vec!["14 n [0..1!]"],]
        );
    }

    #[test]
    fn lines_far_from_both_ends_of_a_label_are_left_out() {
        let text = "x\n".repeat(40);
        let found = shown(&text, &[(0, 79)]);
        let numbers: Vec<&str> =
            found[0].iter().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(numbers, ["1", "2", "3", "38", "39", "40"]);
    }

    #[test]
    fn a_place_outside_of_the_text_is_its_end() {
        assert_eq!(shown("ab", &[(7, 9)]), [["1 ab [2..2!]"]]);
        assert_eq!(
            shown("", &[(0, 0)]),
            [["1   [0..0!]"]].map(|it| it.map(|l| l.replace("  ", " ")))
        );
    }
}
