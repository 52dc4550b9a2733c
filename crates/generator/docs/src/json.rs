//! A tolerant reader of JSON that keeps places and remembers every leniency.
//!
//! Comes in: a range of a text. Goes out: the value that starts there and what strict JSON would
//! have refused, or the place of what no leniency covers. Holds: the leniencies are those of
//! Newtonsoft's reader, which API Doctor uses, and no more; nesting is bounded; each byte is read
//! once. The tokens come from jsonc-parser; the grammar is ours, since that parser does not tell
//! which leniencies it has used, and refuses text behind the value.

use std::ops::Range;

use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};
use msgraph_source::{FileId, Json, JsonKind, JsonMember, Span};

use crate::leniency::Leniency;

/// How deep values may nest.
const DEPTH: usize = 128;

/// A value that could be read.
pub(crate) struct Reading {
    pub(crate) value: Json,
    /// What strict JSON would have refused, and where.
    pub(crate) leniencies: Vec<(Leniency, Span)>,
}

/// Why a text is no JSON even with leniency.
pub(crate) struct Failure {
    pub(crate) message: String,
    pub(crate) span: Span,
    /// The first string that runs over a line end: the likely place of a missing quote.
    pub(crate) suspect: Option<Span>,
}

/// Reads the value at the start of `range` of `text`.
pub(crate) fn read(file: FileId, text: &str, range: Range<usize>) -> Result<Reading, Failure> {
    let part = text.get(range.clone()).unwrap_or_default();
    let bom = if part.starts_with('\u{feff}') { 3 } else { 0 };
    let mut reader = Reader {
        file,
        base: range.start + bom,
        text: part.get(bom..).unwrap_or_default(),
        scanner: Scanner::new(part.get(bom..).unwrap_or_default(), &OPTIONS),
        token: None,
        at: 0..0,
        previous_end: 0,
        leniencies: Vec::new(),
    };
    let value = reader.advance().and_then(|()| reader.value(0));
    match value {
        Ok(value) => {
            reader.trailing_text();
            Ok(Reading { value, leniencies: reader.leniencies })
        }
        Err((message, place)) => Err(Failure {
            message,
            span: reader.span(place),
            suspect: reader
                .leniencies
                .iter()
                .find(|(leniency, _)| *leniency == Leniency::RawNewline)
                .map(|(_, span)| *span),
        }),
    }
}

/// As [`read`], for a text in which a translation has turned the quotes into `&quot;`.
pub(crate) fn read_entities(
    file: FileId,
    text: &str,
    range: Range<usize>,
) -> Option<Result<Reading, Failure>> {
    const ENTITY: &str = "&quot;";
    let part = text.get(range.clone()).unwrap_or_default();
    let first = part.find(ENTITY)?;
    // Every entity becomes a quote and five spaces outside of the string, so that offsets stay.
    let mut decoded = String::with_capacity(part.len());
    let mut rest = part;
    let mut opens = true;
    while let Some(at) = rest.find(ENTITY) {
        decoded.push_str(rest.get(..at).unwrap_or_default());
        decoded.push_str(if opens { "     \"" } else { "\"     " });
        opens = !opens;
        rest = rest.get(at + ENTITY.len()..).unwrap_or_default();
    }
    decoded.push_str(rest);
    let start = range.start;
    let shifted = |mut span: Span| {
        let by = u32::try_from(start).unwrap_or(u32::MAX);
        span.start = span.start.saturating_add(by);
        span.end = span.end.saturating_add(by);
        span
    };
    let place = Span::new(file, start + first..start + first + ENTITY.len());
    Some(match read(file, &decoded, 0..decoded.len()) {
        Ok(mut reading) => {
            shift(&mut reading.value, &shifted);
            for (_, span) in &mut reading.leniencies {
                *span = shifted(*span);
            }
            reading.leniencies.push((Leniency::Entities, place));
            Ok(reading)
        }
        Err(failure) => Err(Failure {
            message: failure.message,
            span: shifted(failure.span),
            suspect: failure.suspect.map(shifted),
        }),
    })
}

/// What Newtonsoft reads and is JSON without loss; the rest would yield numbers that no JSON
/// writer may write.
const OPTIONS: ScannerOptions = ScannerOptions {
    allow_single_quoted_strings: true,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

type Problem = (String, Range<usize>);

struct Reader<'a> {
    file: FileId,
    base: usize,
    text: &'a str,
    scanner: Scanner<'a>,
    token: Option<Token<'a>>,
    at: Range<usize>,
    previous_end: usize,
    leniencies: Vec<(Leniency, Span)>,
}

impl<'a> Reader<'a> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    fn use_leniency(&mut self, leniency: Leniency, range: Range<usize>) {
        let span = self.span(range);
        self.leniencies.push((leniency, span));
    }

    /// Moves to the next token that is no comment.
    fn advance(&mut self) -> Result<(), Problem> {
        self.previous_end = self.at.end;
        loop {
            let before = self.at.end;
            let token = self.scanner.scan().map_err(|error| {
                let range = error.range();
                (lower_first(&error.kind().to_string()), range.start..range.end)
            })?;
            self.at = self.scanner.token_start()..self.scanner.token_end();
            if let Some(gap) = self.text.get(before..self.at.start)
                && !gap.is_ascii()
            {
                self.use_leniency(Leniency::WhiteSpace, before..self.at.start);
            }
            match token {
                Some(Token::CommentLine(_) | Token::CommentBlock(_)) => {
                    self.use_leniency(Leniency::Comment, self.at.clone());
                }
                token => {
                    self.token = token;
                    return Ok(());
                }
            }
        }
    }

    /// The value that the current token starts; afterwards its last token is the current one.
    fn value(&mut self, depth: usize) -> Result<Json, Problem> {
        if depth > DEPTH {
            let message = format!("values nest deeper than {DEPTH} levels");
            return Err((message, self.at.clone()));
        }
        let start = self.at.start;
        let kind = match self.token.take() {
            Some(Token::OpenBrace) => self.object(depth, start)?,
            Some(Token::OpenBracket) => self.array(depth, start)?,
            Some(Token::String(text)) => JsonKind::String(self.string(&text)),
            Some(Token::Number(text)) => JsonKind::Number(text.to_owned()),
            Some(Token::Boolean(value)) => JsonKind::Bool(value),
            Some(Token::Null) => JsonKind::Null,
            token => return Err((unexpected(token.as_ref(), "a value"), self.at.clone())),
        };
        Ok(Json { kind, span: self.span(start..self.at.end) })
    }

    fn object(&mut self, depth: usize, start: usize) -> Result<JsonKind, Problem> {
        let mut members: Vec<JsonMember> = Vec::new();
        self.advance()?;
        loop {
            let name = match self.token.take() {
                Some(Token::CloseBrace) => break,
                Some(Token::String(text)) => self.string(&text),
                Some(Token::Word(word) | Token::Number(word)) => self.bare_name(word),
                Some(Token::Boolean(value)) => self.bare_name(if value { "true" } else { "false" }),
                Some(Token::Null) => self.bare_name("null"),
                None => return Err(unclosed("object", start)),
                token => return Err((unexpected(token.as_ref(), "a name"), self.at.clone())),
            };
            let name_span = self.span(self.at.clone());
            self.advance()?;
            if self.token != Some(Token::Colon) {
                let message = unexpected(self.token.as_ref(), "a colon behind the name");
                return Err((message, self.at.clone()));
            }
            self.advance()?;
            let value = self.value(depth + 1)?;
            members.push(JsonMember { name, name_span, value });
            self.separator(&Token::CloseBrace)?;
        }
        self.find_duplicates(&members);
        Ok(JsonKind::Object(members))
    }

    fn array(&mut self, depth: usize, start: usize) -> Result<JsonKind, Problem> {
        let mut elements = Vec::new();
        self.advance()?;
        while self.token != Some(Token::CloseBracket) {
            if self.token.is_none() {
                return Err(unclosed("array", start));
            }
            elements.push(self.value(depth + 1)?);
            self.separator(&Token::CloseBracket)?;
        }
        Ok(JsonKind::Array(elements))
    }

    /// Moves behind the comma, which may stand before the closing `close` or be missing.
    fn separator(&mut self, close: &Token<'a>) -> Result<(), Problem> {
        self.advance()?;
        match &self.token {
            Some(Token::Comma) => {
                let comma = self.at.clone();
                self.advance()?;
                if self.token.as_ref() == Some(close) {
                    self.use_leniency(Leniency::TrailingComma, comma);
                }
                Ok(())
            }
            None => Ok(()),
            token if token.as_ref() == Some(close) => Ok(()),
            // `007` and `2017-01-01` are no lists.
            _ if self.previous_end < self.at.start => {
                self.use_leniency(Leniency::MissingComma, self.previous_end..self.previous_end);
                Ok(())
            }
            token => Err((unexpected(token.as_ref(), "a comma"), self.at.clone())),
        }
    }

    /// The text of the current string token, with LF line ends.
    fn string(&mut self, value: &str) -> String {
        let at = self.at.clone();
        let raw = self.text.get(at.clone()).unwrap_or_default();
        if raw.starts_with('\'') {
            self.use_leniency(Leniency::SingleQuotes, at.clone());
        }
        if !raw.contains(['\n', '\r']) {
            return value.to_owned();
        }
        self.use_leniency(Leniency::RawNewline, at);
        if raw.contains("\r\n") {
            let text = raw.replace("\r\n", "\n");
            if let Ok(Some(Token::String(value))) = Scanner::new(&text, &OPTIONS).scan() {
                return value.into_owned();
            }
        }
        value.to_owned()
    }

    fn bare_name(&mut self, word: &str) -> String {
        self.use_leniency(Leniency::UnquotedName, self.at.clone());
        word.to_owned()
    }

    fn find_duplicates(&mut self, members: &[JsonMember]) {
        let mut seen = std::collections::BTreeSet::new();
        for member in members {
            if !seen.insert(member.name.as_str()) {
                self.leniencies.push((Leniency::DuplicateName, member.name_span));
            }
        }
    }

    /// Comments and other text behind the value.
    fn trailing_text(&mut self) {
        let mut at = self.at.end;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let start = at + (rest.len() - rest.trim_start().len());
            let rest = rest.trim_start();
            let length = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else {
                if !rest.is_empty() {
                    let end = start + rest.trim_end().len();
                    self.use_leniency(Leniency::TrailingText, start..end);
                }
                return;
            };
            let comment = rest.get(..length).unwrap_or_default().trim_end();
            self.use_leniency(Leniency::Comment, start..start + comment.len());
            at = start + length;
        }
    }
}

fn shift(json: &mut Json, by: &impl Fn(Span) -> Span) {
    json.span = by(json.span);
    match &mut json.kind {
        JsonKind::Array(elements) => elements.iter_mut().for_each(|element| shift(element, by)),
        JsonKind::Object(members) => {
            for member in members {
                member.name_span = by(member.name_span);
                shift(&mut member.value, by);
            }
        }
        _ => {}
    }
}

fn unexpected(token: Option<&Token<'_>>, wanted: &str) -> String {
    match token {
        None => format!("expected {wanted}, found the end"),
        Some(Token::String(_)) => format!("expected {wanted}, found a string"),
        Some(token) => {
            let shown: String = token.as_str().chars().take(20).collect();
            format!("expected {wanted}, found `{shown}`")
        }
    }
}

fn unclosed(what: &str, start: usize) -> Problem {
    (format!("this {what} is never closed"), start..start + 1)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
