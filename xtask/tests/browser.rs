//! The report in a real browser: its numbers, its filters, its looks, and what it must not do.
//!
//! Where Chromium is not installed the tests are shown as ignored, with the reason.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking"
)]

#[path = "browser/driver.rs"]
mod driver;
#[path = "browser/hostile.rs"]
mod hostile;
#[path = "browser/inputs.rs"]
mod inputs;
#[path = "browser/looks.rs"]
mod looks;
#[path = "browser/numbers.rs"]
mod numbers;
mod support;
#[path = "browser/usage.rs"]
mod usage;

use std::process::ExitCode;
use std::sync::Arc;

use driver::{Driver, Programs};
use libtest_mimic::{Arguments, Trial};

type Test = fn(&Driver);

/// The tests, and whether they need the real inputs.
const TESTS: &[(&str, bool, Test)] = &[
    ("the_numbers_of_the_committed_schemas_are_those_of_the_pipeline", false, numbers::committed),
    ("the_numbers_of_the_corpus_are_those_of_the_pipeline", true, numbers::corpus),
    ("filters_show_what_they_say", false, usage::filters),
    ("the_address_keeps_the_filter", false, usage::address),
    ("a_finding_leads_to_the_lines_of_both_sources", false, usage::lines),
    ("tables_sort_and_lead_to_findings", false, usage::tables),
    ("the_keyboard_is_enough", false, usage::keyboard),
    ("findings_come_in_pieces", true, usage::pieces),
    ("text_of_the_inputs_stays_text", false, hostile::text),
    ("nothing_is_requested_and_the_console_is_silent", false, hostile::requests),
    ("nothing_overflows_a_narrow_screen", false, looks::narrow),
    ("light_and_dark_have_contrast", false, looks::contrast),
    ("paper_shows_no_controls", false, looks::paper),
    ("totals_can_be_read_without_a_script", false, looks::without_script),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let (driver, missing) = match Programs::find() {
        Ok(programs) => (Some(Arc::new(Driver::new(programs))), None),
        Err(missing) => (None, Some(missing)),
    };
    let has_corpus = inputs::corpus().is_some();
    if !has_corpus {
        eprintln!("skipped: there is no corpus at ../shared/corpus");
    }
    let tests = TESTS.iter().filter(|(_, needs_corpus, _)| has_corpus || !needs_corpus);
    let trials = tests.map(|&(name, _, test)| {
        let driver = driver.clone();
        let trial = Trial::test(name, move || {
            test(driver.as_deref().ok_or("needs chromium and chromedriver")?);
            Ok(())
        });
        trial.with_ignored_flag(missing.is_some()).with_kind(missing.unwrap_or_default())
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    // Its end ends chromedriver, which `exit` would leave behind.
    drop(driver);
    conclusion.exit_code()
}
