//! Paths as URI references (RFC 3986).
//!
//! In comes a path with `/` between folders, as a text was named; out goes a reference in which every
//! byte that has a meaning of its own is percent-encoded.

use std::fmt::Write as _;

/// The reference, and whether it is relative and stays below its base.
pub(super) fn reference(path: &str) -> (String, bool) {
    let has_drive =
        matches!(path.as_bytes(), [drive, b':', b'/', ..] if drive.is_ascii_alphabetic());
    if has_drive {
        return (format!("file:///{}", encoded(path)), false);
    }
    if path.starts_with('/') {
        return (format!("file://{}", encoded(path)), false);
    }
    let path = path.strip_prefix("./").unwrap_or(path);
    let leaves = path.split('/').any(|segment| segment == "..");
    // A colon in the first segment would end a scheme.
    let first_has_colon = path.split('/').next().is_some_and(|first| first.contains(':'));
    let prefix = if first_has_colon { "./" } else { "" };
    (format!("{prefix}{}", encoded(path)), !leaves)
}

fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'/' | b'-' | b'.' | b'_' | b'~' | b':' | b'@' | b'+' | b',' | b'=' => {
                out.push(char::from(byte));
            }
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn what_has_a_meaning_is_encoded() {
        assert_eq!(
            reference("docs/a b#1%?\n\"ü.md"),
            ("docs/a%20b%231%25%3F%0A%22%C3%BC.md".to_owned(), true)
        );
    }

    #[test]
    fn absolute_paths_are_file_uris() {
        assert_eq!(reference("/a/b c.md"), ("file:///a/b%20c.md".to_owned(), false));
        assert_eq!(reference("C:/a.md"), ("file:///C:/a.md".to_owned(), false));
    }

    #[test]
    fn relative_paths_keep_their_base_unless_they_leave_it() {
        assert_eq!(reference("./a.md"), ("a.md".to_owned(), true));
        assert_eq!(reference("../a.md"), ("../a.md".to_owned(), false));
        assert_eq!(reference("a:b.md"), ("./a:b.md".to_owned(), true));
    }
}
