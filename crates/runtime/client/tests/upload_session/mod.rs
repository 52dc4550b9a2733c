//! An upload session on loopback: it keeps what arrives, says what it lacks, and breaks connections as a test says.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{answer, header};

/// What becomes of a range.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Put {
    /// It is kept, and the answer says what is lacking.
    Take,
    /// It is kept, and the connection breaks in place of an answer.
    TakeAndBreak,
    /// The connection breaks after this many bytes of it, which are kept.
    BreakAfter(usize),
    /// It is read and not kept: the session refuses.
    Refuse,
    /// It is read and not kept, and something else answers that all is well.
    Page,
}

pub(crate) struct Session {
    pub(crate) base_url: String,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Default)]
struct Kept {
    total: usize,
    bytes: Vec<u8>,
    heads: Vec<String>,
    puts: std::collections::VecDeque<Put>,
}

impl Session {
    /// One for `total` bytes, whose first ranges are treated like this, and all others are taken.
    pub(crate) async fn new(total: usize, puts: impl IntoIterator<Item = Put>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let base_url = format!("http://{}/v1.0", listener.local_addr().expect("an address"));
        let puts = puts.into_iter().collect();
        let kept = Arc::new(Mutex::new(Kept { total, puts, ..Kept::default() }));
        let session = Arc::clone(&kept);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(exchange(stream, Arc::clone(&session)));
            }
        });
        Self { base_url, kept }
    }

    /// All bytes that have arrived.
    pub(crate) fn received(&self) -> Vec<u8> {
        self.kept.lock().expect("no panic").bytes.clone()
    }

    /// The heads of all requests.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.kept.lock().expect("no panic").heads.clone()
    }
}

async fn exchange(mut stream: TcpStream, session: Arc<Mutex<Kept>>) {
    let mut request = Vec::new();
    let body_at = loop {
        if let Some(at) = request.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
            return;
        }
    };
    let head = String::from_utf8_lossy(&request[..body_at]).into_owned();
    let length = header(&head, "content-length").map_or(0, |text| text.parse().expect("a length"));
    let put = {
        let mut session = session.lock().expect("no panic");
        session.heads.push(head.clone());
        let due = if length > 0 { session.puts.pop_front() } else { None };
        due.unwrap_or(Put::Take)
    };
    let wanted = if let Put::BreakAfter(bytes) = put { bytes.min(length) } else { length };
    while request.len() - body_at < wanted {
        if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
            return;
        }
    }
    let body = &request[body_at..body_at + wanted];
    let told = session.lock().expect("no panic").take(&head, body, put);
    match put {
        Put::BreakAfter(_) | Put::TakeAndBreak => drop(stream),
        Put::Refuse => {
            let _ = stream.write_all(answer("403 Forbidden", "{}").as_bytes()).await;
        }
        Put::Page => {
            let _ = stream.write_all(answer("200 OK", "<html>").as_bytes()).await;
        }
        Put::Take => {
            let _ = stream.write_all(told.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    }
}

impl Kept {
    /// Keeps a range where it is the one that is lacking, and says what is lacking then.
    fn take(&mut self, head: &str, body: &[u8], put: Put) -> String {
        let is_put = !body.is_empty();
        if let Some(range) =
            header(head, "content-range").filter(|_| !matches!(put, Put::Refuse | Put::Page))
        {
            let start = range.strip_prefix("bytes ").and_then(|range| range.split_once('-'));
            let start: usize = start.expect("a range").0.parse().expect("a number");
            if start != self.bytes.len() {
                return answer("416 Range Not Satisfiable", "{}");
            }
            self.bytes.extend_from_slice(body);
        }
        match self.total - self.bytes.len() {
            0 if is_put => answer("201 Created", r#"{"id":"7"}"#),
            0 => answer("200 OK", r#"{"nextExpectedRanges":[]}"#),
            _ => {
                let status = if is_put { "202 Accepted" } else { "200 OK" };
                let next = self.bytes.len();
                answer(status, &format!(r#"{{"nextExpectedRanges":["{next}-"]}}"#))
            }
        }
    }
}
