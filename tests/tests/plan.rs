//! The planner: names and texts. What single concepts look like is shown where they are emitted;
//! here stand the names that a plan gives, what holds of all names and texts, and its limits.
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "plan/dump.rs"]
mod dump;
#[path = "emit/generation.rs"]
mod generation;
#[path = "plan/identifiers.rs"]
mod identifiers;
#[path = "plan/limits.rs"]
mod limits;
#[path = "plan/prose.rs"]
mod prose;
#[path = "plan/runtime_names.rs"]
mod runtime_names;

use msgraph_tests::{fixtures, run};

fn main() -> std::io::Result<()> {
    let mut trials = fixtures("plan", dump::fixture)?;
    trials.extend(identifiers::trials());
    trials.extend(limits::trials());
    trials.extend(prose::trials());
    trials.extend(runtime_names::trials());
    run(trials)
}
