//! The requests that came, for a test to look at.
//!
//! Of each are kept its method, its target, its headers without what signs in, the beginning of its body, and the status
//! that it was answered with. The oldest go first.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header};
use serde::Serialize;

/// How many requests are kept.
const MOST: usize = 10_000;
/// How much of a body is kept, in bytes.
pub(crate) const BODY: usize = 64 << 10;

/// A request that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Logged {
    /// Its method.
    pub method: String,
    /// Its path and query, as they were sent.
    pub target: String,
    /// Its headers in their order, without those that sign in; names are in lower case.
    pub headers: Vec<(String, String)>,
    /// The beginning of its body, up to 64 KiB; what is no UTF-8 is replaced.
    pub body: String,
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
    requests: VecDeque<Logged>,
}

impl Log {
    /// Notes a request; its number.
    pub(crate) fn begin(&self, method: &Method, target: &str, headers: &HeaderMap) -> u64 {
        let signs_in = [header::AUTHORIZATION, header::COOKIE, header::PROXY_AUTHORIZATION];
        let headers = headers.iter().filter(|(name, _)| !signs_in.contains(name));
        let text =
            |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let logged = Logged {
            method: method.to_string(),
            target: target.to_owned(),
            headers: headers.map(|(name, value)| (name.to_string(), text(value))).collect(),
            body: String::new(),
            status: None,
        };
        let mut kept = self.kept();
        kept.requests.push_back(logged);
        if kept.requests.len() > MOST {
            kept.requests.pop_front();
            kept.first += 1;
        }
        kept.first + kept.requests.len() as u64 - 1
    }

    /// Notes a part of the body of a request.
    pub(crate) fn body(&self, number: u64, part: &Bytes) {
        self.change(number, |logged| {
            let room = BODY.saturating_sub(logged.body.len()).min(part.len());
            logged.body.push_str(&String::from_utf8_lossy(part.get(..room).unwrap_or_default()));
        });
    }

    /// Notes the status of an answer.
    pub(crate) fn end(&self, number: u64, status: StatusCode) {
        self.change(number, |logged| logged.status = Some(status.as_u16()));
    }

    /// The requests, oldest first.
    pub(crate) fn all(&self) -> Vec<Logged> {
        self.kept().requests.iter().cloned().collect()
    }

    /// Forgets all requests.
    pub(crate) fn clear(&self) {
        let mut kept = self.kept();
        kept.first += kept.requests.len() as u64;
        kept.requests.clear();
    }

    fn change(&self, number: u64, change: impl FnOnce(&mut Logged)) {
        let mut kept = self.kept();
        let index = number.checked_sub(kept.first).and_then(|index| usize::try_from(index).ok());
        // What was forgotten meanwhile stays so.
        if let Some(logged) = index.and_then(|index| kept.requests.get_mut(index)) {
            change(logged);
        }
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

    use super::{BODY, Log, MOST};

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
        assert_eq!(log.all()[0].body.len(), BODY);
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
