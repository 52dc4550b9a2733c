//! What is committed in `schemas`, and what the generator makes of it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

use msgraph_pipeline::{Input, OutputSet, Pass, PlanOptions, Settings};
use msgraph_source::SourceMap;

use crate::workspace;

/// The versions: as they stand in URLs, and as their folders are called.
pub const VERSIONS: [(&str, &str); 2] = [("v1.0", "v1"), ("beta", "beta")];

/// What `schemas/codegen.yaml` selects of both.
const SELECTORS: [&str; 6] = [
    "documented",
    "type microsoft.graph.fileAttachment",
    "type microsoft.graph.itemAttachment",
    "type microsoft.graph.referenceAttachment",
    "type microsoft.graph.event",
    "type microsoft.graph.openTypeExtension",
];

/// Which description of the service is generated from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Description {
    /// `metadata.csdl`
    Metadata,
    /// `openapi.yaml`
    OpenApi,
}

/// The pages of a version, by name.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = ["docs/api", "docs/resources"]
        .iter()
        .flat_map(|part| fs::read_dir(folder.join(part)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    pages.sort();
    assert!(pages.len() > 60, "{} pages", pages.len());
    pages
}

/// What is generated of a version, its pages in this order, and each text edited.
///
/// # Panics
/// Where a file is missing, or nothing can be generated.
pub fn generate(
    version: &str,
    name: &str,
    description: Description,
    order: impl Fn(&mut [PathBuf]),
    edit: impl Fn(String) -> String,
) -> OutputSet {
    let folder = workspace().join("schemas").join(name);
    let mut sources = SourceMap::new();
    let mut add = |path: &Path| {
        let shown = path.strip_prefix(&folder).unwrap().to_str().unwrap();
        sources.add(shown, edit(fs::read_to_string(path).unwrap()))
    };
    let mut paths = pages(&folder);
    order(&mut paths);
    let mut input =
        Input { pages: paths.iter().map(|path| add(path)).collect(), ..Input::default() };
    match description {
        Description::Metadata => input.metadata.push(add(&folder.join("metadata.csdl"))),
        Description::OpenApi => input.openapi = Some(add(&folder.join("openapi.yaml"))),
    }
    let settings = Settings {
        version: version.to_owned(),
        options: PlanOptions::for_version(version),
        selectors: SELECTORS.map(str::to_owned).to_vec(),
    };
    let outcome = msgraph_pipeline::generate(&sources, &input, &settings, Pass::Emit, &mut |_| {});
    outcome.output.unwrap_or_else(|| panic!("{:#?}", outcome.diagnostics))
}
