//! What the tests of the emulator share: a client of v1.0, a post, and the program as a process.

#![allow(dead_code, reason = "each test uses a part")]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use msgraph_client::core::StatusCode;
use msgraph_emulator::{Emulator, GARDENERS};
use msgraph_v1_client::runtime::Retry;
use msgraph_v1_client::{Client, Error, Graph, StaticToken};
use msgraph_v1_models::graph::{BodyType, ConversationThread, ItemBody, Post};

/// A client of v1.0 at `base_url`, which sends nothing twice.
pub(crate) fn client(base_url: impl Into<String>, token: &str) -> Client {
    let client = Client::builder().base_url(base_url).credential(StaticToken::new(token));
    client.retry(Retry::never()).build().unwrap()
}

/// The v1.0 of an emulator, as who may do everything.
pub(crate) fn graph(emulator: &Emulator) -> Graph {
    Graph::with_client(client(emulator.v1(), emulator.token()))
}

pub(crate) fn post(text: &str) -> Post {
    let body = ItemBody::new().with_content_type(BodyType::Text).with_content(text);
    Post::new().with_body(body)
}

pub(crate) fn thread(topic: &str) -> ConversationThread {
    ConversationThread::new().with_topic(topic).with_posts([post(topic)])
}

/// The topics of all threads of the group that has one from the beginning.
pub(crate) async fn topics(graph: &Graph) -> Vec<String> {
    let mut threads = graph.groups().by_group_id(GARDENERS).threads().get().items();
    let mut topics = Vec::new();
    while let Some(thread) = threads.next().await {
        topics.push(thread.unwrap().topic().unwrap_or_default().to_owned());
    }
    topics
}

/// An emulator whose group has the threads `A` to `E` beside its own, oldest first.
pub(crate) async fn with_threads() -> (Emulator, Graph) {
    let emulator = Emulator::start().await.unwrap();
    let graph = graph(&emulator);
    for topic in ["A", "B", "C", "D", "E"] {
        graph.groups().by_group_id(GARDENERS).threads().post(thread(topic)).await.unwrap();
    }
    (emulator, graph)
}

pub(crate) fn topics_of(threads: &[ConversationThread]) -> Vec<&str> {
    threads.iter().map(|thread| thread.topic().unwrap_or_default()).collect()
}

pub(crate) fn status(error: &Error) -> Option<StatusCode> {
    error.status()
}

/// The program, ended with its owner.
pub(crate) struct Program {
    pub(crate) child: Child,
    pub(crate) v1: String,
    pub(crate) url: String,
    pub(crate) port: u64,
    pub(crate) database: String,
    pub(crate) admin_token: String,
}

/// Longer than a program may take to end, on a slow machine, too.
const LONGEST: Duration = Duration::from_secs(60);

/// The token of every [`Program`].
pub(crate) const TOKEN: &str = "a-token-of-the-test";

impl Program {
    /// Starts the program, and waits for the line that says where it is.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::of(Command::new(env!("CARGO_BIN_EXE_msgraph-emulator")).args(arguments))
    }

    /// The same of a command that is more than its arguments.
    pub(crate) fn of(command: &mut Command) -> Self {
        let command = command.args(["--json", "--token", TOKEN]).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told: serde_json::Value = serde_json::from_str(&line).unwrap();
        let text = |member: &str| told[member].as_str().unwrap_or_default().to_owned();
        Self {
            v1: text("v1"),
            url: text("url"),
            port: told["port"].as_u64().unwrap_or_default(),
            database: text("database"),
            admin_token: text("adminToken"),
            child,
        }
    }

    /// Sends it a signal: `TERM`, `INT`.
    pub(crate) fn signal(&self, name: &str) {
        let kill = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(kill.unwrap().success());
    }

    /// The code that it ended with, once it has.
    pub(crate) fn ended(&mut self) -> Option<i32> {
        let began = Instant::now();
        loop {
            if let Some(ended) = self.child.try_wait().unwrap() {
                return ended.code();
            }
            assert!(began.elapsed() < LONGEST, "it does not end");
            std::thread::yield_now();
        }
    }

    pub(crate) fn graph(&self) -> Graph {
        Graph::with_client(client(self.v1.as_str(), TOKEN))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = (self.child.kill(), self.child.wait());
    }
}
