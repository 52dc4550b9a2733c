//! Path segments: how an id becomes one segment of an address, and how a server takes it apart again.
//!
//! Whatever an id holds, it stays one segment of the path it is put into, and stays an id: a slash is encoded,
//! and an id that would be read as something else (`..`, `$count`, the function `delta`) goes in parentheses,
//! as in `groups('delta')`.

use std::borrow::Cow;
use std::fmt;

/// An id in a path: either a segment of its own (`/groups/42`) or in parentheses (`/groups('delta')`).
///
/// ```
/// use msgraph_core::path::Key;
///
/// assert_eq!(format!("/groups{}", Key::new("42")), "/groups/42");
/// assert_eq!(format!("/groups{}", Key::new("a/b")), "/groups/a%2Fb");
/// assert_eq!(format!("/groups{}", Key::new("..")), "/groups('..')");
/// assert_eq!(format!("/groups{}", Key::new("$count")), "/groups('%24count')");
/// assert_eq!(format!("/users{}", Key::beside("me2", &["me2"])), "/users('me2')");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    text: String,
}

/// Names that Graph's collections answer to before they look for a key; generated code adds those of its own.
const RESERVED: &[&str] = &["delta", "count", "ref", "value"];

impl Key {
    /// The id `id`.
    pub fn new(id: &str) -> Self {
        Self::beside(id, &[])
    }

    /// The id `id` in a collection on which operations with these names can be called.
    pub fn beside(id: &str, operations: &[&str]) -> Self {
        let mut text = String::with_capacity(id.len() + 5);
        push_key_beside(&mut text, id, operations);
        Self { text }
    }

    /// The text to append to the path of the collection, with the slash where it has one.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl AsRef<str> for Key {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// Appends the id `id` to the path of its collection, as [`Key::new`] has it.
pub fn push_key(path: &mut String, id: &str) {
    push_key_beside(path, id, &[]);
}

/// The same in a collection on which operations with these names can be called, as [`Key::beside`] has it.
pub fn push_key_beside(path: &mut String, id: &str, operations: &[&str]) {
    if would_be_misread(id, operations) {
        path.push_str("('");
        // In parentheses the id is a string literal, whose quotes are doubled.
        encode_into(path, &id.replace('\'', "''"));
        path.push_str("')");
    } else {
        path.push('/');
        encode_into(path, id);
    }
}

/// Whether a segment with this text could be taken for something other than a key.
fn would_be_misread(id: &str, operations: &[&str]) -> bool {
    const NAMESPACE: &str = "microsoft.graph.";
    let is_qualified =
        id.get(..NAMESPACE.len()).is_some_and(|start| start.eq_ignore_ascii_case(NAMESPACE));
    matches!(id, "" | "." | "..")
        || id.starts_with('$')
        // A server decodes before it parses, so that an encoded parenthesis still calls a function.
        || id.bytes().any(|byte| matches!(byte, b'(' | b')'))
        || is_qualified
        || RESERVED
            .iter()
            .chain(operations)
            .any(|name| name.eq_ignore_ascii_case(id))
}

/// Which bytes of an id stand as they are: a table, since each address has several.
const STANDS: [bool; 256] = {
    let mut stands = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        stands[byte as usize] = byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'@' | b'!' | b',' | b'=');
        byte += 1;
    }
    stands
};

/// `text` percent-encoded, so that it is part of one segment.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode_into(&mut out, text);
    out
}

/// Appends `text` percent-encoded: all but letters, digits and the few marks that have no meaning in a path.
pub fn encode_into(out: &mut String, text: &str) {
    const HEX: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let stands = |byte: u8| STANDS.get(usize::from(byte)) == Some(&true);
    let mut rest = text;
    // Ids are nearly always one run that stands as it is.
    while let Some(at) = rest.bytes().position(|byte| !stands(byte)) {
        let (plain, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let mut characters = behind.chars();
        let mut utf8 = [0; 4];
        let character = characters.next().map(|character| &*character.encode_utf8(&mut utf8));
        for byte in character.unwrap_or_default().bytes() {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(HEX.get(usize::from(nibble)).copied().unwrap_or('0'));
            }
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
}

/// A segment with its percent-encoding undone; `None` where the encoding is broken or the result is no UTF-8.
///
/// Decode a path only after it has been split: a decoded segment may hold a slash.
pub fn decode(segment: &str) -> Option<Cow<'_, str>> {
    if !segment.contains('%') {
        return Some(Cow::Borrowed(segment));
    }
    let mut decoded = Vec::with_capacity(segment.len());
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        let byte = if byte == b'%' {
            let high = hex(bytes.next()?)?;
            high << 4 | hex(bytes.next()?)?
        } else {
            byte
        };
        decoded.push(byte);
    }
    String::from_utf8(decoded).ok().map(Cow::Owned)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Takes `groups('delta')` apart into the name and the id. The segment is as it stands in the path, still
/// encoded; the id comes out decoded. `None` where the segment has no key in parentheses.
pub fn key_in_parentheses(segment: &str) -> Option<(&str, String)> {
    let open = segment.find('(')?;
    let name = segment.get(..open)?;
    let inner = segment.get(open + 1..)?.strip_suffix(')')?;
    let inner = decode(inner)?;
    let quoted = inner.strip_prefix('\'')?.strip_suffix('\'')?;
    // A quote that is not doubled ends the literal, so that what follows it is no key.
    if quoted.replace("''", "").contains('\'') || name.is_empty() {
        return None;
    }
    Some((name, quoted.replace("''", "'")))
}
