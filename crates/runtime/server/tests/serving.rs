//! Serving over loopback: slow connections, many of them, and the end of it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::future::Future as _;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame};
use msgraph_core::{Json, ServiceError, Success};
use msgraph_server::{Context, RoutesService, Serve, StaticTokens, serve};
use support::{Echo, Threads, json, read, request, routes, send};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

const GET: &str = "GET /v1.0/groups/1/threads/2";

/// A server that ends when the sender sends or is dropped.
struct Served {
    address: String,
    end: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

type Serving<S> = Serve<RoutesService<S, StaticTokens>>;

async fn served<S: Threads>(service: S, set: impl FnOnce(Serving<S>) -> Serving<S>) -> Served {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let serve = set(serve(listener, routes(service).into_service()));
    let (end, ended) = oneshot::channel();
    let running = tokio::spawn(serve.until(async {
        let _ = ended.await;
    }));
    Served { address, end, running }
}

/// A handler that tells when it is called, and answers when it is let.
#[derive(Clone, Default)]
struct Held {
    called: Arc<Notify>,
    let_go: Arc<Notify>,
}

impl Threads for Held {
    async fn get(&self, _: String, _: String, _: Context) -> Result<Success<Json>, ServiceError> {
        self.called.notify_one();
        self.let_go.notified().await;
        Ok(Success(json("1")))
    }
}

#[tokio::test]
async fn a_thousand_slow_connections_keep_nobody_from_an_answer_and_are_closed_in_time() {
    let served = served(Echo, |serve| serve.header_timeout(Duration::from_secs(2))).await;
    let mut slow = Vec::new();
    for index in 0..1000 {
        let mut stream = TcpStream::connect(&served.address).await.expect("a connection");
        // Some say nothing, some a part of a head.
        let part =
            if index % 2 == 0 { "" } else { "GET /v1.0/policies HTTP/1.1\r\nHost: a\r\nX: " };
        stream.write_all(part.as_bytes()).await.expect("sent");
        slow.push(stream);
    }
    for _ in 0..10 {
        assert_eq!(send(&served.address, &request(GET, &[], "")).await.status, 200);
    }
    for mut stream in slow {
        let mut rest = Vec::new();
        // What ends this is that the server closes the connection.
        let _ = stream.read_to_end(&mut rest).await;
        assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "{rest:?}");
    }
}

/// A handler whose answer is more than what the system takes of it before anyone reads.
struct Long;

impl Threads for Long {
    async fn get(&self, _: String, _: String, _: Context) -> Result<Success<Json>, ServiceError> {
        Ok(Success(json(&format!("\"{}\"", "a".repeat(32 << 20)))))
    }
}

#[tokio::test]
async fn who_does_not_take_an_answer_holds_no_connection() {
    let time = Duration::from_millis(200);
    let served = served(Long, |serve| serve.connection_limit(1).write_timeout(time)).await;
    let mut first = TcpStream::connect(&served.address).await.expect("a connection");
    first.write_all(request(GET, &[], "").as_bytes()).await.expect("sent");
    // There is one place, which the first has to lose.
    let health = request("GET /health", &[], "");
    let second = send(&served.address, &health);
    let second = tokio::time::timeout(Duration::from_secs(10), second).await;
    assert_eq!(second.expect("the place is free again").status, 200);
    let mut taken = Vec::new();
    let _ = first.read_to_end(&mut taken).await;
    assert!(taken.len() < 32 << 20, "all of it was sent: {}", taken.len());
}

#[tokio::test]
async fn a_connection_that_idles_after_an_answer_is_closed_in_time() {
    let time = Duration::from_millis(100);
    let served = served(Echo, |serve| serve.header_timeout(time)).await;
    let mut stream = TcpStream::connect(&served.address).await.expect("a connection");
    let kept = request(GET, &[], "").replace("Connection: close\r\n", "");
    stream.write_all(kept.as_bytes()).await.expect("sent");
    let mut all = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut all)).await;
    ended.expect("it is closed").expect("in order");
    assert!(all.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&all));
}

/// The body of an answer that comes when it is let.
#[derive(Debug)]
struct Late(Option<oneshot::Receiver<Bytes>>);

impl Body for Late {
    type Data = Bytes;
    type Error = oneshot::error::RecvError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let Some(bytes) = &mut self.0 else { return Poll::Ready(None) };
        let bytes = std::task::ready!(Pin::new(bytes).poll(context));
        self.0 = None;
        Poll::Ready(Some(bytes.map(Frame::data)))
    }
}

#[tokio::test]
async fn how_long_an_answer_takes_to_be_made_is_no_concern_of_the_header_timeout() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let (called, mut is_called) = mpsc::unbounded_channel();
    let service = tower::service_fn(move |_| {
        let (answer, answered) = oneshot::channel();
        called.send(answer).expect("the test goes on");
        async { Ok::<http::Response<Late>, Infallible>(answered.await.expect("an answer")) }
    });
    let serve = serve(listener, service).header_timeout(Duration::from_millis(50));
    tokio::spawn(serve.until(std::future::pending()));
    // One that asks nothing is closed when the time is over.
    let is_over = async || {
        let mut idle = TcpStream::connect(&address).await.expect("a connection");
        assert_eq!(idle.read_to_end(&mut Vec::new()).await.expect("in order"), 0);
    };
    let mut stream = TcpStream::connect(&address).await.expect("a connection");
    stream.write_all(request(GET, &[], "").as_bytes()).await.expect("sent");
    let answer = is_called.recv().await.expect("it is called");
    is_over().await;
    let (late, body) = oneshot::channel();
    answer.send(http::Response::new(Late(Some(body)))).expect("it waits for the answer");
    is_over().await;
    late.send(Bytes::from_static(b"late")).expect("it waits for the body");
    let mut all = String::new();
    stream.read_to_string(&mut all).await.expect("in order");
    assert!(all.starts_with("HTTP/1.1 200") && all.contains("late"), "{all}");
}

#[tokio::test]
async fn what_is_being_answered_is_answered_before_the_end() {
    let held = Held::default();
    let served = served(held.clone(), |serve| serve).await;
    let mut stream = TcpStream::connect(&served.address).await.expect("a connection");
    stream.write_all(request(GET, &[], "").as_bytes()).await.expect("sent");
    held.called.notified().await;
    served.end.send(()).expect("it runs");
    // Nothing more is accepted, once the listener is gone.
    while TcpStream::connect(&served.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!served.running.is_finished());
    held.let_go.notify_one();
    assert_eq!(read(stream).await.status, 200);
    served.running.await.expect("it ended");
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_up_the_end() {
    let served = served(Echo, |serve| serve).await;
    let mut stream = TcpStream::connect(&served.address).await.expect("a connection");
    let raw = request("HEAD /v1.0/policies", &[], "").replace("Connection: close\r\n", "");
    stream.write_all(raw.as_bytes()).await.expect("sent");
    let mut head = [0; 15];
    stream.read_exact(&mut head).await.expect("an answer");
    assert!(head.starts_with(b"HTTP/1.1 "), "{head:?}");
    served.end.send(()).expect("it runs");
    let ended = tokio::time::timeout(Duration::from_secs(10), served.running).await;
    ended.expect("it ends at once").expect("it ended");
}

#[tokio::test]
async fn what_is_not_answered_within_the_grace_is_cut_off() {
    let held = Held::default();
    let served = served(held.clone(), |serve| serve.grace(Duration::from_millis(50))).await;
    let mut stream = TcpStream::connect(&served.address).await.expect("a connection");
    stream.write_all(request(GET, &[], "").as_bytes()).await.expect("sent");
    held.called.notified().await;
    served.end.send(()).expect("it runs");
    served.running.await.expect("it ended");
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(rest.is_empty(), "{rest:?}");
}

#[tokio::test]
async fn a_connection_beyond_the_limit_waits_for_another_to_end() {
    let held = Held::default();
    let served = served(held.clone(), |serve| serve.connection_limit(1)).await;
    let mut first = TcpStream::connect(&served.address).await.expect("a connection");
    first.write_all(request(GET, &[], "").as_bytes()).await.expect("sent");
    held.called.notified().await;
    let mut second = TcpStream::connect(&served.address).await.expect("a connection");
    second.write_all(request(GET, &[], "").as_bytes()).await.expect("sent");
    let called = tokio::time::timeout(Duration::from_millis(100), held.called.notified()).await;
    assert!(called.is_err(), "the second is answered beside the first");
    held.let_go.notify_one();
    assert_eq!(read(first).await.status, 200);
    held.called.notified().await;
    held.let_go.notify_one();
    assert_eq!(read(second).await.status, 200);
}

#[tokio::test]
async fn whether_it_lives_is_told_to_strangers_and_nothing_else_is() {
    let served = served(Echo, |serve| serve).await;
    let ask = |line: &str| format!("{line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    for line in ["GET /health", "HEAD /health"] {
        let answer = send(&served.address, &ask(line)).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, ""), "{line}");
        let names = answer.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        let names: BTreeSet<&str> = names.map(|(name, _)| name).collect();
        assert_eq!(names, ["connection", "content-length", "date"].into(), "{line}");
    }
    for line in ["POST /health", "GET /health/", "GET /healthy", "GET /v1.0/health"] {
        assert_eq!(send(&served.address, &ask(line)).await.status, 401, "{line}");
    }
}
