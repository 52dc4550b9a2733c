//! The committed table of contract tests: how every documented example of v1.0 came out.
//!
//! In comes `tests/corpus/contract.txt`, which `cargo xtask contract --expect` holds against a run of all examples
//! where the corpus is at hand. Holds: nothing fails, enough passes outright, whatever else is said of an example has
//! a code of the catalogue, and the pages of the thread family pass but for what is wrong on them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fs;

use msgraph_tests::{FAMILY, workspace};

/// What is wrong on the pages of the thread family: the example, the codes that tell of it, and what it is.
const FAULTS: [(&str, &str, &str); 19] = [
    ("conversation-get#1", PLACEHOLDER, "a date is `datetime-value`"),
    ("conversation-list-threads#1", PLACEHOLDER, "a date is `datetime-value`"),
    ("conversationthread-get#1", PLACEHOLDER, "a date is `datetime-value`"),
    ("conversationthread-list-posts#1", EMPTY, "a date is `datetime-value`, a content type empty"),
    ("conversationthread-reply#1", "request body: link::enum_member", "a content type is empty"),
    ("conversationthread-update#1", OLD_TYPE, "a type is that of another service"),
    ("group-list-conversations#1", PLACEHOLDER, "a date is `datetime-value`"),
    ("group-list-threads#1", PLACEHOLDER, "a date is `datetime-value`"),
    ("group-post-conversations#1", "status: link::status_conflict", "200 in place of 201"),
    ("group-post-threads#1", PLACEHOLDER, "a date is `datetime-value`"),
    ("group-update-thread#1", EVENT, "what is sent is an event"),
    ("opentypeextension-get#4", "response body: link::enum_spelling", "`html` is spelled `HTML`"),
    ("opentypeextension-get#6", "response body: link::enum_spelling", "`html` is spelled `HTML`"),
    ("opentypeextension-post-opentypeextension#1", HTML, "`html` is spelled `HTML`"),
    ("opentypeextension-post-opentypeextension#5", TOPIC, "members begin with capitals"),
    ("opentypeextension-update#3", "request body: link::type_name", "a type of another service"),
    ("post-get#1", EMPTY, "a date is `datetime-value`, a content type empty"),
    ("post-post-attachments#2", "request body: link::enum_spelling", "`html` is spelled `HTML`"),
    ("post-reply#1", REPLY, "a date is `datetime-value`, a content type empty"),
];

const PLACEHOLDER: &str = "response body: link::placeholder_value";
const EMPTY: &str = "response body: link::enum_member link::placeholder_value";
const OLD_TYPE: &str = "request body: link::type_name; response body: link::placeholder_value";
const EVENT: &str = "request body noted: link::unknown_member; status: link::status_conflict; \
                     response body: contract::no_response_body";
const REPLY: &str = "request body: link::enum_member link::placeholder_value";
const HTML: &str = "request body: link::enum_spelling; response body: link::enum_spelling";
const TOPIC: &str = "request body: link::enum_spelling link::spelling";

fn table() -> String {
    fs::read_to_string(workspace().join("tests/corpus/contract.txt")).unwrap()
}

/// The row of the table that begins with `what`: all, passed, noted, but for a finding, failed, not run.
fn row(table: &str, what: &str) -> [usize; 6] {
    let row = table.lines().find_map(|line| line.strip_prefix(what)).expect(what);
    let numbers: Vec<usize> = row.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    numbers.try_into().expect(what)
}

#[test]
fn nothing_fails_and_enough_passes_outright() {
    let table = table();
    for (what, percent) in [
        ("examples  ", 0),
        ("request bodies  ", 90),
        ("response bodies  ", 74),
        ("responses whose type is named  ", 74),
    ] {
        let [all, passed, noted, but, failed, not_run] = row(&table, what);
        assert_eq!(failed, 0, "{what}");
        assert_eq!(passed + but + not_run, all, "{what}");
        assert!(noted <= passed && passed * 100 >= all * percent, "{what}: {passed} of {all}");
    }
}

/// The examples that are not plainly passed: how they came out, which they are, and the codes of their parts.
fn listed(table: &str) -> Vec<(&str, &str, &str)> {
    let (_, list) = table.split_once("examples of which more is to be said\n").expect("the list");
    list.lines()
        .map(|line| {
            let (word, rest) = line.split_at(9);
            let (example, codes) = rest.split_once("  ").expect(line);
            (word.trim(), example, codes)
        })
        .collect()
}

#[test]
fn what_is_not_passed_outright_has_codes_of_the_catalogue() {
    let table = table();
    let [all, passed, noted, ..] = row(&table, "examples  ");
    let listed = listed(&table);
    assert_eq!(listed.len(), all - passed + noted);
    for (_, example, codes) in listed {
        let codes: Vec<&str> = codes.split([' ', ';']).filter(|word| word.contains("::")).collect();
        assert!(!codes.is_empty(), "{example}");
        for id in codes {
            let known = msgraph_source::catalogue::all().any(|code| code.id() == id);
            assert!(known, "{example}: {id}");
        }
    }
}

#[test]
fn what_no_finding_tells_has_codes_of_its_own() {
    let table = table();
    let told = |example: &str| {
        let listed = listed(&table).into_iter().find(|(_, of, _)| *of == example);
        listed.map(|(_, _, codes)| codes.to_owned()).expect(example)
    };
    for (example, code) in [
        ("attachment-get#6", "contract::ignored"),
        ("group-update-thread#1", "contract::no_response_body"),
        ("group-validateproperties#2", "contract::error_answer"),
        ("accessreviewscheduledefinition-list#1", "contract::not_paired"),
    ] {
        assert!(told(example).contains(code), "{example}: {}", told(example));
    }
}

#[test]
fn the_thread_family_passes_but_for_what_is_wrong_on_its_pages() {
    let table = table();
    let is_of_family =
        |example: &str| example.rsplit_once('#').is_some_and(|(page, _)| FAMILY.contains(&page));
    let found: Vec<(&str, &str)> = listed(&table)
        .into_iter()
        .filter(|(word, example, _)| *word == "but for" && is_of_family(example))
        .map(|(_, example, codes)| (example, codes))
        .collect();
    let faults = FAULTS.iter().map(|(example, codes, _)| (*example, *codes));
    let named: Vec<(&str, &str)> = faults.collect();
    assert_eq!(found, named);
    // What is not run at all is what a page itself calls ignored.
    for (word, example, codes) in listed(&table) {
        if word == "not run" && is_of_family(example) {
            assert_eq!(codes, "contract::ignored", "{example}");
        }
    }
}
