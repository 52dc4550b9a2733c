//! The place in the value of an option that is being read, and the bounds of what is read.
//!
//! Words, signs and white space come out, in order; nothing is copied. Every rule that calls itself again goes through
//! [`Cursor::enter`], and everything that is put into a tree through [`Cursor::count`], so that hostile text is
//! refused before it fills the stack or the memory.

use super::malformed::{Malformed, shown};

/// The longest value, in bytes. Graph's own links are about 8,000 characters long at most.
const LONGEST: usize = 32 * 1024;
/// How deep parentheses, `not`, lambdas and options of `$expand` may stand in each other.
const DEEPEST: usize = 32;
/// How many properties, literals, operators and functions one value may have.
const MOST: usize = 4_000;

pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    counted: usize,
    /// How many bytes were read, with the values of parameter aliases as often as they are used.
    length: usize,
    /// A byte, and how many characters are before it: where characters were counted last.
    characters: (usize, usize),
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Result<Self, Malformed> {
        if text.len() > LONGEST {
            let what = format!("the value is longer than {LONGEST} bytes");
            return Err(Malformed::new(0, what));
        }
        Ok(Self { text, at: 0, depth: 0, counted: 0, length: text.len(), characters: (0, 0) })
    }

    /// A cursor over the value of a parameter alias, which is bounded as if the value stood here.
    pub(super) fn over(&self, text: &'a str) -> Result<Self, Malformed> {
        let length = self.length.saturating_add(text.len());
        if length > LONGEST {
            let what = format!("with its aliases the value is longer than {LONGEST} bytes");
            return Err(self.fault(what));
        }
        Ok(Self { text, at: 0, length, characters: (0, 0), ..*self })
    }

    /// Goes on behind what was read by a cursor from [`over`](Self::over).
    pub(super) fn go_on_after(&mut self, alias: &Self) {
        self.counted = alias.counted;
        self.length = alias.length;
    }

    /// The byte that comes next.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The number of the character that the byte `at` begins, from 1. Bytes that are asked about in their order cost no
    /// more than the text is long.
    pub(super) fn character(&mut self, at: usize) -> usize {
        let (from, before) = if at < self.characters.0 { (0, 0) } else { self.characters };
        let passed = self.text.get(from..at).unwrap_or_default().chars().count();
        self.characters = (at, before + passed);
        before + passed + 1
    }

    /// Goes back, or forth, to a place that was given by [`at`](Self::at).
    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The character that comes next.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.rest().is_empty()
    }

    /// Takes white space, if any; tells whether there was some.
    pub(super) fn space(&mut self) -> bool {
        !self.take_while(|c| c == ' ' || c == '\t').is_empty()
    }

    /// Takes `sign` if it comes next.
    pub(super) fn take(&mut self, sign: char) -> bool {
        let is_next = self.peek() == Some(sign);
        if is_next {
            self.at += sign.len_utf8();
        }
        is_next
    }

    /// Takes characters as long as they are `wanted`.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Takes `sign`, which has to come next.
    pub(super) fn expect(&mut self, sign: char) -> Result<(), Malformed> {
        if self.take(sign) { Ok(()) } else { Err(self.expected(&format!("`{sign}`"))) }
    }

    /// A name with its namespace, if any: names with dots between them.
    pub(super) fn qualified_name(&mut self) -> &'a str {
        if self.peek().is_some_and(|c| c.is_ascii_digit()) {
            return "";
        }
        self.take_while(|c| c.is_alphanumeric() || c == '_' || c == '.')
    }

    /// A name: letters, digits and underscores, not beginning with a digit. Empty where there is none.
    pub(super) fn name(&mut self) -> &'a str {
        if self.peek().is_some_and(|c| c.is_ascii_digit()) {
            return "";
        }
        self.take_while(|c| c.is_alphanumeric() || c == '_')
    }

    /// The name that comes next, which is not taken.
    pub(super) fn peek_name(&self) -> &'a str {
        let mut ahead = Self { ..*self };
        ahead.name()
    }

    /// The end of the value.
    pub(super) fn end(&mut self) -> Result<(), Malformed> {
        self.space();
        if self.is_done() { Ok(()) } else { Err(self.expected("the end")) }
    }

    /// Goes one level deeper.
    pub(super) fn enter(&mut self) -> Result<(), Malformed> {
        if self.depth == DEEPEST {
            let what = format!("no more than {DEEPEST} levels may stand in each other");
            return Err(self.fault(what));
        }
        self.depth += 1;
        Ok(())
    }

    /// Comes back from there.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Counts one part of the value.
    pub(super) fn count(&mut self) -> Result<(), Malformed> {
        self.counted += 1;
        if self.counted <= MOST {
            return Ok(());
        }
        Err(self.fault(format!("the value has more than {MOST} parts")))
    }

    /// Something else comes next than what is due.
    pub(super) fn expected(&self, what: &str) -> Malformed {
        let rest = self.rest();
        let length = match rest.find(|c: char| !c.is_alphanumeric() && c != '_') {
            Some(0) => rest.chars().next().map_or(0, char::len_utf8),
            Some(length) => length,
            None => rest.len(),
        };
        let found = match rest.get(..length).unwrap_or_default() {
            "" => "the end".to_owned(),
            found => shown(found),
        };
        self.fault(format!("{what} is expected, not {found}"))
    }

    /// Something is wrong with what comes next.
    pub(super) fn fault(&self, what: impl Into<String>) -> Malformed {
        Malformed::new(self.at, what)
    }
}
