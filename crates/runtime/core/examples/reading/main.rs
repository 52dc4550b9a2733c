//! How fast pages of 100 users and of 100 messages are read and written, and the memory that they take, against
//! structs with derived serde traits.
//!
//! `cargo run --release -p msgraph-core --example reading` prints for each page the speed of the engine, of structs
//! with all members, of structs with just the members that come, and of `serde_json` skipping everything, which is
//! the floor. A ratio of speeds above 1 means that the engine is faster, one of memory below 1 that it takes less.

#![allow(clippy::expect_used, reason = "a benchmark stops where something is wrong")]

mod memory;
mod model;
mod page;
mod picked;

use model::{Message, User};
use msgraph_core::{Model, Object, Page, Payload, ReadMode, Table};
use picked::{ListedMessage, PickedMessage, PickedUser};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The user as a typed view.
#[derive(bytemuck::TransparentWrapper)]
#[repr(transparent)]
struct UserView(Object);

impl Model for UserView {
    const TABLE: &'static Table = User::TABLE;
}

/// The message as a typed view.
#[derive(bytemuck::TransparentWrapper)]
#[repr(transparent)]
struct MessageView(Object);

impl Model for MessageView {
    const TABLE: &'static Table = Message::TABLE;
}

#[derive(Serialize, Deserialize)]
struct DerivedPage<T> {
    #[serde(rename = "@odata.context")]
    context: String,
    #[serde(rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
    next_link: Option<String>,
    value: Vec<T>,
}

fn main() {
    if memory::is_child() {
        memory::hold();
        return;
    }
    for (table, derived) in
        [(User::TABLE, size_of::<User>()), (Message::TABLE, size_of::<Message>())]
    {
        println!(
            "{}: {} members, {derived} bytes as a derived struct; an empty object takes {} bytes",
            table.name,
            table.names.len(),
            size_of::<Object>(),
        );
    }
    report::<UserView, User, PickedUser>("users, 11 members each", "short", &page::short_page());
    report::<UserView, User, PickedUser>("users, 24 members each", "wide", &page::wide_page());
    report::<MessageView, Message, PickedMessage>("messages", "messages", &page::messages());
    report::<MessageView, Message, ListedMessage>(
        "messages, 3 members each",
        "listed",
        &page::listed_messages(),
    );
}

fn engine<V: Model>(bytes: &[u8]) -> Page<V> {
    let page = Page::<V>::read(bytes, ReadMode::Lenient).expect("a page");
    // What is not as the service sends it would be read by other ways.
    assert_eq!(page.leniency_count, 0);
    page.value
}

fn report<V, Full, Picked>(title: &str, name: &str, json: &str)
where
    V: Model,
    Full: Serialize + DeserializeOwned,
    Picked: Serialize + DeserializeOwned,
{
    let bytes = json.as_bytes();
    println!("\n100 {title}: {} bytes", bytes.len());
    let [ours, full, picked, floor] = fastest(
        bytes.len(),
        [
            &mut || drop(black_box(engine::<V>(bytes))),
            &mut || drop(black_box(derived::<DerivedPage<Full>>(bytes))),
            &mut || drop(black_box(derived::<DerivedPage<Picked>>(bytes))),
            &mut || {
                black_box(derived::<IgnoredAny>(bytes));
            },
        ],
    );
    println!(
        "  reading  engine {ours:6.0} MB/s | all members {full:6.0} MB/s, ratio {:.2} | picked members {picked:6.0} MB/s, ratio {:.2} | skipping {floor:6.0} MB/s",
        ours / full,
        ours / picked
    );

    let page = engine::<V>(bytes);
    let full = derived::<DerivedPage<Full>>(bytes);
    let picked = derived::<DerivedPage<Picked>>(bytes);
    check(&page, json);
    let mut out = Vec::new();
    let [ours, full, picked] = fastest(
        bytes.len(),
        [
            &mut || {
                out.clear();
                page.write(&mut out);
                black_box(&out);
            },
            &mut || drop(black_box(serde_json::to_vec(&full))),
            &mut || drop(black_box(serde_json::to_vec(&picked))),
        ],
    );
    println!(
        "  writing  engine {ours:6.0} MB/s | all members {full:6.0} MB/s, ratio {:.2} | picked members {picked:6.0} MB/s, ratio {:.2}",
        ours / full,
        ours / picked
    );
    memory::report(name, json);
}

fn derived<T: DeserializeOwned>(bytes: &[u8]) -> T {
    serde_json::from_slice(bytes).expect("a page")
}

/// What is fast must also be right.
fn check<V: Model>(page: &Page<V>, json: &str) {
    let mut out = Vec::new();
    page.write(&mut out);
    let same =
        serde_json::from_slice::<serde_json::Value>(&out).ok() == serde_json::from_str(json).ok();
    assert!(same, "written as it was read");
    assert!(
        page.value().iter().all(|item| V::peel_ref(item).unknown_members().next().is_none()),
        "all members declared"
    );
}

/// The speed of each in MB/s: the best of many short rounds, taken in turn so that all see the same weather.
fn fastest<const N: usize>(bytes: usize, mut runs: [&mut dyn FnMut(); N]) -> [f64; N] {
    let mut best = [Duration::MAX; N];
    for _ in 0..400 {
        for (run, best) in runs.iter_mut().zip(&mut best) {
            let start = Instant::now();
            run();
            run();
            *best = start.elapsed().min(*best);
        }
    }
    best.map(|time| 2.0 * bytes as f64 / time.as_secs_f64() / 1e6)
}
