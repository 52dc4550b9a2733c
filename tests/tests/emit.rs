//! The emitter: what comes out for one concept each, shown beside what went in; then that all of it
//! compiles without a warning, is formatted, and passes its own contract tests.
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "emit/compile.rs"]
mod compile;
#[path = "emit/generation.rs"]
mod generation;
#[path = "emit/show.rs"]
mod show;
#[path = "emit/unprintable.rs"]
mod unprintable;

use msgraph_tests::{fixtures, run};

fn main() -> std::io::Result<()> {
    let mut trials = fixtures("emit", show::fixture)?;
    trials.extend(unprintable::trials());
    trials.extend(compile::trials());
    run(trials)
}
