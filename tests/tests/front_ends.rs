//! Metadata and the OpenAPI that was made of it give the same crates, byte for byte, but for what OpenAPI does not say.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use msgraph_pipeline::OutputSet;
use msgraph_tests::committed::{Description, VERSIONS, generate};

/// A fact of the metadata that its OpenAPI does not say.
struct Exception {
    fact: &'static str,
    reason: &'static str,
    /// How the metadata says it; nothing else of these texts has it.
    statement: &'static str,
}

const EXCEPTIONS: &[Exception] = &[Exception {
    fact: "that a type is abstract",
    reason: "a schema can only list what derives from it, and a type that others derive from can have values of its own",
    statement: " Abstract=\"true\"",
}];

/// What comes of the metadata where it does not state `exceptions`.
fn of_metadata<'e>(
    version: &str,
    name: &str,
    exceptions: impl Iterator<Item = &'e Exception> + Clone,
) -> OutputSet {
    generate(
        version,
        name,
        Description::Metadata,
        |_| {},
        |text| {
            exceptions.clone().fold(text, |text, exception| text.replace(exception.statement, ""))
        },
    )
}

#[test]
fn both_descriptions_give_the_same_bytes() {
    for (version, name) in VERSIONS {
        let metadata = of_metadata(version, name, EXCEPTIONS.iter());
        let openapi = generate(version, name, Description::OpenApi, |_| {}, |text| text);
        let paths = |of: &OutputSet| of.iter().map(|(path, _)| path.to_owned()).collect::<Vec<_>>();
        assert_eq!(paths(&metadata), paths(&openapi), "{version}");
        for ((path, one), (_, other)) in metadata.iter().zip(openapi.iter()) {
            assert!(one == other, "{version}: {path} differs\n{}", first_difference(one, other));
        }
    }
}

#[test]
fn every_exception_is_one() {
    for (version, name) in VERSIONS {
        let openapi = generate(version, name, Description::OpenApi, |_| {}, |text| text);
        for exception in EXCEPTIONS {
            let others = EXCEPTIONS.iter().filter(|other| other.fact != exception.fact);
            assert!(
                of_metadata(version, name, others) != openapi,
                "{version}: OpenAPI does say {}, though {}",
                exception.fact,
                exception.reason
            );
        }
    }
}

fn first_difference(one: &str, other: &str) -> String {
    let mut lines = one.lines().zip(other.lines());
    match lines.find(|(one, other)| one != other) {
        Some((one, other)) => format!("- {one}\n+ {other}"),
        None => "one is longer".to_owned(),
    }
}
