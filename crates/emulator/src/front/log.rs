//! The requests that came, for a test to look at.
//!
//! Of each are kept its method, its target, its headers without what signs in, the beginning of its body, and the status
//! that it was answered with. There are only so many, and together they have only so many bytes; the oldest go first.
//! Bodies are kept as the bytes that came, and become text when they are looked at: a frame may end within a character.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header};
use serde::Serialize;

/// How many requests are kept.
const MOST: usize = 10_000;
/// How much is kept of all of them, in bytes of what was sent.
const WHOLE: usize = 16 << 20;
/// How much of a body is kept, in bytes.
const BODY: usize = 64 << 10;

/// A request that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Logged {
    /// Its method.
    pub method: String,
    /// Its path and query, as they were sent.
    pub target: String,
    /// Its headers in their order, without those that sign in; names are in lower case, and what is no UTF-8 is replaced.
    pub headers: Vec<(String, String)>,
    /// The beginning of its body, up to 64 KiB, as text.
    pub body: String,
    /// How many bytes of its body came, whether they are kept or not.
    pub body_length: u64,
    /// Whether the body is no UTF-8, so that `body` has U+FFFD in place of what is none.
    pub body_is_lossy: bool,
    /// The status of the answer; none as long as there is none.
    pub status: Option<u16>,
}

/// The log; clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    /// The number of the oldest request that is kept.
    first: u64,
    requests: VecDeque<Entry>,
    /// How many bytes they have together.
    bytes: usize,
}

/// A request as it came.
#[derive(Debug)]
struct Entry {
    method: Method,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    body_length: u64,
    status: Option<StatusCode>,
}

impl Log {
    /// Notes a request; its number.
    pub(crate) fn begin(&self, method: &Method, target: &str, headers: &HeaderMap) -> u64 {
        let signs_in = [header::AUTHORIZATION, header::COOKIE, header::PROXY_AUTHORIZATION];
        let headers = headers.iter().filter(|(name, _)| !signs_in.contains(name));
        let text =
            |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let entry = Entry {
            method: method.clone(),
            target: target.to_owned(),
            headers: headers.map(|(name, value)| (name.to_string(), text(value))).collect(),
            body: Vec::new(),
            body_length: 0,
            status: None,
        };
        let mut kept = self.kept();
        kept.bytes += entry.bytes();
        kept.requests.push_back(entry);
        let number = kept.first + kept.requests.len() as u64 - 1;
        kept.forget();
        number
    }

    /// Notes a part of the body of a request.
    pub(crate) fn body(&self, number: u64, part: &Bytes) {
        let mut kept = self.kept();
        let Some(entry) = kept.entry(number) else { return };
        entry.body_length = entry.body_length.saturating_add(part.len() as u64);
        let room = BODY.saturating_sub(entry.body.len()).min(part.len());
        entry.body.extend_from_slice(part.get(..room).unwrap_or_default());
        kept.bytes += room;
        kept.forget();
    }

    /// Notes the status of an answer.
    pub(crate) fn end(&self, number: u64, status: StatusCode) {
        if let Some(entry) = self.kept().entry(number) {
            entry.status = Some(status);
        }
    }

    /// The requests, oldest first.
    pub(crate) fn all(&self) -> Vec<Logged> {
        self.kept().requests.iter().map(Entry::logged).collect()
    }

    /// Forgets all requests.
    pub(crate) fn clear(&self) {
        let mut kept = self.kept();
        kept.first += kept.requests.len() as u64;
        kept.bytes = 0;
        kept.requests.clear();
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// The request with this number, unless it was forgotten meanwhile.
    fn entry(&mut self, number: u64) -> Option<&mut Entry> {
        let index = usize::try_from(number.checked_sub(self.first)?).ok()?;
        self.requests.get_mut(index)
    }

    /// Forgets the oldest, until the others have room.
    fn forget(&mut self) {
        while self.requests.len() > MOST || self.bytes > WHOLE {
            let Some(oldest) = self.requests.pop_front() else { return };
            self.bytes -= oldest.bytes();
            self.first += 1;
        }
    }
}

impl Entry {
    /// How many bytes of what was sent it keeps.
    fn bytes(&self) -> usize {
        let headers = self.headers.iter().map(|(name, value)| name.len() + value.len());
        let head = self.method.as_str().len() + self.target.len();
        head + self.body.len() + headers.sum::<usize>()
    }

    fn logged(&self) -> Logged {
        let is_cut = self.body_length > self.body.len() as u64;
        let (body, body_is_lossy) = text(&self.body, is_cut);
        Logged {
            method: self.method.to_string(),
            target: self.target.clone(),
            headers: self.headers.clone(),
            body,
            body_length: self.body_length,
            body_is_lossy,
            status: self.status.map(|status| status.as_u16()),
        }
    }
}

/// A body as text, and whether something of it was replaced. What is cut loses the character that was cut.
fn text(bytes: &[u8], is_cut: bool) -> (String, bool) {
    let whole = match std::str::from_utf8(bytes) {
        Err(error) if is_cut && error.error_len().is_none() => bytes.get(..error.valid_up_to()),
        _ => Some(bytes),
    };
    let text = String::from_utf8_lossy(whole.unwrap_or_default());
    let is_lossy = matches!(text, std::borrow::Cow::Owned(_));
    (text.into_owned(), is_lossy)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

    use super::{BODY, Log, MOST, WHOLE};

    #[test]
    fn what_signs_in_is_not_kept() {
        let log = Log::default();
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer secret"));
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        let number = log.begin(&Method::GET, "/v1.0/groups?$top=1", &headers);
        log.end(number, StatusCode::OK);
        let all = log.all();
        assert_eq!(all[0].headers, [("accept".to_owned(), "application/json".to_owned())]);
        assert_eq!((all[0].target.as_str(), all[0].status), ("/v1.0/groups?$top=1", Some(200)));
    }

    #[test]
    fn a_long_body_is_kept_as_far_as_there_is_room() {
        let log = Log::default();
        let number = log.begin(&Method::POST, "/", &HeaderMap::new());
        for _ in 0..3 {
            log.body(number, &Bytes::from(vec![b'x'; BODY / 2]));
        }
        let all = log.all();
        assert_eq!((all[0].body.len(), all[0].body_length), (BODY, 3 * BODY as u64 / 2));
    }

    #[test]
    fn all_together_have_room_and_the_oldest_go_first() {
        let log = Log::default();
        let target = format!("/{}", "x".repeat(BODY - "POST/".len()));
        let full = 2 * BODY;
        for _ in 0..WHOLE / full {
            let number = log.begin(&Method::POST, &target, &HeaderMap::new());
            log.body(number, &Bytes::from(vec![b'x'; BODY]));
        }
        assert_eq!(log.all().len(), WHOLE / full);
        let last = log.begin(&Method::GET, "/last", &HeaderMap::new());
        assert_eq!(log.all().len(), WHOLE / full, "the first made room");
        log.body(last, &Bytes::from_static(b"x"));
        let all = log.all();
        assert_eq!(all.last().map(|one| one.body.as_str()), Some("x"));
        let kept = |one: &super::Logged| one.target.len() + one.body.len();
        assert!(all.iter().map(kept).sum::<usize>() <= WHOLE);
        log.clear();
        assert_eq!(log.kept().bytes, 0);
    }

    #[test]
    fn a_long_method_takes_room_too() {
        let log = Log::default();
        let method = Method::from_bytes(&vec![b'X'; BODY]).unwrap();
        for _ in 0..2 * WHOLE / BODY {
            log.begin(&method, "/", &HeaderMap::new());
        }
        assert!(log.all().iter().map(|one| one.method.len()).sum::<usize>() <= WHOLE);
    }

    #[test]
    fn a_character_between_two_frames_is_whole() {
        let log = Log::default();
        let number = log.begin(&Method::POST, "/", &HeaderMap::new());
        let flower = "\u{1F33B}ü".as_bytes();
        for part in [&flower[..2], &flower[2..5], &flower[5..]] {
            log.body(number, &Bytes::from_static(part));
        }
        let all = log.all();
        assert_eq!((all[0].body.as_str(), all[0].body_is_lossy), ("\u{1F33B}ü", false));
    }

    #[test]
    fn what_is_no_utf8_is_replaced_and_told() {
        let log = Log::default();
        for (sent, text) in [(&b"a\xffb"[..], "a\u{fffd}b"), (b"a\xc3", "a\u{fffd}")] {
            let number = log.begin(&Method::POST, "/", &HeaderMap::new());
            log.body(number, &Bytes::from_static(sent));
            let all = log.all();
            let last = all.last().map(|one| (one.body.as_str(), one.body_is_lossy));
            assert_eq!(last, Some((text, true)));
        }
    }

    #[test]
    fn a_body_that_is_cut_within_a_character_loses_that_one_alone() {
        let log = Log::default();
        let number = log.begin(&Method::POST, "/", &HeaderMap::new());
        log.body(number, &Bytes::from(format!("x{}", "ü".repeat(BODY))));
        let all = log.all();
        assert_eq!((all[0].body.len(), all[0].body_is_lossy), (BODY - 1, false));
    }

    #[test]
    fn the_oldest_are_forgotten_and_the_others_keep_their_numbers() {
        let log = Log::default();
        let first = log.begin(&Method::GET, "/first", &HeaderMap::new());
        for _ in 0..MOST - 1 {
            log.begin(&Method::GET, "/more", &HeaderMap::new());
        }
        let last = log.begin(&Method::GET, "/last", &HeaderMap::new());
        log.end(first, StatusCode::OK);
        log.end(last, StatusCode::CREATED);
        let all = log.all();
        assert_eq!(all.len(), MOST);
        assert_eq!((all[0].target.as_str(), all[0].status), ("/more", None));
        assert_eq!(all.last().and_then(|one| one.status), Some(201));
        log.clear();
        log.end(last, StatusCode::OK);
        assert!(log.all().is_empty());
    }
}
