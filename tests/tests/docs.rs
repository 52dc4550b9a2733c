//! The reader of documentation pages: each rule of the grammar, leniency and finding as a fixture,
//! then properties that hold for any text, and real pages.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

#[path = "docs/corpus.rs"]
mod corpus;
#[path = "docs/counts.rs"]
mod counts;
#[path = "docs/damage.rs"]
mod damage;
#[path = "docs/dump.rs"]
mod dump;
#[path = "docs/permissions.rs"]
mod permissions;
#[path = "docs/properties.rs"]
mod properties;
#[path = "docs/writer.rs"]
mod writer;
#[path = "docs/written.rs"]
mod written;

use libtest_mimic::{Failed, Trial};
use msgraph_source::{SourceMap, catalogue, render};
use msgraph_tests::{Fixture, fixtures, run, workspace};

fn main() -> std::io::Result<()> {
    let mut trials = fixtures("docs", show)?;
    trials.push(Trial::test("every_code_has_a_fixture", codes_have_fixtures));
    trials.extend(dump::trials());
    trials.extend(properties::trials());
    trials.extend(written::trials());
    trials.extend(corpus::trials());
    trials.extend(permissions::trials());
    run(trials)
}

/// What the reader makes of the input: the page, then what there is to say.
fn show(fixture: &Fixture) -> String {
    let mut sources = SourceMap::new();
    let file = sources.add("input.md", fixture.input(".md"));
    let (page, diagnostics) = msgraph_docs::parse(&sources, file);
    let mut parts = vec![msgraph_docs::dump::outline(&sources, &page).trim_end().to_owned()];
    parts.extend(diagnostics.iter().map(|diagnostic| render::human(&sources, diagnostic, false)));
    parts.join("\n\n")
}

fn codes_have_fixtures() -> Result<(), Failed> {
    let mut shown = String::new();
    for entry in std::fs::read_dir(workspace().join("tests/fixtures/docs"))? {
        let snapshot = entry?.path().join("snapshot.snap");
        shown.push_str(&std::fs::read_to_string(snapshot)?);
    }
    let missing: Vec<&str> = catalogue::all()
        .map(|code| code.id())
        .filter(|id| id.starts_with("docs::") && !shown.contains(&format!("[{id}]")))
        .collect();
    match missing.is_empty() {
        true => Ok(()),
        false => Err(format!("no fixture shows {missing:?}").into()),
    }
}
