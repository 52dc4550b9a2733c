//! How fast a page of 100 users is read and written, against structs with derived serde traits.
//!
//! `cargo run --release -p msgraph-core --example reading` prints, for an answer with few and one with many members:
//! the speed of the engine, of structs with all 137 members, of structs with just the members that come, and of
//! `serde_json` skipping everything, which is the floor. A ratio above 1 means that the engine is faster.

#![allow(clippy::expect_used, reason = "a benchmark stops where something is wrong")]

mod model;
mod page;
mod picked;

use bytemuck::TransparentWrapper as _;
use model::User;
use msgraph_core::{Model, Object, Page, Payload, ReadMode, Table};
use picked::PickedUser;
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

#[derive(Serialize, Deserialize)]
struct DerivedPage<T> {
    #[serde(rename = "@odata.context")]
    context: String,
    #[serde(rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
    next_link: Option<String>,
    value: Vec<T>,
}

fn main() {
    println!(
        "{} members; an object takes {} bytes and {} a member, the derived struct {}",
        User::TABLE.names.len(),
        size_of::<Object>(),
        32,
        size_of::<User>()
    );
    report("11 members a user", &page::short_page());
    report("24 members a user", &page::wide_page());
}

fn report(title: &str, json: &str) {
    let bytes = json.as_bytes();
    println!("\n{title}: {} bytes", bytes.len());
    let engine = || Page::<UserView>::read(bytes, ReadMode::Lenient).expect("a page").value;
    let [ours, full, picked, floor] = fastest(
        bytes.len(),
        [
            &mut || drop(black_box(engine())),
            &mut || drop(black_box(derived::<DerivedPage<User>>(bytes))),
            &mut || drop(black_box(derived::<DerivedPage<PickedUser>>(bytes))),
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

    let page = engine();
    let full = derived::<DerivedPage<User>>(bytes);
    let picked = derived::<DerivedPage<PickedUser>>(bytes);
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
}

fn derived<T: DeserializeOwned>(bytes: &[u8]) -> T {
    serde_json::from_slice(bytes).expect("a page")
}

/// What is fast must also be right.
fn check(page: &Page<UserView>, json: &str) {
    let mut out = Vec::new();
    page.write(&mut out);
    let same =
        serde_json::from_slice::<serde_json::Value>(&out).ok() == serde_json::from_str(json).ok();
    assert!(same, "written as it was read");
    assert!(
        page.value().iter().all(|user| UserView::peel_ref(user).unknown_members().next().is_none()),
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
