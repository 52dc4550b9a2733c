//! `$search`: words that what is answered has to do with (URL Conventions, section 5.1.8).
//!
//! Words and phrases are joined by `NOT`, `AND` and `OR`, in capitals, which bind in this order; where there is nothing
//! between two, `AND` is meant. What "has to do with" means is the service's to say, and Graph's services speak
//! several languages within a word or a phrase, so that these are kept as they are, and the whole text is, too.

use std::fmt;

use super::cursor::Cursor;
use super::malformed::Malformed;

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Search {
    /// The text as it was sent, decoded.
    pub text: String,
    /// What it asks for.
    pub condition: SearchCondition,
}

/// A word or a phrase, or several of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SearchCondition {
    /// A word; what stands in quotes in the middle of it is a part of it: `subject:"a b"`.
    Word(String),
    /// What stood in quotes, without them; in it, `\"` is a quote and `\\` is a backslash.
    Phrase(String),
    /// Not this.
    Not(Box<SearchCondition>),
    /// All of these; two at least.
    And(Vec<SearchCondition>),
    /// One of these; two at least.
    Or(Vec<SearchCondition>),
}

impl Search {
    /// The phrase, where nothing else is searched for.
    pub fn phrase(&self) -> Option<String> {
        match &self.condition {
            SearchCondition::Phrase(phrase) => Some(phrase.clone()),
            _ => None,
        }
    }

    /// Its words and phrases, in the order of the text.
    pub fn terms(&self) -> Vec<&str> {
        let mut terms = Vec::new();
        self.condition.collect(&mut terms);
        terms
    }

    /// Whether something fulfils the condition, of which `has` tells whether a word or a phrase has to do with it.
    pub fn holds(&self, mut has: impl FnMut(&str) -> bool) -> bool {
        self.condition.holds(&mut has)
    }
}

impl SearchCondition {
    fn collect<'s>(&'s self, terms: &mut Vec<&'s str>) {
        match self {
            Self::Word(text) | Self::Phrase(text) => terms.push(text),
            Self::Not(part) => part.collect(terms),
            Self::And(parts) | Self::Or(parts) => {
                parts.iter().for_each(|part| part.collect(terms));
            }
        }
    }

    fn holds(&self, has: &mut impl FnMut(&str) -> bool) -> bool {
        match self {
            Self::Word(text) | Self::Phrase(text) => has(text),
            Self::Not(part) => !part.holds(has),
            Self::And(parts) => parts.iter().all(|part| part.holds(has)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(has)),
        }
    }

    fn is_joined(&self) -> bool {
        matches!(self, Self::And(_) | Self::Or(_))
    }
}

impl fmt::Display for SearchCondition {
    /// As it is written in a request, not yet encoded for a URL.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, word) = match self {
            Self::Word(text) => return f.write_str(text),
            Self::Phrase(text) => {
                let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
                return write!(f, "\"{escaped}\"");
            }
            Self::Not(part) if part.is_joined() => return write!(f, "NOT ({part})"),
            Self::Not(part) => return write!(f, "NOT {part}"),
            Self::And(parts) => (parts, " AND "),
            Self::Or(parts) => (parts, " OR "),
        };
        for (index, part) in parts.iter().enumerate() {
            f.write_str(if index > 0 { word } else { "" })?;
            if part.is_joined() { write!(f, "({part})") } else { part.fmt(f) }?;
        }
        Ok(())
    }
}

/// Reads to the end of the value, or of the option in `$expand`.
pub(super) fn read(cursor: &mut Cursor<'_>, is_nested: bool) -> Result<Search, Malformed> {
    let before = cursor.rest();
    let condition = Parser { cursor, is_nested }.or()?;
    cursor.space();
    let length = before.len() - cursor.rest().len();
    let text = before.get(..length).unwrap_or_default().to_owned();
    Ok(Search { text, condition })
}

struct Parser<'p, 'a> {
    cursor: &'p mut Cursor<'a>,
    is_nested: bool,
}

impl Parser<'_, '_> {
    fn or(&mut self) -> Result<SearchCondition, Malformed> {
        let first = self.and()?;
        let mut parts = vec![first];
        while self.takes("OR") {
            parts.push(self.and()?);
        }
        Ok(joined(parts, SearchCondition::Or))
    }

    fn and(&mut self) -> Result<SearchCondition, Malformed> {
        let mut parts = vec![self.not()?];
        while self.takes("AND") || self.begins() {
            parts.push(self.not()?);
        }
        Ok(joined(parts, SearchCondition::And))
    }

    fn not(&mut self) -> Result<SearchCondition, Malformed> {
        self.cursor.space();
        self.cursor.count()?;
        if self.takes("NOT") {
            self.cursor.enter()?;
            let part = self.not()?;
            self.cursor.leave();
            return Ok(SearchCondition::Not(Box::new(part)));
        }
        if self.cursor.take('(') {
            self.cursor.enter()?;
            let part = self.or()?;
            self.cursor.leave();
            self.cursor.space();
            self.cursor.expect(')')?;
            return Ok(part);
        }
        if self.cursor.peek() == Some('"') {
            let phrase = self.phrase()?;
            if self.begins() && !self.cursor.rest().starts_with([' ', '\t', '(']) {
                return Err(self.cursor.expected("a space behind a phrase"));
            }
            return Ok(SearchCondition::Phrase(phrase));
        }
        if !self.begins() || self.peek_word() == "AND" {
            return Err(self.cursor.expected("a word or a phrase in quotes"));
        }
        self.word().map(SearchCondition::Word)
    }

    /// Whether a word, a phrase, `NOT` or a parenthesis comes next, with space in front or without.
    fn begins(&self) -> bool {
        let rest = self.cursor.rest().trim_start_matches([' ', '\t']);
        let ends_nested = self.is_nested && rest.starts_with(';');
        !rest.is_empty() && !rest.starts_with(')') && !ends_nested && self.peek_word() != "OR"
    }

    /// Takes a word that joins, if it comes next.
    fn takes(&mut self, word: &str) -> bool {
        self.cursor.space();
        let is_next = self.peek_word() == word;
        if is_next {
            self.cursor.go_to(self.cursor.at() + word.len());
        }
        is_next
    }

    fn peek_word(&self) -> &str {
        let rest = self.cursor.rest().trim_start_matches([' ', '\t']);
        let ends = |c: char| self.ends_word(c) || c == '"';
        rest.find(ends).map_or(rest, |length| rest.get(..length).unwrap_or_default())
    }

    fn ends_word(&self, c: char) -> bool {
        matches!(c, ' ' | '\t' | '(' | ')') || (self.is_nested && c == ';')
    }

    fn word(&mut self) -> Result<String, Malformed> {
        let rest = self.cursor.rest();
        loop {
            let is_nested = self.is_nested;
            self.cursor.take_while(|c| {
                !(matches!(c, ' ' | '\t' | '(' | ')' | '"') || is_nested && c == ';')
            });
            if self.cursor.peek() != Some('"') {
                let length = rest.len() - self.cursor.rest().len();
                return Ok(rest.get(..length).unwrap_or_default().to_owned());
            }
            self.phrase()?;
        }
    }

    /// What stands in quotes, which have to come next.
    fn phrase(&mut self) -> Result<String, Malformed> {
        let start = self.cursor.at();
        self.cursor.expect('"')?;
        let mut phrase = String::new();
        loop {
            phrase.push_str(self.cursor.take_while(|c| c != '"' && c != '\\'));
            if self.cursor.take('"') {
                return Ok(phrase);
            }
            self.cursor.take('\\');
            let Some(letter) = self.cursor.peek() else {
                return Err(Malformed::new(start, "a phrase has no closing quote"));
            };
            self.cursor.take(letter);
            phrase.push(letter);
        }
    }
}

/// Several parts, or the only one.
fn joined(
    mut parts: Vec<SearchCondition>,
    of: impl FnOnce(Vec<SearchCondition>) -> SearchCondition,
) -> SearchCondition {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            of(parts)
        }
    }
}
