//! Requests as no client would write them, straight onto a connection, and what comes back.

use std::time::{Duration, Instant};

use msgraph_emulator::Emulator;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Longer than any answer may take, on a slow machine, too.
const LONGEST: Duration = Duration::from_secs(60);

/// Who asks, and where.
#[derive(Debug, Clone)]
pub(crate) struct Wire {
    address: String,
    token: String,
}

/// An answer: its status, its body, and the JSON of that, or null.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) text: String,
    pub(crate) json: Value,
}

impl Answer {
    /// Whether it is an error that says in OData's envelope what the caller did wrong.
    pub(crate) fn is_refusal(&self) -> bool {
        let error = &self.json["error"];
        (400..500).contains(&self.status)
            && error["code"].is_string()
            && error["message"].is_string()
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Wire {
    pub(crate) fn of(emulator: &Emulator) -> Self {
        Self::with_token(emulator, emulator.token())
    }

    pub(crate) fn of_admin(emulator: &Emulator) -> Self {
        Self::with_token(emulator, emulator.admin_token())
    }

    fn with_token(emulator: &Emulator, token: &str) -> Self {
        let url = emulator.url();
        let address = url.strip_prefix("http://").unwrap().to_owned();
        Self { address, token: token.to_owned() }
    }

    pub(crate) async fn get(&self, target: &str) -> Answer {
        self.send("GET", target, "").await
    }

    pub(crate) async fn send(&self, method: &str, target: &str, body: &str) -> Answer {
        let began = Instant::now();
        let sent = tokio::time::timeout(LONGEST, self.exchange(method, target, body)).await;
        // Who computes all the time lets no timer fire.
        let answer = sent.ok().filter(|_| began.elapsed() < LONGEST);
        answer.unwrap_or_else(|| panic!("{method} {target:.200} hangs"))
    }

    async fn exchange(&self, method: &str, target: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        let head = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            self.address,
            self.token,
            body.len()
        );
        // Who is refused early may find the connection closed; the answer is what counts.
        let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer to {method} {target:.200}"));
        let head = String::from_utf8_lossy(&answer[..end]);
        assert!(!head.to_ascii_lowercase().contains("transfer-encoding"), "{head}");
        Answer {
            status: head[9..12].parse().unwrap(),
            text: String::from_utf8_lossy(&answer[end + 4..]).into_owned(),
            json: serde_json::from_slice(&answer[end + 4..]).unwrap_or_default(),
        }
    }
}
