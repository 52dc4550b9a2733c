//! Query options, pages, changes and upload sessions, as a client meets them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "options/answers.rs"]
mod answers;
#[path = "options/changes.rs"]
mod changes;
#[path = "options/expanded.rs"]
mod expanded;
#[path = "options/lists.rs"]
mod lists;
#[path = "options/searched.rs"]
mod searched;
mod support;
#[path = "options/uploads.rs"]
mod uploads;
#[path = "options/versions.rs"]
mod versions;

use msgraph_emulator::{Emulator, GARDENERS};
use msgraph_v1_client::Graph;
use msgraph_v1_models::graph::ConversationThread;
use support::{graph, thread};

/// An emulator whose group has the threads `A` to `E` beside its own, oldest first.
async fn with_threads() -> (Emulator, Graph) {
    let emulator = Emulator::start().await.unwrap();
    let graph = graph(&emulator);
    for topic in ["A", "B", "C", "D", "E"] {
        graph.groups().by_group_id(GARDENERS).threads().post(thread(topic)).await.unwrap();
    }
    (emulator, graph)
}

fn topics_of(threads: &[ConversationThread]) -> Vec<&str> {
    threads.iter().map(|thread| thread.topic().unwrap_or_default()).collect()
}
