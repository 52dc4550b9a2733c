//! The emulator beside what others have made: PostgreSQL as its database, and Microsoft's library for Python as its client.
//!
//! Where one of them is not installed its tests are shown as ignored, with the reason.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking"
)]

#[path = "peers/cluster.rs"]
mod cluster;
#[path = "peers/postgres.rs"]
mod postgres;
#[path = "peers/python.rs"]
mod python;
mod support;

use std::process::ExitCode;
use std::sync::Arc;

use cluster::{Cluster, Programs};
use libtest_mimic::{Arguments, Failed, Trial};

/// A test over the database at an address.
type OverPostgres = fn(&str);

/// The tests that want a database of their own in PostgreSQL.
const POSTGRES: &[(&str, OverPostgres)] = &[
    ("postgres_keeps_what_sqlite_keeps", postgres::keeps),
    ("postgres_rolls_back_what_is_refused", postgres::rolls_back),
    ("postgres_takes_writers_of_two_emulators", postgres::two_emulators),
    ("postgres_tells_changes", postgres::changes),
    ("postgres_is_not_shown_what_it_cannot_keep", postgres::hostile_texts),
    ("postgres_loses_no_lock_to_a_reply", postgres::keeps_locks),
    ("postgres_shows_a_reader_one_state", postgres::reads_one_state),
    ("postgres_leaves_tables_of_others_alone", postgres::others),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let programs = Programs::find();
    let python = python::find();
    let cluster = match (&programs, arguments.list) {
        (Ok(programs), false) => Some(Arc::new(Cluster::start(programs))),
        _ => None,
    };
    let mut trials: Vec<Trial> = POSTGRES
        .iter()
        .map(|&(name, test)| {
            let cluster = cluster.clone();
            let trial = Trial::test(name, move || {
                let cluster = cluster.ok_or("needs PostgreSQL")?;
                test(&cluster.database(name));
                Ok(())
            });
            trial.with_ignored_flag(programs.is_err()).with_kind(kind(programs.as_ref().err()))
        })
        .collect();
    let missing = python.as_ref().err().copied();
    let trial = Trial::test("the_official_library_for_python_works_against_it", move || {
        python::family(&python.map_err(Failed::from)?)
    });
    trials.push(trial.with_ignored_flag(missing.is_some()).with_kind(kind(missing.as_ref())));
    let conclusion = libtest_mimic::run(&arguments, trials);
    // Its end ends PostgreSQL, which `exit` would leave behind.
    drop(cluster);
    conclusion.exit_code()
}

fn kind(missing: Option<&&'static str>) -> &'static str {
    missing.copied().unwrap_or_default()
}
