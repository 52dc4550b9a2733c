//! The reader of OpenAPI: each construct and error as a fixture, then hostile texts and real ones.

#[path = "openapi/corpus.rs"]
mod corpus;
#[path = "openapi/dump.rs"]
mod dump;
#[path = "openapi/hostile.rs"]
mod hostile;

use msgraph_source::{SourceMap, render};
use msgraph_tests::{Fixture, fixtures, run};

fn main() -> std::io::Result<()> {
    let mut trials = fixtures("openapi", show)?;
    trials.extend(hostile::trials());
    trials.extend(corpus::trials());
    run(trials)
}

/// What the reader makes of the input: the document, then what it says.
fn show(fixture: &Fixture) -> String {
    let mut sources = SourceMap::new();
    let (name, text) = fixture.inputs.first().cloned().unwrap_or_default();
    let file = sources.add(&name, text);
    let (document, diagnostics) = msgraph_openapi::parse(&sources, file);
    let mut parts = Vec::new();
    parts.extend(document.map(|document| dump::document(&sources, &document)));
    parts.extend(diagnostics.iter().map(|diagnostic| render::human(&sources, diagnostic, false)));
    parts.join("\n\n")
}
