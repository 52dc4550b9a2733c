//! The JSON scanner: steps over borrowed text, value by value, and copies nothing that needs no unescaping.
//!
//! It knows the grammar of RFC 8259 and nothing of types. The engine reads with it instead of with the
//! deserializer of `serde_json`, because it must be able to go back: to keep a mistyped or unknown value as the
//! text it was, and to read members again once a late `@odata.type` tells what they are. Nesting is bounded.

use std::borrow::Cow;

/// The deepest nesting of objects and arrays that is read: what is nested deeper is an error, wherever it stands.
pub const MAX_DEPTH: usize = 128;

/// What is wrong with a text as JSON, and where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) kind: FaultKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// The text breaks the grammar; says what was expected.
    Syntax(&'static str),
    TooDeep,
}

/// What kind of value begins here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Object,
    Array,
    String,
    Number,
    Boolean,
    Null,
}

impl Found {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Null => "null",
        }
    }
}

/// A number as it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number<'a> {
    pub(crate) text: &'a str,
    /// Whether it has neither a fraction nor an exponent.
    pub(crate) is_integer: bool,
}

pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// Takes what is unescaped, so that only what is kept is allocated, once its length is known.
    scratch: String,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        // A byte order mark is not part of the text.
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at, depth: 0, scratch: String::new() }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Goes back, or ahead, to a place where a value begins.
    pub(crate) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    pub(crate) fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or("")
    }

    pub(crate) fn fault<T>(&self, expected: &'static str) -> Result<T, Fault> {
        Err(Fault { at: self.at, kind: FaultKind::Syntax(expected) })
    }

    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or(&[])
    }

    #[inline]
    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    pub(crate) fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Takes `byte` if it comes next.
    #[inline]
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// The kind of the value that begins here.
    #[inline]
    pub(crate) fn found(&self) -> Result<Found, Fault> {
        match self.peek() {
            Some(b'"') => Ok(Found::String),
            Some(b'{') => Ok(Found::Object),
            Some(b'[') => Ok(Found::Array),
            Some(b'-' | b'0'..=b'9') => Ok(Found::Number),
            Some(b'n') => Ok(Found::Null),
            Some(b't' | b'f') => Ok(Found::Boolean),
            _ => self.fault("a value"),
        }
    }

    pub(crate) fn null(&mut self) -> Result<(), Fault> {
        self.word("null")
    }

    pub(crate) fn boolean(&mut self) -> Result<bool, Fault> {
        let value = self.peek() == Some(b't');
        self.word(if value { "true" } else { "false" })?;
        Ok(value)
    }

    fn word(&mut self, word: &'static str) -> Result<(), Fault> {
        if self.rest().starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            self.fault(word)
        }
    }

    pub(crate) fn number(&mut self) -> Result<Number<'a>, Fault> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') && self.digits() == 0 {
            return self.fault("a digit");
        }
        let mut is_integer = true;
        if self.take(b'.') {
            is_integer = false;
            if self.digits() == 0 {
                return self.fault("a digit");
            }
        }
        if self.take(b'e') || self.take(b'E') {
            is_integer = false;
            if !self.take(b'+') {
                self.take(b'-');
            }
            if self.digits() == 0 {
                return self.fault("a digit");
            }
        }
        Ok(Number { text: self.slice(start, self.at), is_integer })
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    /// A string that begins here, unescaped.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        if !self.take(b'"') {
            return self.fault("a string");
        }
        let start = self.at;
        self.plain();
        if self.peek() == Some(b'"') {
            let text = self.slice(start, self.at);
            self.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        self.unescape(start).map(Cow::Owned)
    }

    /// Steps over what stands for itself in a string.
    #[inline]
    fn plain(&mut self) {
        self.at += plain_length(self.rest());
    }

    /// The rest of a string that has escapes; what stands before the first one begins at `start`.
    #[cold]
    fn unescape(&mut self, start: usize) -> Result<String, Fault> {
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        text.push_str(self.slice(start, self.at));
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                Some(_) => return self.fault("no control character in a string"),
                None => return self.fault("the end of the string"),
            }
            let from = self.at;
            self.plain();
            text.push_str(self.slice(from, self.at));
        }
    }

    /// Gives the memory of a string back, once what it holds has been copied.
    #[inline]
    pub(crate) fn reuse(&mut self, text: Cow<'a, str>) {
        if let Cow::Owned(text) = text {
            self.scratch = text;
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let escape = self.peek();
        self.at += usize::from(escape.is_some());
        Ok(match escape {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let first = self.four_digits()?;
                let code = if (0xd800..0xdc00).contains(&first) {
                    let second =
                        if self.take(b'\\') && self.take(b'u') { self.four_digits()? } else { 0 };
                    if !(0xdc00..0xe000).contains(&second) {
                        return self.fault("the second half of a surrogate pair");
                    }
                    0x1_0000 + ((first - 0xd800) << 10 | (second - 0xdc00))
                } else {
                    first
                };
                match char::from_u32(code) {
                    Some(character) => character,
                    None => return self.fault("the first half of a surrogate pair"),
                }
            }
            _ => {
                self.at -= usize::from(escape.is_some());
                return self.fault("an escape");
            }
        })
    }

    fn four_digits(&mut self) -> Result<u32, Fault> {
        let mut value = 0;
        for _ in 0..4 {
            match self.peek().and_then(|byte| char::from(byte).to_digit(16)) {
                Some(digit) => value = value << 4 | digit,
                None => return self.fault("four hexadecimal digits"),
            }
            self.at += 1;
        }
        Ok(value)
    }

    /// Takes the key `name` with its quotes, if it comes next in just this spelling.
    #[inline]
    pub(crate) fn take_key(&mut self, name: &str) -> bool {
        let is_next = self.is_key(name);
        if is_next {
            self.step_over_key(name);
        }
        is_next
    }

    /// Whether the key `name` comes next in just this spelling.
    #[inline]
    pub(crate) fn is_key(&self, name: &str) -> bool {
        let length = name.len();
        self.rest().split_first().is_some_and(|(quote, rest)| {
            *quote == b'"'
                && rest.get(length) == Some(&b'"')
                && rest.get(..length) == Some(name.as_bytes())
        })
    }

    /// Steps over a key that [`is_key`](Self::is_key) has told to come next.
    #[inline]
    pub(crate) fn step_over_key(&mut self, name: &str) {
        self.at += name.len() + 2;
    }

    /// Steps into the object or array that begins here.
    #[inline]
    pub(crate) fn enter(&mut self) -> Result<(), Fault> {
        if self.depth == MAX_DEPTH {
            return Err(Fault { at: self.at, kind: FaultKind::TooDeep });
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Steps to the next member or item of an object or array that `close` ends; `false` at its end.
    #[inline]
    pub(crate) fn next(&mut self, is_first: bool, close: u8) -> Result<bool, Fault> {
        self.skip_space();
        if self.take(close) {
            self.depth -= 1;
            return Ok(false);
        }
        if !is_first {
            if !self.take(b',') {
                return self.fault(if close == b'}' { "`,` or `}`" } else { "`,` or `]`" });
            }
            self.skip_space();
        }
        Ok(true)
    }

    /// Steps over the colon between a key and its value.
    #[inline]
    pub(crate) fn colon(&mut self) -> Result<(), Fault> {
        self.skip_space();
        if !self.take(b':') {
            return self.fault("`:`");
        }
        self.skip_space();
        Ok(())
    }

    /// Steps over a value and gives its text.
    pub(crate) fn skip(&mut self) -> Result<&'a str, Fault> {
        let start = self.at;
        match self.found()? {
            Found::Null => self.null()?,
            Found::Boolean => self.boolean().map(drop)?,
            Found::Number => self.number().map(drop)?,
            Found::String => self.skip_string()?,
            Found::Object => {
                self.enter()?;
                let mut is_first = true;
                while self.next(is_first, b'}')? {
                    is_first = false;
                    self.skip_string()?;
                    self.colon()?;
                    self.skip()?;
                }
            }
            Found::Array => {
                self.enter()?;
                let mut is_first = true;
                while self.next(is_first, b']')? {
                    is_first = false;
                    self.skip()?;
                }
            }
        }
        Ok(self.slice(start, self.at))
    }

    fn skip_string(&mut self) -> Result<(), Fault> {
        // Unescaping checks the escapes as well; strings that have some are rare.
        let text = self.string()?;
        self.reuse(text);
        Ok(())
    }

    /// Holds that nothing but space is left.
    pub(crate) fn end(&mut self) -> Result<(), Fault> {
        self.skip_space();
        if self.peek().is_some() {
            return self.fault("the end of the text");
        }
        Ok(())
    }
}

/// The number of bytes at the start of `bytes` that stand for themselves in a string: up to a quote, a backslash
/// or a control character.
#[inline]
pub(crate) fn plain_length(bytes: &[u8]) -> usize {
    // Most texts are short.
    match special_in_eights(bytes.get(..SHORT).unwrap_or(bytes)) {
        Ok(special) => special,
        Err(SHORT) => plain_length_beyond(bytes),
        Err(plain) => plain_end(bytes, plain),
    }
}

const SHORT: usize = 32;

/// The same of bytes of which the first [`SHORT`] are plain.
fn plain_length_beyond(bytes: &[u8]) -> usize {
    let mut length = SHORT;
    // In steps that the compiler makes instructions over many bytes of,
    for chunk in bytes.get(SHORT..).unwrap_or_default().chunks_exact(SHORT) {
        let is_special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
        if chunk.iter().fold(false, |found, byte| found | is_special(byte)) {
            break;
        }
        length += SHORT;
    }
    // the rest eight bytes at a time again.
    match special_in_eights(bytes.get(length..).unwrap_or_default()) {
        Ok(special) => length + special,
        Err(plain) => plain_end(bytes, length + plain),
    }
}

/// The same of bytes that are plain but for less than eight at their end, which begin at `length`.
#[inline]
fn plain_end(bytes: &[u8], length: usize) -> usize {
    if length == bytes.len() {
        return length;
    }
    // Together with some of what is known to be plain.
    if let Some(last) = bytes.last_chunk::<8>() {
        let plain = special_bytes(*last).trailing_zeros() as usize / 8;
        return bytes.len() - 8 + plain;
    }
    let is_plain = |byte: &&u8| !matches!(**byte, b'"' | b'\\' | 0..0x20);
    bytes.iter().take_while(is_plain).count()
}

/// The place of the first special byte, or how many bytes there are before those that are less than eight.
#[inline]
fn special_in_eights(bytes: &[u8]) -> Result<usize, usize> {
    let mut length = 0;
    for chunk in bytes.chunks_exact(8) {
        let Ok(chunk) = <[u8; 8]>::try_from(chunk) else {
            break;
        };
        let special = special_bytes(chunk);
        if special != 0 {
            return Ok(length + special.trailing_zeros() as usize / 8);
        }
        length += 8;
    }
    Err(length)
}

/// The high bit of each byte that is a quote, a backslash or a control character. Bits above the lowest one set
/// may be wrong, which is why only that one may be looked at; the first byte is the lowest.
#[inline]
fn special_bytes(chunk: [u8; 8]) -> u64 {
    let chunk = u64::from_le_bytes(chunk);
    const ONES: u64 = u64::MAX / 255;
    let equals = |byte: u8| {
        let difference = chunk ^ (ONES * u64::from(byte));
        difference.wrapping_sub(ONES) & !difference
    };
    let below_space = chunk.wrapping_sub(ONES * 0x20) & !chunk;
    (equals(b'"') | equals(b'\\') | below_space) & (ONES * 0x80)
}

/// Whether `text` is a number by the grammar of JSON.
pub(crate) fn is_number(text: &str) -> bool {
    let mut scanner = Scanner { text, at: 0, depth: 0, scratch: String::new() };
    scanner.number().is_ok() && scanner.at == text.len()
}
