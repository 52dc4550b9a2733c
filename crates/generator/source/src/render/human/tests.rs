//! What a person sees, byte for byte, and what hostile sources cannot make them see.

use proptest::prelude::*;

use super::human;
use crate::catalogue::source::ENCODING;
use crate::{Diagnostic, FileId, SourceMap, Span};

fn sources(texts: &[(&str, &str)]) -> (SourceMap, Vec<FileId>) {
    let mut sources = SourceMap::new();
    let files = texts.iter().map(|(path, text)| sources.add(path, *text)).collect();
    (sources, files)
}

#[test]
fn labels_in_two_texts_with_notes_and_help() {
    let (sources, files) = sources(&[
        ("api/page.md", "# Title\n\nPOST /groups\n"),
        ("v1.csdl", "<a>\n  <b/>\n</a>\n"),
    ]);
    let diagnostic = Diagnostic::new(ENCODING, "the two disagree")
        .label(Span::new(files[0], 9..13), "documented here")
        .label(Span::new(files[1], 6..10), "declared here")
        .note("a fact\nin two lines")
        .help("change one of them");
    let expected = "\
error[source::encoding]: the two disagree
 --> api/page.md:3:1
  |
3 | POST /groups
  | ^^^^ documented here
  |
 ::: v1.csdl:2:3
  |
2 |   <b/>
  |   ---- declared here
  |
  = note: a fact
          in two lines
  = help: change one of them";
    assert_eq!(human(&sources, &diagnostic, false), expected);
}

#[test]
fn lines_very_far_apart_have_excerpts_of_their_own() {
    let text = "x\n".repeat(90_000);
    let (sources, files) = sources(&[("a", &text)]);
    let diagnostic = Diagnostic::new(ENCODING, "m")
        .label(Span::new(files[0], 170_000..170_001), "second")
        .label(Span::new(files[0], 2_000..2_001), "first")
        .label(Span::new(files[0], 2_004..2_005), "first, too");
    let expected = "\
error[source::encoding]: m
     --> a:85001:1
      |
85001 | x
      | ^ second
      |
     ::: a:1001:1
      |
 1001 | x
      | - first
 1002 | x
 1003 | x
      | - first, too";
    assert_eq!(human(&sources, &diagnostic, false), expected);
}

#[test]
fn of_very_many_lines_the_first_is_shown() {
    let text = "xy\n".repeat(90_000);
    let (sources, files) = sources(&[("a", &text)]);
    let diagnostic = Diagnostic::at(ENCODING, Span::new(files[0], 3..text.len()), "m");
    let shown = human(&sources, &diagnostic, false);
    assert!(shown.ends_with("\n2 | xy\n  | ^^"), "{shown}");
}

#[test]
fn lines_far_apart_are_folded_and_numbered_right() {
    let text = "x\n".repeat(3_000);
    let (sources, files) = sources(&[("a", &text)]);
    let diagnostic = Diagnostic::new(ENCODING, "m")
        .label(Span::new(files[0], 5_000..5_001), "second")
        .label(Span::new(files[0], 2_000..2_001), "first");
    let expected = "\
error[source::encoding]: m
    --> a:2501:1
     |
1001 | x
     | - first
...
2501 | x
     | ^ second";
    assert_eq!(human(&sources, &diagnostic, false), expected);
}

#[test]
fn tabs_line_up_and_columns_count_characters() {
    let (sources, files) = sources(&[("a", "\té\tneedle\r\n")]);
    let diagnostic = Diagnostic::at(ENCODING, Span::new(files[0], 4..10), "m");
    let expected = "\
error[source::encoding]: m
 --> a:1:4
  |
1 |     é    needle
  |          ^^^^^^";
    assert_eq!(human(&sources, &diagnostic, false), expected);
}

#[test]
fn a_span_over_lines_shows_its_ends() {
    let (sources, files) = sources(&[("a", "one\ntwo\nthree\n")]);
    let diagnostic = Diagnostic::new(ENCODING, "m").label(Span::new(files[0], 1..10), "all this");
    let expected = "\
error[source::encoding]: m
 --> a:1:2
  |
1 |   one
  |  __^
2 | | two
3 | | three
  | |__^ all this";
    assert_eq!(human(&sources, &diagnostic, false), expected);
}

#[test]
fn the_end_of_a_text_and_an_empty_text_can_be_shown() {
    let (sources, files) = sources(&[("a", "one\n"), ("b", "")]);
    let end = human(&sources, &Diagnostic::at(ENCODING, Span::new(files[0], 4..4), "m"), false);
    assert_eq!(end, "error[source::encoding]: m\n --> a:2:1\n  |\n2 |\n  | ^");
    let empty = human(&sources, &Diagnostic::at(ENCODING, Span::start_of(files[1]), "m"), false);
    assert_eq!(empty, "error[source::encoding]: m\n --> b:1:1\n  |\n1 |\n  | ^");
}

#[test]
fn hostile_text_is_made_visible_everywhere() {
    let hostile = "\u{1b}[31mred\r\u{202e}\u{9b}\u{f8ff}0\u{f8ff}";
    let (sources, files) = sources(&[(hostile, &format!("{hostile}\nnext"))]);
    let diagnostic = Diagnostic::new(ENCODING, format!("{hostile}\nerror: forged"))
        .label(Span::new(files[0], 0..hostile.len()), format!("{hostile}\nforged"))
        .note(format!("{hostile}\nforged"))
        .help(hostile);
    let text = human(&sources, &diagnostic, false);
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    assert!(!text.contains(['\u{202e}', '\u{f8ff}']), "{text}");
    let first = text.lines().next().unwrap();
    let shown = "␛[31mred␍<U+202E><U+009B><U+F8FF>0<U+F8FF>";
    assert_eq!(first, format!("error[source::encoding]: {shown}␊error: forged"));
    assert!(
        !text.lines().any(|line| line.starts_with("forged") || line.starts_with("error: ")),
        "{text}"
    );
    assert!(text.contains(&format!("1 | {shown}\n")), "{text}");
    assert!(text.contains(&format!("--> {shown}:1:1\n")), "{text}");
}

#[test]
fn the_only_escapes_of_styled_output_are_ours() {
    let (sources, files) = sources(&[("a", "\u{1b}[2Jx")]);
    let diagnostic = Diagnostic::at(ENCODING, Span::new(files[0], 0..5), "\u{1b}[2J");
    let text = human(&sources, &diagnostic, true);
    assert!(text.contains("\u{1b}[") && !text.contains("\u{1b}[2J"), "{text:?}");
}

#[test]
fn a_line_of_a_megabyte_is_cut_and_keeps_its_column() {
    let text = format!("{}needle{}", "ab".repeat(500_000), "cd".repeat(500_000));
    let (sources, files) = sources(&[("a", &text)]);
    let message = "m".repeat(1_000_000);
    let diagnostic =
        Diagnostic::new(ENCODING, message).label(Span::new(files[0], 1_000_000..1_000_006), "here");
    let text = human(&sources, &diagnostic, false);
    assert!(text.contains(" --> a:1:1000001\n"), "{text}");
    assert!(text.contains("abneedlecd") && text.len() < 2_000, "{text}");
    let column = |what: &str| text.lines().find_map(|line| line.find(what));
    let caret = column("^^^^^^ here").unwrap();
    let needle = column("needle").unwrap();
    // Before the needle stands an ellipsis of three bytes and one column.
    assert_eq!(caret + 2, needle, "{text}");
}

#[test]
fn many_labels_are_counted() {
    let (sources, files) = sources(&[("a", "x")]);
    let mut diagnostic = Diagnostic::new(ENCODING, "m");
    for _ in 0..1_000 {
        diagnostic = diagnostic.label(Span::new(files[0], 0..1), "again");
    }
    let text = human(&sources, &diagnostic, false);
    assert!(text.contains("= note: 980 more places are not shown"), "{text}");
}

#[test]
fn spans_of_another_map_do_no_harm() {
    let (_, files) = sources(&[("a", "x"), ("b", "y")]);
    let (other, _) = sources(&[]);
    let text = human(&other, &Diagnostic::at(ENCODING, Span::new(files[1], 3..9), "m"), false);
    assert!(text.starts_with("error[source::encoding]: m"), "{text}");
}

proptest! {
    #[test]
    fn nothing_panics_or_steers(
        text in "(\\PC|[\\x00-\\x20\\u{7f}-\\u{9f}\\u{200b}-\\u{202e}\\u{feff}\\u{f8ff}\\r\\n\\t]){0,300}",
        labels in prop::collection::vec((0usize..400, 0usize..400, "(\\PC|[\\x00-\\x20]){0,5}"), 0..6),
        styled: bool,
    ) {
        let (sources, files) = sources(&[("a", &text)]);
        let mut diagnostic = Diagnostic::new(ENCODING, text.clone()).note(text.clone());
        for (start, length, message) in labels {
            diagnostic = diagnostic.label(Span::new(files[0], start..start + length), message);
        }
        let shown = human(&sources, &diagnostic, styled);
        let escapes = if styled { "\n\u{1b}" } else { "\n" };
        prop_assert!(shown.chars().all(|c| !c.is_control() || escapes.contains(c)), "{:?}", shown);
        prop_assert!(!shown.contains(['\u{202e}', '\u{f8ff}', '\u{feff}']), "{:?}", shown);
        let line = super::super::json(&sources, &diagnostic);
        prop_assert!(!line.chars().any(char::is_control));
    }
}
