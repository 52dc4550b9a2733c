//! The memory that pages take once they are read: what is resident more behind holding many of them.
//!
//! Each figure is that of a process of its own, since an allocator keeps what was freed before. It counts what the
//! allocator adds, as the user's machine does. Where there is no `/proc`, nothing is measured, and this is said.

use crate::model::{Message, User};
use crate::picked::{ListedMessage, PickedMessage, PickedUser};
use crate::{DerivedPage, MessageView, UserView, derived, engine, page};
use serde_json::Value;
use std::process::Command;

/// The first argument of a process that only holds pages.
const HOLD: &str = "hold";

/// The pages held: enough for what the program itself takes to vanish.
const PAGES: usize = 200;

pub(crate) fn is_child() -> bool {
    std::env::args().nth(1).is_some_and(|argument| argument == HOLD)
}

/// Prints the memory of the page `name`, as the engine and as derived structs hold it, and what its texts alone
/// take, which nobody can do without.
pub(crate) fn report(name: &str, json: &str) {
    let measured = ["engine", "all", "picked"].map(|peer| measure(name, peer));
    let [Some(ours), Some(all), Some(picked)] = measured else {
        println!("  memory   left out: there is no /proc here");
        return;
    };
    println!(
        "  memory   engine {ours:6.0} kB/page | all members {all:6.0} kB, ratio {:.2} | picked members {picked:6.0} kB, ratio {:.2}",
        ours / all,
        ours / picked
    );
    let texts = serde_json::from_str(json).map_or(0.0, |page| texts(&page) as f64 / 1024.0);
    println!(
        "           of these texts {texts:.0} kB; beyond them engine {:.0} kB | all members {:.0} kB, ratio {:.2} | picked members {:.0} kB, ratio {:.2}",
        ours - texts,
        all - texts,
        (ours - texts) / (all - texts),
        picked - texts,
        (ours - texts) / (picked - texts)
    );
}

/// The bytes of all strings.
fn texts(json: &Value) -> usize {
    match json {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(texts).sum(),
        Value::Object(members) => members.values().map(texts).sum(),
        _ => 0,
    }
}

fn measure(name: &str, peer: &str) -> Option<f64> {
    let program = std::env::current_exe().ok()?;
    let output = Command::new(program).args([HOLD, name, peer]).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Holds the pages that the arguments name, and prints what each takes in kilobytes.
pub(crate) fn hold() {
    let mut arguments = std::env::args().skip(2);
    let (name, peer) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let json = match name.as_str() {
        "short" => page::short_page(),
        "wide" => page::wide_page(),
        "listed" => page::listed_messages(),
        _ => page::messages(),
    };
    let bytes = json.as_bytes();
    let taken = match (name.as_str(), peer.as_str()) {
        ("listed", "picked") => held(|| derived::<DerivedPage<ListedMessage>>(bytes)),
        ("messages" | "listed", "engine") => held(|| engine::<MessageView>(bytes)),
        ("messages" | "listed", "all") => held(|| derived::<DerivedPage<Message>>(bytes)),
        ("messages", _) => held(|| derived::<DerivedPage<PickedMessage>>(bytes)),
        (_, "engine") => held(|| engine::<UserView>(bytes)),
        (_, "all") => held(|| derived::<DerivedPage<User>>(bytes)),
        _ => held(|| derived::<DerivedPage<PickedUser>>(bytes)),
    };
    if let Some(taken) = taken {
        println!("{taken}");
    }
}

/// What a page takes in kilobytes.
fn held<T>(read: impl Fn() -> T) -> Option<f64> {
    let mut pages = Vec::with_capacity(PAGES);
    // What is set up once belongs to no page.
    drop(read());
    let before = resident()?;
    pages.extend((0..PAGES).map(|_| read()));
    let after = resident()?;
    drop(pages);
    Some(after.saturating_sub(before) as f64 / PAGES as f64)
}

/// The resident memory of this process in kilobytes: `VmRSS` of proc(5).
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
