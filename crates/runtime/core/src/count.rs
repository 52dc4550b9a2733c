//! How many there are: what `$count` answers, a number as plain text.
//!
//! Services put a byte order mark before it; a reader takes it off. What a writer writes is digits alone.

use crate::{Payload, ReadError, ReadErrorKind, ReadMode, Readout};
use std::fmt;

/// The number of items of a collection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(pub u64);

impl Payload for Count {
    const CONTENT_TYPE: Option<&'static str> = Some("text/plain");

    fn read(bytes: &[u8], _: ReadMode) -> Result<Readout<Self>, ReadError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii();
        let digits = std::str::from_utf8(bytes).ok().filter(|text| !text.starts_with('+'));
        let count = digits.and_then(|text| text.parse().ok());
        let invalid = || ReadError::whole(ReadErrorKind::Invalid { expected: "a count" });
        count.map(|count| Readout::new(Self(count))).ok_or_else(invalid)
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.to_string().as_bytes());
    }
}

impl From<u64> for Count {
    fn from(count: u64) -> Self {
        Self(count)
    }
}

impl From<Count> for u64 {
    fn from(count: Count) -> Self {
        count.0
    }
}

impl PartialEq<u64> for Count {
    fn eq(&self, other: &u64) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
