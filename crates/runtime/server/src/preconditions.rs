//! The versions that a request is meant for: `If-Match` and `If-None-Match` (RFC 9110, section 13.1).
//!
//! In come the headers of a request and the version that there is; out goes nothing, or the answer: 412, or 304 where
//! something is read. Versions are compared by what stands in the quotes, be they weak or not, since the versions of OData
//! are weak and are sent back in `If-Match` all the same (OData Protocol 4.01, section 8.2.4).

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use msgraph_core::{Payload, ReadError, ReadMode, Readout, ServiceError};

use crate::call::Context;

/// For which versions of a resource a request is meant. Made by [`Context::preconditions`].
#[derive(Debug, Clone, Copy)]
pub struct Preconditions<'a> {
    headers: &'a HeaderMap,
    is_read: bool,
}

impl Context {
    /// For which versions the request is meant: `context.preconditions().check(thread.etag().as_deref())?`.
    pub fn preconditions(&self) -> Preconditions<'_> {
        Preconditions { headers: &self.headers, is_read: self.is_read }
    }
}

impl Preconditions<'_> {
    /// Whether the request names no version, so that every check passes.
    pub fn is_empty(&self) -> bool {
        ![header::IF_MATCH, header::IF_NONE_MATCH]
            .iter()
            .any(|name| self.headers.contains_key(name))
    }

    /// Goes on where the request is meant for the version `current`, such as `W/"7"`; none where there is nothing yet.
    /// Check before anything is changed, in one transaction with the change.
    ///
    /// # Errors
    /// 412 where it is meant for another version; 304 where it reads and has this version already; 400 where a header
    /// holds no versions.
    pub fn check(&self, current: Option<&str>) -> Result<(), ServiceError> {
        if let Some(wanted) = self.versions(&header::IF_MATCH)?
            && !wanted.include(current)
        {
            return Err(failed("The resource is not in a version that If-Match names."));
        }
        if let Some(known) = self.versions(&header::IF_NONE_MATCH)?
            && known.include(current)
        {
            if self.is_read {
                let etag = current.and_then(|etag| HeaderValue::from_str(etag).ok());
                return Err(ServiceError::described(StatusCode::NOT_MODIFIED, NotModified(etag)));
            }
            return Err(failed("The resource is in a version that If-None-Match names."));
        }
        Ok(())
    }

    fn versions(&self, name: &HeaderName) -> Result<Option<Versions>, ServiceError> {
        let mut lines = self.headers.get_all(name).iter().peekable();
        if lines.peek().is_none() {
            return Ok(None);
        }
        let mut versions = Versions { any: false, named: Vec::new() };
        for line in lines {
            let read = line.to_str().ok().and_then(|line| versions.read(line));
            read.ok_or_else(|| {
                let message = format!("The header {name} holds no versions.");
                ServiceError::bad_request(message).with_target(name.as_str())
            })?;
        }
        Ok(Some(versions))
    }
}

/// The versions that a header names.
struct Versions {
    any: bool,
    /// What stands in the quotes of each.
    named: Vec<String>,
}

impl Versions {
    /// Reads `*`, or versions with commas between them; none where a line holds something else, or nothing. That there may
    /// be nothing between two commas is no fault (RFC 9110, section 5.6.1.2).
    fn read(&mut self, line: &str) -> Option<()> {
        let is_between = |c: char| c == ',' || c.is_whitespace();
        let mut rest = line.trim_matches(is_between);
        if line.trim() == "*" {
            self.any = true;
            return Some(());
        }
        loop {
            let quoted = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"')?;
            let (opaque, behind) = quoted.split_once('"')?;
            self.named.push(opaque.to_owned());
            if behind.is_empty() {
                return Some(());
            }
            rest = behind.trim_start().strip_prefix(',')?.trim_start_matches(is_between);
        }
    }

    fn include(&self, current: Option<&str>) -> bool {
        let Some(current) = current else { return false };
        let opaque = current.strip_prefix("W/").unwrap_or(current).trim_matches('"');
        self.any || self.named.iter().any(|named| named == opaque)
    }
}

fn failed(message: &str) -> ServiceError {
    ServiceError::new(StatusCode::PRECONDITION_FAILED, message)
}

/// No body, and the version that the caller has already.
struct NotModified(Option<HeaderValue>);

impl Payload for NotModified {
    const CONTENT_TYPE: Option<&'static str> = None;

    fn read(_: &[u8], _: ReadMode) -> Result<Readout<Self>, ReadError> {
        Ok(Readout::new(Self(None)))
    }

    fn write(&self, _: &mut Vec<u8>) {}

    fn into_message(self, headers: &mut HeaderMap) -> Bytes {
        headers.extend(self.0.map(|etag| (header::ETAG, etag)));
        Bytes::new()
    }
}

#[cfg(test)]
mod tests {
    use super::{Preconditions, Versions};
    use http::{HeaderMap, HeaderName, HeaderValue, header};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn versions_are_read_as_they_are_written(named in prop::collection::vec("[!#-~]{0,8}", 1..5)) {
            let tags: Vec<String> = named.iter().map(|opaque| format!("W/\"{opaque}\"")).collect();
            let mut versions = Versions { any: false, named: Vec::new() };
            prop_assert!(versions.read(&tags.join(" ,")).is_some());
            prop_assert_eq!(versions.named, named);
        }

        #[test]
        fn any_line_is_read_or_refused(line in "[\"W/,* a]{0,20}") {
            let mut versions = Versions { any: false, named: Vec::new() };
            let is_read = versions.read(&line).is_some();
            prop_assert!(!is_read || versions.any || line.matches('"').count() == 2 * versions.named.len());
        }
    }

    fn status(name: HeaderName, line: &str, is_read: bool, current: Option<&str>) -> u16 {
        let headers = HeaderMap::from_iter([(name, HeaderValue::from_str(line).unwrap())]);
        let checked = Preconditions { headers: &headers, is_read }.check(current);
        checked.map_or_else(|error| error.status.as_u16(), |()| 200)
    }

    #[test]
    fn a_write_goes_on_in_the_version_that_it_is_meant_for() {
        let current = Some("W/\"7,8\"");
        for (line, expected) in [
            ("W/\"7,8\"", 200),
            ("\"7,8\"", 200),
            ("\"a\", W/\"7,8\"", 200),
            ("*", 200),
            ("\"7\"", 412),
            ("W/\"8\",\"x\"", 412),
            ("7,8", 400),
            ("\"7", 400),
            ("\"7\" \"8\"", 400),
            // Elements of a list may be empty.
            (", W/\"7,8\" ,, \"a\",", 200),
            ("\"7\",", 412),
            (",", 400),
            ("", 400),
        ] {
            assert_eq!(status(header::IF_MATCH, line, false, current), expected, "{line}");
        }
        assert_eq!(status(header::IF_MATCH, "*", false, None), 412);
    }

    #[test]
    fn what_is_known_is_not_read_again_and_what_exists_is_not_made_again() {
        let current = Some("\"7\"");
        for (line, read, written) in [("W/\"7\"", 304, 412), ("*", 304, 412), ("\"8\"", 200, 200)] {
            assert_eq!(status(header::IF_NONE_MATCH, line, true, current), read, "{line}");
            assert_eq!(status(header::IF_NONE_MATCH, line, false, current), written, "{line}");
        }
        assert_eq!(status(header::IF_NONE_MATCH, "*", false, None), 200);
    }
}
