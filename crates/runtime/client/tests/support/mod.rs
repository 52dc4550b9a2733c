//! A service on loopback that answers each connection with what a test says, and tells what it was sent.
//!
//! Answers are raw text, so that they can be as wrong as a network's.

#![allow(dead_code, reason = "each test target uses its part")]

pub(crate) mod log;

use std::future::Future;
use std::sync::{Arc, Mutex};

use msgraph_client::{Client, ClientBuilder, Path, Request, Retry, StaticToken};
use msgraph_core::{Content, Created, Json, NoContent, Operation, Permissions, Spec, Success};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The token of all tests; distinct enough to be searched for.
pub(crate) const TOKEN: &str = "s3cr3t.t0k3n-~+/=";

/// `POST /groups/{group-id}/threads`, with any JSON.
pub(crate) enum CreateThreads {}

impl Operation for CreateThreads {
    const SPEC: Spec = Spec {
        name: "create_conversationthread_from_group",
        method: &http::Method::POST,
        path: "/groups/{group-id}/threads",
        permissions: Permissions::UNDOCUMENTED,
        docs: None,
    };
    type Request = Json;
    type Response = Created<Json>;
}

/// `GET /groups/{group-id}/threads`, with any JSON.
pub(crate) enum ListThreads {}

impl Operation for ListThreads {
    const SPEC: Spec = Spec {
        name: "list_threads",
        method: &http::Method::GET,
        path: "/groups/{group-id}/threads",
        permissions: Permissions::UNDOCUMENTED,
        docs: None,
    };
    type Request = ();
    type Response = Success<Json>;
}

/// `DELETE /groups/{group-id}`.
pub(crate) enum DeleteGroup {}

impl Operation for DeleteGroup {
    const SPEC: Spec = Spec {
        name: "delete_group",
        method: &http::Method::DELETE,
        path: "/groups/{group-id}",
        permissions: Permissions::UNDOCUMENTED,
        docs: None,
    };
    type Request = ();
    type Response = NoContent;
}

/// `GET /groups/{group-id}/photo/$value`.
pub(crate) enum GetPhoto {}

impl Operation for GetPhoto {
    const SPEC: Spec = Spec {
        name: "get_photo",
        method: &http::Method::GET,
        path: "/groups/{group-id}/photo/$value",
        permissions: Permissions::UNDOCUMENTED,
        docs: None,
    };
    type Request = ();
    type Response = Success<Content>;
}

pub(crate) fn photo(client: &Client) -> Request<GetPhoto> {
    Request::new(Path::root(client).segment("groups").key("42").segment("photo"), ())
}

pub(crate) fn json(text: &str) -> Json {
    text.parse().expect("the test's JSON")
}

pub(crate) fn threads(client: &Client) -> Path {
    Path::root(client).segment("groups").key("42").segment("threads")
}

pub(crate) fn create(client: &Client) -> Request<CreateThreads> {
    Request::new(threads(client), json(r#"{"topic":"Lunch"}"#))
}

/// A client of `base_url`.
pub(crate) fn client(base_url: &str) -> ClientBuilder {
    let credential = StaticToken::new(TOKEN);
    Client::builder().base_url(base_url).credential(credential).retry(Retry::never())
}

/// What answers.
pub(crate) struct Service {
    pub(crate) base_url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Service {
    /// Answers every request with `answer` and closes the connection.
    pub(crate) async fn answering(answer: impl Into<Vec<u8>>) -> Self {
        Self::start(vec![answer.into()]).await
    }

    /// Answers the requests with `answers`, one after the other, and all others with the last; `{base}` in them is the
    /// base URL.
    pub(crate) async fn telling(answers: impl IntoIterator<Item = String>) -> Self {
        Self::start(answers.into_iter().map(String::into_bytes).collect()).await
    }

    /// Reads requests and says nothing.
    pub(crate) async fn silent() -> Self {
        Self::start(Vec::new()).await
    }

    async fn start(answers: Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let base_url = format!("http://{}/v1.0", listener.local_addr().expect("an address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let requests = Arc::clone(&seen);
        let base = base_url.clone();
        tokio::spawn(async move {
            let mut answers = answers.into_iter();
            let mut last = None;
            while let Ok((mut stream, _)) = listener.accept().await {
                last = answers.next().map(|answer| based(answer, &base)).or(last);
                let (requests, answer) = (Arc::clone(&requests), last.clone());
                tokio::spawn(async move {
                    let Some(request) = received(&mut stream).await else { return };
                    requests.lock().expect("no panic").push(request);
                    match answer {
                        Some(answer) => {
                            // A client that has read enough may be gone.
                            let _ = stream.write_all(&answer).await;
                            let _ = stream.shutdown().await;
                        }
                        None => std::future::pending().await,
                    }
                });
            }
        });
        Self { base_url, seen }
    }

    /// The requests so far, head and body.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").clone()
    }

    /// The only request.
    pub(crate) fn only(&self) -> String {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "one request: {seen:?}");
        seen.into_iter().next().expect("one request")
    }
}

/// The base URL of a service that reads the head of each request, and then does what it is told with the connection.
pub(crate) async fn doing<W>(what: impl Fn(TcpStream) -> W + Send + 'static) -> String
where
    W: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let base_url = format!("http://{}/v1.0", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            if received(&mut stream).await.is_some() {
                tokio::spawn(what(stream));
            }
        }
    });
    base_url
}

/// The next request, head and body; none where the connection ends before.
async fn received(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    while !is_whole(&request) {
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await {
            Ok(length @ 1..) => request.extend_from_slice(&chunk[..length]),
            _ => return None,
        }
    }
    Some(String::from_utf8_lossy(&request).into_owned())
}

/// An answer in which `{base}` is `base`, and the length is that of the body.
fn based(answer: Vec<u8>, base: &str) -> Vec<u8> {
    let text = match String::from_utf8(answer) {
        Ok(text) if text.contains("{base}") => text.replace("{base}", base),
        Ok(text) => return text.into_bytes(),
        Err(error) => return error.into_bytes(),
    };
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    let head: Vec<&str> =
        head.split("\r\n").filter(|line| !line.starts_with("Content-Length")).collect();
    format!("{}\r\nContent-Length: {}\r\n\r\n{body}", head.join("\r\n"), body.len()).into_bytes()
}

/// An answer with `body` and its length.
pub(crate) fn answer(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().expect("a length"))
}

/// The value of a header in a raw request.
pub(crate) fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let head = request.split("\r\n\r\n").next()?;
    head.lines().skip(1).find_map(|line| {
        let (found, value) = line.split_once(": ")?;
        found.eq_ignore_ascii_case(name).then_some(value)
    })
}
