//! Paragraphs to lines: broken at spaces, so that no line begins with what Markdown would take for
//! the start of a block.

/// Stands for a space at which a line must not end.
pub(super) const PROTECTED_SPACE: char = '\u{e000}';

/// Lines end before this column where they can; `/// ` and indentation come in front.
const WIDTH: usize = 92;

/// Appends `text`, wrapped; `first` stands in front of the first line, `next` in front of others.
pub(super) fn paragraph(text: &str, first: &str, next: &str, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut columns = 0;
    let mut lead = first;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if !line.is_empty() && columns + 1 + width > WIDTH {
            lines.push(format!("{lead}{}", restore(&line)));
            lead = next;
            line.clear();
            columns = 0;
        }
        if line.is_empty() {
            let word = guard(word);
            columns = word.chars().count();
            line = word;
        } else {
            line.push(' ');
            line.push_str(word);
            columns += 1 + width;
        }
    }
    if !line.is_empty() {
        lines.push(format!("{lead}{}", restore(&line)));
    }
}

/// `text` with ordinary spaces.
pub(super) fn restore(text: &str) -> String {
    text.replace(PROTECTED_SPACE, " ")
}

/// `text` of the planner's own with the spaces in its code spans protected.
pub(super) fn protect_code(text: &str) -> String {
    let mut inside = false;
    text.chars()
        .map(|c| {
            inside ^= c == '`';
            if inside && c == ' ' { PROTECTED_SPACE } else { c }
        })
        .collect()
}

/// `word` such that it can begin a line without beginning a block.
fn guard(word: &str) -> String {
    let only = |marks: &[char]| word.chars().all(|c| marks.contains(&c));
    let starts_block = word.starts_with(['#', '+', '>', '|', '~', '='])
        || only(&['-'])
        || only(&['*'])
        || only(&['_'])
        || word.starts_with("```")
        || word.starts_with("--");
    if starts_block {
        return format!("\\{word}");
    }
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    match word.get(digits..) {
        Some(rest) if digits > 0 && (rest.starts_with('.') || rest.starts_with(')')) => {
            let (number, rest) = word.split_at(digits);
            format!("{number}\\{rest}")
        }
        _ => word.to_owned(),
    }
}
