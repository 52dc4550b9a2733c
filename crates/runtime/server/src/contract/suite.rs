//! All examples of a generated server.
//!
//! In come the folder of the pages and the registry; out goes a report, which is printed. Holds: pages are
//! taken in the order of their names, and nothing is left out of the report.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use axum::Router;

use super::check::{Held, name};
use super::data::{Example, Page, Response};
use super::erased::Call;
use super::outcome::{Checked, Verdict};
use super::report::Report;
use super::stage::Stage;
use super::{Mismatch, Outcome};

/// Client and server, and the registry that leads from an operation to both.
pub struct Suite<G: 'static> {
    graph: G,
    calls: BTreeMap<String, &'static Call<G>>,
    router: Router,
    base: &'static str,
    stage: Stage,
}

impl<G> Suite<G> {
    /// The client at `graph` with its `calls`, and the server behind `router`, whose base is `base` and which
    /// is guarded and answered by `stage`.
    pub fn new(
        graph: G,
        calls: &'static [Call<G>],
        router: Router,
        base: &'static str,
        stage: Stage,
    ) -> Self {
        let calls = calls.iter().map(|call| (format!("{} {}", call.facts.method, call.path), call));
        Self { graph, calls: calls.collect(), router, base, stage }
    }

    /// Runs all examples of the pages in `folder`, and prints how they came out.
    ///
    /// # Errors
    /// Pages that cannot be read, and examples that do not hold, each with what differs.
    pub async fn run(&self, folder: impl AsRef<Path>) -> Outcome {
        let report = self.report(&pages(folder.as_ref())?).await;
        print!("\n{report}");
        report.outcome()
    }

    /// Runs all examples of `pages`.
    pub async fn report(&self, pages: &[Page]) -> Report {
        let mut report = Report::default();
        for page in pages {
            for example in &page.examples {
                report.add(self.check(&page.page, example).await);
            }
        }
        report
    }

    async fn check(&self, page: &str, example: &Example) -> Checked {
        let without = |verdict: Verdict| Checked {
            name: name(page, example),
            request: verdict.clone(),
            request_body: example.request.body.as_ref().map(|_| verdict.clone()),
            status: verdict.clone(),
            response_body: example
                .response
                .as_ref()
                .and_then(|of| of.body.as_ref())
                .map(|_| verdict),
            names_type: example.response.as_ref().is_some_and(Response::names_type_of_body),
            is_unwrapped: false,
        };
        if let Some(reason) = &example.not_run {
            return without(Verdict::not_run(&reason.code));
        }
        let canonical = example.operation.split_once(' ').map_or("", |(_, path)| path);
        let path = example.path.as_deref().unwrap_or(canonical);
        let Some(call) = self.calls.get(&format!("{} {path}", example.request.method)) else {
            let message = format!("no builder is registered for {} {path}", example.request.method);
            return without(Verdict::Failed(message));
        };
        let Self { graph, router, base, stage, .. } = self;
        Held { graph, router, base, stage }.check(page, example, call).await
    }
}

/// The pages in `folder`, by the names of their files.
fn pages(folder: &Path) -> Outcome<Vec<Page>> {
    let failed = |path: &Path, error: &dyn std::fmt::Display| {
        Mismatch::new(format!("{}: {error}", path.display()))
    };
    let entries = fs::read_dir(folder).map_err(|error| failed(folder, &error))?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| failed(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).map_err(|error| failed(path, &error))?;
        Page::read(&text).map_err(|error| failed(path, &error))
    };
    paths.iter().map(read).collect()
}
