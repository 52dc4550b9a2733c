//! Text from the network on its way into one log line.
//!
//! Control characters, line separators and characters that turn the direction of text become spaces,
//! runs of spaces one, and a long text is cut.

/// `text` as one short line.
pub(crate) fn line(text: &str, limit: usize) -> String {
    let mut line = String::with_capacity(text.len().min(limit));
    let mut space = false;
    let mut length = 0;
    for character in text.chars() {
        if character.is_whitespace() || is_unprintable(character) {
            space = !line.is_empty();
            continue;
        }
        if length >= limit {
            line.push('…');
            break;
        }
        if space {
            line.push(' ');
            length += 1;
            space = false;
        }
        line.push(character);
        length += 1;
    }
    line
}

fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn breaks_and_bidi_become_one_space() {
        assert_eq!(line(" a\r\n\u{202e}b\u{7}\tc\u{61c}d ", 80), "a b c d");
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(line("ααααα", 3), "ααα…");
        assert_eq!(line("ααα", 3), "ααα");
    }

    #[test]
    fn nothing_stays_nothing() {
        assert_eq!(line("\n\n", 3), "");
    }
}
