//! Makes text from the inputs harmless to look at.
//!
//! In comes any character, out goes what shows it: itself, the picture of a control character, or
//! its number. Holds: no escape sequence, no carriage return, nothing of Unicode that reorders,
//! hides or joins text gets through, so that a source can neither steer a terminal nor forge a line.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether `c` shows as itself and moves nothing.
pub(super) fn is_harmless(c: char) -> bool {
    match c {
        ' '..='~' => true,
        '\0'..='\u{9f}' => false,
        // Soft hyphen, joiners, Arabic letter mark and other characters without a width.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => {
            false
        }
        '\u{180b}'..='\u{180f}' | '\u{3164}' | '\u{ffa0}' => false,
        // Zero-width and bidirectional controls, line and paragraph separators, invisible operators.
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => false,
        // Variation selectors, byte order mark, interlinear annotation, tags.
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' => false,
        '\u{e0000}'..='\u{e0fff}' => false,
        // Private use: a terminal's own glyphs, and the mark that stands for a path while rendering.
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => false,
        _ => true,
    }
}

/// Appends what shows `c`.
pub(super) fn push(out: &mut String, c: char) {
    match c {
        _ if is_harmless(c) => out.push(c),
        '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
        '\u{7f}' => out.push('\u{2421}'),
        _ => {
            // Writing to a string cannot fail.
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        }
    }
}

/// One line of at most `most` characters that shows `text`.
pub fn line(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most && text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    for (shown, c) in text.chars().enumerate() {
        if shown == most {
            out.push('…');
            break;
        }
        push(&mut out, c);
    }
    Cow::Owned(out)
}

/// As [`line()`], but line feeds stay: for notes, whose further lines are shown indented.
pub fn lines(text: &str, most: usize) -> String {
    let mut left = most;
    let mut out = String::new();
    for (index, part) in text.split('\n').enumerate() {
        if left == 0 {
            break;
        }
        if index > 0 {
            out.push('\n');
        }
        let part = part.strip_suffix('\r').unwrap_or(part);
        out.push_str(&line(part, left));
        left = left.saturating_sub(part.chars().count() + 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{line, lines};

    #[test]
    fn plain_text_is_left_alone() {
        assert_eq!(line("größe 表 🙂", 100), "größe 表 🙂");
    }

    #[test]
    fn controls_are_shown() {
        assert_eq!(line("a\x1b[31m\r\n\t\x7f", 100), "a␛[31m␍␊␉␡");
        assert_eq!(line("\u{9b}31m", 100), "<U+009B>31m");
    }

    #[test]
    fn what_reorders_or_hides_is_numbered() {
        assert_eq!(line("\u{202e}\u{200b}\u{feff}", 100), "<U+202E><U+200B><U+FEFF>");
        assert_eq!(line("\u{e0041}", 100), "<U+E0041>");
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(line("abcdef", 3), "abc…");
        assert_eq!(lines("ab\r\ncdef", 5), "ab\ncd…");
    }
}
