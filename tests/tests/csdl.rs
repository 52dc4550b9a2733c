//! The reader of CSDL: each construct, leniency and error as a fixture, then hostile texts and
//! real ones.

#[path = "csdl/corpus.rs"]
mod corpus;
#[path = "csdl/dump.rs"]
mod dump;
#[path = "csdl/hostile.rs"]
mod hostile;

use msgraph_source::{SourceMap, render};
use msgraph_tests::{Fixture, fixtures, run};

fn main() -> std::io::Result<()> {
    let mut trials = fixtures("csdl", show)?;
    trials.extend(hostile::trials());
    trials.extend(corpus::trials());
    run(trials)
}

/// What the reader makes of the input: the document, then what it says.
fn show(fixture: &Fixture) -> String {
    let mut sources = SourceMap::new();
    let file = sources.add("input.csdl", fixture.input(".csdl"));
    let (document, diagnostics) = msgraph_csdl::parse(&sources, file);
    let mut parts = Vec::new();
    parts.extend(document.map(|document| dump::document(&sources, &document)));
    parts.extend(diagnostics.iter().map(|diagnostic| render::human(&sources, diagnostic, false)));
    parts.join("\n\n")
}
