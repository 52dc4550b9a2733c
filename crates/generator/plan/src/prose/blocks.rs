//! Prose to blocks: paragraphs, list items, code. Everything else becomes one of these: a heading
//! and a quote become paragraphs, an indented code block too, since rustdoc would compile it.

use super::{Prose, inline, wrap};

/// A block of prose, its text not yet sanitised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Running text.
    Paragraph(String),
    /// An item of a list, without its bullet.
    Item(String),
    /// The lines between two fences.
    Code(Vec<String>),
}

impl Block {
    /// Appends the sanitised lines of the block, with an empty line in front where it needs one.
    pub(super) fn write(&self, prose: Prose<'_>, first: bool, lines: &mut Vec<String>) {
        let follows_item =
            lines.last().is_some_and(|line| line.starts_with("- ") || line.starts_with("  "));
        let mut body = Vec::new();
        match self {
            Self::Paragraph(text) => {
                wrap::paragraph(&inline::sanitise(text, prose), "", "", &mut body);
            }
            Self::Item(text) => {
                wrap::paragraph(&inline::sanitise(text, prose), "- ", "  ", &mut body);
            }
            Self::Code(code) => write_code(code, &mut body),
        }
        let continues = matches!(self, Self::Item(_)) && follows_item;
        if !body.is_empty() && !first && !lines.is_empty() && !continues {
            lines.push(String::new());
        }
        lines.append(&mut body);
    }

    /// The text, where this is a paragraph.
    pub(super) fn into_paragraph(self) -> Option<String> {
        match self {
            Self::Paragraph(text) => Some(text),
            Self::Item(_) | Self::Code(_) => None,
        }
    }
}

/// Splits `markdown`, which may hold anything.
pub(super) fn split(markdown: &str) -> Vec<Block> {
    let text = clean(markdown);
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let trimmed = line.trim().trim_start_matches('>').trim_start();
        if let Some(fence) = fence_of(trimmed) {
            blocks.extend(open.take());
            let code = lines
                .by_ref()
                .take_while(|line| !closes(line.trim(), fence))
                .map(str::to_owned)
                .collect();
            blocks.push(Block::Code(code));
        } else if trimmed.is_empty() || is_rule(trimmed) {
            blocks.extend(open.take());
        } else if let Some(text) = heading_of(trimmed) {
            blocks.extend(open.take());
            blocks.push(Block::Paragraph(text.to_owned()));
        } else if let Some(text) = item_of(trimmed) {
            blocks.extend(open.replace(Block::Item(text.to_owned())));
        } else {
            match &mut open {
                Some(Block::Paragraph(text) | Block::Item(text)) => {
                    text.push(' ');
                    text.push_str(trimmed);
                }
                _ => open = Some(Block::Paragraph(trimmed.to_owned())),
            }
        }
    }
    blocks.extend(open);
    blocks
}

/// `text` with one kind of line end and of space, without comments and without characters that are
/// not seen or turn the reading direction.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let out = out.replace("\r\n", "\n");
    out.chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            // A space of another kind, or the sentinel that protects spaces in code.
            '\t'
            | '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}' => Some(' '),
            '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' => None,
            '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}' => None,
            wrap::PROTECTED_SPACE => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// The fence that `line` opens: its character and length.
fn fence_of(line: &str) -> Option<(char, usize)> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|&c| c == mark).count();
    let info = line.get(length..).unwrap_or_default();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}

fn closes(line: &str, (mark, length): (char, usize)) -> bool {
    line.chars().count() >= length && line.chars().all(|c| c == mark)
}

fn is_rule(line: &str) -> bool {
    ['-', '*', '_', '=']
        .iter()
        .any(|&mark| line.len() >= 3 && line.chars().all(|c| c == mark || c == ' '))
}

fn heading_of(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with(' '))
        .then(|| text.trim().trim_end_matches('#').trim_end())
}

/// The text of a list item, bulleted or numbered.
fn item_of(line: &str) -> Option<&str> {
    if let Some(rest) = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)) {
        return Some(rest.trim_start()).filter(|rest| !rest.is_empty());
    }
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = line.get(digits..)?;
    let rest = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "))?;
    ((1..=3).contains(&digits) && !rest.trim().is_empty()).then(|| rest.trim_start())
}

/// Code as text that rustdoc does not run, in a fence longer than any run of backticks inside.
fn write_code(code: &[String], lines: &mut Vec<String>) {
    let run = code
        .iter()
        .flat_map(|line| line.split(|c| c != '`').map(str::len))
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(run.saturating_add(1).max(3));
    lines.push(format!("{fence}text"));
    lines.extend(code.iter().map(|line| line.trim_end().replace("*/", "* /")));
    lines.push(fence);
}
