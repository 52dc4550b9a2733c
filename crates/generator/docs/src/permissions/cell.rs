//! Cells of permission tables.
//!
//! Comes in: a cell. Goes out: what it grants, or, where it parts its permissions by resource ("For
//! **user** resource: …"), one grant a resource. Holds: commas, line breaks and "or" part
//! alternatives, "and" and "plus" join permissions that are needed together; a cell that could be
//! understood in two ways is not guessed at; time is linear in the length of the cell.

use std::ops::Range;

use crate::lines::trim;
use crate::page::{PermissionGrant, Text};
use crate::tables::plain;

/// What a cell says.
pub(super) enum Cell {
    /// One thing.
    Whole(PermissionGrant),
    /// One thing for each of several resources, in the order of the cell.
    ByResource(Vec<(Text, PermissionGrant)>),
}

/// Why a cell says nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unclear {
    /// It is empty.
    Empty,
    /// It has words that are no permissions.
    Words,
    /// Two permissions stand side by side.
    NoSeparator,
    /// "A, B and C": one of them, or all.
    OneOrAll,
}

/// Reads `cell`.
pub(super) fn read(cell: &Text) -> Result<Cell, Unclear> {
    let lines: Vec<Range<usize>> = lines(&cell.value)
        .into_iter()
        .map(|line| trim(&cell.value, line))
        .filter(|line| !line.is_empty())
        .collect();
    let mut cases: Vec<(Range<usize>, Vec<Range<usize>>)> = Vec::new();
    let mut plain = Vec::new();
    for line in lines {
        match (label(&cell.value, line.clone()), cases.last_mut()) {
            (Some((label, rest)), _) => cases.push((label, vec![rest])),
            (None, Some((_, contents))) => contents.push(line),
            (None, None) => plain.push(line),
        }
    }
    if cases.is_empty() {
        return grant(cell, &plain).map(Cell::Whole);
    }
    if !plain.is_empty() {
        return Err(Unclear::Words);
    }
    let cases = cases.into_iter().map(|(label, contents)| {
        let label = Text::new(slice(&cell.value, &label).to_owned(), place(cell, label));
        Ok((label, grant(cell, &contents)?))
    });
    Ok(Cell::ByResource(cases.collect::<Result<_, _>>()?))
}

/// The resource that a line speaks of, and what it says: "In teams: …", "… for a chat message".
fn label(text: &str, line: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let words = slice(text, &line);
    if let Some(colon) = words.find(':') {
        let (label, rest) = (line.start..line.start + colon, line.start + colon + 1..line.end);
        return Some((trim(text, label), trim(text, rest)));
    }
    const FOR: &str = " for ";
    let at = line.start + words.find(FOR)?;
    Some((trim(text, at + FOR.len()..line.end), trim(text, line.start..at)))
}

/// What `parts` of a cell grant.
fn grant(cell: &Text, parts: &[Range<usize>]) -> Result<PermissionGrant, Unclear> {
    let mut filled = parts.iter().filter(|part| !part.is_empty());
    let (Some(first), second) = (filled.next(), filled.next()) else {
        return Err(Unclear::Empty);
    };
    if second.is_none() {
        let words = plain(slice(&cell.value, first)).to_lowercase();
        match words.trim_end_matches(['.', '*', ' ']) {
            "not supported" | "not applicable" | "not available" | "n/a" | "na" => {
                return Ok(PermissionGrant::NotSupported);
            }
            "none"
            | "none needed"
            | "none required"
            | "no permission needed"
            | "no permission required"
            | "no permissions needed"
            | "no permissions required" => {
                return Ok(PermissionGrant::NoneNeeded);
            }
            _ => {}
        }
    }
    alternatives(cell, parts).map(from_sets)
}

/// Alternatives, of which each may be several permissions.
pub(super) fn from_sets(sets: Vec<Vec<Text>>) -> PermissionGrant {
    if sets.iter().all(|set| set.len() == 1) {
        return PermissionGrant::OneOf(sets.into_iter().flatten().collect());
    }
    PermissionGrant::OneOfSets(sets)
}

/// What stands between the words of a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// A comma or "or": another alternative, or the next of a list that ends in "and".
    Comma,
    /// A semicolon or a line break: another alternative.
    Break,
    /// The next is needed, too.
    And,
}

enum Token<'a> {
    Joint(Joint),
    /// A word, and where it starts.
    Word(&'a str, usize),
}

fn alternatives(cell: &Text, parts: &[Range<usize>]) -> Result<Vec<Vec<Text>>, Unclear> {
    let mut sets: Vec<Vec<Text>> = Vec::new();
    let mut set: Vec<Text> = Vec::new();
    let mut joined = false;
    let mut only_commas = true;
    let tokens = parts.iter().flat_map(|part| {
        std::iter::once(Token::Joint(Joint::Break)).chain(tokens(&cell.value, part.clone()))
    });
    for token in tokens {
        match token {
            Token::Joint(Joint::And) if set.is_empty() && !sets.is_empty() => {
                return Err(Unclear::OneOrAll);
            }
            Token::Joint(Joint::And) if set.is_empty() || joined => return Err(Unclear::Words),
            Token::Joint(Joint::And) => joined = true,
            Token::Joint(_) if joined => return Err(Unclear::Words),
            Token::Joint(joint) => {
                if !set.is_empty() {
                    only_commas &= joint == Joint::Comma;
                    sets.push(std::mem::take(&mut set));
                }
            }
            Token::Word(word, start) => {
                if !is_permission(word) {
                    return Err(Unclear::Words);
                }
                if !set.is_empty() && !joined {
                    return Err(Unclear::NoSeparator);
                }
                joined = false;
                set.push(Text::new(word.to_owned(), place(cell, start..start + word.len())));
            }
        }
    }
    if joined {
        return Err(Unclear::Words);
    }
    // "A, B and C" ends a list as often as it joins its last two.
    let ends_in_and = set.len() > 1 && sets.iter().all(|set| set.len() == 1);
    if ends_in_and && only_commas && !sets.is_empty() {
        return Err(Unclear::OneOrAll);
    }
    if !set.is_empty() {
        sets.push(set);
    }
    if sets.is_empty() { Err(Unclear::Empty) } else { Ok(sets) }
}

/// The words and joints of `part` of `text`.
fn tokens(text: &str, part: Range<usize>) -> impl Iterator<Item = Token<'_>> {
    let mut at = part.start;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..part.end)?;
            let first = rest.chars().next()?;
            let start = at;
            at += first.len_utf8();
            match first {
                ',' => return Some(Token::Joint(Joint::Comma)),
                ';' => return Some(Token::Joint(Joint::Break)),
                '+' | '&' => return Some(Token::Joint(Joint::And)),
                c if c.is_whitespace() => continue,
                _ => {}
            }
            let parts = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '+' | '&');
            let word = rest.get(..rest.find(parts).unwrap_or(rest.len()))?;
            at = start + word.len();
            if word.eq_ignore_ascii_case("or") {
                return Some(Token::Joint(Joint::Comma));
            }
            if word.eq_ignore_ascii_case("and") || word.eq_ignore_ascii_case("plus") {
                return Some(Token::Joint(Joint::And));
            }
            // Code marks, the mark of a footnote, a full stop; of a link its label.
            let label = word.strip_prefix('[').and_then(|rest| rest.split_once("]("));
            let shown = label.map_or(word, |(label, _)| label);
            let shown_at = start + usize::from(label.is_some());
            let name = shown.trim_start_matches(MARKS);
            let name_at = shown_at + (shown.len() - name.len());
            let name = name.trim_end_matches(MARKS);
            if !name.is_empty() {
                return Some(Token::Word(name, name_at));
            }
        }
    })
}

const MARKS: [char; 3] = ['*', '`', '.'];

/// `Group.Read.All`, or one of the few without a dot.
fn is_permission(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    let known = matches!(name, "email" | "offline_access" | "openid" | "profile");
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.split('.').all(is_part)
        && (known || name.contains('.'))
}

/// The lines of a cell: what stands between its `<br>`.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('<') {
        // The tags of a break are short; nothing is searched for beyond them.
        let tag: String =
            text.bytes().skip(at + 1).take(8).map(char::from).take_while(|c| *c != '>').collect();
        let name = tag.trim_matches(['/', ' ']);
        if at >= start && name.eq_ignore_ascii_case("br") && tag.len() < 8 {
            lines.push(start..at);
            start = (at + tag.len() + 2).min(text.len());
        }
    }
    lines.push(start..text.len());
    lines
}

fn slice<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    text.get(range.clone()).unwrap_or_default()
}

/// The place of `range` of `cell`. Where reading the cell has changed its length, that is the cell.
fn place(cell: &Text, range: Range<usize>) -> msgraph_source::Span {
    match cell.span.range().len() == cell.value.len() {
        true => cell.span.slice(range),
        false => cell.span,
    }
}
